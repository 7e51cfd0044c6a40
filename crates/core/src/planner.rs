//! Who publishes plans.

use crate::Generation;

/// Publishes numbered plans, one at a time, at any moment, up to a bound.
///
/// "The DNS Planner ... periodically creates a new DNS plan": when, and how many, is left open, so
/// every interleaving with the enactors is explored. The bound makes the state space finite; what
/// is shown below it says nothing about larger numbers of generations by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Planner {
    generations: usize,
}

impl Planner {
    /// A planner that publishes up to this many generations in all, counting one that is installed
    /// from the start.
    pub fn bounded(generations: usize) -> Self {
        Self { generations }
    }

    /// The bound on the number of generations.
    pub fn generations(self) -> usize {
        self.generations
    }

    /// The next generation, if the bound leaves one, after the newest published so far.
    #[inline]
    pub(crate) fn next(self, newest: Option<Generation>) -> Option<Generation> {
        match newest {
            None => (self.generations > 0).then_some(Generation::FIRST),
            Some(newest) => newest
                .successor()
                .ok()
                .filter(|next| (next.index() as usize) < self.generations),
        }
    }
}
