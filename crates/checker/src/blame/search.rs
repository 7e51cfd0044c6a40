//! A search for a good run among all orders of the turns that are left.

use std::collections::HashSet;
use std::hash::Hash;

use planwright_model::Model;

use super::NearMiss;
use super::orders::{Orders, Run};
use crate::printed::TraceOf;

/// How many steps the search takes.
const STEPS: usize = 20_000;

/// A good run, with the step from which it departs and the one that its first process takes there.
type Found<M> = (
    Option<(usize, usize)>,
    NearMiss<<M as Model>::State, <M as Model>::Action>,
);

/// The orders that depart from the schedule at one step.
struct Departure<'o, 'a, 'm, M: Model> {
    orders: &'o Orders<'a, 'm, M>,
    at: usize,
    /// States, by fingerprint, with what of the past counts there and the turns that were left.
    seen: HashSet<(u64, bool, Vec<usize>)>,
    left: &'o mut usize,
}

impl<M> Orders<'_, '_, M>
where
    M: Model,
    M::State: Clone + Hash + PartialEq,
    M::Action: Clone + PartialEq,
{
    /// A good run in which the processes take at most as many turns as in the schedule, in any order and
    /// with any of their actions. It departs from the schedule as late as possible.
    pub(super) fn with_several_steps_moved(&self) -> Option<Found<M>> {
        let mut left = STEPS;
        (0..self.stem()).rev().find_map(|at| {
            let departure = Departure {
                orders: self,
                at,
                seen: HashSet::new(),
                left: &mut left,
            };
            departure.search()
        })
    }
}

impl<M> Departure<'_, '_, '_, M>
where
    M: Model,
    M::State: Clone + Hash + PartialEq,
    M::Action: Clone + PartialEq,
{
    fn search(mut self) -> Option<Found<M>> {
        let Self { orders, at, .. } = self;
        let mut turns: Vec<usize> = (at..orders.stem()).collect();
        let mut trace = orders.beginning(at)?;
        let run = self.descend(&mut trace, &mut turns)?;
        let near_miss = orders.near_miss(run)?;
        let first = near_miss.trace.actions().get(at)?;
        let mut steps = at..orders.stem();
        let second = steps.find(|step| orders.belongs(orders.processes[*step], first))?;
        let race = (second != at).then_some((at, second));
        Some((race, near_miss))
    }

    /// Takes the turns that are left, in the order of the schedule first; `turns` are those, as steps.
    fn descend(&mut self, trace: &mut TraceOf<M>, turns: &mut Vec<usize>) -> Option<Run<M>> {
        let orders = self.orders;
        let processes = turns.iter().map(|step| orders.processes[*step]).collect();
        let key = orders.fingerprinter.fingerprint(trace.last_state());
        let past = orders.past(trace)?;
        if !self.seen.insert((key, past, processes)) {
            return None;
        }
        let departs = trace.len() == self.at;
        let offered = orders.offered(trace)?;
        let mut acted = false;
        for place in 0..turns.len() {
            let process = orders.processes[turns[place]];
            let mut before = turns[..place].iter();
            if before.any(|step| orders.processes[*step] == process) {
                continue; // This process has had its turn here.
            }
            for offer in &offered {
                if !orders.belongs(process, &offer.action) {
                    continue;
                }
                acted = true;
                if departs && offer.action == orders.trace.actions()[self.at] {
                    continue;
                }
                let Some(left) = self.left.checked_sub(1) else {
                    return orders.limited();
                };
                *self.left = left;
                let steps = trace.len();
                trace.step(orders.model, offer.ordinal).ok()?;
                let step = turns.remove(place);
                if let Some(run) = self.descend(trace, turns) {
                    return Some(run);
                }
                turns.insert(place, step);
                trace.truncate(steps);
            }
        }
        if acted || departs {
            return None;
        }
        orders.finish(trace.clone()).filter(|run| run.is_good)
    }
}
