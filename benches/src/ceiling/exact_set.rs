use prefetch_index::prefetch_index;

/// Slots of one bucket: one cache line.
const SLOTS: usize = 8;

/// Shards, so that growth, which doubles, holds a small part of the set twice at a time.
const SHARDS: usize = 64;

/// The key of a word: a bijection of 64 bits that keeps zero, so equal keys mean equal words.
#[inline]
pub(super) fn key(word: u64) -> u64 {
    let x = (word ^ (word >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 29)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    x ^ (x >> 32)
}

/// A set of keys other than zero: flat, open addressing, exact.
pub(super) struct ExactSet {
    shards: Vec<Shard>,
}

impl ExactSet {
    pub(super) fn new() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Shard::new(8)).collect(),
        }
    }

    /// Asks for the line where a key is looked for first.
    #[inline]
    pub(super) fn prefetch(&self, key: u64) {
        let (shard, hash) = locate(key);
        let shard = &self.shards[shard];
        prefetch_index(&shard.slots[..], shard.start(hash));
    }

    /// Whether `key` was not in the set.
    #[inline]
    pub(super) fn insert(&mut self, key: u64) -> bool {
        let (shard, hash) = locate(key);
        self.shards[shard].insert(key, hash)
    }
}

/// The shard of a key, by its highest bits, and what places it there, by the others.
#[inline]
fn locate(key: u64) -> (usize, u64) {
    let shift = SHARDS.trailing_zeros();
    ((key >> (64 - shift)) as usize, key << shift)
}

struct Shard {
    /// Zero is empty; `aligned` unused slots come first, so that a bucket is one cache line.
    slots: Vec<u64>,
    aligned: usize,
    buckets: usize,
    keys: usize,
    limit: usize,
}

impl Shard {
    fn new(buckets: usize) -> Self {
        let slots = vec![0; (buckets + 1) * SLOTS];
        let aligned = slots.as_ptr().align_offset(64).min(SLOTS);
        Self {
            slots,
            aligned,
            buckets,
            keys: 0,
            limit: buckets * SLOTS * 17 / 20,
        }
    }

    #[inline]
    fn start(&self, hash: u64) -> usize {
        let bucket = (u128::from(hash) * self.buckets as u128) >> 64;
        self.aligned + bucket as usize * SLOTS
    }

    #[inline]
    fn insert(&mut self, key: u64, hash: u64) -> bool {
        let mut start = self.start(hash);
        loop {
            let bucket = &mut self.slots[start..][..SLOTS];
            // Without branches: where in its bucket a key is cannot be predicted. A bucket is
            // filled from its first slot on.
            let (mut present, mut filled) = (false, 0);
            for &slot in &*bucket {
                present |= slot == key;
                filled += usize::from(slot != 0);
            }
            if present {
                return false;
            }
            if filled < SLOTS {
                bucket[filled] = key;
                self.keys += 1;
                if self.keys > self.limit {
                    self.grow();
                }
                return true;
            }
            start += SLOTS;
            if start == self.aligned + self.buckets * SLOTS {
                start = self.aligned;
            }
        }
    }

    #[cold]
    fn grow(&mut self) {
        let mut larger = Self::new(self.buckets * 2);
        for &key in self.slots.iter().filter(|&&slot| slot != 0) {
            larger.insert(key, locate(key).1);
        }
        *self = larger;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{ExactSet, key};

    #[test]
    fn holds_what_a_hash_set_holds() {
        let mut set = ExactSet::new();
        let mut judge = HashSet::new();
        for n in 1..300_000_u64 {
            let word = n * n % 100_003 + 1;
            assert_eq!(set.insert(key(word)), judge.insert(word));
        }
    }

    #[test]
    fn zero_alone_has_key_zero() {
        assert_eq!(key(0), 0);
        let keys: HashSet<_> = (0..100_000).map(key).collect();
        assert_eq!(keys.len(), 100_000);
    }
}
