use std::hash::Hash;

use stateright::{Checker, Model, Property};

/// The number of distinct states Stateright's own breadth-first search finds in `model`, on one
/// thread and without limits.
///
/// # Panics
///
/// If the model panics.
pub fn stateright_unique<M>(model: M) -> usize
where
    M: Model + Send + Sync + 'static,
    M::State: Clone + Hash + PartialEq + Send + Sync + 'static,
    M::Action: Clone + PartialEq + Send + Sync + 'static,
{
    Unbounded(model)
        .checker()
        .threads(1)
        .spawn_bfs()
        .join()
        .unique_state_count()
}

/// A model whose only property is never settled: Stateright stops as soon as every property has
/// been discovered, and at once when there is none.
struct Unbounded<M>(M);

impl<M: Model> Model for Unbounded<M> {
    type State = M::State;
    type Action = M::Action;

    fn init_states(&self) -> Vec<M::State> {
        self.0.init_states()
    }

    fn actions(&self, state: &M::State, actions: &mut Vec<M::Action>) {
        self.0.actions(state, actions);
    }

    fn next_state(&self, state: &M::State, action: M::Action) -> Option<M::State> {
        self.0.next_state(state, action)
    }

    fn within_boundary(&self, state: &M::State) -> bool {
        self.0.within_boundary(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("true", |_, _| true)]
    }
}
