use stateright::Model;

/// Threads that take a lock, release it, and start again: a thread may be passed over for ever by a
/// scheduler that is only weakly fair, as the lock is free again and again, but never stays free.
///
/// H. Wayne, ["Learn TLA+", on strong
/// fairness](https://github.com/hwayne/learntla-v2/blob/master/docs/core/temporal-logic.rst): that
/// each of two threads has the lock some time fails under weak fairness and holds under [strong
/// fairness](https://github.com/hwayne/learntla-v2/blob/master/raw-specs/liveness/strong_fairness__2.tla),
/// with 8 distinct states and 15 generated (the initial one included).
#[derive(Clone, Copy, Debug)]
pub struct SharedLock {
    /// How many threads there are.
    pub threads: usize,
}

/// The next step of a thread of [`SharedLock`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Thread {
    /// Take the lock when it is free.
    Take,
    /// Release it.
    Release,
    /// Start again.
    Reset,
}

impl Model for SharedLock {
    type State = Vec<Thread>;
    /// The thread that takes its next step.
    type Action = usize;

    fn init_states(&self) -> Vec<Vec<Thread>> {
        vec![vec![Thread::Take; self.threads]]
    }

    fn actions(&self, _: &Vec<Thread>, actions: &mut Vec<usize>) {
        actions.extend(0..self.threads);
    }

    fn next_state(&self, last: &Vec<Thread>, me: usize) -> Option<Vec<Thread>> {
        let mut next = last.clone();
        next[me] = match last[me] {
            // Whoever is about to release the lock has it.
            Thread::Take if last.contains(&Thread::Release) => return None,
            Thread::Take => Thread::Release,
            Thread::Release => Thread::Reset,
            Thread::Reset => Thread::Take,
        };
        Some(next)
    }
}
