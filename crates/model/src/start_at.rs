//! A model started elsewhere.

use std::borrow::Cow;
use std::fmt;

use stateright::Model;

use crate::{ActionClasses, Depict, Picture, Refusal, Remark};

/// The same model, started from given states instead of its own initial ones: what can still happen
/// from here?
///
/// It has no properties of its own, because those of the model were declared for its own initial
/// states.
///
/// ```
/// use planwright_model::{Model, StartAt};
///
/// struct Countdown;
///
/// impl Model for Countdown {
///     type State = u8;
///     type Action = ();
///     fn init_states(&self) -> Vec<u8> {
///         vec![10]
///     }
///     fn actions(&self, left: &u8, actions: &mut Vec<()>) {
///         actions.extend((*left > 0).then_some(()));
///     }
///     fn next_state(&self, left: &u8, (): ()) -> Option<u8> {
///         left.checked_sub(1)
///     }
/// }
///
/// assert_eq!(StartAt::new(&Countdown, vec![3]).init_states(), [3]);
/// ```
pub struct StartAt<'m, M: Model> {
    model: &'m M,
    states: Vec<M::State>,
}

impl<'m, M: Model> StartAt<'m, M> {
    /// `model`, started from `states`. They need not be reachable in it.
    pub fn new(model: &'m M, states: Vec<M::State>) -> Self {
        Self { model, states }
    }

    /// The model as it is.
    pub fn model(&self) -> &'m M {
        self.model
    }
}

impl<M: Model> Model for StartAt<'_, M>
where
    M::State: Clone,
{
    type State = M::State;
    type Action = M::Action;

    fn init_states(&self) -> Vec<Self::State> {
        self.states.clone()
    }

    fn actions(&self, state: &Self::State, actions: &mut Vec<Self::Action>) {
        self.model.actions(state, actions);
    }

    fn next_state(&self, last: &Self::State, action: Self::Action) -> Option<Self::State> {
        self.model.next_state(last, action)
    }

    fn within_boundary(&self, state: &Self::State) -> bool {
        self.model.within_boundary(state)
    }

    fn format_action(&self, action: &Self::Action) -> String
    where
        Self::Action: fmt::Debug,
    {
        self.model.format_action(action)
    }

    fn format_step(&self, last: &Self::State, action: Self::Action) -> Option<String>
    where
        Self::State: fmt::Debug,
    {
        self.model.format_step(last, action)
    }
}

impl<M: Model> fmt::Debug for StartAt<'_, M>
where
    M::State: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StartAt")
            .field("states", &self.states)
            .finish_non_exhaustive()
    }
}

impl<M: ActionClasses> ActionClasses for StartAt<'_, M>
where
    M::State: Clone,
{
    fn action_classes(&self) -> Vec<Cow<'static, str>> {
        self.model.action_classes()
    }

    fn action_class(&self, action: &Self::Action) -> usize {
        self.model.action_class(action)
    }
}

impl<M: Depict> Depict for StartAt<'_, M>
where
    M::State: Clone,
{
    fn lanes(&self) -> Vec<String> {
        self.model.lanes()
    }

    fn actor(&self, action: &M::Action) -> String {
        self.model.actor(action)
    }

    fn deed(&self, action: &M::Action) -> String {
        self.model.deed(action)
    }

    fn picture(&self, state: &M::State) -> Picture {
        self.model.picture(state)
    }

    fn remarks(&self, before: &M::State, action: &M::Action, after: &M::State) -> Vec<Remark> {
        self.model.remarks(before, action, after)
    }

    fn remarks_on_last(&self, steps: &[(&M::State, &M::Action)], end: &M::State) -> Vec<Remark> {
        self.model.remarks_on_last(steps, end)
    }

    fn refusals(&self, state: &M::State) -> Vec<Refusal> {
        self.model.refusals(state)
    }
}
