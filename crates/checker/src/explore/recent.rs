//! The keys that a worker has met lately.

use crate::keys::Key;

/// Remembers with which parent a key was met, for keys met lately: one for each of a few thousand places.
///
/// While several workers expand a block, nobody writes to the visited set, and a state that the block
/// leads to again and again would be kept each time.
pub(super) struct Recent<K> {
    /// Empty until it is asked.
    met: Vec<Option<(K, u32)>>,
}

impl<K> Default for Recent<K> {
    fn default() -> Self {
        Self { met: Vec::new() }
    }
}

impl<K: Key> Recent<K> {
    /// So many that they fit into a second-level cache beside everything else.
    const PLACES: usize = 1 << 12;

    /// Whether this key was met with a parent that comes before `parent` in the order of the search, or with
    /// this one. If so, whoever leads to it first, it is not this parent's next successor.
    #[inline]
    pub(super) fn meet(&mut self, key: K, parent: u32) -> bool {
        if self.met.is_empty() {
            self.met = vec![None; Self::PLACES];
        }
        // Not the bits that choose the shard.
        let place = (key.spread() >> 20) as usize % Self::PLACES;
        match &mut self.met[place] {
            Some((known, first)) if *known == key => {
                let is_later = *first <= parent;
                *first = (*first).min(parent);
                is_later
            }
            other => {
                *other = Some((key, parent));
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_comes_later_in_the_order_of_the_search_is_known() {
        let mut recent = Recent::default();
        let key = 7_u64;
        assert!(!recent.meet(key, 5));
        assert!(recent.meet(key, 5));
        assert!(recent.meet(key, 6));
        // A worker that helps another goes backwards.
        assert!(!recent.meet(key, 4));
        assert!(recent.meet(key, 5));
        // Others may take its place, which only forgets it.
        for other in 100..100_000 {
            assert!(!recent.meet(other, 9));
        }
        assert!(!recent.meet(key, 9));
    }
}
