//! A story as lines of text.

use std::fmt;
use std::hash::Hash;

use planwright_checker::{Finding, Need, Trace};
use planwright_model::{Depict, Item, RemarkKind, Standing};

use crate::story::{Step, Story};

/// Columns that deeds and items take where they can.
const WIDTH: usize = 100;

/// Columns of a line, beyond which what a step changes stands below what is done.
const WIDEST: usize = 120;

/// A [`Story`] in lines for a terminal: a lane for each process, in which a dot marks who acts; what is
/// done; what it changes; and below a step what a reader should not miss. Then what there is at the end,
/// and the line that replays it.
///
/// The text depends on the story alone, so that tests can pin it.
#[derive(Clone, Copy, Debug)]
pub struct Timeline<'s>(&'s Story);

impl Story {
    /// The story in lines for a terminal.
    pub fn timeline(&self) -> Timeline<'_> {
        Timeline(self)
    }
}

/// What tells schedules as timelines, for [`Report::told_by`](planwright_checker::Report::told_by).
#[expect(clippy::type_complexity, reason = "it is what `told_by` takes")]
pub fn timelines<M>(
    model: &M,
) -> impl Fn(&Finding<M::State, M::Action>, &Trace<M::State, M::Action>) -> String
where
    M: Depict<State: Clone + Hash + PartialEq, Action: Clone>,
{
    |finding, trace| match Story::of_finding(model, finding) {
        Some(story) => story.timeline().to_string(),
        None => Story::of_trace(model, trace).timeline().to_string(),
    }
}

impl fmt::Display for Timeline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let story = self.0;
        self.heads(f)?;
        let deeds = story.steps.iter().map(|step| step.deed.chars().count());
        let widest = WIDTH - self.margin() - 24;
        let width = deeds.filter(|width| *width <= widest).max().unwrap_or(0);
        let last = story.steps.len();
        for (number, step) in (1..).zip(&story.steps) {
            self.step(f, number, step, width)?;
            if number == last && step.property == Some(false) {
                self.violated(f)?;
            }
        }
        self.legend(f)?;
        self.end(f)?;
        if let Some(aftermath) = &story.aftermath {
            write!(f, "{aftermath}")?;
        }
        match story.replay.as_str() {
            "" => Ok(()),
            line => write!(f, "replay: {line}"),
        }
    }
}

impl Timeline<'_> {
    /// Columns before what is done: the bracket of a cycle, the number, the lanes.
    fn margin(&self) -> usize {
        7 + 2 * self.0.lanes.len()
    }

    /// The names of the lanes, each above its own.
    fn heads(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (lane, name) in self.0.lanes.iter().enumerate() {
            writeln!(f, "      {}{name}", "│ ".repeat(lane))?;
        }
        Ok(())
    }

    fn step(
        &self,
        f: &mut fmt::Formatter<'_>,
        number: usize,
        step: &Step,
        width: usize,
    ) -> fmt::Result {
        let bracket = self.bracket(number);
        let lanes = self.lanes(Some(step.lane));
        let deed = &step.deed;
        let changes = self.changes(step);
        let need = match step.need {
            Some(Need::Race) => "⇄",
            Some(Need::Noise) => "·",
            Some(Need::Necessary) | None => " ",
        };
        let head = format!("{bracket}{number:>4}{need}{lanes} {deed:width$}");
        let together = changes.join(", ");
        let fits = deed.chars().count() <= width
            && head.chars().count() + 2 + together.chars().count() <= WIDEST;
        if fits || changes.is_empty() {
            writeln!(f, "{}", format!("{head}  {together}").trim_end())?;
        } else {
            writeln!(f, "{}", head.trim_end())?;
            for change in changes {
                self.below(f, number, &format!("    {change}"))?;
            }
        }
        for remark in &step.remarks {
            let (sign, kind) = match remark.kind {
                RemarkKind::StaleKnowledge => ("~", "stale: "),
                RemarkKind::Damage => ("!", ""),
                RemarkKind::Note => ("-", ""),
            };
            self.below(f, number, &format!("  {sign} {kind}{}", remark.text))?;
        }
        Ok(())
    }

    /// A line below a step, beside its lanes.
    fn below(&self, f: &mut fmt::Formatter<'_>, number: usize, text: &str) -> fmt::Result {
        let bracket = match self.bracket(number) {
            " " => " ",
            _ if number == self.0.steps.len() => " ",
            _ => "│",
        };
        writeln!(f, "{bracket}     {} {text}", self.lanes(None))
    }

    /// What stands before a step: the bracket around those that repeat.
    fn bracket(&self, number: usize) -> &'static str {
        match self.0.cycle_start() {
            Some(start) if number > start && number == self.0.steps.len() => "└",
            Some(start) if number == start + 1 => "┌",
            Some(start) if number > start => "│",
            _ => " ",
        }
    }

    /// The lanes, with a dot in the one that acts.
    fn lanes(&self, acting: Option<usize>) -> String {
        let lanes = 0..self.0.lanes.len();
        let sign = |lane| if Some(lane) == acting { "● " } else { "│ " };
        lanes.map(sign).collect()
    }

    /// What a step changes, but for what the process that acts remembers: that is its deed.
    fn changes(&self, step: &Step) -> Vec<String> {
        let actor = self.0.lanes.get(step.lane);
        let others = step.changes.iter().filter(|c| Some(&c.item) != actor);
        let changes = others.map(|change| {
            let (item, before, after) = (&change.item, &change.before, &change.after);
            match (before.is_empty(), after.is_empty()) {
                (true, _) => format!("{item}: {after}"),
                (_, true) => format!("{item}: no longer {before}"),
                _ => format!("{item}: {before} → {after}"),
            }
        });
        changes.collect()
    }

    /// Which property the last step violates, with what is broken then.
    fn violated(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(property) = &self.0.property else {
            return Ok(());
        };
        let picture = self.0.steps.last().map(|step| &step.picture);
        let items = picture.into_iter().flat_map(|picture| picture.items());
        let broken = items.filter(|item| item.standing == Standing::Broken);
        let broken: Vec<_> = broken.map(|i| format!("{} {}", i.name, i.text)).collect();
        let values = match broken.is_empty() {
            true => String::new(),
            false => format!(" ({})", broken.join(", ")),
        };
        let name = &property.name;
        self.below(
            f,
            self.0.steps.len(),
            &format!("  ✗ violated: {name}{values}"),
        )
    }

    /// What the signs beside the numbers mean, where there are some.
    fn legend(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let has = |need| self.0.steps.iter().any(|step| step.need == Some(need));
        if has(Need::Race) {
            writeln!(
                f,
                "    ⇄ a race: taken in another order, the turns of the processes break nothing"
            )?;
        }
        if has(Need::Noise) {
            writeln!(
                f,
                "    · without the steps marked so the others break the same"
            )?;
        }
        Ok(())
    }

    /// What there is after the last step.
    fn end(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let story = self.0;
        let picture = match story.steps.last() {
            Some(step) => &step.picture,
            None => &story.start,
        };
        let groups = picture.groups.iter();
        let groups: Vec<_> = groups.filter(|group| !group.items.is_empty()).collect();
        let titles = groups.iter().map(|group| group.title.chars().count());
        let width = titles.max().unwrap_or(0);
        for (place, group) in groups.into_iter().enumerate() {
            let head = if place == 0 { "then" } else { "" };
            let title = &group.title;
            let said = |item: &Item| format!("{} {}", item.name, item.text);
            let items: Vec<_> = group.items.iter().map(said).collect();
            let short = items.join(", ");
            if short.chars().count() + width <= WIDTH - 8 {
                writeln!(f, "{head:>5}  {title:width$}  {short}")?;
                continue;
            }
            for (place, item) in items.iter().enumerate() {
                let (head, title) = if place == 0 {
                    (head, title.as_str())
                } else {
                    ("", "")
                };
                writeln!(f, "{head:>5}  {title:width$}  {item}")?;
            }
        }
        Ok(())
    }
}
