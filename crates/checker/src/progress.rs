//! What a running exploration tells.

use std::time::Duration;

/// How far an exploration has come.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// Distinct states found so far.
    pub states: u64,
    /// Steps taken so far.
    pub transitions: u64,
    /// The depth of the level that is being expanded.
    pub depth: u32,
    /// States of that level that are not expanded yet, and states of the next level.
    pub frontier: u64,
    /// Distinct states per second since the start.
    pub states_per_second: f64,
    /// The share of the visited set's slots in use.
    pub table_load: f64,
    /// Resident memory of the process in bytes, where the operating system tells.
    pub memory: Option<u64>,
    /// Since the start.
    pub elapsed: Duration,
}

/// Receives the [`Progress`] of an exploration.
///
/// Every closure over `&Progress` is a listener.
pub trait Listener {
    /// Called from the thread that called [`run`](crate::Checker::run), between blocks of work: a
    /// few times a second while the exploration lasts (less often if the model is slow), and once
    /// at its end.
    fn progress(&mut self, progress: &Progress);
}

impl<F: FnMut(&Progress)> Listener for F {
    fn progress(&mut self, progress: &Progress) {
        self(progress);
    }
}
