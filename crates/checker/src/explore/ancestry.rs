//! How every state was first reached, in about one byte a state.
//!
//! States are numbered so that the children of a state are consecutive and follow the children of
//! every smaller state. The number of children of each expanded state is therefore all there is
//! to store: adding them up gives back every parent.

use std::collections::HashMap;

/// In the log: the count is in the table of large counts.
const LARGE: u8 = u8::MAX;

/// The number of children of every expanded state, in the order of their numbers.
#[derive(Default)]
pub(super) struct Ancestry {
    initial: u32,
    children: Vec<u8>,
    large: HashMap<u32, u32>,
}

/// A state on a path: where among its siblings it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Descent {
    /// The parent's number.
    pub(super) parent: u32,
    /// The position among the parent's children, from 0.
    pub(super) sibling: u32,
}

impl Ancestry {
    /// For `initial` initial states, numbered from 0.
    pub(super) fn new(initial: u32) -> Self {
        Self {
            initial,
            ..Self::default()
        }
    }

    /// Records the next expanded state's number of children.
    #[inline]
    pub(super) fn push(&mut self, children: u32) {
        match u8::try_from(children) {
            Ok(small) if small != LARGE => self.children.push(small),
            _ => {
                self.large.insert(self.children.len() as u32, children);
                self.children.push(LARGE);
            }
        }
    }

    /// How many states were expanded.
    #[cfg(test)]
    pub(super) fn expanded(&self) -> u32 {
        self.children.len() as u32
    }

    fn count(&self, state: usize) -> u32 {
        match self.children[state] {
            LARGE => self.large[&(state as u32)],
            small => u32::from(small),
        }
    }

    /// The number of an initial state and the descents from it to `state`, which is numbered.
    ///
    /// One backward scan of the log: a parent's number is smaller than its child's.
    pub(super) fn path(&self, state: u32) -> (u32, Vec<Descent>) {
        let total = self
            .children
            .iter()
            .enumerate()
            .map(|(n, &small)| match small {
                LARGE => u64::from(self.large[&(n as u32)]),
                small => u64::from(small),
            });
        // One past the last child of the state the scan has reached.
        let mut end = u64::from(self.initial) + total.sum::<u64>();
        let mut wanted = state;
        let mut descents = Vec::new();
        for parent in (0..self.children.len()).rev() {
            if wanted < self.initial {
                break;
            }
            let start = end - u64::from(self.count(parent));
            if (start..end).contains(&u64::from(wanted)) {
                descents.push(Descent {
                    parent: parent as u32,
                    sibling: (u64::from(wanted) - start) as u32,
                });
                wanted = parent as u32;
            }
            end = start;
        }
        descents.reverse();
        (wanted, descents)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_agree_with_a_list_of_parents() {
        let counts = [3, 0, 300, 2, 255, 1, 254, 0, 7];
        let mut ancestry = Ancestry::new(2);
        let mut parents = Vec::new();
        for (state, &count) in counts.iter().enumerate() {
            ancestry.push(count);
            parents.extend((0..count).map(|sibling| Descent {
                parent: state as u32,
                sibling,
            }));
        }
        assert_eq!(ancestry.expanded() as usize, counts.len());
        for state in 0..(2 + parents.len() as u32) {
            let mut expected = Vec::new();
            let mut at = state;
            while at >= 2 {
                let descent = parents[at as usize - 2];
                expected.insert(0, descent);
                at = descent.parent;
            }
            assert_eq!(ancestry.path(state), (at, expected), "state {state}");
        }
    }
}
