//! The search: one level after the other, and the limits between them.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::ancestry::Ancestry;
use super::audit::Audit;
use super::chunk::{Chunk, Evidence, Tally};
use super::explored::Explored;
use super::job::Job;
use super::level::Level;
use super::recent::Recent;
use super::recorder::Recorder;
use super::sample::Sample;
use super::shared::Open;
use super::suspicion::Suspicion;
use super::visited::VisitedSet;
use super::watch::Watch;
use super::workers::Workers;

use crate::Checkable;
use crate::checkpoint::Saving;
use crate::keys::Keys;
use crate::property::Role;
use crate::{CheckpointError, Extent, Limit, Listener, Progress, PropertyKind, memory};

pub(super) type State<M> = <M as planwright_model::Model>::State;

/// How often the listener is told, and the memory looked at.
const PULSE: Duration = Duration::from_millis(100);

/// Why the loop ended.
pub(super) enum End {
    Complete,
    Settled,
    Limit(Limit),
    Fault(Suspicion),
}

pub(super) struct Search<'a, 'm, M: Checkable, K: Keys<M>> {
    pub(super) job: &'a Job<'a, 'm, M>,
    pub(super) keys: K,
    pub(super) visited: VisitedSet<K::Key>,
    pub(super) ancestry: Ancestry,
    pub(super) audit: Audit<State<M>>,
    pub(super) watch: Watch<'m>,
    /// How many threads there may be, and the workers, once there is something to share.
    pub(super) threads: usize,
    pub(super) workers: Option<Workers>,
    /// One for each worker.
    pub(super) recent: Vec<Mutex<Recent<K::Key>>>,
    /// Buffers: of what is expanded, and of what is admitted meanwhile.
    pub(super) chunks: Vec<Chunk<M, K>>,
    pub(super) behind: Vec<Chunk<M, K>>,
    /// How long a parent took lately.
    pub(super) pace: Duration,
    /// The states that are audited, and those of them that the model is asked about twice.
    pub(super) sample: Sample,
    pub(super) asked: Sample,
    /// Whether the next level will neither be expanded nor saved.
    pub(super) is_last: bool,
    pub(super) open: Open,
    pub(super) recorder: Option<Recorder<K::Key>>,
    pub(super) evidence: Vec<Option<Evidence>>,
    /// All committed chunks.
    pub(super) committed: Tally,
    /// All complete levels, and the states of each.
    pub(super) complete: Tally,
    pub(super) levels: Vec<u64>,
    /// Whether the model has any initial state, and whether one is within the boundary.
    pub(super) initial: (bool, bool),
    pub(super) listener: Option<&'a mut (dyn Listener + 'm)>,
    pub(super) last_pulse: Instant,
    pub(super) saver: Saver,
    /// How long earlier runs took, if this one resumes them.
    pub(super) before: Duration,
}

/// When the next checkpoint is due, and what became of the last one.
pub(super) struct Saver {
    pub(super) due: Instant,
    pub(super) error: Option<CheckpointError>,
}

impl Saver {
    pub(super) fn new(interval: Option<Duration>) -> Self {
        let now = Instant::now();
        Self {
            due: interval.map_or(now, |interval| now + interval),
            error: None,
        }
    }
}

/// Explores `job` until a limit, a fault, or the end.
pub(crate) fn explore<'m, M: Checkable, K: Keys<M>>(
    job: &Job<'_, 'm, M>,
    listener: Option<&mut (dyn Listener + 'm)>,
) -> Explored {
    let mut search = Search::<M, K>::new(job, listener);
    let end = match search.seed() {
        Ok(level) => search.run(level),
        Err(end) => end,
    };
    search.conclude(end)
}

/// Goes on exploring `job` where its last checkpoint was written.
pub(crate) fn resume<'m, M: Checkable, K: Keys<M>>(
    job: &Job<'_, 'm, M>,
    saving: &Saving<'_, M>,
    listener: Option<&mut (dyn Listener + 'm)>,
) -> Result<Explored, CheckpointError> {
    let mut search = Search::<M, K>::new(job, listener);
    let level = search.restore(saving)?;
    let end = search.run(level);
    Ok(search.conclude(end))
}

impl<'a, 'm, M: Checkable, K: Keys<M>> Search<'a, 'm, M, K> {
    fn new(job: &'a Job<'a, 'm, M>, listener: Option<&'a mut (dyn Listener + 'm)>) -> Self {
        let options = job.options;
        let mut search = Self {
            job,
            keys: K::new(options.seed),
            visited: VisitedSet::new(options.tuning.buckets),
            ancestry: Ancestry::default(),
            audit: Audit::new(options.audit.determinism == Extent::All),
            watch: Watch::new(options.time_limit, options.memory_limit, options.interrupt),
            threads: options.threads,
            workers: None,
            recent: (0..options.threads.max(1))
                .map(|_| Mutex::new(Recent::default()))
                .collect(),
            chunks: Vec::new(),
            behind: Vec::new(),
            pace: Duration::ZERO,
            sample: Sample::ALL,
            asked: Sample::ALL,
            is_last: false,
            open: Open::default(),
            recorder: Recorder::of(job),
            evidence: vec![None; job.properties.len()],
            committed: job.tally(),
            complete: job.tally(),
            levels: Vec::new(),
            initial: (false, false),
            listener,
            last_pulse: Instant::now(),
            saver: Saver::new(job.saving.map(|saving| saving.checkpoints.interval)),
            before: Duration::ZERO,
        };
        search.reopen();
        search
    }

    /// The search itself: one level after the other.
    fn run(&mut self, mut level: Level<K::Kept>) -> End {
        let options = self.job.options;
        loop {
            self.levels.push(level.len() as u64);
            self.complete = self.committed.clone();
            self.reopen();
            if level.len() == 0 {
                self.levels.pop();
                return End::Complete;
            }
            if self.is_settled() && !options.exhaustive {
                return End::Settled;
            }
            if let Some(limit) = self.limit_between_levels() {
                self.save(&level);
                return End::Limit(limit);
            }
            self.save_if_due(&level);
            let next_depth = self.levels.len() as u32;
            self.is_last = options.max_depth == Some(next_depth) && self.job.saving.is_none();
            level = match self.expand(level) {
                Ok(next) => next,
                Err(end) => return end,
            };
        }
    }

    /// The properties that still need looking at.
    fn reopen(&mut self) {
        self.open = Open::default();
        for (index, property) in self.job.properties.iter().enumerate() {
            if self.evidence[index].is_none() {
                match property.kind {
                    PropertyKind::AlwaysStep => self.open.steps.push(index),
                    PropertyKind::NoDeadlock => self.open.ends.push(index),
                    kind if kind.needs_graph() => {}
                    _ => self.open.states.push(index),
                }
            }
        }
    }

    /// Whether there was something to decide, and all of it is decided.
    fn is_settled(&self) -> bool {
        let Open {
            states,
            steps,
            ends,
        } = &self.open;
        let mut open = states.iter().chain(steps).chain(ends);
        // A bound that is not reached is no reason to go on.
        let is_bound = |index: &usize| self.job.properties[*index].role == Role::Bound;
        // What is about the graph needs all of it.
        open.all(is_bound) && self.recorder.is_none() && self.evidence.iter().any(Option::is_some)
    }

    fn limit_between_levels(&mut self) -> Option<Limit> {
        let options = self.job.options;
        let depth = self.levels.len() as u32 - 1;
        if let Some(limit) = options.max_depth.filter(|limit| depth >= *limit) {
            return Some(Limit::Depth(limit));
        }
        self.limit_between_blocks(0)
    }

    fn limit_between_blocks(&mut self, frontier: u64) -> Option<Limit> {
        if let Some(limit) = self.job.options.max_states
            && self.committed.states >= limit
        {
            return Some(Limit::States(limit));
        }
        self.pulse(frontier);
        self.watch.look();
        self.watch.limit()
    }

    /// Tells the listener, and looks at the memory, now and then.
    pub(super) fn pulse(&mut self, frontier: u64) {
        if self.last_pulse.elapsed() >= PULSE {
            self.last_pulse = Instant::now();
            self.tell(frontier);
            let recorded = self.recorder.as_ref().map_or(0, Recorder::growth);
            self.watch.look_at_memory(self.visited.growth() + recorded);
        }
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.before + self.watch.elapsed()
    }

    pub(super) fn tell(&mut self, frontier: u64) {
        let elapsed = self.elapsed();
        let Some(listener) = &mut self.listener else {
            return;
        };
        let states = self.committed.states;
        listener.progress(&Progress {
            states,
            transitions: self.committed.transitions,
            depth: self.levels.len().saturating_sub(1) as u32,
            frontier,
            states_per_second: states as f64 / elapsed.as_secs_f64().max(1e-9),
            table_load: self.visited.load(),
            memory: memory::resident(),
            elapsed,
        });
    }

    /// One level from the one before it, block by block.
    fn expand(&mut self, mut level: Level<K::Kept>) -> Result<Level<K::Kept>, End> {
        let options = self.job.options;
        let mut next = Level::new(level.first + level.len() as u32);
        let mut start = 0;
        loop {
            let end = (start + options.tuning.block).min(level.len());
            (self.sample, self.asked) =
                Sample::after(self.committed.states, options.audit.determinism);
            self.expand_block(&mut level, start..end, &mut next)?;
            level.release(end);
            start = end;
            if start == level.len() {
                return Ok(next);
            }
            let frontier = level.len() - start + next.len();
            if let Some(limit) = self.limit_between_blocks(frontier as u64) {
                if matches!(limit, Limit::States(_)) {
                    self.levels.push(next.len() as u64);
                }
                return Err(End::Limit(limit));
            }
        }
    }
}
