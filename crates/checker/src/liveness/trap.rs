//! Regions that cannot be left towards anything good.

use serde::{Deserialize, Serialize};

use super::Answer;
use super::components::Components;
use super::graph::{Graph, OUTSIDE, States};
use super::patience::Patience;
use crate::ActionCount;

/// What comes after the shortest schedule into a trap: a state from which no good state can be
/// reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Trap {
    /// How many states can be reached from there, itself included: all of them are trapped.
    pub states: u64,
    /// In how many of them nothing can happen any more.
    pub terminal: u64,
    /// How many trapped states the model has in all.
    pub trapped: u64,
    /// How often the actions of each class still fire in the reachable ones, steps that change
    /// nothing left out; empty without [`action_classes`](crate::Checker::action_classes).
    pub actions: Vec<ActionCount>,
}

/// A [`Trap`] before classes have names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) states: u64,
    pub(crate) terminal: u64,
    pub(crate) trapped: u64,
    /// Per class.
    pub(crate) fired: Vec<u64>,
}

impl Region {
    pub(crate) fn named(&self, classes: &[String]) -> Trap {
        let fired = self.fired.iter().chain(std::iter::repeat(&0));
        let actions = classes.iter().zip(fired).map(|(name, fired)| ActionCount {
            name: name.clone(),
            fired: *fired,
        });
        Trap {
            states: self.states,
            terminal: self.terminal,
            trapped: self.trapped,
            actions: actions.collect(),
        }
    }
}

/// The trapped state that was found first, if there is one.
///
/// Components are met from the last ones back to the first, so one look at each tells what it can
/// reach: linear in states and steps.
pub(super) fn find((graph, patience): (&Graph, &Patience<'_>), good: &States) -> Answer {
    let mut saved = States::with_capacity(graph.len());
    let mut open = States::with_capacity(graph.len());
    let everything = graph.everything();
    let all = 0..graph.len() as u32;
    Components::new(graph, patience).each(all.clone(), &everything, |component| {
        let (mut is_saved, mut is_open) = (false, false);
        for state in component.members {
            is_saved |= good.contains(*state as usize);
            for target in graph.targets(*state) {
                is_open |= *target == OUTSIDE || open.contains(*target as usize);
                is_saved |= *target != OUTSIDE && saved.contains(*target as usize);
            }
        }
        let members = component.members.iter().map(|state| *state as usize);
        if is_saved {
            saved.extend(members.clone());
        }
        if is_open {
            open.extend(members);
        }
    });
    let lost = |state: &u32| !saved.contains(*state as usize);
    let trapped = |state: &u32| lost(state) && !open.contains(*state as usize);
    let count = all.clone().filter(trapped).count();
    match all.clone().find(trapped) {
        Some(entry) => Answer::Trap(entry, region(graph, entry, count as u64)),
        None if all.clone().any(|state| lost(&state)) => Answer::Cut,
        None => Answer::Holds,
    }
}

/// What can be reached from a trapped state.
fn region(graph: &Graph, entry: u32, trapped: u64) -> Region {
    let mut region = Region {
        states: 0,
        terminal: 0,
        trapped,
        fired: Vec::new(),
    };
    let mut seen = States::with_capacity(graph.len());
    let mut pending = vec![entry];
    seen.insert(entry as usize);
    while let Some(state) = pending.pop() {
        region.states += 1;
        region.terminal += u64::from(graph.is_terminal(state));
        for class in graph.classes(state) {
            let class = usize::from(class);
            if region.fired.len() <= class {
                region.fired.resize(class + 1, 0);
            }
            region.fired[class] += 1;
        }
        // Nothing leads outside, or it would not be known that it is a trap.
        for &target in graph.targets(state) {
            if !seen.put(target as usize) {
                pending.push(target);
            }
        }
    }
    region
}
