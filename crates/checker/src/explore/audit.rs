//! A fixed sample of states, checked for what every verdict rests on: a deterministic model, and
//! `Hash` and `Eq` that agree.
//!
//! The sample is chosen by fingerprint and state number, never by thread. README.md, "The audit".

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::suspicion::{Origin, Phase, Spot, Suspicion};
use crate::Fault;
use crate::checkable::Checkable;
use crate::keys::Keys;

/// States with a smaller number are all audited.
pub(super) const EARLY: u32 = 1024;

/// Among so many early states, all pairs are compared.
const PAIRWISE: usize = 256;

/// Early states are kept for comparison up to this many, sampled ones always.
const KEPT: usize = 4 * EARLY as usize;

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

/// Whether a state belongs to the sample by its key's spread: 1 in 1,024.
#[inline]
pub(super) fn samples(spread: u64) -> bool {
    // Not the bits that choose the shard, nor those that choose a place in `known`.
    (spread >> 44).is_multiple_of(1024)
}

/// The audited states so far.
pub(super) struct Audit<S> {
    known: BySpread<S>,
    pairwise: Vec<u64>,
}

impl<S> Audit<S> {
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
    pub(super) fn absorb<M: Checkable<State = S>>(
        &mut self,
        keys: &impl Keys<M>,
        states: impl Iterator<Item = (Origin, u64, S)>,
    ) -> Option<Suspicion> {
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
        state: S,
    ) -> Result<(), Fault> {
        match self.known.get(&spread) {
            Some(known) if *known == state => return Ok(()),
            Some(known) => return Err(keys.clash(known, &state)),
            None => {}
        }
        if self.pairwise.len() < PAIRWISE {
            if self.pairwise.iter().any(|known| self.known[known] == state) {
                return Err(equal_but_different());
            }
            self.pairwise.push(spread);
        }
        if samples(spread) || self.known.len() < KEPT {
            self.known.insert(spread, state);
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

/// Expands `state` twice and compares everything.
pub(super) fn repeat<M: Checkable, K: Keys<M>>(
    model: &M,
    state: &M::State,
    keys: &K,
) -> Result<(), Fault> {
    let own = keys.key_of(model, state.clone());
    let clone = state.clone();
    if clone != *state {
        return Err(not_deterministic("a clone of a state is not equal to it"));
    }
    if keys.key_of(model, clone.clone()) != own {
        return Err(equal_but_different());
    }
    let (mut first, mut second) = (Vec::new(), Vec::new());
    model.actions(state, &mut first);
    model.actions(&clone, &mut second);
    if first.len() != second.len() {
        return Err(not_deterministic(format!(
            "a state had {} actions, then {}",
            first.len(),
            second.len()
        )));
    }
    let mut family = vec![(own, clone)];
    for (ordinal, (action, again)) in first.into_iter().zip(second).enumerate() {
        // An action that is not equal to itself (it holds a NaN) cannot be compared.
        #[expect(clippy::eq_op, reason = "equality may not be reflexive")]
        if action != again && action == action {
            return Err(not_deterministic(format!(
                "action {ordinal} of a state was another one when asked again"
            )));
        }
        let next = model.next_state(state, action);
        if next != model.next_state(state, again) {
            return Err(not_deterministic(format!(
                "action {ordinal} of a state led to another state when taken again"
            )));
        }
        if let Some(next) = next {
            if !keys.reads_back(model, &next) {
                return Err(not_read_back());
            }
            let key = keys.key_of(model, next.clone());
            if family.len() <= SIBLINGS {
                let mut relatives = family.iter();
                if relatives.any(|(known, state)| *known != key && *state == next) {
                    return Err(equal_but_different());
                }
                family.push((key, next));
            }
        }
    }
    Ok(())
}
