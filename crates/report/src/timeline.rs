//! A story as lines of text.

use std::fmt;

use planwright_checker::Need;
use planwright_model::{Item, RemarkKind, Standing};

use crate::story::{Step, Story};
use crate::wrapped;

/// Columns of a line.
const WIDTH: usize = 80;

/// Columns that are kept for what a step changes beside what is done.
const BESIDE: usize = 24;

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

impl fmt::Display for Timeline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Timeline(&self.0.printable()).write(f)
    }
}

impl Timeline<'_> {
    /// Writes a story whose texts are printable.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let story = self.0;
        self.heads(f)?;
        let deeds = story.steps.iter().map(|step| columns(&step.deed));
        let widest = self.room().saturating_sub(BESIDE);
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

    /// Columns before what is done: the bracket of a cycle, the number, the lanes.
    fn margin(&self) -> usize {
        7 + 2 * self.0.lanes.len()
    }

    /// Columns that are left for text.
    fn room(&self) -> usize {
        // With very many lanes, lines have to be wider.
        WIDTH.saturating_sub(self.margin()).max(40)
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
        let changes = self.changes(step);
        let need = match step.need {
            Some(Need::Race) => "⇄",
            Some(Need::Noise) => "·",
            Some(Need::Necessary) | None => " ",
        };
        let mut deed = wrapped(&step.deed, self.room()).into_iter();
        let first = deed.next().unwrap_or_default();
        let rest: Vec<_> = deed.collect();
        let head = format!("{bracket}{number:>4}{need}{lanes} {first:width$}");
        let together = changes.join(", ");
        let fits = rest.is_empty()
            && columns(&first) <= width
            && columns(&head) + 2 + columns(&together) <= WIDTH;
        if fits || changes.is_empty() {
            writeln!(f, "{}", format!("{head}  {together}").trim_end())?;
        } else {
            writeln!(f, "{}", head.trim_end())?;
        }
        for line in rest {
            self.below(f, number, &line)?;
        }
        if !fits {
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

    /// Lines below a step, beside its lanes.
    fn below(&self, f: &mut fmt::Formatter<'_>, number: usize, text: &str) -> fmt::Result {
        let bracket = match self.bracket(number) {
            " " => " ",
            _ if number == self.0.steps.len() => " ",
            _ => "│",
        };
        for line in wrapped(text, self.room()) {
            writeln!(f, "{bracket}     {} {line}", self.lanes(None))?;
        }
        Ok(())
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
            let item = &change.item;
            match (change.before.as_deref(), change.after.as_deref()) {
                (Some(before), Some(after)) => {
                    format!("{item}: {} → {}", said(before), said(after))
                }
                (Some(before), None) => format!("{item}: no longer {}", said(before)),
                (None, after) => format!("{item}: {}", said(after.unwrap_or_default())),
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
        let broken: Vec<_> = broken.map(named).collect();
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
        let race = "    ⇄ a race: taken in another order, the turns of the processes break nothing";
        let noise = "    · without the steps marked so the others break the same";
        for (need, text) in [(Need::Race, race), (Need::Noise, noise)] {
            if has(need) {
                for line in wrapped(text, WIDTH) {
                    writeln!(f, "{line}")?;
                }
            }
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
            let items: Vec<_> = group.items.iter().map(named).collect();
            let short = items.join(", ");
            let room = WIDTH.saturating_sub(9 + width).max(40);
            let lines = match columns(&short) <= room {
                true => vec![short],
                false => Vec::from_iter(items.iter().flat_map(|item| wrapped(item, room))),
            };
            for (place, line) in lines.iter().enumerate() {
                let (head, title) = if place == 0 {
                    (head, title.as_str())
                } else {
                    ("", "")
                };
                writeln!(f, "{head:>5}  {title:width$}  {line}")?;
            }
        }
        Ok(())
    }
}

/// An item with what is said of it.
fn named(item: &Item) -> String {
    format!("{} {}", item.name, item.text).trim_end().to_owned()
}

fn columns(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// The text of an item, which may be empty.
fn said(text: &str) -> &str {
    if text.is_empty() { "(empty)" } else { text }
}
