//! Level-synchronous breadth-first exploration.
//!
//! README.md beside this file has the data structures, the memory orderings, and the arguments for
//! termination and for shortest and repeatable counterexamples.

mod admit;
mod ancestry;
mod audit;
mod begin;
mod block;
mod checkpoint;
mod chunk;
mod commit;
mod conclude;
mod expand;
mod job;
mod level;
mod numbers;
mod path;
mod pool;
mod recent;
mod recorder;
mod retrace;
mod sealed;
mod sift;
mod suspicion;
mod sync;
mod told;
mod visited;
mod watch;
mod workers;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::time::{Duration, Instant};

pub(crate) use self::job::{Classify, Job};
pub(crate) use self::path::Ordinals;
pub(crate) use self::told::Told;

use self::ancestry::Ancestry;
use self::audit::{Audit, Sample};
use self::block::{Parts, look_up};
use self::checkpoint::Saver;
use self::chunk::{Chunk, Evidence, Tally};
use self::expand::Open;
use self::level::Level;
use self::recent::Recent;
use self::recorder::Recorder;
use self::suspicion::{At, Origin, Phase, Spot, Suspicion};
use self::visited::VisitedSet;
pub(crate) use self::watch::Watch;
use self::workers::Workers;

use crate::Checkable;
use crate::checkpoint::Saving;
use crate::keys::Keys;
use crate::property::Role;
use crate::statistics::Checked;
use crate::{
    CheckpointError, Completion, Extent, Fault, Limit, Listener, Progress, PropertyKind, memory,
};

type State<M> = <M as planwright_model::Model>::State;

/// How often the listener is told, and the memory looked at.
const PULSE: Duration = Duration::from_millis(100);

/// What the exploration found.
pub(crate) struct Explored {
    pub(crate) completion: Completion,
    /// Whether the model has any initial state, and whether one is within the boundary.
    pub(crate) initial: (bool, bool),
    pub(crate) states: u64,
    pub(crate) transitions: u64,
    pub(crate) cut: u64,
    pub(crate) terminal: u64,
    pub(crate) checked: Checked,
    pub(crate) levels: Vec<u64>,
    pub(crate) complete_depth: Option<u32>,
    /// Per property: how often it was triggered.
    pub(crate) triggered: Vec<u64>,
    /// Per class of actions: how often it fired.
    pub(crate) fired: Vec<u64>,
    /// Per property: the schedule to what settled it, or why there is none after all.
    pub(crate) schedules: Vec<Option<Result<Ordinals, Fault>>>,
    /// Per property: what the graph says about it, if that was asked.
    pub(crate) told: Vec<Option<Told>>,
    /// Whether no two states can have been taken for one.
    pub(crate) exact: bool,
    /// Of all runs, if it was resumed.
    pub(crate) elapsed: Duration,
    /// Why the last checkpoint could not be written.
    pub(crate) not_saved: Option<CheckpointError>,
}

/// Why the loop ended.
enum End {
    Complete,
    Settled,
    Limit(Limit),
    Fault(Suspicion),
}

struct Search<'a, 'm, M: Checkable, K: Keys<M>> {
    job: &'a Job<'a, 'm, M>,
    keys: K,
    visited: VisitedSet<K::Key>,
    ancestry: Ancestry,
    audit: Audit<State<M>>,
    watch: Watch<'m>,
    /// How many threads there may be, and the workers, once there is something to share.
    threads: usize,
    workers: Option<Workers>,
    /// One for each worker.
    recent: Vec<Mutex<Recent<K::Key>>>,
    /// Buffers: of what is expanded, and of what is admitted meanwhile.
    chunks: Vec<Chunk<M, K>>,
    behind: Vec<Chunk<M, K>>,
    /// How long a parent took lately.
    pace: Duration,
    /// The states that are audited, and those of them that the model is asked about twice.
    sample: Sample,
    asked: Sample,
    /// Whether the next level will neither be expanded nor saved.
    is_last: bool,
    open: Open,
    recorder: Option<Recorder<K::Key>>,
    evidence: Vec<Option<Evidence>>,
    /// All committed chunks.
    committed: Tally,
    /// All complete levels, and the states of each.
    complete: Tally,
    levels: Vec<u64>,
    /// Whether the model has any initial state, and whether one is within the boundary.
    initial: (bool, bool),
    listener: Option<&'a mut (dyn Listener + 'm)>,
    last_pulse: Instant,
    saver: Saver,
    /// How long earlier runs took, if this one resumes them.
    before: Duration,
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
                    _ if property.role == Role::Bound => self.open.bounds.push(index),
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
            // A bound that is not reached is no reason to go on.
            bounds: _,
        } = &self.open;
        let open = states.len() + steps.len() + ends.len();
        // What is about the graph needs all of it.
        open == 0 && self.recorder.is_none() && self.evidence.iter().any(Option::is_some)
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
    fn pulse(&mut self, frontier: u64) {
        if self.last_pulse.elapsed() >= PULSE {
            self.last_pulse = Instant::now();
            self.tell(frontier);
            let recorded = self.recorder.as_ref().map_or(0, Recorder::growth);
            self.watch.look_at_memory(self.visited.growth() + recorded);
        }
    }

    fn elapsed(&self) -> Duration {
        self.before + self.watch.elapsed()
    }

    fn tell(&mut self, frontier: u64) {
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

    /// The initial states, as the first level.
    fn seed(&mut self) -> Result<Level<K::Kept>, End> {
        let states = catch_unwind(AssertUnwindSafe(|| self.job.model.init_states()));
        let states = states.map_err(|payload| {
            let order = (Origin::ROOT, Phase::Expand);
            let properties = self.job.properties;
            let at = At::InitStates;
            let suspicion = Suspicion::panicked(&*payload, at, properties, Spot::Start, order);
            End::Fault(suspicion)
        })?;
        self.initial.0 = !states.is_empty();
        self.check_initial_symmetry()?;
        let mut chunk = self.job.chunk();
        chunk.reset(0..0);
        let (none, mut level) = (Level::new(0), Level::new(0));
        let Parts {
            shared, visited, ..
        } = self.parts(&none);
        shared.begin(&mut chunk, states);
        look_up(visited, &mut chunk);
        shared.admit(&mut chunk);
        self.stopped()?;
        for origin in &chunk.kept_origins {
            self.ancestry.push_initial(origin.ordinal);
        }
        self.initial.1 = !chunk.kept.is_empty();
        let mut ledger = self.parts(&none).ledger;
        ledger.commit(&mut chunk, &none, &mut level)?;
        Ok(level)
    }

    fn check_initial_symmetry(&self) -> Result<(), End> {
        let Some(symmetry) = self.job.symmetry else {
            return Ok(());
        };
        let order = (Origin::ROOT, Phase::Expand);
        let check = catch_unwind(AssertUnwindSafe(|| symmetry.check_initial()));
        let suspicion = match check {
            Ok(Ok(())) => return Ok(()),
            Ok(Err((ordinal, fault))) => Suspicion {
                fault,
                spot: Spot::Child(Origin {
                    parent: Origin::ROOT,
                    ordinal,
                }),
                order,
            },
            Err(payload) => {
                let (at, properties) = (At::Symmetry, self.job.properties);
                Suspicion::panicked(&*payload, at, properties, Spot::Start, order)
            }
        };
        Err(End::Fault(suspicion))
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
