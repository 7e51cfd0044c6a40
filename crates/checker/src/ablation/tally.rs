//! How far an ablation is.

use std::collections::HashMap;
use std::time::Instant;

use crate::{Progress, memory};

/// How far an ablation has come.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AblationProgress {
    /// How many sets of safeguards there are.
    pub sets: usize,
    /// How many of them need no exploration any more.
    pub settled: usize,
    /// The work of all explorations together; depth and frontier are those of the one that told last.
    pub search: Progress,
}

/// Who is told how far it is.
pub(super) type Listening<'a> = Box<dyn FnMut(&AblationProgress) + 'a>;

/// Adds up what workers tell.
pub(super) struct Tally<'a> {
    sets: usize,
    settled: usize,
    /// States and transitions of explorations that have ended.
    done: (u64, u64),
    /// What is under way, by worker.
    running: HashMap<usize, Progress>,
    started: Instant,
    listener: Option<Listening<'a>>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(sets: usize, listener: Option<Listening<'a>>) -> Self {
        Self {
            sets,
            settled: 0,
            done: (0, 0),
            running: HashMap::new(),
            started: Instant::now(),
            listener,
        }
    }

    /// An exploration goes on.
    pub(super) fn progress(&mut self, worker: usize, progress: Progress) {
        self.running.insert(worker, progress.clone());
        self.tell(&progress);
    }

    /// A set was explored.
    pub(super) fn explored(&mut self, worker: usize, states: u64, transitions: u64) {
        self.settled += 1;
        self.done.0 += states;
        self.done.1 += transitions;
        self.end(worker);
    }

    /// A set was known before.
    pub(super) fn remembered(&mut self) {
        self.settled += 1;
    }

    fn end(&mut self, worker: usize) {
        if let Some(last) = self.running.remove(&worker) {
            self.tell(&last);
        }
    }

    fn tell(&mut self, last: &Progress) {
        let Some(listener) = &mut self.listener else {
            return;
        };
        let running = |number: fn(&Progress) -> u64| self.running.values().map(number).sum::<u64>();
        let states = self.done.0 + running(|p| p.states);
        let elapsed = self.started.elapsed();
        listener(&AblationProgress {
            sets: self.sets,
            settled: self.settled,
            search: Progress {
                states,
                transitions: self.done.1 + running(|p| p.transitions),
                states_per_second: states as f64 / elapsed.as_secs_f64().max(1e-9),
                memory: memory::resident(),
                elapsed,
                ..last.clone()
            },
        });
    }
}
