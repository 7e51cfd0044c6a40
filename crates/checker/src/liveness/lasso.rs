//! Schedules that go on for ever.

use std::sync::Arc;

use planwright_model::Model;
use serde::{Deserialize, Serialize};

use super::fairness::{Fairness, Rest, Strength};
use crate::Trace;
use crate::steps::steps;

/// How a schedule goes on for ever: its last steps again and again, from
/// [`cycle_start`](Self::cycle_start) on.
///
/// The schedule shows the cycle once, so its last state is the one at `cycle_start`. If that is the
/// last state itself, the run stops there, and [`rests`](Self::rests) says why it may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Lasso {
    /// The number of steps before the cycle.
    pub cycle_start: usize,
    /// Why the run may stop for ever after the last step, if it does: nothing can happen there any more,
    /// nothing that is obliged can, or nothing was declared that must happen.
    pub rests: Option<Rest>,
    /// Each condition on runs, and how this one meets it.
    pub fairness: Vec<Met>,
}

/// How a run meets a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Met {
    /// The condition's name.
    pub condition: String,
    /// How much it asks.
    pub strength: Strength,
    /// What meets it.
    pub how: How,
}

/// What meets a condition again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// One of its actions is taken: in this step, counted from 1.
    Taken(usize),
    /// None of its actions is enabled after this many steps, so weak fairness asks for nothing.
    Disabled(usize),
    /// None of its actions is enabled anywhere on the cycle, or where the run stops.
    NeverEnabled,
    /// The run does not stop, and progress asks for no more.
    GoesOn,
}

/// The lasso that a schedule makes with a cycle from `start` on, if the model by itself agrees that it
/// is one: it closes, or stops where `rest` lets it, and is fair.
pub(crate) fn run_on<M>(
    model: &M,
    (fairness, rest): (&[Arc<Fairness<'_, M::Action>>], Rest),
    trace: &Trace<M::State, M::Action>,
    start: usize,
) -> Option<Lasso>
where
    M: Model<State: PartialEq, Action: Clone>,
{
    let states = &trace.states()[start..];
    if states[0] != *trace.last_state() {
        return None;
    }
    let enabled: Vec<Vec<M::Action>> = states.iter().map(|state| enabled(model, state)).collect();
    let stops = states.len() == 1;
    let changes = |pair: &[M::State]| pair[0] != pair[1];
    if !stops && !states.windows(2).any(changes) {
        // Steps that change nothing are no way to go on.
        return None;
    }
    let rests = match rest {
        _ if !stops => None,
        _ if enabled[0].is_empty() => Some(Rest::WhereNothingCanHappen),
        Rest::WhereNothingCanHappen => return None,
        rest => Some(rest),
    };
    let met = fairness.iter().map(|condition| {
        let covers = |action: &M::Action| (condition.covers)(action);
        let mut taken = states.windows(2).zip(&trace.actions()[start..]);
        let how = if let Some(step) = taken.position(|(pair, by)| changes(pair) && covers(by)) {
            How::Taken(start + step + 1)
        } else if !enabled.iter().flatten().any(covers) {
            How::NeverEnabled
        } else if stops {
            return None;
        } else if condition.strength == Strength::Progress {
            How::GoesOn
        } else if condition.strength == Strength::Weak {
            let disabled = |actions: &Vec<M::Action>| !actions.iter().any(covers);
            How::Disabled(start + enabled.iter().position(disabled)?)
        } else {
            return None;
        };
        Some(Met {
            condition: condition.name.clone(),
            strength: condition.strength,
            how,
        })
    });
    Some(Lasso {
        cycle_start: start,
        rests,
        fairness: met.collect::<Option<_>>()?,
    })
}

/// Whether nothing can happen in a state any more.
pub(crate) fn is_terminal<M>(model: &M, state: &M::State) -> bool
where
    M: Model<State: PartialEq, Action: Clone>,
{
    enabled(model, state).is_empty()
}

/// The actions that change a state.
fn enabled<M>(model: &M, state: &M::State) -> Vec<M::Action>
where
    M: Model<State: PartialEq, Action: Clone>,
{
    let steps = steps(model, state).into_iter();
    let changing = steps.filter(|step| step.next != *state);
    changing.map(|step| step.action).collect()
}
