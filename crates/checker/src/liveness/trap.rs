//! Regions that cannot be left towards anything good.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hash};

use itertools::Itertools as _;
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
    /// Whether one of these states stands for all that differ by names only.
    pub up_to_symmetry: bool,
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

    /// The same, with actions in words, each once.
    pub(crate) fn told(&self, tell: impl FnMut(&A) -> String) -> Trap<String> {
        Trap {
            states: self.states,
            terminal: self.terminal,
            trapped: self.trapped,
            up_to_symmetry: self.up_to_symmetry,
            actions: self.actions.clone(),
            running: self.running.iter().map(tell).unique().collect(),
        }
    }
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
    pub(crate) fn named<A>(
        &self,
        classes: &[String],
        up_to_symmetry: bool,
        running: Vec<A>,
    ) -> Trap<A> {
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
            up_to_symmetry,
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
    let mut running: Vec<M::Action> = Vec::new();
    for state in following(model, entry) {
        for (action, next) in model.next_steps(&state) {
            if running.len() < Trap::<M::Action>::MOST_RUNNING
                && next != state
                && !running.contains(&action)
            {
                running.push(action);
            }
        }
    }
    running
}

/// The states that follow a state, itself the first: the first [`LOOKED_AT`] that a search meets.
pub(crate) fn following<M>(model: &M, entry: &M::State) -> Vec<M::State>
where
    M: Model<State: Clone + Hash + PartialEq>,
{
    Following::new(model, entry).take(LOOKED_AT).collect()
}

/// A search for the states that follow a state, itself the first, breadth first within the boundary. A state's
/// successors are looked for when the next one is asked for.
pub(crate) struct Following<'m, M: Model> {
    model: &'m M,
    hasher: RandomState,
    /// The places of states, by hash.
    places: HashMap<u64, Vec<usize>>,
    states: Vec<M::State>,
    given: usize,
    leaves: bool,
}

impl<'m, M> Following<'m, M>
where
    M: Model<State: Clone + Hash + PartialEq>,
{
    pub(crate) fn new(model: &'m M, entry: &M::State) -> Self {
        let mut search = Self {
            model,
            hasher: RandomState::new(),
            places: HashMap::new(),
            states: Vec::new(),
            given: 0,
            leaves: false,
        };
        search.meet(entry.clone());
        search
    }

    /// How many states are known.
    pub(crate) fn known(&self) -> usize {
        self.states.len()
    }

    /// Whether a step leads out of the boundary from a state after which another was asked for.
    pub(crate) fn leaves(&self) -> bool {
        self.leaves
    }

    fn meet(&mut self, state: M::State) {
        let same = self.places.entry(self.hasher.hash_one(&state)).or_default();
        if !same.iter().any(|place| self.states[*place] == state) {
            same.push(self.states.len());
            self.states.push(state);
        }
    }
}

impl<M> Iterator for Following<'_, M>
where
    M: Model<State: Clone + Hash + PartialEq>,
{
    type Item = M::State;

    fn next(&mut self) -> Option<M::State> {
        if let Some(last) = self.given.checked_sub(1) {
            for next in self.model.next_states(&self.states[last]) {
                if self.model.within_boundary(&next) {
                    self.meet(next);
                } else {
                    self.leaves = true;
                }
            }
        }
        let state = self.states.get(self.given)?.clone();
        self.given += 1;
        Some(state)
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
