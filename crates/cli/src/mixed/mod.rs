#![doc = include_str!("../../docs/mixed-fleets.md")]

mod compatibility;

use clap::{Args, ValueEnum};
use planwright_core::{Handover, Version};

pub use compatibility::{Answer, Compatibility, Mix, Switchover, stepping_stone};

use crate::{say, table, thousands};

/// Options of the command `mixed`.
#[derive(Args, Clone, Debug, Default)]
pub struct MixedOptions {
    /// How an enactor is switched to another version; may be given several times [default: every way]
    #[arg(long, value_name = "WAY")]
    pub handover: Vec<Way>,
}

/// A [`Handover`] on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Way {
    /// It restarts, its memory is lost
    Restart,
    /// It first comes to where it has nothing to remember
    Drained,
    /// It goes on with what it remembers
    CarriedOver,
}

impl MixedOptions {
    /// The ways that are asked for.
    pub fn ways(&self) -> Vec<Handover> {
        let way = |way: &Way| match way {
            Way::Restart => Handover::Restart,
            Way::Drained => Handover::Drained,
            Way::CarriedOver => Handover::CarriedOver,
        };
        match self.handover.is_empty() {
            true => Handover::ALL.to_vec(),
            false => self.handover.iter().map(way).collect(),
        }
    }
}

impl Compatibility {
    /// Prints the compatibility matrix, and what it means.
    pub fn tell(&self) {
        let all = self.mixes.len() - 1;
        let mut header = vec!["fleet", "switched"];
        header.extend(self.properties.iter().map(String::as_str));
        header.push("states");
        let states = header.len() - 1;
        let row = |fleet: String, how: String, cells: &[crate::Cell], states: u64| {
            let mut row = vec![fleet, how];
            row.extend(cells.iter().map(ToString::to_string));
            row.push(thousands(states));
            row
        };
        let mixes = self.mixes.iter().map(|mix| {
            let fleet = match mix.upgraded {
                0 => "all old".to_owned(),
                new if new == all => "all new".to_owned(),
                new => format!("{new} of {all} new"),
            };
            row(fleet, "never".to_owned(), &mix.cells, mix.states)
        });
        let switchovers = self.switchovers.iter().map(|switchover| {
            let fleet = match switchover.to {
                Version::New => "rollout",
                Version::Old => "rollback",
            };
            let how = switchover.handover.to_string();
            row(fleet.to_owned(), how, &switchover.cells, switchover.states)
        });
        say!("{}\n", table(&header, &[states], mixes.chain(switchovers)));
        self.conclude();
    }

    fn conclude(&self) {
        let names = |properties: &[usize]| {
            let names = properties
                .iter()
                .map(|p| format!("\"{}\"", self.properties[*p]));
            names.collect::<Vec<_>>().join(", ")
        };
        if self.is_undecided() {
            say!("Undecided: a limit or an interruption came first.");
            return;
        }
        let kept = self.kept();
        match kept.is_empty() {
            true => say!("Both versions have none of these properties, so there is none to keep."),
            false => {
                say!("Both versions have {}.", names(&kept));
                let safe = |answer: Answer| match answer {
                    Some(true) => "keeps them",
                    Some(false) => "BREAKS them",
                    None => "is undecided",
                };
                say!("- a mix that lasts {}", safe(self.mixes_are_safe()));
                for switchover in &self.switchovers {
                    let what = match switchover.to {
                        Version::New => "a rollout",
                        Version::Old => "a rollback",
                    };
                    let (to, handover) = (switchover.to, switchover.handover);
                    say!("- {what}, {handover}, {}", safe(self.is_safe(to, handover)));
                }
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
                Some(from) => say!("\"{name}\" holds once {from} of {all} enactors are new."),
                None => {}
            }
        }
        let lost = self.lost();
        if !lost.is_empty() {
            say!("The new version LOSES {}.", names(&lost));
        }
    }
}
