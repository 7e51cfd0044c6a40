//! Other numbers for processes.

use super::{Finite, Kind, Visitor};

/// Other numbers for interchangeable processes: a permutation for [`Symmetric`](crate::Symmetric).
///
/// It renames what a value says of itself: fields marked `process` or `per_process`, and what is shown to
/// visitors as [`Kind::PROCESS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// The new number of each process; processes beyond these keep theirs. Without heap, because canonical
    /// forms go through all renamings.
    new: [u8; MOST],
}

/// How many processes can be renamed: their permutations are too many long before.
const MOST: usize = 16;

impl Renaming {
    /// Every permutation of so many processes, the one that changes nothing first.
    ///
    /// # Panics
    ///
    /// If there are more than 16.
    pub fn all(processes: u8) -> Vec<Self> {
        Self::within(&[processes])
    }

    /// Every permutation of processes that come in groups of these sizes, one group after another, which
    /// leaves each of them in its group.
    ///
    /// # Panics
    ///
    /// If there are more than 16.
    pub fn within(groups: &[u8]) -> Vec<Self> {
        let mut all = vec![Self {
            new: std::array::from_fn(|process| process as u8),
        }];
        let mut first = 0;
        for size in groups {
            let end = first + usize::from(*size);
            assert!(end <= MOST, "ask for at most {MOST} processes");
            // Each place gets what stands there or at a later one.
            for place in first..end.saturating_sub(1) {
                for known in 0..all.len() {
                    for other in place + 1..end {
                        let mut renaming = all[known];
                        renaming.new.swap(place, other);
                        all.push(renaming);
                    }
                }
            }
            first = end;
        }
        all
    }

    /// The new number of a process.
    #[inline]
    pub fn number(&self, process: u8) -> u8 {
        self.new
            .get(usize::from(process))
            .copied()
            .unwrap_or(process)
    }

    /// A state, an action or a part of one with the new numbers.
    #[inline]
    pub fn of<T: Finite>(&self, value: T) -> T {
        value.visit(&mut Rename(self))
    }
}

struct Rename<'r>(&'r Renaming);

impl Rename<'_> {
    #[inline]
    fn other(&self, number: u64) -> u64 {
        let process = u8::try_from(number);
        process.map_or(number, |process| self.0.number(process).into())
    }
}

impl Visitor for Rename<'_> {
    #[inline]
    fn name(&mut self, kind: Kind, name: u64, _: u64) -> u64 {
        match kind {
            Kind::PROCESS => self.other(name),
            _ => name,
        }
    }

    #[inline]
    fn set(&mut self, kind: Kind, set: u64, names: u32) -> u64 {
        match kind {
            Kind::PROCESS => {
                let members = (0..u64::from(names)).filter(|name| set >> name & 1 == 1);
                members.fold(0, |all, name| all | 1 << self.other(name))
            }
            _ => set,
        }
    }

    #[inline]
    fn place(&mut self, kind: Kind, place: usize) -> usize {
        match kind {
            Kind::PROCESS => self.other(place as u64) as usize,
            _ => place,
        }
    }
}
