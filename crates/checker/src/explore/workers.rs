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
        &mut self,
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
        &mut self,
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

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::AtomicU64;

    use super::*;

    #[test]
    fn every_item_is_worked_on_once_and_panics_come_back() {
        for threads in [2, 3, 8] {
            let mut workers = Workers::new(threads).expect("the system has threads left");
            assert_eq!(workers.count(), threads);
            for round in 0..200_u64 {
                let sum = AtomicU64::new(0);
                let mut first = false;
                let add = |place: usize, item: u64| {
                    assert_eq!(place as u64, item);
                    sum.fetch_add(item, Relaxed);
                };
                workers.each(0..round, add, || first = true);
                assert!(first);
                let items = (0..round).map(|item| (item as usize / 7, item));
                workers.each_at(items, |_, item| {
                    sum.fetch_add(item, Relaxed);
                });
                assert_eq!(sum.into_inner(), round * round.saturating_sub(1));

                // The caller's, and then somebody's.
                let mut first = || workers.each(0..9, |_, _| {}, || panic!("first"));
                let first = catch_unwind(AssertUnwindSafe(&mut first));
                assert_eq!(first.unwrap_err().downcast_ref(), Some(&"first"));
                let trap = |_, item| assert!(item != 5, "the trap");
                let trapped = catch_unwind(AssertUnwindSafe(|| workers.each(0..9, trap, || {})));
                assert_eq!(trapped.unwrap_err().downcast_ref(), Some(&"the trap"));
            }
        }
    }
}
