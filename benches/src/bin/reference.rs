//! The reference model, once, with one line of result: for comparing checkers from outside.

use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, ValueEnum};
use planwright_benches::theirs;
use planwright_checker::Checker;
use planwright_oracle::Reference;

/// Explores the reference model of the outage to the end, and prints
/// `states=<n> seconds=<s> rss_kib=<m> violation=<yes|no>`
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

    /// Clean-up threshold (0 to 7)
    #[arg(value_name = "K", value_parser = clap::value_parser!(u8).range(0..=7))]
    threshold: u8,

    /// The protocol
    variant: Protocol,

    /// Threads
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    threads: u16,

    /// The engine
    #[arg(long, default_value = "planwright")]
    engine: Engine,
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
}

/// The process's largest resident memory, where the operating system tells.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.unwrap_or(0)
}

fn main() -> ExitCode {
    let options = Options::parse();
    let model = Reference {
        enactors: usize::from(options.enactors),
        plans: options.plans,
        endpoints: usize::from(options.endpoints),
        threshold: options.threshold,
        fixed: matches!(options.variant, Protocol::Fixed),
    };
    let threads = usize::from(options.threads);
    let start = Instant::now();
    let (states, violation) = match options.engine {
        Engine::Planwright => {
            let report = Checker::new(&model).exhaustive().threads(threads).run();
            let violated = report
                .findings()
                .iter()
                .any(|finding| finding.is_violated());
            (
                report.statistics().states,
                if violated { "yes" } else { "no" },
            )
        }
        Engine::Stateright => {
            let holds = |model: &Reference, state: &_| {
                planwright_oracle::ReferenceState::never_empty(state, model.endpoints)
            };
            (theirs(model, threads, holds), "unknown")
        }
    };
    println!(
        "states={states} seconds={:.3} rss_kib={} violation={violation}",
        start.elapsed().as_secs_f64(),
        peak_kib()
    );
    ExitCode::SUCCESS
}
