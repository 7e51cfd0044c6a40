//! Schedules: the states and actions from an initial state to a state of interest.
//!
//! A trace is built by replaying ordinals through the [`Model`] alone. Nothing here knows the
//! search, so what a trace shows is what the model does.

use planwright_model::Model;

/// A schedule: an initial state, then actions, each with the state it leads to.
///
/// Also known as a counterexample or a witness, by what it shows. It has one state more than it
/// has steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace<S, A> {
    initial: u32,
    ordinals: Vec<u32>,
    states: Vec<S>,
    actions: Vec<A>,
}

/// Why a replay line does not fit the model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// A part of the line is not a number.
    #[error(
        "part {part} of the replay line is `{text}`; every part must be a number, as in `0/2/1`"
    )]
    NotANumber {
        /// Which part, from 0.
        part: usize,
        /// What it is.
        text: String,
    },
    /// The model has fewer initial states.
    #[error("there is no initial state {ordinal}: the model has {count}")]
    NoSuchInitialState {
        /// The ordinal asked for, from 0.
        ordinal: u32,
        /// How many initial states there are.
        count: usize,
    },
    /// The state has fewer actions.
    #[error("step {step} takes action {ordinal}, but the state before it has {count}")]
    NoSuchAction {
        /// The step, from 1.
        step: usize,
        /// The ordinal asked for, from 0.
        ordinal: u32,
        /// How many actions the state has.
        count: usize,
    },
    /// The model ignores the action: it has no next state.
    #[error("step {step} takes action {ordinal}, which the model ignores in the state before it")]
    Ignored {
        /// The step, from 1.
        step: usize,
        /// The action's ordinal, from 0.
        ordinal: u32,
    },
}

impl<S, A> Trace<S, A> {
    /// Replays a line such as `0/2/1`: the ordinal of an initial state in `Model::init_states`,
    /// then for each step the ordinal of an action in `Model::actions` (ignored actions count).
    ///
    /// The model's boundary plays no part.
    ///
    /// # Errors
    ///
    /// If the line is not made of numbers or the model has no such state or action.
    ///
    /// # Panics
    ///
    /// If the model panics.
    ///
    /// # Example
    ///
    /// ```
    /// use planwright_checker::{Model, Trace};
    ///
    /// struct Counter;
    ///
    /// impl Model for Counter {
    ///     type State = u8;
    ///     type Action = u8;
    ///     fn init_states(&self) -> Vec<u8> {
    ///         vec![0, 5]
    ///     }
    ///     fn actions(&self, _: &u8, actions: &mut Vec<u8>) {
    ///         actions.extend([1, 10]);
    ///     }
    ///     fn next_state(&self, state: &u8, add: u8) -> Option<u8> {
    ///         state.checked_add(add)
    ///     }
    /// }
    ///
    /// let trace = Trace::replay(&Counter, "1/0/1")?;
    /// assert_eq!(trace.states(), [5, 6, 16]);
    /// assert_eq!(trace.actions(), [1, 10]);
    /// assert_eq!(trace.path(), "1/0/1");
    /// # Ok::<(), planwright_checker::ReplayError>(())
    /// ```
    pub fn replay<M>(model: &M, path: &str) -> Result<Self, ReplayError>
    where
        M: Model<State = S, Action = A>,
        A: Clone,
    {
        let number = |(part, text): (usize, &str)| {
            text.trim().parse().map_err(|_| ReplayError::NotANumber {
                part,
                text: text.to_owned(),
            })
        };
        let numbers: Vec<u32> = path
            .split('/')
            .enumerate()
            .map(number)
            .collect::<Result<_, _>>()?;
        Self::follow(model, numbers[0], &numbers[1..])
    }

    /// Replays ordinals.
    pub(crate) fn follow<M>(model: &M, initial: u32, ordinals: &[u32]) -> Result<Self, ReplayError>
    where
        M: Model<State = S, Action = A>,
        A: Clone,
    {
        let mut candidates = model.init_states();
        let count = candidates.len();
        if initial as usize >= count {
            return Err(ReplayError::NoSuchInitialState {
                ordinal: initial,
                count,
            });
        }
        let mut trace = Self {
            initial,
            ordinals: Vec::with_capacity(ordinals.len()),
            states: vec![candidates.swap_remove(initial as usize)],
            actions: Vec::with_capacity(ordinals.len()),
        };
        for &ordinal in ordinals {
            trace.step(model, ordinal)?;
        }
        Ok(trace)
    }

    /// Takes the step with this number among those that the model does not ignore; `None` if there is
    /// none.
    pub(crate) fn take<M>(&mut self, model: &M, number: u32) -> Option<()>
    where
        M: Model<State = S, Action = A>,
        A: Clone,
    {
        let mut actions = Vec::new();
        model.actions(self.last_state(), &mut actions);
        let taken = |action: &A| {
            model
                .next_state(self.last_state(), action.clone())
                .is_some()
        };
        let mut steps = (0..).zip(&actions).filter(|(_, action)| taken(action));
        let (ordinal, _) = steps.nth(number as usize)?;
        self.step(model, ordinal).ok()
    }

    /// Takes the action with this ordinal.
    pub(crate) fn step<M>(&mut self, model: &M, ordinal: u32) -> Result<(), ReplayError>
    where
        M: Model<State = S, Action = A>,
        A: Clone,
    {
        let step = self.len() + 1;
        let mut actions = Vec::new();
        model.actions(self.last_state(), &mut actions);
        let action = actions
            .get(ordinal as usize)
            .ok_or(ReplayError::NoSuchAction {
                step,
                ordinal,
                count: actions.len(),
            })?;
        let next = model
            .next_state(self.last_state(), action.clone())
            .ok_or(ReplayError::Ignored { step, ordinal })?;
        self.actions.push(action.clone());
        self.ordinals.push(ordinal);
        self.states.push(next);
        Ok(())
    }

    /// Keeps so many steps.
    pub(crate) fn truncate(&mut self, steps: usize) {
        self.states.truncate(steps + 1);
        self.actions.truncate(steps);
        self.ordinals.truncate(steps);
    }

    /// The number of steps.
    #[expect(
        clippy::len_without_is_empty,
        reason = "a trace of no steps still has a state, so it is not empty"
    )]
    pub fn len(&self) -> usize {
        self.actions.len()
    }

    /// The ordinal of the initial state in `Model::init_states`.
    pub fn initial(&self) -> u32 {
        self.initial
    }

    /// The ordinal of each step's action in `Model::actions`.
    pub fn ordinals(&self) -> &[u32] {
        &self.ordinals
    }

    /// The line that [`replay`](Self::replay) takes.
    pub fn path(&self) -> String {
        use std::fmt::Write;
        let mut path = self.initial.to_string();
        for ordinal in &self.ordinals {
            write!(path, "/{ordinal}").expect("writing to a string succeeds");
        }
        path
    }

    /// The states, the initial one first.
    pub fn states(&self) -> &[S] {
        &self.states
    }

    /// The actions, in order.
    pub fn actions(&self) -> &[A] {
        &self.actions
    }

    /// The state the schedule ends in.
    pub fn last_state(&self) -> &S {
        self.states.last().expect("a trace has an initial state")
    }

    /// The steps: state, action, next state.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = (&S, &A, &S)> {
        self.states
            .windows(2)
            .zip(&self.actions)
            .map(|(pair, action)| (&pair[0], action, &pair[1]))
    }
}
