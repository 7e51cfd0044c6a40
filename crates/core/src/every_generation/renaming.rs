//! Other names for generations and lock epochs.

use super::dependence::Dependence;
use super::references::Known;
use crate::plan::Names;
use crate::plan_bits::PlanBits;
use crate::{Epoch, Generation, PackLocal, PackReader, PackWriter, SystemState};

/// How many lock epochs can be renamed.
const EPOCHS: usize = 64;

/// Symbolic names for generations and lock epochs, in the same order.
#[derive(Clone, Debug)]
pub(crate) struct Renaming {
    generations: [Option<Generation>; Generation::CAPACITY],
    epochs: [u8; EPOCHS],
}

impl Renaming {
    /// The smallest names with the same order, and with the same gaps as far as `largest_gap`.
    ///
    /// Epochs are only compared for equality, so they lose their gaps.
    pub(super) fn smallest(names: &Known, largest_gap: u8) -> Result<Self, Dependence> {
        Self::spread(names, 0, |older, newer| {
            let gap = newer.index() - older.index();
            gap.min(largest_gap.into())
        })
    }

    /// Moves the oldest generation `room` places up, and each other to `gap` after the one before it.
    ///
    /// # Errors
    ///
    /// If the numbers do not suffice.
    pub(super) fn spread(
        names: &Known,
        room: u32,
        mut gap: impl FnMut(Generation, Generation) -> u32,
    ) -> Result<Self, Dependence> {
        let mut renaming = Self {
            generations: [None; Generation::CAPACITY],
            epochs: [0; EPOCHS],
        };
        let mut last: Option<(Generation, u32)> = None;
        for generation in names.generations.iter() {
            let index = match last {
                None => room,
                Some((older, index)) => index + gap(older, generation),
            };
            // The planner must have one left.
            if index as usize + 1 >= Generation::CAPACITY {
                return Err(Dependence::Numbers);
            }
            let name = Generation::from_index(index).map(Generation::symbolic);
            renaming.generations[generation.index() as usize] = name;
            last = Some((generation, index));
        }
        let used = (0..EPOCHS).filter(|epoch| names.epochs & (1 << epoch) != 0);
        for (name, epoch) in (0..).zip(used) {
            renaming.epochs[epoch] = name;
        }
        Ok(renaming)
    }

    /// # Panics
    ///
    /// If the generation was not among those to be renamed.
    #[inline]
    pub(crate) fn generation(&self, generation: Generation) -> Generation {
        self.generations[generation.index() as usize]
            .expect("every generation of a state is renamed")
    }

    #[inline]
    pub(crate) fn plans(&self, plans: PlanBits) -> PlanBits {
        plans.iter().map(|plan| self.generation(plan)).collect()
    }

    #[inline]
    pub(crate) fn epoch(&self, epoch: Epoch) -> Epoch {
        Epoch::from_byte(self.epochs[usize::from(epoch.byte())]).symbolic()
    }

    /// A state under the new names.
    ///
    /// # Panics
    ///
    /// If a local state cannot be read back as it was written: what is missing would be missing in the pattern.
    pub(super) fn state<L: PackLocal + PartialEq + Copy>(
        &self,
        state: &SystemState<L>,
    ) -> SystemState<L> {
        for (_, local) in state.enactors() {
            let packed = packed(local);
            let word = packed.finish().expect(UNPACKED);
            let symbolic = packed.names() == Names::SYMBOLIC;
            let same = L::unpack(&mut PackReader::widest(word, symbolic));
            assert!(same.as_ref() == Some(local), "{UNPACKED}");
        }
        self.member(state)
    }

    /// A state of a pattern under the new names.
    pub(super) fn member<L: PackLocal + Copy>(&self, state: &SystemState<L>) -> SystemState<L> {
        let mut renamed = *state;
        renamed.store = state.store.renamed(self);
        renamed.newest = state.newest.map(|newest| self.generation(newest));
        for local in &mut renamed.locals[..usize::from(state.enactors)] {
            *local = self.local(local);
        }
        renamed
    }

    #[inline]
    fn local<L: PackLocal>(&self, local: &L) -> L {
        let word = packed(local).finish().expect(UNPACKED);
        L::unpack(&mut PackReader::renaming(word, self)).expect(UNPACKED)
    }
}

const UNPACKED: &str = "a local state fits 63 bits and can be read back as it was written; \
                        correct `PackLocal`";

/// A local state as written, with the generations and epochs that occur in it.
#[inline]
pub(crate) fn packed<L: PackLocal>(local: &L) -> PackWriter {
    let mut to = PackWriter::widest();
    local.pack(&mut to);
    to
}
