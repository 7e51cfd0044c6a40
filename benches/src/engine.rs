//! The engines that are compared.

use std::hash::Hash;

use planwright_checker::{Checker, Model};
use stateright::{Checker as _, Property};

/// Explores all of `model` with Planwright, checking one invariant; returns the number of states.
pub fn ours<M>(model: &M, threads: usize, holds: fn(&M, &M::State) -> bool) -> u64
where
    M: Model + Sync,
    M::State: Clone + Hash + Eq + Send + Sync,
    M::Action: Clone + PartialEq + Send + Sync,
{
    let report = Checker::new(model)
        .without_model_properties()
        .always("invariant", move |state| holds(model, state))
        .exhaustive()
        .threads(threads)
        .run();
    report.statistics().states
}

/// The same with Stateright's breadth-first checker.
pub fn theirs<M>(model: M, threads: usize, holds: fn(&M, &M::State) -> bool) -> u64
where
    M: Model + Send + Sync + 'static,
    M::State: Clone + PartialEq + Hash + Send + Sync + 'static,
    M::Action: Clone + PartialEq + Send + Sync,
{
    let one = OneInvariant { model, holds };
    let checker = one.checker().threads(threads).spawn_bfs().join();
    checker.unique_state_count() as u64
}

/// A model with one invariant, and a second one that never fails: Stateright stops when every
/// property has a counterexample, and the comparison is about whole state spaces.
struct OneInvariant<M: Model> {
    model: M,
    holds: fn(&M, &M::State) -> bool,
}

impl<M: Model> Model for OneInvariant<M> {
    type State = M::State;
    type Action = M::Action;

    fn init_states(&self) -> Vec<M::State> {
        self.model.init_states()
    }

    fn actions(&self, state: &M::State, actions: &mut Vec<M::Action>) {
        self.model.actions(state, actions);
    }

    fn next_state(&self, last: &M::State, action: M::Action) -> Option<M::State> {
        self.model.next_state(last, action)
    }

    fn within_boundary(&self, state: &M::State) -> bool {
        self.model.within_boundary(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("invariant", |one: &Self, state| {
                (one.holds)(&one.model, state)
            }),
            Property::always("true", |_, _| true),
        ]
    }
}
