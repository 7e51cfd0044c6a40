//! When to give up.

use std::cell::Cell;

/// States between two looks at the clock.
const PACE: u64 = 1 << 14;

/// Asks now and then whether there is a limit or an interrupt, and remembers that there was one. What
/// was found then is not the answer.
pub(crate) struct Patience<'a> {
    stopped: &'a dyn Fn() -> bool,
    looked: Cell<u64>,
    over: Cell<bool>,
}

impl<'a> Patience<'a> {
    pub(crate) fn new(stopped: &'a dyn Fn() -> bool) -> Self {
        Self {
            stopped,
            looked: Cell::new(0),
            over: Cell::new(false),
        }
    }

    /// Whether it is over; called once for each state that is looked at.
    #[inline]
    pub(super) fn is_over_at_next(&self) -> bool {
        let looked = self.looked.get() + 1;
        self.looked.set(looked);
        if looked.is_multiple_of(PACE) && (self.stopped)() {
            self.over.set(true);
        }
        self.over.get()
    }

    pub(crate) fn is_over(&self) -> bool {
        self.over.get()
    }
}
