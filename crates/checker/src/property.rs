//! What is checked: named closures over states and steps.

use std::fmt;

use planwright_model::{Expectation, Model};
use serde::{Deserialize, Serialize};

/// What a property claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PropertyKind {
    /// True in every reachable state: an invariant.
    Always,
    /// In every reachable state, if one condition is true then so is another.
    AlwaysImplies,
    /// True of every step: state, action, next state.
    AlwaysStep,
    /// True in some reachable state: reachability.
    Sometimes,
    /// True in some state of every behaviour: liveness, which is not supported.
    Eventually,
}

impl PropertyKind {
    /// Whether a single state or step can show that the property is false.
    pub(crate) fn is_safety(self) -> bool {
        matches!(self, Self::Always | Self::AlwaysImplies | Self::AlwaysStep)
    }
}

impl fmt::Display for PropertyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Always => "always",
            Self::AlwaysImplies => "always, if triggered",
            Self::AlwaysStep => "always, of every step",
            Self::Sometimes => "sometimes",
            Self::Eventually => "eventually",
        })
    }
}

type StatePredicate<'m, M> = Box<dyn Fn(&<M as Model>::State) -> bool + Send + Sync + 'm>;
type StepPredicate<'m, M> = Box<
    dyn Fn(&<M as Model>::State, &<M as Model>::Action, &<M as Model>::State) -> bool
        + Send
        + Sync
        + 'm,
>;

/// How a property is decided.
pub(crate) enum Condition<'m, M: Model> {
    /// Must hold in every state.
    Always(StatePredicate<'m, M>),
    /// `then` must hold in every state where `when` does.
    Implies {
        when: StatePredicate<'m, M>,
        then: StatePredicate<'m, M>,
    },
    /// Must hold of every step.
    Step(StepPredicate<'m, M>),
    /// Must hold in some state.
    Sometimes(StatePredicate<'m, M>),
    /// Cannot be decided here.
    Eventually,
}

/// What one state says about a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Observation {
    /// The state settles the property: it violates an invariant, or it is a witness.
    pub(crate) settles: bool,
    /// The left side of an implication was true.
    pub(crate) triggers: bool,
}

/// A property with its name.
pub(crate) struct Property<'m, M: Model> {
    pub(crate) name: String,
    pub(crate) condition: Condition<'m, M>,
}

impl<'m, M: Model> Property<'m, M> {
    /// One of the model's own properties.
    pub(crate) fn of_model(model: &'m M, property: &planwright_model::Property<M>) -> Self
    where
        M: Sync,
    {
        let holds = property.condition;
        let condition = match property.expectation {
            Expectation::Always => Condition::Always(Box::new(move |state| holds(model, state))),
            Expectation::Sometimes => {
                Condition::Sometimes(Box::new(move |state| holds(model, state)))
            }
            Expectation::Eventually => Condition::Eventually,
        };
        Self {
            name: property.name.to_owned(),
            condition,
        }
    }

    pub(crate) fn kind(&self) -> PropertyKind {
        match self.condition {
            Condition::Always(_) => PropertyKind::Always,
            Condition::Implies { .. } => PropertyKind::AlwaysImplies,
            Condition::Step(_) => PropertyKind::AlwaysStep,
            Condition::Sometimes(_) => PropertyKind::Sometimes,
            Condition::Eventually => PropertyKind::Eventually,
        }
    }

    /// Whether it is known how often the property had something to say.
    pub(crate) fn counts(&self) -> bool {
        matches!(
            self.condition,
            Condition::Implies { .. } | Condition::Step(_)
        )
    }

    /// Evaluates the property in `state`; `None` if it says nothing about single states.
    #[inline]
    pub(crate) fn observe(&self, state: &M::State) -> Option<Observation> {
        let (settles, triggers) = match &self.condition {
            Condition::Always(holds) => (!holds(state), false),
            Condition::Implies { when, then } => {
                let triggers = when(state);
                (triggers && !then(state), triggers)
            }
            Condition::Sometimes(holds) => (holds(state), false),
            Condition::Step(_) | Condition::Eventually => return None,
        };
        Some(Observation { settles, triggers })
    }

    /// Whether the step violates the property; never for a property of states.
    #[inline]
    pub(crate) fn refuses(&self, before: &M::State, action: &M::Action, after: &M::State) -> bool {
        match &self.condition {
            Condition::Step(holds) => !holds(before, action, after),
            _ => false,
        }
    }
}
