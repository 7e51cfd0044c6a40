//! Other names for generations and lock epochs.

use planwright_model::finite::{Finite, Kind, Visitor};

use super::dependence::Dependence;
use super::references::{Known, References};
use crate::encode::Bounds;
use crate::packing::{PackReader, PackWriter};
use crate::plan::Names;
use crate::plan_bits::PlanBits;
use crate::{Epoch, Generation, PlanSet, Precondition, SystemAction, SystemState, Write};

/// How many lock epochs can be renamed.
const EPOCHS: usize = 64;

/// Symbolic names for generations and lock epochs, in the same order.
#[derive(Clone, Debug)]
pub(super) struct Renaming {
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

    /// Moves all epochs by as many grants of the lock.
    pub(super) fn later(mut self, grants: u8) -> Self {
        for epoch in &mut self.epochs {
            *epoch += grants;
        }
        self
    }

    /// # Panics
    ///
    /// If the generation was not among those to be renamed.
    #[inline]
    pub(super) fn generation(&self, generation: Generation) -> Generation {
        self.generations[generation.index() as usize]
            .expect("every generation of a state is renamed")
    }

    #[inline]
    pub(super) fn plans(&self, plans: PlanBits) -> PlanBits {
        plans.iter().map(|plan| self.generation(plan)).collect()
    }

    /// A state under the new names.
    ///
    /// # Panics
    ///
    /// If a local state cannot be read back as it was written: what is missing would be missing in the pattern.
    pub(super) fn state<L: Finite + PartialEq>(&self, state: &SystemState<L>) -> SystemState<L> {
        for (_, local) in state.members() {
            let mut to = PackWriter::<u64>::widest();
            let _ = local.visit(&mut to);
            let word = to.finish().expect(UNREADABLE);
            let symbolic = References::of(local).names == Names::SYMBOLIC;
            let same = L::ANY.visit(&mut PackReader::widest(word, symbolic));
            assert!(same == *local, "{UNREADABLE}");
        }
        self.member(state)
    }

    /// A state of a pattern under the new names.
    pub(super) fn member<L: Finite>(&self, state: &SystemState<L>) -> SystemState<L> {
        state.visit(&Bounds::WIDEST, &mut { self })
    }

    fn epoch(&self, epoch: Epoch) -> Epoch {
        Epoch::from_byte(self.epochs[usize::from(epoch.byte())]).symbolic()
    }

    fn precondition(&self, precondition: Precondition) -> Precondition {
        match precondition {
            Precondition::Unchanged(endpoint, seen) => {
                Precondition::Unchanged(endpoint, seen.map(|plan| self.generation(plan)))
            }
            Precondition::NoOlderHolder(plan) => Precondition::NoOlderHolder(self.generation(plan)),
            Precondition::LockIs(epoch) => Precondition::LockIs(self.epoch(epoch)),
            unnamed => unnamed,
        }
    }

    fn write(&self, write: Write) -> Write {
        match write {
            Write::Point(endpoints, plan) => Write::Point(endpoints, self.generation(plan)),
            Write::Install(endpoints, plan) => Write::Install(endpoints, self.generation(plan)),
            Write::Delete(plan) => Write::Delete(self.generation(plan)),
            Write::DeleteOlder {
                than,
                by,
                spare_used,
            } => Write::DeleteOlder {
                than: self.generation(than),
                by,
                spare_used,
            },
            Write::Observe(plan) => Write::Observe(self.generation(plan)),
            unnamed => unnamed,
        }
    }

    /// A step under the new names.
    pub(super) fn step<L: Finite + Copy>(&self, step: &SystemAction<L>) -> SystemAction<L> {
        let mut renamed = step.with_local(|local| local.visit(&mut { self }));
        if let SystemAction::Commit { transaction, .. }
        | SystemAction::Refused { transaction, .. }
        | SystemAction::LoseAcknowledgement { transaction, .. } = &mut renamed
        {
            *transaction =
                transaction.map(|asked| self.precondition(asked), |write| self.write(write));
        }
        renamed
    }
}

const UNREADABLE: &str = "a local state fits 63 bits and can be read back as it was written; \
                          correct its `Finite`";

/// Plans that nobody need know by name are renamed as well.
impl Visitor for &Renaming {
    #[inline]
    fn name(&mut self, kind: Kind, name: u64, _: u64) -> u64 {
        match kind {
            Generation::KIND | Generation::OR_NONE => {
                let generation = Generation::named(kind, name);
                Generation::name(kind, generation.map(|old| self.generation(old)))
            }
            Epoch::KIND => self.epoch(Epoch::named(name)).name(),
            _ => name,
        }
    }

    #[inline]
    fn set(&mut self, kind: Kind, set: u64, _: u32) -> u64 {
        let renamed = || self.plans(PlanBits::from_word(set as u32)).word().into();
        match kind {
            PlanBits::KIND => renamed(),
            PlanSet::KIND => Names::SYMBOLIC.of(renamed()),
            _ => set,
        }
    }
}
