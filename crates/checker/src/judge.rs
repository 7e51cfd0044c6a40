//! From what the engine found to verdicts.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::Checkable;
use crate::explore::{Explored, Job, Told};
use crate::liveness::{Lasso, is_terminal, run_on};
use crate::ordinals::Ordinals;
use crate::property::{Property, PropertyOf, StatePredicate};
use crate::{Cause, Completion, Fault, Finding, PropertyKind, Trace, Verdict};

type TraceOf<M> =
    Trace<<M as planwright_model::Model>::State, <M as planwright_model::Model>::Action>;

type VerdictOf<M> =
    Verdict<<M as planwright_model::Model>::State, <M as planwright_model::Model>::Action>;

type FindingOf<M> =
    Finding<<M as planwright_model::Model>::State, <M as planwright_model::Model>::Action>;

/// What the exploration says about one property, its schedule replayed through the model alone.
pub(crate) fn verdict<M: Checkable>(
    job: &Job<'_, '_, M>,
    property: &PropertyOf<'_, M>,
    explored: &Explored,
    index: usize,
) -> FindingOf<M> {
    let mut lasso = None;
    let verdict = match (&explored.schedules[index], &explored.told[index]) {
        (Some(Ok(ordinals)), _) => {
            let replay = || {
                let trace = follow(job.model, ordinals, &[])?;
                settles(job.model, property, &trace).then_some(trace)
            };
            match replayed(property, replay) {
                Ok(trace) if property.kind.is_safety() => violated(trace),
                Ok(trace) => Verdict::Holds {
                    witness: Some(trace),
                },
                Err(fault) => Verdict::Undecided(Cause::Fault(fault)),
            }
        }
        (Some(Err(fault)), _) | (_, Some(Told::Fault(fault))) => {
            Verdict::Undecided(Cause::Fault(fault.clone()))
        }
        (None, Some(Told::Stopped(limit))) => Verdict::Undecided(Cause::Limit(*limit)),
        (None, Some(told)) => match replayed(property, || replay_run(job, property, told)) {
            Ok(None) if matches!(told, Told::Cut) => Verdict::Undecided(Cause::Boundary),
            Ok(None) => Verdict::Holds { witness: None },
            Ok(Some((trace, found))) => {
                lasso = found;
                violated(trace)
            }
            Err(fault) => Verdict::Undecided(Cause::Fault(fault)),
        },
        (None, None) => without_evidence(job, property, explored),
    };
    Finding {
        name: property.name.clone(),
        kind: property.kind,
        triggered: (property.counts() && verdict != Verdict::Undecided(Cause::Symmetry))
            .then(|| explored.triggered[index]),
        verdict,
        may_rest: property.may_rest(job.fairness),
        lasso,
        trap: None,
    }
}

fn violated<S, A>(trace: Trace<S, A>) -> Verdict<S, A> {
    Verdict::Violated {
        counterexample: Some(trace),
    }
}

fn without_evidence<M: Checkable>(
    job: &Job<'_, '_, M>,
    property: &PropertyOf<'_, M>,
    explored: &Explored,
) -> VerdictOf<M> {
    match &explored.completion {
        Completion::Stopped(limit) => Verdict::Undecided(Cause::Limit(*limit)),
        Completion::Faulted(fault) => Verdict::Undecided(Cause::Fault(fault.clone())),
        Completion::Exhausted | Completion::Boundary { .. } | Completion::Settled { .. } => {
            match explored.initial {
                (false, _) => Verdict::Undecided(Cause::NoInitialState),
                (true, false) => Verdict::Undecided(Cause::NoInitialStateWithinBoundary),
                _ if property.kind.is_about_runs() && job.symmetry.is_some() => {
                    Verdict::Undecided(Cause::Symmetry)
                }
                _ if property.kind.is_safety() => Verdict::Holds { witness: None },
                _ => Verdict::Violated {
                    counterexample: None,
                },
            }
        }
    }
}

/// Follows a schedule and further steps through the model alone.
pub(crate) fn follow<M: Checkable>(
    model: &M,
    ordinals: &Ordinals,
    steps: &[u32],
) -> Option<TraceOf<M>> {
    let mut trace = Trace::follow(model, ordinals.initial, &ordinals.actions).ok()?;
    for step in steps {
        trace.take(model, *step)?;
    }
    Some(trace)
}

/// Whether the last state or step of a schedule settles the property.
fn settles<M: Checkable>(model: &M, property: &PropertyOf<'_, M>, trace: &TraceOf<M>) -> bool {
    let last = trace.last_state();
    match (property.kind, trace.steps().next_back()) {
        (PropertyKind::AlwaysStep, Some((before, action, after))) => {
            property.refuses(before, action, after)
        }
        (PropertyKind::NoDeadlock, _) => {
            property.refuses_to_end_in(last) && is_terminal(model, last)
        }
        _ => property
            .observe(last)
            .is_some_and(|observation| observation.settles),
    }
}

/// A run with its cycle, if there is one.
type Run<M> = (TraceOf<M>, Option<Lasso>);

/// The run that was found, if one was: `None` if the model by itself does not agree that there is such
/// a run, and that it violates the property.
fn replay_run<M: Checkable>(
    job: &Job<'_, '_, M>,
    property: &PropertyOf<'_, M>,
    told: &Told,
) -> Option<Option<Run<M>>> {
    let model = job.model;
    let (trace, lasso) = match told {
        Told::Lasso(path, steps, start) => {
            let trace = follow(model, path, steps)?;
            let assumed = (job.fairness, property.may_rest(job.fairness)?);
            let lasso = run_on(model, assumed, &trace, path.actions.len() + start)?;
            (trace, Some(lasso))
        }
        Told::Route(path, steps) => (follow(model, path, steps)?, None),
        Told::Trap(path, _) => (follow(model, path, &[])?, None),
        Told::Holds | Told::Stopped(_) | Told::Cut | Told::WaysBack(..) | Told::Fault(_) => {
            return Some(None);
        }
    };
    let start = lasso.as_ref().map(|lasso| lasso.cycle_start);
    violates(property, &trace, start).then_some(Some((trace, lasso)))
}

/// Whether a run violates the property, that repeats what comes after so many steps for ever. For a
/// trap, whether it ends in a state that is not good.
pub(crate) fn violates<S, A>(
    property: &Property<'_, S, A>,
    trace: &Trace<S, A>,
    cycle_start: Option<usize>,
) -> bool {
    let predicates = property.predicates();
    if predicates.is_empty() {
        return false;
    }
    let (p, q) = (&predicates[0], predicates.get(1).unwrap_or(&predicates[0]));
    let states = trace.states();
    let last = trace.last_state();
    let never = |states: &[S]| !states.iter().any(q);
    match (property.kind, cycle_start) {
        (PropertyKind::Recoverable, None) => !p(last),
        // The shortest schedule that gives the first condition up does so at its end.
        (PropertyKind::Until, None) => never(states) && !p(last),
        (PropertyKind::Eventually | PropertyKind::Until, Some(_)) => never(states),
        (PropertyKind::LeadsTo, Some(start)) => never(&states[start..]) && owes(predicates, trace),
        (PropertyKind::AlwaysEventually, Some(start)) => never(&states[start..]),
        (PropertyKind::EventuallyAlways, Some(start)) => {
            states[start..].iter().any(|state| !p(state))
        }
        _ => false,
    }
}

/// Whether, of a first and a second condition, the first was true, and the second neither then nor later.
pub(crate) fn owes<S, A>(conditions: &[StatePredicate<'_, S>], trace: &Trace<S, A>) -> bool {
    let latest = trace.states().iter().rev();
    let mut unpaid = latest.take_while(|state| !conditions[1](state));
    unpaid.any(&conditions[0])
}

/// What a replay gives, if it does not panic, and agrees with the search.
fn replayed<S, A, T>(
    property: &Property<'_, S, A>,
    replay: impl FnOnce() -> Option<T>,
) -> Result<T, Fault> {
    // A panic here is one that did not happen during the search.
    let found = catch_unwind(AssertUnwindSafe(replay)).ok().flatten();
    found.ok_or_else(|| Fault::NotDeterministic {
        detail: format!(
            "replayed through the model alone, the schedule for `{}` does not lead there",
            property.name
        ),
        path: None,
    })
}
