//! How verdicts are told.

use std::fmt::Debug;

use clap::Args;
use planwright_checker::{Finding, Model, Report, Trace};

use crate::{Exit, say};

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
    /// Prints the report, its schedules in the words of `schedule`, and the claim cards if they are
    /// asked for; says how the program ends.
    #[expect(clippy::type_complexity, reason = "it is what `told_by` takes")]
    pub fn tell<M>(
        &self,
        report: &Report<'_, M>,
        schedule: &dyn Fn(&Finding<M::State, M::Action>, &Trace<M::State, M::Action>) -> String,
    ) -> Exit
    where
        M: Model<State: Debug, Action: Clone + Debug>,
    {
        say!("{}", report.told_by(schedule));
        if self.card {
            for claim in report.claims() {
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
