//! What a worker found in one chunk of a level.

use std::ops::Range;

use super::suspicion::{Origin, Suspicion};

/// Counts of one chunk, or of a level, or of the whole run.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) states: u64,
    pub(super) transitions: u64,
    /// Distinct states outside the boundary.
    pub(super) cut: u64,
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
        self.cut += other.cut;
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
        self.cut = 0;
        for counts in [&mut self.triggered, &mut self.fired] {
            counts.fill(0);
        }
    }
}

/// What settles a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// A state, by its origin.
    State(Origin),
    /// A step: the key of the state before it, and the action's ordinal.
    Step { parent: u32, action: u32 },
}

impl Evidence {
    /// The key of the state that was being expanded.
    pub(super) fn parent(self) -> u32 {
        match self {
            Self::State(origin) => origin.parent,
            Self::Step { parent, .. } => parent,
        }
    }
}

/// The states that a consecutive range of parents leads to, in the order of (parent, action).
pub(super) struct Chunk<S> {
    /// The positions of the parents in their level; `start` moves on as they are expanded.
    pub(super) parents: Range<usize>,
    /// Where the range began: the chunk's place among the chunks of its block.
    pub(super) from: usize,
    /// Candidates for the next level.
    pub(super) states: Vec<S>,
    /// Of each candidate.
    pub(super) origins: Vec<Origin>,
    /// The ordinals of the candidates among the initial states; empty for other chunks.
    pub(super) ordinals: Vec<u32>,
    /// Candidates outside the boundary.
    pub(super) cut: Vec<Origin>,
    /// Candidates that another worker's candidate may stand for as well.
    pub(super) claims: Vec<Origin>,
    /// Successors that the audit wants and does not know.
    pub(super) audited: Vec<(Origin, S)>,
    /// The positions of the sampled ones among `states`, once settled.
    pub(super) sampled: Vec<usize>,
    /// Per property: the first evidence.
    pub(super) evidence: Vec<Option<Evidence>>,
    pub(super) tally: Tally,
    pub(super) suspicion: Option<Suspicion>,
}

impl<S> Chunk<S> {
    pub(super) fn new(properties: usize, classes: usize) -> Self {
        Self {
            parents: 0..0,
            from: 0,
            states: Vec::new(),
            origins: Vec::new(),
            ordinals: Vec::new(),
            cut: Vec::new(),
            claims: Vec::new(),
            audited: Vec::new(),
            sampled: Vec::new(),
            evidence: vec![None; properties],
            tally: Tally::new(properties, classes),
            suspicion: None,
        }
    }

    /// Makes the chunk as new, keeping its buffers, for the given parents.
    pub(super) fn reset(&mut self, parents: Range<usize>) {
        self.from = parents.start;
        self.parents = parents;
        self.states.clear();
        self.origins.clear();
        self.ordinals.clear();
        self.cut.clear();
        self.claims.clear();
        self.audited.clear();
        self.sampled.clear();
        self.evidence.fill(None);
        self.tally.clear();
        self.suspicion = None;
    }

    /// Records the first suspicion.
    pub(super) fn suspect(&mut self, suspicion: Suspicion) {
        let first = self.suspicion.as_ref();
        if first.is_none_or(|first| suspicion.order < first.order) {
            self.suspicion = Some(suspicion);
        }
    }
}
