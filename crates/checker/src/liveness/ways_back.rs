//! Ways back to good states.

use super::Route;
use super::graph::{Graph, OUTSIDE};
use super::patience::Patience;

/// No step leads from here to a good state, as far as is known.
const NOWHERE: u32 = u32::MAX;

/// How states lead back to good ones, within the boundary.
pub(crate) struct WaysBack {
    /// The longest of the shortest ways back, if there is one that takes a step.
    pub(crate) longest: Option<Route>,
    /// The first state without a way back.
    pub(crate) never: Option<u32>,
}

/// Backwards from the states that have the predicate, breadth first; linear in states and steps.
pub(crate) fn ways_back((graph, patience): (&Graph, &Patience<'_>), predicate: usize) -> WaysBack {
    let states = 0..graph.len() as u32;
    let steps = || {
        let steps = states.clone().flat_map(|from| {
            let targets = graph.targets(from).iter();
            targets.map(move |to| (from, *to))
        });
        steps.filter(|(_, to)| *to != OUTSIDE)
    };
    // The states before each state, one after the other.
    let mut starts = vec![0_usize; graph.len() + 1];
    for (_, to) in steps() {
        starts[to as usize + 1] += 1;
    }
    for state in 0..graph.len() {
        starts[state + 1] += starts[state];
    }
    let mut before = vec![0; starts[graph.len()]];
    let mut free = starts.clone();
    for (from, to) in steps() {
        before[free[to as usize]] = from;
        free[to as usize] += 1;
    }
    let good = graph.having(predicate);
    let mut onwards: Vec<u32> = vec![NOWHERE; graph.len()];
    let mut frontier: Vec<u32> = good.ones().map(|state| state as u32).collect();
    for state in &frontier {
        onwards[*state as usize] = *state;
    }
    let mut farthest = None;
    while !frontier.is_empty() {
        let mut next = Vec::new();
        for to in frontier {
            if patience.is_over_at_next() {
                break;
            }
            for from in &before[starts[to as usize]..starts[to as usize + 1]] {
                if onwards[*from as usize] == NOWHERE {
                    onwards[*from as usize] = to;
                    next.push(*from);
                }
            }
        }
        farthest = next.iter().min().copied().or(farthest);
        frontier = next;
    }
    let way = |from: u32| {
        let along = std::iter::successors(Some(from), |state| {
            let next = onwards[*state as usize];
            (next != *state).then_some(next)
        });
        Route::along(graph, &along.collect::<Vec<_>>())
    };
    WaysBack {
        longest: farthest.map(way),
        never: states
            .clone()
            .find(|state| onwards[*state as usize] == NOWHERE),
    }
}
