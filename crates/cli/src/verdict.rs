//! How verdicts are told.

use std::fmt::Debug;
use std::hash::Hash;

use clap::Args;
use planwright_checker::{Finding, Model, Report};
use planwright_model::Depict;

use crate::{Exit, Named, say};

/// How to tell verdicts.
#[derive(Args, Clone, Copy, Debug, Default)]
#[command(next_help_heading = "Verdicts")]
pub struct VerdictOptions {
    /// Print for each property all that its verdict rests on, too
    #[arg(long)]
    pub card: bool,

    /// Exit with code 3 if a property holds only because what it is about was never the case
    #[arg(long)]
    pub deny_vacuous: bool,
}

impl VerdictOptions {
    /// Prints the report, its schedules as timelines, and the claim cards if they are asked for; says how
    /// the program ends.
    pub fn tell<M>(&self, report: &Report<'_, M>, named: &Named) -> Exit
    where
        M: Depict<State: Clone + Debug + Hash + PartialEq, Action: Clone + Debug>,
    {
        say!("{}", named.report(report));
        if self.card {
            for claim in named.claims(report) {
                say!("\n{claim}");
            }
        }
        self.exit(report)
    }

    /// How the program ends.
    pub fn exit<M: Model>(&self, report: &Report<'_, M>) -> Exit {
        match Exit::from(report.outcome()) {
            Exit::Holds
                if self.deny_vacuous && report.findings().iter().any(Finding::is_vacuous) =>
            {
                Exit::Vacuous
            }
            exit => exit,
        }
    }
}
