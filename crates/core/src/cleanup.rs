//! Which plans may be deleted.

use crate::{Generation, PlanSet, RecordStore};

/// What counts as the age of a plan, and which plans a clean-up may delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cleanup {
    /// Plans older by at least this many generations than the plan the cleaner has just applied.
    OlderThanOwn(u8),
    /// Plans older by at least this many generations than the newest published plan, which the
    /// cleaner may not have applied anywhere.
    OlderThanPublished(u8),
    /// Plans older than the cleaner's own that neither an endpoint nor the rollback pointer refers
    /// to, as a garbage collector decides: by reachability, not by age.
    Unreachable,
}

impl Cleanup {
    /// The plans that a cleaner holding `own` may delete in this store.
    ///
    /// ```
    /// use planwright_core::{Cleanup, Generation, RecordStore};
    ///
    /// let store = RecordStore::installed(1);
    /// let own = Generation::FIRST;
    /// assert!(Cleanup::OlderThanOwn(2).victims(&store, own).is_empty());
    /// ```
    #[inline]
    #[track_caller]
    pub fn victims(self, store: &RecordStore, own: Generation) -> PlanSet {
        let plans = store.plans();
        match self {
            Self::OlderThanOwn(age) => plans.older_by(age, own),
            Self::OlderThanPublished(age) => store
                .newest_plan()
                .map_or(PlanSet::EMPTY, |newest| plans.older_by(age, newest)),
            Self::Unreachable => plans.older_by(1, own).difference(store.references()),
        }
    }
}
