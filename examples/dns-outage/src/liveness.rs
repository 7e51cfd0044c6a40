//! What made the outage long: whether enactors by themselves ever get the newest plan everywhere.
//!
//! AWS's summary: the inconsistent state "prevented subsequent plan updates from being applied by any
//! DNS Enactors. This situation ultimately required manual operator intervention to correct."

use planwright_checker::Checker;
use planwright_core::{EnactorId, SystemAction};
use planwright_model::Model as _;

use crate::{DnsAction, DnsState, DnsSystem};

/// From every reachable state some schedule leads to the newest plan at every endpoint: `AG EF` in CTL.
pub const RECOVERS: &str = "the newest plan everywhere stays possible";

/// Where no endpoint can change any more and the planner has stopped, every endpoint has the newest
/// plan.
pub const RESTS_AT_NEWEST: &str = "enactors come to rest only with the newest plan everywhere";

/// Once the planner has published its last plan, that plan is everywhere some time, if enactors are
/// fair.
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

/// Adds [`RECOVERS`] and [`RESTS_AT_NEWEST`].
pub fn with_recovery<'m, const A: usize, const B: usize>(
    checker: Checker<'m, DnsSystem<A, B>>,
    system: &'m DnsSystem<A, B>,
) -> Checker<'m, DnsSystem<A, B>> {
    checker
        .recoverable(RECOVERS, DnsState::converged)
        .recoverable(RESTS_AT_NEWEST, |state| {
            state.converged() || !system.planner_stopped(state) || can_change(system, state)
        })
}

/// Whether a step changes what some endpoint resolves to.
fn can_change<const A: usize, const B: usize>(
    system: &DnsSystem<A, B>,
    state: &DnsState<A, B>,
) -> bool {
    let seen = |state: &DnsState<A, B>| {
        let store = &state.store;
        let resolutions = store.endpoints().map(|endpoint| store.resolve(endpoint));
        resolutions.collect::<Vec<_>>()
    };
    let before = seen(state);
    let steps = system.next_steps(state);
    steps.iter().any(|(_, next)| seen(next) != before)
}

/// Adds [`CONVERGES`] under the given assumption.
pub fn with_convergence<'m, const A: usize, const B: usize>(
    checker: Checker<'m, DnsSystem<A, B>>,
    system: &'m DnsSystem<A, B>,
    fairness: EnactorFairness,
) -> Checker<'m, DnsSystem<A, B>> {
    let stopped = |state: &DnsState<A, B>| system.planner_stopped(state);
    let checker = checker.leads_to(CONVERGES, stopped, DnsState::converged);
    let enactors: Vec<EnactorId> = system.enactor_ids().collect();
    enactors.into_iter().fold(checker, |checker, enactor| {
        let acts = move |action: &DnsAction| acts(action, enactor);
        let commits = move |action: &DnsAction| {
            matches!(action, SystemAction::Commit { enactor: e, .. } if *e == enactor)
        };
        let name = enactor.to_string();
        match fairness {
            EnactorFairness::Weak => checker.weakly_fair(name, acts),
            EnactorFairness::Strong => checker.strongly_fair(name, acts),
            EnactorFairness::Commits => {
                let strong = format!("{name}'s transactions");
                checker.weakly_fair(name, acts).strongly_fair(strong, commits)
            }
        }
    })
}

/// Whether the enactor does this by itself: a crash or a lost acknowledgement is done to it.
fn acts(action: &DnsAction, enactor: EnactorId) -> bool {
    match action {
        SystemAction::Move { enactor: e, .. }
        | SystemAction::Commit { enactor: e, .. }
        | SystemAction::Refused { enactor: e, .. } => *e == enactor,
        _ => false,
    }
}
