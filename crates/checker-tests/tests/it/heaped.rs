//! Any model of bytes with its states on the heap, of which the engine drops the known ones at once.

use planwright_checker::Model;

/// The same model with boxed states.
pub(crate) struct Heaped<'m, M>(pub(crate) &'m M);

impl<M: Model<State = u8>> Model for Heaped<'_, M> {
    type State = Box<u8>;
    type Action = M::Action;

    fn init_states(&self) -> Vec<Box<u8>> {
        self.0.init_states().into_iter().map(Box::new).collect()
    }

    fn actions(&self, state: &Box<u8>, actions: &mut Vec<M::Action>) {
        self.0.actions(state, actions);
    }

    fn next_state(&self, state: &Box<u8>, action: M::Action) -> Option<Box<u8>> {
        self.0.next_state(state, action).map(Box::new)
    }

    fn within_boundary(&self, state: &Box<u8>) -> bool {
        self.0.within_boundary(state)
    }
}
