//! The engines that are compared.

use std::hash::Hash;

use planwright_checker::{Checkable, Checker, Encode, Model, Outcome, Storage, Symmetric};
use stateright::{Checker as _, CheckerBuilder, Property};

/// What an exploration to the end found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explored {
    /// Distinct states.
    pub states: u64,
    /// Whether the invariant is violated.
    pub violated: bool,
}

/// Explores all of `model` with Planwright, checking one invariant.
///
/// # Panics
///
/// If the exploration does not come to its end: its count would be worthless.
pub fn planwright<M>(model: &M, threads: usize, holds: fn(&M, &M::State) -> bool) -> Explored
where
    M: Checkable<State: Eq>,
{
    explore_all(checker(model, threads, holds))
}

/// The same, with states stored whole, or one of each orbit, or both.
///
/// # Panics
///
/// As [`planwright`].
pub fn planwright_reduced<M>(
    model: &M,
    threads: usize,
    holds: fn(&M, &M::State) -> bool,
    (exact, symmetry): (bool, bool),
) -> Explored
where
    M: Encode + Symmetric + Checkable<State: Eq>,
{
    let mut checker = checker(model, threads, holds);
    if exact {
        checker = checker.storage(Storage::Exact);
    }
    if symmetry {
        checker = checker.symmetry();
    }
    explore_all(checker)
}

fn checker<M>(model: &M, threads: usize, holds: fn(&M, &M::State) -> bool) -> Checker<'_, M>
where
    M: Checkable<State: Eq>,
{
    Checker::new(model)
        .without_model_properties()
        .always("invariant", move |state| holds(model, state))
        .exhaustive()
        .threads(threads)
}

fn explore_all<M>(checker: Checker<'_, M>) -> Explored
where
    M: Checkable<State: Eq>,
{
    let report = checker.run();
    let completion = report.completion();
    assert!(completion.is_complete(), "cut short: {completion:?}");
    Explored {
        states: report.statistics().states,
        violated: report.outcome() == Outcome::Violated,
    }
}

/// The same with Stateright's breadth-first checker.
///
/// # Panics
///
/// If the model panics.
pub fn stateright_breadth_first<M>(
    model: M,
    threads: usize,
    holds: fn(&M, &M::State) -> bool,
) -> Explored
where
    M: Model + Send + Sync + 'static,
    M::State: Clone + PartialEq + Hash + Send + Sync + 'static,
    M::Action: Clone + PartialEq + Send + Sync,
{
    explored(&builder(model, threads, holds).spawn_bfs().join())
}

/// The same with Stateright's depth-first checker, which needs less memory on shallow models; its
/// counterexamples are not shortest.
///
/// # Panics
///
/// If the model panics.
pub fn stateright_depth_first<M>(
    model: M,
    threads: usize,
    holds: fn(&M, &M::State) -> bool,
) -> Explored
where
    M: Model + Send + Sync + 'static,
    M::State: Clone + PartialEq + Hash + Send + Sync + 'static,
    M::Action: Clone + PartialEq + Send + Sync,
{
    explored(&builder(model, threads, holds).spawn_dfs().join())
}

fn builder<M>(
    model: M,
    threads: usize,
    holds: fn(&M, &M::State) -> bool,
) -> CheckerBuilder<OneInvariant<M>>
where
    M: Model + Send + Sync + 'static,
    M::State: Hash + Send + Sync + 'static,
{
    OneInvariant { model, holds }.checker().threads(threads)
}

fn explored<M: Model>(checker: &impl stateright::Checker<OneInvariant<M>>) -> Explored
where
    M::State: Clone + PartialEq + Hash,
    M::Action: Clone + PartialEq,
{
    Explored {
        states: checker.unique_state_count() as u64,
        violated: checker.discoveries().contains_key(INVARIANT),
    }
}

const INVARIANT: &str = "invariant";

/// A model with one invariant, and a second one that never fails: Stateright stops when every
/// property has a counterexample, and the comparison is about whole state spaces.
struct OneInvariant<M: Model> {
    model: M,
    holds: fn(&M, &M::State) -> bool,
}

impl<M: Model> Model for OneInvariant<M> {
    type State = M::State;
    type Action = M::Action;

    fn init_states(&self) -> Vec<M::State> {
        self.model.init_states()
    }

    fn actions(&self, state: &M::State, actions: &mut Vec<M::Action>) {
        self.model.actions(state, actions);
    }

    fn next_state(&self, last: &M::State, action: M::Action) -> Option<M::State> {
        self.model.next_state(last, action)
    }

    fn within_boundary(&self, state: &M::State) -> bool {
        self.model.within_boundary(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(INVARIANT, |one: &Self, state| {
                (one.holds)(&one.model, state)
            }),
            Property::always("true", |_, _| true),
        ]
    }
}
