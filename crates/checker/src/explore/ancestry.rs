//! How every state was first reached, in two bytes a state.
//!
//! States are numbered so that the children of a state are consecutive and follow the children of
//! every smaller state. So the number of children of each expanded state gives every parent, and
//! with each child is stored the ordinal of the action that leads to it.

use std::collections::HashMap;
use std::io;

use super::sealed::{Reader, Writer};
use super::suspicion::Origin;

/// In a log: the number is in the table of large ones.
const LARGE: u8 = u8::MAX;

/// Ordinals below this are written as they are, and so many children are.
const LARGE_FROM: u32 = LARGE as u32 - 1;

/// Numbers that are nearly always small.
#[derive(Default)]
struct Log {
    small: Vec<u8>,
    large: HashMap<u32, u32>,
}

impl Log {
    #[inline]
    fn push(&mut self, number: u32) {
        match u8::try_from(number) {
            Ok(small) if small != LARGE => self.small.push(small),
            _ => {
                self.large.insert(self.small.len() as u32, number);
                self.small.push(LARGE);
            }
        }
    }

    fn get(&self, index: usize) -> u32 {
        match self.small[index] {
            LARGE => self.large[&(index as u32)],
            small => u32::from(small),
        }
    }

    fn write(&self, to: &mut Writer) -> io::Result<()> {
        to.put_block(&self.small)?;
        to.put_u64(self.large.len() as u64)?;
        for (index, number) in &self.large {
            to.put_u64((*index).into())?;
            to.put_u64((*number).into())?;
        }
        Ok(())
    }

    fn read(from: &mut Reader) -> io::Result<Self> {
        let mut log = Self::default();
        from.take_block(&mut log.small)?;
        for _ in 0..from.take_count(16)? {
            let index = from.take_u32()?;
            log.large.insert(index, from.take_u32()?);
        }
        Ok(log)
    }
}

/// The log of the search.
#[derive(Default)]
pub(super) struct Ancestry {
    /// Of each expanded state, in the order of their numbers.
    children: Log,
    /// Of each state, in the order of their numbers: the initial states', then the children's.
    ordinals: Log,
    initial: u32,
}

impl Ancestry {
    /// Records an initial state by its ordinal.
    pub(super) fn push_initial(&mut self, ordinal: u32) {
        self.ordinals.push(ordinal);
        self.initial += 1;
    }

    /// Records the children of the next expanded states, so many, by their origins. The first parent's key
    /// is `first`.
    pub(super) fn push(&mut self, first: u32, parents: usize, origins: &[Origin]) {
        if origins.iter().all(|origin| origin.ordinal < LARGE_FROM) {
            // Then no state has that many children either.
            let start = self.children.small.len();
            self.children.small.resize(start + parents, 0);
            let counts = &mut self.children.small[start..];
            for origin in origins {
                counts[(origin.parent - first) as usize] += 1;
            }
            let ordinals = origins.iter().map(|origin| origin.ordinal as u8);
            self.ordinals.small.extend(ordinals);
            return;
        }
        let mut rest = origins;
        for parent in (first..).take(parents) {
            let children = rest.iter().take_while(|o| o.parent == parent).count();
            let (own, others) = rest.split_at(children);
            self.children.push(children as u32);
            for origin in own {
                self.ordinals.push(origin.ordinal);
            }
            rest = others;
        }
    }

    /// Whether it tells of so many states, of which so many were expanded.
    pub(super) fn has(&self, states: u64, expanded: u64) -> bool {
        self.ordinals.small.len() as u64 == states && self.children.small.len() as u64 == expanded
    }

    pub(super) fn write(&self, to: &mut Writer) -> io::Result<()> {
        to.put_u64(self.initial.into())?;
        self.children.write(to)?;
        self.ordinals.write(to)
    }

    pub(super) fn read(from: &mut Reader) -> io::Result<Self> {
        Ok(Self {
            initial: from.take_u32()?,
            children: Log::read(from)?,
            ordinals: Log::read(from)?,
        })
    }

    /// The ordinals on the path to `state`, the initial state's first.
    ///
    /// One backward scan of the log: a parent's number is smaller than its child's.
    pub(super) fn path(&self, state: u32) -> Vec<u32> {
        let mut path = vec![self.ordinals.get(state as usize)];
        let mut wanted = state;
        // One past the last child of the state that the scan has reached.
        let mut end = self.ordinals.small.len();
        for parent in (0..self.children.small.len()).rev() {
            if wanted < self.initial {
                break;
            }
            let start = end - self.children.get(parent) as usize;
            if (start..end).contains(&(wanted as usize)) {
                wanted = parent as u32;
                path.push(self.ordinals.get(parent));
            }
            end = start;
        }
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_agree_with_a_list_of_parents() {
        let counts = [3, 0, 300, 2, 1, 0, 84, 85, 255, 1, 254, 0, 7, 0, 5];
        let mut ancestry = Ancestry::default();
        let mut parents: Vec<Option<u32>> = vec![None, None];
        let mut ordinals = vec![4, 1000];
        for ordinal in &ordinals {
            ancestry.push_initial(*ordinal);
        }
        // In chunks of three parents, with and without large numbers in them.
        for (chunk, counts) in counts.chunks(3).enumerate() {
            let first = 3 * chunk as u32;
            let mut origins = Vec::new();
            for (state, &count) in (first..).zip(counts) {
                for child in 0..count {
                    let (parent, ordinal) = (state + 1, child * 3 + state);
                    origins.push(Origin { parent, ordinal });
                    parents.push(Some(state));
                    ordinals.push(ordinal);
                }
            }
            ancestry.push(first + 1, counts.len(), &origins);
        }
        for state in 0..parents.len() as u32 {
            let mut expected = Vec::new();
            let mut at = Some(state);
            while let Some(number) = at {
                expected.insert(0, ordinals[number as usize]);
                at = parents[number as usize];
            }
            assert_eq!(ancestry.path(state), expected, "state {state}");
        }
    }
}
