//! How to explore.

use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;
use std::thread::available_parallelism;
use std::time::Duration;

use crate::Audit;

/// Sizes of the units of work. Results do not depend on them, except that a limit on states is
/// looked at between blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tuning {
    /// Parents that are expanded before their children are numbered.
    pub(crate) block: usize,
    /// Parents that a worker takes at a time; unless told, it depends on the type of the states.
    pub(crate) chunk: Option<usize>,
    /// Parents that several workers expand before their children are numbered.
    pub(crate) together: usize,
    /// Whether small blocks are left to one worker.
    pub(crate) sharing_threshold: bool,
    /// Buckets that each shard of the visited set starts with.
    pub(crate) buckets: usize,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            block: 1 << 15,
            chunk: None,
            together: 1 << 15,
            sharing_threshold: true,
            buckets: 4,
        }
    }
}

/// How many processors the process may use, 1 if the system does not tell. Looked up once: it takes as long as a
/// search of a small model.
pub(crate) fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| available_parallelism().map_or(1, usize::from))
}

/// The most threads that a [`Checker`](crate::Checker) or an [`Ablation`](crate::ablation::Ablation) takes: more than
/// any machine has use for, and memory is set aside for each.
pub const MAX_THREADS: usize = 4096;

/// Checks a number of threads and returns it.
///
/// # Panics
///
/// If it is 0, or more than [`MAX_THREADS`].
#[track_caller]
pub(crate) fn asked_threads(threads: usize) -> usize {
    assert!(threads > 0, "0 threads explore nothing; ask for at least 1");
    assert!(
        threads <= MAX_THREADS,
        "{threads} threads are more than any machine has use for; ask for at most {MAX_THREADS}"
    );
    threads
}

/// Everything about a run that is not the model or a property.
#[derive(Clone, Debug)]
pub(crate) struct Options<'m> {
    pub(crate) threads: usize,
    pub(crate) max_states: Option<u64>,
    pub(crate) max_depth: Option<u32>,
    pub(crate) time_limit: Option<Duration>,
    pub(crate) memory_limit: Option<u64>,
    pub(crate) seed: u64,
    pub(crate) exhaustive: bool,
    pub(crate) audit: Audit,
    pub(crate) interrupt: Option<&'m AtomicBool>,
    pub(crate) tuning: Tuning,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            threads: processors(),
            max_states: None,
            max_depth: None,
            time_limit: None,
            memory_limit: crate::memory::default_limit(),
            seed: 0,
            exhaustive: false,
            audit: Audit::default(),
            interrupt: None,
            tuning: Tuning::default(),
        }
    }
}
