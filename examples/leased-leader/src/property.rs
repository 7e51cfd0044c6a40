//! What is asked of the leaders.

use planwright_checker::Checker;
use planwright_core::{Enactor, SystemAction, SystemState, UpdateSystem, never_regresses};

use crate::{Leader, Phase};

/// No endpoint goes back to an older plan.
pub const NEVER_REGRESSES: &str = "no endpoint goes back to an older plan";

/// No write takes effect after a write of a later grant of the lease. A write before that is no harm:
/// it might as well have come before the grant.
pub const NEVER_OVERTAKEN: &str = "no write after one of a later leader";

/// From every reachable state some schedule leads to the newest plan at every endpoint.
pub const RECOVERS: &str = "the newest plan everywhere stays possible";

/// Reached, or the other verdicts say little: a leader has more to write, and a later one has written.
pub const TWO_LEADERS: &str = "a leader is overtaken";

/// Reached, or nothing is ever put live: the last plan is everywhere.
pub const LAST_LIVE: &str = "last plan live";

/// A state of the leaders, with room for so many of them and for so many endpoints.
pub type State = SystemState<Phase>;

/// The leaders, the planner, the store and the lease.
pub type Leaders = UpdateSystem<Leader>;

/// [`NEVER_OVERTAKEN`], of one step.
pub fn never_overtaken<L: AsRef<Phase>>(
    before: &SystemState<L>,
    action: &SystemAction<L>,
    after: &SystemState<L>,
) -> bool {
    let SystemAction::Commit { enactor, .. } = action else {
        return true;
    };
    let wrote = before
        .store
        .endpoints()
        .any(|e| before.store.applied(e) != after.store.applied(e));
    let phase = before
        .enactors()
        .find(|(id, _)| id == enactor)
        .map(|(_, local)| local.as_ref());
    !(wrote && phase.is_some_and(|phase| is_overtaken(phase, before)))
}

/// Whether a process has more to write under a grant older than one under which a write was made.
fn is_overtaken<L>(phase: &Phase, state: &SystemState<L>) -> bool {
    match phase {
        Phase::Writing { token, .. } | Phase::Checked { token, .. } => {
            *token < state.store.lease().fence()
        }
        _ => false,
    }
}

/// [`TWO_LEADERS`], in one state.
pub fn two_leaders<L: AsRef<Phase>>(state: &SystemState<L>) -> bool {
    state
        .enactors()
        .any(|(_, local)| is_overtaken(local.as_ref(), state))
}

/// [`LAST_LIVE`], in one state.
pub fn last_live<E: Enactor>(leaders: &UpdateSystem<E>, state: &SystemState<E::Local>) -> bool {
    leaders.planner_stopped(state) && state.converged()
}

/// A checker of all of them, for leaders and for fleets of which some have another protocol.
pub fn checker<E>(leaders: &UpdateSystem<E>) -> Checker<'_, UpdateSystem<E>>
where
    E: Enactor<Local: AsRef<Phase>> + Sync,
{
    Checker::new(leaders)
        .action_classes()
        .always_step(NEVER_REGRESSES, never_regresses)
        .always_step(NEVER_OVERTAKEN, never_overtaken)
        .recoverable(RECOVERS, SystemState::converged)
        .sometimes(TWO_LEADERS, two_leaders)
        .sometimes(LAST_LIVE, |state| last_live(leaders, state))
}
