//! The visited set: the keys of all states seen.
//!
//! README.md, "The visited set", has the layout and says why there are no atomic operations.

use std::io;

use prefetch_index::prefetch_index;

use super::sealed::{Reader, Writer};
use crate::keys::{Bucket, Key, Placed};

const SHARD_BITS: u32 = 6;
const SHARDS: usize = 1 << SHARD_BITS;

/// Below this many buckets a shard doubles when it grows, which copies half as much in all; above, it grows by
/// half. All shards of that size together have 128 MiB.
const SMALL_SHARD: usize = 1 << 15;

/// Keys whose buckets are loaded together: enough for the cache misses to overlap, few enough to
/// stay in the first-level cache.
const BURST: usize = 256;

/// A part of the set: open addressing, bucket by bucket, with wrap-around.
struct Shard<K: Key> {
    buckets: Vec<K::Bucket>,
    len: u64,
    /// With more keys than this, the shard grows.
    most: u64,
}

impl<K: Key> Shard<K> {
    fn with_buckets(count: usize) -> Self {
        // With fewer slots there would be no room left when it grows.
        let count = count.max(4_u64.div_ceil(K::Bucket::SLOTS) as usize);
        let mut buckets = Vec::with_capacity(count);
        buckets.resize_with(count, K::Bucket::empty);
        let slots = count as u64 * K::Bucket::SLOTS;
        // Three fifths: probes stay short, memory stays low.
        Self {
            buckets,
            len: 0,
            most: slots / 5 * 3,
        }
    }

    fn with_room_for(keys: usize) -> Self {
        let slots = keys / 3 * 5 + 5;
        Self::with_buckets(slots.div_ceil(K::Bucket::SLOTS as usize))
    }

    /// The bucket where the search for a key starts: the bits that did not choose the shard,
    /// scaled to any number of buckets. It preserves order, so growth is one pass over both copies.
    #[inline(always)]
    fn home(&self, spread: u64) -> usize {
        let rest = u128::from(spread << SHARD_BITS);
        ((rest * self.buckets.len() as u128) >> 64) as usize
    }

    /// Asks for the bucket where the search for a key starts.
    #[inline(always)]
    fn prefetch(&self, key: &K) {
        prefetch_index(&self.buckets[..], self.home(key.spread()));
    }

    #[inline]
    fn contains(&self, key: &K) -> bool {
        let mut index = self.home(key.spread());
        loop {
            match self.buckets[index].contains(key) {
                (true, _) => return true,
                (false, false) => return false,
                (false, true) => index += 1,
            }
            if index == self.buckets.len() {
                index = 0;
            }
        }
    }

    /// Inserts a key, and says whether it was new.
    #[inline(always)]
    fn insert(&mut self, key: K) -> bool {
        let mut index = self.home(key.spread());
        loop {
            match self.buckets[index].insert(key) {
                Placed::Present => return false,
                Placed::New => break,
                Placed::Full => index += 1,
            }
            if index == self.buckets.len() {
                index = 0;
            }
        }
        self.len += 1;
        if self.len > self.most {
            self.grow();
        }
        true
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        let old = self.buckets.len();
        let count = if old < SMALL_SHARD {
            old * 2
        } else {
            old + old / 2
        };
        let mut larger = Self::with_buckets(count);
        // Beside the buckets: to look into one that was just written to waits for the write.
        let mut filled = vec![0; larger.buckets.len()];
        for key in self.buckets.iter().flat_map(Bucket::keys) {
            let mut index = larger.home(key.spread());
            while u64::from(filled[index]) == K::Bucket::SLOTS {
                index = (index + 1) % filled.len();
            }
            larger.buckets[index].put(filled[index], key);
            filled[index] += 1;
        }
        larger.len = self.len;
        *self = larger;
    }
}

/// A set of keys, in shards that are chosen by the top bits of a key's spread.
pub(super) struct VisitedSet<K: Key> {
    shards: Vec<Shard<K>>,
}

/// Some of the shards, for one worker.
pub(super) struct Lane<'a, K: Key> {
    shards: &'a mut [Shard<K>],
    first: usize,
}

#[inline(always)]
fn shard_of(spread: u64) -> usize {
    (spread >> (u64::BITS - SHARD_BITS)) as usize
}

/// Which of `lanes` lanes a key belongs to.
#[inline(always)]
pub(super) fn lane_of<K: Key>(key: &K, lanes: usize) -> usize {
    shard_of(key.spread()) * lanes / SHARDS
}

impl<K: Key> VisitedSet<K> {
    /// How many parts can be filled independently.
    pub(super) const MOST_LANES: usize = SHARDS;

    /// An empty set with `buckets` buckets in each shard.
    pub(super) fn new(buckets: usize) -> Self {
        let mut shards = Vec::with_capacity(SHARDS);
        shards.resize_with(SHARDS, || Shard::with_buckets(buckets));
        Self { shards }
    }

    /// The set in `lanes` parts, which can be filled independently.
    pub(super) fn lanes(&mut self, lanes: usize) -> Vec<Lane<'_, K>> {
        let mut rest = &mut self.shards[..];
        let mut parts = Vec::with_capacity(lanes);
        for lane in 0..lanes {
            let first = SHARDS - rest.len();
            // The first shard that `lane_of` gives to the next lane.
            let end = ((lane + 1) * SHARDS).div_ceil(lanes);
            let (shards, others) = rest.split_at_mut(end - first);
            parts.push(Lane { shards, first });
            rest = others;
        }
        parts
    }

    /// The share of slots in use.
    pub(super) fn load(&self) -> f64 {
        self.len() as f64 / (self.buckets() * K::Bucket::SLOTS) as f64
    }

    /// How many bytes the set is about to grow by, when most shards are nearly full.
    pub(super) fn growth(&self) -> u64 {
        let full = |shard: &&Shard<K>| shard.len >= shard.most / 16 * 15;
        let due: usize = self
            .shards
            .iter()
            .filter(full)
            .map(|s| s.buckets.len())
            .sum();
        (due * size_of::<K::Bucket>() / 2) as u64
    }

    /// Asks for the bucket where the search for a key starts.
    #[inline(always)]
    pub(super) fn prefetch(&self, key: &K) {
        self.shards[shard_of(key.spread())].prefetch(key);
    }

    #[inline]
    pub(super) fn contains(&self, key: &K) -> bool {
        self.shards[shard_of(key.spread())].contains(key)
    }

    /// Writes the keys from the first shard's to the last's.
    pub(super) fn write(&self, to: &mut Writer) -> io::Result<()> {
        let mut bytes = Vec::new();
        for shard in &self.shards {
            to.put_u64(shard.len)?;
            for bucket in &shard.buckets {
                bytes.clear();
                for key in bucket.keys() {
                    key.append_to(&mut bytes);
                }
                to.put(&bytes)?;
            }
        }
        Ok(())
    }

    /// What [`write`](Self::write) wrote.
    pub(super) fn read(from: &mut Reader) -> io::Result<Self> {
        let mut set = Self::new(1);
        let mut bytes = vec![0; K::BYTES];
        for (index, shard) in set.shards.iter_mut().enumerate() {
            let count = from.take_count(K::BYTES)?;
            // All at once: the keys come in the order of their places, which would all be at the
            // front of a shard that grows.
            *shard = Shard::with_room_for(count);
            for _ in 0..count {
                from.take(&mut bytes)?;
                let key = K::take_from(&bytes).filter(|key| shard_of(key.spread()) == index);
                if !key.is_some_and(|key| shard.insert(key)) {
                    return Err(io::ErrorKind::InvalidData.into());
                }
            }
        }
        Ok(set)
    }

    pub(super) fn len(&self) -> u64 {
        self.shards.iter().map(|shard| shard.len).sum()
    }

    fn buckets(&self) -> u64 {
        self.shards.iter().map(|s| s.buckets.len() as u64).sum()
    }
}

impl<K: Key> Lane<'_, K> {
    /// Inserts keys in order, and tells `is_new` the places of those that were new.
    #[inline]
    pub(super) fn insert_all(&mut self, keys: &[K], mut is_new: impl FnMut(usize)) {
        for (burst, keys) in keys.chunks(BURST).enumerate() {
            self.touch(keys);
            for (index, key) in keys.iter().enumerate() {
                let shard = shard_of(key.spread()) - self.first;
                if self.shards[shard].insert(*key) {
                    is_new(burst * BURST + index);
                }
            }
        }
    }

    /// Asks for the buckets that the keys will need, so that their cache misses overlap.
    #[inline]
    fn touch(&self, keys: &[K]) {
        for key in keys {
            self.shards[shard_of(key.spread()) - self.first].prefetch(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Keys in all shards, each of them three times.
    fn keys(count: u64) -> Vec<u64> {
        let spread = |i: u64| (i / 3 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (0..count).map(spread).collect()
    }

    /// Keys that all start in the last bucket of the first shard, so that probes wrap around.
    fn crowded(count: u64) -> Vec<u64> {
        (1..=count).map(|i| (1 << 58) - 1 - i % 700).collect()
    }

    #[test]
    fn any_number_of_lanes_agrees_with_a_hash_set() {
        for keys in [keys(30_000), crowded(2_000)] {
            for lanes in [1, 2, 3, 5, 64] {
                let mut set = VisitedSet::new(1);
                let mut judge = HashSet::new();
                // In two halves, so that the second meets what the first has left.
                for keys in [&keys[..keys.len() / 2], &keys[keys.len() / 2..]] {
                    for (index, lane) in set.lanes(lanes).iter_mut().enumerate() {
                        let mine = keys.iter().copied();
                        let mine: Vec<u64> =
                            mine.filter(|key| lane_of(key, lanes) == index).collect();
                        let mut new = vec![false; mine.len()];
                        lane.insert_all(&mine, |at| new[at] = true);
                        for (key, new) in mine.into_iter().zip(new) {
                            assert_eq!(new, judge.insert(key));
                        }
                    }
                }
                assert_eq!(set.len(), judge.len() as u64);
                assert!(set.load() > 0.0 && set.load() <= 0.75, "{}", set.load());
            }
        }
    }
}
