//! One change to a system, as data.

use std::fmt;

use planwright_model::ActionClasses;
use serde::{Deserialize, Serialize};

use super::CallSite;
use crate::{Enactor, StoreRule, UpdateSystem};

/// One change to an [`UpdateSystem`]: what if this guard were not there?
///
/// [`UpdateSystem::mutations`] lists those that a system has, [`UpdateSystem::mutated`] makes one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Mutation {
    /// A precondition is left out wherever this place in the source text adds it.
    IgnorePrecondition(CallSite),
    /// A rule of the store is switched.
    SwitchRule {
        /// Which rule.
        rule: StoreRule,
        /// Whether it is on in the mutant.
        on: bool,
    },
    /// No action of the class with this name ever happens.
    DisableClass(String),
}

/// A [`Mutation`] that a system cannot have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MutationError {
    /// There is no class of actions with this name.
    #[error("there is no class of actions called `{name}`; choose one of: {}", known.join(", "))]
    NoSuchClass {
        /// The name that was asked for.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// The store has the rule that way already.
    #[error("the store rule `{rule}` is {} already; switch it {}", in_words(*on), in_words(!on))]
    NoChange {
        /// Which rule.
        rule: StoreRule,
        /// Whether it is on.
        on: bool,
    },
}

fn in_words(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

impl Mutation {
    /// Whether it adds something to the system, where all others take something away.
    pub fn is_addition(&self) -> bool {
        matches!(self, Self::SwitchRule { on: true, .. })
    }
}

impl fmt::Display for Mutation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IgnorePrecondition(site) => write!(f, "without `{}`", site.requires),
            Self::SwitchRule { rule, on } => write!(f, "{rule} {}", in_words(*on)),
            Self::DisableClass(name) => write!(f, "never: {name}"),
        }
    }
}

impl<E: Enactor> UpdateSystem<E> {
    /// Every mutation of this system: one for each of the given call sites, which a
    /// [`Survey`](crate::Survey) finds, one for each rule of the store, one for each class of
    /// actions.
    ///
    /// Conditions that an enactor tests in plain Rust, an `if` or a `match`, cannot be seen and are
    /// not mutated; [`Enactor::plain_guards`] names those that the enactor knows of.
    pub fn mutations(&self, sites: &[CallSite]) -> Vec<Mutation> {
        let preconditions = sites.iter().cloned().map(Mutation::IgnorePrecondition);
        let rules = StoreRule::ALL.map(|rule| Mutation::SwitchRule {
            rule,
            on: !self.rules.has(rule),
        });
        let classes = self.action_classes().into_iter();
        let classes = classes.map(|name| Mutation::DisableClass(name.into_owned()));
        preconditions.chain(rules).chain(classes).collect()
    }
}
