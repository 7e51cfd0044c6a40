//! The numbers of the states, by their keys.

use std::hint::black_box;
use std::io;

use super::sealed::{Reader, Writer};
use crate::keys::Key;
use crate::liveness::{OUTSIDE, growth};

/// Keys that are looked up together, so that the cache misses overlap.
const BURST: usize = 64;

/// An empty slot: the number that no state has.
const EMPTY: u32 = OUTSIDE;

/// From keys to numbers: open addressing over an array of the keys; a key and 8 to 12 bytes a state.
pub(super) struct Numbers<K> {
    /// In the order of the numbers.
    keys: Vec<K>,
    slots: Vec<u32>,
}

impl<K: Key> Numbers<K> {
    pub(super) fn new() -> Self {
        Self {
            keys: Vec::new(),
            slots: vec![EMPTY; 16],
        }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// How many bytes it is about to grow by.
    pub(super) fn growth(&self) -> u64 {
        let due = self.keys.len() * 2 >= self.slots.len() / 16 * 15;
        // The old slots stay until the new ones are filled, half as many again.
        let slots = if due {
            self.slots.len() / 2 * 3 * size_of::<u32>()
        } else {
            0
        };
        slots as u64 + growth(&self.keys)
    }

    /// Gives the next numbers to keys that have none.
    pub(super) fn extend(&mut self, keys: &[K]) {
        let first = self.keys.len();
        self.keys.extend_from_slice(keys);
        if self.keys.len() * 2 > self.slots.len() {
            let slots = (self.slots.len() / 2 * 3).max(self.keys.len() * 2);
            self.slots = vec![EMPTY; slots];
            self.place(0);
        } else {
            self.place(first);
        }
    }

    pub(super) fn write(&self, to: &mut Writer) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(self.keys.len() * K::BYTES);
        for key in &self.keys {
            key.append_to(&mut bytes);
        }
        to.put_block(&bytes)
    }

    /// What [`write`](Self::write) wrote.
    pub(super) fn read(from: &mut Reader) -> io::Result<Self> {
        let mut bytes = Vec::new();
        from.take_block(&mut bytes)?;
        let keys: Option<Vec<K>> = bytes.chunks(K::BYTES).map(K::take_from).collect();
        let mut numbers = Self::new();
        numbers.extend(&keys.ok_or(io::ErrorKind::InvalidData)?);
        Ok(numbers)
    }

    /// Puts the numbers from `first` on into their slots.
    fn place(&mut self, first: usize) {
        for number in first..self.keys.len() {
            let mut slot = self.home(&self.keys[number]);
            while self.slots[slot] != EMPTY {
                slot = self.after(slot);
            }
            self.slots[slot] = number as u32;
        }
    }

    #[inline(always)]
    fn home(&self, key: &K) -> usize {
        ((u128::from(key.spread()) * self.slots.len() as u128) >> 64) as usize
    }

    #[inline(always)]
    fn after(&self, slot: usize) -> usize {
        if slot + 1 == self.slots.len() {
            0
        } else {
            slot + 1
        }
    }

    /// Appends each key's number, or [`OUTSIDE`] for a key without.
    pub(super) fn look_up(&self, keys: &[K], numbers: &mut Vec<u32>) {
        for keys in keys.chunks(BURST) {
            let touched = keys.iter().map(|key| self.slots[self.home(key)]);
            // Keeps the loads.
            black_box(touched.fold(0, |seen, slot| seen ^ slot));
            numbers.extend(keys.iter().map(|key| self.get(key)));
        }
    }

    #[inline]
    fn get(&self, key: &K) -> u32 {
        let mut slot = self.home(key);
        loop {
            let number = self.slots[slot];
            if number == EMPTY || self.keys[number as usize] == *key {
                return number;
            }
            slot = self.after(slot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_the_numbers_in_which_they_came() {
        let spread = |i: u64| i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let known: Vec<u64> = (0..10_000).map(spread).collect();
        let mut numbers = Numbers::new();
        for keys in known.chunks(37) {
            numbers.extend(keys);
        }
        let mut found = Vec::new();
        numbers.look_up(&known, &mut found);
        assert!(found.iter().copied().eq(0..10_000));
        found.clear();
        let unknown: Vec<u64> = (10_000..20_000).map(spread).collect();
        numbers.look_up(&unknown, &mut found);
        assert!(found.iter().all(|number| *number == OUTSIDE));
    }
}
