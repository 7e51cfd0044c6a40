#![doc = include_str!("../../docs/mixed-fleets.md")]

mod compatibility;
mod findings;
mod switching;
mod tell;
mod versions;

use clap::{Args, ValueEnum};
use planwright_core::{Course, Enactor, Fleet, Handover};
use planwright_report::Story;

pub use compatibility::{Answer, Compatibility, Mix, SteppingStone, Switchover, stepping_stone};
pub use findings::{Advice, Change, Findings, Order};
pub use switching::Switching;
pub use versions::{Shared, Versions};

use crate::{Exit, SearchOptions, say};

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

/// The answer of the command `mixed`: explores, prints, and says how to end.
///
/// The exit code is 1 if something breaks that both versions have, in any order and in any of the ways
/// that are asked for, and 4 if a limit or an interruption leaves that open.
pub fn answer<V: Versions>(versions: &V, options: &MixedOptions, search: &SearchOptions) -> Exit {
    if versions.enactors() < 2 {
        return Exit::bad_input("a fleet of one is never mixed; ask for at least 2 enactors");
    }
    let differ = versions.shared().len() > 1;
    let findings = Findings::explore(versions, &options.ways(), search, |order| {
        if differ {
            say!("== {}\n", title(order.shared));
        }
        order.compatibility.tell();
        show(versions, order, search);
        order.tell_stone();
        say!("");
    });
    findings.tell_change();
    match findings.all_safe() {
        Some(false) => Exit::Violated,
        Some(true) if !findings.is_undecided() => Exit::Holds,
        _ => Exit::Undecided,
    }
}

fn title(shared: Shared) -> &'static str {
    match shared {
        Shared::OfOld => {
            "The enactors first: what all share, as the rules of the store, is the old version's"
        }
        Shared::OfNew => "What all share first: it is the new version's from the start",
        Shared::Changing => "What all share changes at some moment",
    }
}

/// Shows the shortest schedule of the first fleet that breaks what both versions have.
fn show<V: Versions>(versions: &V, order: &Order, search: &SearchOptions) {
    let found = &order.compatibility;
    let broken = found.kept().into_iter().find_map(|property| {
        let is_broken = |cells: &[crate::Cell]| cells[property].is_violated() == Some(true);
        let mix = found.mixes.iter().find(|mix| is_broken(&mix.cells));
        let switchover = found.switchovers.iter().find(|s| is_broken(&s.cells));
        let fleet = versions.fleet();
        let (title, fleet) = match (mix, switchover) {
            (Some(mix), _) => of_mix(fleet, mix.upgraded),
            (None, Some(switchover)) => of_switchover(fleet, switchover),
            (None, None) => return None,
        };
        Some((&found.properties[property], title, fleet))
    });
    let Some((name, title, fleet)) = broken else {
        return;
    };
    let story = versions::explore(versions, (fleet, order.shared), search, |report| {
        Story::of_finding(report.model(), report.finding(name)?)
    });
    if let Some(mut story) = story {
        // `replay` has no options for fleets.
        story.replay.clear();
        let steps = story.steps.len();
        say!("\n{title}: \"{name}\" is violated in {steps} steps.\n");
        say!("{}\n", story.timeline().to_string().trim_end());
    }
}

fn of_mix<E: Enactor>(fleet: Fleet<E>, upgraded: usize) -> (String, Fleet<E>) {
    let title = format!("A fleet of which {upgraded} run the new version, for ever");
    (title, fleet.upgraded(upgraded))
}

fn of_switchover<E: Enactor>(fleet: Fleet<E>, switchover: &Switchover) -> (String, Fleet<E>) {
    let Switchover {
        course, handover, ..
    } = *switchover;
    let course_in_words = match course {
        Course::Rollout => "A rollout",
        Course::Rollback => "A rollback",
        Course::BackAndForth => "A rollout that is given up",
    };
    let title = format!("{course_in_words}, {handover}");
    (title, fleet.deploying(course, handover))
}
