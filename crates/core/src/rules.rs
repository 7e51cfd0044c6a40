//! What the store itself insists on.

/// What every commit is tested against, whoever makes it.
///
/// A rule binds writers that predate it, and that is why a rule at the store protects a fleet in
/// which old and new enactors run side by side, where a check in the enactors does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct StoreRules {
    /// A plan that an endpoint or the rollback pointer refers to cannot be deleted, and no endpoint
    /// can be pointed at a plan that does not exist.
    pub referential_integrity: bool,
    /// An endpoint can only be pointed at a newer plan. Operators may bypass this rule.
    pub monotonic: bool,
}
