//! The initial states.

use super::audit;
use super::chunk::Chunk;
use super::expand::Shared;
use super::suspicion::{At, Origin, Phase, Spot};
use crate::Checkable;
use crate::keys::Keys;

impl<M: Checkable, K: Keys<M>> Shared<'_, '_, M, K> {
    /// Fills the chunk with the initial states, as if they were the children of one parent.
    pub(super) fn begin(&self, chunk: &mut Chunk<M, K>, initial: Vec<M::State>) {
        self.guard(chunk, Phase::Expand, |chunk| {
            for (ordinal, state) in initial.into_iter().enumerate() {
                let origin = Origin {
                    parent: Origin::ROOT,
                    ordinal: ordinal as u32,
                };
                (chunk.at, chunk.spot) = (At::Traits, Spot::Child(origin));
                let state = match self.job.symmetry {
                    Some(symmetry) => {
                        chunk.at = At::Symmetry;
                        symmetry.canonical(&state)
                    }
                    None => state,
                };
                chunk.at = At::Traits;
                // Initial states are no successors, which the audit samples.
                let reads_back = self.keys.reads_back(self.job.model, &state);
                let kept = match reads_back {
                    true => self.keep(state, &mut chunk.states),
                    false => Err(audit::not_read_back()),
                };
                if let Err(fault) = kept {
                    return self.refuse(chunk, origin, fault);
                }
                chunk.origins.push(origin);
            }
        });
        self.guard(chunk, Phase::Expand, |chunk| self.number(chunk, true));
        if self.records {
            // None was dropped.
            chunk.places.extend(0..chunk.states.len() as u32);
        }
    }
}
