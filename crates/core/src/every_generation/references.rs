//! What refers to which generation, and states without what nothing refers to.

use super::Pattern;
use super::renaming::{Renaming, packed};
use crate::{Enactor, Lease, PackLocal, PlanSet, SystemState, UpdateSystem};

/// The generations that the store and the planner refer to, contents of reissued plans left out.
fn shared<L, const A: usize, const B: usize>(state: &SystemState<L, A, B>) -> PlanSet {
    let store = &state.store;
    let recorded = [store.observed(), state.newest];
    recorded
        .into_iter()
        .flatten()
        .fold(store.references(), PlanSet::with)
}

/// What is told apart in a state from which everything was forgotten that nothing refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) generations: PlanSet,
    /// Lock epochs, as bits.
    pub(super) epochs: u64,
}

impl<E: Enactor<Local: PackLocal>, const A: usize, const B: usize> UpdateSystem<E, A, B> {
    /// The largest gap that this system tells apart: the protocol's, and 1 for the operators.
    pub(crate) fn largest_gap(&self) -> u8 {
        self.enactor.largest_gap().max(1)
    }

    /// The state without what nothing refers to, and without plans in `remembered` that something
    /// does refer to; and what is left.
    pub(super) fn forgetful(
        &self,
        state: &SystemState<E::Local, A, B>,
        remembered: PlanSet,
    ) -> (Pattern<E::Local, A, B>, Left) {
        assert!(
            state.store.lease() == Lease::default(),
            "fencing tokens are not renamed, so a protocol with a lease cannot be explored for every \
             number of generations; give its planner a bound"
        );
        let mut pattern = Pattern {
            state: *state,
            remembered,
        };
        // Forgetting a reissued plan lets go of the plan whose content it repeats.
        loop {
            let before = pattern;
            let left = self.forget_once(&mut pattern);
            if pattern == before {
                return (pattern, left);
            }
        }
    }

    fn forget_once(&self, pattern: &mut Pattern<E::Local, A, B>) -> Left {
        let Pattern { state, remembered } = pattern;
        let shared = shared(state);
        let held = state
            .locals
            .map(|local| self.holds_by_itself(&local, state));
        let referenced = held[..self.enactors].iter();
        let referenced = referenced.fold(shared, |all, held| all.union(*held));
        *remembered = remembered
            .intersection(state.store.plans())
            .difference(referenced);

        let contents = state.store.reissued().map(|(_, content)| content);
        let base = contents.fold(shared.union(*remembered), PlanSet::with);
        // What a reissued plan repeats can be reached through it.
        let mut left = referenced.union(base);
        let lock = state.store.lock().byte();
        assert!(lock < 64, "more than 63 lock grants cannot be told apart");
        let mut epochs = 1 << lock;
        // All at once, so that the order of enactors makes no difference.
        for enactor in 0..self.enactors {
            let others = (0..self.enactors).filter(|other| *other != enactor);
            let others = others.fold(base, |others, other| others.union(held[other]));
            let local = self
                .enactor
                .forget(&state.locals[enactor], &state.store, others);
            let packed = packed(&local);
            left = left.union(packed.generations());
            epochs |= packed.epochs();
            state.locals[enactor] = local;
        }
        state.store = state.store.with_only(left);
        let contents = state.store.reissued().map(|(_, content)| content);
        Left {
            generations: contents.fold(left, PlanSet::with),
            epochs,
        }
    }

    /// What an enactor refers to whatever anybody else does.
    fn holds_by_itself(&self, local: &E::Local, state: &SystemState<E::Local, A, B>) -> PlanSet {
        let alone = self.enactor.forget(local, &state.store, PlanSet::EMPTY);
        packed(&alone).generations()
    }

    /// The pattern of a state.
    pub(crate) fn pattern(
        &self,
        state: &SystemState<E::Local, A, B>,
        remembered: PlanSet,
    ) -> Pattern<E::Local, A, B> {
        let (forgetful, left) = self.forgetful(state, remembered);
        let renaming = Renaming::smallest(left, self.largest_gap());
        self.renamed(&forgetful, &renaming)
    }

    pub(crate) fn renamed(
        &self,
        pattern: &Pattern<E::Local, A, B>,
        renaming: &Renaming,
    ) -> Pattern<E::Local, A, B> {
        let Pattern {
            mut state,
            remembered,
        } = *pattern;
        state.store = state.store.renamed(renaming);
        state.newest = state.newest.map(|newest| renaming.generation(newest));
        for local in &mut state.locals[..self.enactors] {
            *local = renaming.local(local);
        }
        let remembered = renaming.plans(remembered);
        Pattern { state, remembered }
    }
}
