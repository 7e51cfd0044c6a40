//! What a state is made of, said once: exact storage and renaming follow from it.
//!
//! Derive [`Finite`](trait@Finite) for a state and everything in it. Then [`to_word`] and [`from_word`] are an
//! [`Encode`](crate::Encode), and a [`Renaming`] is a permutation for [`Symmetric`](crate::Symmetric):
//!
//! ```
//! use planwright_model::finite::{Renaming, from_word, to_word};
//! use planwright_model::{Encode, Finite, Model, Symmetric, smallest_of_orbit};
//!
//! /// A token that is passed on among three processes, each of which may have gone.
//! #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Finite)]
//! struct State {
//!     #[finite(process < 3)]
//!     holder: u8,
//!     #[finite(0..=9)]
//!     passed: u8,
//!     #[finite(per_process)]
//!     gone: [bool; 3],
//! }
//!
//! #[derive(Clone, Copy, Debug, PartialEq, Finite)]
//! enum Action {
//!     Pass(#[finite(process)] u8),
//!     Go(#[finite(process)] u8),
//! }
//!
//! struct Ring;
//!
//! impl Model for Ring {
//!     // ...
//! #   type State = State;
//! #   type Action = Action;
//! #   fn init_states(&self) -> Vec<State> {
//! #       (0..3).map(|holder| State { holder, passed: 0, gone: [false; 3] }).collect()
//! #   }
//! #   fn actions(&self, state: &State, actions: &mut Vec<Action>) {
//! #       let there = (0..3).filter(|i| !state.gone[usize::from(*i)] && *i != state.holder);
//! #       actions.extend(there.flat_map(|i| [Action::Pass(i), Action::Go(i)]));
//! #   }
//! #   fn next_state(&self, state: &State, action: Action) -> Option<State> {
//! #       let mut next = *state;
//! #       match action {
//! #           Action::Pass(to) => (next.holder, next.passed) = (to, (state.passed + 1).min(9)),
//! #           Action::Go(who) => next.gone[usize::from(who)] = true,
//! #       }
//! #       Some(next)
//! #   }
//! }
//!
//! impl Encode for Ring {
//!     type Code = u64;
//!     fn encode(&self, state: &State) -> Option<u64> {
//!         to_word(*state)
//!     }
//!     fn decode(&self, word: u64) -> State {
//!         from_word(word)
//!     }
//! }
//!
//! impl Symmetric for Ring {
//!     type Permutation = Renaming;
//!     fn permutations(&self) -> Vec<Renaming> {
//!         Renaming::all(3)
//!     }
//!     fn permute(&self, renaming: &Renaming, state: &State) -> State {
//!         renaming.of(*state)
//!     }
//!     fn permute_action(&self, renaming: &Renaming, action: &Action) -> Action {
//!         renaming.of(*action)
//!     }
//!     fn canonical(&self, state: &State) -> State {
//!         smallest_of_orbit(self, state)
//!     }
//! }
//!
//! let state = State { holder: 2, passed: 5, gone: [true, false, false] };
//! assert_eq!(Ring.decode(Ring.encode(&state).unwrap()), state);
//! // Process 0, and not process 2, has gone or not, and holds the token or not.
//! let renamed = State { holder: 0, passed: 5, gone: [false, false, true] };
//! assert_eq!(Ring.canonical(&state), renamed);
//! ```
//!
//! # What can be said of a field
//!
//! | attribute | the field is |
//! |---|---|
//! | none | made of what its type is made of: a type that derives `Finite`, `bool`, `u8`, `u16`, `u32`, an option, a tuple or a small array of such types |
//! | `#[finite(1..=4)]`, `#[finite(0..LIMIT)]` | a number within these bounds, or an option or an array of such numbers |
//! | `#[finite(process)]`, `#[finite(process < 4)]` | the number of an interchangeable process, which a [`Renaming`] changes |
//! | `#[finite(per_process)]` | an array with a place for each process, which a [`Renaming`] exchanges |
//!
//! Bounds make words smaller. A number outside them fits no word, and an exploration then ends and says so.
//!
//! # What does not compile
//!
//! A field that may have any value at all; say which ones it has.
//!
//! ```compile_fail,E0277
//! use planwright_model::Finite;
//! #[derive(Clone, Copy, Finite)]
//! struct Counter {
//!     value: u64, // mend it by `#[finite(0..=9)]`
//! }
//! ```
//! ```compile_fail,E0277
//! use planwright_model::Finite;
//! #[derive(Clone, Copy, Finite)]
//! struct Named {
//!     name: &'static str, // mend it by an enum
//! }
//! ```
//!
//! An attribute that says nothing; the message names the field and what can be written.
//!
//! ```compile_fail
//! use planwright_model::Finite;
//! #[derive(Clone, Copy, Finite)]
//! struct Counter {
//!     #[finite(9)] // mend it by `#[finite(0..=9)]`
//!     value: u8,
//! }
//! ```
//!
//! Places for processes that are no array.
//!
//! ```compile_fail,E0277
//! use planwright_model::Finite;
//! #[derive(Clone, Copy, Finite)]
//! struct Gone {
//!     #[finite(per_process)] // mend it by `[bool; 8]`
//!     gone: u8,
//! }
//! ```
//!
//! A type without values, one that does not say which field it has, an attribute that is not on a field.
//!
//! ```compile_fail
//! #[derive(Clone, Copy, planwright_model::Finite)]
//! enum Never {}
//! ```
//! ```compile_fail
//! #[derive(Clone, Copy, planwright_model::Finite)]
//! union Either {
//!     one: u8,
//!     other: bool,
//! }
//! ```
//! ```compile_fail
//! #[derive(Clone, Copy, planwright_model::Finite)]
//! #[finite(0..=9)]
//! struct Counter(u8);
//! ```
//!
//! A state with more values than there are words; bound its numbers, or encode it as bytes.
//!
//! ```compile_fail,E0080
//! use planwright_model::finite::to_word;
//! to_word([0_u32; 2]);
//! ```

mod parts;
mod renaming;
mod visitor;
mod word;

pub use parts::{Number, PerProcess};
pub use renaming::Renaming;
pub use visitor::{Kind, Rest, Visitor, ends};
pub use word::{from_word, to_word};

/// A value that says which values it has and what it is made of. Derive it: the [module](self) shows how.
///
/// By hand it is one function, which shows a [`Visitor`] every part of the value in an order of its own, and
/// builds the result from the parts that it gets back. The same function writes a value, reads one, renames
/// what is in it and notes what it refers to, so these cannot disagree:
///
/// ```
/// use planwright_model::finite::{Finite, Visitor, from_word, to_word};
///
/// /// A clock with hands.
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// struct Clock {
///     minutes: u16,
/// }
///
/// impl Finite for Clock {
///     const VALUES: u64 = 12 * 60;
///     const ANY: Self = Self { minutes: 0 };
///     fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
///         let minutes = visitor.number(self.minutes.into(), Self::VALUES) as u16;
///         Self { minutes }
///     }
/// }
///
/// let noon = Clock { minutes: 0 };
/// assert_eq!(from_word::<(Clock, bool)>(to_word((noon, true)).unwrap()), (noon, true));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which values it has, so it cannot be part of a state that is stored whole",
    label = "not `Finite`",
    note = "derive `Finite` for the type of the field; give a number its bounds, as in `#[finite(0..=9)]`"
)]
pub trait Finite: Copy {
    /// How many values there are at most; [`u64::MAX`] for as many or more.
    const VALUES: u64;

    /// Any of them, in whose place another one is read.
    const ANY: Self;

    /// Shows the visitor every part, and builds a value from what it gives back.
    ///
    /// Different values differ in what is shown. What comes after a number may depend on the number that the
    /// visitor gave back, not on the one that was shown.
    #[must_use]
    fn visit<V: Visitor>(self, visitor: &mut V) -> Self;

    /// The same for a value that there may not be: by default one more case.
    #[inline]
    fn visit_option<V: Visitor>(option: Option<Self>, visitor: &mut V) -> Option<Self> {
        let cases = const { &ends([1, Self::VALUES]) };
        let (case, rest) = visitor.case(option.is_some().into(), cases);
        let option = (case == 1).then(|| option.unwrap_or(Self::ANY).visit(visitor));
        visitor.end(rest);
        option
    }
}
