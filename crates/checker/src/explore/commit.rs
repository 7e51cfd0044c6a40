//! The end of a chunk: its states get their numbers, in the order of the search.
//!
//! README.md, "The commit".

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::ancestry::Ancestry;
use super::audit::Audit;
use super::chunk::{Chunk, Evidence, Tally};
use super::job::Job;
use super::level::Level;
use super::recorder::Recorder;
use super::sample::Sample;
use super::search::{End, Search, State};
use super::suspicion::{At, Phase, Spot, Suspicion};
use crate::Checkable;
use crate::Fault;
use crate::keys::Keys;

/// States are numbered with 32 bits, and a parent's key is its number plus 1.
const MOST_STATES: u64 = 4_294_967_000;

/// What a commit writes to. Nothing of it is needed while successors are made and looked up, so that
/// others can go on meanwhile.
pub(super) struct Ledger<'s, 'm, M: Checkable, K: Keys<M>> {
    pub(super) job: &'s Job<'s, 'm, M>,
    pub(super) keys: &'s K,
    pub(super) ancestry: &'s mut Ancestry,
    pub(super) audit: &'s mut Audit<State<M>>,
    pub(super) evidence: &'s mut [Option<Evidence>],
    pub(super) committed: &'s mut Tally,
    /// The new states that the model will be asked about twice.
    pub(super) asked: Sample,
    /// Whether nobody will expand what is new.
    pub(super) is_last: bool,
    pub(super) recorder: Option<&'s mut Recorder<K::Key>>,
}

impl<M: Checkable, K: Keys<M>> Ledger<'_, '_, M, K> {
    /// Takes over what came of a chunk, whose predecessors have been committed.
    pub(super) fn commit(
        &mut self,
        chunk: &mut Chunk<M, K>,
        level: &Level<K::Kept>,
        next: &mut Level<K::Kept>,
    ) -> Result<(), End> {
        if let Some(suspicion) = self.absorb(chunk) {
            chunk.suspect(suspicion);
        }
        let suspicion = chunk.suspicion.take();
        // Up to the parent at which a fault appeared, everything was looked at.
        let sound = suspicion.as_ref().map_or(u32::MAX, |s| s.order.0);
        for (settled, found) in self.evidence.iter_mut().zip(&chunk.evidence) {
            let found = found.filter(|evidence| evidence.parent() < sound);
            *settled = settled.or(found);
        }
        if let Some(suspicion) = suspicion {
            return Err(End::Fault(suspicion));
        }
        let first = level.first + chunk.parents.start as u32 + 1;
        let parents = chunk.parents.len();
        if parents > 0 {
            // Otherwise these are the initial states, which have none.
            self.ancestry.push(first, parents, &chunk.kept_origins);
        }
        let position = next.len();
        let sampled = chunk.sampled.iter();
        let sampled = sampled.filter(|(_, spread)| self.asked.has(*spread));
        let sampled = sampled.map(|(at, _)| position + at);
        next.sampled.extend(sampled);
        let count = chunk.kept_origins.len();
        chunk.tally.states = count as u64;
        match self.is_last {
            true => next.pass(count),
            false => next.append(&mut chunk.kept, chunk.worker),
        }
        self.committed.add(&chunk.tally);
        if let Some(recorder) = &mut self.recorder {
            recorder.number(&chunk.kept_keys, &chunk.marks);
        }
        if self.committed.states > MOST_STATES {
            return Err(End::Fault(Suspicion {
                fault: Fault::TooManyStates,
                spot: Spot::Start,
                order: (u32::MAX, Phase::Commit),
            }));
        }
        Ok(())
    }

    /// Hands the chunk's sampled states to the audit.
    fn absorb(&mut self, chunk: &mut Chunk<M, K>) -> Option<Suspicion> {
        if chunk.sampled.is_empty() && chunk.audited.is_empty() {
            return None;
        }
        let Chunk {
            sampled,
            kept,
            kept_origins,
            audited,
            ..
        } = chunk;
        let (keys, model) = (self.keys, self.job.model);
        let found = sampled.iter();
        let found = found.map(|(at, spread)| (kept_origins[*at], *spread, &kept[*at]));
        let audited = audited.iter();
        let found = found.chain(audited.map(|(origin, spread, kept)| (*origin, *spread, kept)));
        let mut found: Vec<_> = found.collect();
        // In the order of the search, so that the first fault does not depend on the chunks.
        found.sort_by_key(|(origin, ..)| (origin.parent, origin.ordinal));
        // It clones and compares states, which is the model's code. After a panic the search ends.
        let last = Cell::new(None);
        let found = found.into_iter().map(|(origin, spread, kept)| {
            last.set(Some(origin));
            (origin, spread, keys.state(model, kept))
        });
        let absorb = || self.audit.absorb(keys, found);
        catch_unwind(AssertUnwindSafe(absorb)).unwrap_or_else(|payload| {
            let origin = last.get();
            let spot = origin.map_or(Spot::Start, Spot::Child);
            let order = origin.map_or(u32::MAX, |origin| origin.parent);
            let (order, properties) = ((order, Phase::Commit), self.job.properties);
            let suspicion = Suspicion::panicked(&*payload, At::Traits, properties, spot, order);
            Some(suspicion)
        })
    }
}

impl<M: Checkable, K: Keys<M>> Search<'_, '_, M, K> {
    /// Records the steps of chunks that have been committed; their level's first state is `first`.
    pub(super) fn record(&mut self, chunks: &mut [Chunk<M, K>], first: u32) {
        let Some(recorder) = &mut self.recorder else {
            return;
        };
        let resolve = |chunk: &mut Chunk<M, K>| recorder.resolve(chunk);
        match &mut self.workers {
            Some(workers) if chunks.len() > 1 => {
                workers.each(&mut *chunks, |_, chunk| resolve(chunk), || {});
            }
            _ => chunks.iter_mut().for_each(resolve),
        }
        for chunk in chunks {
            recorder.append(chunk, first);
        }
    }
}
