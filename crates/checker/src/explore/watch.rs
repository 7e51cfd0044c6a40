//! The limits that may end an exploration at any moment.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering::Relaxed};
use std::time::{Duration, Instant};

use crate::{Limit, memory};

const RUNNING: u8 = 0;
const TIME: u8 = 1;
const INTERRUPTED: u8 = 2;
const MEMORY: u8 = 3;

/// Watches the clock, the memory and the interrupt flag. Once it has stopped, it stays so.
///
/// README.md, "Stopping", says who looks when, and why relaxed operations suffice.
pub(crate) struct Watch<'m> {
    start: Instant,
    time_limit: Option<Duration>,
    memory_limit: Option<u64>,
    interrupt: Option<&'m AtomicBool>,
    stopped: AtomicU8,
}

impl<'m> Watch<'m> {
    pub(crate) fn new(
        time_limit: Option<Duration>,
        memory_limit: Option<u64>,
        interrupt: Option<&'m AtomicBool>,
    ) -> Self {
        Self {
            start: Instant::now(),
            time_limit,
            memory_limit,
            interrupt,
            stopped: AtomicU8::new(RUNNING),
        }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// Whether everyone should stop, without looking at the clock: two loads.
    #[inline]
    pub(crate) fn stopped(&self) -> bool {
        if self.interrupt.is_some_and(|flag| flag.load(Relaxed)) {
            self.stop(INTERRUPTED);
        }
        self.stopped.load(Relaxed) != RUNNING
    }

    /// Looks at the clock too.
    pub(crate) fn look(&self) -> bool {
        if self.time_limit.is_some_and(|limit| self.elapsed() >= limit) {
            self.stop(TIME);
        }
        self.stopped()
    }

    /// Stops if the process would exceed its memory by `more` bytes added.
    pub(crate) fn look_at_memory(&self, more: u64) -> bool {
        if let Some(limit) = self.memory_limit
            && let Some(resident) = memory::resident()
            && resident.saturating_add(more) > limit
        {
            self.stop(MEMORY);
        }
        self.look()
    }

    /// The first reason wins.
    fn stop(&self, why: u8) {
        // Losing the race means that another reason came first.
        let _ = self
            .stopped
            .compare_exchange(RUNNING, why, Relaxed, Relaxed);
    }

    /// Why everyone should stop.
    pub(crate) fn limit(&self) -> Option<Limit> {
        match self.stopped.load(Relaxed) {
            TIME => self.time_limit.map(Limit::Time),
            INTERRUPTED => Some(Limit::Interrupted),
            MEMORY => self.memory_limit.map(Limit::Memory),
            _ => None,
        }
    }
}
