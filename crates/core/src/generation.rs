//! The number of a desired state.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::num::NonZeroU8;

use planwright_model::finite::{Finite, Kind, Number, Visitor};

use crate::instrumentation::{
    is_active, is_symbolic, observe_age, observe_comparison, observe_number, observe_successor,
};

/// The number of a plan: which desired state is meant, and whether it is newer than another.
///
/// A generation is opaque. It can be compared, it has a [`successor`](Self::successor), and one can
/// ask whether it is [older by at least `k`](Self::is_older_by) than another. Nothing else: no
/// addition, no difference, no conversion to a number. A protocol that uses generations only so
/// cannot tell two executions apart whose generations are in the same order with the same small
/// gaps, and this is what makes a proof over unlimited generations exact.
///
/// ```
/// use planwright_core::Generation;
///
/// let first = Generation::FIRST;
/// let second = first.successor().expect("within the capacity");
/// assert!(first < second);
/// assert!(first.is_older_by(1, second) && !first.is_older_by(2, second));
/// assert_eq!(second.to_string(), "plan 2");
/// ```
///
/// Arithmetic does not compile:
///
/// ```compile_fail,E0369
/// use planwright_core::Generation;
/// let _ = Generation::FIRST + 1;
/// ```
/// ```compile_fail,E0369
/// use planwright_core::Generation;
/// let _ = Generation::FIRST - Generation::FIRST;
/// ```
/// ```compile_fail,E0277
/// use planwright_core::Generation;
/// let _: u8 = Generation::FIRST.into();
/// ```
/// ```compile_fail,E0605
/// use planwright_core::Generation;
/// let _ = Generation::FIRST as u8;
/// ```
#[derive(Clone, Copy)]
pub struct Generation(
    /// From 1; the numbers beyond the capacity are symbolic names, which only patterns of states have, so
    /// that a generation that a protocol knows by its number is told from one it has read.
    NonZeroU8,
);

impl Generation {
    /// The first generation a planner publishes.
    pub const FIRST: Self = Self(NonZeroU8::MIN);

    /// How many generations a model can number: a [`PlanSet`](crate::PlanSet) has this many bits.
    pub const CAPACITY: usize = 32;

    /// The generation after this one.
    ///
    /// # Errors
    ///
    /// [`GenerationOverflow`] past [`CAPACITY`](Self::CAPACITY): numbers never wrap, because a
    /// wrapped number would compare as older.
    #[track_caller]
    pub fn successor(self) -> Result<Self, GenerationOverflow> {
        if is_active() {
            observe_successor(self);
        }
        // A symbolic generation has a symbolic successor.
        let next = self.0.checked_add(1).map(Self);
        let next = next.filter(|next| next.index() > self.index());
        next.ok_or(GenerationOverflow)
    }

    /// Whether this generation is older than `than` by at least `k`; `k = 0` means "not newer".
    #[inline]
    #[track_caller]
    pub fn is_older_by(self, k: u8, than: Self) -> bool {
        if is_active() {
            observe_age(k, self, than);
        }
        // Widened, so that no sum can wrap.
        u16::from(self.0.get()) + u16::from(k) <= u16::from(than.0.get())
    }

    /// Whether it is the other one; for this crate's own purposes, which are not recorded.
    #[inline]
    pub(crate) fn is(self, other: Self) -> bool {
        self.0 == other.0
    }

    /// Whether it is older than the other one; not recorded.
    #[inline]
    pub(crate) fn is_before(self, other: Self) -> bool {
        self.0 < other.0
    }

    /// Whether it is a name in a pattern of states, and no number.
    #[inline]
    pub(crate) fn is_symbolic(self) -> bool {
        usize::from(self.0.get()) > Self::CAPACITY
    }

    /// The symbolic name at the same position.
    #[inline]
    pub(crate) fn symbolic(self) -> Self {
        let number = self.index() as u8 + Self::CAPACITY as u8;
        Self(NonZeroU8::MIN.saturating_add(number))
    }

    /// Position in a bit set; inside the crate only, so that the discipline holds outside it.
    #[inline]
    pub(crate) fn index(self) -> u32 {
        (u32::from(self.0.get()) - 1) % Self::CAPACITY as u32
    }

    /// The generation at a position in a bit set; symbolic where the state at hand is.
    #[inline]
    pub(crate) fn from_index(index: u32) -> Option<Self> {
        let generation = Self::numbered(index)?;
        Some(match is_symbolic() {
            true => generation.symbolic(),
            false => generation,
        })
    }

    #[inline]
    fn numbered(index: u32) -> Option<Self> {
        let number = u8::try_from(index + 1).ok()?;
        NonZeroU8::new(number)
            .filter(|n| usize::from(n.get()) <= Self::CAPACITY)
            .map(Self)
    }

    /// The generation of a raw byte.
    #[inline]
    pub(crate) fn from_byte(byte: u8) -> Option<Self> {
        Self::numbered(u32::from(byte).checked_sub(1)?)
    }

    /// The number in a byte, 0 for none; for hashing by words.
    #[inline]
    pub(crate) fn byte(generation: Option<Self>) -> u8 {
        generation.map_or(0, |g| g.index() as u8 + 1)
    }
}

/// As shown to visitors: symbolic ones come after all numbers.
impl Generation {
    pub(crate) const KIND: Kind = Kind::other(1);

    /// The kind of those that there may not be; none is before all numbers.
    pub(crate) const OR_NONE: Kind = Kind::other(2);

    /// # Panics
    ///
    /// If there is none, and it is not of the kind that there may not be.
    #[inline]
    pub(crate) fn name(kind: Kind, generation: Option<Self>) -> u64 {
        let raw = generation.map_or(0, |generation| generation.0.get().into());
        match kind {
            Self::KIND => u64::checked_sub(raw, 1).expect("there is a generation"),
            _ => raw,
        }
    }

    #[inline]
    pub(crate) fn named(kind: Kind, name: u64) -> Option<Self> {
        let raw = match kind {
            Self::KIND => name + 1,
            _ => name,
        };
        NonZeroU8::new(raw as u8).map(Self)
    }

    #[inline]
    fn shown<V: Visitor>(self, values: u64, visitor: &mut V) -> Self {
        let name = visitor.name(Self::KIND, Self::name(Self::KIND, Some(self)), values);
        Self::named(Self::KIND, name).unwrap_or(Self::FIRST)
    }
}

impl Finite for Generation {
    const VALUES: u64 = Self::CAPACITY as u64;
    const ANY: Self = Self::FIRST;

    #[inline]
    fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
        self.shown(Self::CAPACITY as u64, visitor)
    }

    #[inline]
    fn visit_option<V: Visitor>(option: Option<Self>, visitor: &mut V) -> Option<Self> {
        let name = Self::name(Self::OR_NONE, option);
        Self::named(
            Self::OR_NONE,
            visitor.name(Self::OR_NONE, name, Self::CAPACITY as u64 + 1),
        )
    }
}

/// For a field that holds one of the first `LAST` generations: `#[finite(1..=5)]`.
impl<const LAST: u64> Number<1, LAST> for Generation {
    const VALUES: u64 = LAST;
    const ANY: Self = Self::FIRST;

    #[inline]
    fn visit_within<V: Visitor>(self, _: Option<Kind>, visitor: &mut V) -> Self {
        self.shown(LAST, visitor)
    }
}

/// Comparisons are recorded where proofs for every number of generations ask for it.
impl PartialEq for Generation {
    #[inline]
    #[track_caller]
    fn eq(&self, other: &Self) -> bool {
        if is_active() {
            observe_comparison(*self, *other);
        }
        self.0 == other.0
    }
}

impl Eq for Generation {}

impl PartialOrd for Generation {
    #[inline]
    #[track_caller]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Generation {
    #[inline]
    #[track_caller]
    fn cmp(&self, other: &Self) -> Ordering {
        if is_active() {
            observe_comparison(*self, *other);
        }
        self.0.cmp(&other.0)
    }
}

impl Hash for Generation {
    #[inline]
    #[track_caller]
    fn hash<H: Hasher>(&self, state: &mut H) {
        if is_active() {
            observe_number();
        }
        self.0.hash(state);
    }
}

impl fmt::Display for Generation {
    #[track_caller]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_active() {
            observe_number();
        }
        write!(f, "plan {}", self.index() + 1)
    }
}

impl fmt::Debug for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A generation number beyond [`Generation::CAPACITY`] was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "generation {} is beyond the {} that a plan set holds; lower the number of generations",
    Generation::CAPACITY + 1,
    Generation::CAPACITY
)]
pub struct GenerationOverflow;

#[cfg(test)]
mod tests {
    use super::*;

    fn nth(n: usize) -> Generation {
        (1..n).fold(Generation::FIRST, |g, _| g.successor().unwrap())
    }

    #[test]
    fn the_last_generation_has_no_successor() {
        assert_eq!(
            nth(Generation::CAPACITY).successor(),
            Err(GenerationOverflow)
        );
    }

    #[test]
    fn older_by_counts_generations_and_never_wraps() {
        assert!(nth(3).is_older_by(2, nth(5)));
        assert!(!nth(3).is_older_by(3, nth(5)));
        assert!(nth(3).is_older_by(0, nth(3)));
        assert!(!nth(4).is_older_by(0, nth(3)));
        assert!(!nth(1).is_older_by(u8::MAX, nth(32)));
    }

    #[test]
    fn an_optional_generation_takes_one_byte() {
        assert_eq!(size_of::<Option<Generation>>(), 1);
    }
}
