//! The shortest way from states where a run owes something to where it can owe it for ever.

use super::graph::{Graph, OUTSIDE, States};
use super::patience::Patience;

/// No state before: a run owes from here on.
const SOURCE: u32 = u32::MAX;
const UNSEEN: u32 = u32::MAX - 1;

/// What a search for a way finds.
pub(super) enum Way {
    /// The states of a shortest way, from a source to the goal.
    Found(Vec<u32>),
    /// No way; and whether some way leaves the boundary instead, so that it is not known.
    None { cut: bool },
}

/// The shortest schedule that comes to a state of `sources` and then leads to `goal` by states of
/// `stay` alone; of several, the one whose last state was found first.
///
/// The way to a source is as long as the source is deep. So sources join a breadth-first search at
/// their depth. Linear in the states and steps it passes.
pub(super) fn shortest(
    (graph, patience): (&Graph, &Patience<'_>),
    sources: &States,
    stay: &States,
    goal: &States,
) -> Way {
    let mut before = vec![UNSEEN; graph.len()];
    let mut cut = false;
    let mut frontier: Vec<u32> = Vec::new();
    let mut next: Vec<u32> = Vec::new();
    let mut levels = graph.levels.iter();
    let mut first = 0;
    loop {
        let level = levels.next();
        if let Some(count) = level {
            let end = first + *count as usize;
            let own = (first..end).filter(|state| sources.contains(*state));
            for source in own {
                if before[source] == UNSEEN {
                    before[source] = SOURCE;
                    frontier.push(source as u32);
                }
            }
            first = end;
        }
        let reached = frontier
            .iter()
            .filter(|state| goal.contains(**state as usize));
        if let Some(&end) = reached.min() {
            return Way::Found(back(&before, end));
        }
        if level.is_none() && frontier.is_empty() {
            return Way::None { cut };
        }
        for state in frontier.drain(..) {
            if !stay.contains(state as usize) {
                continue;
            }
            if patience.is_over_at_next() {
                return Way::None { cut };
            }
            for &target in graph.targets(state) {
                if target == OUTSIDE {
                    cut = true;
                    continue;
                }
                let to = target as usize;
                if before[to] == UNSEEN && (stay.contains(to) || goal.contains(to)) {
                    before[to] = state;
                    next.push(target);
                }
            }
        }
        std::mem::swap(&mut frontier, &mut next);
    }
}

fn back(before: &[u32], end: u32) -> Vec<u32> {
    let mut way = vec![end];
    let mut at = end;
    while before[at as usize] != SOURCE {
        at = before[at as usize];
        way.push(at);
    }
    way.reverse();
    way
}
