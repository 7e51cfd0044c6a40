//! States as bits: small numbers one after another, each at the width that the system's bounds allow.

use planwright_model::finite::{Kind, Rest, Visitor};

use crate::plan::Names;
use crate::plan_bits::PlanBits;
use crate::{Endpoint, Epoch, Generation, Lease, PlanSet, Token, UpdateSystem};

/// How many bits the bounded parts of a state take.
#[derive(Clone, Copy, Debug)]
struct Widths {
    /// Of a set of plans: the number of generations.
    plans: u32,
    /// Of a generation, or none.
    generation: u32,
    endpoint: u32,
    /// Of a fencing token; 0 in a system without a lease.
    token: u32,
}

/// Bits of a lock epoch. There are few grants within bounds whose states fit a word.
const EPOCH: u32 = 5;

/// Bits of a fencing token. There are few grants within small bounds; more do not fit.
const TOKEN: u32 = 4;

/// Bits that hold every number up to `largest`.
#[inline]
fn bits_for(largest: u64) -> u32 {
    u64::BITS - largest.leading_zeros()
}

impl Widths {
    /// That hold every number whatever the configuration.
    const WIDEST: Self = Self {
        plans: Generation::CAPACITY as u32,
        generation: (Generation::CAPACITY as u32).ilog2() + 1,
        endpoint: (Endpoint::CAPACITY as u32 - 1).ilog2() + 1,
        token: TOKEN,
    };

    #[inline]
    fn of<E>(system: &UpdateSystem<E>) -> Self {
        let generations = system.planner.generations().unwrap_or(Generation::CAPACITY);
        Self {
            plans: generations as u32,
            generation: bits_for(generations as u64),
            endpoint: bits_for(system.endpoints as u64 - 1),
            token: if system.lease.is_some() { TOKEN } else { 0 },
        }
    }

    /// Of the changes of a lease: a grant and a release for each token.
    fn lease_changes(&self) -> u32 {
        match self.token {
            0 => 0,
            token => token + 1,
        }
    }
}

/// Where bits are kept.
pub(crate) trait Bits {
    const EMPTY: Self;

    /// Writes a number; what does not fit is noticed at the end.
    fn push(&mut self, number: u64, width: u32, used: u32);

    /// Reads a number.
    fn pull(&mut self, width: u32, used: u32) -> u64;

    /// How many of them may be used.
    const ROOM: u32;
}

/// The highest bit stays free.
impl Bits for u64 {
    const EMPTY: Self = 0;
    const ROOM: u32 = Self::BITS - 1;

    #[inline]
    fn push(&mut self, number: u64, _: u32, used: u32) {
        *self |= number.wrapping_shl(used);
    }

    #[inline]
    fn pull(&mut self, width: u32, _: u32) -> u64 {
        let number = *self & ((1 << width) - 1);
        *self >>= width;
        number
    }
}

/// All of them may be used.
impl<const N: usize> Bits for [u8; N] {
    const EMPTY: Self = [0; N];
    const ROOM: u32 = 8 * N as u32;

    #[inline]
    fn push(&mut self, number: u64, width: u32, used: u32) {
        let shifted = u128::from(number) << (used % 8);
        let bytes = shifted.to_le_bytes().into_iter();
        let own = self.iter_mut().skip(used as usize / 8);
        for (own, byte) in own.zip(bytes.take((used % 8 + width).div_ceil(8) as usize)) {
            *own |= byte;
        }
    }

    #[inline]
    fn pull(&mut self, width: u32, used: u32) -> u64 {
        let own = self.iter().skip(used as usize / 8);
        let own = own.take((used % 8 + width).div_ceil(8) as usize);
        let shifted = own.rev().fold(0, |all, byte| all << 8 | u128::from(*byte));
        (shifted >> (used % 8)) as u64 & ((1 << width) - 1)
    }
}

/// Writes what it is shown into bits.
#[derive(Debug)]
pub(crate) struct PackWriter<B> {
    widths: Widths,
    bits: B,
    used: u32,
    /// The bits that did not fit their widths.
    overflow: u64,
}

impl<B: Bits> PackWriter<B> {
    #[inline]
    pub(crate) fn new<E>(system: &UpdateSystem<E>) -> Self {
        Self::with(Widths::of(system))
    }

    /// Its widths do not depend on a configuration.
    pub(crate) fn widest() -> Self {
        Self::with(Widths::WIDEST)
    }

    #[inline]
    fn with(widths: Widths) -> Self {
        Self {
            widths,
            bits: B::EMPTY,
            used: 0,
            overflow: 0,
        }
    }

    /// The bits, if everything fitted.
    #[inline]
    pub(crate) fn finish(self) -> Option<B> {
        (self.overflow == 0 && self.used <= B::ROOM).then_some(self.bits)
    }

    #[inline]
    fn push(&mut self, number: u64, width: u32) {
        self.overflow |= number.wrapping_shr(width);
        self.bits.push(number, width, self.used);
        self.used += width;
    }
}

// Inlined, so that the writer is kept in registers.
impl<B: Bits> Visitor for PackWriter<B> {
    #[inline(always)]
    fn number(&mut self, number: u64, values: u64) -> u64 {
        self.push(number, bits_for(values - 1));
        number
    }

    #[inline(always)]
    fn case(&mut self, case: usize, ends: &'static [u64]) -> (usize, Rest) {
        self.push(case as u64, bits_for(ends.len() as u64 - 1));
        (case, Rest(0))
    }

    /// Lock epochs: one bit while nobody has taken the lock, and after 31 grants they do not fit.
    #[inline(always)]
    fn name(&mut self, kind: Kind, name: u64, values: u64) -> u64 {
        match kind {
            Generation::KIND | Generation::OR_NONE => {
                let byte = Generation::byte(Generation::named(kind, name));
                self.push(byte.into(), self.widths.generation);
            }
            Epoch::KIND => {
                let byte = Epoch::named(name).byte();
                let locked = byte != Epoch::NEVER_LOCKED.byte();
                self.push(locked.into(), 1);
                if locked {
                    self.push(byte.into(), EPOCH);
                }
            }
            Endpoint::KIND => self.push(name, self.widths.endpoint),
            Token::KIND => self.push(name, self.widths.token),
            Lease::KIND => self.push(name, self.widths.lease_changes()),
            _ => self.push(name, bits_for(values - 1)),
        }
        name
    }

    #[inline(always)]
    fn set(&mut self, kind: Kind, set: u64, names: u32) -> u64 {
        let members = set & u64::from(u32::MAX);
        match kind {
            PlanBits::KIND | PlanSet::KIND => self.push(members, self.widths.plans),
            _ => self.push(members, names),
        }
        set
    }
}

/// Reads what it wrote, in the same order.
#[derive(Debug)]
pub(crate) struct PackReader<B> {
    widths: Widths,
    bits: B,
    used: u32,
    /// Whether generations and epochs are symbolic names.
    symbolic: bool,
}

impl<B: Bits> PackReader<B> {
    #[inline]
    pub(crate) fn new<E>(system: &UpdateSystem<E>, bits: B) -> Self {
        Self {
            widths: Widths::of(system),
            bits,
            used: 0,
            symbolic: false,
        }
    }

    /// Reads what a [`PackWriter::widest`] wrote.
    pub(crate) fn widest(bits: B, symbolic: bool) -> Self {
        Self {
            widths: Widths::WIDEST,
            bits,
            used: 0,
            symbolic,
        }
    }

    #[inline]
    fn pull(&mut self, width: u32) -> u64 {
        let number = self.bits.pull(width, self.used);
        self.used += width;
        number
    }
}

/// # Panics
///
/// If nothing can have been written so.
impl<B: Bits> Visitor for PackReader<B> {
    #[inline(always)]
    fn number(&mut self, _: u64, values: u64) -> u64 {
        self.pull(bits_for(values - 1))
    }

    #[inline(always)]
    fn case(&mut self, _: usize, ends: &'static [u64]) -> (usize, Rest) {
        let case = self.pull(bits_for(ends.len() as u64 - 1)) as usize;
        assert!(case < ends.len(), "{NOTHING}");
        (case, Rest(0))
    }

    #[inline(always)]
    fn name(&mut self, kind: Kind, _: u64, values: u64) -> u64 {
        match kind {
            Generation::KIND | Generation::OR_NONE => {
                let byte = self.pull(self.widths.generation);
                let generation = Generation::from_byte(byte as u8);
                let generation = match self.symbolic {
                    true => generation.map(Generation::symbolic),
                    false => generation,
                };
                Generation::name(kind, generation)
            }
            Epoch::KIND => {
                let epoch = match self.pull(1) {
                    0 => Epoch::NEVER_LOCKED,
                    _ => Epoch::from_byte(self.pull(EPOCH) as u8),
                };
                match self.symbolic {
                    true => epoch.symbolic().name(),
                    false => epoch.name(),
                }
            }
            Endpoint::KIND => self.pull(self.widths.endpoint),
            Token::KIND => self.pull(self.widths.token),
            Lease::KIND => self.pull(self.widths.lease_changes()),
            _ => self.pull(bits_for(values - 1)),
        }
    }

    #[inline(always)]
    fn set(&mut self, kind: Kind, _: u64, names: u32) -> u64 {
        match kind {
            PlanBits::KIND => self.pull(self.widths.plans),
            PlanSet::KIND => Names::new(self.symbolic).of(self.pull(self.widths.plans)),
            _ => self.pull(names),
        }
    }
}

const NOTHING: &str = "a code that `encode` made";
