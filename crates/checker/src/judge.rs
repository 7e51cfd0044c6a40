//! From what the engine found to verdicts.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::checkable::Checkable;
use crate::explore::{Explored, Ordinals};
use crate::property::{Condition, Property};
use crate::{Cause, Completion, Fault, Trace, Verdict};

/// What the exploration says about one property, its schedule replayed through the model alone.
pub(crate) fn verdict<M: Checkable>(
    model: &M,
    property: &Property<'_, M>,
    explored: &Explored,
    index: usize,
) -> Verdict<M::State, M::Action> {
    if matches!(property.condition, Condition::Eventually) {
        return Verdict::Undecided(Cause::Unsupported);
    }
    match &explored.schedules[index] {
        Some(Ok(ordinals)) => match replayed(model, property, ordinals) {
            Ok(trace) if property.kind().is_safety() => Verdict::Violated {
                counterexample: Some(trace),
            },
            Ok(trace) => Verdict::Holds {
                witness: Some(trace),
            },
            Err(fault) => Verdict::Undecided(Cause::Fault(fault)),
        },
        Some(Err(fault)) => Verdict::Undecided(Cause::Fault(fault.clone())),
        None => without_evidence(property, explored),
    }
}

fn without_evidence<M: Checkable>(
    property: &Property<'_, M>,
    explored: &Explored,
) -> Verdict<M::State, M::Action> {
    match &explored.completion {
        Completion::Stopped(limit) => Verdict::Undecided(Cause::Limit(*limit)),
        Completion::Faulted(fault) => Verdict::Undecided(Cause::Fault(fault.clone())),
        Completion::Exhausted | Completion::Boundary { .. } | Completion::Settled { .. } => {
            match explored.initial {
                (false, _) => Verdict::Undecided(Cause::NoInitialState),
                (true, false) => Verdict::Undecided(Cause::NoInitialStateWithinBoundary),
                _ if property.kind().is_safety() => Verdict::Holds { witness: None },
                _ => Verdict::Violated {
                    counterexample: None,
                },
            }
        }
    }
}

/// The trace of a schedule, if it still settles the property.
fn replayed<M: Checkable>(
    model: &M,
    property: &Property<'_, M>,
    ordinals: &Ordinals,
) -> Result<Trace<M::State, M::Action>, Fault> {
    let replay = || {
        let trace = Trace::follow(model, ordinals.initial, &ordinals.actions).ok()?;
        let settles = match (&property.condition, trace.steps().next_back()) {
            (Condition::Step(_), Some((before, action, after))) => {
                property.refuses(before, action, after)
            }
            _ => property
                .observe(trace.last_state())
                .is_some_and(|observation| observation.settles),
        };
        settles.then_some(trace)
    };
    // A panic here is one that did not happen during the search.
    let trace = catch_unwind(AssertUnwindSafe(replay)).ok().flatten();
    trace.ok_or_else(|| Fault::NotDeterministic {
        detail: format!(
            "replayed through the model alone, the schedule for `{}` does not lead there",
            property.name
        ),
        path: None,
    })
}
