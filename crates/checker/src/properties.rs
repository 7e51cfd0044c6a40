//! What is asked of a model, as a value.

use std::fmt;
use std::sync::Arc;

use planwright_model::Model;

use crate::liveness::{Fairness, MOST_CONDITIONS};
use crate::property::{Condition, Property, Role, StatePredicate};
use crate::{PropertyKind, Strength};

/// Named properties, and the conditions on runs that they rest on, to be asked of several models with the
/// same states and actions: variants, mutants, a model started elsewhere.
///
/// Each method is described at the one of [`Checker`](crate::Checker) with the same name.
///
/// ```
/// use planwright_checker::{Checker, Model, Outcome, Properties};
///
/// struct Countdown {
///     from: u8,
/// }
///
/// impl Model for Countdown {
///     type State = u8;
///     type Action = u8;
///     fn init_states(&self) -> Vec<u8> {
///         vec![self.from]
///     }
///     fn actions(&self, _: &u8, actions: &mut Vec<u8>) {
///         actions.push(2);
///     }
///     fn next_state(&self, left: &u8, by: u8) -> Option<u8> {
///         left.checked_sub(by)
///     }
/// }
///
/// let asked = Properties::new()
///     .always("at most 9", |left| *left <= 9)
///     .sometimes("at 0", |left| *left == 0);
/// let outcome = |from| Checker::new(&Countdown { from }).properties(&asked).run().outcome();
/// assert_eq!([8, 9].map(outcome), [Outcome::Holds, Outcome::Violated]);
/// ```
#[must_use = "properties are asked when a checker has them"]
pub struct Properties<'p, S, A> {
    pub(crate) list: Vec<Arc<Property<'p, S, A>>>,
    pub(crate) fairness: Vec<Arc<Fairness<'p, A>>>,
}

/// What is asked of a model.
pub(crate) type PropertiesOf<'m, M> = Properties<'m, <M as Model>::State, <M as Model>::Action>;

impl<'p, S, A> Properties<'p, S, A> {
    /// No property.
    pub fn new() -> Self {
        Self {
            list: Vec::new(),
            fairness: Vec::new(),
        }
    }

    /// These, and then the others.
    pub fn and(mut self, others: &Self) -> Self {
        self.list.extend(others.list.iter().cloned());
        self.fairness.extend(others.fairness.iter().cloned());
        self
    }

    /// Those of them whose names fulfil a condition.
    pub fn only(mut self, wanted: impl Fn(&str) -> bool) -> Self {
        self.list.retain(|property| wanted(&property.name));
        self
    }

    /// Those of them that a [`ViewSearch`](crate::ViewSearch) decides: invariants and properties of steps.
    pub fn only_of_views(mut self) -> Self {
        self.list
            .retain(|property| crate::views::is_decided(property.kind));
        self
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|property| &*property.name)
    }

    /// Leaves out what only the graph of all states can show.
    pub fn without_temporal(mut self) -> Self {
        self.list.retain(|property| !property.kind.needs_graph());
        self
    }

    /// The same properties of a model each of whose states stands for some of this one's, and each of whose
    /// actions for a step. `of_state` and `of_step` evaluate a condition there. Conditions on runs are left
    /// out.
    pub fn lifted<'q, T: 'q, B: 'q>(
        &self,
        of_state: impl Fn(&T, &dyn Fn(&S) -> bool) -> bool + Clone + Send + Sync + 'q,
        of_step: impl Fn(&B, &dyn Fn(&S, &A, &S) -> bool) -> bool + Clone + Send + Sync + 'q,
    ) -> Properties<'q, T, B>
    where
        'p: 'q,
        S: 'q,
        A: 'q,
    {
        let lift = |property: &Arc<Property<'p, S, A>>| {
            let condition = match &property.condition {
                Condition::States(states) => {
                    let lift = |place: usize| -> StatePredicate<'q, T> {
                        let (property, of_state) = (property.clone(), of_state.clone());
                        Box::new(move |state| of_state(state, &property.states()[place]))
                    };
                    Condition::States((0..states.len()).map(lift).collect())
                }
                Condition::Steps(_) => {
                    let (property, of_step) = (property.clone(), of_step.clone());
                    Condition::Steps(Box::new(move |_: &T, taken: &B, _: &T| {
                        of_step(taken, &|before, action, after| {
                            !property.is_violated_by(before, action, after)
                        })
                    }))
                }
            };
            Arc::new(Property {
                name: property.name.clone(),
                kind: property.kind,
                condition,
                role: property.role,
            })
        };
        Properties {
            list: self.list.iter().map(lift).collect(),
            fairness: Vec::new(),
        }
    }

    /// The property of this name.
    pub(crate) fn find(&self, name: &str) -> Option<&Property<'p, S, A>> {
        let mut list = self.list.iter().map(|property| &**property);
        list.find(|property| property.name == name)
    }

    fn add(
        mut self,
        name: impl Into<String>,
        kind: PropertyKind,
        condition: Condition<'p, S, A>,
    ) -> Self {
        self.list.push(Arc::new(Property {
            name: name.into(),
            kind,
            condition,
            role: Role::Added,
        }));
        self
    }

    fn of_states<const N: usize>(
        self,
        name: impl Into<String>,
        kind: PropertyKind,
        states: [StatePredicate<'p, S>; N],
    ) -> Self {
        self.add(name, kind, Condition::States(states.into()))
    }

    /// An invariant.
    pub fn always(
        self,
        name: impl Into<String>,
        holds: impl Fn(&S) -> bool + Send + Sync + 'p,
    ) -> Self {
        self.of_states(name, PropertyKind::Always, [Box::new(holds)])
    }

    /// An invariant of some states.
    pub fn always_implies(
        self,
        name: impl Into<String>,
        when: impl Fn(&S) -> bool + Send + Sync + 'p,
        then: impl Fn(&S) -> bool + Send + Sync + 'p,
    ) -> Self {
        let states: [StatePredicate<'p, S>; 2] = [Box::new(when), Box::new(then)];
        self.of_states(name, PropertyKind::AlwaysImplies, states)
    }

    /// A property of steps.
    pub fn always_step(
        self,
        name: impl Into<String>,
        holds: impl Fn(&S, &A, &S) -> bool + Send + Sync + 'p,
    ) -> Self {
        let condition = Condition::Steps(Box::new(holds));
        self.add(name, PropertyKind::AlwaysStep, condition)
    }

    /// Reachability.
    pub fn sometimes(
        self,
        name: impl Into<String>,
        holds: impl Fn(&S) -> bool + Send + Sync + 'p,
    ) -> Self {
        self.of_states(name, PropertyKind::Sometimes, [Box::new(holds)])
    }

    /// Absence of deadlocks.
    pub fn no_deadlock(
        self,
        name: impl Into<String>,
        is_final: impl Fn(&S) -> bool + Send + Sync + 'p,
    ) -> Self {
        self.of_states(name, PropertyKind::NoDeadlock, [Box::new(is_final)])
    }

    /// Recoverability.
    pub fn recoverable(
        self,
        name: impl Into<String>,
        good: impl Fn(&S) -> bool + Send + Sync + 'p,
    ) -> Self {
        self.of_states(name, PropertyKind::Recoverable, [Box::new(good)])
    }

    /// `F` in LTL.
    pub fn eventually(
        self,
        name: impl Into<String>,
        holds: impl Fn(&S) -> bool + Send + Sync + 'p,
    ) -> Self {
        self.of_states(name, PropertyKind::Eventually, [Box::new(holds)])
    }

    /// `G (when -> F then)` in LTL.
    pub fn leads_to(
        self,
        name: impl Into<String>,
        when: impl Fn(&S) -> bool + Send + Sync + 'p,
        then: impl Fn(&S) -> bool + Send + Sync + 'p,
    ) -> Self {
        self.of_states(
            name,
            PropertyKind::LeadsTo,
            [Box::new(when), Box::new(then)],
        )
    }

    /// `G F` in LTL.
    pub fn always_eventually(
        self,
        name: impl Into<String>,
        holds: impl Fn(&S) -> bool + Send + Sync + 'p,
    ) -> Self {
        self.of_states(name, PropertyKind::AlwaysEventually, [Box::new(holds)])
    }

    /// `F G` in LTL.
    pub fn eventually_always(
        self,
        name: impl Into<String>,
        holds: impl Fn(&S) -> bool + Send + Sync + 'p,
    ) -> Self {
        self.of_states(name, PropertyKind::EventuallyAlways, [Box::new(holds)])
    }

    /// `first U then` in LTL.
    pub fn until(
        self,
        name: impl Into<String>,
        first: impl Fn(&S) -> bool + Send + Sync + 'p,
        then: impl Fn(&S) -> bool + Send + Sync + 'p,
    ) -> Self {
        self.of_states(name, PropertyKind::Until, [Box::new(first), Box::new(then)])
    }

    /// A condition on runs: actions, and how much is asked of them.
    ///
    /// # Panics
    ///
    /// If there are 64 conditions already.
    #[track_caller]
    pub fn fair(
        mut self,
        name: impl Into<String>,
        strength: Strength,
        covers: impl Fn(&A) -> bool + Send + Sync + 'p,
    ) -> Self {
        let name = name.into();
        assert!(
            self.fairness.len() < MOST_CONDITIONS,
            "`{name}` would be condition {} on runs; give at most {MOST_CONDITIONS}, for example one \
             for each process instead of each action",
            MOST_CONDITIONS + 1
        );
        let covers = Box::new(covers);
        self.fairness.push(Arc::new(Fairness {
            name,
            strength,
            covers,
        }));
        self
    }

    /// No claim: asks for the ways back to states of which `good` is true.
    pub(crate) fn ways_back(
        mut self,
        name: &str,
        good: impl Fn(&S) -> bool + Send + Sync + 'p,
    ) -> Self {
        self.list.push(Arc::new(Property {
            name: name.to_owned(),
            kind: PropertyKind::Recoverable,
            condition: Condition::States(vec![Box::new(good)]),
            role: Role::WaysBack,
        }));
        self
    }

    /// # Panics
    ///
    /// If two properties, or two conditions, have the same name, or if there are too many conditions.
    #[track_caller]
    pub(crate) fn assert_distinct(&self) {
        for (index, property) in self.list.iter().enumerate() {
            assert!(
                self.list[..index].iter().all(|p| p.name != property.name),
                "two properties are called `{}`; rename one, or leave out the model's own with \
                 `without_model_properties()`",
                property.name
            );
        }
        for (index, condition) in self.fairness.iter().enumerate() {
            let mut others = self.fairness[..index].iter();
            assert!(
                others.all(|other| other.name != condition.name),
                "two fairness conditions are called `{}`; rename one",
                condition.name
            );
        }
        let conditions = self.fairness.len();
        assert!(
            conditions <= MOST_CONDITIONS,
            "there are {conditions} conditions on runs; give at most {MOST_CONDITIONS}"
        );
    }
}

impl<S, A> Default for Properties<'_, S, A> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S, A> Clone for Properties<'_, S, A> {
    fn clone(&self) -> Self {
        Self::new().and(self)
    }
}

impl<S, A> fmt::Debug for Properties<'_, S, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = self.list.iter().map(|p| (&p.name, p.kind));
        let conditions = self.fairness.iter().map(|c| (&c.name, c.strength));
        f.debug_map().entries(kinds).entries(conditions).finish()
    }
}
