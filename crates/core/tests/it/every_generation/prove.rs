//! Explorations of patterns and of bounded systems that share nothing with a checker.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::panic::{AssertUnwindSafe, catch_unwind};

use planwright_core::{
    Dependence, Enactor, EveryGeneration, Finite, Pattern, SystemAction, SystemState, UpdateSystem,
};
use planwright_model::Model;

pub(super) type System<E> = UpdateSystem<E>;
pub(super) type State<E> = SystemState<<E as Enactor>::Local>;
pub(super) type Patterns<E> = HashSet<Pattern<<E as Enactor>::Local>>;

/// A property of steps; one of states ignores the first two arguments.
pub(super) type Property<'p, E> =
    &'p dyn Fn(&State<E>, &SystemAction<<E as Enactor>::Local>, &State<E>) -> bool;

/// The answer of a proof.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    Holds,
    Violated,
    Refused(Dependence),
}

/// All patterns, or the reason why there are none; no answer beyond `most`.
pub(super) fn patterns<E: Enactor<Local: Finite>>(
    every: &EveryGeneration<E>,
    most: usize,
) -> Option<Result<Patterns<E>, Dependence>> {
    let mut open = every.init_states();
    let mut seen: HashSet<_> = open.iter().copied().collect();
    while let Some(pattern) = open.pop() {
        if let Some(dependence) = every.dependence(&pattern) {
            return Some(Err(dependence));
        }
        for after in every.next_states(&pattern) {
            if seen.insert(after) {
                open.push(after);
            }
        }
        if seen.len() > most {
            return None;
        }
    }
    Some(Ok(seen))
}

/// Whether every step of the patterns has the property.
pub(super) fn holds<E: Enactor<Local: Finite>>(
    every: &EveryGeneration<E>,
    patterns: &Patterns<E>,
    property: Property<'_, E>,
) -> bool {
    let property = every.step_property(property);
    patterns.iter().all(|pattern| {
        let mut steps = Vec::new();
        every.actions(pattern, &mut steps);
        let mut steps = steps.iter();
        steps.all(|taken| property(pattern, taken, pattern))
    })
}

/// Proves a property, by invariants alone if `invariants_only`.
pub(super) fn prove<E: Enactor<Local: Finite>>(
    system: System<E>,
    invariants_only: bool,
    property: Property<'_, E>,
) -> Answer {
    let every = system.every_generation();
    let every = match invariants_only {
        true => every.invariants_only(),
        false => every,
    };
    match patterns(&every, usize::MAX).expect("there is no limit") {
        Err(dependence) => Answer::Refused(dependence),
        Ok(patterns) if holds(&every, &patterns, property) => Answer::Holds,
        Ok(_) => Answer::Violated,
    }
}

/// Whether a good state can be reached from all those that owe one.
pub(super) fn recoverable<M: Model>(
    model: &M,
    states: &HashSet<M::State>,
    owes: impl Fn(&M::State) -> bool,
    good: impl Fn(&M::State) -> bool,
) -> bool
where
    M::State: Copy + Eq + Hash,
{
    let mut before: HashMap<M::State, Vec<M::State>> = HashMap::new();
    for state in states {
        for after in model.next_states(state) {
            before.entry(after).or_default().push(*state);
        }
    }
    let mut open: Vec<_> = states.iter().copied().filter(|state| good(state)).collect();
    let mut saved: HashSet<_> = open.iter().copied().collect();
    while let Some(state) = open.pop() {
        for earlier in before.get(&state).into_iter().flatten() {
            if saved.insert(*earlier) {
                open.push(*earlier);
            }
        }
    }
    (states.iter()).all(|state| !owes(state) || saved.contains(state))
}

/// All states of a bounded system; `None` beyond `most`, or if the lock is granted too often for one.
pub(super) fn states<E: Enactor>(system: &System<E>, most: usize) -> Option<HashSet<State<E>>> {
    let mut open = system.init_states();
    let mut seen: HashSet<_> = open.iter().copied().collect();
    while let Some(state) = open.pop() {
        let next = || system.next_states(&state);
        for after in catch_unwind(AssertUnwindSafe(next)).ok()? {
            if seen.insert(after) {
                open.push(after);
            }
        }
        if seen.len() > most {
            return None;
        }
    }
    Some(seen)
}

/// Whether every step of a bounded system has the property.
pub(super) fn holds_bounded<E: Enactor>(
    system: &System<E>,
    states: &HashSet<State<E>>,
    property: Property<'_, E>,
) -> bool {
    states.iter().all(|state| {
        let steps = system.next_steps(state);
        (steps.iter()).all(|(action, after)| property(state, action, after))
    })
}
