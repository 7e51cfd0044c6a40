//! Why patterns cannot stand for the states of a system.

use std::fmt;
use std::panic::Location;

/// A step that differs between the states of a pattern, or a question that no pattern can answer: it ends
/// a proof for every number of generations.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dependence {
    /// A value that a renaming of generations does not preserve is used.
    Unknown {
        /// Who uses it: an enactor, a property.
        by: String,
        /// What is done, as the rest of a sentence.
        use_: String,
        /// The place in the source text, as far as it is known.
        place: String,
        /// A state in which it happens.
        state: String,
    },
    /// A step names a generation or a lock epoch that its enactor cannot know.
    Kept {
        /// The step, in words.
        step: String,
        /// A state in which it happens.
        state: String,
    },
    /// More generations are told apart than patterns keep.
    Gap {
        /// Who asks.
        by: String,
        /// The number asked for.
        asked: u8,
        /// The number kept.
        kept: u8,
    },
    /// One step looks at more plans that nothing refers to than are followed.
    Searches {
        /// Who searches.
        by: String,
        /// The place in the source text.
        place: String,
        /// A state in which it happens.
        state: String,
    },
    /// A step that is possible in some states of the pattern is not possible in others.
    Step {
        /// The step, in words.
        step: String,
        /// Whether it happens where the plan is; otherwise the plan prevents it.
        allowed: bool,
        /// The place of the search in the source text.
        place: String,
        /// A state of the pattern in which the search finds a plan that nothing refers to.
        state: String,
    },
    /// A property has different values in the states of a pattern.
    Property {
        /// The place of the search in the source text.
        place: String,
        /// A state of the pattern in which the search finds a plan that nothing refers to.
        state: String,
    },
    /// A step changes only numbers, so that patterns do not show whether it happens again and again.
    Numbering {
        /// The step, in words.
        step: String,
    },
    /// A state tells apart more generations or lock epochs than there are numbers.
    Numbers,
    /// The store has a lease.
    Lease,
}

/// A place in the source text.
pub(super) fn in_words(place: &Location<'_>) -> String {
    match is_library(place) {
        true => "a place that is not known, called by the standard library".to_owned(),
        false => format!("{}:{}", place.file(), place.line()),
    }
}

/// Whether the caller is the standard library, which hides its own caller.
pub(super) fn is_library(place: &Location<'_>) -> bool {
    place.file().contains("/library/")
}

impl fmt::Display for Dependence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown {
                by,
                use_,
                place,
                state,
            } => write!(f, "{by} {use_} (at {place}), in {state}"),
            Self::Kept { step, state } => write!(
                f,
                "`{step}` names a generation or a lock epoch that is neither in the store nor in its enactor's \
                 memory, such as a constant, in {state}"
            ),
            Self::Gap { by, asked, kept } => write!(
                f,
                "{by} asks whether a plan is older by {asked}, and patterns keep gaps of at most {kept}; \
                 call `gaps_up_to({asked})`"
            ),
            Self::Searches { by, place, state } => write!(
                f,
                "{by} looks at more than {} plans that nothing refers to in one step (at {place}), in {state}",
                super::cases::MOST
            ),
            Self::Step {
                step,
                allowed,
                place,
                state,
            } => {
                let can = if *allowed { "can only" } else { "cannot" };
                write!(
                    f,
                    "`{step}` {can} happen where the search at {place} finds a plan that nothing refers to, in \
                     {state}; `invariants_only()` proves invariants and properties of steps all the same"
                )
            }
            Self::Property { place, state } => write!(
                f,
                "a property changes with a plan that nothing refers to, which the search at {place} finds, in {state}"
            ),
            Self::Numbering { step } => write!(
                f,
                "`{step}` changes nothing but the number of a lock epoch; `invariants_only()` proves invariants \
                 and properties of steps all the same"
            ),
            Self::Numbers => f.write_str(
                "a state tells apart more generations, or lock epochs, than there are numbers; lower the \
                 number of enactors or endpoints, or the clean-up age",
            ),
            Self::Lease => f.write_str(
                "fencing tokens are not renamed, so a protocol with a lease cannot be explored for every \
                 number of generations; give its planner a bound",
            ),
        }
    }
}
