//! The reference model, once, with one line of result: for comparing checkers from outside.

use std::process::ExitCode;
use std::time::Instant;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, ValueEnum};
use planwright_benches::{
    Explored, ceiling, planwright, planwright_reduced, stateright_breadth_first,
    stateright_depth_first,
};
use planwright_checker::{Checker, Outcome, Storage};
use planwright_oracle::{Reference, ReferenceAction, ReferenceState};

/// Explores the reference model of the outage to the end, and prints
/// `states=<n> seconds=<s> rss_kib=<m> violation=<yes|no>`
///
/// The property: at every endpoint there is a plan that exists.
#[derive(Debug, Parser)]
struct Options {
    /// Enactors (1 to 4)
    #[arg(value_name = "E", value_parser = clap::value_parser!(u8).range(1..=4))]
    enactors: u8,

    /// Generations after the installed one (1 to 7)
    #[arg(value_name = "P", value_parser = clap::value_parser!(u8).range(1..=7))]
    plans: u8,

    /// Endpoints (1 to 4)
    #[arg(value_name = "D", value_parser = clap::value_parser!(u8).range(1..=4))]
    endpoints: u8,

    /// Clean-up threshold: plans more than this many generations old are deleted (0 to P)
    #[arg(value_name = "K", value_parser = clap::value_parser!(u8).range(0..=7))]
    threshold: u8,

    /// The protocol
    variant: Protocol,

    /// Threads
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    threads: u16,

    /// Store whole states instead of fingerprints
    #[arg(long)]
    exact: bool,

    /// Explore one state of all those that differ only by the enactors' names
    #[arg(long)]
    symmetry: bool,

    /// The engine
    #[arg(long, default_value = "planwright")]
    engine: Engine,

    /// The property; all but the first need the graph of all states
    #[arg(long, default_value = "never-empty")]
    property: Claim,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Claim {
    /// At every endpoint there is a plan that exists
    NeverEmpty,
    /// That every endpoint has the newest plan stays possible
    Recoverable,
    /// Some day every endpoint has the newest plan for good, if every enactor is weakly fair
    Settles,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Protocol {
    /// As deployed
    Buggy,
    /// Conditional writes, plans in use spared
    Fixed,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Engine {
    /// Planwright
    Planwright,
    /// Stateright, breadth first
    Stateright,
    /// Stateright, depth first
    StaterightDfs,
    /// A search written for this model alone, on one thread
    Ceiling,
}

impl Options {
    /// Ends the process with code 2 if the options do not go together.
    fn refuse_nonsense(&self) {
        if self.threshold > self.plans {
            Self::refuse("K must be at most P: choose a smaller K, or a larger P");
        }
        if matches!(self.engine, Engine::Ceiling) && self.threads > 1 {
            Self::refuse("the ceiling has one thread: leave out --threads");
        }
        let is_reduced = self.exact || self.symmetry || self.property != Claim::NeverEmpty;
        if is_reduced && !matches!(self.engine, Engine::Planwright) {
            Self::refuse(
                "--exact, --symmetry and --property are for Planwright's engine: leave out --engine",
            );
        }
    }

    fn refuse(message: &str) -> ! {
        Self::command()
            .error(ErrorKind::ValueValidation, message)
            .exit()
    }

    fn model(&self) -> Reference {
        Reference {
            enactors: usize::from(self.enactors),
            plans: self.plans,
            endpoints: usize::from(self.endpoints),
            threshold: self.threshold,
            fixed: matches!(self.variant, Protocol::Fixed),
        }
    }
}

fn explore(options: &Options) -> Explored {
    let model = options.model();
    let threads = usize::from(options.threads);
    fn holds(model: &Reference, state: &ReferenceState) -> bool {
        state.never_empty(model.endpoints)
    }
    if options.property != Claim::NeverEmpty {
        return explore_graph(options, &model);
    }
    match options.engine {
        Engine::Planwright if options.exact || options.symmetry => {
            let how = (options.exact, options.symmetry);
            planwright_reduced(&model, threads, holds, how)
        }
        Engine::Planwright => planwright(&model, threads, holds),
        Engine::Stateright => stateright_breadth_first(model, threads, holds),
        Engine::StaterightDfs => stateright_depth_first(model, threads, holds),
        Engine::Ceiling => {
            let found = ceiling(&model);
            Explored {
                states: found.states,
                violated: found.counterexample.is_some(),
            }
        }
    }
}

/// Checks a property that needs the graph.
fn explore_graph(options: &Options, model: &Reference) -> Explored {
    let settled = |state: &ReferenceState| {
        let newest = state.generation();
        (0..model.endpoints).all(|endpoint| state.endpoint(endpoint) == newest)
    };
    let mut checker = Checker::new(model).without_model_properties();
    checker = match options.property {
        Claim::Settles => {
            let enactors = 0..options.enactors;
            let checker = checker.eventually_always("settles", settled);
            enactors.fold(checker, |checker, enactor| {
                let name = format!("enactor {enactor}");
                checker.weakly_fair(name, move |action| {
                    *action == ReferenceAction::Step(enactor)
                })
            })
        }
        _ => checker.recoverable("recoverable", settled),
    };
    if options.exact {
        checker = checker.storage(Storage::Exact);
    }
    if options.symmetry {
        checker = checker.symmetry();
    }
    let report = checker.threads(usize::from(options.threads)).run();
    let outcome = report.outcome();
    assert!(outcome != Outcome::Undecided, "undecided:\n{report}");
    Explored {
        states: report.statistics().states,
        violated: outcome == Outcome::Violated,
    }
}

/// The process's largest resident memory, 0 where the operating system does not tell.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.unwrap_or(0)
}

fn main() -> ExitCode {
    let options = Options::parse();
    options.refuse_nonsense();
    let start = Instant::now();
    let found = explore(&options);
    println!(
        "states={} seconds={:.3} rss_kib={} violation={}",
        found.states,
        start.elapsed().as_secs_f64(),
        peak_kib(),
        if found.violated { "yes" } else { "no" },
    );
    ExitCode::SUCCESS
}
