//! Ready properties of update systems.

use crate::{SystemAction, SystemState};

/// Whether the step leaves every endpoint at the plan it was at or a newer one. Operators may go
/// back; the automation may not.
///
/// A step property, for `Checker::always_step`.
#[inline]
pub fn never_regresses<L, const A: usize, const B: usize>(
    before: &SystemState<L, A, B>,
    action: &SystemAction<L>,
    after: &SystemState<L, A, B>,
) -> bool {
    action.is_by_operator() || after.store.is_nowhere_before(&before.store)
}

/// Whether the step deletes no plan that an endpoint or the rollback pointer refers to.
///
/// A step property, for `Checker::always_step`.
#[inline]
pub fn in_use_kept<L, const A: usize, const B: usize>(
    before: &SystemState<L, A, B>,
    _: &SystemAction<L>,
    after: &SystemState<L, A, B>,
) -> bool {
    let (before, after) = (&before.store, &after.store);
    let mut references = after
        .endpoints()
        .filter_map(|endpoint| after.applied(endpoint))
        .chain(after.rollback());
    references.all(|plan| !before.plans().contains(plan) || after.plans().contains(plan))
}
