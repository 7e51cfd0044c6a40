//! The graph, as the search finds it.
//!
//! A step can lead to a state that is found by the same round, so a round's steps are recorded when
//! all its states have their numbers.

use std::io;

use super::chunk::Chunk;
use super::job::Job;
use super::numbers::Numbers;
use super::sealed::{Reader, Writer};
use crate::Checkable;
use crate::keys::{Key, Keys};
use crate::liveness::Graph;

/// Records every step of every state.
pub(super) struct Recorder<K> {
    numbers: Numbers<K>,
    graph: Graph,
}

impl<K: Key> Recorder<K> {
    /// A recorder, if a property is about the graph.
    pub(super) fn of<M: Checkable>(job: &Job<'_, '_, M>) -> Option<Self> {
        job.records().then(|| Self {
            numbers: Numbers::new(),
            graph: Graph::new(job.fairness.len(), job.predicates()),
        })
    }

    /// Gives numbers to new states.
    pub(super) fn number(&mut self, keys: &[K], marks: &[bool]) {
        let first = self.numbers.len();
        self.numbers.extend(keys);
        let predicates = self.graph.marks.len();
        for (state, marks) in marks.chunks(predicates).enumerate() {
            for (set, _) in self
                .graph
                .marks
                .iter_mut()
                .zip(marks)
                .filter(|(_, mark)| **mark)
            {
                set.grow_and_insert(first + state);
            }
        }
    }

    /// Which predicates a state has.
    pub(super) fn marks(&self, number: usize) -> impl Iterator<Item = bool> {
        self.graph.marks.iter().map(move |set| set.contains(number))
    }

    /// Whether it has so many states, and the steps of so many.
    pub(super) fn has(&self, states: u64, expanded: u64) -> bool {
        self.numbers.len() as u64 == states && self.graph.is_whole(expanded, states as u32)
    }

    pub(super) fn write(&self, to: &mut Writer) -> io::Result<()> {
        self.numbers.write(to)?;
        self.graph.write(|bytes| to.put_block(bytes))
    }

    /// Takes over what [`write`](Self::write) wrote.
    pub(super) fn read(&mut self, from: &mut Reader) -> io::Result<()> {
        self.numbers = Numbers::read(from)?;
        self.graph.read(|| {
            let mut bytes = Vec::new();
            from.take_block(&mut bytes)?;
            Ok(bytes)
        })
    }

    /// How many bytes it is about to grow by.
    pub(super) fn growth(&self) -> u64 {
        self.numbers.growth() + self.graph.growth()
    }

    /// Looks up which states a chunk's steps lead to.
    pub(super) fn resolve<M: Checkable, N: Keys<M, Key = K>>(&self, chunk: &mut Chunk<M, N>) {
        chunk.targets.clear();
        self.numbers.look_up(&chunk.keys, &mut chunk.targets);
    }

    pub(super) fn append<M: Checkable, N: Keys<M>>(&mut self, chunk: &Chunk<M, N>, first: u32) {
        let mut origins = &chunk.origins[..];
        let degrees = chunk.parents.clone().map(|position| {
            let key = first + position as u32 + 1;
            let degree = origins.iter().take_while(|o| o.parent == key).count();
            origins = &origins[degree..];
            degree
        });
        let told = (&chunk.fair[..], &chunk.classes[..]);
        self.graph
            .append(degrees, &chunk.targets, told, &chunk.turns);
    }
}

/// The whole graph, its states at each depth in so many.
pub(super) fn finished<K: Key>(recorder: Recorder<K>, levels: &[u64]) -> Graph {
    let mut graph = recorder.graph;
    graph.levels = levels.to_vec();
    graph.initial = levels.first().map_or(0, |count| *count as usize);
    graph
}
