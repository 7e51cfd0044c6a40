//! What a violation needs of the schedule that leads to it.

mod end;
mod orders;
mod search;

use std::hash::Hash;

use planwright_model::Model;
use serde::{Deserialize, Serialize};

use self::orders::Orders;
use crate::{Lasso, Report, Trace};

/// What a violation needs of the schedule that leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Blame<S, A> {
    /// How much the violation needs each step.
    pub steps: Vec<Need>,
    /// Pairs of steps whose order matters, counted from 1: had the process of the second its turn just before
    /// the first, or that of the first just after the second, nothing would be violated. If that takes several
    /// steps to be moved, one pair: once the first is taken in its place, nothing helps, and if the process of
    /// the second has a turn there instead, some order of the turns that are left does.
    pub races: Vec<(usize, usize)>,
    /// The nearest good run beside the schedule.
    pub near_miss: Option<NearMiss<S, A>>,
    /// Whether the search that [`Report::blame`] promises was finished and every run in it judged. If not,
    /// there may be more races, or a near miss: the limit was reached, or some run could not be judged, because
    /// its verdict depends on states outside the model's boundary, or because no fair continuation was found.
    pub is_complete: bool,
}

/// How much a violation needs a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Without all steps of this kind together, the others still violate the property.
    Noise,
    /// Without it, and without noise, the others do not, or cannot be taken.
    Necessary,
    /// Moreover it is in a [race](Blame::races).
    Race,
}

/// A run of the same processes, which take no more steps than in the schedule, so that nothing is
/// violated.
///
/// The run is one in which a single step is moved, if there is one: of those, it is moved least, and it
/// departs latest. Otherwise it is one in which several are, and it departs as late as possible.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NearMiss<S, A> {
    /// The first step that is another than in the schedule, counted from 1.
    pub departs: usize,
    /// The good run. For a property of runs its last steps, from [`Lasso::cycle_start`] on, are repeated
    /// for ever.
    pub trace: Trace<S, A>,
    /// How it goes on for ever, for a property of runs.
    pub lasso: Option<Lasso>,
}

impl<'m, M> Report<'m, M>
where
    M: Model,
    M::State: Clone + Hash + PartialEq,
    M::Action: Clone + PartialEq,
{
    /// Finds out which steps of a finding's schedule the violation needs, and which orders.
    ///
    /// `process` says who takes a step. To find the steps that are not needed, the schedule is replayed
    /// without them, each other step as an equal action. To find the orders that matter, each step is moved
    /// between those of its process before and after it, past steps of other processes. In another order a
    /// process takes the same step if that is offered; otherwise, because it has seen something else, the first
    /// of the same kind (enum variant), or else the first that the model lists. The steps of a race can be
    /// taken in both orders; later ones of which nothing is offered are left out. If no such run is good, all
    /// orders are searched, those that depart latest first.
    ///
    /// A run is good if the property is not violated in it; for recoverability, if its last state is no
    /// trap; for a property of runs, if it is satisfied by the run that goes on for ever in the same way, or if
    /// that is not fair, in one that is. For a `sometimes` property, a witness takes the place of a violation.
    ///
    /// `None` if there is no such property, or if it has no schedule.
    ///
    /// Takes time cubic in the length of the schedule, and at most that of a million steps.
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
    /// let checker = Checker::new(&Register).always("the second stays", |(written, value, time)| {
    ///     written != &[true; 2] || *time == 0 || *value == 2
    /// });
    /// let report = checker.run();
    /// let trace = report.assert_violated("the second stays");
    /// assert_eq!(trace.actions(), [Some(1), Some(0), None]);
    /// let blame = report.blame("the second stays", |writer| *writer).expect("it is violated");
    /// assert_eq!(blame.steps, [Need::Race, Need::Race, Need::Necessary]);
    /// assert_eq!(blame.races, [(1, 2)]);
    /// let near_miss = blame.near_miss.expect("the other order is good");
    /// assert_eq!(near_miss.trace.actions(), [Some(0), Some(1), None]);
    /// ```
    pub fn blame<P: PartialEq>(
        &self,
        property: &str,
        process: impl Fn(&M::Action) -> P,
    ) -> Option<Blame<M::State, M::Action>> {
        let finding = self.finding(property)?;
        let trace = finding.verdict.trace()?;
        let lasso = finding.lasso.as_ref();
        let property = self.asked.find(property)?;
        let cycle_start = lasso.map(|lasso| lasso.cycle_start);
        let claim = (property, &self.asked);
        let orders = Orders::new(&self.explored, claim, (trace, cycle_start), process);
        let unneeded = orders.unneeded();
        let mut found = orders.with_one_step_moved();
        if found.near_miss.is_none()
            && let Some((race, near_miss)) = orders.with_several_steps_moved()
        {
            found.races.extend(race);
            found.near_miss = Some(near_miss);
        }
        let races = |step: usize| {
            let mut races = found.races.iter();
            races.any(|(first, second)| *first == step || *second == step)
        };
        let need = |step: usize| match (unneeded[step], races(step)) {
            (true, _) => Need::Noise,
            (false, true) => Need::Race,
            (false, false) => Need::Necessary,
        };
        Some(Blame {
            steps: (0..trace.len()).map(need).collect(),
            races: found.races.iter().map(|(a, b)| (a + 1, b + 1)).collect(),
            near_miss: found.near_miss,
            is_complete: orders.is_complete(),
        })
    }
}
