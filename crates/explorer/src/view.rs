//! What is seen at one place of a walk.

use std::fmt::Debug;

use planwright_checker::{Checkable, Checker, PropertyKind, Reading, ReplayError, Trace};
use planwright_model::{Depict, Refusal};
use planwright_report::{Step, Story};
use serde::Serialize;

/// What is seen at one place of a walk through a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The whole walk. A step that violates something has [`Step::property`] false.
    pub story: Story,
    /// The place: so many steps were taken.
    pub step: usize,
    /// How many initial states the model has.
    pub initial_states: usize,
    /// What the properties say of this place.
    pub readings: Vec<Reading>,
    /// What can happen next.
    pub choices: Vec<Choice>,
    /// What cannot happen next, and why.
    pub refusals: Vec<Refusal>,
}

/// What can happen next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The number that the replay line has for it.
    pub ordinal: u32,
    /// What it is.
    pub step: Step,
    /// The names of the properties that it would violate.
    pub violates: Vec<String>,
    /// If it leads back to a state of the walk: after how many steps that was.
    pub back_to: Option<usize>,
}

impl View {
    /// What is seen after the first `step` steps of a schedule.
    ///
    /// # Errors
    ///
    /// If the path is none of the model.
    pub fn new<'m, M>(
        model: &'m M,
        checker: &Checker<'m, M>,
        path: &str,
        step: usize,
    ) -> Result<Self, ReplayError>
    where
        M: Depict + Checkable<State: Debug + Eq, Action: Debug>,
    {
        let trace = Trace::replay(model, path)?;
        let step = step.min(trace.len());
        let mut story = Story::of_trace(model, &trace);
        for ((from, action, to), told) in trace.steps().zip(&mut story.steps) {
            let readings = checker.readings_of(Some((from, action)), to);
            told.property = Some(!readings.iter().any(Reading::is_violation));
        }
        let into = step.checked_sub(1);
        let into = into.map(|last| (&trace.states()[last], &trace.actions()[last]));
        let here = &trace.states()[step];
        let mut view = Self {
            step,
            initial_states: model.init_states().len(),
            readings: checker.readings_of(into, here),
            choices: Vec::new(),
            refusals: model.refusals(here),
            story,
        };
        let walked = &trace.states()[..=step];
        let mut schedule: Vec<_> = walked.iter().zip(trace.actions()).take(step).collect();
        let mut actions = Vec::new();
        model.actions(here, &mut actions);
        for (ordinal, action) in (0..).zip(&actions) {
            let next = model.next_state(here, action.clone());
            let within = next.as_ref().map(|next| model.within_boundary(next));
            let violates = |next| {
                let readings = checker.readings_of(Some((here, action)), next);
                // Out of the boundary the step counts, and the state does not.
                let counts =
                    |r: &Reading| within == Some(true) || r.kind == PropertyKind::AlwaysStep;
                let violated = readings
                    .into_iter()
                    .filter(|r| r.is_violation() && counts(r));
                violated.map(|reading| reading.property).collect::<Vec<_>>()
            };
            let reason = match &next {
                None => "the model ignores it here".to_owned(),
                Some(next) if within == Some(true) => {
                    schedule.push((here, action));
                    let told = Step::last_of(model, &mut view.story.lanes, &schedule, next);
                    schedule.pop();
                    view.choices.extend(told.map(|step| Choice {
                        ordinal,
                        step,
                        violates: violates(next),
                        back_to: walked.iter().position(|state| state == next),
                    }));
                    continue;
                }
                Some(next) => match &violates(next)[..] {
                    [] => "it leads outside the boundary of the model".to_owned(),
                    violated => format!(
                        "it leads outside the boundary of the model; the step violates {}",
                        violated.join(", ")
                    ),
                },
            };
            let refusal = Refusal::new(model.actor(action), model.deed(action), reason);
            view.refusals.push(refusal);
        }
        Ok(view)
    }
}
