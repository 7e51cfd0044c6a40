//! The answer to one property, and to all of them together.

use serde::{Deserialize, Serialize};

use crate::{Fault, Limit, Trace};

/// The answer to a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict<S, A> {
    /// The property is true of the explored model: the exploration was exhaustive (within the
    /// model's boundary), or, for a reachability property, a witness was found.
    Holds {
        /// A shortest schedule to a state that satisfies a `sometimes` property; `None` for the
        /// other kinds.
        witness: Option<Trace<S, A>>,
    },
    /// The property is false.
    Violated {
        /// A shortest schedule to a violation; `None` only for a `sometimes` property, which no
        /// reachable state satisfies.
        counterexample: Option<Trace<S, A>>,
    },
    /// The exploration says nothing about the property.
    Undecided(Cause),
}

impl<S, A> Verdict<S, A> {
    /// The witness or counterexample.
    pub fn trace(&self) -> Option<&Trace<S, A>> {
        match self {
            Self::Holds { witness: trace }
            | Self::Violated {
                counterexample: trace,
            } => trace.as_ref(),
            Self::Undecided(_) => None,
        }
    }

    /// The verdict without its trace.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Holds { .. } => Outcome::Holds,
            Self::Violated { .. } => Outcome::Violated,
            Self::Undecided(_) => Outcome::Undecided,
        }
    }
}

/// Why a property is undecided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// A limit ended the exploration first.
    #[error("{0}")]
    Limit(Limit),
    /// The model, or the state type, broke a rule that every verdict rests on.
    #[error("{0}")]
    Fault(Fault),
    /// The model has no initial state, so every claim about its reachable states is empty.
    #[error("the model has no initial state")]
    NoInitialState,
    /// Every initial state is outside the model's boundary.
    #[error("no initial state is within the model's boundary")]
    NoInitialStateWithinBoundary,
    /// A step crosses the model's boundary, and the answer depends on what lies there.
    #[error("it depends on what lies outside the model's boundary")]
    Boundary,
    /// Up to symmetry, runs lose track of who is who.
    #[error(
        "not decided up to symmetry: a run of representatives does not tell which process it is \
         that moves; leave out `symmetry()` for this property"
    )]
    Symmetry,
}

/// The answer to all properties together: a violation outweighs everything, an undecided property
/// outweighs those that hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// Every property holds, and there is at least one.
    Holds,
    /// Some property is violated.
    Violated,
    /// No property is violated, but one is undecided, or there is none.
    Undecided,
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Holds => "holds",
            Self::Violated => "violated",
            Self::Undecided => "undecided",
        })
    }
}
