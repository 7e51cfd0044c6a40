//! Which states are audited: a fixed sample, chosen by fingerprint and state number.

use crate::Extent;

/// How dense the sample is: denser where there are few states, for a small model has no others, and not so
/// dense that a small model takes much longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sample {
    /// One state in so many, a power of two.
    one_in: u64,
}

impl Sample {
    pub(super) const ALL: Self = Self { one_in: 1 };
    pub(super) const LATER: Self = Self { one_in: 1024 };

    /// After so many states: those that are compared with all that have the same key, and those that the model is
    /// asked about twice, which are among them.
    pub(super) fn after(states: u64, extent: Extent) -> (Self, Self) {
        let one_in = |one_in| Self { one_in };
        match (extent, states) {
            (Extent::All, _) | (Extent::Denser, ..16) => (Self::ALL, Self::ALL),
            (Extent::Denser, ..1024) => (one_in(16), one_in(16)),
            // To compare is cheap. To ask again takes as long as to explore, and more.
            (Extent::Sample, ..16) => (Self::ALL, one_in(128)),
            (Extent::Sample, ..1024) => (one_in(64), one_in(128)),
            (_, 1024..) => (Self::LATER, Self::LATER),
        }
    }

    /// Whether a state belongs to it, by its key's spread. A sparser sample is part of a denser one.
    #[inline]
    pub(super) fn has(self, spread: u64) -> bool {
        // Not the bits that choose the shard, nor those that choose a place in `known`.
        spread >> 44 & (self.one_in - 1) == 0
    }
}
