//! States as words: small numbers one after another, each at the width that the system's bounds
//! allow.

use crate::every_generation::Renaming;
use crate::plan::Names;
use crate::plan_bits::PlanBits;
use crate::{Endpoint, Epoch, Generation, Lease, PlanSet, Token, UpdateSystem};

/// The bits of a word in use; the highest one stays free.
const ROOM: u32 = u64::BITS - 1;

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
pub(crate) fn bits_for(largest: usize) -> u32 {
    usize::BITS - largest.leading_zeros()
}

impl Widths {
    /// That hold every number whatever the configuration.
    fn widest() -> Self {
        Self {
            plans: Generation::CAPACITY as u32,
            generation: bits_for(Generation::CAPACITY),
            endpoint: bits_for(Endpoint::CAPACITY - 1),
            token: TOKEN,
        }
    }

    fn of<E>(system: &UpdateSystem<E>) -> Self {
        let generations = system.planner.generations().unwrap_or(Generation::CAPACITY);
        Self {
            plans: generations as u32,
            generation: bits_for(generations),
            endpoint: bits_for(system.endpoints - 1),
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

/// Local states that can be written into a few bits and read back.
///
/// An enactor whose local state has it can be explored exactly and up to symmetry, by
/// `planwright_checker::Checker::exact` and `Checker::symmetry`, and for every number of generations,
/// by [`EveryGeneration`](crate::EveryGeneration). Write the variant first, then its fields; read
/// them in the same order.
///
/// ```
/// use planwright_core::{Generation, PackLocal, PackReader, PackWriter};
///
/// #[derive(Clone, Copy, PartialEq)]
/// enum Phase {
///     Idle,
///     Writing(Generation),
/// }
///
/// impl PackLocal for Phase {
///     fn pack(&self, to: &mut PackWriter) {
///         match self {
///             Phase::Idle => to.flag(false),
///             Phase::Writing(plan) => {
///                 to.flag(true);
///                 to.generation(Some(*plan));
///             }
///         }
///     }
///
///     fn unpack(from: &mut PackReader) -> Option<Self> {
///         Some(match from.flag() {
///             false => Phase::Idle,
///             true => Phase::Writing(from.generation()?),
///         })
///     }
/// }
/// ```
pub trait PackLocal: Sized {
    /// Writes the local state.
    fn pack(&self, to: &mut PackWriter);

    /// Reads what [`pack`](Self::pack) wrote; `None` if nothing can have written it.
    fn unpack(from: &mut PackReader) -> Option<Self>;
}

/// Writes numbers into a word.
#[derive(Clone, Debug)]
pub struct PackWriter {
    widths: Widths,
    word: u64,
    used: u32,
    /// The bits that did not fit their widths.
    overflow: u64,
    /// Whether the fields below are kept. An exploration does not read them, and packs every state.
    notes: bool,
    /// The generations written so far.
    generations: PlanBits,
    /// The lock epochs written so far, as bits; those beyond 63 are left out.
    epochs: u64,
    /// Whether these are numbers or symbolic names.
    names: Names,
    /// Whether a set of plans was written.
    has_sets: bool,
}

impl PackWriter {
    pub(crate) fn new<E>(system: &UpdateSystem<E>) -> Self {
        Self::with(Widths::of(system), false)
    }

    /// Its widths do not depend on a configuration, and it notes the generations and epochs it writes.
    pub(crate) fn widest() -> Self {
        Self::with(Widths::widest(), true)
    }

    #[inline]
    fn with(widths: Widths, notes: bool) -> Self {
        Self {
            widths,
            notes,
            word: 0,
            used: 0,
            overflow: 0,
            generations: PlanBits::EMPTY,
            epochs: 0,
            names: Names::NONE,
            has_sets: false,
        }
    }

    /// The generations that were written, alone or in sets.
    pub(crate) fn generations(&self) -> PlanBits {
        self.generations
    }

    /// The lock epochs that were written, as bits.
    pub(crate) fn epochs(&self) -> u64 {
        self.epochs
    }

    /// Whether the generations and epochs that were written are numbers or symbolic names.
    pub(crate) fn names(&self) -> Names {
        self.names
    }

    /// Whether a set of plans was written that is not empty by definition.
    pub(crate) fn has_sets(&self) -> bool {
        self.has_sets
    }

    /// The word, if everything fitted.
    pub(crate) fn finish(&self) -> Option<u64> {
        (self.overflow == 0 && self.used <= ROOM).then_some(self.word)
    }

    /// Writes a number of at most 32 bits at a width of its own.
    #[inline]
    pub fn number(&mut self, number: u32, width: u32) {
        // Without branches: what does not fit is noticed at the end.
        let number = u64::from(number);
        self.overflow |= number >> width;
        self.word |= number.wrapping_shl(self.used);
        self.used += width;
    }

    /// Writes a truth value.
    #[inline]
    pub fn flag(&mut self, flag: bool) {
        self.number(flag.into(), 1);
    }

    /// Writes a generation, or that there is none.
    #[inline]
    pub fn generation(&mut self, generation: Option<Generation>) {
        if let Some(generation) = generation
            && self.notes
        {
            self.generations = self.generations.and(generation);
            self.names = self.names.and(Names::new(generation.is_symbolic()));
        }
        let byte = Generation::byte(generation);
        self.number(byte.into(), self.widths.generation);
    }

    /// Writes an endpoint.
    #[inline]
    pub fn endpoint(&mut self, endpoint: Endpoint) {
        self.number(endpoint.index() as u32, self.widths.endpoint);
    }

    /// Writes a lock epoch: one bit while nobody has taken the lock, and after 31 grants it does not
    /// fit.
    #[inline]
    pub fn epoch(&mut self, epoch: Epoch) {
        if self.notes {
            self.epochs |= epoch.bit();
            self.names = self.names.and(Names::new(epoch.is_symbolic()));
        }
        let locked = epoch.byte() != Epoch::NEVER_LOCKED.byte();
        self.flag(locked);
        if locked {
            self.number(epoch.byte().into(), EPOCH);
        }
    }

    /// Writes a fencing token.
    #[inline]
    pub fn token(&mut self, token: Token) {
        self.number(token.byte().into(), self.widths.token);
    }

    #[inline]
    pub(crate) fn lease(&mut self, lease: Lease) {
        let [changes, fence] = lease.bytes();
        self.number(changes.into(), self.widths.lease_changes());
        self.token(Token::from_byte(fence));
    }

    /// Writes a set of plans.
    #[inline]
    pub fn plans(&mut self, plans: PlanSet) {
        if self.notes {
            self.generations = self.generations.union(plans.bits());
            self.names = self.names.and(plans.names());
            self.has_sets |= plans.names() != Names::NONE;
        }
        self.plan_bits(plans.bits());
    }

    #[inline]
    pub(crate) fn plan_bits(&mut self, plans: PlanBits) {
        self.number(plans.word(), self.widths.plans);
    }
}

/// Reads numbers from a word, in the order in which they were written.
#[derive(Clone, Debug)]
pub struct PackReader<'r> {
    widths: Widths,
    word: u64,
    /// Whether generations and epochs are symbolic names.
    symbolic: bool,
    /// What they are called from now on, if they are renamed.
    renaming: Option<&'r Renaming>,
}

impl<'r> PackReader<'r> {
    pub(crate) fn new<E>(system: &UpdateSystem<E>, word: u64) -> Self {
        Self {
            widths: Widths::of(system),
            word,
            symbolic: false,
            renaming: None,
        }
    }

    /// Reads what a [`PackWriter::widest`] wrote.
    pub(crate) fn widest(word: u64, symbolic: bool) -> Self {
        Self {
            widths: Widths::widest(),
            word,
            symbolic,
            renaming: None,
        }
    }

    /// The same, under other names.
    pub(crate) fn renaming(word: u64, renaming: &'r Renaming) -> Self {
        Self {
            widths: Widths::widest(),
            word,
            symbolic: true,
            renaming: Some(renaming),
        }
    }

    /// Reads a number.
    #[inline]
    pub fn number(&mut self, width: u32) -> u32 {
        let number = self.word & ((1 << width) - 1);
        self.word >>= width;
        number as u32
    }

    /// Reads a truth value.
    #[inline]
    pub fn flag(&mut self) -> bool {
        self.number(1) == 1
    }

    /// Reads a generation.
    #[inline]
    pub fn generation(&mut self) -> Option<Generation> {
        let number = self.number(self.widths.generation);
        let generation = Generation::from_byte(number as u8)?;
        Some(match self.renaming {
            Some(renaming) => renaming.generation(generation),
            None if self.symbolic => generation.symbolic(),
            None => generation,
        })
    }

    /// Reads an endpoint.
    #[inline]
    pub fn endpoint(&mut self) -> Option<Endpoint> {
        Endpoint::nth(self.number(self.widths.endpoint) as usize)
    }

    /// Reads a lock epoch.
    #[inline]
    pub fn epoch(&mut self) -> Epoch {
        let epoch = match self.flag() {
            false => Epoch::NEVER_LOCKED,
            true => Epoch::from_byte(self.number(EPOCH) as u8),
        };
        match self.renaming {
            Some(renaming) => renaming.epoch(epoch),
            None if self.symbolic => epoch.symbolic(),
            None => epoch,
        }
    }

    /// Reads a fencing token.
    #[inline]
    pub fn token(&mut self) -> Token {
        Token::from_byte(self.number(self.widths.token) as u8)
    }

    #[inline]
    pub(crate) fn lease(&mut self) -> Lease {
        let changes = self.number(self.widths.lease_changes());
        Lease::from_bytes([changes as u8, self.token().byte()])
    }

    /// Reads a set of plans.
    #[inline]
    pub fn plans(&mut self) -> PlanSet {
        let plans = self.plan_bits();
        let plans = match self.renaming {
            None => plans,
            Some(renaming) => renaming.plans(plans),
        };
        PlanSet::named(plans, self.symbolic)
    }

    #[inline]
    pub(crate) fn plan_bits(&mut self) -> PlanBits {
        PlanBits::from_word(self.number(self.widths.plans))
    }
}
