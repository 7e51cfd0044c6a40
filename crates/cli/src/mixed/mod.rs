#![doc = include_str!("../../docs/mixed-fleets.md")]

mod compatibility;
mod findings;
mod replay;
mod switching;
mod tell;
mod versions;

use clap::{Args, ValueEnum};
use planwright_core::Handover;
use planwright_report::Story;
use serde::Serialize;

pub use compatibility::{Answer, Compatibility, Mix, SteppingStone, Switchover, stepping_stone};
pub use findings::{Advice, Change, Findings, Order};
pub use replay::{Deployment, FleetName};
pub use switching::Switching;
pub use versions::{Shared, Versions};

use crate::{Exit, JsonOption, Named, SearchOptions, counted, say};

/// Options of the command `mixed`.
#[derive(Args, Clone, Debug, Default)]
pub struct MixedOptions {
    /// How an enactor is switched to another version; may be given several times [default: every way]
    #[arg(long, value_name = "WAY")]
    pub handover: Vec<Way>,

    /// Only tell a schedule again, from the line printed below it, for example 1-new:0/0/2/1@1c5a07
    #[arg(long, value_name = "LINE")]
    pub replay: Option<String>,

    /// Where the finished answer goes.
    #[command(flatten)]
    pub json: JsonOption,
}

/// What the command `mixed` found out, for other programs.
#[derive(Serialize)]
struct Answered<'a> {
    /// Whether every mix and every order of switching keeps what both versions have.
    safe: compatibility::Answer,
    advice: Option<Advice>,
    #[serde(flatten)]
    findings: &'a Findings,
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

/// The answer of the command `mixed` about the fleets called `named`: explores, prints, and says how to end.
///
/// The exit code is 1 if something breaks that both versions have, in any order and in any of the ways
/// that are asked for, and 4 if a limit or an interruption leaves that open.
pub fn answer<V: Versions>(
    versions: &V,
    named: &Named,
    options: &MixedOptions,
    search: &SearchOptions,
) -> Exit {
    if versions.enactors() < 2 {
        return Exit::bad_input("a fleet of one is never mixed; ask for at least 2 enactors");
    }
    if let Some(line) = &options.replay {
        return replay::replay(versions, named, line);
    }
    let json = match options.json.prepare() {
        Ok(json) => json,
        Err(error) => return Exit::bad_input(error),
    };
    let differ = versions.shared().len() > 1;
    let findings = Findings::explore(versions, &options.ways(), search, |order| {
        if differ {
            say!("== {}\n", title(order.shared));
        }
        order.compatibility.tell();
        show((versions, named), order, search);
        order.tell_stone();
        say!("");
    });
    findings.tell_change();
    let safe = findings.all_safe();
    let answered = Answered {
        safe,
        advice: findings.advice(),
        findings: &findings,
    };
    let written = json.write(&answered);
    let exit = match safe {
        Some(false) => Exit::Violated,
        Some(true) if !findings.is_undecided() => Exit::Holds,
        _ => Exit::Undecided,
    };
    exit.even_if(written)
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
fn show<V: Versions>((versions, named): (&V, &Named), order: &Order, search: &SearchOptions) {
    let found = &order.compatibility;
    let broken = found.kept().into_iter().find_map(|property| {
        let is_broken = |cells: &[crate::Cell]| cells[property].is_violated() == Some(true);
        let mix = found.mixes.iter().find(|mix| is_broken(&mix.cells));
        let switchover = found.switchovers.iter().find(|s| is_broken(&s.cells));
        let deployment = match (mix, switchover) {
            (Some(mix), _) => Deployment::Mix(mix.upgraded),
            (None, Some(s)) => Deployment::Switching(s.course, s.handover),
            (None, None) => return None,
        };
        Some((&found.properties[property], deployment))
    });
    let Some((name, deployment)) = broken else {
        return;
    };
    let shared = order.shared;
    let fleet = FleetName { deployment, shared };
    let explored = (fleet.of(versions.fleet()), shared);
    let story = versions::explore(versions, explored, search, |report| {
        Story::of_finding(report.model(), report.finding(name)?)
    });
    if let Some(mut story) = story {
        story.replay = format!("{fleet}:{}", named.line(&story.replay));
        let steps = counted(story.steps.len() as u64, "step");
        say!("\n{}: \"{name}\" is violated in {steps}.\n", fleet.title());
        let timeline = story.timeline().to_string();
        say!("{}", timeline.trim_end());
        say!("(the same command with --replay and this line tells it again)\n");
    }
}
