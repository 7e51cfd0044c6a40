//! Regions that cannot be left towards anything good.

use std::collections::hash_map::RandomState;
use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, Hash};

use planwright_model::Model;
use serde::{Deserialize, Serialize};

use super::Answer;
use super::components::Components;
use super::graph::{Graph, OUTSIDE, States};
use super::patience::Patience;
use crate::ActionCount;

/// States whose actions are looked at for what still runs in a trap.
const LOOKED_AT: usize = 1_000;

/// What comes after the shortest schedule into a trap: a state from which no good state can be
/// reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Trap<A> {
    /// How many states can be reached from there, itself included: all of them are trapped.
    pub states: u64,
    /// In how many of them nothing can happen any more.
    pub terminal: u64,
    /// How many trapped states the model has in all.
    pub trapped: u64,
    /// How often the actions of each class still fire in the reachable ones, steps that change
    /// nothing left out; empty without [`action_classes`](crate::Checker::action_classes), or with more
    /// than 256 of them.
    pub actions: Vec<ActionCount>,
    /// Different actions that still change something there, in the order in which a search from the
    /// entry meets them; at most [`MOST_RUNNING`](Self::MOST_RUNNING).
    pub running: Vec<A>,
}

impl<A> Trap<A> {
    /// The most actions that [`running`](Self::running) holds.
    pub const MOST_RUNNING: usize = 8;
}

/// A [`Trap`] before classes have names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) states: u64,
    pub(crate) terminal: u64,
    pub(crate) trapped: u64,
    /// Per class; `None` if classes are not known.
    pub(crate) fired: Option<Vec<u64>>,
}

impl Region {
    pub(crate) fn named<A>(&self, classes: &[String], running: Vec<A>) -> Trap<A> {
        let fired = self.fired.iter().flat_map(|fired| {
            let fired = fired.iter().copied().chain(std::iter::repeat(0));
            classes.iter().zip(fired)
        });
        let actions = fired.map(|(name, fired)| ActionCount {
            name: name.clone(),
            fired,
        });
        Trap {
            states: self.states,
            terminal: self.terminal,
            trapped: self.trapped,
            actions: actions.collect(),
            running,
        }
    }
}

/// Different actions that change something in states that follow a state, found through the model
/// alone; those of the first [`LOOKED_AT`] states.
pub(crate) fn running<M>(model: &M, entry: &M::State) -> Vec<M::Action>
where
    M: Model<State: Clone + Hash + PartialEq, Action: Clone + PartialEq>,
{
    let hasher = RandomState::new();
    let mut seen: HashMap<u64, Vec<M::State>> = HashMap::new();
    let mut running: Vec<M::Action> = Vec::new();
    let mut queue = VecDeque::from([entry.clone()]);
    for _ in 0..LOOKED_AT {
        let Some(state) = queue.pop_front() else {
            break;
        };
        for (action, next) in model.next_steps(&state) {
            if next == state {
                continue;
            }
            if running.len() < Trap::<M::Action>::MOST_RUNNING && !running.contains(&action) {
                running.push(action);
            }
            let same = seen.entry(hasher.hash_one(&next)).or_default();
            if !same.contains(&next) {
                same.push(next.clone());
                queue.push_back(next);
            }
        }
    }
    running
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
        fired: graph.has_classes().then(Vec::new),
    };
    let mut seen = States::with_capacity(graph.len());
    let mut pending = vec![entry];
    seen.insert(entry as usize);
    while let Some(state) = pending.pop() {
        region.states += 1;
        region.terminal += u64::from(graph.is_terminal(state));
        for class in graph.classes(state) {
            let class = usize::from(class);
            if let Some(fired) = &mut region.fired {
                fired.resize(fired.len().max(class + 1), 0);
                fired[class] += 1;
            }
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
