//! Ready properties of update systems.

use crate::{SystemAction, SystemState};

/// Whether the step leaves every endpoint at the plan it was at or a newer one. Operators may go
/// back; the automation may not.
///
/// A step property, for `Checker::always_step`.
#[inline]
pub fn never_regresses<L>(
    before: &SystemState<L>,
    action: &SystemAction<L>,
    after: &SystemState<L>,
) -> bool {
    action.is_by_operator() || after.store.is_nowhere_before(&before.store)
}

/// Whether the step deletes no plan that an endpoint or the rollback pointer refers to.
///
/// A step property, for `Checker::always_step`.
#[inline]
pub fn in_use_kept<L>(
    before: &SystemState<L>,
    _: &SystemAction<L>,
    after: &SystemState<L>,
) -> bool {
    let (before, after) = (&before.store, &after.store);
    let mut references = after
        .endpoints()
        .filter_map(|endpoint| after.applied(endpoint))
        .chain(after.rollback());
    references.all(|plan| !before.plans().contains(plan) || after.plans().contains(plan))
}
