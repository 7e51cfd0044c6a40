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

    /// Whether only the graph of all states can show whether it is true.
    pub(crate) fn needs_graph(self) -> bool {
        self == Self::Recoverable || self.is_about_runs()
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

/// Names the class of an action.
pub(crate) type Classify<'m, M> = dyn Fn(&<M as Model>::Action) -> usize + Send + Sync + 'm;

/// What of a model is evaluated.
pub(crate) enum Condition<'m, S, A> {
    /// One or two conditions on states.
    States(Vec<StatePredicate<'m, S>>),
    /// A condition on steps.
    Steps(StepPredicate<'m, S, A>),
}

/// Why a property is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The model declares it itself.
    Own,
    /// The checker was given it.
    Added,
    /// It makes no claim: it says whether a bound of the model was reached.
    Bound,
    /// It makes no claim: the ways back to where it is true are asked for.
    WaysBack,
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
    pub(crate) kind: PropertyKind,
    pub(crate) condition: Condition<'m, S, A>,
    pub(crate) role: Role,
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
        kind: match property.expectation {
            Expectation::Always => PropertyKind::Always,
            Expectation::Sometimes => PropertyKind::Sometimes,
            Expectation::Eventually => PropertyKind::Eventually,
        },
        condition: Condition::States(vec![holds]),
        role: Role::Own,
    }
}

impl<'m, S, A> Property<'m, S, A> {
    /// The conditions on states; none if it is about steps.
    pub(crate) fn states(&self) -> &[StatePredicate<'m, S>] {
        match &self.condition {
            Condition::States(states) => states,
            Condition::Steps(_) => &[],
        }
    }

    /// Whether it is one of steps, and this one has not the property.
    pub(crate) fn is_violated_by(&self, before: &S, action: &A, after: &S) -> bool {
        match &self.condition {
            Condition::Steps(holds) => !holds(before, action, after),
            Condition::States(_) => false,
        }
    }

    /// Where runs may stop under these conditions, if the property is about runs.
    pub(crate) fn may_rest(&self, fairness: &[Arc<Fairness<'_, A>>]) -> Option<Rest> {
        let rest = match (self.role, fairness.is_empty()) {
            (Role::Own, _) => Rest::WhereNothingCanHappen,
            (_, true) => Rest::Anywhere,
            (_, false) => Rest::WhereNothingIsObliged,
        };
        self.kind.is_about_runs().then_some(rest)
    }

    /// Whether it is known how often the property had something to say.
    pub(crate) fn counts(&self) -> bool {
        matches!(
            self.kind,
            PropertyKind::AlwaysImplies | PropertyKind::AlwaysStep | PropertyKind::LeadsTo
        )
    }

    /// What of a state the graph must remember; nothing if the property is not about the graph.
    pub(crate) fn predicates(&self) -> &[StatePredicate<'m, S>] {
        match self.kind.needs_graph() {
            true => self.states(),
            false => &[],
        }
    }

    /// Evaluates the property in `state`; `None` if it says nothing about single states.
    #[inline]
    pub(crate) fn observe(&self, state: &S) -> Option<Observation> {
        let states = self.states();
        let (settles, triggers) = match self.kind {
            PropertyKind::Always => (!states[0](state), false),
            PropertyKind::AlwaysImplies => {
                let triggers = states[0](state);
                (triggers && !states[1](state), triggers)
            }
            PropertyKind::Sometimes => (states[0](state), false),
            _ => return None,
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
        self.kind != PropertyKind::NoDeadlock && !self.kind.needs_graph()
    }

    /// Whether the step violates the property; never for a property of states.
    #[inline]
    pub(crate) fn refuses(&self, before: &S, action: &A, after: &S) -> bool {
        match &self.condition {
            Condition::Steps(holds) => !holds(before, action, after),
            Condition::States(_) => false,
        }
    }

    /// Whether a state in which nothing can happen violates the property.
    #[inline]
    pub(crate) fn refuses_to_end_in(&self, state: &S) -> bool {
        self.kind == PropertyKind::NoDeadlock && !self.states()[0](state)
    }
}
