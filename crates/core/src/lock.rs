//! A lock made from the record store itself.

use std::fmt;

/// The value of the store's lock record: changed by every holder, so that a transaction can require
/// that nobody else has held the lock since it was read.
///
/// An epoch orders nothing but lock grants. Comparing epochs instead of plan generations is the
/// mistake of the version of the incident told at re:Invent 2025 (DAT453): the laggard took the
/// lock in good order and installed an ancient plan.
///
/// The only operations are equality and the step to the next epoch.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Epoch(u8);

impl Epoch {
    /// The epoch after this one.
    ///
    /// # Panics
    ///
    /// After 255 grants: an epoch never wraps, because a wrapped one would look unchanged.
    #[track_caller]
    pub(crate) fn successor(self) -> Self {
        Self(
            self.0
                .checked_add(1)
                .expect("more than 255 lock grants in one run; bound the planner or the faults"),
        )
    }

    /// The epoch of a raw byte.
    pub(crate) fn from_byte(byte: u8) -> Self {
        Self(byte)
    }

    /// The raw byte; for hashing by words.
    pub(crate) fn byte(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "epoch {}", self.0)
    }
}

impl fmt::Debug for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
