//! Proofs for every number of enactors against bounded systems.

mod generated;
mod refused;

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use planwright_core::{Enactor, EveryNumber, Finite};
use planwright_model::{Model, Views};

use super::prove::{Patterns, Property};

/// Which rules a closure has: all of them, or all but one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Rules {
    All,
    /// Nobody else takes a step.
    Alone,
    /// No enactor meets one in the same local state.
    Unlike,
}

/// All views by a closure that shares nothing with a checker, or the reason why there are none; no answer
/// beyond `most`.
pub(super) fn views<E: Enactor<Local: Finite>>(
    every: &EveryNumber<E>,
    rules: Rules,
    most: usize,
) -> Option<Result<Patterns<E>, String>> {
    let close = || close(every, rules, most);
    match catch_unwind(AssertUnwindSafe(close)) {
        Ok(views) => views.map(Ok),
        Err(reason) => Some(Err(*reason.downcast::<String>().expect("a text"))),
    }
}

fn close<E: Enactor<Local: Finite>>(
    every: &EveryNumber<E>,
    rules: Rules,
    most: usize,
) -> Option<Patterns<E>> {
    let mut open = every.init_states();
    let mut views: HashSet<_> = open.iter().copied().collect();
    let mut by_shared: HashMap<_, Vec<_>> = HashMap::new();
    while let Some(view) = open.pop() {
        let mut after = every.next_states(&view);
        let effects = every.effects(&view);
        let others = by_shared.entry(every.shared(&view)).or_default();
        others.push((view, effects));
        let mut seen = Vec::new();
        let mut meet = |view, effects: &[_]| {
            for effect in effects {
                every.affect(view, effect, &|_| true, &mut seen);
            }
        };
        let [before @ .., (_, effects)] = &others[..] else {
            unreachable!("this view is the last");
        };
        for (other, of_other) in before.iter().filter(|_| rules != Rules::Alone) {
            meet(&view, of_other);
            meet(other, effects);
        }
        if rules == Rules::All {
            meet(&view, effects);
        }
        after.extend(seen.into_iter().map(|(_, after)| after));
        open.extend(after.into_iter().filter(|after| views.insert(*after)));
        if views.len() > most {
            return None;
        }
    }
    Some(views)
}

/// Whether every step of the views has the property; the reason if it is refused.
pub(super) fn holds<E: Enactor<Local: Finite>>(
    every: &EveryNumber<E>,
    views: &Patterns<E>,
    property: Property<'_, E>,
) -> Result<bool, String> {
    let property = every.step_property(property);
    let holds = || {
        views.iter().all(|view| {
            let mut steps = Vec::new();
            every.actions(view, &mut steps);
            steps.iter().all(|taken| property(view, taken, view))
        })
    };
    catch_unwind(AssertUnwindSafe(holds)).map_err(|reason| *reason.downcast().expect("a text"))
}
