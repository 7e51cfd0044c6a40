//! The last phase of a block: boundary and properties of the states that are new.
//!
//! README.md, "A block", has the whole picture.

use std::mem::{needs_drop, take};

use super::chunk::{Chunk, Evidence};
use super::shared::Shared;
use super::suspicion::{At, Phase, Spot};
use crate::Checkable;
use crate::keys::{Key, Keys};

impl<M: Checkable, K: Keys<M>> Shared<'_, '_, M, K> {
    /// Moves the chunk's new states on, and checks them.
    pub(super) fn admit(&self, chunk: &mut Chunk<M, K>) {
        self.guard(chunk, Phase::Admit, |chunk| self.admit_new(chunk));
    }

    fn admit_new(&self, chunk: &mut Chunk<M, K>) {
        let fresh = take(&mut chunk.fresh);
        if needs_drop::<K::Kept>() {
            let mut states = take(&mut chunk.states);
            let drawn = take(&mut chunk.drawn);
            let (mut new, mut wanted) = (fresh.iter().peekable(), drawn.iter().peekable());
            let mut places = take(&mut chunk.places);
            if !self.records {
                places.extend(0..states.len() as u32);
            }
            for (&place, state) in places.iter().zip(states.drain(..)) {
                let is_wanted = wanted.next_if_eq(&&place).is_some();
                if new.next_if_eq(&&place).is_some() {
                    if !self.watch.stopped() {
                        self.admit_one(chunk, place as usize, state);
                    }
                } else if is_wanted {
                    chunk.set_aside(place as usize, state);
                }
            }
            (chunk.states, chunk.drawn, chunk.places) = (states, drawn, places);
        } else {
            self.audit_known(chunk, &fresh);
            // Most successors are known already: those are not even looked at.
            for place in fresh.iter().map(|place| *place as usize) {
                if !self.watch.stopped() {
                    chunk.at = At::Traits;
                    let state = chunk.states[place].clone();
                    self.admit_one(chunk, place, state);
                }
            }
        }
        chunk.fresh = fresh;
    }

    #[inline]
    fn admit_one(&self, chunk: &mut Chunk<M, K>, place: usize, kept: K::Kept) {
        // Properties may be slow.
        if place.is_multiple_of(32) {
            self.watch.look();
        }
        let origin = chunk.origins[place];
        // A panic from here on belongs to the state itself.
        chunk.spot = Spot::Child(origin);
        chunk.at = At::Traits;
        let state = self.keys.state(self.job.model, &kept);
        chunk.at = At::Boundary(origin.ordinal);
        if !self.job.model.within_boundary(&state) {
            chunk.tally.cut += 1;
            return;
        }
        for &index in &self.open.states {
            chunk.at = At::Property(index);
            if let Some(observation) = self.job.properties[index].observe(&state) {
                chunk.tally.triggered[index] += u64::from(observation.triggers);
                if observation.settles {
                    chunk.evidence[index].get_or_insert(Evidence::State(origin));
                }
            }
        }
        if self.records {
            self.mark(chunk, &state);
            chunk.kept_keys.push(chunk.keys[place]);
        }
        chunk.kept_origins.push(origin);
        drop(state);
        let spread = chunk.keys[place].spread();
        let is_sampled = self.sample.has(spread);
        if !self.is_last {
            if is_sampled {
                chunk.sampled.push((chunk.kept.len(), spread));
            }
            chunk.kept.push(kept);
        } else if is_sampled {
            chunk.set_aside(place, kept);
        } else {
            chunk.at = At::Traits; // it is dropped
        }
    }

    /// Notes which predicates the state has.
    fn mark(&self, chunk: &mut Chunk<M, K>, state: &M::State) {
        for (index, property) in self.job.properties.iter().enumerate() {
            chunk.at = At::Property(index);
            let from = chunk.marks.len();
            let marks = property.predicates().iter().map(|holds| holds(state));
            chunk.marks.extend(marks);
            if property.counts() && chunk.marks.get(from) == Some(&true) {
                chunk.tally.triggered[index] += 1;
            }
        }
    }

    /// Sets aside the known successors that the audit wants to compare.
    fn audit_known(&self, chunk: &mut Chunk<M, K>, fresh: &[u32]) {
        for drawn in 0..chunk.drawn.len() {
            let place = chunk.drawn[drawn] as usize;
            if fresh.binary_search(&chunk.drawn[drawn]).is_err() {
                (chunk.at, chunk.spot) = (At::Traits, Spot::Child(chunk.origins[place]));
                let state = chunk.states[place].clone();
                chunk.set_aside(place, state);
            }
        }
    }
}
