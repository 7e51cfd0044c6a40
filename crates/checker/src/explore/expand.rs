//! The first phase of a block: the successors of a chunk's parents, and their keys.
//!
//! README.md, "A block", has the whole picture.

use std::mem::{needs_drop, take};
use std::ops::ControlFlow;

use super::chunk::{Chunk, Evidence, Share};
use super::recent::Recent;
use super::shared::Shared;
use super::sift::Known;
use super::suspicion::{At, Origin, Phase, Spot};
use super::visited::{VisitedSet, lane_of};
use crate::Checkable;
use crate::keys::{Key as _, Keys};
use crate::{Extent, Fault};

/// Whether all successors of a state are the state itself, so that nothing can happen in it.
///
/// Successors with different keys cannot all be the state. So where keys are at hand, `Eq` is asked only about
/// those that have the same key as the one before them, and about the last.
struct Idle<K> {
    so_far: bool,
    by_key: bool,
    before: Option<K>,
}

impl<K: Copy + PartialEq> Idle<K> {
    const NEW: Self = Self {
        so_far: true,
        by_key: false,
        before: None,
    };

    #[inline(always)]
    fn look_at_key(&mut self, key: K, is_itself: impl FnOnce() -> bool) {
        if self.by_key
            && self.so_far
            && let Some(before) = self.before.replace(key)
        {
            self.so_far = before == key && is_itself();
        }
    }
}

/// The most classes of actions that are recorded with steps, by a byte.
const CLASSES: usize = 1 << u8::BITS;

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
        let job = self.job;
        let mut actions = take(&mut chunk.actions);
        chunk.at = At::Actions;
        job.model.actions(state, &mut actions);
        if let Some(asked) = asked {
            chunk.at = At::Traits;
            asked.extend_from_slice(&actions);
        }
        let mut idle = Idle {
            by_key: sieve.is_some() && job.symmetry.is_none(),
            ..Idle::NEW
        };
        for (ordinal, action) in (0..).zip(actions.drain(..)) {
            let origin = Origin { parent, ordinal };
            let class = self.describe(chunk, ordinal, &action);
            // `next_state` takes the action, and only properties of steps need it afterwards.
            let kept = (!self.open.steps.is_empty()).then(|| {
                chunk.at = At::Traits;
                action.clone()
            });
            chunk.at = At::NextState(ordinal);
            let Some(next) = job.model.next_state(state, action) else {
                chunk.fair.truncate(chunk.origins.len() * self.fair_width());
                continue;
            };
            self.count(chunk, class);
            if idle.so_far && !idle.by_key {
                chunk.at = At::Traits;
                idle.so_far = next == *state;
            }
            if self.records && job.symmetry.is_some() && next != *state {
                chunk.turns.push(chunk.origins.len() as u32);
            }
            if let Some(action) = kept {
                self.check_step(chunk, origin, (state, &action, &next));
            }
            // Not one value in two cases, which would be one more copy of a state.
            let is_kept = match job.symmetry {
                Some(symmetry) => {
                    chunk.at = At::Symmetry;
                    let next = symmetry.canonical(&next);
                    chunk.at = At::Traits;
                    self.keep(next, &mut chunk.states)
                }
                None => {
                    chunk.at = At::Traits;
                    self.keep(next, &mut chunk.states)
                }
            };
            is_kept.map_err(|fault| (origin, fault))?;
            chunk.origins.push(origin);
            if let Some(known) = &mut sieve {
                chunk.spot = Spot::Child(origin);
                let key = self.keys.key(&chunk.states[chunk.states.len() - 1]);
                chunk.spot = Spot::State(parent);
                idle.look_at_key(key, || {
                    self.is_itself(&chunk.states[chunk.states.len() - 2], state)
                });
                self.sift_before(chunk, key, known);
            }
        }
        chunk.actions = actions;
        if idle.so_far && idle.before.is_some() {
            chunk.at = At::Traits;
            idle.so_far = self.is_itself(&chunk.states[chunk.states.len() - 1], state);
        }
        if idle.so_far {
            self.check_end(chunk, parent, state);
        }
        Ok(())
    }

    fn is_itself(&self, kept: &K::Kept, state: &M::State) -> bool {
        *self.keys.state(self.job.model, kept) == *state
    }

    /// How many bytes a step's fairness conditions take.
    #[inline(always)]
    fn fair_width(&self) -> usize {
        self.job.fairness.len().div_ceil(8)
    }

    /// The class of an action; records which fairness conditions cover it.
    #[inline(always)]
    fn describe(&self, chunk: &mut Chunk<M, K>, ordinal: u32, action: &M::Action) -> Option<usize> {
        chunk.at = At::Class(ordinal);
        let class = self.job.class(action);
        if self.records && !self.job.fairness.is_empty() {
            chunk.at = At::Fairness(ordinal);
            let fair = self.job.fair(action).to_le_bytes();
            chunk.fair.extend_from_slice(&fair[..self.fair_width()]);
        }
        class
    }

    /// Counts a step, and records its class.
    #[inline(always)]
    fn count(&self, chunk: &mut Chunk<M, K>, class: Option<usize>) {
        chunk.tally.transitions += 1;
        if let Some(class) = class {
            chunk.tally.fired[class] += 1;
            if self.records && self.job.classes <= CLASSES {
                chunk.classes.push(class as u8);
            }
        }
    }

    /// Asks the properties of steps about one; a step out of the boundary is a step as well.
    #[inline(always)]
    fn check_step(
        &self,
        chunk: &mut Chunk<M, K>,
        origin: Origin,
        (state, action, next): (&M::State, &M::Action, &M::State),
    ) {
        for &index in &self.open.steps {
            chunk.at = At::Step(index, origin.ordinal);
            chunk.tally.triggered[index] += 1;
            if self.job.properties[index].refuses(state, action, next) {
                chunk.evidence[index].get_or_insert(Evidence::Step(origin));
            }
        }
    }

    /// Counts a state in which nothing can happen, and asks the properties that are about such.
    fn check_end(&self, chunk: &mut Chunk<M, K>, parent: u32, state: &M::State) {
        chunk.tally.terminal += 1;
        for &index in &self.open.ends {
            chunk.at = At::Property(index);
            if self.job.properties[index].refuses_to_end_in(state) {
                chunk.evidence[index].get_or_insert(Evidence::End(parent));
            }
        }
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
