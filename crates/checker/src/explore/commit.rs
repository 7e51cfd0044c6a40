//! The end of a block: its states get their numbers, in the order of the search.
//!
//! README.md, "The commit".

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::audit::{Audit, EARLY};
use super::chunk::Chunk;
use super::level::Level;
use super::settle::Claims;
use super::suspicion::{At, Phase, Spot, Suspicion};
use super::{End, Search, State};
use crate::Fault;
use crate::checkable::Checkable;

/// States are numbered with 32 bits, and a parent's key is its number plus 1.
const MOST_STATES: u64 = 4_294_967_000;

impl<M: Checkable> Search<'_, '_, M> {
    /// Takes over what the workers found in a block of `level`, in the order of the search.
    pub(super) fn commit(
        &mut self,
        mut chunks: Vec<Chunk<State<M>>>,
        level: &Level<State<M>>,
        next: &mut Level<State<M>>,
    ) -> Result<(), End> {
        let suspicions = chunks.iter_mut().filter_map(|chunk| chunk.suspicion.take());
        let suspicion = suspicions.min_by_key(|suspicion| suspicion.order);
        // Up to the parent at which a fault appeared, everything was looked at.
        let sound = suspicion
            .as_ref()
            .map_or(u32::MAX, |suspicion| suspicion.order.0);
        for (index, settled) in self.evidence.iter_mut().enumerate() {
            let mut found = chunks.iter().filter_map(|chunk| chunk.evidence[index]);
            let first = found.next().filter(|evidence| evidence.parent() < sound);
            *settled = settled.or(first);
        }
        if let Some(suspicion) = suspicion {
            return Err(End::Fault(suspicion));
        }
        let claims = Claims::of(&chunks);
        let early = self.committed.states < u64::from(EARLY);
        let mut suspicion = None;
        for (index, mut chunk) in chunks.into_iter().enumerate() {
            claims.settle(self.job, &mut chunk, early);
            if suspicion.is_none() {
                suspicion = self.commit_chunk(&mut chunk, level, next);
            }
            let workers = self.workers.len();
            self.workers[index % workers].recycle(chunk);
        }
        suspicion.map_or(Ok(()), |suspicion| Err(End::Fault(suspicion)))
    }

    fn commit_chunk(
        &mut self,
        chunk: &mut Chunk<State<M>>,
        level: &Level<State<M>>,
        next: &mut Level<State<M>>,
    ) -> Option<Suspicion> {
        let mut origins = chunk.origins.iter().peekable();
        for position in chunk.from..chunk.parents.end {
            let key = level.first + position as u32 + 1;
            let mut children = 0;
            while origins.next_if(|origin| origin.parent == key).is_some() {
                children += 1;
            }
            self.ancestry.push(children);
        }
        let first = self.committed.states;
        chunk.tally.states = chunk.origins.len() as u64;
        chunk.tally.cut = chunk.cut.len() as u64;
        self.committed.add(&chunk.tally);
        if self.committed.states > MOST_STATES {
            return Some(Suspicion {
                fault: Fault::TooManyStates,
                spot: Spot::Start,
                order: (u32::MAX, Phase::Commit),
            });
        }
        for (position, origin) in chunk.origins.iter().enumerate() {
            let early = first + (position as u64) < u64::from(EARLY);
            if early || Audit::<State<M>>::samples(origin.fingerprint) {
                chunk.sampled.push(position);
            }
        }
        let suspicion = self.absorb(chunk);
        let mut states = std::mem::take(&mut chunk.states);
        states.shrink_to_fit();
        next.push(states, chunk.sampled.iter().copied());
        suspicion
    }
    /// Hands the chunk's sampled states to the audit.
    fn absorb(&mut self, chunk: &mut Chunk<State<M>>) -> Option<Suspicion> {
        let Chunk {
            sampled,
            origins,
            states,
            audited,
            ..
        } = chunk;
        let found = sampled.iter().map(|at| (origins[*at], states[*at].clone()));
        let found = found.chain(audited.drain(..));
        // It clones and compares states, which is the model's code. After a panic the search ends.
        catch_unwind(AssertUnwindSafe(|| self.audit.absorb(found))).unwrap_or_else(|payload| {
            let order = (u32::MAX, Phase::Commit);
            let properties = self.job.properties;
            let at = At::Traits;
            let suspicion = Suspicion::panicked(&*payload, at, properties, Spot::Start, order);
            Some(suspicion)
        })
    }
}
