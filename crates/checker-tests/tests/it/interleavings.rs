//! The engine's pool of threads, in every order in which threads can take their steps, with a bounded number of
//! preemptions.
//!
//! It is the engine's own file, upon loom's threads, locks and atomics instead of the standard library's.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use loom::model::Builder;
use loom::sync::atomic::{AtomicUsize, Ordering};

#[path = "../../../checker/src/explore/pool.rs"]
mod pool;

use pool::Pool;

mod sync {
    pub(super) use loom::hint::spin_loop;
    pub(super) use loom::sync::atomic::{AtomicUsize, Ordering};
    pub(super) use loom::sync::{Arc, Condvar, Mutex, MutexGuard};
    pub(super) use loom::thread::{JoinHandle, yield_now};
    pub(super) use std::sync::PoisonError;

    /// Both to see something at once and to go to sleep happens.
    pub(super) const PATIENCE: usize = 1;

    pub(super) fn processors() -> usize {
        usize::MAX
    }

    pub(super) fn spawn(work: impl FnOnce() + Send + 'static) -> Option<JoinHandle<()>> {
        Some(loom::thread::spawn(work))
    }
}

/// A place for each thread. To load and store apart, relaxed, gives what loom thinks may be seen: an old
/// number, unless the pool synchronises.
struct Places(Vec<AtomicUsize>);

impl Places {
    fn new(count: usize) -> Self {
        Self((0..count).map(|_| AtomicUsize::new(0)).collect())
    }

    fn add(&self, place: usize, what: usize) -> usize {
        let number = self.0[place].load(Ordering::Relaxed) + what;
        self.0[place].store(number, Ordering::Relaxed);
        number
    }
}

fn rounds(helpers: usize, rounds: usize, preemptions: usize) {
    let mut loom = Builder::new();
    loom.preemption_bound = Some(preemptions);
    loom.check(move || {
        let mut pool = Pool::new(helpers);
        let threads = pool.count();
        assert_eq!(threads, helpers + 1);
        let places = Places::new(threads);
        for round in 1..=rounds {
            let mut before = 0;
            // Each round somebody else has the place, and what is done before is done by the caller alone.
            let work = |thread| {
                places.add((thread + round) % threads, round);
            };
            pool.run(&work, || before += 1);
            assert_eq!(before, 1);
            let sum: usize = (1..=round).sum();
            assert!((0..threads).all(|place| places.add(place, 0) == sum));
        }
    });
}

/// A panic of what the caller does first still waits for the helper, who may use what is borrowed until then.
#[test]
fn a_panic_does_not_leave_before_the_helper() {
    let mut loom = Builder::new();
    loom.preemption_bound = Some(3);
    loom.check(|| {
        let mut pool = Pool::new(1);
        let places = Places::new(2);
        let work = |thread: usize| {
            places.add(thread, 1);
        };
        let run = || pool.run(&work, || resume_unwind(Box::new("first")));
        let outcome = catch_unwind(AssertUnwindSafe(run));
        assert!(outcome.is_err());
        // The caller has not come to its own part.
        assert_eq!([places.add(0, 0), places.add(1, 0)], [0, 1]);
        let work = |thread: usize| match thread {
            0 => (),
            _ => resume_unwind(Box::new("a helper's")),
        };
        let run = || pool.run(&work, || {});
        assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
    });
}

#[test]
fn one_helper_sees_all_and_is_seen() {
    rounds(1, 2, 4);
}

#[test]
fn two_helpers_see_all_and_are_seen() {
    rounds(2, 1, 2);
    rounds(2, 2, 1);
}
