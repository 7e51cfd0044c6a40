//! How the visited set tells states apart: by fingerprints, or exactly.

use std::borrow::Cow;
use std::hash::Hash;

use planwright_model::{Code, Encode, Model};

use crate::Fault;
use crate::fingerprint::{Fingerprinter, mix};

/// What the visited set stores of a state.
pub(crate) trait Key: Copy + Eq + Send + Sync + 'static {
    /// What a probe looks at together.
    type Bucket: Bucket<Self>;

    /// A number whose top bits are spread evenly: the place where the search for the key starts,
    /// and what samples are drawn by.
    fn spread(&self) -> u64;

    /// How many bytes it is stored in.
    const BYTES: usize;

    /// Appends so many bytes.
    fn append_to(&self, bytes: &mut Vec<u8>);

    /// The key that appended these bytes, if one did.
    fn take_from(bytes: &[u8]) -> Option<Self>;
}

/// A few slots that are filled from the first one on.
pub(crate) trait Bucket<K>: Sized + Send + Sync {
    const SLOTS: u64;

    fn empty() -> Self;

    /// Puts a key in that is not there, after so many others.
    fn put(&mut self, filled: u8, key: K);

    /// Puts a key in, unless it is there.
    fn insert(&mut self, key: K) -> Placed;

    /// Whether a key is here, and whether it may be in the next bucket.
    fn contains(&self, key: &K) -> (bool, bool);

    fn keys(&self) -> impl Iterator<Item = K>;
}

/// What became of a key in a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placed {
    Present,
    New,
    /// The bucket is full of others.
    Full,
}

/// How states are kept, and how keys are made of them.
pub(crate) trait Keys<M: Model<State: Clone>>: Sized + Send + Sync {
    type Key: Key;

    /// What is kept of a state until it has been expanded.
    type Kept: Clone + Send + Sync;

    /// Whether different states always have different keys.
    const EXACT: bool;

    fn new(seed: u64) -> Self;

    /// Appends what to keep of a state; `false` if it has no encoding. (Returning it instead would
    /// copy the state once more.)
    fn keep(&self, model: &M, state: M::State, kept: &mut Vec<Self::Kept>) -> bool;

    /// The state that was kept.
    fn state<'a>(&self, model: &M, kept: &'a Self::Kept) -> Cow<'a, M::State>;

    fn key(&self, kept: &Self::Kept) -> Self::Key;

    /// The key of a state that is not kept.
    fn key_of(&self, model: &M, state: &M::State) -> Option<Self::Key> {
        let mut kept = Vec::new();
        self.keep(model, state.clone(), &mut kept);
        kept.first().map(|kept| self.key(kept))
    }

    /// Whether the state can be got back from its encoding, if it has one.
    fn reads_back(&self, model: &M, state: &M::State) -> bool;

    /// What is wrong if two different states have one key.
    fn clash(&self, one: &M::State, other: &M::State) -> Fault;
}

/// 64-bit fingerprints of what a state writes into its `Hash`.
pub(crate) struct Fingerprints {
    fingerprinter: Fingerprinter,
    seed: u64,
}

impl<M: Model<State: Clone + Hash + Send + Sync>> Keys<M> for Fingerprints {
    type Key = u64;
    type Kept = M::State;
    const EXACT: bool = false;

    fn new(seed: u64) -> Self {
        let fingerprinter = Fingerprinter::new(seed);
        Self {
            fingerprinter,
            seed,
        }
    }

    #[inline(always)]
    fn keep(&self, _: &M, state: M::State, kept: &mut Vec<M::State>) -> bool {
        kept.push(state);
        true
    }

    #[inline(always)]
    fn state<'a>(&self, _: &M, kept: &'a M::State) -> Cow<'a, M::State> {
        Cow::Borrowed(kept)
    }

    #[inline(always)]
    fn key(&self, kept: &M::State) -> u64 {
        self.fingerprinter.fingerprint(kept)
    }

    fn key_of(&self, _: &M, state: &M::State) -> Option<u64> {
        Some(self.fingerprinter.fingerprint(state))
    }

    fn reads_back(&self, _: &M, _: &M::State) -> bool {
        true
    }

    fn clash(&self, one: &M::State, other: &M::State) -> Fault {
        let reseeded = self.fingerprinter.reseeded();
        if reseeded.fingerprint(one) == reseeded.fingerprint(other) {
            Fault::HashDisagreesWithEq {
                detail: "two states that are not equal write the same into their hash, so one of \
                         them would be missed; hash every field that Eq compares"
                    .to_owned(),
                path: None,
            }
        } else {
            Fault::FingerprintCollision {
                seed: self.seed,
                path: None,
            }
        }
    }
}

/// The states themselves, as [`Encode`] writes them into a word.
pub(crate) struct Words;

impl<M: Encode<State: Clone>> Keys<M> for Words {
    type Key = u64;
    type Kept = u64;
    const EXACT: bool = true;

    fn new(_: u64) -> Self {
        Self
    }

    #[inline(always)]
    fn keep(&self, model: &M, state: M::State, kept: &mut Vec<u64>) -> bool {
        let word = model.encode(&state).map(Code::word);
        let word = word.filter(|word| *word != u64::MAX);
        kept.extend(word);
        word.is_some()
    }

    #[inline(always)]
    fn state<'a>(&self, model: &M, kept: &'a u64) -> Cow<'a, M::State> {
        Cow::Owned(model.decode(M::Code::from_word(*kept)))
    }

    #[inline(always)]
    fn key(&self, kept: &u64) -> u64 {
        // Zero is an empty slot, so the largest word is not available. `mix` is a bijection.
        mix(kept + 1)
    }

    fn reads_back(&self, model: &M, state: &M::State) -> bool {
        reads_back(model, state)
    }

    fn clash(&self, _: &M::State, _: &M::State) -> Fault {
        ambiguous()
    }
}

/// The states themselves, as [`Encode`] writes them into bytes.
pub(crate) struct Codes(Fingerprinter);

impl<M: Encode<State: Clone>> Keys<M> for Codes {
    type Key = Slot<M::Code>;
    type Kept = M::Code;
    const EXACT: bool = true;

    fn new(seed: u64) -> Self {
        Self(Fingerprinter::new(seed))
    }

    #[inline(always)]
    fn keep(&self, model: &M, state: M::State, kept: &mut Vec<M::Code>) -> bool {
        let code = model.encode(&state);
        kept.extend(code);
        code.is_some()
    }

    #[inline(always)]
    fn state<'a>(&self, model: &M, kept: &'a M::Code) -> Cow<'a, M::State> {
        Cow::Owned(model.decode(*kept))
    }

    #[inline(always)]
    fn key(&self, kept: &M::Code) -> Slot<M::Code> {
        let (spread, code) = (self.0.fingerprint(kept), *kept);
        Slot { spread, code }
    }

    fn reads_back(&self, model: &M, state: &M::State) -> bool {
        reads_back(model, state)
    }

    fn clash(&self, _: &M::State, _: &M::State) -> Fault {
        ambiguous()
    }
}

fn reads_back<M: Encode>(model: &M, state: &M::State) -> bool {
    model
        .encode(state)
        .is_none_or(|code| model.decode(code) == *state)
}

/// What is wrong with a state that is not what its encoding gives back.
pub(crate) fn not_read_back() -> Fault {
    Fault::AmbiguousCode {
        detail: "`decode` of what `encode` makes of a state is another state".to_owned(),
        path: None,
    }
}

fn ambiguous() -> Fault {
    Fault::AmbiguousCode {
        detail: "two states that are not equal have one encoding, so one of them would be missed"
            .to_owned(),
        path: None,
    }
}

/// One cache line of keys.
#[repr(align(64))]
pub(crate) struct Line([u64; 8]);

impl Key for u64 {
    type Bucket = Line;

    const BYTES: usize = 8;

    #[inline(always)]
    fn spread(&self) -> u64 {
        *self
    }

    fn append_to(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.to_le_bytes());
    }

    fn take_from(bytes: &[u8]) -> Option<Self> {
        let word = bytes.try_into().map(Self::from_le_bytes).ok();
        // Zero is an empty slot.
        word.filter(|word| *word != 0)
    }
}

impl Bucket<u64> for Line {
    const SLOTS: u64 = 8;

    #[inline]
    fn empty() -> Self {
        Self([0; 8])
    }

    #[inline(always)]
    fn put(&mut self, filled: u8, key: u64) {
        self.0[usize::from(filled)] = key;
    }

    #[inline(always)]
    fn insert(&mut self, key: u64) -> Placed {
        // Without branches: which slot a key is in cannot be predicted.
        let (mut present, mut filled) = (false, 0);
        for slot in &self.0 {
            present |= *slot == key;
            filled += usize::from(*slot != 0);
        }
        if present {
            return Placed::Present;
        }
        match self.0.get_mut(filled) {
            Some(slot) => {
                *slot = key;
                Placed::New
            }
            None => Placed::Full,
        }
    }

    #[inline(always)]
    fn contains(&self, key: &u64) -> (bool, bool) {
        // Slots are filled from the first one on.
        let present = self
            .0
            .iter()
            .fold(false, |found, slot| found | (slot == key));
        (present, self.0[7] != 0)
    }

    fn keys(&self) -> impl Iterator<Item = u64> {
        self.0.iter().copied().take_while(|slot| *slot != 0)
    }
}

/// A code, with the number that places it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot<C> {
    spread: u64,
    code: C,
}

impl<C: Code> Key for Slot<C> {
    type Bucket = [Option<Self>; 1];

    const BYTES: usize = 8 + size_of::<C>();

    #[inline(always)]
    fn spread(&self) -> u64 {
        self.spread
    }

    fn append_to(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.spread.to_le_bytes());
        self.code.append_to(bytes);
    }

    fn take_from(bytes: &[u8]) -> Option<Self> {
        let (spread, mut code) = bytes.split_first_chunk()?;
        Some(Self {
            spread: u64::from_le_bytes(*spread),
            code: C::take_from(&mut code)?,
        })
    }
}

impl<C: Code> Bucket<Slot<C>> for [Option<Slot<C>>; 1] {
    const SLOTS: u64 = 1;

    fn empty() -> Self {
        [None]
    }

    #[inline(always)]
    fn put(&mut self, _: u8, key: Slot<C>) {
        self[0] = Some(key);
    }

    #[inline(always)]
    fn insert(&mut self, key: Slot<C>) -> Placed {
        match &self[0] {
            None => {
                self[0] = Some(key);
                Placed::New
            }
            Some(known) if *known == key => Placed::Present,
            Some(_) => Placed::Full,
        }
    }

    #[inline(always)]
    fn contains(&self, key: &Slot<C>) -> (bool, bool) {
        (self[0].as_ref() == Some(key), self[0].is_some())
    }

    fn keys(&self) -> impl Iterator<Item = Slot<C>> {
        self[0].into_iter()
    }
}
