//! How an enactor flips the root, and what it cleans up.

/// How an enactor flips the root, and what it cleans up.
///
/// The rules cite I. Konnov and T. Pani, "Testing distributed systems", a workshop at DevConf.CZ 2026
/// (github.com/thpani/testing-distsys-devconf26), as KP, which rebuilds what C. Howard told at
/// re:Invent 2025 (DAT453, youtu.be/YZUNNzLDWb8); and C. Muratori, "DynamoDB, Don't Leave Me Hanging!"
/// (computerenhance.com), as CM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// Which plan an enactor installs.
    pub choice: Choice,
    /// Under the lock, a plan is installed only if it is newer than the one that the root names.
    pub compares_plans: bool,
    /// Which trees are deleted, and how.
    pub cleanup: Cleanup,
    /// What is saved as the rollback pointer if the root names a tree that is gone.
    pub rollback: Rollback,
}

/// Which plan an enactor installs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The one after the last it installed (KP: each deployer counts through the plans; in the talk one
    /// was still at 110 when others were past 145).
    Next,
    /// The newest, if the root does not name it.
    Newest,
}

/// Which trees are deleted, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cleanup {
    /// Those many generations older than the enactor's own plan, outside the lock (KP: the collection
    /// takes no lock).
    Old,
    /// The same, in a transaction that takes the lock.
    OldUnderLock,
    /// One that neither the root nor the rollback pointer named when the enactor looked.
    LookedUnused,
    /// Those that neither the root nor the rollback pointer names, in the transaction that deletes.
    Unused,
}

/// What is saved as the rollback pointer if the root names a tree that is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rollback {
    /// The batch cannot be built: the update fails (KP, CM: every enactor failed there, in the same
    /// way).
    Required,
    /// Nothing: there is no rollback until the next update (CM: a missing target should be tolerated).
    Optional,
}

impl Protocol {
    /// As deployed.
    pub fn as_deployed() -> Self {
        Self {
            choice: Choice::Next,
            compares_plans: false,
            cleanup: Cleanup::Old,
            rollback: Rollback::Required,
        }
    }

    /// An update does without a rollback pointer if the root's tree is gone.
    pub fn tolerating_a_missing_target() -> Self {
        Self {
            rollback: Rollback::Optional,
            ..Self::as_deployed()
        }
    }

    /// An enactor does not count, but picks the newest plan.
    pub fn picking_the_newest() -> Self {
        Self {
            choice: Choice::Newest,
            ..Self::as_deployed()
        }
    }

    /// Clean-up takes the lock too.
    pub fn cleaning_under_the_lock() -> Self {
        Self {
            cleanup: Cleanup::OldUnderLock,
            ..Self::as_deployed()
        }
    }

    /// Clean-up looks whether a tree is in use, and then deletes it.
    pub fn looking_before_deleting() -> Self {
        Self {
            cleanup: Cleanup::LookedUnused,
            ..Self::as_deployed()
        }
    }

    /// Clean-up deletes what is not in use, in one step.
    pub fn deleting_the_unused() -> Self {
        Self {
            cleanup: Cleanup::Unused,
            ..Self::as_deployed()
        }
    }

    /// Plans are compared under the lock.
    pub fn comparing_plans() -> Self {
        Self {
            compares_plans: true,
            ..Self::as_deployed()
        }
    }

    /// Plans are compared under the lock, and enactors do not count, so that the root skips plans.
    pub fn comparing_the_newest() -> Self {
        Self {
            choice: Choice::Newest,
            ..Self::comparing_plans()
        }
    }

    /// The fix: newest plans, compared under the lock, clean-up of what is not in use, and no failure
    /// over a rollback pointer.
    pub fn fixed() -> Self {
        Self {
            cleanup: Cleanup::Unused,
            rollback: Rollback::Optional,
            ..Self::comparing_the_newest()
        }
    }
}
