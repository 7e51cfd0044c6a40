//! A block: a bounded number of parents, expanded and committed.
//!
//! README.md, "A block".

use std::mem::needs_drop;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::chunk::Chunk;
use super::expand::Shared;
use super::level::Level;
use super::recent::Recent;
use super::visited::VisitedSet;
use super::workers::Workers;
use super::{End, Search};
use crate::checkable::Checkable;
use crate::keys::Keys;

/// Work that takes less is not worth sharing out.
const WORTH_SHARING: Duration = Duration::from_micros(300);

impl<'m, M: Checkable, K: Keys<M>> Search<'_, 'm, M, K> {
    /// Parents of a chunk. States with heap parts are better dropped soon, so that the allocator can
    /// use their memory again while it is in the cache.
    const CHUNK: usize = if needs_drop::<K::Kept>() { 48 } else { 128 };

    /// Successors that are generated before the visited set is asked, when several workers prepare
    /// them: few enough to stay in the second-level caches.
    const PENDING: u64 = if needs_drop::<K::Kept>() {
        1 << 13
    } else {
        1 << 15
    };

    fn chunk_size(&self) -> usize {
        self.job.options.tuning.chunk.unwrap_or(Self::CHUNK)
    }

    /// Expands the parents at `range` of `level`, and appends what is new to `next`.
    pub(super) fn expand_block(
        &mut self,
        level: &mut Level<K::Kept>,
        range: Range<usize>,
        next: &mut Level<K::Kept>,
    ) -> Result<(), End> {
        let size = self.chunk_size();
        let mut start = range.start;
        while start < range.end {
            let together = self.parents_together(range.end - start);
            let end = (start + together).min(range.end);
            let begun = Instant::now();
            let chunks = (end - start).div_ceil(size);
            while self.chunks.len() < chunks {
                self.chunks.push(self.job.chunk());
            }
            let mut block = std::mem::take(&mut self.chunks);
            for (index, chunk) in block[..chunks].iter_mut().enumerate() {
                let from = start + index * size;
                let to = (from + size).min(end);
                chunk.reset(from..to);
                if needs_drop::<K::Kept>() {
                    level.take(to - from, &mut chunk.own);
                    chunk.worker = level.maker(from);
                }
            }
            let outcome = self.run_chunks(&mut block[..chunks], level, next);
            self.chunks = block;
            outcome?;
            // Within a block too: states may be large.
            self.pulse((level.len() - end + next.len()) as u64);
            self.stopped()?;
            self.pace = begun.elapsed() / (end - start) as u32;
            start = end;
        }
        Ok(())
    }

    /// How many parents to expand before their children are numbered, which changes no result:
    /// one chunk's for one worker, so that everything stays in the cache; many for several, so
    /// that they seldom wait for each other.
    fn parents_together(&self, left: usize) -> usize {
        let tuning = &self.job.options.tuning;
        let work = self
            .pace
            .saturating_mul(left.try_into().unwrap_or(u32::MAX));
        if self.workers.is_none() || (tuning.sharing_threshold && work < WORTH_SHARING) {
            return self.chunk_size();
        }
        let branching = self.committed.transitions / self.committed.states.max(1) + 1;
        tuning
            .together
            .min((Self::PENDING / branching) as usize)
            .max(self.chunk_size())
    }

    fn run_chunks(
        &mut self,
        chunks: &mut [Chunk<M, K>],
        level: &Level<K::Kept>,
        next: &mut Level<K::Kept>,
    ) -> Result<(), End> {
        let Parts {
            shared,
            visited,
            workers,
            recent,
        } = self.parts(level);
        match workers {
            Some(workers) if chunks.len() > 1 => {
                workers.inside(&mut || together(&shared, visited, (workers, recent), chunks));
                self.stopped()?;
                for chunk in &mut *chunks {
                    self.commit(chunk, level, next)?;
                }
                self.record(chunks, level.first);
                Ok(())
            }
            _ => chunks.iter_mut().try_for_each(|chunk| {
                let Parts {
                    shared,
                    visited,
                    recent,
                    ..
                } = self.parts(level);
                let mut recent = recent[0].lock().unwrap_or_else(PoisonError::into_inner);
                shared.expand(chunk, visited, &mut recent);
                drop(recent);
                look_up(visited, chunk);
                shared.admit(chunk);
                self.stopped()?;
                self.commit(chunk, level, next)?;
                self.record(std::slice::from_mut(chunk), level.first);
                Ok(())
            }),
        }
    }

    pub(super) fn stopped(&self) -> Result<(), End> {
        self.watch
            .limit()
            .map_or(Ok(()), |limit| Err(End::Limit(limit)))
    }

    pub(super) fn parts<'s>(&'s mut self, level: &'s Level<K::Kept>) -> Parts<'s, 'm, M, K> {
        Parts {
            shared: Shared {
                job: self.job,
                keys: &self.keys,
                watch: &self.watch,
                level,
                open: &self.open,
                sample: self.sample,
                records: self.recorder.is_some(),
            },
            visited: &mut self.visited,
            workers: self.workers.as_ref(),
            recent: &self.recent,
        }
    }
}

/// What the phases of a block need of the search.
pub(super) struct Parts<'s, 'm, M: Checkable, K: Keys<M>> {
    pub(super) shared: Shared<'s, 'm, M, K>,
    pub(super) visited: &'s mut VisitedSet<K::Key>,
    workers: Option<&'s Workers>,
    /// One for each worker.
    recent: &'s [Mutex<Recent<K::Key>>],
}

/// Looks a chunk's keys up in the visited set, and puts the new ones in.
pub(super) fn look_up<M: Checkable, K: Keys<M>>(
    visited: &mut VisitedSet<K::Key>,
    chunk: &mut Chunk<M, K>,
) {
    chunk.new.resize_with(chunk.keys.len(), AtomicBool::default);
    let places = &mut chunk.new;
    for mut lane in visited.lanes(1) {
        lane.insert_all(&chunk.keys, |place, new| *places[place].get_mut() = new);
    }
}

/// The phases of a block, each shared by all workers.
fn together<M: Checkable, K: Keys<M>>(
    shared: &Shared<'_, '_, M, K>,
    visited: &mut VisitedSet<K::Key>,
    (workers, recent): (&Workers, &[Mutex<Recent<K::Key>>]),
    chunks: &mut [Chunk<M, K>],
) {
    // More lanes than workers, so that nobody waits long for the others.
    let known = &*visited;
    let lanes = (workers.count() * 2).min(VisitedSet::<K::Key>::MOST_LANES);
    let at_home = |chunk: &Chunk<M, K>| chunk.worker;
    workers.each_at(
        chunks.iter_mut().map(|c| (at_home(c), c)),
        |worker, chunk| {
            chunk.worker = worker;
            let mut recent = recent[worker]
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            shared.expand(chunk, known, &mut recent);
            shared.share(chunk, lanes);
            chunk.new.resize_with(chunk.keys.len(), AtomicBool::default);
        },
    );
    workers.each(visited.lanes(lanes), |index, mut lane| {
        for chunk in &*chunks {
            let share = &chunk.shares[index];
            lane.insert_all(&share.keys, |at, new| {
                chunk.new[share.places[at] as usize].store(new, Relaxed);
            });
        }
    });
    workers.each_at(chunks.iter_mut().map(|c| (at_home(c), c)), |_, chunk| {
        shared.admit(chunk)
    });
}
