use planwright_oracle::Reference;

use super::exact_set::{ExactSet, key};
use super::packing::Packing;

/// Successors that are looked up together: enough for their cache misses to overlap.
const BATCH: usize = 256;

/// A state has at most this many successors.
const FAN_OUT: usize = 5;

/// What the search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceiling {
    /// Distinct states, the initial one included.
    pub states: u64,
    /// Steps from state to state.
    pub transitions: u64,
    /// Levels below the initial state.
    pub depth: u32,
    /// States without a successor.
    pub terminal: u64,
    /// States in which some endpoint's plan does not exist.
    pub bad: u64,
    /// A shortest schedule to one of them: for each step, which of the enabled actions it is, in
    /// the order of [`Reference`]'s actions.
    pub counterexample: Option<Vec<u8>>,
}

/// Searches the reference model breadth first on one thread, as fast as we can: the states are
/// words, the visited set holds them exactly, lookups go in batches whose cache misses overlap. It can
/// do nothing else, so it is what a general checker can be compared with.
///
/// ```
/// use planwright_benches::ceiling;
/// use planwright_oracle::Reference;
///
/// let model = Reference { enactors: 3, plans: 3, endpoints: 2, threshold: 1, fixed: false };
/// let found = ceiling(&model);
/// assert_eq!((found.states, found.bad), (18_345, 1_083));
/// assert_eq!(found.counterexample.unwrap().len(), 11);
/// ```
pub fn ceiling(model: &Reference) -> Ceiling {
    let packing = Packing::new(model);
    if model.fixed {
        Search::new(&packing).run::<true>()
    } else {
        Search::new(&packing).run::<false>()
    }
}

struct Search<'p> {
    packing: &'p Packing,
    visited: ExactSet,
    batch: Vec<Candidate>,
    /// For each expanded state, in the order of discovery, which of its successors were new. As
    /// the children of a state are numbered one after another, this is a parent link in one byte.
    new: Vec<u8>,
    next: Vec<u64>,
    found: Ceiling,
    first_bad: Option<usize>,
}

#[derive(Clone, Copy)]
struct Candidate {
    word: u64,
    key: u64,
    parent: u32,
    ordinal: u8,
}

impl<'p> Search<'p> {
    fn new(packing: &'p Packing) -> Self {
        Self {
            packing,
            visited: ExactSet::new(),
            batch: Vec::with_capacity(BATCH + FAN_OUT),
            new: vec![],
            next: vec![],
            found: Ceiling {
                states: 0,
                transitions: 0,
                depth: 0,
                terminal: 0,
                bad: 0,
                counterexample: None,
            },
            first_bad: None,
        }
    }

    fn run<const FIXED: bool>(mut self) -> Ceiling {
        let initial = self.packing.initial();
        self.visited.insert(key(initial));
        self.discover(initial);
        let mut level = std::mem::take(&mut self.next);
        loop {
            for &word in &level {
                self.expand::<FIXED>(word);
                if self.batch.len() >= BATCH {
                    self.settle();
                }
            }
            self.settle();
            if self.next.is_empty() {
                break;
            }
            self.found.depth += 1;
            level.clear();
            std::mem::swap(&mut level, &mut self.next);
        }
        self.found.counterexample = self.first_bad.map(|number| self.schedule(number));
        self.found
    }

    #[inline]
    fn expand<const FIXED: bool>(&mut self, word: u64) {
        let parent = self.new.len() as u32;
        let mut ordinal = 0;
        self.packing.successors::<FIXED>(word, |word| {
            self.batch.push(Candidate {
                word,
                key: key(word),
                parent,
                ordinal,
            });
            ordinal += 1;
        });
        self.new.push(0);
        self.found.transitions += u64::from(ordinal);
        self.found.terminal += u64::from(ordinal == 0);
    }

    /// Looks the batch up: all first lines are asked for, then one candidate after the other.
    fn settle(&mut self) {
        for candidate in &self.batch {
            self.visited.prefetch(candidate.key);
        }
        let batch = std::mem::take(&mut self.batch);
        for candidate in &batch {
            if self.visited.insert(candidate.key) {
                self.new[candidate.parent as usize] |= 1 << candidate.ordinal;
                self.discover(candidate.word);
            }
        }
        self.batch = batch;
        self.batch.clear();
    }

    #[inline]
    fn discover(&mut self, word: u64) {
        if !self.packing.never_empty(word) {
            self.found.bad += 1;
            self.first_bad.get_or_insert(self.found.states as usize);
        }
        self.found.states += 1;
        self.next.push(word);
    }

    /// The schedule to the state with this number, by one walk back over the log.
    fn schedule(&self, mut number: usize) -> Vec<u8> {
        let mut steps = vec![];
        let mut first_child = self.found.states as usize;
        for (parent, &new) in self.new.iter().enumerate().rev() {
            first_child -= new.count_ones() as usize;
            if first_child <= number && number != 0 {
                let mut ordinals = (0..8).filter(|bit| new & (1 << bit) != 0);
                steps.extend(ordinals.nth(number - first_child));
                number = parent;
            }
        }
        steps.reverse();
        steps
    }
}
