//! The steps of a schedule in other orders.

use std::sync::Arc;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hash::Hash;
use std::mem::discriminant;

use planwright_model::Model;

use super::NearMiss;
use crate::Trace;
use crate::fingerprint::Fingerprinter;
use crate::judge::violates;
use crate::liveness::{Fairness, Lasso, run_on};
use crate::printed::TraceOf;
use crate::properties::PropertiesOf;
use crate::property::PropertyOf;
use crate::steps::{Step, steps};

/// How many steps are tried in all.
const STEPS: usize = 1_000_000;

/// How often the turns of a cycle are taken until a state is seen again.
const ROUNDS: usize = 32;

/// Whether an action is one of the process with this number.
type Belongs<'a, M> = dyn Fn(usize, &<M as Model>::Action) -> bool + 'a;

/// A schedule whose steps are taken in other orders.
pub(super) struct Orders<'a, 'm, M: Model> {
    pub(super) model: &'m M,
    pub(super) property: &'a PropertyOf<'m, M>,
    fairness: &'a [Arc<Fairness<'m, M::Action>>],
    pub(super) trace: &'a TraceOf<M>,
    /// The number of steps before those that are repeated for ever, if the property is about runs.
    cycle_start: Option<usize>,
    /// The process of each step, as a number.
    pub(super) processes: Vec<usize>,
    /// Whether an action is one of a process, by its number.
    belongs: Box<Belongs<'a, M>>,
    pub(super) fingerprinter: Fingerprinter,
    /// Whether states are traps, by fingerprint. A wrong answer here costs a hint, not a verdict.
    pub(super) traps: RefCell<HashMap<u64, bool>>,
    /// How many steps may still be tried.
    left: Cell<usize>,
    was_limited: Cell<bool>,
}

/// What comes of an order.
pub(super) struct Run<M: Model> {
    pub(super) is_good: bool,
    pub(super) trace: TraceOf<M>,
    pub(super) lasso: Option<Lasso>,
}

/// What is found by moving steps, which are counted from 0.
pub(super) struct Moved<M: Model> {
    pub(super) races: Vec<(usize, usize)>,
    pub(super) near_miss: Option<NearMiss<M::State, M::Action>>,
}

/// Who acts next.
#[derive(Clone, Copy)]
enum Turn {
    /// The process of this step, which takes that step if it can.
    Of(usize),
    /// Some action of the fairness condition with this number.
    Fair(usize),
}

impl<'a, 'm, M> Orders<'a, 'm, M>
where
    M: Model,
    M::State: Clone + Hash + PartialEq,
    M::Action: Clone + PartialEq,
{
    pub(super) fn new<P: PartialEq + 'a>(
        model: &'m M,
        (property, asked): (&'a PropertyOf<'m, M>, &'a PropertiesOf<'m, M>),
        (trace, cycle_start): (&'a TraceOf<M>, Option<usize>),
        process: impl Fn(&M::Action) -> P + 'a,
    ) -> Self {
        let mut known: Vec<P> = Vec::new();
        let number = |action: &M::Action| {
            let process = process(action);
            let number = known.iter().position(|known| *known == process);
            number.unwrap_or_else(|| {
                known.push(process);
                known.len() - 1
            })
        };
        let processes = trace.actions().iter().map(number).collect();
        Self {
            model,
            property,
            fairness: &asked.fairness,
            trace,
            cycle_start,
            processes,
            belongs: Box::new(move |number, action| known[number] == process(action)),
            fingerprinter: Fingerprinter::new(0),
            traps: RefCell::default(),
            left: Cell::new(STEPS),
            was_limited: Cell::new(false),
        }
    }

    pub(super) fn is_complete(&self) -> bool {
        !self.was_limited.get()
    }

    /// Notes that a limit was reached.
    pub(super) fn limited<T>(&self) -> Option<T> {
        self.was_limited.set(true);
        None
    }

    pub(super) fn spend(&self, steps: usize) -> Option<()> {
        let Some(left) = self.left.get().checked_sub(steps) else {
            return self.limited();
        };
        self.left.set(left);
        Some(())
    }

    /// The number of steps that are not repeated for ever.
    pub(super) fn stem(&self) -> usize {
        self.cycle_start.unwrap_or(self.trace.len())
    }

    /// Which steps can be left out, all of them together, so that the others still violate the property.
    pub(super) fn unneeded(&self) -> Vec<bool> {
        let mut unneeded = vec![false; self.trace.len()];
        loop {
            let before = unneeded.clone();
            // From the end, so that of steps that can stand for each other the first stays.
            for step in (0..self.trace.len()).rev() {
                if !unneeded[step] {
                    unneeded[step] = true;
                    unneeded[step] = self.without(&unneeded) == Some(false);
                }
            }
            // What was needed only by steps that have gone since can go as well.
            if unneeded == before {
                return unneeded;
            }
        }
    }

    /// Whether the schedule without these steps is good; `None` if they cannot be taken.
    fn without(&self, left_out: &[bool]) -> Option<bool> {
        let mut trace = self.beginning(0)?;
        let mut cycle_start = self.cycle_start.map(|_| 0);
        for (step, action) in self.trace.actions().iter().enumerate() {
            if self.cycle_start == Some(step) {
                cycle_start = Some(trace.len());
            }
            if !left_out[step] {
                self.take(&mut trace, action)?;
            }
        }
        if self.cycle_start == Some(self.trace.len()) {
            cycle_start = Some(trace.len());
        }
        match cycle_start {
            None => self.is_good(&trace),
            Some(start) => {
                self.lasso(&trace, start)?;
                Some(!violates(self.property, &trace, Some(start)))
            }
        }
    }

    /// The run that repeats what comes after so many steps for ever, or rests, if it may.
    fn lasso(&self, trace: &TraceOf<M>, start: usize) -> Option<Lasso> {
        let rest = self.property.may_rest(self.fairness)?;
        run_on(self.model, (self.fairness, rest), trace, start)
    }

    /// What comes of moving one step.
    pub(super) fn with_one_step_moved(&self) -> Moved<M> {
        let mut races = Vec::new();
        let mut nearest: Option<(usize, Run<M>, usize)> = None;
        let mut found = |first: usize, second: usize, run: Run<M>| {
            if !races.contains(&(first, second)) {
                races.push((first, second));
            }
            let distance = second - first;
            let is_nearer = |(least, _, departs): &(usize, Run<M>, usize)| {
                distance < *least || distance == *least && first > *departs
            };
            if nearest.as_ref().is_none_or(is_nearer) {
                nearest = Some((distance, run, first));
            }
        };
        for step in 0..self.stem() {
            let other = |other: &usize| self.processes[*other] != self.processes[step];
            let earlier = (0..step).rev().take_while(other).find_map(|first| {
                let order = [step].into_iter().chain(first..step);
                self.good(first, order, step + 1).map(|run| (first, run))
            });
            if let Some((first, run)) = earlier {
                found(first, step, run);
            }
            let later = (step + 1..self.stem())
                .take_while(other)
                .find_map(|second| {
                    let order = (step + 1..=second).chain([step]);
                    self.good(step, order, second + 1).map(|run| (second, run))
                });
            if let Some((second, run)) = later {
                found(step, second, run);
            }
        }
        races.sort_unstable();
        Moved {
            races,
            near_miss: nearest.and_then(|(_, run, _)| self.near_miss(run)),
        }
    }

    /// The run that takes turns in this order after so many steps, if all of them can be taken, and from step
    /// `rest` on in that of the schedule, if it is good.
    fn good(
        &self,
        after: usize,
        order: impl Iterator<Item = usize>,
        rest: usize,
    ) -> Option<Run<M>> {
        let mut trace = self.beginning(after)?;
        for step in order {
            self.act(&mut trace, Turn::Of(step))??;
        }
        let mut waiting: Vec<usize> = (rest..self.stem()).collect();
        // Who can do nothing in its turn may be able to later.
        loop {
            let before = waiting.len();
            let mut still = Vec::new();
            for step in waiting {
                if self.act(&mut trace, Turn::Of(step))?.is_none() {
                    still.push(step);
                }
            }
            waiting = still;
            if waiting.len() == before {
                break;
            }
        }
        self.finish(trace).filter(|run| run.is_good)
    }

    pub(super) fn near_miss(&self, run: Run<M>) -> Option<NearMiss<M::State, M::Action>> {
        let pairs = run.trace.actions().iter().zip(self.trace.actions());
        let same = pairs.take_while(|(here, there)| here == there).count();
        Some(NearMiss {
            departs: same + 1,
            trace: run.trace,
            lasso: run.lasso,
        })
    }

    /// The first steps of the schedule.
    pub(super) fn beginning(&self, steps: usize) -> Option<TraceOf<M>> {
        self.spend(steps)?;
        let ordinals = &self.trace.ordinals()[..steps];
        Trace::follow(self.model, self.trace.initial(), ordinals).ok()
    }

    /// Whether an action belongs to the process with this number.
    pub(super) fn belongs(&self, process: usize, action: &M::Action) -> bool {
        (self.belongs)(process, action)
    }

    /// The steps that can follow a schedule; `None` once the limit is reached, or if the schedule has left the
    /// boundary.
    pub(super) fn offered(&self, trace: &TraceOf<M>) -> Option<Vec<Step<M>>> {
        self.spend(1)?;
        let state = trace.last_state();
        if !self.model.within_boundary(state) {
            return None;
        }
        let mut offered = steps(self.model, state);
        // Nothing comes of a step that leaves the boundary, unless the step itself is a violation.
        offered.retain(|step| {
            self.model.within_boundary(&step.next)
                || self.property.refuses(state, &step.action, &step.next)
        });
        Some(offered)
    }

    /// Takes an equal action.
    fn take(&self, trace: &mut TraceOf<M>, wanted: &M::Action) -> Option<()> {
        let offered = self.offered(trace)?;
        let offer = offered.iter().find(|offer| offer.action == *wanted)?;
        trace.step(self.model, offer.ordinal).ok()
    }

    /// Has a process take its turn: `Some(None)` if it can do nothing, `None` once the limit is reached.
    fn act(&self, trace: &mut TraceOf<M>, turn: Turn) -> Option<Option<()>> {
        let offered = self.offered(trace)?;
        let chosen = match turn {
            Turn::Of(step) => {
                let wanted = &self.trace.actions()[step];
                let process = self.processes[step];
                let belongs = |offer: &&Step<M>| self.belongs(process, &offer.action);
                let own = || offered.iter().filter(belongs);
                let kind = discriminant(wanted);
                own()
                    .find(|offer| offer.action == *wanted)
                    .or_else(|| own().find(|offer| discriminant(&offer.action) == kind))
                    .or_else(|| own().next())
            }
            Turn::Fair(condition) => {
                let covers = &self.fairness[condition].covers;
                let changes = |offer: &&Step<M>| offer.next != *trace.last_state();
                let mut changing = offered.iter().filter(changes);
                changing.find(|offer| covers(&offer.action))
            }
        };
        Some(chosen.and_then(|offer| trace.step(self.model, offer.ordinal).ok()))
    }

    /// What comes of a run that begins so; `None` if that cannot be told.
    pub(super) fn finish(&self, trace: TraceOf<M>) -> Option<Run<M>> {
        let Some(start) = self.cycle_start else {
            let is_good = self.is_good(&trace)?;
            return Some(Run {
                is_good,
                trace,
                lasso: None,
            });
        };
        let same: Vec<Turn> = (start..self.trace.len()).map(Turn::Of).collect();
        let fair: Vec<Turn> = (0..self.fairness.len()).map(Turn::Fair).collect();
        let ways = [same, fair];
        let mut ways = ways.iter();
        let Some((trace, lasso)) = ways.find_map(|turns| self.for_ever(trace.clone(), turns))
        else {
            return self.limited();
        };
        Some(Run {
            is_good: !violates(self.property, &trace, Some(lasso.cycle_start)),
            trace,
            lasso: Some(lasso),
        })
    }

    /// The run in which these turns come again and again; `None` if it is not fair.
    fn for_ever(&self, mut trace: TraceOf<M>, turns: &[Turn]) -> Option<(TraceOf<M>, Lasso)> {
        let mut rounds = vec![trace.len()];
        for _ in 0..ROUNDS {
            for turn in turns {
                self.act(&mut trace, *turn)?;
            }
            let last = trace.last_state();
            if let Some(start) = rounds.iter().find(|at| trace.states()[**at] == *last) {
                let lasso = self.lasso(&trace, *start)?;
                return Some((trace, lasso));
            }
            rounds.push(trace.len());
        }
        None
    }
}
