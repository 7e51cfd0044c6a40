//! Sets of plans.

use std::fmt;
use std::hash::{Hash, Hasher};

use planwright_model::finite::{Finite, Kind, Number, Visitor};

use crate::Generation;
use crate::instrumentation::{
    is_active, is_symbolic, observe, observe_age, observe_number, observe_set, observe_use,
};
use crate::plan_bits::PlanBits;
use crate::reads::Fact;

/// A set of plans by generation.
///
/// ```
/// use planwright_core::{Generation, PlanSet};
///
/// let first = Generation::FIRST;
/// let second = first.successor().expect("within the capacity");
/// let plans = PlanSet::EMPTY.with(first).with(second);
/// assert_eq!(plans.newest(), Some(second));
/// assert_eq!(plans.to_string(), "{1, 2}");
/// assert_eq!(plans.without(first).iter().collect::<Vec<_>>(), [second]);
/// ```
#[derive(Clone, Copy, Default)]
pub struct PlanSet {
    bits: PlanBits,
    /// What its numbers mean; it does not tell sets apart.
    names: Names,
}

/// What kinds of generations and epochs a value has: numbers, symbolic names, or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names(u8);

impl Names {
    /// It has none.
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const NUMBERED: Self = Self(1);
    pub(crate) const SYMBOLIC: Self = Self(2);

    #[inline]
    pub(crate) fn new(symbolic: bool) -> Self {
        Self(1 << u8::from(symbolic))
    }

    #[inline]
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[inline]
    pub(crate) fn has_numbers(self) -> bool {
        self.0 & Self::NUMBERED.0 != 0
    }

    /// A set with these, as it is shown to visitors: they stand above the 32 bits of its members.
    #[inline]
    pub(crate) fn of(self, members: u64) -> u64 {
        members | u64::from(self.0) << u32::BITS
    }

    /// What kinds of names a set has that is shown to visitors.
    #[inline]
    pub(crate) fn in_set(set: u64) -> Self {
        Self((set >> u32::BITS) as u8)
    }
}

impl PlanSet {
    /// No plan at all.
    pub const EMPTY: Self = Self {
        bits: PlanBits::EMPTY,
        names: Names::NONE,
    };

    /// The plans of a state in whose steps it is used.
    #[inline]
    pub(crate) fn new(bits: PlanBits) -> Self {
        Self::named(bits, is_symbolic())
    }

    #[inline]
    pub(crate) fn named(bits: PlanBits, symbolic: bool) -> Self {
        let names = Names::new(symbolic);
        Self { bits, names }
    }

    #[inline]
    pub(crate) fn bits(self) -> PlanBits {
        self.bits
    }

    #[inline]
    fn with_bits(self, bits: PlanBits) -> Self {
        Self { bits, ..self }
    }

    /// Whether the plan is in the set.
    #[inline]
    #[track_caller]
    pub fn contains(self, plan: Generation) -> bool {
        let answer = self.bits.has(plan);
        if is_active() {
            self.observe_member(plan, answer);
        }
        answer
    }

    #[cold]
    #[track_caller]
    fn observe_member(self, plan: Generation, answer: bool) {
        observe_use(plan);
        self.observe(Fact::Contains(plan, answer));
    }

    #[cold]
    #[track_caller]
    fn observe(self, fact: Fact) {
        observe_set(self.names);
        observe(fact);
    }

    /// The set with the plan in it.
    #[inline]
    pub fn with(self, plan: Generation) -> Self {
        Self {
            bits: self.bits.and(plan),
            names: self.names.and(Names::new(plan.is_symbolic())),
        }
    }

    /// The set without the plan.
    #[inline]
    #[track_caller]
    pub fn without(self, plan: Generation) -> Self {
        if is_active() {
            observe_use(plan);
        }
        self.with_bits(self.bits.difference(PlanBits::EMPTY.and(plan)))
    }

    /// The plans in either set.
    #[inline]
    pub fn union(self, other: Self) -> Self {
        Self {
            bits: self.bits.union(other.bits),
            names: self.names.and(other.names),
        }
    }

    /// The plans in this set that are not in the other.
    #[inline]
    pub fn difference(self, other: Self) -> Self {
        Self {
            bits: self.bits.difference(other.bits),
            names: self.names.and(other.names),
        }
    }

    /// The plans in both sets.
    #[inline]
    pub fn intersection(self, other: Self) -> Self {
        Self {
            bits: self.bits.intersection(other.bits),
            names: self.names.and(other.names),
        }
    }

    /// Whether there is no plan in the set.
    #[inline]
    #[track_caller]
    pub fn is_empty(self) -> bool {
        let answer = self.bits.len() == 0;
        if is_active() {
            self.observe(Fact::IsEmpty(answer));
        }
        answer
    }

    /// The newest plan in the set.
    #[inline]
    #[track_caller]
    pub fn newest(self) -> Option<Generation> {
        let answer = self.bits.newest();
        if is_active() {
            self.observe(Fact::Newest(answer));
        }
        answer
    }

    /// The oldest plan in the set.
    #[inline]
    #[track_caller]
    pub fn oldest(self) -> Option<Generation> {
        let answer = self.bits.oldest();
        if is_active() {
            self.observe(Fact::Oldest(answer));
        }
        answer
    }

    /// The plans older than `than` by at least `k` generations.
    #[inline]
    #[track_caller]
    pub fn older_by(self, k: u8, than: Generation) -> Self {
        if is_active() {
            observe_age(k, than, than);
        }
        self.with_bits(self.bits.older_by(k, than))
    }

    /// The plans newer than `than`.
    #[inline]
    #[track_caller]
    pub fn newer(self, than: Generation) -> Self {
        if is_active() {
            observe_use(than);
        }
        self.with_bits(self.bits.newer(than))
    }

    /// The plans, oldest first.
    #[inline]
    pub fn iter(self) -> PlanIter {
        PlanIter(self)
    }
}

impl PlanSet {
    pub(crate) const KIND: Kind = Kind::other(4);

    #[inline]
    fn shown<V: Visitor>(self, generations: u32, visitor: &mut V) -> Self {
        let set = self.names.of(self.bits.word().into());
        let set = visitor.set(Self::KIND, set, generations);
        let bits = PlanBits::from_word(set as u32);
        // Who does not know the kind reads members alone, which are numbers.
        let names = match Names::in_set(set) {
            Names::NONE if bits.len() > 0 => Names::NUMBERED,
            names => names,
        };
        Self { bits, names }
    }
}

impl Finite for PlanSet {
    const VALUES: u64 = PlanBits::VALUES;
    const ANY: Self = Self::EMPTY;

    #[inline]
    fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
        self.shown(u32::BITS, visitor)
    }
}

/// For a field that holds some of the first `LAST` generations: `#[finite(1..=5)]`.
impl<const LAST: u64> Number<1, LAST> for PlanSet {
    const VALUES: u64 = 1 << LAST;
    const ANY: Self = Self::EMPTY;

    #[inline]
    fn visit_within<V: Visitor>(self, _: Option<Kind>, visitor: &mut V) -> Self {
        self.shown(LAST as u32, visitor)
    }
}

impl PartialEq for PlanSet {
    #[inline]
    #[track_caller]
    fn eq(&self, other: &Self) -> bool {
        let answer = self.bits == other.bits;
        if is_active() {
            observe_set(self.names.and(other.names));
            observe(Fact::AreEqual(answer));
        }
        answer
    }
}

impl Eq for PlanSet {}

impl Hash for PlanSet {
    #[inline]
    #[track_caller]
    fn hash<H: Hasher>(&self, state: &mut H) {
        if is_active() {
            observe_number();
        }
        self.bits.hash(state);
    }
}

impl fmt::Display for PlanSet {
    #[track_caller]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_active() {
            observe_number();
        }
        f.write_str("{")?;
        for (i, plan) in self.bits.iter().enumerate() {
            let separator = if i == 0 { "" } else { ", " };
            write!(f, "{separator}{}", plan.index() + 1)?;
        }
        f.write_str("}")
    }
}

impl fmt::Debug for PlanSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromIterator<Generation> for PlanSet {
    fn from_iter<I: IntoIterator<Item = Generation>>(plans: I) -> Self {
        plans.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl IntoIterator for PlanSet {
    type Item = Generation;
    type IntoIter = PlanIter;
    fn into_iter(self) -> PlanIter {
        self.iter()
    }
}

/// The plans of a [`PlanSet`], oldest first.
#[derive(Clone, Debug)]
pub struct PlanIter(PlanSet);

impl Iterator for PlanIter {
    type Item = Generation;

    #[inline]
    #[track_caller]
    fn next(&mut self) -> Option<Generation> {
        let oldest = self.0.oldest();
        self.0 = self.0.with_bits(self.0.bits.without_oldest());
        oldest
    }
}
