//! What the properties say of one state and of the step into it.

use std::sync::Arc;

use planwright_model::Model;
use serde::{Deserialize, Serialize};

use crate::property::{Condition, PropertyOf};
use crate::{Checkable, Checker, PropertyKind, Trace};

/// What a property says of one state and of the step into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The property's name.
    pub property: String,
    /// What it claims.
    pub kind: PropertyKind,
    /// Whether it is true here: of the state, of a property of steps of the step, of a property of runs
    /// what they have to come to (the last of its conditions). `None` of a property of steps where there
    /// is no step.
    pub value: Option<bool>,
}

impl Reading {
    /// Whether the state or the step violates the property by itself. What happens later can show more.
    pub fn is_violation(&self) -> bool {
        self.kind.is_safety() && self.value == Some(false)
    }
}

impl<'m, M: Checkable> Checker<'m, M> {
    /// What each property says of the last state of a schedule, and of its last step.
    ///
    /// # Example
    ///
    /// ```
    /// use planwright_checker::{Checker, Model, Trace};
    ///
    /// struct Countdown;
    ///
    /// impl Model for Countdown {
    ///     type State = u8;
    ///     type Action = u8;
    ///     fn init_states(&self) -> Vec<u8> {
    ///         vec![3]
    ///     }
    ///     fn actions(&self, left: &u8, actions: &mut Vec<u8>) {
    ///         actions.extend([1, 2].into_iter().filter(|less| less <= left));
    ///     }
    ///     fn next_state(&self, left: &u8, less: u8) -> Option<u8> {
    ///         left.checked_sub(less)
    ///     }
    /// }
    ///
    /// let checker = Checker::new(&Countdown)
    ///     .always("time is left", |left| *left > 0)
    ///     .always_step("one at a time", |_, less, _| *less == 1);
    /// let readings = checker.readings(&Trace::replay(&Countdown, "0/1")?);
    /// assert_eq!([readings[0].value, readings[1].value], [Some(true), Some(false)]);
    /// assert!(readings[1].is_violation());
    /// # Ok::<(), planwright_checker::ReplayError>(())
    /// ```
    pub fn readings(&self, trace: &Trace<M::State, M::Action>) -> Vec<Reading> {
        let step = trace.steps().next_back();
        let step = step.map(|(before, action, _)| (before, action));
        self.readings_of(step, trace.last_state())
    }

    /// What each property says of a state, and of the step into it: the state before and the action.
    pub fn readings_of(
        &self,
        step: Option<(&M::State, &M::Action)>,
        state: &M::State,
    ) -> Vec<Reading> {
        let reading = |property: &Arc<PropertyOf<'m, M>>| Reading {
            property: property.name.clone(),
            kind: property.kind,
            value: value(&self.model, property, step, state),
        };
        self.asked().list.iter().map(reading).collect()
    }
}

/// Whether the property is true of the state, or of the step.
pub(crate) fn value<M>(
    model: &M,
    property: &PropertyOf<'_, M>,
    step: Option<(&M::State, &M::Action)>,
    state: &M::State,
) -> Option<bool>
where
    M: Model,
    M::State: PartialEq,
{
    let states = match &property.condition {
        Condition::Steps(holds) => {
            return step.map(|(before, action)| holds(before, action, state));
        }
        Condition::States(states) => states,
    };
    Some(match property.kind {
        PropertyKind::AlwaysImplies => !states[0](state) || states[1](state),
        PropertyKind::NoDeadlock => states[0](state) || goes_on(model, state),
        _ => states.last()?(state),
    })
}

/// Whether anything can happen that changes the state.
fn goes_on<M>(model: &M, state: &M::State) -> bool
where
    M: Model,
    M::State: PartialEq,
{
    let mut actions = Vec::new();
    model.actions(state, &mut actions);
    let mut actions = actions.into_iter();
    actions.any(|action| {
        let next = model.next_state(state, action);
        next.is_some_and(|next| next != *state)
    })
}
