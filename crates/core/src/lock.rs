//! A lock made from the record store itself.

use std::fmt;
use std::hash::{Hash, Hasher};

use planwright_model::finite::{Finite, Kind, Visitor};

use crate::instrumentation::{is_active, observe_epoch, observe_number};

/// The value of the store's lock record: changed by every holder, so that a transaction can require
/// that nobody else has held the lock since it was read.
///
/// An epoch orders nothing but lock grants. Comparing epochs instead of plan generations is the
/// mistake of the version of the incident told at re:Invent 2025 (DAT453): the laggard took the
/// lock in good order and installed an ancient plan.
///
/// The only operations are equality and the step to the next epoch.
#[derive(Clone, Copy)]
pub struct Epoch(u8);

impl Epoch {
    /// Of a lock that no transaction has taken yet.
    pub(crate) const NEVER_LOCKED: Self = Self(0);

    /// Set in the epochs of patterns, so that one that a protocol knows as a constant is told from one it
    /// has read.
    const SYMBOLIC: u8 = 0x80;

    /// The epoch after this one.
    ///
    /// # Panics
    ///
    /// After 127 grants: an epoch never wraps, because a wrapped one would look unchanged.
    #[track_caller]
    pub(crate) fn successor(self) -> Self {
        let next = self.0 + 1;
        assert!(
            next & !Self::SYMBOLIC != 0,
            "more than 127 lock grants in one run; bound the planner or the faults"
        );
        Self(next)
    }

    /// The epoch of a number.
    pub(crate) fn from_byte(byte: u8) -> Self {
        Self(byte)
    }

    /// The number; for hashing by words.
    pub(crate) fn byte(self) -> u8 {
        self.0 & !Self::SYMBOLIC
    }

    pub(crate) fn is_symbolic(self) -> bool {
        self.0 & Self::SYMBOLIC != 0
    }

    /// The symbolic epoch with the same number.
    pub(crate) fn symbolic(self) -> Self {
        Self(self.0 | Self::SYMBOLIC)
    }

    /// A bit of its own in a word, if there is one.
    pub(crate) fn bit(self) -> u64 {
        1_u64.checked_shl(self.byte().into()).unwrap_or(0)
    }
}

/// As shown to visitors: symbolic ones come after all numbers.
impl Epoch {
    pub(crate) const KIND: Kind = Kind::other(5);

    #[inline]
    pub(crate) fn name(self) -> u64 {
        self.0.into()
    }

    #[inline]
    pub(crate) fn named(name: u64) -> Self {
        Self(name as u8)
    }
}

impl Finite for Epoch {
    const VALUES: u64 = Self::SYMBOLIC as u64;
    const ANY: Self = Self::NEVER_LOCKED;

    #[inline]
    fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
        Self::named(visitor.name(Self::KIND, self.name(), Self::VALUES))
    }
}

impl PartialEq for Epoch {
    #[inline]
    #[track_caller]
    fn eq(&self, other: &Self) -> bool {
        if is_active() {
            observe_epoch(*self);
            observe_epoch(*other);
        }
        self.0 == other.0
    }
}

impl Eq for Epoch {}

impl Hash for Epoch {
    #[inline]
    #[track_caller]
    fn hash<H: Hasher>(&self, state: &mut H) {
        if is_active() {
            observe_number();
        }
        self.0.hash(state);
    }
}

impl fmt::Display for Epoch {
    #[track_caller]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_active() {
            observe_number();
        }
        write!(f, "epoch {}", self.byte())
    }
}

impl fmt::Debug for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
