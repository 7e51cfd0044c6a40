//! Logs.

use planwright_model::Finite;

use crate::Members;
use crate::size::TERMS;

/// The most entries that a log has room for.
pub(crate) const ENTRIES: usize = 4;

/// An entry of a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub struct Entry {
    /// The term of the leader that appended it, from 1.
    #[finite(0..=TERMS)]
    pub term: u8,
    /// The members of the cluster from here on; none in an entry that does not change them.
    pub members: Option<Members>,
}

/// The log of a server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub struct Log {
    #[finite(0..=ENTRIES)]
    length: u8,
    /// Slots behind the last entry keep the default.
    entries: [Entry; ENTRIES],
}

impl Log {
    /// The entries, oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries[..usize::from(self.length)]
    }

    /// How many there are.
    pub fn length(&self) -> u8 {
        self.length
    }

    /// The first of them.
    pub fn prefix(&self, length: u8) -> &[Entry] {
        &self.entries[..usize::from(length.min(self.length))]
    }

    /// The newest change of members, if there is one, and how many entries it comes after.
    pub fn newest_change(&self) -> Option<(u8, Members)> {
        let entries = (0..).zip(self.entries());
        let changes = entries.filter_map(|(before, entry)| Some((before, entry.members?)));
        changes.last()
    }

    /// How many changes of members were appended in a term.
    pub fn changes_in(&self, term: u8) -> u8 {
        let entries = self.entries().iter();
        let own = entries.filter(|entry| entry.term == term && entry.members.is_some());
        own.count() as u8
    }

    /// Term and number of the last entry, by which logs are compared: the larger is more up to date
    /// (Raft: section 5.4.1 of Ongaro and Ousterhout, 2014).
    pub fn recency(&self) -> (u8, u8) {
        let last = self.entries().last();
        (last.map_or(0, |entry| entry.term), self.length)
    }

    /// How many entries from the first on are the same.
    pub fn common(&self, other: &Self) -> u8 {
        let pairs = self.entries().iter().zip(other.entries());
        pairs.take_while(|(one, other)| one == other).count() as u8
    }

    pub(crate) fn push(&mut self, entry: Entry) {
        self.entries[usize::from(self.length)] = entry;
        self.length += 1;
    }

    pub(crate) fn truncate(&mut self, length: u8) {
        self.entries[usize::from(length)..].fill(Entry::default());
        self.length = length;
    }
}
