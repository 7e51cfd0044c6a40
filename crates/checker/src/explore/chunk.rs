//! A range of parents, with what comes of it at each phase of a block.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use serde::{Deserialize, Serialize};

use super::suspicion::{At, Origin, Spot, Suspicion};
use crate::Checkable;
use crate::keys::{Key as _, Keys};

/// Counts of one chunk, or of a level, or of the whole run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Tally {
    pub(super) states: u64,
    pub(super) transitions: u64,
    /// Expanded states in which nothing can happen.
    pub(super) terminal: u64,
    /// Distinct states outside the boundary.
    pub(super) cut: u64,
    /// States that were expanded.
    pub(super) expanded: u64,
    /// Those about which the model was asked twice.
    pub(super) asked_twice: u64,
    /// Steps from them, whose states were read back from their codes if they have some.
    pub(super) read_back: u64,
    /// States of which all renamings were compared.
    pub(super) renamed: u64,
    /// Per property: the states that triggered it.
    pub(super) triggered: Vec<u64>,
    /// Per action class.
    pub(super) fired: Vec<u64>,
}

impl Tally {
    pub(super) fn new(properties: usize, classes: usize) -> Self {
        Self {
            triggered: vec![0; properties],
            fired: vec![0; classes],
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.states += other.states;
        self.transitions += other.transitions;
        self.terminal += other.terminal;
        self.cut += other.cut;
        self.expanded += other.expanded;
        self.asked_twice += other.asked_twice;
        self.read_back += other.read_back;
        self.renamed += other.renamed;
        for (sums, more) in [
            (&mut self.triggered, &other.triggered),
            (&mut self.fired, &other.fired),
        ] {
            for (sum, more) in sums.iter_mut().zip(more) {
                *sum += more;
            }
        }
    }

    pub(super) fn clear(&mut self) {
        self.states = 0;
        self.transitions = 0;
        self.terminal = 0;
        self.cut = 0;
        self.expanded = 0;
        self.asked_twice = 0;
        self.read_back = 0;
        self.renamed = 0;
        for counts in [&mut self.triggered, &mut self.fired] {
            counts.fill(0);
        }
    }
}

/// What settles a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Evidence {
    /// A state.
    State(Origin),
    /// A step, by the state before it and the action.
    Step(Origin),
    /// A state in which nothing can happen, by its key.
    End(u32),
}

impl Evidence {
    /// The key of the state that was being expanded.
    pub(super) fn parent(self) -> u32 {
        match self {
            Self::State(origin) | Self::Step(origin) => origin.parent,
            Self::End(state) => state,
        }
    }
}

/// Keys of a chunk that belong to one part of the visited set, in the order of the search.
pub(super) struct Share<K> {
    pub(super) keys: Vec<K>,
    /// The places of the keys among the chunk's successors.
    pub(super) places: Vec<u32>,
}

/// A consecutive range of parents, and all that comes of them.
pub(super) struct Chunk<M: Checkable, K: Keys<M>> {
    /// The positions of the parents in their level.
    pub(super) parents: Range<usize>,
    /// The parents, if they have heap parts.
    pub(super) own: Vec<K::Kept>,
    /// The worker that made the parents, and then the one that makes their successors.
    pub(super) worker: usize,
    /// The parents' actions, one parent at a time.
    pub(super) actions: Vec<M::Action>,
    /// The successors, in the order of (parent, action). Known ones with heap parts are dropped at once; if the
    /// graph is recorded, only their states are, and `places` says where the others' keys and origins are.
    /// (Otherwise they are where the states are, and `places` is filled when they are admitted.)
    pub(super) states: Vec<K::Kept>,
    pub(super) places: Vec<u32>,
    pub(super) origins: Vec<Origin>,
    pub(super) keys: Vec<K::Key>,
    /// The places of those that the audit wants.
    pub(super) drawn: Vec<u32>,
    /// How many successors, by their keys, have been sifted, if known ones are dropped at once.
    pub(super) sifted: usize,
    /// The keys by parts of the visited set, if several workers fill it.
    pub(super) shares: Vec<Share<K::Key>>,
    /// If the graph is recorded: which fairness conditions cover each step, its class, and the number
    /// of the state it leads to.
    pub(super) fair: Vec<u8>,
    pub(super) classes: Vec<u8>,
    pub(super) targets: Vec<u32>,
    /// Up to symmetry: the places of the steps that change something, be it only names.
    pub(super) turns: Vec<u32>,
    /// Whether each successor is new, if several workers find out, who write to different places.
    pub(super) new: Vec<AtomicBool>,
    /// The places of the new ones, in order.
    pub(super) fresh: Vec<u32>,

    /// The new states within the boundary, unless nobody will expand them, and how they were reached.
    pub(super) kept: Vec<K::Kept>,
    pub(super) kept_origins: Vec<Origin>,
    /// If the graph is recorded: their keys, and which predicates they have.
    pub(super) kept_keys: Vec<K::Key>,
    pub(super) marks: Vec<bool>,
    /// The sampled ones, by their places among `kept`, with their spread.
    pub(super) sampled: Vec<(usize, u64)>,
    /// Successors that the audit compares and nobody expands, with their spread.
    pub(super) audited: Vec<(Origin, u64, K::Kept)>,
    /// Per property: the first evidence.
    pub(super) evidence: Vec<Option<Evidence>>,
    pub(super) tally: Tally,
    pub(super) suspicion: Option<Suspicion>,

    /// What of the model is being called, and in which state: whom a panic is blamed on.
    pub(super) at: At,
    pub(super) spot: Spot,
}

impl<M: Checkable, K: Keys<M>> Chunk<M, K> {
    pub(super) fn new(properties: usize, classes: usize) -> Self {
        Self {
            parents: 0..0,
            own: Vec::new(),
            worker: 0,
            actions: Vec::new(),
            states: Vec::new(),
            places: Vec::new(),
            origins: Vec::new(),
            keys: Vec::new(),
            drawn: Vec::new(),
            sifted: 0,
            shares: Vec::new(),
            fair: Vec::new(),
            classes: Vec::new(),
            targets: Vec::new(),
            turns: Vec::new(),
            new: Vec::new(),
            fresh: Vec::new(),
            kept: Vec::new(),
            kept_origins: Vec::new(),
            kept_keys: Vec::new(),
            marks: Vec::new(),
            sampled: Vec::new(),
            audited: Vec::new(),
            evidence: vec![None; properties],
            tally: Tally::new(properties, classes),
            suspicion: None,
            at: At::Traits,
            spot: Spot::Start,
        }
    }

    /// Makes the chunk as new, keeping its buffers, for the given parents.
    pub(super) fn reset(&mut self, parents: Range<usize>) {
        self.parents = parents;
        self.own.clear();
        self.states.clear();
        self.places.clear();
        self.origins.clear();
        self.keys.clear();
        self.drawn.clear();
        self.sifted = 0;
        self.new.clear();
        self.fresh.clear();
        self.kept.clear();
        self.kept_origins.clear();
        self.kept_keys.clear();
        self.marks.clear();
        self.fair.clear();
        self.classes.clear();
        self.turns.clear();
        self.sampled.clear();
        self.audited.clear();
        self.evidence.fill(None);
        self.tally.clear();
        self.suspicion = None;
    }

    /// Takes over which successors several workers found to be new.
    pub(super) fn gather(&mut self) {
        // Without branches: which ones are new cannot be predicted.
        self.fresh.resize(self.new.len(), 0);
        let mut count = 0;
        for (place, new) in self.new.iter().enumerate() {
            self.fresh[count] = place as u32;
            count += usize::from(new.load(Relaxed));
        }
        self.fresh.truncate(count);
    }

    /// Keeps a successor that will not be expanded for the audit to compare.
    pub(super) fn set_aside(&mut self, place: usize, state: K::Kept) {
        let spread = self.keys[place].spread();
        self.audited.push((self.origins[place], spread, state));
    }

    /// Records the first suspicion.
    pub(super) fn suspect(&mut self, suspicion: Suspicion) {
        let first = self.suspicion.as_ref();
        if first.is_none_or(|first| suspicion.order < first.order) {
            self.suspicion = Some(suspicion);
        }
    }
}
