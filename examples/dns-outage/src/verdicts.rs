//! What the checker says of a variant.

use std::fmt;

use planwright_checker::{Checker, Completion, Finding, Model, Report, Verdict};
use planwright_cli::SearchOptions;
use planwright_core::{DELETES_A_PLAN, SystemAction, SystemState, UpdateSystem, never_regresses};
use planwright_model::{ActionClasses, Count};

use crate::{
    DnsEnactor, Expected, Instance, NEVER_EMPTY, NEVER_REGRESSES, Phase, RECOVERS, Variant,
    with_recovery,
};

/// The system of this family.
pub type DnsSystem = UpdateSystem<DnsEnactor>;

/// A checker of the family's two safety properties, [`NEVER_EMPTY`] and [`NEVER_REGRESSES`].
///
/// Of a [`DnsSystem`], or of any other model with its states and steps, such as a mutant.
pub fn checker<M>(model: &M) -> Checker<'_, M>
where
    M: ActionClasses + Model<State = DnsState, Action = DnsAction> + Sync,
{
    Checker::new(model)
        .without_model_properties()
        .action_classes()
        .always(NEVER_EMPTY, |s| s.store.all_resolve())
        .always_step(NEVER_REGRESSES, never_regresses)
}

/// One property's verdict, without its counterexample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// It holds within the bounds.
    Holds,
    /// It is violated.
    Violated {
        /// The length of the shortest schedule.
        steps: usize,
    },
    /// A limit or an interruption came first.
    Undecided,
}

impl Cell {
    /// Reads it off a finding.
    pub fn of<S, A>(finding: Option<&Finding<S, A>>) -> Self {
        match finding.map(|f| &f.verdict) {
            Some(Verdict::Holds { .. }) => Self::Holds,
            Some(Verdict::Violated { counterexample }) => Self::Violated {
                steps: counterexample.as_ref().map_or(0, |trace| trace.len()),
            },
            Some(Verdict::Undecided(_)) | None => Self::Undecided,
        }
    }

    fn agrees(self, expected: bool) -> bool {
        match self {
            Self::Holds => expected,
            Self::Violated { .. } => !expected,
            Self::Undecided => false,
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Holds => f.write_str("holds"),
            Self::Violated { steps } => write!(f, "NO, {}", Count(*steps as u64, "step")),
            Self::Undecided => f.write_str("undecided"),
        }
    }
}

/// What was found about a variant at one size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdicts {
    /// Of [`NEVER_EMPTY`].
    pub never_empty: Cell,
    /// Of [`NEVER_REGRESSES`].
    pub never_regresses: Cell,
    /// Of [`RECOVERS`]; undecided if that was not checked.
    pub recovers: Cell,
    /// Distinct states found.
    pub states: u64,
    /// Steps between them.
    pub transitions: u64,
    /// Whether every reachable state was explored.
    pub complete: bool,
    /// How often a plan was deleted; if never, the bounds are too small to show anything.
    pub deletions: u64,
}

impl Verdicts {
    /// Reads them off a report.
    pub fn of<M: Model>(report: &Report<'_, M>) -> Self {
        let statistics = report.statistics();
        let deletions = statistics.actions.iter().find(|a| a.name == DELETES_A_PLAN);
        Self {
            never_empty: Cell::of(report.finding(NEVER_EMPTY)),
            never_regresses: Cell::of(report.finding(NEVER_REGRESSES)),
            recovers: Cell::of(report.finding(RECOVERS)),
            states: statistics.states,
            transitions: statistics.transitions,
            complete: matches!(report.completion(), Completion::Exhausted),
            deletions: deletions.map_or(0, |action| action.fired),
        }
    }

    /// Whether a limit or an interruption left one of them open.
    pub fn is_undecided(&self) -> bool {
        [self.never_empty, self.never_regresses, self.recovers].contains(&Cell::Undecided)
    }

    /// Whether they are the ones that the family declares.
    pub fn agree_with(&self, expected: Expected) -> bool {
        self.never_empty.agrees(expected.never_empty)
            && self.never_regresses.agrees(expected.never_regresses)
            && self.recovers.agrees(expected.recovers)
    }
}

impl Variant {
    /// Explores the variant to the end, also after a property was violated, so that the number of
    /// states does not depend on when that was.
    pub fn verdicts(&self, instance: Instance, search: &SearchOptions) -> Verdicts {
        let system = self.system(instance);
        let checker = with_recovery(checker(&system), &system, &system);
        Verdicts::of(&search.apply_all(checker).exhaustive().run())
    }
}

/// A state of this family.
pub type DnsState = SystemState<Phase>;

/// A step of this family.
pub type DnsAction = SystemAction<Phase>;
