//! A model whose steps are listed another way.

use std::borrow::Cow;
use std::fmt;

use stateright::Model;

use crate::{ActionClasses, Encode, Symmetric};

type List<'m, M> =
    dyn Fn(&M, &<M as Model>::State, &mut Vec<<M as Model>::Action>) + Send + Sync + 'm;

/// The same model, except that something else says which actions there are: fewer of them, or the
/// model's own under observation. What an action does stays as it is.
///
/// For mutants of a model: what if this kind of step did not exist?
///
/// It has no properties of its own, because those of the model name the model's own type.
///
/// ```
/// use planwright_model::{Model, WithActions};
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
/// let only_by_two = WithActions::new(&Countdown, |model, left, actions| {
///     model.actions(left, actions);
///     actions.retain(|by| *by == 2);
/// });
/// assert_eq!(only_by_two.next_states(&10), [8]);
/// ```
pub struct WithActions<'m, M: Model> {
    model: &'m M,
    list: Box<List<'m, M>>,
}

impl<'m, M: Model> WithActions<'m, M> {
    /// `model`, whose actions in a state are what `list` adds to the vector. `list` must be a pure
    /// function of its first two arguments, as [`Model::actions`] is.
    pub fn new(
        model: &'m M,
        list: impl Fn(&M, &M::State, &mut Vec<M::Action>) + Send + Sync + 'm,
    ) -> Self {
        let list = Box::new(list);
        Self { model, list }
    }

    /// `model` as it is, for where the unchanged model and its mutants must have one type.
    pub fn unchanged(model: &'m M) -> Self {
        Self::new(model, M::actions)
    }

    /// `model` without the actions of this class, an index into its
    /// [`action_classes`](ActionClasses::action_classes).
    pub fn without_class(model: &'m M, class: usize) -> Self
    where
        M: ActionClasses,
    {
        Self::new(model, move |model, state, actions| {
            model.actions(state, actions);
            actions.retain(|action| model.action_class(action) != class);
        })
    }

    /// The model as it is.
    pub fn model(&self) -> &'m M {
        self.model
    }
}

impl<M: Model> Model for WithActions<'_, M> {
    type State = M::State;
    type Action = M::Action;

    fn init_states(&self) -> Vec<Self::State> {
        self.model.init_states()
    }

    fn actions(&self, state: &Self::State, actions: &mut Vec<Self::Action>) {
        (self.list)(self.model, state, actions);
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

impl<M: Model> fmt::Debug for WithActions<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WithActions").finish_non_exhaustive()
    }
}

impl<M: ActionClasses> ActionClasses for WithActions<'_, M> {
    fn action_classes(&self) -> Vec<Cow<'static, str>> {
        self.model.action_classes()
    }

    #[inline]
    fn action_class(&self, action: &Self::Action) -> usize {
        self.model.action_class(action)
    }
}

impl<M: Encode> Encode for WithActions<'_, M> {
    type Code = M::Code;

    #[inline]
    fn encode(&self, state: &Self::State) -> Option<Self::Code> {
        self.model.encode(state)
    }

    #[inline]
    fn decode(&self, code: Self::Code) -> Self::State {
        self.model.decode(code)
    }
}

/// Sound only if the list of actions does not tell interchangeable parts apart either.
impl<M: Symmetric> Symmetric for WithActions<'_, M> {
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
