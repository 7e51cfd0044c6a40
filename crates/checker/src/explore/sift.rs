//! Successors with heap parts that are known, dropped while they are in the cache.
//!
//! README.md, "A block", says which those are.

use super::chunk::Chunk;
use super::expand::Shared;
use super::recent::Recent;
use super::visited::VisitedSet;
use crate::checkable::Checkable;
use crate::keys::{Key as _, Keys};

/// What says whether a successor is known: the visited set, and what this worker has met since that was
/// written to.
pub(super) type Known<'a, K> = (&'a VisitedSet<K>, &'a mut Recent<K>);

impl<M: Checkable, K: Keys<M>> Shared<'_, '_, M, K> {
    /// Drops the successors of the last parent that are visited already, unless the audit wants them.
    pub(super) fn sift(
        &self,
        chunk: &mut Chunk<M, K>,
        parent: u32,
        (visited, recent): &mut Known<'_, K::Key>,
    ) {
        let from = chunk.keys.len();
        self.number(chunk);
        let Chunk {
            states,
            origins,
            keys,
            ..
        } = chunk;
        let mut kept = from;
        for place in from..keys.len() {
            let key = keys[place];
            let audited = self.sample.has(key.spread());
            if audited || (!recent.meet(key, parent) && !visited.contains(&key)) {
                states.swap(kept, place);
                origins[kept] = origins[place];
                keys[kept] = key;
                kept += 1;
            }
        }
        states.truncate(kept);
        origins.truncate(kept);
        keys.truncate(kept);
    }
}
