//! What the store itself insists on.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::RecordStore;

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

/// One of the [`StoreRules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StoreRule {
    /// [`StoreRules::referential_integrity`].
    ReferentialIntegrity,
    /// [`StoreRules::monotonic`].
    Monotonic,
}

impl StoreRule {
    /// Every rule.
    pub const ALL: [Self; 2] = [Self::ReferentialIntegrity, Self::Monotonic];
}

impl StoreRules {
    /// Whether this rule is on.
    pub fn has(self, rule: StoreRule) -> bool {
        match rule {
            StoreRule::ReferentialIntegrity => self.referential_integrity,
            StoreRule::Monotonic => self.monotonic,
        }
    }

    /// The same rules with this one on or off.
    pub fn with(mut self, rule: StoreRule, on: bool) -> Self {
        match rule {
            StoreRule::ReferentialIntegrity => self.referential_integrity = on,
            StoreRule::Monotonic => self.monotonic = on,
        }
        self
    }
}

impl StoreRules {
    /// Whether a store with this content can be given these rules: a database, too, accepts no
    /// constraint that its content violates.
    #[inline]
    pub fn are_kept_by(self, store: &RecordStore) -> bool {
        !self.referential_integrity || store.references().difference(store.plans()).is_empty()
    }
}

impl fmt::Display for StoreRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ReferentialIntegrity => "referential integrity at the store",
            Self::Monotonic => "monotonic writes at the store",
        })
    }
}
