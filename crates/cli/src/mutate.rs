//! Mutants on the command line.

use clap::Args;
use planwright_checker::{
    Checkable, Checker, Encode, Mutant, MutantKind, MutantResult, MutationReport, Outcome,
    Standing, Symmetric,
};
use planwright_core::{Enactor, Mutation};

use crate::{Exit, ProgressDisplay, SearchOptions, interrupted, table, thousands};

/// Whether to ask what the properties notice; to be flattened together with
/// [`CheckpointOptions`](crate::CheckpointOptions), [`OutputOptions`](crate::OutputOptions) and
/// [`VerdictOptions`](crate::VerdictOptions), which it excludes.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Mutants")]
pub(crate) struct MutateOptions {
    /// Then change one thing at a time, and report the changes that no property notices
    ///
    /// One precondition is left out, one safeguard or store rule switched, one kind of step disabled.
    /// Limits such as --max-states and --time-limit hold for each mutant.
    #[arg(
        long,
        conflicts_with_all = ["checkpoint", "format", "out", "report", "graph", "card", "deny_vacuous"]
    )]
    pub(crate) mutate: bool,

    /// End with code 5 if no property notices that something was taken away
    #[arg(long, requires = "mutate")]
    pub(crate) deny_survivors: bool,
}

impl MutateOptions {
    /// How a program ends that checked the unmutated model, and then mutants.
    ///
    /// A violation by the unmutated model outweighs all else. Survivors count only if they are
    /// denied, and then a surviving mutant outweighs an undecided one.
    pub(crate) fn exit(&self, unmutated: Outcome, report: &MutationReport) -> Exit {
        let survived = report.survivors().next().is_some();
        let undecided = report.undecided().next().is_some();
        match unmutated {
            Outcome::Violated => Exit::Violated,
            _ if self.deny_survivors && survived => Exit::Unexpected,
            Outcome::Undecided => Exit::Undecided,
            Outcome::Holds if undecided => Exit::Undecided,
            Outcome::Holds => Exit::Holds,
        }
    }
}

/// How a report names a mutation of an [`UpdateSystem`](planwright_core::UpdateSystem).
pub(crate) fn mutant(mutation: &Mutation) -> Mutant {
    let (kind, place) = match mutation {
        Mutation::IgnorePrecondition(site) => (MutantKind::Precondition, Some(site.place())),
        Mutation::SwitchRule { .. } => (MutantKind::StoreRule, None),
        _ => (MutantKind::ActionClass, None),
    };
    let name = mutation.to_string();
    let mutant = if mutation.is_addition() {
        Mutant::with(kind, name)
    } else {
        Mutant::without(kind, name)
    };
    match place {
        Some(place) => mutant.at(place),
        None => mutant,
    }
}

/// Explores mutants one after another, each under the options of the command line.
#[derive(Debug)]
pub(crate) struct MutantRuns<'o> {
    options: &'o SearchOptions,
    report: MutationReport,
    /// How many mutants there are, for the display of progress.
    total: usize,
}

impl<'o> MutantRuns<'o> {
    /// Adds `total` mutants to `report`, one [`test`](Self::test) for each.
    pub(crate) fn new(options: &'o SearchOptions, report: MutationReport, total: usize) -> Self {
        Self {
            options,
            report,
            total,
        }
    }

    /// Names what of this protocol cannot be mutated.
    #[must_use]
    pub(crate) fn of(mut self, enactor: &impl Enactor) -> Self {
        for guard in enactor.plain_guards() {
            let guard = format!("guard in plain Rust: {guard}");
            self.report.add_not_mutated(guard);
        }
        let rest = "whatever else an enactor tests in plain Rust: it cannot be seen";
        self.report.add_not_mutated(rest);
        self
    }

    /// Explores one mutant; `check` makes a checker with the properties, and nothing of the options.
    ///
    /// After Ctrl-C, and where a limit left every property of the unmutated model undecided, the
    /// mutant is not explored, and undecided.
    pub(crate) fn test<'m, M>(
        &mut self,
        mutant: Mutant,
        original: &'m M,
        check: impl Fn() -> Checker<'m, M>,
    ) where
        M: Encode + Symmetric + Checkable,
    {
        let undecided = |standing: &Standing| standing.outcome == Outcome::Undecided;
        let unexplored = if interrupted() {
            Some("interrupted before it was explored")
        } else if self.report.properties().iter().all(undecided) {
            Some("so is the unmutated model")
        } else {
            None
        };
        if let Some(why) = unexplored {
            self.report.add_unexplored(mutant, why);
            return;
        }
        let (options, total) = (self.options, self.total);
        let number = self.report.results().len() + 1;
        self.report.test(mutant, original, || {
            let checker = options.apply_all(check());
            if options.no_progress {
                return checker;
            }
            let title = format!("mutant {number} of {total}");
            checker.listener(ProgressDisplay::on_stderr().titled(title))
        });
    }

    /// The report on all of them.
    pub(crate) fn report(self) -> MutationReport {
        self.report
    }
}

/// The mutants as a table: what each changes, which properties noticed, and the states that were
/// found; with a plus where the exploration ended before all were.
pub(crate) fn mutation_table(report: &MutationReport) -> String {
    let row = |result: &MutantResult| {
        let mutant = &result.mutant;
        let states = match (result.states, result.complete) {
            (0, false) => "- ".to_owned(),
            (states, true) => format!("{} ", thousands(states)),
            (states, false) => format!("{}+", thousands(states)),
        };
        vec![
            mutant.kind.to_string(),
            mutant.name.clone(),
            mutant.place.clone().unwrap_or_default(),
            result.outcome(),
            states,
        ]
    };
    let header = ["changes", "mutant", "at", "outcome", "states "];
    table(&header, &[4], report.results().iter().map(row))
}
