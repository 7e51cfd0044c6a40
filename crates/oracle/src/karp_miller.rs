//! Any number of finite processes around a finite shared part, decided exactly.

use std::collections::{BTreeMap, BTreeSet};

/// A number of processes; [`MANY`] is as many as one likes.
type Number = u16;

const MANY: Number = Number::MAX;

/// Processes with numbered local states around a numbered shared part: a Petri net with states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Net {
    /// Steps of a process: the shared part and its local state, before and after.
    pub steps: Vec<[(u8, u8); 2]>,
    /// Steps of the environment: the shared part before and after.
    pub alone: Vec<[u8; 2]>,
}

/// How many processes are in each local state, none left out of those with some.
type Marking = BTreeMap<u8, Number>;

struct Node {
    shared: u8,
    marking: Marking,
    parent: Option<usize>,
}

/// Which shared parts can be reached, each with local states that processes can be in at once, from any number
/// of processes in local state 0 around shared part 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverable {
    limits: Vec<(u8, Marking)>,
}

impl Coverable {
    /// Whether the shared part can be reached with processes in these local states, each named as often as
    /// processes must be in it.
    pub fn covers(&self, shared: u8, processes: &[u8]) -> bool {
        let mut asked = Marking::new();
        for process in processes {
            *asked.entry(*process).or_default() += 1;
        }
        let mut limits = self.limits.iter();
        limits.any(|(known, marking)| *known == shared && is_below(&asked, marking))
    }
}

fn is_below(small: &Marking, large: &Marking) -> bool {
    (small.iter()).all(|(local, number)| large.get(local).is_some_and(|most| most >= number))
}

impl Net {
    /// Builds the tree of Karp and Miller ("Parallel program schemata", 1969); `None` if it has more than
    /// `most` nodes.
    pub fn coverable(&self, most: usize) -> Option<Coverable> {
        let mut nodes = vec![Node {
            shared: 0,
            marking: Marking::from([(0, MANY)]),
            parent: None,
        }];
        let mut seen = BTreeSet::new();
        let mut next = 0;
        while next < nodes.len() {
            for (shared, marking) in self.after(&nodes[next]) {
                let marking = accelerated(&nodes, next, shared, marking);
                if seen.insert((shared, marking.clone())) {
                    nodes.push(Node {
                        shared,
                        marking,
                        parent: Some(next),
                    });
                }
            }
            next += 1;
            if nodes.len() > most {
                return None;
            }
        }
        let limits = nodes.into_iter().map(|node| (node.shared, node.marking));
        Some(Coverable {
            limits: limits.collect(),
        })
    }

    fn after(&self, node: &Node) -> Vec<(u8, Marking)> {
        let mut after = Vec::new();
        for [(shared, local), (to, then)] in &self.steps {
            if *shared != node.shared || !node.marking.contains_key(local) {
                continue;
            }
            let mut marking = node.marking.clone();
            let left = marking.get_mut(local).expect("there is one");
            if *left != MANY {
                *left -= 1;
            }
            marking.retain(|_, number| *number > 0);
            let there = marking.entry(*then).or_default();
            *there = there.saturating_add(1);
            after.push((*to, marking));
        }
        for [shared, to] in &self.alone {
            if *shared == node.shared {
                after.push((*to, node.marking.clone()));
            }
        }
        after
    }
}

/// With as many as one likes wherever an ancestor with the same shared part has fewer, and no more elsewhere:
/// what leads from there to here can be repeated.
fn accelerated(nodes: &[Node], from: usize, shared: u8, mut marking: Marking) -> Marking {
    let mut ancestor = Some(from);
    while let Some(index) = ancestor {
        let node = &nodes[index];
        ancestor = node.parent;
        if node.shared != shared || !is_below(&node.marking, &marking) {
            continue;
        }
        for (local, number) in &mut marking {
            let before = node.marking.get(local).copied().unwrap_or(0);
            if *number > before && *number != MANY {
                *number = MANY;
                // Another ancestor may be below now.
                ancestor = Some(from);
            }
        }
    }
    marking
}
