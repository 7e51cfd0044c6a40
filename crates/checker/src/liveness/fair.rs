//! Where runs can stay for ever, and do all that they must.

use super::components::{Component, Components};
use super::fairness::Conditions;
use super::graph::{Graph, States};
use super::patience::Patience;

/// Where a fair run can stay for ever.
pub(super) struct Fair {
    /// The states on fair cycles. The components of this set, as a graph of its own, are the largest sets of
    /// states that one fair run can go through for ever: each holds a cycle through all its states that is
    /// fair.
    pub(super) cycles: States,
    /// The states in which a run may stop.
    pub(super) rests: States,
}

/// The states on fair cycles within the set, and those of the set in which a run may stop. If `visit` is
/// given, only cycles that pass through it, and stops in it.
///
/// A component without a step of a weak condition that is enabled everywhere in it has no fair cycle.
/// With states that enable a strong condition and no step of it, a fair cycle must avoid these states:
/// they are taken out, and what is left is searched again. Every such search costs time linear in
/// what is left, and there are at most as many, one inside the other, as there are strong conditions.
pub(super) fn fair_states(
    (graph, patience): (&Graph, &Patience<'_>),
    conditions: Conditions,
    stay: &States,
    visit: Option<&States>,
) -> Fair {
    let mut rests = States::with_capacity(graph.len());
    for state in stay.ones() {
        if patience.is_over_at_next() {
            break;
        }
        let counts = visit.is_none_or(|visit| visit.contains(state));
        rests.set(state, counts && conditions.let_rest(graph, state as u32));
    }
    let mut search = Search {
        graph,
        conditions,
        visit,
        cycles: States::with_capacity(graph.len()),
        parts: Vec::new(),
    };
    let mut components = Components::new(graph, patience);
    let starts = stay.ones().map(|state| state as u32);
    components.each(starts, stay, |component| search.judge(component));
    let mut within = States::with_capacity(graph.len());
    while let Some(part) = search.parts.pop() {
        if patience.is_over() {
            break;
        }
        components.forget(&part);
        within.extend(part.iter().map(|state| *state as usize));
        components.each(part.iter().copied(), &within, |component| {
            search.judge(component);
        });
        for state in part {
            within.remove(state as usize);
        }
    }
    Fair {
        cycles: search.cycles,
        rests,
    }
}

struct Search<'a> {
    graph: &'a Graph,
    conditions: Conditions,
    visit: Option<&'a States>,
    cycles: States,
    /// What is left of components without the states that a fair run cannot visit for ever.
    parts: Vec<Vec<u32>>,
}

impl Search<'_> {
    fn judge(&mut self, component: &Component<'_>) {
        let members = component.members;
        if members.len() == 1 {
            // A single state has no cycle, for a step to itself is none.
            return;
        }
        let visited = |visit: &States| members.iter().any(|state| visit.contains(*state as usize));
        if !self.visit.is_none_or(visited) {
            return;
        }
        let Conditions { weak, strong, .. } = self.conditions;
        let (mut somewhere, mut everywhere, mut taken) = (0, u64::MAX, 0);
        if weak | strong != 0 {
            for state in members {
                let mut enabled = 0;
                for step in self.graph.steps(*state) {
                    enabled |= step.fair;
                    if component.contains(step.target) {
                        taken |= step.fair;
                    }
                }
                somewhere |= enabled;
                everywhere &= enabled;
            }
        }
        let starved = strong & somewhere & !taken;
        if weak & everywhere & !taken != 0 {
            // Any smaller cycle would starve it as well.
        } else if starved == 0 {
            let members = members.iter().map(|state| *state as usize);
            self.cycles.extend(members);
        } else {
            let members = members.iter().copied();
            let rest = members.filter(|state| self.graph.enabled(*state) & starved == 0);
            self.parts.push(rest.collect());
        }
    }
}
