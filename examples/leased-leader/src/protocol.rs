//! What a leader does with its lease.

use planwright_core::LeaseTerm;

/// What a leader does with its lease, and what the store does with its writes.
///
/// The rules cite M. Kleppmann, "How to do distributed locking"
/// (martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html), as K.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// When a leader chooses the plan that it puts live.
    pub choice: Choice,
    /// Which writes the store refuses if it has seen a larger token.
    pub fencing: Fencing,
    /// Before each write the leader asks whether the lease is still its own.
    pub checks_lease: bool,
    /// The store refuses a plan that is not newer than the one it replaces.
    pub compares_plans: bool,
    /// A lease ends some time after its holder is gone (K: a lock service must do that, or a client
    /// that crashes keeps the lock for ever).
    pub expires: bool,
}

/// When a leader chooses the plan that it puts live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Before it asks for the lease, and never again.
    BeforeGrant,
    /// Once it has the lease, or believes so.
    AfterGrant,
    /// Once the store has seen its token, so that nothing of earlier leaders can follow.
    AfterFence,
}

/// Which writes the store refuses if it has seen a larger token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fencing {
    /// None: tokens are not looked at.
    Off,
    /// The first of a pass; the others are taken to belong to it.
    FirstWrite,
    /// Every write (K: the storage server must refuse a token smaller than one it has processed).
    EveryWrite,
}

impl Protocol {
    /// As deployed: whoever has the lease writes, and trusts that it lasts (K: the code is broken, for
    /// a process may stop for longer than its lease lasts at any point, also just before the write).
    pub fn as_deployed() -> Self {
        Self {
            choice: Choice::AfterGrant,
            fencing: Fencing::Off,
            checks_lease: false,
            compares_plans: false,
            expires: true,
        }
    }

    /// The leader asks before each write whether the lease is still its own (K: a check just before
    /// the write does not help, for the pause may come between the two).
    pub fn checking_the_lease() -> Self {
        Self {
            checks_lease: true,
            ..Self::as_deployed()
        }
    }

    /// Every write is fenced (K: the solution), but the leader chose its plan before it was one. The
    /// lock of the outage as told at re:Invent 2025 (DAT453) had this hole.
    pub fn choosing_before_the_grant() -> Self {
        Self {
            choice: Choice::BeforeGrant,
            ..Self::fenced()
        }
    }

    /// Every write is fenced, and the plan chosen under the lease, as far as the leader knows.
    pub fn fenced() -> Self {
        Self {
            fencing: Fencing::EveryWrite,
            ..Self::as_deployed()
        }
    }

    /// The leader shows its token to the store and then chooses its plan, but of its writes only the
    /// first is fenced.
    pub fn fencing_the_first_write() -> Self {
        Self {
            fencing: Fencing::FirstWrite,
            ..Self::fencing_before_choosing()
        }
    }

    /// A lock instead of a lease: it never expires.
    pub fn lock() -> Self {
        Self {
            expires: false,
            ..Self::as_deployed()
        }
    }

    /// No fencing, but the store compares plans.
    pub fn comparing_plans() -> Self {
        Self {
            compares_plans: true,
            ..Self::as_deployed()
        }
    }

    /// The fix: the leader shows its token to the store, then chooses its plan, and every write is
    /// fenced, so that the order of tokens is the order of plans.
    pub fn fencing_before_choosing() -> Self {
        Self {
            choice: Choice::AfterFence,
            ..Self::fenced()
        }
    }

    /// When the lease ends by itself, if so many grants may end early.
    pub fn lease_term(&self, early: u8) -> LeaseTerm {
        match self.expires {
            true => LeaseTerm::Limited { early },
            false => LeaseTerm::Unlimited,
        }
    }
}
