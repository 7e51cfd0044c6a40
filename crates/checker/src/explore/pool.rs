//! Threads that take up one piece of work together, thousands of times a second.
//!
//! A piece of work takes some hundred microseconds, and to wake a sleeping thread a good part of that. So
//! whoever waits, for work or for the others, looks again for a while before going to sleep.

use std::any::Any;
use std::mem::transmute;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::sync::{
    Arc, AtomicUsize, Condvar, JoinHandle, Mutex, MutexGuard, Ordering, PATIENCE, PoisonError,
    processors, spawn, spin_loop, yield_now,
};

/// Work that every thread does, told which one it is.
type Work<'w> = dyn Fn(usize) + Sync + 'w;

/// The calling thread and some helpers.
pub(super) struct Pool {
    post: Arc<Post>,
    helpers: Vec<JoinHandle<()>>,
}

/// Where work is posted.
struct Post {
    state: Mutex<State>,
    /// `State::posted` and `State::busy`, to be looked at without the lock. Who sees a change takes the
    /// lock, which is what synchronises; so relaxed operations suffice.
    posted: AtomicUsize,
    busy: AtomicUsize,
    /// Rung when work is posted, and when all helpers have done theirs.
    begin: Condvar,
    end: Condvar,
    /// How often to look again before sleeping.
    patience: usize,
}

struct State {
    /// How many pieces of work there were so far.
    posted: usize,
    /// The last one; none at the end of the pool.
    work: Option<&'static Work<'static>>,
    /// Helpers that have not done it.
    busy: usize,
    /// Helpers that sleep, and whether the caller does.
    asleep: usize,
    caller_sleeps: bool,
    /// A helper's panic.
    panic: Option<Box<dyn Any + Send>>,
}

impl Post {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing in here panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks for a while whether it `has_come`, and now and then lets others on this processor work: it may
    /// be they who are waited for.
    fn await_briefly(&self, has_come: impl Fn() -> bool) {
        for look in 1..=self.patience {
            if has_come() {
                return;
            }
            if look.is_multiple_of(32) {
                yield_now();
            } else {
                spin_loop();
            }
        }
    }

    /// Posts work for so many helpers.
    fn begin(&self, work: Option<&'static Work<'static>>, helpers: usize) {
        let mut state = self.lock();
        state.posted += 1;
        state.work = work;
        state.busy = helpers;
        self.busy.store(helpers, Ordering::Relaxed);
        self.posted.store(state.posted, Ordering::Relaxed);
        if state.asleep > 0 {
            self.begin.notify_all();
        }
    }

    /// The next work after so many pieces.
    fn next(&self, done: usize) -> Option<&'static Work<'static>> {
        self.await_briefly(|| self.posted.load(Ordering::Relaxed) != done);
        let mut state = self.lock();
        while state.posted == done {
            state.asleep += 1;
            state = self
                .begin
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
            state.asleep -= 1;
        }
        state.work
    }

    /// A helper has done its part.
    fn done(&self, panic: Option<Box<dyn Any + Send>>) {
        let mut state = self.lock();
        state.busy -= 1;
        self.busy.store(state.busy, Ordering::Relaxed);
        if state.panic.is_none() {
            state.panic = panic;
        } else {
            // Whoever drops it may panic again.
            std::mem::forget(panic);
        }
        if state.busy == 0 && state.caller_sleeps {
            self.end.notify_one();
        }
    }

    /// Waits for all helpers, and takes the panic of one, if one panicked.
    fn end(&self) -> Option<Box<dyn Any + Send>> {
        self.await_briefly(|| self.busy.load(Ordering::Relaxed) == 0);
        let mut state = self.lock();
        while state.busy > 0 {
            state.caller_sleeps = true;
            state = self.end.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.caller_sleeps = false;
        }
        // Nobody keeps what was only lent.
        state.work = None;
        state.panic.take()
    }

    /// What a helper does with its life.
    fn help(&self, number: usize) {
        let mut done = 0;
        while let Some(work) = self.next(done) {
            done += 1;
            let outcome = catch_unwind(AssertUnwindSafe(|| work(number)));
            self.done(outcome.err());
        }
    }
}

/// Waits for the helpers when it is dropped.
struct UntilDone<'p>(&'p Post);

impl Drop for UntilDone<'_> {
    fn drop(&mut self) {
        // The caller is unwinding with a panic of its own.
        let _ = self.0.end();
    }
}

impl Pool {
    /// The calling thread and so many helpers, or fewer if the system has no threads left.
    pub(super) fn new(helpers: usize) -> Self {
        // If there are fewer processors than threads, looking again keeps others from working.
        let alone = processors() > helpers;
        let post = Arc::new(Post {
            state: Mutex::new(State {
                posted: 0,
                work: None,
                busy: 0,
                asleep: 0,
                caller_sleeps: false,
                panic: None,
            }),
            posted: AtomicUsize::new(0),
            busy: AtomicUsize::new(0),
            begin: Condvar::new(),
            end: Condvar::new(),
            patience: if alone { PATIENCE } else { 0 },
        });
        let helper = |number: usize| {
            let post = Arc::clone(&post);
            spawn(move || post.help(number + 1))
        };
        let helpers = (0..helpers).map_while(helper).collect();
        Self { post, helpers }
    }

    /// How many threads there are, the caller's included.
    pub(super) fn count(&self) -> usize {
        self.helpers.len() + 1
    }

    /// Does `work` on every thread at once; on the caller's, which is number 0, after `first`. Returns
    /// when all have done it.
    ///
    /// # Panics
    ///
    /// If `first` or `work` does, when all threads are done.
    pub(super) fn run(&mut self, work: &Work<'_>, first: impl FnOnce()) {
        #[expect(unsafe_code, reason = "threads that are spawned once borrow for ever")]
        // SAFETY: only the lifetime changes. Helpers call the work between `begin` and `done`, and this
        // function is not left before all of them are done, not even by a panic: `end` waits for them,
        // in `UntilDone::drop` if need be, and takes the reference back. As `self` is borrowed mutably,
        // nobody posts other work meanwhile.
        let lent = unsafe { transmute::<&Work<'_>, &'static Work<'static>>(work) };
        self.post.begin(Some(lent), self.helpers.len());
        let until_done = UntilDone(&self.post);
        first();
        work(0);
        std::mem::forget(until_done);
        if let Some(panic) = self.post.end() {
            resume_unwind(panic);
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.post.begin(None, self.helpers.len());
        for helper in self.helpers.drain(..) {
            // Helpers catch panics.
            let _ = helper.join();
        }
    }
}
