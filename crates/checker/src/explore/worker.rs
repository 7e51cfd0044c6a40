//! Expanding parents: what one thread does in a block.
//!
//! README.md, "A block", has the whole picture.

use std::mem::take;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use super::audit::{self, Audit};
use super::chunk::{Chunk, Evidence};
use super::level::Level;
use super::suspicion::{At, Origin, Phase, Spot, Suspicion};
use super::visited::{Inserted, VisitedSet};
use super::watch::Watch;
use super::{Job, State};
use crate::checkable::Checkable;
use crate::fingerprint::Fingerprinter;

/// What the workers of a block share; all of it is read only, or atomic.
pub(super) struct Shared<'a, 'm, M: Checkable> {
    pub(super) job: &'a Job<'a, 'm, M>,
    pub(super) fingerprinter: &'a Fingerprinter,
    pub(super) visited: &'a VisitedSet,
    pub(super) audit: &'a Audit<State<M>>,
    pub(super) watch: &'a Watch<'m>,
    pub(super) level: &'a Level<State<M>>,
    /// The open properties of states, and those of steps.
    pub(super) open: &'a Open,
    /// Whether so few states are known that all of them are audited.
    pub(super) early: bool,
    /// The position after the block's last parent.
    pub(super) end: usize,
    /// The position of the first parent that no worker has taken.
    pub(super) cursor: &'a AtomicUsize,
    /// Raised when the visited set must grow before anyone goes on.
    pub(super) grow: &'a AtomicBool,
}

/// The properties that are not settled, by their indices.
#[derive(Debug, Default)]
pub(super) struct Open {
    pub(super) states: Vec<usize>,
    pub(super) steps: Vec<usize>,
}

/// A state that a parent leads to, before it is known whether it is new; the state itself is in a
/// list of its own, because most turn out to be known and need not be moved.
#[derive(Clone, Copy)]
struct Successor {
    origin: Origin,
    /// The action's ordinal, or the initial state's.
    ordinal: u32,
}

/// A thread's buffers, which outlive its threads.
pub(super) struct Worker<M: Checkable> {
    actions: Vec<M::Action>,
    batch: Vec<Successor>,
    /// The states of the batch.
    states: Vec<M::State>,
    /// What became of the batch.
    outcomes: Vec<Inserted>,
    chunk: Option<Chunk<M::State>>,
    pub(super) done: Vec<Chunk<M::State>>,
    spare: Vec<Chunk<M::State>>,
    /// What of the model is being called, on behalf of which parent, and in which state.
    at: At,
    parent: u32,
    spot: Spot,
}

impl<M: Checkable> Worker<M> {
    pub(super) fn new() -> Self {
        Self {
            actions: Vec::new(),
            batch: Vec::new(),
            states: Vec::new(),
            outcomes: Vec::new(),
            chunk: None,
            done: Vec::new(),
            spare: Vec::new(),
            at: At::Traits,
            parent: Origin::ROOT,
            spot: Spot::Start,
        }
    }

    /// Takes a chunk back, for its buffers.
    pub(super) fn recycle(&mut self, chunk: Chunk<M::State>) {
        self.spare.push(chunk);
    }

    /// Whether a chunk was begun and waits for the visited set to grow.
    pub(super) fn is_unfinished(&self) -> bool {
        self.chunk.is_some()
    }

    /// Drops what was begun.
    pub(super) fn abandon(&mut self) {
        self.batch.clear();
        self.states.clear();
        self.chunk = None;
        self.done.clear();
    }

    fn begin(&mut self, shared: &Shared<'_, '_, M>, parents: std::ops::Range<usize>) {
        let mut chunk = self.spare.pop().unwrap_or_else(|| shared.job.chunk());
        chunk.reset(parents);
        self.chunk = Some(chunk);
    }

    /// Works until the block has no parents left, or everyone has to stop.
    pub(super) fn run(&mut self, shared: &Shared<'_, '_, M>) {
        loop {
            if self.chunk.is_none() {
                let size = shared.job.options.tuning.chunk;
                let start = shared.cursor.fetch_add(size, Relaxed);
                if start >= shared.end {
                    return;
                }
                self.begin(shared, start..(start + size).min(shared.end));
            }
            if !self.guarded(|worker| worker.expand(shared), shared) {
                return;
            }
            self.done.extend(self.chunk.take());
        }
    }

    /// Admits the initial states, as if they were the children of one parent.
    pub(super) fn seed(
        &mut self,
        shared: &Shared<'_, '_, M>,
        initial: impl Iterator<Item = M::State>,
    ) -> bool {
        if self.chunk.is_none() {
            self.begin(shared, 0..0);
            self.parent = Origin::ROOT;
            self.spot = Spot::Start;
            let mut initial = initial.enumerate();
            let mut fill = |worker: &mut Self| {
                worker.at = At::Traits;
                for (ordinal, state) in &mut initial {
                    let origin = Origin {
                        fingerprint: shared.fingerprinter.fingerprint(&state),
                        parent: Origin::ROOT,
                    };
                    let ordinal = ordinal as u32;
                    worker.states.push(state);
                    worker.batch.push(Successor { origin, ordinal });
                }
                true
            };
            self.guarded(&mut fill, shared);
        }
        let finished = self.guarded(|worker| worker.flush(shared), shared);
        if finished {
            self.done.extend(self.chunk.take());
        }
        finished
    }

    /// Runs `work`, which says whether it finished. A panic in it becomes the chunk's suspicion,
    /// and the chunk counts as finished: the block will not be committed.
    fn guarded(
        &mut self,
        mut work: impl FnMut(&mut Self) -> bool,
        shared: &Shared<'_, '_, M>,
    ) -> bool {
        // Unwinding leaves the buffers with fewer elements, never with broken ones, and the block
        // is discarded; the visited set holds plain numbers.
        match catch_unwind(AssertUnwindSafe(|| work(self))) {
            Ok(finished) => finished,
            Err(payload) => {
                self.suspect_panic(&*payload, shared);
                if let Some(chunk) = &mut self.chunk {
                    chunk.parents.start = chunk.parents.end;
                }
                // Successors of smaller parents may still be waiting; the first fault counts.
                let flushed = catch_unwind(AssertUnwindSafe(|| self.flush(shared)));
                flushed.unwrap_or_else(|payload| {
                    self.suspect_panic(&*payload, shared);
                    self.batch.clear();
                    self.states.clear();
                    true
                })
            }
        }
    }

    fn suspect_panic(&mut self, payload: &(dyn std::any::Any + Send), shared: &Shared<'_, '_, M>) {
        let properties = shared.job.properties;
        let order = (self.parent, Phase::Expand);
        let suspicion = Suspicion::panicked(payload, self.at, properties, self.spot, order);
        if let Some(chunk) = &mut self.chunk {
            chunk.suspect(suspicion);
        }
    }

    /// Expands the rest of the chunk; `false` if everyone has to stop first.
    fn expand(&mut self, shared: &Shared<'_, '_, M>) -> bool {
        if !self.flush(shared) {
            return false;
        }
        let parents = self
            .chunk
            .as_ref()
            .map_or(0..0, |chunk| chunk.parents.clone());
        let mut position = parents.start;
        for state in shared.level.slices(parents).flatten() {
            self.parent = shared.level.first + position as u32 + 1;
            self.spot = Spot::State(self.parent);
            let sampled = shared.level.sampled.binary_search(&position).is_ok();
            self.successors(shared, state, sampled);
            position += 1;
            if let Some(chunk) = &mut self.chunk {
                chunk.parents.start = position;
            }
            let full = self.batch.len() >= shared.job.options.tuning.batch;
            if full && (!self.flush(shared) || shared.grow.load(Relaxed)) {
                return false;
            }
            // The clock costs more than a parent of a fast model.
            if shared.watch.stopped() || (position.is_multiple_of(32) && shared.watch.look()) {
                return false;
            }
        }
        self.flush(shared) && !shared.watch.look()
    }

    /// Puts the successors of one parent into the batch.
    #[inline]
    fn successors(&mut self, shared: &Shared<'_, '_, M>, state: &M::State, sampled: bool) {
        let Self {
            actions,
            batch,
            states,
            chunk,
            at,
            parent,
            ..
        } = self;
        let (Some(chunk), parent) = (chunk, *parent) else {
            return;
        };
        let job = shared.job;
        *at = At::Actions;
        actions.clear();
        job.model.actions(state, actions);
        for (ordinal, action) in actions.drain(..).enumerate() {
            let ordinal = ordinal as u32;
            let class = job.classify.map(|classify| {
                *at = At::Class(ordinal);
                classify(&action)
            });
            // `next_state` takes the action, and only properties of steps need it afterwards.
            let kept = (!shared.open.steps.is_empty()).then(|| {
                *at = At::Traits;
                action.clone()
            });
            *at = At::NextState(ordinal);
            let Some(next) = job.model.next_state(state, action) else {
                continue;
            };
            chunk.tally.transitions += 1;
            if let Some(class) = class {
                chunk.tally.fired[class] += 1;
            }
            if let Some(action) = kept {
                *at = At::Boundary(ordinal);
                if job.model.within_boundary(&next) {
                    for &index in &shared.open.steps {
                        *at = At::Step(index, ordinal);
                        chunk.tally.triggered[index] += 1;
                        if job.properties[index].refuses(state, &action, &next)
                            && chunk.evidence[index].is_none()
                        {
                            let action = ordinal;
                            chunk.evidence[index] = Some(Evidence::Step { parent, action });
                        }
                    }
                }
            }
            *at = At::Traits;
            let origin = Origin {
                fingerprint: shared.fingerprinter.fingerprint(&next),
                parent,
            };
            states.push(next);
            batch.push(Successor { origin, ordinal });
        }
        // Afterwards, so that a panic is blamed on the call that met it first.
        if sampled {
            *at = At::Again;
            if let Err(fault) = audit::repeat(job.model, state, shared.fingerprinter) {
                chunk.suspect(Suspicion {
                    fault,
                    spot: Spot::State(parent),
                    order: (parent, Phase::Expand),
                });
            }
        }
    }

    /// Looks the batch up in the visited set; `false` if the set is too full to take it all.
    fn flush(&mut self, shared: &Shared<'_, '_, M>) -> bool {
        if self.batch.is_empty() {
            return true;
        }
        let fingerprints = self.batch.iter().map(|s| s.origin.fingerprint);
        shared.visited.touch(fingerprints);
        self.outcomes.clear();
        for Successor { origin, .. } in &self.batch {
            match shared.visited.insert(origin.fingerprint, origin.parent) {
                Inserted::Full => break,
                inserted => self.outcomes.push(inserted),
            }
        }
        let new = self.outcomes.iter().filter(|o| **o == Inserted::New);
        let enough = shared.visited.occupy(new.count() as u64);
        let inserted = self.outcomes.len();
        let full = inserted < self.batch.len();
        if enough || full {
            shared.grow.store(true, Relaxed);
        }
        // Taken out first, so that the batch has no half of a successor if the model panics.
        let (mut batch, mut states) = (take(&mut self.batch), take(&mut self.states));
        let rest = (batch.split_off(inserted), states.split_off(inserted));
        for (index, (successor, state)) in batch.drain(..).zip(states.drain(..)).enumerate() {
            match self.outcomes[index] {
                Inserted::New => self.admit(shared, successor, state, false),
                Inserted::Claimed => self.admit(shared, successor, state, true),
                Inserted::Seen | Inserted::Full => self.compare(shared, successor, state),
            }
        }
        (self.batch, self.states) = if full { rest } else { (batch, states) };
        !full
    }

    /// Audits a state that is known already.
    #[inline]
    fn compare(&mut self, shared: &Shared<'_, '_, M>, successor: Successor, state: M::State) {
        let origin = successor.origin;
        if !shared.early && !Audit::<M::State>::samples(origin.fingerprint) {
            return;
        }
        let Some(chunk) = &mut self.chunk else { return };
        self.at = At::Traits;
        self.parent = origin.parent;
        self.spot = Spot::Child(origin);
        match shared.audit.compare(origin, &state) {
            None => chunk.audited.push((origin, state)),
            Some(Ok(())) => {}
            Some(Err(fault)) => chunk.suspect(Suspicion {
                fault,
                spot: Spot::Child(origin),
                order: (origin.parent, Phase::Expand),
            }),
        }
    }

    /// Takes a state in that no smaller parent has led to so far.
    #[inline]
    fn admit(
        &mut self,
        shared: &Shared<'_, '_, M>,
        successor: Successor,
        state: M::State,
        claimed: bool,
    ) {
        let Some(chunk) = &mut self.chunk else { return };
        let Successor { origin, ordinal } = successor;
        // A panic from here on belongs to the state's own parent.
        self.parent = origin.parent;
        self.spot = Spot::Child(origin);
        let job = shared.job;
        if claimed {
            chunk.claims.push(origin);
        }
        self.at = At::Boundary(ordinal);
        if !job.model.within_boundary(&state) {
            chunk.cut.push(origin);
            return;
        }
        for &index in &shared.open.states {
            self.at = At::Property(index);
            if let Some(observation) = job.properties[index].observe(&state) {
                chunk.tally.triggered[index] += u64::from(observation.triggers);
                if observation.settles && chunk.evidence[index].is_none() {
                    chunk.evidence[index] = Some(Evidence::State(origin));
                }
            }
        }
        if origin.parent == Origin::ROOT {
            chunk.ordinals.push(ordinal);
        }
        chunk.origins.push(origin);
        chunk.states.push(state);
    }
}
