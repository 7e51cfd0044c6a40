//! A block: a bounded number of parents, expanded and committed.
//!
//! README.md, "A block".

use std::mem::{needs_drop, swap, take};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::chunk::Chunk;
use super::commit::Ledger;
use super::level::Level;
use super::recent::Recent;
use super::search::{End, Search};
use super::shared::Shared;
use super::visited::VisitedSet;
use super::workers::Workers;
use crate::Checkable;
use crate::keys::Keys;

/// Work that takes less is not worth sharing out; or not worth starting threads for.
const WORTH_SHARING: Duration = Duration::from_micros(300);
const WORTH_STARTING: Duration = Duration::from_millis(1);

impl<'m, M: Checkable, K: Keys<M>> Search<'_, 'm, M, K> {
    /// Parents of a chunk. States with heap parts are better dropped soon, so that the allocator can
    /// use their memory again while it is in the cache.
    const CHUNK: usize = if needs_drop::<K::Kept>() { 48 } else { 128 };

    /// Successors that are generated before the visited set is asked, when several workers prepare
    /// them: few enough to stay in the second-level caches.
    const PENDING: u64 = if needs_drop::<K::Kept>() {
        1 << 12
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
        let mut start = range.start;
        while start < range.end {
            let left = start..range.end;
            let begun = Instant::now();
            let end = match self.is_worth_sharing(left.len(), level.len() - start) {
                true => {
                    self.expand_together(level, left, next)?;
                    range.end
                }
                false => self.expand_chunk(level, left, next)?,
            };
            self.pulse((level.len() - end + next.len()) as u64);
            self.stopped()?;
            self.pace = begun.elapsed() / (end - start) as u32;
            start = end;
        }
        Ok(())
    }

    /// Whether several workers should expand `parents`, of so many that are left of the level; from the first
    /// time on there are some.
    fn is_worth_sharing(&mut self, parents: usize, rest: usize) -> bool {
        let (work, worth) = match self.workers {
            Some(_) => (parents, WORTH_SHARING),
            None => (rest, WORTH_STARTING),
        };
        let work = self
            .pace
            .saturating_mul(work.try_into().unwrap_or(u32::MAX));
        let is_short = self.job.options.tuning.sharing_threshold && work < worth;
        if self.threads < 2 || parents <= self.chunk_size() || is_short {
            return false;
        }
        if self.workers.is_none() {
            self.workers = Workers::new(self.threads);
            if self.workers.is_none() {
                self.threads = 1; // the system has none left
            }
        }
        self.workers.is_some()
    }

    /// How many parents to expand together before their children are numbered, which changes no result:
    /// so many that workers seldom wait for each other. So many have been expanded.
    fn parents_together(&self, expanded: usize) -> usize {
        // Not as many as states are known, of which most may wait in a level that grows.
        let branching = self.committed.transitions / (expanded as u64).max(1) + 1;
        let together = self.job.options.tuning.together;
        together
            .min((Self::PENDING / branching) as usize)
            .max(self.chunk_size())
    }

    /// Makes the first parents of `left` a chunk, of about this size, and removes them from there.
    fn deal(
        level: &mut Level<K::Kept>,
        left: &mut Range<usize>,
        size: usize,
        chunk: &mut Chunk<M, K>,
    ) {
        let from = left.start;
        left.start = level.cut(from, size, left.end);
        chunk.reset(from..left.start);
        if needs_drop::<K::Kept>() {
            level.take(chunk.parents.len(), &mut chunk.own);
            chunk.worker = level.maker(from);
        }
    }

    /// The first chunk of `left`, by the caller alone, so that everything stays in the cache. Returns
    /// where it ends.
    fn expand_chunk(
        &mut self,
        level: &mut Level<K::Kept>,
        mut left: Range<usize>,
        next: &mut Level<K::Kept>,
    ) -> Result<usize, End> {
        let mut chunks = take(&mut self.chunks);
        if chunks.is_empty() {
            chunks.push(self.job.chunk());
        }
        let chunk = &mut chunks[0];
        Self::deal(level, &mut left, self.chunk_size(), chunk);
        chunk.worker = 0; // the caller, who makes its successors
        let Parts {
            shared,
            visited,
            recent,
            mut ledger,
            ..
        } = self.parts(level);
        let mut recent = recent[0].lock().unwrap_or_else(PoisonError::into_inner);
        shared.expand(chunk, visited, &mut recent);
        drop(recent);
        look_up(visited, chunk);
        shared.admit(chunk);
        let outcome = match shared.watch.limit() {
            None => ledger.commit(chunk, level, next),
            Some(limit) => Err(End::Limit(limit)),
        };
        if outcome.is_ok() {
            self.record(&mut chunks[..1], level.first);
        }
        self.chunks = chunks;
        outcome.map(|()| left.start)
    }

    /// All parents of `left`, by all workers, round by round. While a round's successors are made and
    /// looked up, the new ones of the round before are admitted and committed.
    fn expand_together(
        &mut self,
        level: &mut Level<K::Kept>,
        mut left: Range<usize>,
        next: &mut Level<K::Kept>,
    ) -> Result<(), End> {
        let together = self.parents_together(level.first as usize + left.start);
        // Larger ones, because each is divided among the lanes, which ask for what they get of it at once.
        let size = match self.job.options.tuning.chunk {
            None if !needs_drop::<K::Kept>() => 2 * Self::CHUNK,
            _ => self.chunk_size(),
        };
        let (mut ahead, mut last) = (take(&mut self.chunks), take(&mut self.behind));
        let mut waiting = 0;
        loop {
            // Without the round behind, which will have been committed.
            let uncommitted = level.len() - left.start;
            let mut part = left.start..left.end.min(left.start + together);
            left.start = part.end;
            let mut begun = 0;
            while !part.is_empty() {
                if begun == ahead.len() {
                    ahead.push(self.job.chunk());
                }
                Self::deal(level, &mut part, size, &mut ahead[begun]);
                begun += 1;
            }
            if begun == 0 && waiting == 0 {
                break;
            }
            let behind = &mut last[..waiting];
            self.round(level, next, behind, &mut ahead[..begun])?;
            self.record(behind, level.first);
            self.pulse((uncommitted + next.len()) as u64);
            self.stopped()?;
            swap(&mut ahead, &mut last);
            waiting = begun;
        }
        (self.chunks, self.behind) = (ahead, last);
        Ok(())
    }

    /// One round: admits and commits the chunks behind, expands those ahead and looks their successors up.
    fn round(
        &mut self,
        level: &Level<K::Kept>,
        next: &mut Level<K::Kept>,
        behind: &mut [Chunk<M, K>],
        ahead: &mut [Chunk<M, K>],
    ) -> Result<(), End> {
        let Parts {
            shared,
            visited,
            workers,
            recent,
            mut ledger,
        } = self.parts(level);
        let Some(workers) = workers else {
            unreachable!("only workers expand together");
        };
        // More lanes than workers, so that nobody waits long for the others.
        let lanes = (workers.count() * 2).min(VisitedSet::<K::Key>::MOST_LANES);
        share_out(ahead, workers.count());
        let behind_first = behind.iter_mut().map(Task::Admit);
        let tasks = behind_first.chain(ahead.iter_mut().map(Task::Expand));
        let known = &*visited;
        workers.each_at(tasks.map(|t| (t.worker(), t)), |worker, task| match task {
            Task::Admit(chunk) => {
                chunk.gather();
                shared.admit(chunk);
            }
            Task::Expand(chunk) => {
                chunk.worker = worker;
                let mut recent = recent[worker]
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                shared.expand(chunk, known, &mut recent);
                shared.share(chunk, lanes);
                chunk.new.resize_with(chunk.keys.len(), AtomicBool::default);
            }
        });
        if let Some(limit) = shared.watch.limit() {
            return Err(End::Limit(limit));
        }
        let mut outcome = Ok(());
        let commit = || {
            outcome = behind
                .iter_mut()
                .try_for_each(|chunk| ledger.commit(chunk, level, next));
        };
        workers.each(
            visited.lanes(lanes),
            |index, mut lane| {
                for chunk in &*ahead {
                    let share = &chunk.shares[index];
                    lane.insert_all(&share.keys, |at| {
                        chunk.new[share.places[at] as usize].store(true, Relaxed);
                    });
                }
            },
            commit,
        );
        outcome
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
                is_last: self.is_last,
            },
            visited: &mut self.visited,
            workers: self.workers.as_mut(),
            recent: &self.recent,
            ledger: Ledger {
                job: self.job,
                keys: &self.keys,
                ancestry: &mut self.ancestry,
                audit: &mut self.audit,
                evidence: &mut self.evidence,
                committed: &mut self.committed,
                asked: self.asked,
                is_last: self.is_last,
                recorder: self.recorder.as_mut(),
            },
        }
    }
}

/// What the phases of a block need of the search.
pub(super) struct Parts<'s, 'm, M: Checkable, K: Keys<M>> {
    pub(super) shared: Shared<'s, 'm, M, K>,
    pub(super) visited: &'s mut VisitedSet<K::Key>,
    workers: Option<&'s mut Workers>,
    /// One for each worker.
    recent: &'s [Mutex<Recent<K::Key>>],
    pub(super) ledger: Ledger<'s, 'm, M, K>,
}

/// Looks a chunk's keys up in the visited set, and puts the new ones in.
pub(super) fn look_up<M: Checkable, K: Keys<M>>(
    visited: &mut VisitedSet<K::Key>,
    chunk: &mut Chunk<M, K>,
) {
    for mut lane in visited.lanes(1) {
        lane.insert_all(&chunk.keys, |place| chunk.fresh.push(place as u32));
    }
}

/// What a worker does with a chunk, while others do the same with others.
enum Task<'c, M: Checkable, K: Keys<M>> {
    Admit(&'c mut Chunk<M, K>),
    Expand(&'c mut Chunk<M, K>),
}

impl<M: Checkable, K: Keys<M>> Task<'_, M, K> {
    /// Who should do it.
    fn worker(&self) -> usize {
        match self {
            Self::Admit(chunk) | Self::Expand(chunk) => chunk.worker,
        }
    }
}

/// Gives every worker as many chunks: those that it made the parents of, if they have heap parts, and some
/// of others that made more, here and there, so that there are some for everyone in the next level too.
fn share_out<M: Checkable, K: Keys<M>>(chunks: &mut [Chunk<M, K>], workers: usize) {
    let fair = chunks.len().div_ceil(workers);
    if !needs_drop::<K::Kept>() {
        for (place, chunk) in chunks.iter_mut().enumerate() {
            chunk.worker = place / fair;
        }
        return;
    }
    let mut room = vec![fair; workers];
    let mut own = vec![0; workers];
    for chunk in &*chunks {
        own[chunk.worker] += 1;
    }
    for (room, own) in room.iter_mut().zip(&own) {
        *room = room.saturating_sub(*own);
    }
    let mut seen = vec![0; workers];
    for chunk in chunks {
        let maker = chunk.worker;
        let (own, seen) = (own[maker], &mut seen[maker]);
        *seen += 1;
        // The surplus of `own - fair` spread evenly.
        let surplus = own.saturating_sub(fair);
        let is_surplus = *seen * surplus / own != (*seen - 1) * surplus / own;
        let free = room.iter().position(|room| *room > 0);
        if let Some(other) = free.filter(|_| is_surplus) {
            chunk.worker = other;
            room[other] -= 1;
        }
    }
}
