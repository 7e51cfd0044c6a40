//! What a cache shows of a store: a state that the store was in, not long ago.

use planwright_model::Finite;
use planwright_model::finite::Visitor;

use crate::state::VALUES;

/// What a store holds, and what it held before its last few changes, newest first: all that a cache
/// whose staleness is bounded can show.
///
/// Staleness counts changes, not time. A store keeps one history; whoever reads through a cache has a
/// [`Cache`], which says how far behind it is.
///
/// `T` is what the store holds, and `N` is room for the largest staleness and one more.
///
/// ```
/// use stale_cache_controller::{Cache, History};
///
/// let mut history = History::<_, 3>::new("empty", 2);
/// let (mut ours, mut theirs) = (Cache::CURRENT, Cache::CURRENT);
/// history.record("first", [&mut ours, &mut theirs]);
/// theirs = theirs.catch_up().expect("it is behind");
/// assert_eq!((history.seen_by(ours), history.seen_by(theirs)), (&"empty", &"first"));
///
/// // Two more changes than that: a cache is never further behind than the staleness allows.
/// history.record("second", [&mut ours, &mut theirs]);
/// history.record("third", [&mut ours, &mut theirs]);
/// assert_eq!((history.seen_by(ours), history.newest()), (&"first", &"third"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct History<T, const N: usize> {
    /// Newest first. What is beyond the staleness repeats the oldest value within it.
    values: [T; N],
    staleness: u8,
}

/// How many changes of its store a cache has not seen yet.
///
/// It goes forward one change at a time. It goes back only where somebody gives it another position,
/// as when its owner restarts and reads from a server that lags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub struct Cache(#[finite(0..VALUES)] u8);

impl Cache {
    /// Shows the store as it is.
    pub const CURRENT: Self = Self(0);

    /// Behind by so many changes.
    pub const fn behind(changes: u8) -> Self {
        Self(changes)
    }

    /// How many changes it is behind.
    #[inline]
    pub const fn lag(self) -> u8 {
        self.0
    }

    /// The cache once it has seen the next change; `None` if it is current.
    #[inline]
    pub fn catch_up(self) -> Option<Self> {
        self.0.checked_sub(1).map(Self)
    }
}

impl<T: Copy, const N: usize> History<T, N> {
    /// A store that has held `value` for long, read through caches that are behind by at most
    /// `staleness` changes.
    ///
    /// # Panics
    ///
    /// If `staleness` is `N` or more.
    pub fn new(value: T, staleness: u8) -> Self {
        assert!(
            usize::from(staleness) < N,
            "a staleness of {staleness} does not fit a history of {N} values; ask for at most {}",
            N.saturating_sub(1)
        );
        Self {
            values: [value; N],
            staleness,
        }
    }

    /// What the store holds now.
    #[inline]
    pub fn newest(&self) -> &T {
        &self.values[0]
    }

    /// What a cache shows.
    ///
    /// # Panics
    ///
    /// If the cache is further behind than the staleness allows.
    #[inline]
    pub fn seen_by(&self, cache: Cache) -> &T {
        assert!(
            cache.0 <= self.staleness,
            "a cache is {} changes behind, and the staleness allows {}",
            cache.0,
            self.staleness
        );
        &self.values[usize::from(cache.0)]
    }

    /// Every position that a cache can have, the current one first.
    pub fn caches(&self) -> impl Iterator<Item = Cache> + use<T, N> {
        (0..=self.staleness).map(Cache)
    }

    /// The store changes. Every cache falls behind by one more change, unless the staleness forbids it.
    ///
    /// Give it all caches of the store: one that is left out sees the change at once.
    pub fn record<'a>(&mut self, value: T, caches: impl IntoIterator<Item = &'a mut Cache>) {
        let kept = usize::from(self.staleness);
        self.values.copy_within(..kept, 1);
        self.values[0] = value;
        let oldest = self.values[kept];
        self.values[kept..].fill(oldest);
        for cache in caches {
            cache.0 = self.staleness.min(cache.0 + 1);
        }
    }

    /// The values that a cache can show, newest first.
    pub fn values(&self) -> &[T] {
        &self.values[..=usize::from(self.staleness)]
    }
}

impl<T: Finite, const N: usize> Finite for History<T, N> {
    const VALUES: u64 = <[T; N] as Finite>::VALUES.saturating_mul(N as u64);
    const ANY: Self = Self {
        values: [T::ANY; N],
        staleness: 0,
    };

    /// Without what repeats the oldest value within the staleness.
    fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
        let staleness = visitor.number(self.staleness.into(), N as u64) as u8;
        let oldest = usize::from(staleness);
        let mut values = self.values;
        for value in &mut values[..=oldest] {
            *value = value.visit(visitor);
        }
        let repeated = values[oldest];
        values[oldest..].fill(repeated);
        Self { values, staleness }
    }
}
