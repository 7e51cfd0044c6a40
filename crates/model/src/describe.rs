//! What a model says of itself, for the statement that goes with a verdict.

use stateright::Model;

/// What a verdict about a model rests on, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// What the model is called.
    pub name: String,
    /// Its size and switches, by name, in order.
    pub parameters: Vec<(String, String)>,
    /// What was made finite that is not, by name, in order: how many generations, crashes, messages.
    pub bounds: Vec<(String, String)>,
    /// What is taken for granted: what is atomic, what cannot happen.
    pub assumptions: Vec<String>,
}

/// A model that can describe itself.
///
/// ```
/// use planwright_model::{Describe, Description, Model};
///
/// struct Counter(u8);
///
/// impl Model for Counter {
///     type State = u8;
///     type Action = ();
///     fn init_states(&self) -> Vec<u8> {
///         vec![0]
///     }
///     fn actions(&self, _: &u8, actions: &mut Vec<()>) {
///         actions.push(());
///     }
///     fn next_state(&self, state: &u8, _: ()) -> Option<u8> {
///         (*state < self.0).then_some(state + 1)
///     }
/// }
///
/// impl Describe for Counter {
///     fn describe(&self) -> Description {
///         Description {
///             name: "counter".to_owned(),
///             bounds: vec![("largest number".to_owned(), self.0.to_string())],
///             ..Description::default()
///         }
///     }
///     fn is_at_bound(&self, _: usize, state: &u8) -> bool {
///         *state == self.0
///     }
/// }
///
/// assert!(Counter(3).is_at_bound(0, &3));
/// ```
pub trait Describe: Model {
    /// The description.
    fn describe(&self) -> Description;

    /// Whether the bound with this number, from 0 in the order of [`Description::bounds`], keeps
    /// something from happening in this state.
    fn is_at_bound(&self, bound: usize, state: &Self::State) -> bool;
}
