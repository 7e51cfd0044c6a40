//! The state of the whole system.

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::instrumentation::{is_active, observe_all_enactors};
use crate::{EnactorId, FaultBudget, Generation, RecordStore};

/// Everything that tells two moments of an [`UpdateSystem`](crate::UpdateSystem) apart: the store,
/// how far the planner is, each enactor's local state, what is left of the fault budget.
///
/// One block of bytes without heap, with room for as many enactors and endpoints as a model can have: 52
/// bytes where a local state takes four. A checker stores what the configuration needs, not the block, if
/// local states are [`Finite`](trait@crate::Finite).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SystemState<L> {
    /// What clients see.
    pub store: RecordStore,
    pub(crate) newest: Option<Generation>,
    pub(crate) switches: Switches,
    /// How many of `locals` are in use.
    pub(crate) enactors: u8,
    pub(crate) budget: FaultBudget,
    pub(crate) locals: [L; EnactorId::CAPACITY],
}

/// What is switched off, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Switches(u8);

impl Switches {
    pub(crate) const AUTOMATION_OFF: u8 = 1;
    pub(crate) const PLANNER_OFF: u8 = 2;
    pub(crate) const DEPLOYMENT_OFF: u8 = 4;
    /// Not off, but other than at the start.
    pub(crate) const RULES_CHANGED: u8 = 8;

    pub(crate) const ALL: [u8; 4] = [
        Self::AUTOMATION_OFF,
        Self::PLANNER_OFF,
        Self::DEPLOYMENT_OFF,
        Self::RULES_CHANGED,
    ];

    #[inline]
    pub(crate) fn is(self, off: u8) -> bool {
        self.0 & off != 0
    }

    #[inline]
    pub(crate) fn set(&mut self, what: u8, off: bool) {
        self.0 = if off { self.0 | what } else { self.0 & !what };
    }
}

impl<L> SystemState<L> {
    /// The newest generation published so far, whether or not the plan still exists.
    #[inline]
    pub fn newest_published(&self) -> Option<Generation> {
        self.newest
    }

    /// Whether the automation is enabled; an operator's kill switch disables it.
    #[inline]
    pub fn automation_enabled(&self) -> bool {
        !self.switches.is(Switches::AUTOMATION_OFF)
    }

    /// Whether the planner has stopped for ever, short of its bound if it has one.
    #[inline]
    pub fn planner_has_stopped(&self) -> bool {
        self.switches.is(Switches::PLANNER_OFF)
    }

    /// Whether no enactor is switched to another version any more.
    #[inline]
    pub fn deployment_has_ended(&self) -> bool {
        self.switches.is(Switches::DEPLOYMENT_OFF)
    }

    /// Whether the store has the rules of
    /// [`UpdateSystem::changing_rules`](crate::UpdateSystem::changing_rules) by now.
    #[inline]
    pub fn rules_have_changed(&self) -> bool {
        self.switches.is(Switches::RULES_CHANGED)
    }

    /// The faults that may still happen.
    #[inline]
    pub fn remaining_faults(&self) -> FaultBudget {
        self.budget
    }

    /// Every enactor with its local state.
    #[inline]
    #[track_caller]
    pub fn enactors(&self) -> impl Iterator<Item = (EnactorId, &L)> {
        if is_active() {
            observe_all_enactors();
        }
        self.members()
    }

    /// As [`enactors`](Self::enactors), with nothing recorded.
    #[inline]
    pub(crate) fn members(&self) -> impl Iterator<Item = (EnactorId, &L)> {
        (0..self.enactors).map(EnactorId).zip(&self.locals)
    }

    /// Whether every endpoint resolves through the newest generation published so far. Before
    /// anything is published this is false.
    #[inline]
    pub fn converged(&self) -> bool {
        self.newest.is_some_and(|newest| self.store.all_at(newest))
    }
}

impl<L: Hash> Hash for SystemState<L> {
    #[inline(always)]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.store.hash(state);
        // The budget leaves the upper three bytes of its word free.
        state.write_u64(
            self.budget.word()
                | u64::from(Generation::byte(self.newest)) << 40
                | u64::from(self.switches.0) << 48
                | u64::from(self.enactors) << 56,
        );
        for local in &self.locals[..usize::from(self.enactors)] {
            hash_small(local, state);
        }
    }
}

/// Writes one word for a value whose own `Hash` writes at most seven bytes, as that of nearly every
/// local state does, and more for others.
///
/// A derived `Hash` writes byte by byte, as many as the variant has, and a hasher that all kinds of
/// values go through must ask of each byte where it goes. Here that is a constant of the variant.
#[inline(always)]
fn hash_small<T: Hash, H: Hasher>(value: &T, state: &mut H) {
    let mut small = Small { word: 0, bits: 0 };
    value.hash(&mut small);
    if small.bits <= 56 {
        state.write_u64(small.word | u64::from(small.bits) << 56);
    } else {
        // No number of bits, so no word of the other kind.
        state.write_u64(u64::MAX);
        value.hash(state);
    }
}

/// Puts numbers side by side, and counts their bits.
struct Small {
    word: u64,
    bits: u32,
}

impl Small {
    #[inline(always)]
    fn push(&mut self, value: u64, width: u32) {
        self.word = self.word.wrapping_shl(width) | value;
        self.bits = self.bits.saturating_add(width);
    }

    #[inline(always)]
    fn overflow(&mut self) {
        self.bits = u32::MAX;
    }
}

impl Hasher for Small {
    fn finish(&self) -> u64 {
        self.word
    }

    #[inline(always)]
    fn write(&mut self, _: &[u8]) {
        self.overflow();
    }

    #[inline(always)]
    fn write_u8(&mut self, value: u8) {
        self.push(value.into(), 8);
    }

    #[inline(always)]
    fn write_u16(&mut self, value: u16) {
        self.push(value.into(), 16);
    }

    #[inline(always)]
    fn write_u32(&mut self, value: u32) {
        self.push(value.into(), 32);
    }

    /// Discriminants, which are small.
    #[inline(always)]
    fn write_isize(&mut self, value: isize) {
        match u8::try_from(value) {
            Ok(value) => self.write_u8(value),
            Err(_) => self.overflow(),
        }
    }
}

impl<L: fmt::Debug + Default + PartialEq> fmt::Debug for SystemState<L> {
    /// One line: the store, then each enactor that is not where it started.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(|local| format!("{local:?}")))
    }
}

impl<L: Default + PartialEq> SystemState<L> {
    /// One line: the store, then each enactor that is not where it started, in these words.
    pub(crate) fn in_words(&self, memory: impl Fn(&L) -> String) -> String {
        let mut text = self.store.to_string();
        let start = L::default();
        for (id, local) in self.members().filter(|(_, local)| **local != start) {
            text += &format!("  | {id}: {}", memory(local));
        }
        let marks = [
            (!self.automation_enabled(), "automation disabled"),
            (self.planner_has_stopped(), "planner stopped"),
            (self.deployment_has_ended(), "deployment ended"),
            (self.rules_have_changed(), "store's rules changed"),
        ];
        for (_, mark) in marks.into_iter().filter(|(is_so, _)| *is_so) {
            text += "  | ";
            text += mark;
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Written(Vec<u8>);

    impl Hasher for Written {
        fn finish(&self) -> u64 {
            0
        }

        fn write(&mut self, bytes: &[u8]) {
            self.0.extend_from_slice(bytes);
        }
    }

    #[derive(Clone, Copy, Hash)]
    enum Local {
        Nothing,
        Byte(u8),
        Pair(Option<u8>, bool),
        Seven([u8; 3]),
        Numbers(u16, u32),
        Wide(u64),
        Negative(isize),
    }

    #[test]
    fn no_local_state_writes_how_another_one_begins() {
        let bytes = [0, 1, 2, 3, u8::MAX];
        let mut locals = vec![Local::Nothing];
        for byte in bytes {
            locals.extend([Local::Byte(byte), Local::Seven([byte, 0, 1])]);
            locals.extend([true, false].map(|flag| Local::Pair(Some(byte), flag)));
            locals.extend(bytes.map(|other| Local::Numbers(byte.into(), other.into())));
            locals.extend(bytes.map(|other| Local::Wide(u64::from(byte) << 56 | u64::from(other))));
            locals.push(Local::Negative(-isize::from(byte)));
        }
        locals.extend([true, false].map(|flag| Local::Pair(None, flag)));
        let written: Vec<Vec<u8>> = locals
            .iter()
            .map(|local| {
                let mut written = Written::default();
                hash_small(local, &mut written);
                written.0
            })
            .collect();
        for (i, one) in written.iter().enumerate() {
            for (j, other) in written.iter().enumerate() {
                assert!(i == j || !other.starts_with(one), "{i} {j}: {one:?}");
            }
        }
    }
}
