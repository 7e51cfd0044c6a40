//! What is asked of the enactors.

use planwright_checker::Checker;
use planwright_core::{Enactor, SystemState, UpdateSystem, never_regresses};

use crate::{Phase, TreeEnactor};

/// The root names a tree that exists.
pub const ROOT_RESOLVES: &str = "the root resolves";

/// The rollback pointer names a tree that exists, or there is none.
pub const ROLLBACK_RESOLVES: &str = "the rollback pointer resolves";

/// The root never goes back to an older plan.
pub const NEVER_REGRESSES: &str = "the root never goes back";

/// From every reachable state some schedule leads to the newest plan at the root.
pub const RECOVERS: &str = "the newest plan stays possible";

/// Reached, or the other verdicts say little: clean-up deletes something.
pub const DELETED: &str = "a tree is deleted";

/// Reached, or nothing is ever put live: the last plan is at the root.
pub const LAST_LIVE: &str = "last plan live";

/// A state of the enactors, with room for so many of them.
pub type State = SystemState<Phase>;

/// The enactors, the planner and the store.
pub type Enactors = UpdateSystem<TreeEnactor>;

/// [`ROLLBACK_RESOLVES`], in one state.
pub fn rollback_resolves<L>(state: &SystemState<L>) -> bool {
    let target = state.store.rollback();
    target.is_none_or(|target| state.store.plans().contains(target))
}

/// [`DELETED`], in one state.
pub fn deleted<L>(state: &SystemState<L>) -> bool {
    // The first plan is installed at the start, and the oldest goes first.
    !state
        .store
        .plans()
        .contains(planwright_core::Generation::FIRST)
}

/// [`LAST_LIVE`], in one state.
pub fn last_live<E: Enactor>(enactors: &UpdateSystem<E>, state: &SystemState<E::Local>) -> bool {
    enactors.planner_stopped(state) && state.converged()
}

/// A checker of all of them, for enactors and for fleets of which some have another protocol.
pub fn checker<E: Enactor + Sync>(enactors: &UpdateSystem<E>) -> Checker<'_, UpdateSystem<E>> {
    Checker::new(enactors)
        .action_classes()
        .always(ROOT_RESOLVES, |state: &SystemState<_>| {
            state.store.all_resolve()
        })
        .always(ROLLBACK_RESOLVES, rollback_resolves)
        .always_step(NEVER_REGRESSES, never_regresses)
        .recoverable(RECOVERS, SystemState::converged)
        .sometimes(DELETED, deleted)
        .sometimes(LAST_LIVE, |state| last_live(enactors, state))
}
