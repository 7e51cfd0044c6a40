//! What an enactor, or the store, does to prevent the outage.

use planwright_core::{Cleanup, StoreRules};

/// Which safeguards are on. The default is the protocol as deployed: none.
///
/// They compose freely; which combinations suffice is the question the checker answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Safeguards {
    /// Each endpoint write compares generations in the same transaction and is refused unless it
    /// is newer: compare-and-set, a fencing token that is the plan's own number.
    pub conditional_write: bool,
    /// Each endpoint write is preceded by another look at the endpoint, in a step of its own.
    pub recheck_before_write: bool,
    /// Each endpoint write is refused if the plan it installs no longer exists.
    pub exists_on_write: bool,
    /// Whether clean-up spares a plan that an endpoint names.
    pub skip_in_use: SkipInUse,
    /// The store refuses to delete a plan that an endpoint names, and to point an endpoint at a
    /// plan that does not exist.
    pub referential_integrity: bool,
    /// An endpoint whose plan is gone may be overwritten. As deployed it may not: "because the
    /// active plan was deleted, the system was left in an inconsistent state that prevented
    /// subsequent plan updates from being applied by any DNS Enactors" (AWS).
    pub self_heal: bool,
    /// All endpoints are written in one transaction under a lock record with epochs.
    pub lock: bool,
    /// The last endpoint write and the whole clean-up are one transaction.
    pub atomic_cleanup: bool,
    /// Clean-up waits until no enactor holds an older plan than its own, with ideal knowledge.
    pub grace: bool,
}

/// Whether, and how, clean-up looks for endpoints that still name the plan it is about to delete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkipInUse {
    /// It does not look.
    #[default]
    Never,
    /// It looks in one step and deletes in the next.
    Separately,
    /// It looks and deletes in one transaction.
    Atomically,
}

/// What weakens the protocol: choices that AWS's summary leaves open, and that undo some fixes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Weaknesses {
    /// Clean-up counts age from the newest published plan, not from the cleaner's own.
    pub age_from_published: bool,
    /// An endpoint write may be given up, and clean-up still runs.
    pub abandon_writes: bool,
    /// A plan is acted on once, when it is newer than the one recorded as handled
    /// (edge-triggered), not whenever an endpoint differs from it (level-triggered).
    pub edge_triggered: bool,
}

impl Safeguards {
    /// The part of them that the store enforces.
    pub fn store_rules(self) -> StoreRules {
        StoreRules {
            referential_integrity: self.referential_integrity,
            monotonic: false,
        }
    }
}

impl Weaknesses {
    /// Which plans clean-up deletes: those at least `age` generations old.
    pub fn cleanup(self, age: u8) -> Cleanup {
        if self.age_from_published {
            Cleanup::OlderThanPublished(age)
        } else {
            Cleanup::OlderThanOwn(age)
        }
    }
}
