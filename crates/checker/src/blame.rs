//! What a violation needs of the schedule that leads to it.

use std::hash::Hash;

use planwright_model::Model;
use serde::{Deserialize, Serialize};

use crate::printed::TraceOf;
use crate::property::Property;
use crate::{Checker, Report, Trace};

/// What a violation needs of the schedule that leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Blame<S, A> {
    /// How much the violation needs each step.
    pub steps: Vec<Need>,
    /// The nearest good run beside the schedule; `None` if moving one step gives none.
    pub near_miss: Option<NearMiss<S, A>>,
}

/// How much a violation needs a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Without it the other steps still violate the property.
    Noise,
    /// Without it they do not, or cannot be taken.
    Necessary,
    /// Moreover it is in a race: exchanged with the step before or after it, all can be taken, and the
    /// property is not violated.
    Race,
}

/// The steps of a schedule with one of them moved, so that nothing is violated.
///
/// Of all such runs, one whose step is moved least, and of those the one that departs latest.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NearMiss<S, A> {
    /// The step that is moved, counted from 1.
    pub step: usize,
    /// The place it is moved to, counted from 1 in the new order.
    pub to: usize,
    /// The good run.
    pub trace: Trace<S, A>,
}

impl<'m, M> Checker<'m, M>
where
    M: Model + Sync,
    M::State: Clone + Hash + PartialEq + Send + Sync,
    M::Action: Clone + PartialEq + Send + Sync,
{
    /// Finds out which steps of a schedule the violation of a property needs, and which orders, by
    /// replaying the schedule without each step, and with each step elsewhere.
    ///
    /// A step is taken in another place only as the same action: equal, in a state that offers it. For a
    /// property of states or steps; `None` if there is no such property, if it is one that only the graph
    /// of all states can decide, or if the schedule does not violate it. For a `sometimes` property, a
    /// witness takes the place of a violation.
    ///
    /// Takes time cubic in the length of the schedule.
    ///
    /// ```
    /// use planwright_checker::{Checker, Model, Need};
    ///
    /// /// Two writers, of which the second should come last; and a clock.
    /// struct Register;
    ///
    /// impl Model for Register {
    ///     /// Who has written, the value, the time.
    ///     type State = ([bool; 2], u8, u8);
    ///     type Action = Option<u8>;
    ///     fn init_states(&self) -> Vec<Self::State> {
    ///         vec![([false; 2], 0, 0)]
    ///     }
    ///     fn actions(&self, (written, _, time): &Self::State, actions: &mut Vec<Option<u8>>) {
    ///         actions.extend((0..2).filter(|w| !written[usize::from(*w)]).map(Some));
    ///         actions.extend((*time < 1).then_some(None));
    ///     }
    ///     fn next_state(&self, state: &Self::State, writer: Option<u8>) -> Option<Self::State> {
    ///         let (mut written, mut value, mut time) = *state;
    ///         match writer {
    ///             Some(writer) => (written[usize::from(writer)], value) = (true, writer + 1),
    ///             None => time += 1,
    ///         }
    ///         Some((written, value, time))
    ///     }
    /// }
    ///
    /// let checker = || {
    ///     Checker::new(&Register).always("the second stays", |(written, value, time)| {
    ///         written != &[true; 2] || *time == 0 || *value == 2
    ///     })
    /// };
    /// let report = checker().run();
    /// let trace = report.assert_violated("the second stays");
    /// assert_eq!(trace.actions(), [Some(1), Some(0), None]);
    /// let blame = checker().blame("the second stays", trace).expect("it is violated");
    /// assert_eq!(blame.steps, [Need::Race, Need::Race, Need::Necessary]);
    /// let near_miss = blame.near_miss.expect("the other order is good");
    /// assert_eq!(near_miss.trace.actions(), [Some(0), Some(1), None]);
    /// ```
    pub fn blame(&self, property: &str, trace: &TraceOf<M>) -> Option<Blame<M::State, M::Action>> {
        let mut properties = self.own.iter().chain(&self.added);
        let property = properties.find(|known| known.name == property)?;
        let model = self.model;
        let along = Along {
            model,
            property,
            trace,
        };
        along.blame()
    }
}

impl<M> Report<'_, M>
where
    M: Model,
    M::Action: Clone + PartialEq,
{
    /// Finds out which steps of a finding's schedule it needs, as [`Checker::blame`] does.
    ///
    /// Takes time cubic in the length of the schedule.
    pub fn blame(&self, property: &str) -> Option<Blame<M::State, M::Action>> {
        let trace = self.finding(property)?.verdict.trace()?;
        let mut properties = self.properties.iter();
        let along = Along {
            model: self.model(),
            property: properties.find(|known| known.name == property)?,
            trace,
        };
        along.blame()
    }
}

/// A schedule whose steps are taken in other orders.
struct Along<'a, 'm, M: Model> {
    model: &'m M,
    property: &'a Property<'m, M>,
    trace: &'a TraceOf<M>,
}

/// What comes of it.
struct Taken {
    is_good: bool,
    /// The ordinals of the actions.
    ordinals: Vec<u32>,
}

impl<M> Along<'_, '_, M>
where
    M: Model,
    M::Action: Clone + PartialEq,
{
    fn blame(&self) -> Option<Blame<M::State, M::Action>> {
        let order: Vec<usize> = (0..self.trace.len()).collect();
        if self.take(&order)?.is_good {
            return None;
        }
        let steps = order.iter().map(|step| self.need(&order, *step)).collect();
        Some(Blame {
            steps,
            near_miss: self.near_miss(&order),
        })
    }

    /// Takes these steps of the schedule in this order; `None` if that cannot be done, or if the property
    /// is not about states or steps.
    fn take(&self, order: &[usize]) -> Option<Taken> {
        if !self.property.is_local() {
            return None;
        }
        let mut init = self.model.init_states();
        let mut state = init.swap_remove(self.trace.initial() as usize);
        let mut ordinals = Vec::with_capacity(order.len());
        let mut is_good = !self.property.is_settled_in(&state);
        let mut actions = Vec::new();
        for step in order {
            let action = &self.trace.actions()[*step];
            actions.clear();
            self.model.actions(&state, &mut actions);
            let ordinal = actions.iter().position(|offered| offered == action)?;
            let next = self.model.next_state(&state, action.clone())?;
            ordinals.push(ordinal.try_into().ok()?);
            let is_refused = self.property.refuses(&state, action, &next);
            if !self.model.within_boundary(&next) {
                // Nothing follows, so only a violation by this last step is of interest.
                let is_last = ordinals.len() == order.len();
                is_good &= !is_refused;
                return (is_last && !is_good).then_some(Taken { is_good, ordinals });
            }
            is_good &= !self.property.is_settled_in(&next) && !is_refused;
            state = next;
        }
        Some(Taken { is_good, ordinals })
    }

    fn need(&self, order: &[usize], step: usize) -> Need {
        let others: Vec<usize> = order.iter().copied().filter(|s| *s != step).collect();
        if self.take(&others).is_some_and(|taken| !taken.is_good) {
            return Need::Noise;
        }
        let exchanged = |first: usize| {
            let mut order = order.to_vec();
            order.swap(first, first + 1);
            self.take(&order).is_some_and(|taken| taken.is_good)
        };
        let before = step > 0 && exchanged(step - 1);
        if before || step + 1 < order.len() && exchanged(step) {
            Need::Race
        } else {
            Need::Necessary
        }
    }

    fn near_miss(&self, order: &[usize]) -> Option<NearMiss<M::State, M::Action>> {
        let count = order.len();
        let moves = (1..count).flat_map(|distance| {
            let later = (0..count - distance).rev();
            // Where a step moves, those between move the other way: both directions depart at `first`.
            later.flat_map(move |first| [(first + distance, first), (first, first + distance)])
        });
        for (from, to) in moves {
            let mut order = order.to_vec();
            let step = order.remove(from);
            order.insert(to, step);
            let Some(taken) = self.take(&order).filter(|taken| taken.is_good) else {
                continue;
            };
            let trace = Trace::follow(self.model, self.trace.initial(), &taken.ordinals);
            return trace.ok().map(|trace| NearMiss {
                step: from + 1,
                to: to + 1,
                trace,
            });
        }
        None
    }
}
