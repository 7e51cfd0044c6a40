//! Who does what.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

use super::pool::Pool;

/// Threads that share the phases of a block, the caller's among them.
///
/// What is generic here only wraps work in closures, so that the pool is not instantiated for every model
/// in the crates of its users.
pub(super) struct Workers(Pool);

impl Workers {
    /// So many; none for one worker, who is the caller, nor if the system has no threads left.
    pub(super) fn new(threads: usize) -> Option<Self> {
        if threads < 2 {
            return None;
        }
        let pool = Pool::new(threads - 1);
        (pool.count() > 1).then_some(Self(pool))
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.count()
    }

    /// Does `work` on every item, in any order, by whoever is free; the caller does `first` before it
    /// takes part.
    pub(super) fn each<T: Send>(
        &self,
        items: impl IntoIterator<Item = T>,
        work: impl Fn(usize, T) + Sync,
        first: impl FnOnce(),
    ) {
        let items = items.into_iter().enumerate();
        let items: Vec<_> = items.map(|item| Mutex::new(Some(item))).collect();
        // Only deals out numbers: whoever has one takes the item's lock.
        let next = AtomicUsize::new(0);
        let share = |_| {
            while let Some(item) = items.get(next.fetch_add(1, Relaxed)) {
                let item = item.lock().unwrap_or_else(PoisonError::into_inner).take();
                if let Some((place, item)) = item {
                    work(place, item);
                }
            }
        };
        self.0.run(&share, first);
    }

    /// Does `work` on every item, given the worker who does it: each worker first on the items that it is
    /// named for, then on those of others that nobody has begun.
    pub(super) fn each_at<T: Send>(
        &self,
        items: impl IntoIterator<Item = (usize, T)>,
        work: impl Fn(usize, T) + Sync,
    ) {
        let count = self.count();
        let mut queues = Vec::new();
        queues.resize_with(count, VecDeque::new);
        for (worker, item) in items {
            queues[worker % count].push_back(item);
        }
        let queues: Vec<_> = queues.into_iter().map(Mutex::new).collect();
        let next = |worker: usize, number: usize| {
            let queue = &queues[(worker + number) % count];
            let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
            // From the far end: neighbours stay together.
            match number {
                0 => queue.pop_front(),
                _ => queue.pop_back(),
            }
        };
        let share = |worker| {
            for number in 0..count {
                while let Some(item) = next(worker, number) {
                    work(worker, item);
                }
            }
        };
        self.0.run(&share, || {});
    }
}
