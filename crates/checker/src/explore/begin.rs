//! The initial states.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::block::{Parts, look_up};
use super::chunk::Chunk;
use super::level::Level;
use super::search::{End, Search};
use super::shared::Shared;
use super::suspicion::{At, Origin, Phase, Spot, Suspicion};
use crate::Checkable;
use crate::keys::{Keys, not_read_back};

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
                    false => Err(not_read_back()),
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

impl<M: Checkable, K: Keys<M>> Search<'_, '_, M, K> {
    /// The initial states, as the first level.
    pub(super) fn seed(&mut self) -> Result<Level<K::Kept>, End> {
        let states = catch_unwind(AssertUnwindSafe(|| self.job.model.init_states()));
        let states = states.map_err(|payload| {
            let order = (Origin::ROOT, Phase::Expand);
            let properties = self.job.properties;
            let at = At::InitStates;
            let suspicion = Suspicion::panicked(&*payload, at, properties, Spot::Start, order);
            End::Fault(suspicion)
        })?;
        self.initial.0 = !states.is_empty();
        self.check_initial_symmetry()?;
        let mut chunk = self.job.chunk();
        chunk.reset(0..0);
        let (none, mut level) = (Level::new(0), Level::new(0));
        let Parts {
            shared, visited, ..
        } = self.parts(&none);
        shared.begin(&mut chunk, states);
        look_up(visited, &mut chunk);
        shared.admit(&mut chunk);
        self.stopped()?;
        for origin in &chunk.kept_origins {
            self.ancestry.push_initial(origin.ordinal);
        }
        self.initial.1 = !chunk.kept.is_empty();
        let mut ledger = self.parts(&none).ledger;
        ledger.commit(&mut chunk, &none, &mut level)?;
        Ok(level)
    }

    fn check_initial_symmetry(&self) -> Result<(), End> {
        let Some(symmetry) = self.job.symmetry else {
            return Ok(());
        };
        let order = (Origin::ROOT, Phase::Expand);
        let check = catch_unwind(AssertUnwindSafe(|| symmetry.check_initial()));
        let suspicion = match check {
            Ok(Ok(())) => return Ok(()),
            Ok(Err((ordinal, fault))) => Suspicion {
                fault,
                spot: Spot::Child(Origin {
                    parent: Origin::ROOT,
                    ordinal,
                }),
                order,
            },
            Err(payload) => {
                let (at, properties) = (At::Symmetry, self.job.properties);
                Suspicion::panicked(&*payload, at, properties, Spot::Start, order)
            }
        };
        Err(End::Fault(suspicion))
    }
}
