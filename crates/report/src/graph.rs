//! The whole graph of a small model.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};

use planwright_model::Depict;

/// A graph is larger than asked for, or no longer wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// There are too many states.
    #[error(
        "the graph has more than {most} states, which is too large to be written in this form; lower a bound of \
         the model, raise the limit, or write a schedule instead"
    )]
    TooLarge {
        /// How many states there may be.
        most: usize,
    },
    /// The [interrupt](GraphLimits::interrupt) came first.
    #[error("interrupted before the graph was complete")]
    Interrupted,
}

/// When a graph is given up; a number is that of states.
#[derive(Clone, Copy, Debug)]
pub struct GraphLimits<'a> {
    states: usize,
    interrupt: Option<&'a AtomicBool>,
}

impl<'a> GraphLimits<'a> {
    /// If there are more states.
    pub fn states(states: usize) -> Self {
        Self {
            states,
            interrupt: None,
        }
    }

    /// Also as soon as this flag is raised.
    #[must_use]
    pub fn interrupt(self, interrupt: &'a AtomicBool) -> Self {
        Self {
            interrupt: Some(interrupt),
            ..self
        }
    }

    fn is_interrupted(&self) -> bool {
        self.interrupt
            .is_some_and(|interrupt| interrupt.load(Ordering::Relaxed))
    }
}

impl From<usize> for GraphLimits<'_> {
    fn from(states: usize) -> Self {
        Self::states(states)
    }
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
    pub(crate) fn of<M>(model: &M, limits: GraphLimits<'_>) -> Result<Self, GraphError>
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
            if states.len() == limits.states {
                return Err(GraphError::TooLarge {
                    most: limits.states,
                });
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
            if limits.is_interrupted() {
                return Err(GraphError::Interrupted);
            }
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
