//! Level-synchronous breadth-first exploration.
//!
//! README.md beside this file has the data structures, the memory orderings, and the arguments for
//! termination and for shortest and repeatable counterexamples.

mod ancestry;
mod audit;
mod block;
mod chunk;
mod commit;
mod conclude;
mod level;
mod path;
mod settle;
mod suspicion;
mod visited;
mod watch;
mod worker;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::time::{Duration, Instant};

pub(crate) use self::path::Ordinals;

use self::ancestry::Ancestry;
use self::audit::Audit;
use self::chunk::{Chunk, Evidence, Tally};
use self::level::Level;
use self::suspicion::{At, Origin, Phase, Spot, Suspicion};
use self::visited::VisitedSet;
use self::watch::Watch;
use self::worker::{Open, Worker};
use crate::checkable::Checkable;
use crate::fingerprint::Fingerprinter;
use crate::options::Options;
use crate::property::{Condition, Property};
use crate::{Completion, Fault, Limit, Listener, Progress, memory};

type State<M> = <M as planwright_model::Model>::State;

/// How often the listener is told, and the memory looked at.
const PULSE: Duration = Duration::from_millis(100);

/// Names the class of an action.
pub(crate) type Classify<'m, M> =
    dyn Fn(&<M as planwright_model::Model>::Action) -> usize + Send + Sync + 'm;

/// What to explore, and what to look for.
pub(crate) struct Job<'a, 'm, M: Checkable> {
    pub(crate) model: &'a M,
    pub(crate) properties: &'a [Property<'m, M>],
    pub(crate) classify: Option<&'a Classify<'m, M>>,
    /// How many classes of actions there are.
    pub(crate) classes: usize,
    pub(crate) options: &'a Options<'m>,
}

impl<M: Checkable> Job<'_, '_, M> {
    fn chunk(&self) -> Chunk<State<M>> {
        Chunk::new(self.properties.len(), self.classes)
    }

    fn tally(&self) -> Tally {
        Tally::new(self.properties.len(), self.classes)
    }
}

/// What the exploration found.
pub(crate) struct Explored {
    pub(crate) completion: Completion,
    /// Whether the model has any initial state, and whether one is within the boundary.
    pub(crate) initial: (bool, bool),
    pub(crate) states: u64,
    pub(crate) transitions: u64,
    pub(crate) cut: u64,
    pub(crate) levels: Vec<u64>,
    pub(crate) complete_depth: Option<u32>,
    /// Per property: how often it was triggered.
    pub(crate) triggered: Vec<u64>,
    /// Per class of actions: how often it fired.
    pub(crate) fired: Vec<u64>,
    /// Per property: the schedule to what settled it, or the fault met when looking for it.
    pub(crate) schedules: Vec<Option<Result<Ordinals, Fault>>>,
    pub(crate) elapsed: Duration,
}

/// Why the loop ended.
enum End {
    Complete,
    Settled,
    Limit(Limit),
    Fault(Suspicion),
}

struct Search<'a, 'm, M: Checkable> {
    job: &'a Job<'a, 'm, M>,
    fingerprinter: Fingerprinter,
    visited: VisitedSet,
    ancestry: Ancestry,
    roots: Vec<u32>,
    audit: Audit<State<M>>,
    watch: Watch<'m>,
    workers: Vec<Worker<M>>,
    open: Open,
    evidence: Vec<Option<Evidence>>,
    /// All committed blocks.
    committed: Tally,
    /// All complete levels, and the states of each.
    complete: Tally,
    levels: Vec<u64>,
    has_initial: bool,
    listener: Option<&'a mut (dyn Listener + 'm)>,
    last_pulse: Instant,
}

/// Explores `job` until a limit, a fault, or the end.
pub(crate) fn explore<'m, M: Checkable>(
    job: &Job<'_, 'm, M>,
    listener: Option<&mut (dyn Listener + 'm)>,
) -> Explored {
    let mut search = Search::new(job, listener);
    let end = search.run();
    search.conclude(end)
}

impl<'a, 'm, M: Checkable> Search<'a, 'm, M> {
    fn new(job: &'a Job<'a, 'm, M>, listener: Option<&'a mut (dyn Listener + 'm)>) -> Self {
        let options = job.options;
        let mut search = Self {
            job,
            fingerprinter: Fingerprinter::new(options.seed),
            visited: VisitedSet::new(options.tuning.buckets),
            ancestry: Ancestry::new(0),
            roots: Vec::new(),
            audit: Audit::new(options.seed),
            watch: Watch::new(options.time_limit, options.memory_limit, options.interrupt),
            workers: (0..options.threads).map(|_| Worker::new()).collect(),
            open: Open::default(),
            evidence: vec![None; job.properties.len()],
            committed: job.tally(),
            complete: job.tally(),
            levels: Vec::new(),
            has_initial: false,
            listener,
            last_pulse: Instant::now(),
        };
        search.reopen();
        search
    }

    /// The search itself: one level after the other.
    fn run(&mut self) -> End {
        let mut level = match self.seed() {
            Ok(level) => level,
            Err(end) => return end,
        };
        loop {
            self.levels.push(level.len() as u64);
            self.complete = self.committed.clone();
            self.reopen();
            if level.len() == 0 {
                self.levels.pop();
                return End::Complete;
            }
            if self.is_settled() && !self.job.options.exhaustive {
                return End::Settled;
            }
            if let Some(limit) = self.limit_between_levels() {
                return End::Limit(limit);
            }
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
                match property.condition {
                    Condition::Step(_) => self.open.steps.push(index),
                    Condition::Eventually => {}
                    _ => self.open.states.push(index),
                }
            }
        }
    }

    /// Whether there was something to decide, and all of it is decided.
    fn is_settled(&self) -> bool {
        let open = self.open.states.len() + self.open.steps.len();
        open == 0 && self.evidence.iter().any(Option::is_some)
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
        if self.last_pulse.elapsed() >= PULSE {
            self.last_pulse = Instant::now();
            self.tell(frontier);
            self.watch.look_at_memory(0);
        }
        self.watch.look();
        self.watch.limit()
    }

    fn tell(&mut self, frontier: u64) {
        let Some(listener) = &mut self.listener else {
            return;
        };
        let elapsed = self.watch.elapsed();
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
    fn seed(&mut self) -> Result<Level<State<M>>, End> {
        let states = catch_unwind(AssertUnwindSafe(|| self.job.model.init_states()));
        let states = states.map_err(|payload| {
            let order = (Origin::ROOT, Phase::Expand);
            let properties = self.job.properties;
            let at = At::InitStates;
            let suspicion = Suspicion::panicked(&*payload, at, properties, Spot::Start, order);
            End::Fault(suspicion)
        })?;
        self.has_initial = !states.is_empty();
        let none = Level::new(0);
        let (cursor, mut workers) = (AtomicUsize::new(0), std::mem::take(&mut self.workers));
        let mut states = states.into_iter();
        let seeded = loop {
            let grow = AtomicBool::new(false);
            let shared = self.shared(&none, 0, &cursor, &grow);
            if workers[0].seed(&shared, &mut states) {
                break Ok(());
            }
            if let Err(end) = self.grow() {
                break Err(end);
            }
        };
        let chunks = std::mem::take(&mut workers[0].done);
        self.workers = workers;
        seeded?;
        self.roots = chunks
            .iter()
            .flat_map(|chunk| &chunk.ordinals)
            .copied()
            .collect();
        self.ancestry = Ancestry::new(self.roots.len() as u32);
        let mut level = Level::new(0);
        self.commit(chunks, &none, &mut level)?;
        Ok(level)
    }

    /// One level from the one before it, block by block.
    fn expand(&mut self, mut level: Level<State<M>>) -> Result<Level<State<M>>, End> {
        let mut next = Level::new(level.first + level.len() as u32);
        let mut start = 0;
        loop {
            let end = (start + self.job.options.tuning.block).min(level.len());
            let chunks = self.expand_block(&level, start, end)?;
            self.commit(chunks, &level, &mut next)?;
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
