//! The generations and epochs that a state refers to.

use planwright_model::finite::{Finite, Kind, Visitor};

use super::dependence::Dependence;
use super::renaming::Renaming;
use super::{EveryGeneration, Pattern};
use crate::plan::Names;
use crate::plan_bits::PlanBits;
use crate::{
    Enactor, Epoch, Generation, Lease, PlanSet, Precondition, SystemState, Transaction, Write,
};

/// The generations and lock epochs that are known by name in a state.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) generations: PlanBits,
    /// As bits.
    pub(super) epochs: u64,
    pub(super) newest: Option<Generation>,
}

impl Known {
    pub(super) const NOTHING: Self = Self {
        generations: PlanBits::EMPTY,
        epochs: 0,
        newest: None,
    };

    /// What a local state refers to.
    pub(super) fn to_local<L: Finite>(local: &L) -> Self {
        let References {
            generations,
            epochs,
            ..
        } = References::of(local);
        Self {
            generations,
            epochs,
            newest: None,
        }
    }

    pub(super) fn to_transaction(transaction: &Transaction) -> Self {
        let (generations, epochs) = named_in(transaction);
        Self {
            generations: generations.collect(),
            epochs: epochs.fold(0, |all, epoch| all | epoch.bit()),
            newest: None,
        }
    }

    pub(super) fn add(&mut self, others: &Self) {
        self.generations = self.generations.union(others.generations);
        self.epochs |= others.epochs;
    }
}

/// Notes what a value refers to.
#[derive(Default)]
pub(super) struct References {
    /// Alone or in sets.
    generations: PlanBits,
    /// As bits; those beyond 63 are left out.
    epochs: u64,
    /// Whether these are numbers or symbolic names.
    pub(super) names: Names,
    /// Whether there is a set of plans that is not empty by definition.
    pub(super) has_sets: bool,
}

impl References {
    #[inline]
    pub(super) fn of<L: Finite>(local: &L) -> Self {
        let mut references = Self::default();
        let _ = local.visit(&mut references);
        references
    }
}

impl Visitor for References {
    #[inline]
    fn name(&mut self, kind: Kind, name: u64, _: u64) -> u64 {
        match kind {
            Generation::KIND | Generation::OR_NONE => {
                if let Some(generation) = Generation::named(kind, name) {
                    self.generations = self.generations.and(generation);
                    self.names = self.names.and(Names::new(generation.is_symbolic()));
                }
            }
            Epoch::KIND => {
                let epoch = Epoch::named(name);
                self.epochs |= epoch.bit();
                self.names = self.names.and(Names::new(epoch.is_symbolic()));
            }
            _ => {}
        }
        name
    }

    #[inline]
    fn set(&mut self, kind: Kind, set: u64, _: u32) -> u64 {
        if kind == PlanSet::KIND {
            let names = Names::in_set(set);
            self.generations = self.generations.union(PlanBits::from_word(set as u32));
            self.names = self.names.and(names);
            self.has_sets |= names != Names::NONE;
        }
        set
    }
}

/// The generations and lock epochs that a transaction names.
pub(super) fn named_in(
    transaction: &Transaction,
) -> (
    impl Iterator<Item = Generation>,
    impl Iterator<Item = Epoch>,
) {
    let asked = transaction.preconditions().filter_map(|asked| match asked {
        Precondition::Unchanged(_, seen) => seen,
        Precondition::NoOlderHolder(plan) => Some(plan),
        _ => None,
    });
    let written = transaction.writes().filter_map(|write| match write {
        Write::Point(_, plan)
        | Write::Install(_, plan)
        | Write::Delete(plan)
        | Write::DeleteOlder { than: plan, .. }
        | Write::Observe(plan) => Some(plan),
        _ => None,
    });
    let epochs = transaction.preconditions().filter_map(|asked| match asked {
        Precondition::LockIs(epoch) => Some(epoch),
        _ => None,
    });
    (asked.chain(written), epochs)
}

impl<E: Enactor<Local: Finite>> EveryGeneration<E> {
    /// What the store, the planner and the enactors' memories refer to.
    pub(super) fn references(&self, state: &SystemState<E::Local>) -> Known {
        let store = &state.store;
        let recorded = [store.observed(), state.newest].into_iter().flatten();
        let mut known = Known {
            generations: store.references().bits().union(recorded.collect()),
            epochs: store.lock().bit(),
            newest: state.newest,
        };
        for (_, local) in state.members() {
            known.add(&Known::to_local(local));
        }
        known
    }

    /// The pattern of a state in which operators will turn to the plans in `remembered`.
    ///
    /// # Errors
    ///
    /// If there are more generations or epochs than can be named; if there is a lease.
    pub(super) fn pattern(
        &self,
        state: &SystemState<E::Local>,
        remembered: PlanBits,
    ) -> Result<Pattern<E::Local>, Dependence> {
        if state.store.lease() != Lease::default() {
            return Err(Dependence::Lease);
        }
        let mut known = self.references(state);
        let existing = remembered.intersection(state.store.plans().bits());
        let remembered = existing.difference(known.generations);
        known.generations = known.generations.union(remembered);
        let mut kept = *state;
        kept.store = kept.store.with_only(known.generations);
        let renaming = Renaming::smallest(&known, self.gap)?;
        Ok(Pattern {
            state: renaming.state(&kept),
            remembered: renaming.plans(remembered),
        })
    }
}
