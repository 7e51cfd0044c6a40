//! A short fair cycle, step by step.

use std::collections::VecDeque;

use super::components::Components;
use super::fairness::Conditions;
use super::graph::{Graph, OUTSIDE, States, Step};
use super::patience::Patience;

/// The steps of a cycle from `entry` that is fair and, if `visit` is given, passes through it. `fair` has
/// `entry`, and is what [`fair_states`](super::fair::fair_states) gave as states on fair cycles.
///
/// The cycle goes to what is missing, always the nearest first, and then back. The shortest such cycle
/// would be a travelling salesman's tour.
pub(super) fn cycle(
    (graph, patience): (&Graph, &Patience<'_>),
    conditions: Conditions,
    fair: &States,
    visit: Option<&States>,
    entry: u32,
) -> Vec<u32> {
    let component = component_of((graph, patience), fair, entry);
    if patience.is_over() {
        return Vec::new();
    }
    let mut walk = Walk {
        graph,
        component,
        before: vec![(0, UNSEEN); graph.len()],
        at: entry,
        steps: Vec::new(),
        taken: 0,
        enabled: 0,
        disabled: 0,
        visited: visit.is_none(),
    };
    walk.look(visit);
    loop {
        let starved = conditions.strong & walk.enabled & !walk.taken;
        let ignored = conditions.weak & !walk.disabled & !walk.taken;
        let unvisited = visit.filter(|_| !walk.visited);
        if starved | ignored == 0 && unvisited.is_none() {
            if walk.at == entry && !walk.steps.is_empty() {
                return walk.steps;
            }
            walk.go(visit, |_, step| step.target == entry);
        } else {
            walk.go(visit, |graph, step| {
                step.fair & (starved | ignored) != 0
                    || unvisited.is_some_and(|visit| visit.contains(step.target as usize))
                    || ignored & !graph.enabled(step.target) != 0
            });
        }
    }
}

/// The component of a state in a part of the graph.
fn component_of((graph, patience): (&Graph, &Patience<'_>), part: &States, state: u32) -> States {
    let mut members = States::with_capacity(graph.len());
    Components::new(graph, patience).each([state].into_iter(), part, |component| {
        if component.contains(state) {
            members.extend(component.members.iter().map(|member| *member as usize));
        }
    });
    members
}

/// In place of a step's number: the search began here, or has not been here.
const START: u32 = u32::MAX - 1;
const UNSEEN: u32 = u32::MAX;

struct Walk<'g> {
    graph: &'g Graph,
    component: States,
    /// For each state that a search has met: the state before it, and the number of the step.
    before: Vec<(u32, u32)>,
    at: u32,
    steps: Vec<u32>,
    /// The conditions with a step on the way; those that were enabled in some state; those that were
    /// not in some state.
    taken: u64,
    enabled: u64,
    disabled: u64,
    visited: bool,
}

impl Walk<'_> {
    /// Notes what the state is good for.
    fn look(&mut self, visit: Option<&States>) {
        let enabled = self.graph.enabled(self.at);
        self.enabled |= enabled;
        self.disabled |= !enabled;
        self.visited |= visit.is_some_and(|visit| visit.contains(self.at as usize));
    }

    /// Goes on to the nearest step that is wanted, and takes it.
    fn go(&mut self, visit: Option<&States>, wanted: impl Fn(&Graph, &Step) -> bool) {
        let mut queue = VecDeque::from([self.at]);
        let mut met = vec![self.at];
        let mut last = None;
        self.before[self.at as usize] = (self.at, START);
        'search: while let Some(state) = queue.pop_front() {
            for step in self.graph.steps(state) {
                let to = step.target as usize;
                if step.target == OUTSIDE || !self.component.contains(to) {
                    continue;
                }
                if wanted(self.graph, &step) {
                    last = Some((state, step));
                    break 'search;
                }
                if self.before[to].1 == UNSEEN {
                    self.before[to] = (state, step.number);
                    met.push(step.target);
                    queue.push_back(step.target);
                }
            }
        }
        let (mut state, step) = last.expect("a fair component has all that a fair cycle needs");
        let mut way = vec![step];
        loop {
            let (earlier, number) = self.before[state as usize];
            if number == START {
                break;
            }
            let mut steps = self.graph.steps(earlier);
            way.extend(steps.find(|step| step.number == number));
            state = earlier;
        }
        for state in met {
            self.before[state as usize].1 = UNSEEN;
        }
        for step in way.into_iter().rev() {
            self.steps.push(step.number);
            self.taken |= step.fair;
            self.at = step.target;
            self.look(visit);
        }
    }
}
