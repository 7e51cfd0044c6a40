//! Sets of safeguards.

use serde::{Deserialize, Serialize};

/// Which safeguards are on: bit `i` for the `i`-th name of an [`Ablation`](super::Ablation).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct SafeguardSet(u16);

impl SafeguardSet {
    /// No safeguard at all.
    pub const NONE: Self = Self(0);

    /// The most safeguards that a set can tell apart.
    pub const CAPACITY: usize = 16;

    /// The first `count` safeguards.
    ///
    /// # Panics
    ///
    /// If there are more than [`CAPACITY`](Self::CAPACITY).
    pub fn first(count: usize) -> Self {
        assert!(
            count <= Self::CAPACITY,
            "{count} safeguards; at most {} can be told apart",
            Self::CAPACITY
        );
        Self(((1_u32 << count) - 1) as u16)
    }

    /// Every set of the first `count` safeguards, smaller numbers first: a set comes after all its
    /// subsets.
    pub fn all(count: usize) -> impl Iterator<Item = Self> {
        (0..=Self::first(count).0).map(Self)
    }

    /// Its number, below 2 to the number of safeguards: the place of this set in tables.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// How many are on.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether none is on.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this safeguard is on.
    pub fn contains(self, safeguard: usize) -> bool {
        safeguard < Self::CAPACITY && self.0 >> safeguard & 1 == 1
    }

    /// Whether every safeguard of this set is in the other.
    pub fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// The set with one more.
    ///
    /// # Panics
    ///
    /// If there is no such safeguard.
    #[must_use]
    pub fn with(self, safeguard: usize) -> Self {
        assert!(safeguard < Self::CAPACITY, "no safeguard {safeguard}");
        Self(self.0 | 1 << safeguard)
    }

    /// The set with one less.
    #[must_use]
    pub fn without(self, safeguard: usize) -> Self {
        self.minus([safeguard].into_iter().collect())
    }

    /// What is in this set and not in the other.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The safeguards that are on, by their places among the names.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..Self::CAPACITY).filter(move |safeguard| self.contains(*safeguard))
    }

    /// The names of those that are on.
    pub fn names(self, safeguards: &[String]) -> Vec<String> {
        let names = safeguards.iter().enumerate();
        let on = names.filter(|(safeguard, _)| self.contains(*safeguard));
        on.map(|(_, name)| name.clone()).collect()
    }
}

impl FromIterator<usize> for SafeguardSet {
    fn from_iter<I: IntoIterator<Item = usize>>(safeguards: I) -> Self {
        safeguards.into_iter().fold(Self::NONE, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::SafeguardSet;

    #[test]
    fn sixteen_fit() {
        let all = SafeguardSet::first(16);
        assert_eq!((all.len(), all.index()), (16, 65_535));
        assert_eq!(SafeguardSet::all(16).count(), 65_536);
        assert_eq!(
            SafeguardSet::all(0).collect::<Vec<_>>(),
            [SafeguardSet::NONE]
        );
        assert!(!all.contains(16));
    }
}
