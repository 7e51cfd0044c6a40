//! How large a model is explored.

use planwright_core::FaultBudget;

/// The size of a model: the bounds under which a verdict holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instance {
    /// How many endpoints the plans cover.
    pub endpoints: usize,
    /// How many redundant enactors run.
    pub enactors: usize,
    /// How many generations there are in all, counting the installed one.
    pub generations: usize,
    /// How many generations old a plan is when clean-up deletes it. AWS deleted plans "many
    /// generations" old; any number shows the race once the planner has published enough.
    pub cleanup_age: u8,
    /// What may go wrong, and how often.
    pub faults: FaultBudget,
}

impl Instance {
    /// An instance with clean-up age 2 and no faults.
    pub fn new(endpoints: usize, enactors: usize, generations: usize) -> Self {
        Self {
            endpoints,
            enactors,
            generations,
            cleanup_age: 2,
            faults: FaultBudget::NONE,
        }
    }

    /// The same with this many crashes.
    pub fn crashes(mut self, crashes: u8) -> Self {
        self.faults.crashes = crashes;
        self
    }
}

impl Default for Instance {
    /// Two endpoints, two enactors, four generations, one crash: the smallest in which every kind
    /// of schedule shows.
    fn default() -> Self {
        Self::new(2, 2, 4).crashes(1)
    }
}
