//! Successors with heap parts that are known, dropped while they are in the cache.
//!
//! README.md, "A block", says which those are.

use std::mem::needs_drop;

use super::chunk::Chunk;
use super::recent::Recent;
use super::shared::Shared;
use super::visited::VisitedSet;
use crate::Checkable;
use crate::keys::{Key as _, Keys};

/// What says whether a successor is known: the visited set, and what this worker has met since that was
/// written to.
pub(super) type Known<'a, K> = (&'a VisitedSet<K>, &'a mut Recent<K>);

impl<M: Checkable, K: Keys<M>> Shared<'_, '_, M, K> {
    /// Whether known successors are dropped at once.
    pub(super) fn sifts(&self) -> bool {
        needs_drop::<K::Kept>()
    }

    /// Takes in the key of the last successor, and drops the one before it if that is known. One later,
    /// because the memory that says so is on its way meanwhile; and not more, so that what is dropped is what
    /// the allocator gave last.
    #[inline(always)]
    pub(super) fn sift_before(
        &self,
        chunk: &mut Chunk<M, K>,
        key: K::Key,
        known: &mut Known<'_, K::Key>,
    ) {
        let before = chunk.keys.len();
        known.0.prefetch(&key);
        chunk.keys.push(key);
        if before == chunk.sifted {
            return;
        }
        let place = before - 1;
        if self.wants(chunk, place, known) {
            self.pass(chunk, place);
            return;
        }
        // Before the state is dropped, which is the model's code and may panic.
        if self.records {
            chunk.sifted = before;
        } else {
            chunk.origins.swap_remove(place);
            chunk.keys.swap_remove(place);
        }
        // Only the last one follows, so their order stays.
        let at = chunk.states.len() - 2;
        chunk.states.swap_remove(at);
    }

    /// Drops what is known of all that was not sifted, and what has no key, because a panic came first.
    pub(super) fn sift_rest(&self, chunk: &mut Chunk<M, K>, known: &mut Known<'_, K::Key>) {
        let (first, end) = (chunk.sifted, chunk.keys.len());
        let mut kept = chunk.states.len() - (chunk.origins.len() - first);
        for (state, place) in (kept..).zip(first..end) {
            if self.wants(chunk, place, known) {
                chunk.states.swap(kept, state);
                kept += 1;
                if self.records {
                    self.pass(chunk, place);
                } else {
                    let to = chunk.sifted;
                    chunk.origins.swap(to, place);
                    chunk.keys.swap(to, place);
                    self.pass(chunk, to);
                }
            }
        }
        if self.records {
            chunk.sifted = end;
        } else {
            chunk.origins.truncate(chunk.sifted);
            chunk.keys.truncate(chunk.sifted);
        }
        chunk.states.truncate(kept);
    }

    /// Whether a successor is not known, or the audit compares it.
    #[inline(always)]
    fn wants(
        &self,
        chunk: &Chunk<M, K>,
        place: usize,
        (visited, recent): &mut Known<'_, K::Key>,
    ) -> bool {
        let (key, parent) = (chunk.keys[place], chunk.origins[place].parent);
        self.sample.has(key.spread()) || (!recent.meet(key, parent) && !visited.contains(&key))
    }

    #[inline(always)]
    fn pass(&self, chunk: &mut Chunk<M, K>, place: usize) {
        if self.sample.has(chunk.keys[place].spread()) {
            chunk.drawn.push(place as u32);
        }
        if self.records {
            chunk.places.push(place as u32);
        }
        chunk.sifted = place + 1;
    }
}
