//! Plans and sets of plans.

use std::fmt;

use crate::Generation;
use crate::mutation::{hears_older_by, listening};

/// A desired state of every endpoint: its number, and whose content it carries.
///
/// What a plan says about each endpoint (load balancers and weights, in the incident) never decides
/// a race, so content is named by the generation that first carried it. The two differ only for an
/// operator's rollback that was published as a new generation with old content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Plan {
    /// Its number, by which it is stored, compared and deleted.
    pub generation: Generation,
    /// The generation that first carried the same content.
    pub content: Generation,
}

/// A set of plans by generation, as one word of bits.
///
/// ```
/// use planwright_core::{Generation, PlanSet};
///
/// let first = Generation::FIRST;
/// let second = first.successor().expect("within the capacity");
/// let plans = PlanSet::EMPTY.with(first).with(second);
/// assert_eq!(plans.newest(), Some(second));
/// assert_eq!(plans.to_string(), "{1, 2}");
/// assert_eq!(plans.without(first).iter().collect::<Vec<_>>(), [second]);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct PlanSet(u32);

impl PlanSet {
    /// No plan at all.
    pub const EMPTY: Self = Self(0);

    /// Whether the plan is in the set.
    #[inline]
    pub fn contains(self, plan: Generation) -> bool {
        self.0 & (1 << plan.index()) != 0
    }

    /// The set with the plan in it.
    #[inline]
    pub fn with(self, plan: Generation) -> Self {
        Self(self.0 | (1 << plan.index()))
    }

    /// The set without the plan.
    #[inline]
    pub fn without(self, plan: Generation) -> Self {
        Self(self.0 & !(1 << plan.index()))
    }

    /// The plans in either set.
    #[inline]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The plans in this set that are not in the other.
    #[inline]
    pub fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The plans in both sets.
    #[inline]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether there is no plan in the set.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The newest plan in the set.
    #[inline]
    pub fn newest(self) -> Option<Generation> {
        31_u32
            .checked_sub(self.0.leading_zeros())
            .and_then(Generation::from_index)
    }

    /// The oldest plan in the set.
    #[inline]
    pub fn oldest(self) -> Option<Generation> {
        Generation::from_index(self.0.trailing_zeros())
    }

    /// The plans older than `than` by at least `k` generations.
    #[inline]
    #[track_caller]
    pub fn older_by(self, k: u8, than: Generation) -> Self {
        if listening() {
            hears_older_by(k);
        }
        // Bits 0..=index-k, computed in 64 bits so that no shift overflows.
        let below = u64::from(than.index() + 1).saturating_sub(u64::from(k));
        Self(self.0 & ((1_u64 << below) - 1) as u32)
    }

    /// The plans newer than `than`.
    #[inline]
    pub fn newer(self, than: Generation) -> Self {
        Self(self.0 & !(((1_u64 << (than.index() + 1)) - 1) as u32))
    }

    /// The plans, oldest first.
    #[inline]
    pub fn iter(self) -> PlanIter {
        PlanIter(self)
    }

    /// The set of a word of bits.
    #[inline]
    pub(crate) fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The bits; for hashing by words.
    #[inline]
    pub(crate) fn bits(self) -> u32 {
        self.0
    }
}

impl fmt::Display for PlanSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for (i, plan) in self.iter().enumerate() {
            let separator = if i == 0 { "" } else { ", " };
            write!(f, "{separator}{}", plan.index() + 1)?;
        }
        f.write_str("}")
    }
}

impl fmt::Debug for PlanSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromIterator<Generation> for PlanSet {
    fn from_iter<I: IntoIterator<Item = Generation>>(plans: I) -> Self {
        plans.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl IntoIterator for PlanSet {
    type Item = Generation;
    type IntoIter = PlanIter;
    fn into_iter(self) -> PlanIter {
        self.iter()
    }
}

/// The plans of a [`PlanSet`], oldest first.
#[derive(Clone, Debug)]
pub struct PlanIter(PlanSet);

impl Iterator for PlanIter {
    type Item = Generation;

    #[inline]
    fn next(&mut self) -> Option<Generation> {
        let oldest = self.0.oldest()?;
        self.0 = self.0.without(oldest);
        Some(oldest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Generation> {
        (0..Generation::CAPACITY as u32)
            .filter_map(Generation::from_index)
            .collect()
    }

    #[test]
    fn set_operations_agree_with_a_filter_over_all_generations() {
        let all = all();
        assert_eq!(all.len(), Generation::CAPACITY);
        let set: PlanSet = all.iter().copied().filter(|g| g.index() % 3 != 1).collect();
        for &than in &all {
            for k in [0, 1, 2, 31, 32, 255] {
                let expected: PlanSet = set.iter().filter(|g| g.is_older_by(k, than)).collect();
                assert_eq!(set.older_by(k, than), expected, "{k} {than}");
            }
            let newer: PlanSet = set.iter().filter(|g| *g > than).collect();
            assert_eq!(set.newer(than), newer);
        }
        assert_eq!(set.newest(), set.iter().max());
        assert_eq!(set.oldest(), set.iter().min());
        assert_eq!(PlanSet::EMPTY.newest(), None);
        assert_eq!(PlanSet::EMPTY.oldest(), None);
    }
}
