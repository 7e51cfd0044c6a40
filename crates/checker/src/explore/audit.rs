//! A fixed sample of states, checked for what every verdict rests on: a deterministic model, and
//! `Hash` and `Eq` that agree.
//!
//! The sample is chosen by fingerprint and state number, never by thread. README.md, "The audit".

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::suspicion::{Origin, Phase, Spot, Suspicion};
use crate::Fault;
use crate::checkable::Checkable;
use crate::keys::Keys;
use crate::symmetry::Quotient;

/// How dense the sample is: denser where there are few states, for a small model has no others, and not so
/// dense that a small model takes much longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sample {
    /// All states.
    First,
    /// 1 in 16.
    Early,
    /// 1 in 1,024.
    Later,
}

/// Among so many audited states, all pairs are compared.
const PAIRWISE: usize = 32;

/// Early states are kept for comparison up to this many, sampled ones always.
const KEPT: usize = 1 << 12;

/// Of a sampled state's successors, this many are compared with each other.
const SIBLINGS: usize = 32;

/// A hasher for keys that are spread already.
#[derive(Default)]
struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {
        unreachable!("the keys are u64");
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// A map from the spread of keys.
type BySpread<V> = HashMap<u64, V, BuildHasherDefault<Identity>>;

impl Sample {
    /// The sample after so many states.
    pub(super) fn after(states: u64) -> Self {
        match states {
            0..16 => Self::First,
            16..1024 => Self::Early,
            1024.. => Self::Later,
        }
    }

    /// Whether a state belongs to it, by its key's spread. A sparser sample is part of a denser one.
    #[inline]
    pub(super) fn has(self, spread: u64) -> bool {
        // Not the bits that choose the shard, nor those that choose a place in `known`.
        let bits = spread >> 44;
        match self {
            Self::First => true,
            Self::Early => bits.is_multiple_of(16),
            Self::Later => bits.is_multiple_of(1024),
        }
    }
}

/// The audited states so far.
pub(super) struct Audit<S> {
    known: BySpread<S>,
    pairwise: Vec<u64>,
}

impl<S: Clone> Audit<S> {
    pub(super) fn new() -> Self {
        Self {
            known: HashMap::default(),
            pairwise: Vec::new(),
        }
    }

    /// All there is to save: states by the spread of their keys, and which are compared pairwise.
    pub(super) fn parts(&self) -> (impl ExactSizeIterator<Item = (&u64, &S)>, &[u64]) {
        (self.known.iter(), &self.pairwise)
    }

    /// Takes back a state of [`parts`](Self::parts).
    pub(super) fn remember(&mut self, spread: u64, state: S) {
        self.known.insert(spread, state);
    }

    /// Takes back a spread of [`parts`](Self::parts), whose state is known.
    pub(super) fn remember_pairwise(&mut self, spread: u64) {
        if self.known.contains_key(&spread) {
            self.pairwise.push(spread);
        }
    }

    /// Takes states in, in the order of the search, comparing each with the known ones.
    pub(super) fn absorb<'s, M: Checkable<State = S>>(
        &mut self,
        keys: &impl Keys<M>,
        states: impl Iterator<Item = (Origin, u64, Cow<'s, S>)>,
    ) -> Option<Suspicion>
    where
        S: 's,
    {
        for (origin, spread, state) in states {
            if let Err(fault) = self.absorb_one(keys, spread, state) {
                return Some(Suspicion {
                    fault,
                    spot: Spot::Child(origin),
                    order: (origin.parent, Phase::Commit),
                });
            }
        }
        None
    }

    fn absorb_one<M: Checkable<State = S>>(
        &mut self,
        keys: &impl Keys<M>,
        spread: u64,
        state: Cow<'_, S>,
    ) -> Result<(), Fault> {
        match self.known.get(&spread) {
            Some(known) if *known == *state => return Ok(()),
            Some(known) => return Err(keys.clash(known, &state)),
            None => {}
        }
        if self.pairwise.len() < PAIRWISE {
            if self
                .pairwise
                .iter()
                .any(|known| self.known[known] == *state)
            {
                return Err(equal_but_different());
            }
            self.pairwise.push(spread);
        }
        if Sample::Later.has(spread) || self.known.len() < KEPT {
            self.known.insert(spread, state.into_owned());
        }
        Ok(())
    }
}

fn equal_but_different() -> Fault {
    Fault::HashDisagreesWithEq {
        detail: "two equal states have different hashes, so one state is explored as many; hash \
                 only what Eq compares"
            .to_owned(),
        path: None,
    }
}

pub(super) fn not_read_back() -> Fault {
    Fault::AmbiguousCode {
        detail: "`decode` of what `encode` makes of a state is another state".to_owned(),
        path: None,
    }
}

fn not_deterministic(detail: impl Into<String>) -> Fault {
    Fault::NotDeterministic {
        detail: detail.into(),
        path: None,
    }
}

/// What the model has told of a state.
pub(super) struct Told<'a, M: Checkable, K: Keys<M>, I> {
    pub(super) kept: &'a K::Kept,
    pub(super) state: &'a M::State,
    pub(super) actions: Vec<M::Action>,
    /// The successors with the ordinals of their actions.
    pub(super) successors: I,
}

impl<'a, M: Checkable, K: Keys<M>, I> Told<'a, M, K, I>
where
    I: Iterator<Item = (u32, &'a K::Kept)>,
{
    /// Asks the model again, about a clone of the state, and compares everything.
    pub(super) fn ask_again(
        self,
        model: &M,
        keys: &K,
        symmetry: Option<&dyn Quotient<M>>,
    ) -> Result<(), Fault> {
        let clone = self.state.clone();
        if clone != *self.state {
            return Err(not_deterministic("a clone of a state is not equal to it"));
        }
        let own = Some(keys.key(self.kept));
        if keys.key_of(model, clone.clone()) != own {
            return Err(equal_but_different());
        }
        let mut actions = Vec::new();
        model.actions(&clone, &mut actions);
        if actions.len() != self.actions.len() {
            return Err(not_deterministic(format!(
                "a state had {} actions, then {}",
                self.actions.len(),
                actions.len()
            )));
        }
        let mut successors = self.successors.peekable();
        let mut family = vec![(own, clone.clone())];
        for (ordinal, (action, again)) in (0..).zip(self.actions.into_iter().zip(actions)) {
            // An action that is not equal to itself (it holds a NaN) cannot be compared.
            #[expect(clippy::eq_op, reason = "equality may not be reflexive")]
            if action != again && action == action {
                return Err(not_deterministic(format!(
                    "action {ordinal} of a state was another one when asked again"
                )));
            }
            let next = model.next_state(&clone, again);
            let next = match symmetry {
                Some(quotient) => next.map(|next| quotient.canonical(&next)),
                None => next,
            };
            let told = successors.next_if(|(of, _)| *of == ordinal);
            let elsewhere = || {
                not_deterministic(format!(
                    "action {ordinal} of a state led to another state when taken again"
                ))
            };
            let (next, kept) = match (next, told) {
                (None, None) => continue,
                (Some(next), Some((_, kept))) => (next, kept),
                _ => return Err(elsewhere()),
            };
            if !keys.reads_back(model, &next) {
                return Err(not_read_back());
            }
            if next != *keys.state(model, kept) {
                return Err(elsewhere());
            }
            let key = Some(keys.key(kept));
            if family.len() <= SIBLINGS {
                let mut relatives = family.iter();
                if relatives.any(|(known, state)| *known != key && *state == next) {
                    return Err(equal_but_different());
                }
                family.push((key, next));
            }
        }
        Ok(())
    }
}
