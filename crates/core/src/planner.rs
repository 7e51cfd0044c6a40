//! Who publishes plans.

use crate::Generation;

/// Publishes numbered plans, one at a time, at any moment.
///
/// "The DNS Planner ... periodically creates a new DNS plan": when, and how many, is left open, so
/// every interleaving with the enactors is explored. A bound makes the state space finite; what is
/// shown below it says nothing about larger numbers of generations by itself. What is shown of an
/// endless planner, with [`EveryGeneration`](crate::EveryGeneration), does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Planner {
    most: Option<usize>,
    may_stop: bool,
}

impl Planner {
    /// A planner that publishes up to this many generations in all, counting one that is installed
    /// from the start.
    pub fn bounded(generations: usize) -> Self {
        Self {
            most: Some(generations),
            may_stop: false,
        }
    }

    /// A planner that goes on publishing for ever.
    ///
    /// Only [`EveryGeneration`](crate::EveryGeneration) explores it to the end.
    pub fn endless() -> Self {
        Self {
            most: None,
            may_stop: false,
        }
    }

    /// Whether it may also stop for ever at any moment, in a step of its own.
    pub fn may_stop(mut self, may_stop: bool) -> Self {
        self.may_stop = may_stop;
        self
    }

    /// The bound on the number of generations, if there is one.
    pub fn generations(self) -> Option<usize> {
        self.most
    }

    /// Whether it may stop at any moment.
    pub fn can_stop(self) -> bool {
        self.may_stop
    }

    /// The next generation, if the bound leaves one, after the newest published so far.
    ///
    /// # Panics
    ///
    /// If a planner without a bound comes to [`Generation::CAPACITY`].
    #[inline]
    pub(crate) fn next(self, newest: Option<Generation>) -> Option<Generation> {
        let next = match newest {
            None => Some(Generation::FIRST),
            Some(newest) => newest.successor().ok(),
        };
        match self.most {
            Some(most) => next.filter(|next| (next.index() as usize) < most),
            None => Some(next.unwrap_or_else(|| out_of_numbers())),
        }
    }
}

#[cold]
fn out_of_numbers() -> ! {
    panic!(
        "an endless planner has used all {} numbers; explore `UpdateSystem::every_generation` \
         instead, or, if that is what runs, lower the number of enactors or endpoints",
        Generation::CAPACITY
    )
}
