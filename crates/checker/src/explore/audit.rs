//! A fixed sample of states, checked for what every verdict rests on: a deterministic model, and
//! `Hash` and `Eq` that agree.
//!
//! The sample is chosen by fingerprint and state number, never by thread. README.md, "The audit".

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::suspicion::{Origin, Phase, Spot, Suspicion};
use crate::Fault;
use crate::checkable::Checkable;
use crate::fingerprint::Fingerprinter;

/// States with a smaller number are all audited.
pub(super) const EARLY: u32 = 1024;

/// Among so many early states, all pairs are compared.
const PAIRWISE: usize = 256;

/// Early states are kept for comparison up to this many, sampled ones always.
const KEPT: usize = 4 * EARLY as usize;

/// Of a sampled state's successors, this many are compared with each other.
const SIBLINGS: usize = 32;

/// A hasher for keys that are fingerprints already.
#[derive(Default)]
pub(super) struct Identity(u64);

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

/// A map from fingerprints.
pub(super) type ByFingerprint<V> = HashMap<u64, V, BuildHasherDefault<Identity>>;

/// The audited states so far.
pub(super) struct Audit<S> {
    fingerprinter: Fingerprinter,
    seed: u64,
    known: ByFingerprint<S>,
    pairwise: Vec<u64>,
}

impl<S: Clone + Eq + std::hash::Hash> Audit<S> {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            fingerprinter: Fingerprinter::new(seed),
            seed,
            known: HashMap::default(),
            pairwise: Vec::new(),
        }
    }

    /// Whether a state belongs to the sample by its fingerprint: 1 in 1,024.
    #[inline]
    pub(super) fn samples(fingerprint: u64) -> bool {
        // Not the bits that choose the shard, nor those that choose a place in `known`.
        (fingerprint >> 44).is_multiple_of(1024)
    }

    /// Compares `state` with the known state of the same fingerprint; `None` if there is none.
    pub(super) fn compare(&self, origin: Origin, state: &S) -> Option<Result<(), Fault>> {
        let known = self.known.get(&origin.fingerprint)?;
        if known == state {
            return Some(Ok(()));
        }
        let other = self.fingerprinter.reseeded();
        Some(Err(
            if other.fingerprint(known) == other.fingerprint(state) {
                Fault::HashDisagreesWithEq {
                    detail: "two states that are not equal write the same into their hash, so \
                             one of them would be missed; hash every field that Eq compares"
                        .to_owned(),
                    path: None,
                }
            } else {
                Fault::FingerprintCollision {
                    seed: self.seed,
                    path: None,
                }
            },
        ))
    }

    /// Takes states in, in the order of the search, comparing each with the known ones.
    pub(super) fn absorb(
        &mut self,
        states: impl Iterator<Item = (Origin, S)>,
    ) -> Option<Suspicion> {
        for (origin, state) in states {
            if let Err(fault) = self.absorb_one(origin, state) {
                return Some(Suspicion {
                    fault,
                    spot: Spot::Child(origin),
                    order: (origin.parent, Phase::Commit),
                });
            }
        }
        None
    }

    fn absorb_one(&mut self, origin: Origin, state: S) -> Result<(), Fault> {
        if let Some(result) = self.compare(origin, &state) {
            return result;
        }
        if self.pairwise.len() < PAIRWISE {
            if self.pairwise.iter().any(|known| self.known[known] == state) {
                return Err(equal_but_different());
            }
            self.pairwise.push(origin.fingerprint);
        }
        if Self::samples(origin.fingerprint) || self.known.len() < KEPT {
            self.known.insert(origin.fingerprint, state);
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

fn not_deterministic(detail: impl Into<String>) -> Fault {
    Fault::NotDeterministic {
        detail: detail.into(),
        path: None,
    }
}

/// Expands `state` twice and compares everything.
pub(super) fn repeat<M: Checkable>(
    model: &M,
    state: &M::State,
    fingerprinter: &Fingerprinter,
) -> Result<(), Fault> {
    let own = fingerprinter.fingerprint(state);
    let clone = state.clone();
    if clone != *state {
        return Err(not_deterministic("a clone of a state is not equal to it"));
    }
    if fingerprinter.fingerprint(&clone) != own {
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
            let fingerprint = fingerprinter.fingerprint(&next);
            if family.len() <= SIBLINGS {
                let mut relatives = family.iter();
                if relatives.any(|(known, state)| *known != fingerprint && *state == next) {
                    return Err(equal_but_different());
                }
                family.push((fingerprint, next));
            }
        }
    }
    Ok(())
}
