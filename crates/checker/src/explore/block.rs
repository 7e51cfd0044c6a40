//! A block: a bounded number of parents, expanded by all workers at once.
//!
//! README.md, "A block".

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use super::audit::EARLY;
use super::chunk::Chunk;
use super::level::Level;
use super::worker::{Shared, Worker};
use super::{End, Search, State};
use crate::checkable::Checkable;

impl<'m, M: Checkable> Search<'_, 'm, M> {
    /// The chunks of the block `start..end` of `level`, in order.
    pub(super) fn expand_block(
        &mut self,
        level: &Level<State<M>>,
        start: usize,
        end: usize,
    ) -> Result<Vec<Chunk<State<M>>>, End> {
        let tuning = self.job.options.tuning;
        let threads = if end - start < tuning.parallel_from {
            1
        } else {
            self.workers.len().min((end - start).div_ceil(tuning.chunk))
        };
        let cursor = AtomicUsize::new(start);
        let mut workers = std::mem::take(&mut self.workers);
        let outcome = loop {
            let grow = AtomicBool::new(false);
            let shared = self.shared(level, end, &cursor, &grow);
            let (first, others) = workers[..threads].split_at_mut(1);
            std::thread::scope(|scope| {
                for other in others {
                    scope.spawn(|| other.run(&shared));
                }
                first[0].run(&shared);
            });
            if let Some(limit) = self.watch.limit() {
                workers.iter_mut().for_each(Worker::abandon);
                break Err(End::Limit(limit));
            }
            if grow.into_inner()
                && let Err(end) = self.grow()
            {
                workers.iter_mut().for_each(Worker::abandon);
                break Err(end);
            }
            let unfinished = workers.iter().any(Worker::is_unfinished);
            if !unfinished && cursor.load(Relaxed) >= end {
                break Ok(());
            }
        };
        let mut chunks: Vec<_> = workers.iter_mut().flat_map(|w| w.done.drain(..)).collect();
        self.workers = workers;
        outcome?;
        chunks.sort_unstable_by_key(|chunk| chunk.from);
        Ok(chunks)
    }

    pub(super) fn shared<'s>(
        &'s self,
        level: &'s Level<State<M>>,
        end: usize,
        cursor: &'s AtomicUsize,
        grow: &'s AtomicBool,
    ) -> Shared<'s, 'm, M> {
        Shared {
            job: self.job,
            fingerprinter: &self.fingerprinter,
            visited: &self.visited,
            audit: &self.audit,
            watch: &self.watch,
            level,
            open: &self.open,
            early: self.committed.states < u64::from(EARLY),
            end,
            cursor,
            grow,
        }
    }

    pub(super) fn grow(&mut self) -> Result<(), End> {
        self.watch.look_at_memory(self.visited.growth());
        if let Some(limit) = self.watch.limit() {
            return Err(End::Limit(limit));
        }
        self.visited.grow(self.job.options.threads);
        Ok(())
    }
}
