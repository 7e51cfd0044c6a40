//! Strongly connected components.

use super::graph::{Graph, OUTSIDE, States};
use super::patience::Patience;

/// Finds the strongly connected components of parts of a graph, in time linear in their states and
/// steps; four bytes a state, and more for those that are being looked at.
///
/// As in D. J. Pearce, "A space-efficient algorithm for finding strongly connected components"
/// (Information Processing Letters 116, 2016), with the recursion on a stack of its own.
pub(super) struct Components<'g> {
    graph: &'g Graph,
    patience: &'g Patience<'g>,
    /// 0 for a state not seen; for one being looked at, the smallest index it is known to reach; for
    /// one whose component is complete, the component's number, which is above all indices.
    index: Vec<u32>,
    /// States that belong to a component whose root is still being looked at.
    waiting: Vec<u32>,
    path: Vec<Frame>,
}

/// A state on the path of the search.
struct Frame {
    state: u32,
    /// Which of its steps is next.
    next: u32,
    /// Whether it reaches no state that was seen earlier.
    root: bool,
}

/// A component, while it is being reported.
pub(super) struct Component<'a> {
    /// Its states; not in any particular order.
    pub(super) members: &'a [u32],
    number: u32,
    index: &'a [u32],
    within: &'a States,
}

impl Component<'_> {
    /// Whether a state of the graph belongs to it.
    #[inline]
    pub(super) fn contains(&self, state: u32) -> bool {
        // What lies outside may have a number of an earlier search.
        state != OUTSIDE
            && self.index[state as usize] == self.number
            && self.within.contains(state as usize)
    }
}

impl<'g> Components<'g> {
    pub(super) fn new(graph: &'g Graph, patience: &'g Patience<'g>) -> Self {
        Self {
            graph,
            patience,
            index: vec![0; graph.len()],
            waiting: Vec::new(),
            path: Vec::new(),
        }
    }

    /// Makes states as if they had never been seen, so that they can be searched again.
    pub(super) fn forget(&mut self, states: &[u32]) {
        for state in states {
            self.index[*state as usize] = 0;
        }
    }

    /// Reports the components that can be reached from `starts` by steps within the set: each of them
    /// after all that can be reached from it. Ends early if patience does.
    pub(super) fn each(
        &mut self,
        starts: impl Iterator<Item = u32>,
        within: &States,
        mut found: impl FnMut(&Component<'_>),
    ) {
        let mut index = 1;
        let mut number = u32::MAX;
        for start in starts {
            if self.index[start as usize] != 0 {
                continue;
            }
            self.enter(start, &mut index);
            while let Some(frame) = self.path.last_mut() {
                let targets = self.graph.targets(frame.state);
                if let Some(&target) = targets.get(frame.next as usize) {
                    if target == OUTSIDE || !within.contains(target as usize) {
                        frame.next += 1;
                        continue;
                    }
                    let reached = self.index[target as usize];
                    if reached == 0 {
                        if self.patience.is_over_at_next() {
                            return;
                        }
                        // The step is looked at again when the state behind it has been.
                        self.enter(target, &mut index);
                        continue;
                    }
                    frame.next += 1;
                    let own = &mut self.index[frame.state as usize];
                    if reached < *own {
                        *own = reached;
                        frame.root = false;
                    }
                    continue;
                }
                let Some(Frame { state, root, .. }) = self.path.pop() else {
                    break;
                };
                self.waiting.push(state);
                if root {
                    self.complete(state, number, within, &mut found, &mut index);
                    number -= 1;
                }
            }
        }
    }

    fn enter(&mut self, state: u32, index: &mut u32) {
        self.index[state as usize] = *index;
        *index += 1;
        self.path.push(Frame {
            state,
            next: 0,
            root: true,
        });
    }

    /// Takes the component of a root off the stack and reports it.
    fn complete(
        &mut self,
        root: u32,
        number: u32,
        within: &States,
        found: &mut impl FnMut(&Component<'_>),
        index: &mut u32,
    ) {
        let least = self.index[root as usize];
        let members = self.waiting.iter().rev();
        let count = members
            .take_while(|state| self.index[**state as usize] >= least)
            .count();
        let first = self.waiting.len() - count;
        for state in &self.waiting[first..] {
            self.index[*state as usize] = number;
        }
        *index -= count as u32;
        found(&Component {
            members: &self.waiting[first..],
            number,
            index: &self.index,
            within,
        });
        self.waiting.truncate(first);
    }
}
