//! What a mutant changes.

use std::fmt;

use planwright_model::ActionClasses;
use serde::{Deserialize, Serialize};

/// A name for a model with one thing changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Mutant {
    /// What kind of thing is changed.
    pub kind: MutantKind,
    /// What is changed, and how, in words.
    pub name: String,
    /// Where it stands in the source text, if that is known.
    pub place: Option<String>,
    /// Whether the change adds something to the model. All others take something away, as a mistake
    /// would; only of them should some property take notice.
    pub added: bool,
}

/// What kind of thing a [`Mutant`] changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum MutantKind {
    /// A condition of one atomic step, at one place in the source text.
    Precondition,
    /// A named safeguard of the protocol.
    Safeguard,
    /// A rule that a shared store enforces.
    StoreRule,
    /// A class of actions.
    ActionClass,
    /// A fairness condition, under which liveness was shown. Nothing here makes such mutants: run the
    /// same checker without the condition, and hand its report in under this kind.
    Fairness,
}

impl Mutant {
    /// A mutant in which this is taken away.
    pub fn without(kind: MutantKind, name: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
            place: None,
            added: false,
        }
    }

    /// A mutant in which this is added. If nobody notices, that speaks against nobody.
    pub fn with(kind: MutantKind, name: impl Into<String>) -> Self {
        Self {
            added: true,
            ..Self::without(kind, name)
        }
    }

    /// The same, with its place in the source text.
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }
}

impl fmt::Display for MutantKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Precondition => "precondition",
            Self::Safeguard => "safeguard",
            Self::StoreRule => "store rule",
            Self::ActionClass => "action class",
            Self::Fairness => "fairness",
        })
    }
}

impl fmt::Display for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.name)?;
        match &self.place {
            Some(place) => write!(f, " ({place})"),
            None => Ok(()),
        }
    }
}

/// For each class of the model's actions, the mutant without it, and the class, for
/// [`Checker::without_class`](crate::Checker::without_class).
///
/// Such a model can do less, so no invariant and no property of steps notices what is missing; see
/// [`MutationReport`](crate::MutationReport) for an example.
pub fn action_class_mutants<M: ActionClasses>(model: &M) -> Vec<(Mutant, usize)> {
    let classes = model.action_classes().into_iter();
    let never = classes.map(|name| format!("never: {name}"));
    let mutants = never.map(|name| Mutant::without(MutantKind::ActionClass, name));
    mutants.zip(0..).collect()
}
