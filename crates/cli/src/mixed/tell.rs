//! The findings in words.

use planwright_core::{Course, Handover};

use super::compatibility::{Answer, Compatibility, SteppingStone};
use super::findings::{Advice, Change, Findings, Order};
use super::versions::Shared;
use crate::{Cell, say, table, thousands};

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
        say!("{}\n", matrix(&self.properties, mixes.chain(switchovers)));
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
                None => {}
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
                "A stepping stone: {stone}. Switch all enactors to that version, and then all to the\n\
                 new one: neither switch-over breaks anything, in any of these ways, nor given up half-way."
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
            say!("{}\n", matrix(cells.iter().map(|(name, _)| name), rows));
            let always = self.from_the_change_on();
            say!(
                "From that moment on, whatever enactors are switched before and after: {}.\n",
                quoted(&always)
            );
        }
        let always = |shared| {
            let mut orders = self.orders.iter();
            let order = orders.find(|order| order.shared == shared);
            order.map_or_else(String::new, |order| quoted(&order.compatibility.always()))
        };
        let (enactors_first, shared_first) = (always(Shared::OfOld), always(Shared::OfNew));
        match self.advice() {
            Some(Advice::SharedFirst) => say!(
                "The better order: first what all share, then the enactors. {shared_first} then holds all the\n\
                 while; with the enactors first, {enactors_first}."
            ),
            Some(Advice::EnactorsFirst) => say!(
                "The better order: first the enactors, then what all share. {enactors_first} then holds all the\n\
                 while; in the other order, {shared_first}."
            ),
            Some(Advice::Either) => {
                say!("Either order: {shared_first} holds all the while.");
            }
            Some(Advice::Depends) => say!(
                "Neither order is better: with the enactors first, {enactors_first} holds all the while; in the\n\
                 other order, {shared_first}."
            ),
            None => {}
        }
    }
}
