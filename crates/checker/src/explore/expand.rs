//! The first phase of a block: the successors of a chunk's parents, and their keys.
//!
//! README.md, "A block", has the whole picture.

use std::any::Any;
use std::mem::{needs_drop, take};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Job;
use super::audit::{self, Sample};
use super::chunk::{Chunk, Evidence, Share};
use super::level::Level;
use super::recent::Recent;
use super::sift::{Known, Sieve};
use super::suspicion::{At, Origin, Phase, Spot, Suspicion};
use super::visited::{VisitedSet, lane_of};
use super::watch::Watch;
use crate::Checkable;
use crate::keys::{Key as _, Keys};
use crate::{Extent, Fault};

/// The most classes of actions that are recorded with steps, by a byte.
const CLASSES: usize = 1 << u8::BITS;

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
    /// Bounds that have not been reached.
    pub(super) bounds: Vec<usize>,
}

impl<M: Checkable, K: Keys<M>> Shared<'_, '_, M, K> {
    /// Fills the chunk with the successors of its parents; those with heap parts only if they are not
    /// visited, so that their memory is soon used again.
    pub(super) fn expand(
        &self,
        chunk: &mut Chunk<M, K>,
        visited: &VisitedSet<K::Key>,
        recent: &mut Recent<K::Key>,
    ) {
        let known = &mut (visited, recent);
        self.guard(chunk, Phase::Expand, |chunk| self.generate(chunk, known));
        // Also after a panic: an earlier fault may show in what was made before.
        self.guard(chunk, Phase::Expand, |chunk| {
            self.number(chunk, !self.sifts());
        });
        if self.sifts() {
            self.guard(chunk, Phase::Expand, |chunk| {
                self.sift_rest(chunk, known);
            });
        }
    }

    /// Appends what is kept of a state.
    #[inline(always)]
    pub(super) fn keep(&self, state: M::State, kept: &mut Vec<K::Kept>) -> Result<(), Fault> {
        // Otherwise, for the sample of the audit.
        if self.job.options.audit.encoding == Extent::All
            && !self.keys.reads_back(self.job.model, &state)
        {
            return Err(audit::not_read_back());
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

    fn generate(&self, chunk: &mut Chunk<M, K>, known: &mut Known<'_, K::Key>) {
        let parents = chunk.parents.clone();
        let level = self.level;
        let sampled = level.sampled.partition_point(|at| *at < parents.start);
        let mut sampled = level.sampled[sampled..].iter().peekable();
        let mut expand = |chunk: &mut Chunk<M, K>, position: usize, kept: &K::Kept| {
            let sampled = sampled.next_if(|at| **at == position).is_some();
            self.expand_one(chunk, known, position, kept, sampled)
        };
        if needs_drop::<K::Kept>() {
            // Each is dropped when it has been expanded, while it is in the cache.
            let own = take(&mut chunk.own);
            let _ = parents
                .zip(own)
                .try_for_each(|(position, kept)| expand(chunk, position, &kept));
        } else {
            let _ = parents
                .clone()
                .zip(level.slices(parents).flatten())
                .try_for_each(|(position, kept)| expand(chunk, position, kept));
        }
    }

    /// Appends the successors of the parent at `position`; breaks if there is nothing more to do.
    #[inline(always)]
    fn expand_one(
        &self,
        chunk: &mut Chunk<M, K>,
        known: &mut Known<'_, K::Key>,
        position: usize,
        kept: &K::Kept,
        sampled: bool,
    ) -> ControlFlow<()> {
        // The clock costs more than a parent of a fast model.
        if self.watch.stopped() || (position.is_multiple_of(32) && self.watch.look()) {
            return ControlFlow::Break(());
        }
        let parent = self.level.first + position as u32 + 1;
        chunk.spot = Spot::State(parent);
        chunk.at = At::Traits;
        chunk.tally.expanded += 1;
        let state = self.keys.state(self.job.model, kept);
        let from = (chunk.states.len(), chunk.origins.len());
        let mut asked = sampled.then(Vec::new);
        // Whoever asks again wants to compare all of them.
        let sieve = (self.sifts() && !sampled).then_some(&mut *known);
        if let Err((origin, fault)) = self.successors(chunk, parent, &state, asked.as_mut(), sieve)
        {
            self.refuse(chunk, origin, fault);
            return ControlFlow::Break(());
        }
        if let Some(asked) = asked {
            self.repeat(chunk, (parent, kept, &state), from, asked);
            if self.sifts() {
                self.number(chunk, false);
                self.sift_rest(chunk, known);
                chunk.spot = Spot::State(parent);
            }
        }
        if let Some(symmetry) = self.job.symmetry
            && (sampled || self.job.options.audit.symmetry == Extent::All)
        {
            self.check_symmetry(chunk, parent, &state, symmetry);
        }
        ControlFlow::Continue(())
    }

    /// Appends the successors of one parent; or what is wrong with one of them. Leaves a copy of the
    /// actions, if it is `asked` for, and puts the successors through the sieve, if there is one.
    #[inline]
    fn successors(
        &self,
        chunk: &mut Chunk<M, K>,
        parent: u32,
        state: &M::State,
        asked: Option<&mut Vec<M::Action>>,
        mut sieve: Option<&mut Known<'_, K::Key>>,
    ) -> Result<(), (Origin, Fault)> {
        let Chunk {
            actions,
            states,
            places,
            origins,
            keys,
            drawn,
            sifted,
            fair,
            classes,
            turns,
            evidence,
            tally,
            at,
            spot,
            ..
        } = chunk;
        let job = self.job;
        let fair_width = job.fairness.len().div_ceil(8);
        let mut is_terminal = true;
        // Successors with different keys cannot all be the state itself. So `Eq` is asked only about those that
        // have the same key as the one before them, and about the last.
        let by_key = sieve.is_some() && job.symmetry.is_none();
        let mut before = None;
        *at = At::Actions;
        actions.clear();
        job.model.actions(state, actions);
        if let Some(asked) = asked {
            *at = At::Traits;
            asked.extend_from_slice(actions);
        }
        for (ordinal, action) in actions.drain(..).enumerate() {
            let origin = Origin {
                parent,
                ordinal: ordinal as u32,
            };
            *at = At::Class(origin.ordinal);
            let class = job.class(&action);
            if self.records && fair_width > 0 {
                *at = At::Fairness(origin.ordinal);
                fair.extend_from_slice(&job.fair(&action).to_le_bytes()[..fair_width]);
            }
            // `next_state` takes the action, and only properties of steps need it afterwards.
            let kept = (!self.open.steps.is_empty()).then(|| {
                *at = At::Traits;
                action.clone()
            });
            *at = At::NextState(origin.ordinal);
            let Some(next) = job.model.next_state(state, action) else {
                fair.truncate(origins.len() * fair_width);
                continue;
            };
            tally.transitions += 1;
            if let Some(class) = class {
                tally.fired[class] += 1;
                if self.records && job.classes <= CLASSES {
                    classes.push(class as u8);
                }
            }
            if is_terminal && !by_key {
                *at = At::Traits;
                is_terminal = next == *state;
            }
            if self.records && job.symmetry.is_some() && next != *state {
                turns.push(origins.len() as u32);
            }
            // A step out of the boundary is a step as well.
            if let Some(action) = kept {
                for &index in &self.open.steps {
                    *at = At::Step(index, origin.ordinal);
                    tally.triggered[index] += 1;
                    if job.properties[index].refuses(state, &action, &next) {
                        evidence[index].get_or_insert(Evidence::Step(origin));
                    }
                }
            }
            // Not one value in two cases, which would be one more copy of a state.
            let is_kept = match job.symmetry {
                Some(symmetry) => {
                    *at = At::Symmetry;
                    let next = symmetry.canonical(&next);
                    *at = At::Traits;
                    self.keep(next, states)
                }
                None => {
                    *at = At::Traits;
                    self.keep(next, states)
                }
            };
            if let Err(fault) = is_kept {
                return Err((origin, fault));
            }
            origins.push(origin);
            if let Some(known) = &mut sieve {
                *spot = Spot::Child(origin);
                let key = self.keys.key(&states[states.len() - 1]);
                *spot = Spot::State(parent);
                if by_key
                    && is_terminal
                    && let Some(before) = before.replace(key)
                {
                    is_terminal = before == key && self.is_itself(&states[states.len() - 2], state);
                }
                let sieve = Sieve {
                    states,
                    places,
                    origins,
                    keys,
                    drawn,
                    sifted,
                };
                self.sift_before(sieve, key, known);
            }
        }
        if by_key && is_terminal && before.is_some() {
            *at = At::Traits;
            is_terminal = self.is_itself(&states[states.len() - 1], state);
        }
        if is_terminal {
            tally.terminal += 1;
            for &index in &self.open.ends {
                *at = At::Property(index);
                if job.properties[index].refuses_to_end_in(state) {
                    evidence[index].get_or_insert(Evidence::End(parent));
                }
            }
        }
        Ok(())
    }

    fn is_itself(&self, kept: &K::Kept, state: &M::State) -> bool {
        *self.keys.state(self.job.model, kept) == *state
    }

    /// Computes the successors' keys, and `draws` those that the audit wants. In a loop of its own: the
    /// states have been written long enough ago to be read at once.
    pub(super) fn number(&self, chunk: &mut Chunk<M, K>, draws: bool) {
        let Chunk {
            states,
            origins,
            keys,
            drawn,
            at,
            spot,
            ..
        } = chunk;
        *at = At::Traits;
        // States with heap parts have theirs already, and known ones are gone.
        let from = states.len() - (origins.len() - keys.len());
        let origins = &origins[keys.len()..];
        for (state, origin) in states[from..].iter().zip(origins) {
            *spot = Spot::Child(*origin);
            let key = self.keys.key(state);
            if draws && self.sample.has(key.spread()) {
                drawn.push(keys.len() as u32);
            }
            keys.push(key);
        }
    }

    /// Divides the keys among the workers that fill the visited set.
    pub(super) fn share(&self, chunk: &mut Chunk<M, K>, lanes: usize) {
        chunk.shares.resize_with(lanes, || Share {
            keys: Vec::new(),
            places: Vec::new(),
        });
        for share in &mut chunk.shares {
            share.keys.clear();
            share.places.clear();
        }
        for (place, key) in chunk.keys.iter().enumerate() {
            let share = &mut chunk.shares[lane_of(key, lanes)];
            share.keys.push(*key);
            share.places.push(place as u32);
        }
    }
}
