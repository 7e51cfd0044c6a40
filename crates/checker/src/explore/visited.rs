//! The visited set: a fingerprint and the smallest parent of every state seen.
//!
//! README.md, "The visited set", has the layout, the protocol of an insertion and the reason why
//! relaxed operations suffice.

use std::hint::black_box;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

const SLOTS: usize = 5;
const SHARD_BITS: u32 = 6;
const SHARDS: usize = 1 << SHARD_BITS;
const BUCKET_BYTES: u64 = size_of::<Bucket>() as u64;

/// Below this many buckets a shard doubles when it grows: copying is cheap, growing often is not.
const SMALL_SHARD: usize = 1 << 11;

/// From this many bytes on, growth is shared among the threads.
const PARALLEL_GROWTH_BYTES: u64 = 8 << 20;

/// One cache line.
#[derive(Default)]
#[repr(align(64))]
struct Bucket {
    /// 0 is an empty slot.
    fingerprints: [AtomicU64; SLOTS],
    /// The complement of the smallest parent key that reached the state; 0 is "not yet known".
    parents: [AtomicU32; SLOTS],
}

impl Bucket {
    /// The slot that has the fingerprint, or [`SLOTS`] if none had it when it was looked at.
    #[inline(always)]
    fn find(&self, fingerprint: u64) -> usize {
        let mut found = SLOTS;
        for (index, slot) in self.fingerprints.iter().enumerate() {
            if slot.load(Relaxed) == fingerprint {
                found = index;
            }
        }
        found
    }

    /// Lowers the parent of a fingerprint that is present.
    #[inline(always)]
    fn claim(&self, slot: usize, parent: u32) -> Inserted {
        let parents = &self.parents[slot];
        // The plain load spares the read-modify-write in nearly every case.
        if parents.load(Relaxed) >= !parent || parents.fetch_max(!parent, Relaxed) >= !parent {
            Inserted::Seen
        } else {
            Inserted::Claimed
        }
    }

    /// Inserts a fingerprint that was not here a moment ago; `None` if the bucket is full of others.
    #[inline(always)]
    fn insert(&self, fingerprint: u64, parent: u32) -> Option<Inserted> {
        for (index, slot) in self.fingerprints.iter().enumerate() {
            let mut found = slot.load(Relaxed);
            if found == 0 {
                match slot.compare_exchange(0, fingerprint, Relaxed, Relaxed) {
                    Ok(_) => {
                        let before = self.parents[index].fetch_max(!parent, Relaxed);
                        return Some(if before == 0 {
                            Inserted::New
                        } else if before < !parent {
                            Inserted::Claimed
                        } else {
                            Inserted::Seen
                        });
                    }
                    Err(winner) => found = winner,
                }
            }
            if found == fingerprint {
                return Some(self.claim(index, parent));
            }
        }
        None
    }
}

/// What became of an insertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inserted {
    /// The state was absent, and no other parent has claimed it so far.
    New,
    /// The state's parent is this one now, but was or will be another worker's for a while: only
    /// the smallest of the claims stands.
    Claimed,
    /// The state is known from this parent or a smaller one.
    Seen,
    /// No slot is left where the state belongs; nothing was changed.
    Full,
}

#[derive(Default)]
struct Shard {
    buckets: Vec<Bucket>,
}

impl Shard {
    fn with_buckets(count: usize) -> Self {
        let mut buckets = Vec::with_capacity(count);
        buckets.resize_with(count, Bucket::default);
        Self { buckets }
    }

    /// The bucket where the search for a fingerprint starts: the bits that did not choose the
    /// shard, scaled to any number of buckets. It preserves the order of fingerprints.
    #[inline(always)]
    fn home(&self, fingerprint: u64) -> usize {
        let rest = u128::from(fingerprint << SHARD_BITS);
        ((rest * self.buckets.len() as u128) >> 64) as usize
    }

    #[inline(always)]
    fn insert(&self, fingerprint: u64, parent: u32) -> Inserted {
        let mut index = self.home(fingerprint);
        for _ in 0..self.buckets.len() {
            let bucket = &self.buckets[index];
            // Slot after slot would be a badly predicted branch each; this is one a bucket.
            let slot = bucket.find(fingerprint);
            if slot < SLOTS {
                return bucket.claim(slot, parent);
            }
            if let Some(inserted) = bucket.insert(fingerprint, parent) {
                return inserted;
            }
            index += 1;
            if index == self.buckets.len() {
                index = 0;
            }
        }
        Inserted::Full
    }

    fn parent(&self, fingerprint: u64) -> Option<u32> {
        let home = self.home(fingerprint);
        let (before, after) = self.buckets.split_at(home);
        for bucket in after.iter().chain(before) {
            for (slot, parent) in bucket.fingerprints.iter().zip(&bucket.parents) {
                match slot.load(Relaxed) {
                    0 => return None,
                    found if found == fingerprint => return Some(!parent.load(Relaxed)),
                    _ => {}
                }
            }
        }
        None
    }

    fn grow(&mut self) {
        let old = self.buckets.len();
        let count = if old < SMALL_SHARD {
            old * 2
        } else {
            old + old / 5 * 2
        };
        let mut larger = Self::with_buckets(count);
        for bucket in &mut self.buckets {
            for (slot, parent) in bucket.fingerprints.iter_mut().zip(&mut bucket.parents) {
                if *slot.get_mut() != 0 {
                    larger.place(*slot.get_mut(), *parent.get_mut());
                }
            }
        }
        *self = larger;
    }

    /// Puts an entry into a shard that does not have it and has room.
    fn place(&mut self, fingerprint: u64, parent: u32) {
        let mut index = self.home(fingerprint);
        loop {
            let bucket = &mut self.buckets[index];
            for (slot, parents) in bucket.fingerprints.iter_mut().zip(&mut bucket.parents) {
                if *slot.get_mut() == 0 {
                    *slot.get_mut() = fingerprint;
                    *parents.get_mut() = parent;
                    return;
                }
            }
            index = (index + 1) % self.buckets.len();
        }
    }
}

/// A concurrent set of fingerprints, each with the smallest parent key it was inserted with.
pub(super) struct VisitedSet {
    shards: Vec<Shard>,
    occupied: AtomicU64,
    capacity: u64,
}

impl VisitedSet {
    /// An empty set with `buckets` buckets in each shard.
    pub(super) fn new(buckets: usize) -> Self {
        let mut shards = Vec::with_capacity(SHARDS);
        shards.resize_with(SHARDS, || Shard::with_buckets(buckets.max(1)));
        let mut set = Self {
            shards,
            occupied: AtomicU64::new(0),
            capacity: 0,
        };
        set.capacity = set.buckets() * SLOTS as u64;
        set
    }

    #[inline(always)]
    fn shard(&self, fingerprint: u64) -> &Shard {
        &self.shards[(fingerprint >> (u64::BITS - SHARD_BITS)) as usize]
    }

    /// Inserts a non-zero fingerprint, or lowers the parent of one that is present.
    #[inline(always)]
    pub(super) fn insert(&self, fingerprint: u64, parent: u32) -> Inserted {
        debug_assert_ne!(fingerprint, 0);
        self.shard(fingerprint).insert(fingerprint, parent)
    }

    /// Loads the cache lines that insertions of `fingerprints` will need. The loads do not depend
    /// on each other, so their misses overlap.
    #[inline]
    pub(super) fn touch(&self, fingerprints: impl Iterator<Item = u64>) {
        let mut seen = 0;
        for fingerprint in fingerprints {
            let shard = self.shard(fingerprint);
            seen ^= shard.buckets[shard.home(fingerprint)].fingerprints[0].load(Relaxed);
        }
        // Keeps the loads.
        black_box(seen);
    }

    /// The smallest parent key `fingerprint` was inserted with.
    pub(super) fn parent(&self, fingerprint: u64) -> Option<u32> {
        self.shard(fingerprint).parent(fingerprint)
    }

    /// Counts insertions, a batch at a time; says whether the set should grow now.
    pub(super) fn occupy(&self, new: u64) -> bool {
        let occupied = self.occupied.fetch_add(new, Relaxed) + new;
        // 0.82: probes stay short (a bucket has five slots), memory stays low.
        occupied * 50 > self.capacity * 41
    }

    /// The share of slots in use.
    pub(super) fn load(&self) -> f64 {
        self.occupied.load(Relaxed) as f64 / self.capacity as f64
    }

    /// How many bytes [`grow`](Self::grow) would add.
    pub(super) fn growth(&self) -> u64 {
        self.buckets() * BUCKET_BYTES * 2 / 5
    }

    /// Enlarges every shard, on up to `threads` threads.
    pub(super) fn grow(&mut self, threads: usize) {
        if threads < 2 || self.buckets() * BUCKET_BYTES < PARALLEL_GROWTH_BYTES {
            self.shards.iter_mut().for_each(Shard::grow);
        } else {
            let share = SHARDS.div_ceil(threads.min(SHARDS));
            std::thread::scope(|scope| {
                for shards in self.shards.chunks_mut(share) {
                    scope.spawn(|| shards.iter_mut().for_each(Shard::grow));
                }
            });
        }
        self.capacity = self.buckets() * SLOTS as u64;
    }

    fn buckets(&self) -> u64 {
        self.shards.iter().map(|s| s.buckets.len() as u64).sum()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Fingerprints in all shards, each of them twice.
    fn fingerprints(count: u64) -> Vec<u64> {
        let spread = |i: u64| (i / 2 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (0..count).map(spread).collect()
    }

    #[test]
    fn one_thread_agrees_with_a_map() {
        let mut set = VisitedSet::new(1);
        let mut map: BTreeMap<u64, u32> = BTreeMap::new();
        for (i, fingerprint) in fingerprints(20_000).into_iter().enumerate() {
            let parent = (i as u32).wrapping_mul(7919) % 1000;
            let inserted = loop {
                match set.insert(fingerprint, parent) {
                    Inserted::Full => set.grow(1),
                    inserted => break inserted,
                }
            };
            let expected = match map.get(&fingerprint) {
                None => Inserted::New,
                Some(known) if *known > parent => Inserted::Claimed,
                Some(_) => Inserted::Seen,
            };
            assert_eq!(inserted, expected);
            let smallest = map.entry(fingerprint).or_insert(parent);
            *smallest = parent.min(*smallest);
            if set.occupy(u64::from(inserted == Inserted::New)) {
                set.grow(2);
            }
        }
        for (fingerprint, parent) in &map {
            assert_eq!(set.parent(*fingerprint), Some(*parent));
        }
        assert_eq!(set.parent(2), None);
        assert!(set.load() > 0.3 && set.load() < 0.9, "{}", set.load());
    }

    /// Whatever the interleaving: every fingerprint ends with its smallest parent, and exactly one
    /// insertion that was not `Seen` had it.
    #[test]
    fn several_threads_leave_the_smallest_parent_and_one_winner() {
        let keys = fingerprints(4_000);
        let parents = |thread: u32, i: usize| (i as u32 * 31 + thread * 17) % 97;
        for _ in 0..20 {
            let set = VisitedSet::new(64);
            let insert_all = |thread| {
                let mut won = Vec::new();
                for (i, fingerprint) in keys.iter().enumerate() {
                    let parent = parents(thread, i);
                    match set.insert(*fingerprint, parent) {
                        Inserted::New | Inserted::Claimed => won.push((*fingerprint, parent)),
                        Inserted::Seen => {}
                        Inserted::Full => panic!("the set has room"),
                    }
                }
                won
            };
            let winners: Vec<Vec<(u64, u32)>> = std::thread::scope(|scope| {
                let insert_all = &insert_all;
                let threads: Vec<_> = (0..4)
                    .map(|thread| scope.spawn(move || insert_all(thread)))
                    .collect();
                let joined = threads.into_iter().map(|t| t.join().expect("no panic"));
                joined.collect()
            });
            let mut smallest: BTreeMap<u64, u32> = BTreeMap::new();
            for thread in 0..4 {
                for (i, fingerprint) in keys.iter().enumerate() {
                    let parent = parents(thread, i);
                    let known = smallest.entry(*fingerprint).or_insert(parent);
                    *known = parent.min(*known);
                }
            }
            for (fingerprint, parent) in &smallest {
                assert_eq!(set.parent(*fingerprint), Some(*parent));
                let won = winners.iter().flatten();
                let won = won.filter(|win| **win == (*fingerprint, *parent)).count();
                assert_eq!(won, 1, "one candidate stands for each state");
            }
        }
    }

    #[test]
    fn a_full_set_says_so_and_keeps_what_it_has() {
        let mut set = VisitedSet::new(1);
        let keys = fingerprints(2_000);
        let mut inserted = Vec::new();
        for key in &keys {
            if set.insert(*key, 5) != Inserted::Full {
                inserted.push(*key);
            }
        }
        assert!(inserted.len() < keys.len());
        set.grow(1);
        assert!(inserted.iter().all(|key| set.parent(*key) == Some(5)));
    }
}
