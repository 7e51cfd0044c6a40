//! States as words.

use std::fmt::Debug;
use std::hash::Hash;

use stateright::Model;

/// A model that can write its states into a machine word, or into a few bytes, and read them back.
///
/// A checker that stores codes instead of fingerprints takes no two states for one, and for words
/// it is faster and needs less memory.
///
/// ```
/// use planwright_model::{Encode, Model};
///
/// /// Two counters that go up to 99.
/// struct Counters;
///
/// impl Model for Counters {
///     type State = [u8; 2];
///     type Action = usize;
///     fn init_states(&self) -> Vec<[u8; 2]> {
///         vec![[0, 0]]
///     }
///     fn actions(&self, state: &[u8; 2], actions: &mut Vec<usize>) {
///         actions.extend((0..2).filter(|i| state[*i] < 99));
///     }
///     fn next_state(&self, state: &[u8; 2], counter: usize) -> Option<[u8; 2]> {
///         let mut next = *state;
///         next[counter] += 1;
///         Some(next)
///     }
/// }
///
/// impl Encode for Counters {
///     type Code = u64;
///     fn encode(&self, [a, b]: &[u8; 2]) -> Option<u64> {
///         Some(u64::from(*a) * 100 + u64::from(*b))
///     }
///     fn decode(&self, code: u64) -> [u8; 2] {
///         [(code / 100) as u8, (code % 100) as u8]
///     }
/// }
///
/// let state = [3, 14];
/// assert_eq!(Counters.decode(Counters.encode(&state).unwrap()), state);
/// ```
pub trait Encode: Model<State: PartialEq> {
    /// A `u64`, or `[u8; N]`.
    type Code: Code;

    /// The code of a reachable state; `None` if the state does not fit, and then the exploration
    /// ends and says so. As a `u64`, the largest number is not available.
    fn encode(&self, state: &Self::State) -> Option<Self::Code>;

    /// The state that has this code. Only called with what [`encode`](Self::encode) made.
    fn decode(&self, code: Self::Code) -> Self::State;
}

/// What a state can be encoded into: a `u64`, or bytes `[u8; N]`.
pub trait Code: Copy + Eq + Hash + Debug + Send + Sync + sealed::Sealed + 'static {
    /// Whether it is a machine word.
    const IS_WORD: bool;

    /// The word.
    ///
    /// # Panics
    ///
    /// If it is not a word.
    fn word(self) -> u64;

    /// The word as a code.
    ///
    /// # Panics
    ///
    /// If codes are not words.
    fn from_word(word: u64) -> Self;

    /// Appends the code's bytes, the same on every machine.
    fn append_to(self, bytes: &mut Vec<u8>);

    /// Takes the code from the front of what [`append_to`](Self::append_to) made; `None` if there
    /// are too few bytes.
    fn take_from(bytes: &mut &[u8]) -> Option<Self>;
}

mod sealed {
    #[expect(unnameable_types, reason = "nobody else implements it")]
    pub trait Sealed {}
    impl Sealed for u64 {}
    impl<const N: usize> Sealed for [u8; N] {}
}

impl Code for u64 {
    const IS_WORD: bool = true;

    #[inline]
    fn word(self) -> u64 {
        self
    }

    #[inline]
    fn from_word(word: u64) -> Self {
        word
    }

    fn append_to(self, bytes: &mut Vec<u8>) {
        bytes.extend(self.to_le_bytes());
    }

    fn take_from(bytes: &mut &[u8]) -> Option<Self> {
        let (own, rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        Some(Self::from_le_bytes(*own))
    }
}

impl<const N: usize> Code for [u8; N] {
    const IS_WORD: bool = false;

    fn word(self) -> u64 {
        panic!("{N} bytes are not a machine word")
    }

    fn from_word(_: u64) -> Self {
        panic!("a machine word is not {N} bytes")
    }

    fn append_to(self, bytes: &mut Vec<u8>) {
        bytes.extend(self);
    }

    fn take_from(bytes: &mut &[u8]) -> Option<Self> {
        let (own, rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        Some(*own)
    }
}
