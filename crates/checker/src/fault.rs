//! What can be wrong with a model, whatever its properties.

use std::fmt;

/// A model, or its state type, that breaks a rule every verdict rests on.
///
/// Where a schedule leads to the place, its `path` can be given to
/// [`Trace::replay`](crate::Trace::replay).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The model or a property panicked.
    #[error("{place} panicked: {message}")]
    Panicked {
        /// What was being called.
        place: Place,
        /// The panic's message.
        message: String,
        /// The replay line of the state in which it happened.
        path: Option<String>,
    },
    /// The same question to the model got two answers.
    #[error("the model is not deterministic: {detail}")]
    NotDeterministic {
        /// What differed.
        detail: String,
        /// The replay line of the state in which it happened; absent if the schedule to the state
        /// could not be repeated.
        path: Option<String>,
    },
    /// Equal states have different hashes, or different states write the same into their hash.
    #[error("Hash and Eq of the state type disagree: {detail}")]
    HashDisagreesWithEq {
        /// How they disagree.
        detail: String,
        /// The replay line of one of the states.
        path: Option<String>,
    },
    /// Two different states have the same 64-bit fingerprint under this seed, by chance.
    #[error(
        "two different states share a fingerprint under seed {seed}: run again with another \
         `seed`"
    )]
    FingerprintCollision {
        /// The seed of the run.
        seed: u64,
        /// The replay line of one of the states.
        path: Option<String>,
    },
    /// In an exact exploration: two different states have one encoding, or a state cannot be got
    /// back from its own.
    #[error("`Encode` is wrong: {detail}")]
    AmbiguousCode {
        /// How.
        detail: String,
        /// The replay line of one of the states.
        path: Option<String>,
    },
    /// In an exact exploration: a state has no encoding.
    #[error(
        "a state does not fit its encoding: make `Encode::Code` larger, or the instance smaller, or \
         leave out `exact()`"
    )]
    NoCode {
        /// The replay line of the state.
        path: Option<String>,
    },
    /// In an exploration up to symmetry: something tells interchangeable parts apart, or the
    /// canonical form is wrong.
    #[error("not symmetric: {detail}")]
    NotSymmetric {
        /// What, and by which permutation.
        detail: String,
        /// The replay line of the state in which it shows.
        path: Option<String>,
    },
    /// States are numbered with 32 bits.
    #[error("more than 4,294,967,000 states, which is more than the checker can number")]
    TooManyStates,
}

impl Fault {
    /// Adds the replay line.
    pub(crate) fn with_path(mut self, line: Option<String>) -> Self {
        match &mut self {
            Self::Panicked { path, .. }
            | Self::NotDeterministic { path, .. }
            | Self::HashDisagreesWithEq { path, .. }
            | Self::FingerprintCollision { path, .. }
            | Self::AmbiguousCode { path, .. }
            | Self::NotSymmetric { path, .. }
            | Self::NoCode { path } => *path = line,
            Self::TooManyStates => {}
        }
        self
    }

    /// The replay line of the state in which the fault appeared, where a schedule leads to it.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Panicked { path, .. }
            | Self::NotDeterministic { path, .. }
            | Self::HashDisagreesWithEq { path, .. }
            | Self::FingerprintCollision { path, .. }
            | Self::AmbiguousCode { path, .. }
            | Self::NotSymmetric { path, .. }
            | Self::NoCode { path } => path.as_deref(),
            Self::TooManyStates => None,
        }
    }
}

/// What was being called when a panic happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// `Model::init_states`.
    InitStates,
    /// `Model::actions`.
    Actions,
    /// `Model::next_state`.
    NextState {
        /// The ordinal of the action in `Model::actions`.
        action: u32,
    },
    /// `Model::within_boundary`, of the next state by an action or of an initial state.
    WithinBoundary {
        /// The ordinal of the action, or of the initial state.
        ordinal: u32,
    },
    /// `Hash`, `Eq`, `Clone` or `Encode` of a state or an action.
    StateTraits,
    /// `ActionClasses::action_class`.
    ActionClass {
        /// The ordinal of the action in `Model::actions`.
        action: u32,
    },
    /// A fairness condition.
    Fairness {
        /// The ordinal of the action in `Model::actions`.
        action: u32,
    },
    /// A property.
    Property {
        /// Its name.
        name: String,
    },
    /// A property of steps.
    StepProperty {
        /// Its name.
        name: String,
        /// The ordinal of the action in `Model::actions`.
        action: u32,
    },
    /// The model, asked once more what it had answered before.
    Repetition,
    /// `Symmetric`, or the model or a property under a permutation.
    Symmetry,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InitStates => f.write_str("Model::init_states"),
            Self::Actions => f.write_str("Model::actions"),
            Self::NextState { action } => write!(f, "Model::next_state (action {action})"),
            Self::WithinBoundary { ordinal } => {
                write!(f, "Model::within_boundary (next state {ordinal})")
            }
            Self::StateTraits => f.write_str("Hash, Eq, Clone or Encode of a state"),
            Self::ActionClass { action } => {
                write!(f, "ActionClasses::action_class (action {action})")
            }
            Self::Fairness { action } => write!(f, "a fairness condition (action {action})"),
            Self::Property { name } => write!(f, "property `{name}`"),
            Self::StepProperty { name, action } => {
                write!(f, "property `{name}` (action {action})")
            }
            Self::Symmetry => f.write_str("`Symmetric`, or what it is checked on,"),
            Self::Repetition => f.write_str("the model, asked again what it had answered before,"),
        }
    }
}
