//! The engine's pool of threads, in every order in which threads can take their steps, with a bounded number of
//! preemptions.
//!
//! It is the engine's own file, upon loom's threads, locks and atomics instead of the standard library's.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use loom::cell::UnsafeCell;
use loom::model::Builder;

#[path = "../../../checker/src/explore/pool.rs"]
mod pool;

use pool::Pool;

mod sync {
    use std::num::NonZero;

    pub(super) use loom::hint::spin_loop;
    pub(super) use loom::sync::atomic::{AtomicUsize, Ordering};
    pub(super) use loom::sync::{Arc, Condvar, Mutex, MutexGuard};
    pub(super) use loom::thread::{JoinHandle, yield_now};
    pub(super) use std::sync::PoisonError;

    /// Both to see something at once and to go to sleep happens.
    pub(super) const PATIENCE: usize = 1;

    pub(super) fn available_parallelism() -> std::io::Result<NonZero<usize>> {
        Ok(NonZero::<usize>::MAX)
    }

    pub(super) fn spawn(work: impl FnOnce() + Send + 'static) -> Option<JoinHandle<()>> {
        Some(loom::thread::spawn(work))
    }
}

/// A place for each thread; loom finds out if two threads use one at once.
struct Places(Vec<UnsafeCell<usize>>);

#[expect(unsafe_code, reason = "what loom judges is whether this is so")]
// SAFETY: loom fails the test if two accesses are not ordered.
unsafe impl Sync for Places {}

impl Places {
    #[expect(unsafe_code, reason = "loom's cells are used by pointers")]
    fn add(&self, place: usize, what: usize) -> usize {
        // SAFETY: loom fails the test if another access is not ordered with this one.
        self.0[place].with_mut(|number| unsafe {
            *number += what;
            *number
        })
    }
}

fn rounds(helpers: usize, rounds: usize, preemptions: usize) {
    let mut loom = Builder::new();
    loom.preemption_bound = Some(preemptions);
    loom.check(move || {
        let mut pool = Pool::new(helpers);
        let threads = pool.count();
        assert_eq!(threads, helpers + 1);
        let places = Places((0..threads).map(|_| UnsafeCell::new(0)).collect());
        for round in 1..=rounds {
            let before = UnsafeCell::new(0);
            // Each round somebody else has the place, and what is done before is done by the caller alone.
            let work = |thread| {
                places.add((thread + round) % threads, round);
            };
            pool.run(&work, || {
                before.with_mut(|_| ());
            });
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
        let places = Places(vec![UnsafeCell::new(0), UnsafeCell::new(0)]);
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
