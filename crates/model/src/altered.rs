//! A model started elsewhere, or with other steps.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use stateright::Model;

use crate::{ActionClasses, Depict, Encode, Picture, Refusal, Remark, Symmetric};

type Start<'m, S> = dyn Fn() -> Vec<S> + Send + Sync + 'm;

type List<'m, M> =
    dyn Fn(&M, &<M as Model>::State, &mut Vec<<M as Model>::Action>) + Send + Sync + 'm;

/// The same model, except that it starts in other states, or that something else says which actions there
/// are. What an action does stays as it is.
///
/// The planwright checker has both as options: `Checker::starting_at` and `Checker::listing`. This is for
/// where a [`Model`] is asked for.
///
/// It has no properties of its own, because those of the model name the model's own type.
///
/// ```
/// use planwright_model::{Altered, Model};
///
/// struct Countdown;
///
/// impl Model for Countdown {
///     type State = u8;
///     type Action = u8;
///     fn init_states(&self) -> Vec<u8> {
///         vec![10]
///     }
///     fn actions(&self, _: &u8, actions: &mut Vec<u8>) {
///         actions.extend([1, 2]);
///     }
///     fn next_state(&self, left: &u8, by: u8) -> Option<u8> {
///         left.checked_sub(by)
///     }
/// }
///
/// let altered = Altered::of(&Countdown).starting_at(vec![3]);
/// let altered = altered.listing(|model, left, actions| {
///     model.actions(left, actions);
///     actions.retain(|by| *by == 2);
/// });
/// assert_eq!(altered.init_states(), [3]);
/// assert_eq!(altered.next_states(&3), [1]);
/// ```
pub struct Altered<'m, M: Model> {
    model: &'m M,
    start: Option<Arc<Start<'m, M::State>>>,
    list: Option<Arc<List<'m, M>>>,
}

impl<'m, M: Model> Altered<'m, M> {
    /// The model, unaltered so far.
    pub fn of(model: &'m M) -> Self {
        Self {
            model,
            start: None,
            list: None,
        }
    }

    /// Starts in these states, which need not be reachable in the model.
    #[must_use]
    pub fn starting_at(mut self, states: Vec<M::State>) -> Self
    where
        M::State: Clone + Send + Sync + 'm,
    {
        self.start = Some(Arc::new(move || states.clone()));
        self
    }

    /// The actions in a state are those that `list` adds to the vector. It must be a pure function of its
    /// first two arguments, as [`Model::actions`] is.
    #[must_use]
    pub fn listing(
        mut self,
        list: impl Fn(&M, &M::State, &mut Vec<M::Action>) + Send + Sync + 'm,
    ) -> Self {
        self.list = Some(Arc::new(list));
        self
    }

    /// The model as it is.
    pub fn model(&self) -> &'m M {
        self.model
    }

    /// Whether anything is altered.
    pub fn is_altered(&self) -> bool {
        self.start.is_some() || self.list.is_some()
    }
}

impl<M: Model> Model for Altered<'_, M> {
    type State = M::State;
    type Action = M::Action;

    fn init_states(&self) -> Vec<Self::State> {
        match &self.start {
            Some(start) => start(),
            None => self.model.init_states(),
        }
    }

    #[inline]
    fn actions(&self, state: &Self::State, actions: &mut Vec<Self::Action>) {
        match &self.list {
            Some(list) => list(self.model, state, actions),
            None => self.model.actions(state, actions),
        }
    }

    #[inline]
    fn next_state(&self, last: &Self::State, action: Self::Action) -> Option<Self::State> {
        self.model.next_state(last, action)
    }

    #[inline]
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

impl<M: Model> Clone for Altered<'_, M> {
    fn clone(&self) -> Self {
        Self {
            model: self.model,
            start: self.start.clone(),
            list: self.list.clone(),
        }
    }
}

impl<M: Model> fmt::Debug for Altered<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Altered")
            .field("starts elsewhere", &self.start.is_some())
            .field("lists other actions", &self.list.is_some())
            .finish_non_exhaustive()
    }
}

impl<M: ActionClasses> ActionClasses for Altered<'_, M> {
    fn action_classes(&self) -> Vec<Cow<'static, str>> {
        self.model.action_classes()
    }

    #[inline]
    fn action_class(&self, action: &Self::Action) -> usize {
        self.model.action_class(action)
    }
}

impl<M: Encode> Encode for Altered<'_, M> {
    type Code = M::Code;

    #[inline(always)]
    fn encode(&self, state: &Self::State) -> Option<Self::Code> {
        self.model.encode(state)
    }

    #[inline(always)]
    fn decode(&self, code: Self::Code) -> Self::State {
        self.model.decode(code)
    }
}

/// Sound only if neither the initial states nor the list of actions tell interchangeable parts apart.
impl<M: Symmetric> Symmetric for Altered<'_, M> {
    type Permutation = M::Permutation;

    fn permutations(&self) -> Vec<Self::Permutation> {
        self.model.permutations()
    }

    fn permute(&self, permutation: &Self::Permutation, state: &Self::State) -> Self::State {
        self.model.permute(permutation, state)
    }

    fn permute_action(
        &self,
        permutation: &Self::Permutation,
        action: &Self::Action,
    ) -> Self::Action {
        self.model.permute_action(permutation, action)
    }

    #[inline]
    fn canonical(&self, state: &Self::State) -> Self::State {
        self.model.canonical(state)
    }
}

impl<M: Depict> Depict for Altered<'_, M> {
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
