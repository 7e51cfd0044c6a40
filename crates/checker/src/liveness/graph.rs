//! The reachable states as a graph, numbered as the search found them.

use std::io;

use fixedbitset::FixedBitSet;

/// Where a step leads that crosses the model's boundary.
pub(crate) const OUTSIDE: u32 = u32::MAX;

/// A set of states.
pub(crate) type States = FixedBitSet;

/// Every reachable state's steps, in the order of its actions, those that change nothing included.
///
/// Five bytes a step with up to eight fairness conditions, one more if actions have classes; eight
/// bytes a state, and a bit for each predicate.
pub(crate) struct Graph {
    /// Where each state's steps begin; the last one's end.
    starts: Vec<u64>,
    targets: Vec<u32>,
    /// Which fairness conditions cover each step, one bit for each condition.
    fair: Vec<u8>,
    /// How many bytes of `fair` belong to a step.
    fair_width: usize,
    /// The class of each step's action; empty if there are no classes, or more than fit.
    classes: Vec<u8>,
    /// Steps to the same state that change something all the same: up to symmetry, to a renaming of it.
    turns: States,
    /// The first states are the initial ones.
    pub(crate) initial: usize,
    /// How many states there are at each depth; states are numbered from the first to the last.
    pub(crate) levels: Vec<u64>,
    /// For each predicate the states that have it.
    pub(crate) marks: Vec<States>,
}

/// A step, seen from the state before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// Which of the state's steps it is.
    pub(crate) number: u32,
    pub(crate) target: u32,
    /// The fairness conditions that cover it.
    pub(crate) fair: u64,
}

impl Graph {
    /// A graph without states, for so many fairness conditions and predicates.
    pub(crate) fn new(conditions: usize, predicates: usize) -> Self {
        Self {
            starts: vec![0],
            targets: Vec::new(),
            fair: Vec::new(),
            fair_width: conditions.div_ceil(8),
            classes: Vec::new(),
            turns: States::new(),
            initial: 0,
            levels: Vec::new(),
            marks: vec![States::new(); predicates],
        }
    }

    /// Appends the steps of the next states. `degrees` has how many each of them has, and `turns` the
    /// places of those that change something even if they lead to the same state.
    pub(crate) fn append(
        &mut self,
        degrees: impl Iterator<Item = usize>,
        targets: &[u32],
        (fair, classes): (&[u8], &[u8]),
        turns: &[u32],
    ) {
        for turn in turns {
            self.turns
                .grow_and_insert(self.targets.len() + *turn as usize);
        }
        let mut end = self.targets.len() as u64;
        for degree in degrees {
            end += degree as u64;
            self.starts.push(end);
        }
        self.targets.extend_from_slice(targets);
        self.fair.extend_from_slice(fair);
        self.classes.extend_from_slice(classes);
        debug_assert_eq!(end, self.targets.len() as u64);
        debug_assert_eq!(self.fair.len(), self.targets.len() * self.fair_width);
    }

    /// How many bytes it is about to grow by.
    pub(crate) fn growth(&self) -> u64 {
        growth(&self.starts) + growth(&self.targets) + growth(&self.fair) + growth(&self.classes)
    }

    /// How many states have their steps.
    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// All states.
    pub(crate) fn everything(&self) -> States {
        let mut all = States::with_capacity(self.len());
        all.insert_range(..);
        all
    }

    /// The initial states.
    pub(crate) fn initial(&self) -> States {
        let mut initial = States::with_capacity(self.len());
        initial.insert_range(..self.initial);
        initial
    }

    /// The states that have a predicate.
    pub(crate) fn having(&self, predicate: usize) -> States {
        let mut states = self.marks[predicate].clone();
        states.grow(self.len());
        states
    }

    /// The states that do not.
    pub(crate) fn lacking(&self, predicate: usize) -> States {
        let mut states = self.having(predicate);
        states.toggle_range(..);
        states
    }

    /// Where a state's steps lead.
    #[inline]
    pub(crate) fn targets(&self, state: u32) -> &[u32] {
        let state = state as usize;
        &self.targets[self.starts[state] as usize..self.starts[state + 1] as usize]
    }

    /// The steps that change something: a step to the same state counts for nothing.
    pub(crate) fn steps(&self, state: u32) -> impl Iterator<Item = Step> {
        let first = self.starts[state as usize] as usize;
        let steps = self.targets(state).iter().enumerate();
        steps
            .filter(move |(number, target)| self.changes(state, **target, first + number))
            .map(move |(number, target)| Step {
                number: number as u32,
                target: *target,
                fair: self.fair_of(first + number),
            })
    }

    #[inline]
    fn changes(&self, state: u32, target: u32, step: usize) -> bool {
        target != state || self.turns.contains(step)
    }

    #[inline]
    fn fair_of(&self, step: usize) -> u64 {
        let bytes = &self.fair[step * self.fair_width..][..self.fair_width];
        let shifted = bytes.iter().rev();
        shifted.fold(0, |mask, byte| mask << 8 | u64::from(*byte))
    }

    /// Whether nothing can happen in a state any more.
    #[inline]
    pub(crate) fn is_terminal(&self, state: u32) -> bool {
        self.steps(state).next().is_none()
    }

    /// The fairness conditions with a step in a state.
    pub(crate) fn enabled(&self, state: u32) -> u64 {
        self.steps(state).fold(0, |mask, step| mask | step.fair)
    }

    /// The classes of a state's steps that change something; nothing if there are no classes.
    pub(crate) fn classes(&self, state: u32) -> impl Iterator<Item = u8> {
        let first = self.starts[state as usize] as usize;
        let classes = self.classes.iter().skip(first);
        let steps = (first..).zip(self.targets(state)).zip(classes);
        steps
            .filter(move |((step, target), _)| self.changes(state, **target, *step))
            .map(|(_, class)| *class)
    }

    /// Whether it is known of which class each step is.
    pub(crate) fn has_classes(&self) -> bool {
        !self.classes.is_empty()
    }

    /// Whether it has the steps of so many states, all of them to known states or outside.
    pub(crate) fn is_whole(&self, states: u64, known: u32) -> bool {
        let steps = self.targets.len();
        self.len() as u64 == states
            && self.starts.is_sorted()
            && self.starts.last() == Some(&(steps as u64))
            && (self.targets.iter()).all(|target| *target == OUTSIDE || *target < known)
            && self.fair.len() == steps * self.fair_width
            && (self.classes.is_empty() || self.classes.len() == steps)
    }

    /// Gives its parts as bytes, one after the other.
    pub(crate) fn write(&self, mut put: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        let starts = self.starts.iter().flat_map(|start| start.to_le_bytes());
        put(&starts.collect::<Vec<u8>>())?;
        let targets = self.targets.iter().flat_map(|target| target.to_le_bytes());
        put(&targets.collect::<Vec<u8>>())?;
        put(&self.fair)?;
        put(&self.classes)?;
        for states in self.marks.iter().chain([&self.turns]) {
            let ones = states
                .ones()
                .flat_map(|number| (number as u64).to_le_bytes());
            put(&ones.collect::<Vec<u8>>())?;
        }
        Ok(())
    }

    /// Takes the parts that [`write`](Self::write) gave.
    pub(crate) fn read(&mut self, mut take: impl FnMut() -> io::Result<Vec<u8>>) -> io::Result<()> {
        let words = |bytes: Vec<u8>| -> Vec<u32> {
            let (words, _) = bytes.as_chunks();
            words.iter().map(|word| u32::from_le_bytes(*word)).collect()
        };
        let bytes = take()?;
        let (starts, _) = bytes.as_chunks();
        self.starts = starts
            .iter()
            .map(|start| u64::from_le_bytes(*start))
            .collect();
        self.targets = words(take()?);
        self.fair = take()?;
        self.classes = take()?;
        for states in self.marks.iter_mut().chain([&mut self.turns]) {
            *states = States::new();
            let bytes = take()?;
            let (numbers, _) = bytes.as_chunks();
            for number in numbers {
                states.grow_and_insert(u64::from_le_bytes(*number) as usize);
            }
        }
        Ok(())
    }
}

/// How many bytes a list takes more when it grows, if that is near.
pub(crate) fn growth<T>(list: &Vec<T>) -> u64 {
    let near = list.len() >= list.capacity() / 16 * 15;
    if near {
        (list.capacity() * size_of::<T>()) as u64
    } else {
        0
    }
}
