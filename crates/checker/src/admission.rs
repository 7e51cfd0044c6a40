//! A schedule of one model, taken in another.

use planwright_model::Model;
use serde::{Deserialize, Serialize};

use crate::printed::TraceOf;
use crate::{Checkable, Checker};

/// What becomes of a schedule in another model with the same states and actions, for example in one with
/// one safeguard more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Admission {
    /// The property is violated there too.
    Violated,
    /// This step, counted from 1, cannot be taken there, or only out of the boundary, and nothing is violated
    /// up to there.
    Refused(usize),
    /// All steps can be taken, and nothing is violated: this one, counted from 1, is the first that leads to
    /// another state than in the schedule. 0 stands for the initial state.
    Harmless(usize),
}

impl<'m, M: Checkable> Checker<'m, M> {
    /// Takes the steps of another model's schedule in this checker's model, and says what becomes of a
    /// violation of the property.
    ///
    /// A step is taken as an action with the same label, for example its text: an action may carry what makes
    /// the models differ, as the condition of a write. If several have it, one that leads to the state of the
    /// schedule is preferred, and else the first is taken.
    ///
    /// It is about this schedule alone: a model that refuses it may violate the property by others. `None` if
    /// there is no such property, if the model has no such initial state, or if all steps can be taken and
    /// only the graph of all states can decide the property.
    ///
    /// ```
    /// use planwright_checker::{Admission, Checker, Model};
    ///
    /// /// A lamp with a switch, that may be locked when it is on.
    /// struct Lamp {
    ///     locks: bool,
    /// }
    ///
    /// impl Model for Lamp {
    ///     type State = bool;
    ///     type Action = bool;
    ///     fn init_states(&self) -> Vec<bool> {
    ///         vec![false]
    ///     }
    ///     fn actions(&self, on: &bool, actions: &mut Vec<bool>) {
    ///         actions.extend((!on || !self.locks).then_some(!on));
    ///     }
    ///     fn next_state(&self, _: &bool, on: bool) -> Option<bool> {
    ///         Some(on)
    ///     }
    /// }
    ///
    /// fn checker(lamp: &Lamp) -> Checker<'_, Lamp> {
    ///     Checker::new(lamp).always_step("stays lit", |before, _, after| !before || *after)
    /// }
    ///
    /// let [plain, locked] = [false, true].map(|locks| Lamp { locks });
    /// let report = checker(&plain).run();
    /// let trace = report.assert_violated("stays lit");
    /// let becomes = |lamp| checker(lamp).admission("stays lit", trace, |on| *on);
    /// assert_eq!(becomes(&plain), Some(Admission::Violated));
    /// assert_eq!(becomes(&locked), Some(Admission::Refused(2)));
    /// ```
    pub fn admission<L: PartialEq>(
        &self,
        property: &str,
        trace: &TraceOf<M>,
        label: impl Fn(&M::Action) -> L,
    ) -> Option<Admission> {
        let asked = self.asked();
        let property = asked.find(property)?;
        let mut initial = self.model.init_states();
        let place = usize::try_from(trace.initial()).ok()?;
        let mut state = (place < initial.len()).then(|| initial.swap_remove(place))?;
        let mut departs = (state != trace.states()[0]).then_some(0);
        let mut is_violated = property.is_settled_in(&state);
        let mut actions = Vec::new();
        for (step, (_, action, there)) in (1..).zip(trace.steps()) {
            if is_violated {
                break;
            }
            actions.clear();
            self.model.actions(&state, &mut actions);
            let wanted = label(action);
            let taken = actions.drain(..).filter(|offered| label(offered) == wanted);
            let taken = taken.filter_map(|action| {
                let next = self.model.next_state(&state, action.clone())?;
                let is_within = self.model.within_boundary(&next);
                // Out of the boundary only a violating step is of interest.
                let is_refused = property.refuses(&state, &action, &next);
                (is_within || is_refused).then_some((is_refused, is_within, next))
            });
            let mut taken: Vec<_> = taken.collect();
            let same = taken.iter().position(|(_, _, next)| next == there);
            if taken.is_empty() {
                return Some(Admission::Refused(step));
            }
            let (is_refused, is_within, next) = taken.swap_remove(same.unwrap_or(0));
            is_violated = is_refused || is_within && property.is_settled_in(&next);
            if next != *there {
                departs.get_or_insert(step);
            }
            state = next;
        }
        match is_violated {
            true => Some(Admission::Violated),
            false if property.is_local() => departs.map(Admission::Harmless),
            false => None,
        }
    }
}
