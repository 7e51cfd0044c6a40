//! A fixed sample of states, checked for what every verdict rests on: a deterministic model, and
//! `Hash` and `Eq` that agree.
//!
//! The sample is chosen by fingerprint and state number, never by thread. README.md, "The audit".

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::chunk::Chunk;
use super::sample::Sample;
use super::shared::Shared;
use super::suspicion::{At, Origin, Phase, Spot, Suspicion};
use crate::Checkable;
use crate::Fault;
use crate::keys::{Keys, not_read_back};
use crate::symmetry::Quotient;

/// Among so many audited states, all pairs are compared.
const PAIRWISE: usize = 32;

/// Early states are kept for comparison up to this many, those of the sparsest sample always.
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

/// The audited states so far.
pub(super) struct Audit<S> {
    known: BySpread<S>,
    keeps_all: bool,
    pairwise: Vec<u64>,
}

impl<S: Clone> Audit<S> {
    pub(super) fn new(keeps_all: bool) -> Self {
        Self {
            known: HashMap::default(),
            keeps_all,
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
        if self.keeps_all || self.known.len() < KEPT || Sample::LATER.has(spread) {
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

fn not_deterministic(detail: impl Into<String>) -> Fault {
    Fault::NotDeterministic {
        detail: detail.into(),
        path: None,
    }
}

/// What the model has told of a state.
struct Told<'a, M: Checkable, K: Keys<M>, I> {
    kept: &'a K::Kept,
    state: &'a M::State,
    actions: Vec<M::Action>,
    /// The successors with the ordinals of their actions.
    successors: I,
}

impl<'a, M: Checkable, K: Keys<M>, I> Told<'a, M, K, I>
where
    I: Iterator<Item = (u32, &'a K::Kept)>,
{
    /// Asks the model again, about a clone of the state, and compares everything. Of a successor that is not
    /// got back from its code, the ordinal of the action that leads there.
    fn ask_again(
        self,
        model: &M,
        keys: &K,
        symmetry: Option<&dyn Quotient<M>>,
        unread: &mut Option<u32>,
    ) -> Result<(), Fault> {
        let clone = self.state.clone();
        if clone != *self.state {
            return Err(not_deterministic("a clone of a state is not equal to it"));
        }
        let own = Some(keys.key(self.kept));
        if keys.key_of(model, &clone) != own {
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
                *unread = Some(ordinal);
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

impl<M: Checkable, K: Keys<M>> Shared<'_, '_, M, K> {
    /// Asks the model again about a sampled state, whose actions and successors (those of the chunk's
    /// states and origins that begin at `from`) it has just told. Afterwards, so that a panic is blamed on the call
    /// that met it first.
    #[cold]
    pub(super) fn repeat(
        &self,
        chunk: &mut Chunk<M, K>,
        (parent, kept, state): (u32, &K::Kept, &M::State),
        from: (usize, usize),
        actions: Vec<M::Action>,
    ) {
        chunk.at = At::Again;
        chunk.tally.asked_twice += 1;
        chunk.tally.read_back += (chunk.origins.len() - from.1) as u64;
        let ordinals = chunk.origins[from.1..].iter().map(|origin| origin.ordinal);
        let told = Told {
            kept,
            state,
            actions,
            successors: ordinals.zip(&chunk.states[from.0..]),
        };
        let mut unread = None;
        let asked_again = told.ask_again(self.job.model, self.keys, self.job.symmetry, &mut unread);
        if let Err(fault) = asked_again {
            let spot = match unread {
                Some(ordinal) => Spot::Child(Origin { parent, ordinal }),
                None => Spot::State(parent),
            };
            let order = (parent, Phase::Expand);
            chunk.suspect(Suspicion { fault, spot, order });
        }
    }

    #[cold]
    pub(super) fn check_symmetry(
        &self,
        chunk: &mut Chunk<M, K>,
        parent: u32,
        state: &M::State,
        symmetry: &dyn Quotient<M>,
    ) {
        chunk.at = At::Symmetry;
        chunk.tally.renamed += 1;
        let (properties, classify) = (self.job.properties, self.job.classify);
        if let Err(refusal) = symmetry.check(state, properties, classify) {
            let spot = match refusal.action {
                Some(ordinal) => Spot::Child(Origin { parent, ordinal }),
                None => Spot::State(parent),
            };
            let (fault, order) = (refusal.fault, (parent, Phase::Expand));
            chunk.suspect(Suspicion { fault, spot, order });
        }
    }
}
