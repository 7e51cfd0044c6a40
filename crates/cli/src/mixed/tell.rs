//! The findings in words.

use planwright_core::{Course, Handover};

use super::compatibility::{Answer, Compatibility, SteppingStone};
use super::findings::{Advice, Change, Findings, Order};
use crate::{Cell, print_table, say, table, thousands};

const ON_THE_CHANGE: &str = "From that moment on, whatever enactors are switched before and after";

/// Names of properties, as a list.
fn quoted<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    let names: Vec<_> = names
        .into_iter()
        .map(|name| format!("\"{name}\""))
        .collect();
    match names.is_empty() {
        true => "nothing".to_owned(),
        false => names.join(", "),
    }
}

fn row(fleet: String, how: String, cells: &[Cell], states: u64) -> Vec<String> {
    let mut row = vec![fleet, how];
    row.extend(cells.iter().map(ToString::to_string));
    row.push(thousands(states));
    row
}

fn matrix<'a>(
    properties: impl IntoIterator<Item = &'a String>,
    rows: impl IntoIterator<Item = Vec<String>>,
) -> String {
    let mut header = vec!["fleet", "switched"];
    header.extend(properties.into_iter().map(String::as_str));
    header.push("states");
    let states = header.len() - 1;
    table(&header, &[states], rows)
}

impl Compatibility {
    /// Prints the compatibility matrix, and what it means.
    pub fn tell(&self) {
        let all = self.mixes.len() - 1;
        let mixes = self.mixes.iter().map(|mix| {
            let fleet = match mix.upgraded {
                0 => "all old".to_owned(),
                new if new == all => "all new".to_owned(),
                new => format!("{new} of {all} new"),
            };
            row(fleet, "never".to_owned(), &mix.cells, mix.states)
        });
        let switchovers = self.switchovers.iter().map(|switchover| {
            let fleet = switchover.course.to_string();
            let how = switchover.handover.to_string();
            row(fleet, how, &switchover.cells, switchover.states)
        });
        print_table(&matrix(&self.properties, mixes.chain(switchovers)));
        say!("");
        self.conclude();
    }

    fn named(&self, properties: &[usize]) -> String {
        quoted(
            properties
                .iter()
                .map(|property| &self.properties[*property]),
        )
    }

    fn conclude(&self) {
        let kept = self.kept();
        if self.is_undecided() {
            say!("A limit or an interruption came first, so not everything is decided.");
        }
        if kept.is_empty() && !self.is_undecided() {
            say!("Both versions have none of these properties, so there is none to keep.");
        } else if !kept.is_empty() {
            say!("Both versions have {}.", self.named(&kept));
            say!("- a mix that lasts {}", words(self.mixes_are_safe()));
            for course in Course::ALL {
                self.conclude_of(course);
            }
        }
        for property in self.gained() {
            let name = &self.properties[property];
            let all = self.mixes.len() - 1;
            match self.holds_from(property) {
                Some(from) if from == all => say!(
                    "\"{name}\" holds only once the last old enactor is gone: beside one of them the new \
                     ones cannot keep it."
                ),
                Some(from) => say!(
                    "\"{name}\" holds in fleets with at least {from} of {all} enactors new from the start."
                ),
                // In a fleet that is all new it holds.
                None => say!(
                    "How many enactors must be new for \"{name}\" to hold is undecided: a limit or an \
                     interruption came first."
                ),
            }
        }
        let lost = self.lost();
        if !lost.is_empty() {
            say!("The new version LOSES {}.", self.named(&lost));
        }
    }

    /// One line where all ways have the same answer, which is most often so.
    fn conclude_of(&self, course: Course) {
        let switchovers = self.switchovers.iter().filter(|s| s.course == course);
        let ways: Vec<Handover> = switchovers.map(|s| s.handover).collect();
        let answer = |way: &Handover| self.is_safe(course, *way);
        let what = match course {
            Course::Rollout => "a rollout",
            Course::Rollback => "a rollback",
            Course::BackAndForth => "a rollout given up half-way",
        };
        match &ways[..] {
            [first, .., last] if ways.iter().all(|way| answer(way) == answer(first)) => {
                let every = if ways.len() == 2 && first != last {
                    "both ways"
                } else {
                    "every way"
                };
                say!("- {what}, in {every}, {}", words(answer(first)));
            }
            ways => {
                for way in ways {
                    say!("- {what}, {way}, {}", words(answer(way)));
                }
            }
        }
    }
}

fn words(answer: Answer) -> &'static str {
    match answer {
        Some(true) => "keeps them",
        Some(false) => "BREAKS them",
        None => "is undecided",
    }
}

impl Order {
    /// Prints the stepping stone, if one was looked for.
    pub(super) fn tell_stone(&self) {
        match &self.stone {
            Some(SteppingStone::Found(stone)) => say!(
                "A stepping stone: {stone}. Switch all enactors to that version, and then all to the \
                 new one, both in the same way: that breaks nothing, in any of these ways, nor \
                 if the first is given up half-way, back to the old one, or the second, back to the stone."
            ),
            Some(SteppingStone::None) => {
                say!("No version that was tried is a safe stepping stone, in all of these ways.")
            }
            Some(SteppingStone::Undecided) => say!(
                "Whether there is a stepping stone is undecided: a limit or an interruption came first."
            ),
            None => {}
        }
    }
}

impl Findings {
    /// What holds from the moment on at which what all share changes, in words.
    fn on_the_change(&self) -> String {
        let (always, open) = (self.from_the_change_on(), self.open_from_the_change_on());
        if open.is_empty() {
            return format!("{ON_THE_CHANGE}: {}.", quoted(&always));
        }
        let undecided = format!(
            "is undecided of {}: a limit or an interruption came first.",
            quoted(&open)
        );
        match always.is_empty() {
            true => format!("Whether it holds from that moment on {undecided}"),
            false => format!(
                "{ON_THE_CHANGE}: {}. Whether it holds {undecided}",
                quoted(&always)
            ),
        }
    }

    /// Prints what holds when what all share changes in the midst of everything, and what to change
    /// first.
    pub(super) fn tell_change(&self) {
        if let Some(Change { cells, .. }) = self.changing.first() {
            say!("== In any order: at some moment what all share changes, for everyone at once\n");
            let rows = self.changing.iter().map(|change| {
                let cells: Vec<_> = change.cells.iter().map(|(_, cell)| *cell).collect();
                let fleet = Course::BackAndForth.to_string();
                row(fleet, change.handover.to_string(), &cells, change.states)
            });
            print_table(&matrix(cells.iter().map(|(name, _)| name), rows));
            say!("");
            say!("{}\n", self.on_the_change());
        }
        let told = |names: Option<Vec<String>>| quoted(&names.unwrap_or_default());
        let shared_first = told(self.with_shared_first());
        let enactors_first = told(self.with_enactors_first());
        match self.advice() {
            Some(Advice::SharedFirst) => say!(
                "The better order: first what all share, then the enactors. {shared_first} then holds all the \
                 while; with the enactors first, {enactors_first}."
            ),
            Some(Advice::EnactorsFirst) => say!(
                "The better order: first the enactors, then what all share. {enactors_first} then holds until that \
                 changes; in the other order, {shared_first} holds all the while."
            ),
            Some(Advice::Either) => {
                say!("Either order: {shared_first} holds all the while.");
            }
            Some(Advice::Depends) => say!(
                "Neither order is better: with the enactors first, {enactors_first} holds until what all share \
                 changes; in the other order, {shared_first} holds all the while."
            ),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mixed::Mix;

    fn findings(ways: [[Cell; 3]; 2]) -> Findings {
        let changing = Handover::ALL.into_iter().zip(ways);
        let changing = changing.map(|(handover, cells)| Change {
            handover,
            cells: ["a", "b", "c"]
                .map(str::to_owned)
                .into_iter()
                .zip(cells)
                .collect(),
            states: 9,
        });
        Findings {
            orders: Vec::new(),
            changing: changing.collect(),
        }
    }

    #[test]
    fn what_is_undecided_is_not_said_to_fail() {
        let (holds, open) = (Cell::Holds, Cell::Undecided);
        let violated = Cell::Violated { steps: 1 };
        for (ways, told) in [
            (
                [[holds, violated, holds], [holds, holds, violated]],
                "From that moment on, whatever enactors are switched before and after: \"a\".",
            ),
            (
                [[violated; 3], [open; 3]],
                "From that moment on, whatever enactors are switched before and after: nothing.",
            ),
            (
                [[open; 3], [open; 3]],
                "Whether it holds from that moment on is undecided of \"a\", \"b\", \"c\": a limit or an \
                 interruption came first.",
            ),
            (
                [[holds, open, violated], [holds, holds, open]],
                "From that moment on, whatever enactors are switched before and after: \"a\". Whether it \
                 holds is undecided of \"b\": a limit or an interruption came first.",
            ),
        ] {
            assert_eq!(findings(ways).on_the_change(), told);
        }
    }

    #[test]
    fn how_many_must_be_new_is_known_only_where_it_is_decided() {
        let mixes = |cells: [Cell; 3]| Compatibility {
            properties: vec!["a".to_owned()],
            mixes: (0..)
                .zip(cells)
                .map(|(upgraded, cell)| Mix {
                    upgraded,
                    cells: vec![cell],
                    states: 9,
                })
                .collect(),
            switchovers: Vec::new(),
        };
        let violated = Cell::Violated { steps: 1 };
        let from = |cells| mixes(cells).holds_from(0);
        assert_eq!(from([violated, violated, Cell::Holds]), Some(2));
        assert_eq!(from([Cell::Undecided, violated, Cell::Holds]), Some(2));
        assert_eq!(from([violated, Cell::Undecided, Cell::Holds]), None);
        assert_eq!(from([Cell::Undecided; 3]), None);
        assert_eq!(from([violated; 3]), None);
    }
}
