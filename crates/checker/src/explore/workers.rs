//! The threads of a search.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

/// Threads that share the phases of a block.
///
/// What is generic here only wraps work in closures: the pool is instantiated once, in this crate, not
/// for every model in the crates of its users, where it was a fifth of the engine's code.
pub(super) struct Workers(rayon::ThreadPool);

impl Workers {
    /// So many threads; none for one worker, who is the caller, nor if the system has no threads left.
    pub(super) fn new(threads: usize) -> Option<Self> {
        if threads < 2 {
            return None;
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.ok().map(Self)
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.current_num_threads()
    }

    /// Does `work` on one of the threads, so that the calls of [`each`](Self::each) in it need not wake
    /// them again.
    pub(super) fn inside(&self, work: &mut (dyn FnMut() + Send)) {
        self.0.install(work);
    }

    /// Does `work` on every item with its place, in any order, by whoever is free.
    pub(super) fn each<T: Send>(
        &self,
        items: impl IntoIterator<Item = T>,
        work: impl Fn(usize, T) + Sync,
    ) {
        let items: Vec<_> = items.into_iter().map(|i| Mutex::new(Some(i))).collect();
        self.places(items.len(), &|place| {
            let mut item = items[place].lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(item) = item.take() {
                work(place, item);
            }
        });
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
        self.places(count, &|place| {
            let worker = rayon::current_thread_index().unwrap_or(place);
            for number in 0..count {
                while let Some(item) = next(worker, number) {
                    work(worker, item);
                }
            }
        });
    }

    fn places(&self, count: usize, work: &(dyn Fn(usize) + Sync)) {
        let each = || (0..count).into_par_iter().for_each(work);
        self.0.install(each);
    }
}
