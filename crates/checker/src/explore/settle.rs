//! Which candidates stand, once every worker of a block has finished.
//!
//! README.md, "Claims".

use std::collections::hash_map::Entry;

use super::audit::{Audit, ByFingerprint};
use super::chunk::Chunk;
use super::{Job, State};
use crate::checkable::Checkable;

/// The smallest parent of every state that more than one worker may have found.
pub(super) struct Claims(ByFingerprint<u32>);

impl Claims {
    pub(super) fn of<S>(chunks: &[Chunk<S>]) -> Self {
        let mut smallest = ByFingerprint::default();
        for claim in chunks.iter().flat_map(|chunk| &chunk.claims) {
            match smallest.entry(claim.fingerprint) {
                Entry::Vacant(entry) => {
                    entry.insert(claim.parent);
                }
                Entry::Occupied(mut entry) => {
                    let parent = claim.parent.min(*entry.get());
                    entry.insert(parent);
                }
            }
        }
        Self(smallest)
    }

    /// Removes the candidates for which another stands; the audit takes those that it wants, all of
    /// them if it is `early`.
    pub(super) fn settle<M: Checkable>(
        &self,
        job: &Job<'_, '_, M>,
        chunk: &mut Chunk<State<M>>,
        early: bool,
    ) {
        if self.0.is_empty() {
            return;
        }
        let stands = |origin: &super::suspicion::Origin| {
            let smallest = self.0.get(&origin.fingerprint);
            smallest.is_none_or(|parent| *parent == origin.parent)
        };
        chunk.cut.retain(stands);
        if chunk.origins.iter().all(stands) {
            return;
        }
        let origins = std::mem::take(&mut chunk.origins);
        let states = std::mem::take(&mut chunk.states);
        for (origin, state) in origins.into_iter().zip(states) {
            if stands(&origin) {
                chunk.origins.push(origin);
                chunk.states.push(state);
            } else {
                // It is counted where it stands.
                for (index, property) in job.properties.iter().enumerate() {
                    let counted = chunk.tally.triggered[index] > 0;
                    if counted && property.observe(&state).is_some_and(|seen| seen.triggers) {
                        chunk.tally.triggered[index] -= 1;
                    }
                }
                if early || Audit::<State<M>>::samples(origin.fingerprint) {
                    chunk.audited.push((origin, state));
                }
            }
        }
    }
}
