//! Named kinds of action.

use std::borrow::Cow;

use stateright::Model;

/// Names the kinds of action a model has, so that a report can count how often each one fired and
/// name the ones that never did.
///
/// A kind that never fires is a finding: a safeguard that refuses nothing, a fault that was never
/// injected, a clean-up that had nothing to delete. Without this trait a checker can count only
/// the kinds it has seen.
///
/// # Example
///
/// ```
/// use std::borrow::Cow;
/// use planwright_model::{ActionClasses, Model};
///
/// struct Lamp;
///
/// impl Model for Lamp {
///     type State = bool;
///     type Action = bool;
///     fn init_states(&self) -> Vec<bool> {
///         vec![false]
///     }
///     fn actions(&self, _: &bool, actions: &mut Vec<bool>) {
///         actions.extend([false, true]);
///     }
///     fn next_state(&self, _: &bool, action: bool) -> Option<bool> {
///         Some(action)
///     }
/// }
///
/// impl ActionClasses for Lamp {
///     fn action_classes(&self) -> Vec<Cow<'static, str>> {
///         vec!["switch off".into(), "switch on".into()]
///     }
///     fn action_class(&self, action: &bool) -> usize {
///         usize::from(*action)
///     }
/// }
///
/// assert_eq!(Lamp.action_classes()[Lamp.action_class(&true)], "switch on");
/// ```
pub trait ActionClasses: Model {
    /// The names of all classes that can occur in this model as it is configured, in the order in
    /// which a report lists them.
    fn action_classes(&self) -> Vec<Cow<'static, str>>;

    /// The class of `action`, an index into [`action_classes`](Self::action_classes).
    ///
    /// Called for every transition: it should be a `match`, not a search.
    fn action_class(&self, action: &Self::Action) -> usize;
}
