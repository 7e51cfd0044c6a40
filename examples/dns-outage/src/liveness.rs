//! What made the outage long: whether enactors by themselves ever get the newest plan everywhere.
//!
//! AWS's summary: the inconsistent state "prevented subsequent plan updates from being applied by any
//! DNS Enactors. This situation ultimately required manual operator intervention to correct."

use std::fmt;

use planwright_checker::{Checker, Strength};
use planwright_core::{EnactorId, SystemAction};
use planwright_model::Model as _;

use crate::{DnsAction, DnsState, DnsSystem};

/// From every reachable state some schedule leads to the newest plan at every endpoint: `AG EF` in CTL.
pub const RECOVERS: &str = "the newest plan everywhere stays possible";

/// Where no endpoint can change any more and the planner has stopped, every endpoint has the newest
/// plan.
pub const RESTS_AT_NEWEST: &str = "enactors come to rest only with the newest plan everywhere";

/// Once the planner has published its last plan, that plan is everywhere some time, if enactors are
/// fair, and whether or not anything goes wrong or an operator helps.
pub const CONVERGES: &str = "if the planner pauses, the newest plan gets everywhere";

/// What is assumed of enactors. Nothing is ever assumed of the planner, of faults, or of operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EnactorFairness {
    /// Each is weakly fair as a process: if it can do something all the time, it does.
    Weak,
    /// Each is strongly fair as a process: if it can do something again and again, it does again and
    /// again.
    Strong,
    /// Each is weakly fair as a process, and its transactions are strongly fair: what it could commit
    /// again and again it commits some time, so that it does not give up a write every time.
    Commits,
}

/// Adds [`RECOVERS`] and [`RESTS_AT_NEWEST`] to a checker of the system.
pub fn with_recovery<'m>(
    checker: Checker<'m, DnsSystem>,
    system: &'m DnsSystem,
) -> Checker<'m, DnsSystem> {
    checker
        .recoverable(RECOVERS, DnsState::converged)
        .recoverable(RESTS_AT_NEWEST, |state| {
            state.converged() || !system.planner_stopped(state) || can_change(system, state)
        })
}

/// Whether a step changes what some endpoint resolves to.
fn can_change(system: &DnsSystem, state: &DnsState) -> bool {
    let before = &state.store;
    let steps = system.next_steps(state);
    steps.iter().any(|(_, next)| {
        let after = &next.store;
        let mut endpoints = before.endpoints();
        endpoints.any(|endpoint| after.resolve(endpoint) != before.resolve(endpoint))
    })
}

/// One thing that is assumed of one enactor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FairnessCondition {
    enactor: EnactorId,
    strength: Strength,
    commits_only: bool,
}

impl fmt::Display for FairnessCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.enactor)?;
        f.write_str(if self.commits_only {
            "'s transactions"
        } else {
            ""
        })
    }
}

impl FairnessCondition {
    /// How strong it is.
    pub fn strength(&self) -> Strength {
        self.strength
    }

    /// Whether it is about this step.
    pub fn covers(&self, action: &DnsAction) -> bool {
        action.taken_by() == Some(self.enactor)
            && (!self.commits_only || matches!(action, SystemAction::Commit { .. }))
    }
}

impl EnactorFairness {
    /// The names of the ways, and what each assumes.
    pub(crate) const WAYS: [(&'static str, &'static str); 3] = [
        (
            "weak",
            "each enactor that can always do something does something",
        ),
        (
            "strong",
            "each enactor that can again and again do something does something again and again",
        ),
        (
            "commits",
            "weak, and each commits some time what it could commit again and again",
        ),
    ];

    /// One of [`WAYS`](Self::WAYS).
    ///
    /// # Panics
    ///
    /// If it is none of them.
    pub(crate) fn named(way: &str) -> Self {
        match way {
            "weak" => Self::Weak,
            "strong" => Self::Strong,
            "commits" => Self::Commits,
            other => panic!("there is no fairness {other}"),
        }
    }

    /// What it assumes of each enactor.
    pub fn conditions(self, system: &DnsSystem) -> Vec<FairnessCondition> {
        let condition = |strength, commits_only| {
            move |enactor| FairnessCondition {
                enactor,
                strength,
                commits_only,
            }
        };
        let process = match self {
            Self::Strong => condition(Strength::Strong, false),
            Self::Weak | Self::Commits => condition(Strength::Weak, false),
        };
        let mut conditions: Vec<_> = system.enactor_ids().map(process).collect();
        if self == Self::Commits {
            conditions.extend(system.enactor_ids().map(condition(Strength::Strong, true)));
        }
        conditions
    }
}

/// Adds [`CONVERGES`] under the given conditions.
pub fn with_convergence<'m>(
    checker: Checker<'m, DnsSystem>,
    system: &'m DnsSystem,
    conditions: &[FairnessCondition],
) -> Checker<'m, DnsSystem> {
    let stopped = |state: &DnsState| system.planner_stopped(state);
    let checker = checker.leads_to(CONVERGES, stopped, DnsState::converged);
    conditions.iter().fold(checker, |checker, condition| {
        let condition = *condition;
        let covers = move |action: &DnsAction| condition.covers(action);
        checker.fair(condition.to_string(), condition.strength, covers)
    })
}
