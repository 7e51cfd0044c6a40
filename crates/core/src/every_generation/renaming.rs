//! Other names for generations and lock epochs.

use super::references::Left;
use crate::{Epoch, Generation, PackLocal, PackReader, PackWriter, PlanSet};

/// How many lock epochs can be renamed.
const EPOCHS: usize = 64;

/// New numbers for generations and lock epochs, in the same order.
#[derive(Clone, Debug)]
pub(crate) struct Renaming {
    generations: [Option<Generation>; Generation::CAPACITY],
    epochs: [u8; EPOCHS],
}

impl Renaming {
    /// The smallest numbers with the same order, and with the same gaps as far as `largest_gap`.
    ///
    /// The oldest generation becomes the first. Epochs are told apart, and nothing else, so they
    /// lose their gaps.
    pub(super) fn smallest(left: Left, largest_gap: u8) -> Self {
        Self::spread(left, 0, |older, newer| {
            let gap = newer.index() - older.index();
            gap.min(largest_gap.into())
        })
    }

    /// Renames the oldest generation to the one at index `first`, and each other to `gap` after the one
    /// before it.
    ///
    /// # Panics
    ///
    /// If the numbers do not suffice.
    pub(super) fn spread(
        left: Left,
        first: u32,
        mut gap: impl FnMut(Generation, Generation) -> u32,
    ) -> Self {
        let mut renaming = Self {
            generations: [None; Generation::CAPACITY],
            epochs: [0; EPOCHS],
        };
        let mut last: Option<(Generation, u32)> = None;
        for generation in left.generations {
            let index = last.map_or(first, |(older, index)| index + gap(older, generation));
            let name = Generation::from_index(index);
            assert!(name.is_some(), "{TOO_MANY}");
            renaming.generations[generation.index() as usize] = name;
            last = Some((generation, index));
        }
        let used = (0..EPOCHS).filter(|epoch| left.epochs & (1 << epoch) != 0);
        for (name, epoch) in used.enumerate() {
            renaming.epochs[epoch] = name as u8;
        }
        renaming
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
    pub(crate) fn plans(&self, plans: PlanSet) -> PlanSet {
        plans.iter().map(|plan| self.generation(plan)).collect()
    }

    #[inline]
    pub(crate) fn epoch(&self, epoch: Epoch) -> Epoch {
        Epoch::from_byte(self.epochs[usize::from(epoch.byte())])
    }

    /// A local state under the new names.
    ///
    /// # Panics
    ///
    /// If it cannot be read back as it was written: what is missing would be missing in the pattern.
    #[inline]
    pub(crate) fn local<L: PackLocal + PartialEq>(&self, local: &L) -> L {
        let word = packed(local).finish().expect(UNPACKED);
        let same = L::unpack(&mut PackReader::widest(word));
        assert!(same.as_ref() == Some(local), "{UNPACKED}");
        L::unpack(&mut PackReader::renaming(word, self)).expect(UNPACKED)
    }
}

const UNPACKED: &str = "a local state fits 63 bits and can be read back as it was written; \
                        correct `PackLocal`";

const TOO_MANY: &str = "a state tells apart more generations than there are numbers; lower the \
                        number of enactors or endpoints, or the clean-up age";

/// A local state as written, with the generations and epochs that occur in it.
#[inline]
pub(crate) fn packed<L: PackLocal>(local: &L) -> PackWriter {
    let mut to = PackWriter::widest();
    local.pack(&mut to);
    to
}
