//! What is done at the store in one step, all or nothing.

use std::fmt;
use std::panic::Location;

use crate::instrumentation::{is_active, observe_precondition};
use crate::{Endpoint, EndpointSet, Epoch, Generation, Token};

/// How many preconditions one transaction can have.
const PRECONDITIONS: usize = 5;

/// How many writes one transaction can have.
const WRITES: usize = 4;

/// Preconditions and writes that the record store applies in one step: whole, or not at all.
///
/// One transaction is one step of the model, and everything outside it interleaves. So what a
/// protocol does atomically can be read off the text of its transactions. DNS itself offers this:
/// an update with prerequisites (RFC 2136) or a change batch is applied whole or refused whole.
///
/// ```
/// use planwright_core::{Endpoint, Generation, Transaction};
///
/// let write = Transaction::point_at(Endpoint::FIRST, Generation::FIRST).only_if_newer();
/// assert_eq!(write.to_string(), "points e0 at plan 1, only if newer");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "a transaction does nothing until it is committed"]
pub struct Transaction {
    preconditions: [Option<Precondition>; PRECONDITIONS],
    writes: [Option<Write>; WRITES],
}

/// What must be true at the store for a [`Transaction`] to commit; RFC 2136 says "prerequisite".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precondition {
    /// Each endpoint that the transaction points is unset or at an older plan: a conditional write,
    /// also known as compare-and-set on the generation, fencing, or a monotonic guard.
    Newer,
    /// Each plan that the transaction points an endpoint at exists.
    PlanExists,
    /// Each endpoint that the transaction points is unset or at a plan that still exists. In the
    /// incident updates failed because the plan they replaced was gone.
    Resolves,
    /// The endpoint is still at the plan that was read (`None`: still unset), as in optimistic
    /// concurrency control.
    Unchanged(Endpoint, Option<Generation>),
    /// No plan that the transaction deletes is referred to by an endpoint or the rollback pointer.
    NotInUse,
    /// No enactor holds a plan older than this one: an ideal grace period, with timing that no real
    /// system has.
    NoOlderHolder(Generation),
    /// The lock record still has the epoch that was read.
    LockIs(Epoch),
    /// Nobody holds the lease.
    LeaseFree,
    /// The store was never shown a larger fencing token than this one.
    NotFenced(Token),
}

/// One change that a [`Transaction`] makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Write {
    /// Points the endpoints at a plan, whether or not it exists.
    Point(EndpointSet, Generation),
    /// Points the endpoints at a plan and brings the plan's records along: they exist afterwards, also
    /// if they were deleted before. That a deleted plan repeated an older one's content is forgotten.
    Install(EndpointSet, Generation),
    /// Deletes a plan; no effect if it is gone already.
    Delete(Generation),
    /// Deletes every plan older than `than` by at least `by` generations.
    DeleteOlder {
        /// The plan from which age is counted.
        than: Generation,
        /// The least age in generations.
        by: u8,
        /// Leaves out those that an endpoint or the rollback pointer refers to.
        spare_used: bool,
    },
    /// Takes the lock record to its next epoch.
    AdvanceLock,
    /// Sets the rollback pointer to the plan at which the first endpoint stood before.
    SaveRollback,
    /// As [`SaveRollback`](Self::SaveRollback) if that plan exists; otherwise there is no rollback
    /// pointer from now on.
    SaveRollbackOrNone,
    /// Records that this generation has been handled; the record never goes back.
    Observe(Generation),
    /// Takes the lease, with [`Lease::next_token`](crate::Lease::next_token); no effect if it is taken.
    TakeLease,
    /// Gives the lease back; no effect if another grant has followed the one with this token.
    ReleaseLease(Token),
    /// Shows the store a fencing token, of which it keeps the largest.
    ShowToken(Token),
}

/// Why a [`Transaction`] was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Conflict {
    /// [`Precondition::Newer`], or the store's monotonic rule.
    #[error("{endpoint} is at {current}, which is not older")]
    NotNewer {
        /// Where the write was refused.
        endpoint: Endpoint,
        /// The plan found there.
        current: Generation,
    },
    /// [`Precondition::PlanExists`], or the store's referential integrity on insert.
    #[error("{0} does not exist")]
    PlanMissing(Generation),
    /// [`Precondition::Resolves`].
    #[error("{endpoint} is at {current}, which is gone")]
    Dangling {
        /// Where the write was refused.
        endpoint: Endpoint,
        /// The deleted plan it names.
        current: Generation,
    },
    /// [`Precondition::Unchanged`].
    #[error("{0} has changed since it was read")]
    Changed(Endpoint),
    /// [`Precondition::NotInUse`], or the store's referential integrity on delete.
    #[error("{0} is in use")]
    InUse(Generation),
    /// [`Precondition::NoOlderHolder`].
    #[error("an enactor still holds {0}")]
    Held(Generation),
    /// [`Precondition::LockIs`].
    #[error("the lock has changed hands")]
    LockLost,
    /// [`Precondition::LeaseFree`].
    #[error("the lease is taken")]
    LeaseTaken,
    /// [`Precondition::NotFenced`].
    #[error("the store has seen {0}")]
    Fenced(Token),
}

impl Transaction {
    /// A transaction that requires and changes nothing.
    pub const EMPTY: Self = Self {
        preconditions: [None; PRECONDITIONS],
        writes: [None; WRITES],
    };

    /// Points one endpoint, or a set of them, at a plan.
    pub fn point_at(endpoints: impl Into<EndpointSet>, plan: Generation) -> Self {
        Self::EMPTY.and(Write::Point(endpoints.into(), plan))
    }

    /// Deletes a plan.
    pub fn delete(plan: Generation) -> Self {
        Self::EMPTY.and(Write::Delete(plan))
    }

    /// Requires [`Precondition::Newer`].
    #[track_caller]
    pub fn only_if_newer(self) -> Self {
        self.require(Precondition::Newer)
    }

    /// Requires [`Precondition::PlanExists`].
    #[track_caller]
    pub fn only_if_plan_exists(self) -> Self {
        self.require(Precondition::PlanExists)
    }

    /// Requires [`Precondition::Resolves`].
    #[track_caller]
    pub fn only_if_resolves(self) -> Self {
        self.require(Precondition::Resolves)
    }

    /// Requires [`Precondition::Unchanged`].
    #[track_caller]
    pub fn only_if_unchanged(self, endpoint: Endpoint, seen: Option<Generation>) -> Self {
        self.require(Precondition::Unchanged(endpoint, seen))
    }

    /// Requires [`Precondition::NotInUse`].
    #[track_caller]
    pub fn unless_in_use(self) -> Self {
        self.require(Precondition::NotInUse)
    }

    /// Requires [`Precondition::NoOlderHolder`].
    #[track_caller]
    pub fn unless_held_before(self, plan: Generation) -> Self {
        self.require(Precondition::NoOlderHolder(plan))
    }

    /// Takes the lock: requires [`Precondition::LockIs`] and writes [`Write::AdvanceLock`].
    #[track_caller]
    pub fn under_lock(self, seen: Epoch) -> Self {
        self.require(Precondition::LockIs(seen))
            .and(Write::AdvanceLock)
    }

    /// Takes the lease if it is free.
    #[track_caller]
    pub fn take_lease() -> Self {
        Self::EMPTY
            .require(Precondition::LeaseFree)
            .and(Write::TakeLease)
    }

    /// Requires [`Precondition::NotFenced`].
    #[track_caller]
    pub fn unless_fenced(self, token: Token) -> Self {
        self.require(Precondition::NotFenced(token))
    }

    /// Adds a precondition. They are tested in the order in which they were added, and the first
    /// that fails is the [`Conflict`].
    ///
    /// # Panics
    ///
    /// Beyond five preconditions.
    #[track_caller]
    pub fn require(mut self, precondition: Precondition) -> Self {
        if is_active() && observe_precondition(Location::caller(), precondition.into()) {
            return self;
        }
        push(&mut self.preconditions, precondition, "preconditions");
        self
    }

    /// Adds a write. Writes take effect together; deletions are judged by the endpoints as the
    /// transaction leaves them.
    ///
    /// # Panics
    ///
    /// Beyond four writes.
    #[track_caller]
    pub fn and(mut self, write: Write) -> Self {
        push(&mut self.writes, write, "writes");
        self
    }

    /// Its writes alone: what a transaction that has committed did.
    pub(crate) fn in_effect(&self) -> Self {
        Self {
            preconditions: [None; PRECONDITIONS],
            writes: self.writes,
        }
    }

    /// Its preconditions, in order.
    #[inline]
    pub fn preconditions(&self) -> impl Iterator<Item = Precondition> {
        self.preconditions.iter().map_while(|p| *p)
    }

    /// Its writes, in order.
    #[inline]
    pub fn writes(&self) -> impl Iterator<Item = Write> {
        self.writes.iter().map_while(|w| *w)
    }

    /// Its writes, the last one first.
    #[inline]
    pub(crate) fn writes_backwards(&self) -> impl Iterator<Item = Write> {
        self.writes.iter().rev().filter_map(|w| *w)
    }

    /// The endpoints that each write points somewhere, and where; not empty.
    #[inline]
    pub(crate) fn points(&self) -> impl Iterator<Item = (EndpointSet, Generation)> {
        self.writes().filter_map(Write::points)
    }

    /// The same with each precondition and write replaced.
    pub(crate) fn map(
        &self,
        require: impl Fn(Precondition) -> Precondition,
        write: impl Fn(Write) -> Write,
    ) -> Self {
        Self {
            preconditions: self.preconditions.map(|asked| asked.map(&require)),
            writes: self.writes.map(|written| written.map(&write)),
        }
    }

    /// Whether it asks which plans enactors hold.
    #[inline]
    pub(crate) fn asks_for_holders(&self) -> bool {
        self.preconditions()
            .any(|precondition| matches!(precondition, Precondition::NoOlderHolder(_)))
    }

    /// Whether it brings this plan's records along.
    #[inline]
    pub(crate) fn brings(&self, plan: Generation) -> bool {
        self.writes()
            .any(|write| matches!(write, Write::Install(_, installed) if installed == plan))
    }
}

impl Write {
    /// The endpoints that it points somewhere, if there are any, and where.
    #[inline]
    pub(crate) fn points(self) -> Option<(EndpointSet, Generation)> {
        match self {
            Self::Point(endpoints, plan) | Self::Install(endpoints, plan)
                if !endpoints.is_empty() =>
            {
                Some((endpoints, plan))
            }
            _ => None,
        }
    }
}

#[track_caller]
fn push<T, const N: usize>(list: &mut [Option<T>; N], item: T, what: &str) {
    match list.iter_mut().find(|place| place.is_none()) {
        Some(place) => *place = Some(item),
        None => panic!("a transaction holds at most {N} {what}; split it into two steps"),
    }
}

impl fmt::Display for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for write in self.writes() {
            write!(f, "{separator}{write}")?;
            separator = ", ";
        }
        for precondition in self.preconditions() {
            write!(f, ", {precondition}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Write {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Point(endpoints, plan) => write!(f, "points {endpoints} at {plan}"),
            Self::Install(endpoints, plan) => write!(f, "installs {plan} at {endpoints}"),
            Self::Delete(plan) => write!(f, "deletes {plan}"),
            Self::DeleteOlder {
                than,
                by,
                spare_used,
            } => {
                let unused = if spare_used { "unused " } else { "" };
                write!(
                    f,
                    "deletes all {unused}plans {by} or more older than {than}"
                )
            }
            Self::AdvanceLock => f.write_str("advances the lock"),
            Self::SaveRollback => f.write_str("saves the rollback pointer"),
            Self::SaveRollbackOrNone => f.write_str("saves the rollback pointer or none"),
            Self::Observe(plan) => write!(f, "records {plan} as handled"),
            Self::TakeLease => f.write_str("takes the lease"),
            Self::ReleaseLease(token) => write!(f, "releases the lease of {token}"),
            Self::ShowToken(token) => write!(f, "shows {token}"),
        }
    }
}

impl fmt::Display for Precondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Newer => f.write_str("only if newer"),
            Self::PlanExists => f.write_str("only if it exists"),
            Self::Resolves => f.write_str("only if the current plan exists"),
            Self::Unchanged(endpoint, Some(plan)) => {
                write!(f, "only if {endpoint} is still at {plan}")
            }
            Self::Unchanged(endpoint, None) => write!(f, "only if {endpoint} is still unset"),
            Self::NotInUse => f.write_str("unless in use"),
            Self::NoOlderHolder(plan) => write!(f, "unless a plan older than {plan} is held"),
            Self::LockIs(epoch) => write!(f, "if the lock is at {epoch}"),
            Self::LeaseFree => f.write_str("if it is free"),
            Self::NotFenced(token) => write!(f, "unless a larger token than {token} was seen"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transaction_is_small() {
        assert!(size_of::<Transaction>() <= 32);
    }

    #[test]
    #[should_panic(expected = "at most 5 preconditions")]
    fn a_sixth_precondition_is_refused() {
        let _ = (0..6).fold(Transaction::EMPTY, |t, _| t.only_if_newer());
    }
}
