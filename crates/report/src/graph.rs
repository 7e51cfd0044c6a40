//! The whole graph of a small model.

use std::collections::HashMap;
use std::hash::Hash;

use planwright_model::Depict;

/// A graph is larger than asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the graph has more than {most} states, which is too large to be written in this form; lower a bound of \
     the model, raise the limit, or write a schedule instead"
)]
pub struct GraphError {
    /// How many states there may be.
    pub most: usize,
}

/// All states that can be reached, and all steps between them.
pub(crate) struct Graph<S> {
    /// Initial states first.
    pub(crate) states: Vec<S>,
    pub(crate) initial: usize,
    /// From, what is done by whom, to.
    pub(crate) steps: Vec<(usize, String, usize)>,
}

impl<S: Clone + Eq + Hash> Graph<S> {
    /// The states within the model's boundary, breadth first.
    pub(crate) fn of<M>(model: &M, most: usize) -> Result<Self, GraphError>
    where
        M: Depict<State = S>,
        M::Action: Clone,
    {
        let mut places = HashMap::new();
        let mut states: Vec<S> = Vec::new();
        let mut place = |states: &mut Vec<S>, state: S| -> Result<usize, GraphError> {
            if let Some(place) = places.get(&state) {
                return Ok(*place);
            }
            if states.len() == most {
                return Err(GraphError { most });
            }
            places.insert(state.clone(), states.len());
            states.push(state);
            Ok(states.len() - 1)
        };
        for state in model.init_states() {
            if model.within_boundary(&state) {
                place(&mut states, state)?;
            }
        }
        let initial = states.len();
        let (mut steps, mut actions) = (Vec::new(), Vec::new());
        let mut from = 0;
        while let Some(state) = states.get(from).cloned() {
            model.actions(&state, &mut actions);
            for action in actions.drain(..) {
                let Some(next) = model.next_state(&state, action.clone()) else {
                    continue;
                };
                if model.within_boundary(&next) {
                    let to = place(&mut states, next)?;
                    let label = format!("{} {}", model.actor(&action), model.deed(&action));
                    steps.push((from, label, to));
                }
            }
            from += 1;
        }
        Ok(Self {
            states,
            initial,
            steps,
        })
    }
}
