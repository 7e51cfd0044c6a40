//! What all chunks of a block share, and how their work is guarded.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::chunk::Chunk;
use super::job::Job;
use super::level::Level;
use super::sample::Sample;
use super::suspicion::{Origin, Phase, Spot, Suspicion};
use super::watch::Watch;
use crate::keys::{Keys, not_read_back};
use crate::{Checkable, Extent, Fault};

/// What all chunks share, read only.
pub(super) struct Shared<'a, 'm, M: Checkable, K: Keys<M>> {
    pub(super) job: &'a Job<'a, 'm, M>,
    pub(super) keys: &'a K,
    pub(super) watch: &'a Watch<'m>,
    pub(super) level: &'a Level<K::Kept>,
    /// The open properties of states, and those of steps.
    pub(super) open: &'a Open,
    /// The states that are audited.
    pub(super) sample: Sample,
    /// Whether the graph is recorded.
    pub(super) records: bool,
    /// Whether what is new will neither be expanded nor saved.
    pub(super) is_last: bool,
}

impl<M: Checkable, K: Keys<M>> Clone for Shared<'_, '_, M, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M: Checkable, K: Keys<M>> Copy for Shared<'_, '_, M, K> {}

/// The properties that are not settled, by their indices.
#[derive(Debug, Default)]
pub(super) struct Open {
    pub(super) states: Vec<usize>,
    pub(super) steps: Vec<usize>,
    /// Those of states in which nothing can happen.
    pub(super) ends: Vec<usize>,
}

impl<M: Checkable, K: Keys<M>> Shared<'_, '_, M, K> {
    /// Appends what is kept of a state.
    #[inline(always)]
    pub(super) fn keep(&self, state: M::State, kept: &mut Vec<K::Kept>) -> Result<(), Fault> {
        // Otherwise, for the sample of the audit.
        if self.job.options.audit.encoding == Extent::All
            && !self.keys.reads_back(self.job.model, &state)
        {
            return Err(not_read_back());
        }
        if self.keys.keep(self.job.model, state, kept) {
            Ok(())
        } else {
            Err(Fault::NoCode { path: None })
        }
    }

    /// Records a state that cannot be kept.
    #[cold]
    pub(super) fn refuse(&self, chunk: &mut Chunk<M, K>, origin: Origin, fault: Fault) {
        let (spot, order) = (Spot::Child(origin), (origin.parent, Phase::Expand));
        chunk.suspect(Suspicion { fault, spot, order });
    }

    /// Runs a phase of the chunk. A panic in it becomes the chunk's suspicion; the block will not
    /// be committed, and what was done before goes on, for an earlier fault may be found in it.
    pub(super) fn guard(
        &self,
        chunk: &mut Chunk<M, K>,
        phase: Phase,
        work: impl FnOnce(&mut Chunk<M, K>),
    ) {
        // Unwinding leaves the buffers with fewer elements, never with broken ones.
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| work(chunk))) {
            self.suspect_panic(chunk, phase, &*payload);
        }
    }

    fn suspect_panic(&self, chunk: &mut Chunk<M, K>, phase: Phase, payload: &(dyn Any + Send)) {
        let (at, spot) = (chunk.at, chunk.spot);
        let order = (spot.parent(), phase);
        let properties = self.job.properties;
        chunk.suspect(Suspicion::panicked(payload, at, properties, spot, order));
    }
}
