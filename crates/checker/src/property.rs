//! What is checked: named closures over states and steps.

use std::sync::Arc;

use std::fmt;

use planwright_model::{Expectation, Model};
use serde::{Deserialize, Serialize};

use crate::Rest;
use crate::liveness::Fairness;

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
    /// In every state something can happen, or it is declared final: no deadlock.
    NoDeadlock,
    /// From every reachable state a good one can still be reached: `AG EF` in CTL.
    Recoverable,
    /// True in some state of every fair run: `F` in LTL.
    Eventually,
    /// Whenever one condition is true, another is then or later: `G (p -> F q)`.
    LeadsTo,
    /// True again and again: `G F`.
    AlwaysEventually,
    /// False only for a while: `F G`.
    EventuallyAlways,
    /// One condition becomes true, and until then another is: `p U q`.
    Until,
}

impl PropertyKind {
    /// Whether a single state or step can show that the property is false.
    pub(crate) fn is_safety(self) -> bool {
        matches!(
            self,
            Self::Always | Self::AlwaysImplies | Self::AlwaysStep | Self::NoDeadlock
        )
    }

    /// Whether it is about fair runs, so that it depends on who must act.
    pub fn is_about_runs(self) -> bool {
        matches!(
            self,
            Self::Eventually
                | Self::LeadsTo
                | Self::AlwaysEventually
                | Self::EventuallyAlways
                | Self::Until
        )
    }
}

impl fmt::Display for PropertyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Always => "always",
            Self::AlwaysImplies => "always, if triggered",
            Self::AlwaysStep => "always, of every step",
            Self::Sometimes => "sometimes",
            Self::NoDeadlock => "no deadlock",
            Self::Recoverable => "recoverable",
            Self::Eventually => "eventually",
            Self::LeadsTo => "leads to",
            Self::AlwaysEventually => "always eventually",
            Self::EventuallyAlways => "eventually always",
            Self::Until => "until",
        })
    }
}

pub(crate) type StatePredicate<'m, S> = Box<dyn Fn(&S) -> bool + Send + Sync + 'm>;
type StepPredicate<'m, S, A> = Box<dyn Fn(&S, &A, &S) -> bool + Send + Sync + 'm>;

/// How a property is decided.
pub(crate) enum Condition<'m, S, A> {
    /// Must hold in every state.
    Always(StatePredicate<'m, S>),
    /// `then` must hold in every state where `when` does.
    Implies {
        when: StatePredicate<'m, S>,
        then: StatePredicate<'m, S>,
    },
    /// Must hold of every step.
    Step(StepPredicate<'m, S, A>),
    /// Must hold in some state.
    Sometimes(StatePredicate<'m, S>),
    /// No claim: says whether a bound of the model was reached.
    Bound(StatePredicate<'m, S>),
    /// Something must be possible in every state that is not final.
    NoDeadlock { is_final: StatePredicate<'m, S> },
    /// About the graph of all states; with one predicate or two.
    Temporal(Temporal, Vec<StatePredicate<'m, S>>),
}

/// What is claimed about the graph of all states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Temporal {
    Recoverable,
    Eventually,
    LeadsTo,
    AlwaysEventually,
    EventuallyAlways,
    Until,
}

/// What one state says about a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Observation {
    /// The state settles the property: it violates an invariant, or it is a witness.
    pub(crate) settles: bool,
    /// The left side of an implication was true.
    pub(crate) triggers: bool,
}

/// A property of a model's states and steps.
pub(crate) type PropertyOf<'m, M> = Property<'m, <M as Model>::State, <M as Model>::Action>;

/// A property with its name.
pub(crate) struct Property<'m, S, A> {
    pub(crate) name: String,
    pub(crate) condition: Condition<'m, S, A>,
    /// Whether the model declares it itself.
    pub(crate) is_own: bool,
}

/// One of the model's own properties.
pub(crate) fn of_model<'m, M>(
    model: &'m M,
    property: &planwright_model::Property<M>,
) -> PropertyOf<'m, M>
where
    M: Model + Sync,
{
    let holds = property.condition;
    let holds: StatePredicate<'m, M::State> = Box::new(move |state| holds(model, state));
    Property {
        name: property.name.to_owned(),
        condition: match property.expectation {
            Expectation::Always => Condition::Always(holds),
            Expectation::Sometimes => Condition::Sometimes(holds),
            Expectation::Eventually => Condition::Temporal(Temporal::Eventually, vec![holds]),
        },
        is_own: true,
    }
}

impl<'m, S, A> Property<'m, S, A> {
    pub(crate) fn kind(&self) -> PropertyKind {
        match self.condition {
            Condition::Always(_) => PropertyKind::Always,
            Condition::Implies { .. } => PropertyKind::AlwaysImplies,
            Condition::Step(_) => PropertyKind::AlwaysStep,
            Condition::Sometimes(_) | Condition::Bound(_) => PropertyKind::Sometimes,
            Condition::NoDeadlock { .. } => PropertyKind::NoDeadlock,
            Condition::Temporal(temporal, _) => match temporal {
                Temporal::Recoverable => PropertyKind::Recoverable,
                Temporal::Eventually => PropertyKind::Eventually,
                Temporal::LeadsTo => PropertyKind::LeadsTo,
                Temporal::AlwaysEventually => PropertyKind::AlwaysEventually,
                Temporal::EventuallyAlways => PropertyKind::EventuallyAlways,
                Temporal::Until => PropertyKind::Until,
            },
        }
    }

    /// Where runs may stop under these conditions, if the property is about runs.
    pub(crate) fn may_rest(&self, fairness: &[Arc<Fairness<'_, A>>]) -> Option<Rest> {
        let rest = match (self.is_own, fairness.is_empty()) {
            (true, _) => Rest::WhereNothingCanHappen,
            (false, true) => Rest::Anywhere,
            (false, false) => Rest::WhereNothingIsObliged,
        };
        self.kind().is_about_runs().then_some(rest)
    }

    /// Whether it is known how often the property had something to say.
    pub(crate) fn counts(&self) -> bool {
        matches!(
            self.condition,
            Condition::Implies { .. }
                | Condition::Step(_)
                | Condition::Temporal(Temporal::LeadsTo, _)
        )
    }

    /// What of a state the graph must remember; nothing if the property is not about the graph.
    pub(crate) fn predicates(&self) -> &[StatePredicate<'m, S>] {
        match &self.condition {
            Condition::Temporal(_, predicates) => predicates,
            _ => &[],
        }
    }

    /// Evaluates the property in `state`; `None` if it says nothing about single states.
    #[inline]
    pub(crate) fn observe(&self, state: &S) -> Option<Observation> {
        let (settles, triggers) = match &self.condition {
            Condition::Always(holds) => (!holds(state), false),
            Condition::Implies { when, then } => {
                let triggers = when(state);
                (triggers && !then(state), triggers)
            }
            Condition::Sometimes(holds) | Condition::Bound(holds) => (holds(state), false),
            Condition::Step(_) | Condition::NoDeadlock { .. } | Condition::Temporal(..) => {
                return None;
            }
        };
        Some(Observation { settles, triggers })
    }

    /// Whether a single state settles the property: it violates it, or is a witness of it.
    pub(crate) fn is_settled_in(&self, state: &S) -> bool {
        let observed = self.observe(state);
        observed.is_some_and(|observation| observation.settles)
    }

    /// Whether single states and steps decide the property.
    pub(crate) fn is_local(&self) -> bool {
        !matches!(
            self.condition,
            Condition::NoDeadlock { .. } | Condition::Temporal(..) | Condition::Bound(_)
        )
    }

    /// Whether the step violates the property; never for a property of states.
    #[inline]
    pub(crate) fn refuses(&self, before: &S, action: &A, after: &S) -> bool {
        match &self.condition {
            Condition::Step(holds) => !holds(before, action, after),
            _ => false,
        }
    }

    /// Whether a state in which nothing can happen violates the property.
    #[inline]
    pub(crate) fn refuses_to_end_in(&self, state: &S) -> bool {
        match &self.condition {
            Condition::NoDeadlock { is_final } => !is_final(state),
            _ => false,
        }
    }
}
