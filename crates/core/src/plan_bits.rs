//! Sets of plans as they stand in states.

use planwright_model::finite::{Finite, Kind, Visitor};

use crate::Generation;

/// A set of plans as one word of bits, with nothing recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct PlanBits(u32);

impl PlanBits {
    pub(crate) const EMPTY: Self = Self(0);

    #[inline]
    pub(crate) fn has(self, plan: Generation) -> bool {
        self.0 & (1 << plan.index()) != 0
    }

    #[inline]
    pub(crate) fn and(self, plan: Generation) -> Self {
        Self(self.0 | (1 << plan.index()))
    }

    #[inline]
    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[inline]
    pub(crate) fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    #[inline]
    pub(crate) fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The number of plans.
    #[inline]
    pub(crate) fn len(self) -> u32 {
        self.0.count_ones()
    }

    #[inline]
    pub(crate) fn newest(self) -> Option<Generation> {
        31_u32
            .checked_sub(self.0.leading_zeros())
            .and_then(Generation::from_index)
    }

    #[inline]
    pub(crate) fn oldest(self) -> Option<Generation> {
        Generation::from_index(self.0.trailing_zeros())
    }

    #[inline]
    pub(crate) fn without_oldest(self) -> Self {
        // Clears the lowest bit.
        Self(self.0 & self.0.wrapping_sub(1))
    }

    /// The plans older than `than` by at least `k` generations.
    #[inline]
    pub(crate) fn older_by(self, k: u8, than: Generation) -> Self {
        // Bits 0..=index-k, computed in 64 bits so that no shift overflows.
        let below = u64::from(than.index() + 1).saturating_sub(u64::from(k));
        Self(self.0 & ((1_u64 << below) - 1) as u32)
    }

    /// The plans newer than `than`.
    #[inline]
    pub(crate) fn newer(self, than: Generation) -> Self {
        Self(self.0 & !(((1_u64 << (than.index() + 1)) - 1) as u32))
    }

    /// The plans, oldest first.
    #[inline]
    pub(crate) fn iter(self) -> impl Iterator<Item = Generation> + Clone {
        let mut left = self;
        std::iter::from_fn(move || {
            let oldest = left.oldest();
            left = left.without_oldest();
            oldest
        })
    }

    #[inline]
    pub(crate) fn from_word(word: u32) -> Self {
        Self(word)
    }

    /// The bits; for hashing by words.
    #[inline]
    pub(crate) fn word(self) -> u32 {
        self.0
    }
}

impl PlanBits {
    /// The kind of sets whose plans nobody need know by name.
    pub(crate) const KIND: Kind = Kind::other(3);
}

impl Finite for PlanBits {
    const VALUES: u64 = 1 << Generation::CAPACITY;
    const ANY: Self = Self::EMPTY;

    #[inline]
    fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
        Self(visitor.set(Self::KIND, self.0.into(), u32::BITS) as u32)
    }
}

impl FromIterator<Generation> for PlanBits {
    fn from_iter<I: IntoIterator<Item = Generation>>(plans: I) -> Self {
        plans.into_iter().fold(Self::EMPTY, Self::and)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_operations_agree_with_a_filter_over_all_generations() {
        let all = (0..Generation::CAPACITY as u32).filter_map(Generation::from_index);
        let all: Vec<Generation> = all.collect();
        assert_eq!(all.len(), Generation::CAPACITY);
        let set: PlanBits = all.iter().copied().filter(|g| g.index() % 3 != 1).collect();
        for &than in &all {
            for k in [0, 1, 2, 31, 32, 255] {
                let expected: PlanBits = set.iter().filter(|g| g.is_older_by(k, than)).collect();
                assert_eq!(set.older_by(k, than), expected, "{k} {than}");
            }
            let newer: PlanBits = set.iter().filter(|g| *g > than).collect();
            assert_eq!(set.newer(than), newer);
        }
        assert_eq!(set.newest(), set.iter().max());
        assert_eq!(set.oldest(), set.iter().min());
        assert_eq!(PlanBits::EMPTY.newest(), None);
        assert_eq!(PlanBits::EMPTY.oldest(), None);
    }
}
