//! A state, as far as a protocol can tell generations apart.

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::plan_bits::PlanBits;
use crate::{EnactorId, PlanSet, SystemAction, SystemState};

/// All states that differ only in the numbers of generations, in the size of large gaps between them,
/// and in plans that nothing refers to.
///
/// A property of patterns is made from one of states by
/// [`EveryGeneration::property`](crate::EveryGeneration::property) or
/// [`step_property`](crate::EveryGeneration::step_property), which refuse a property that differs between
/// the states of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Pattern<L> {
    pub(crate) state: SystemState<L>,
    /// Plans that nothing refers to and that an operator will turn back to.
    pub(crate) remembered: PlanBits,
}

impl<L> Pattern<L> {
    /// One state of the pattern: without plans that nothing refers to, and with small numbers.
    ///
    /// For people to read. What is true of it need not be true of the other states.
    #[inline]
    pub fn representative(&self) -> &SystemState<L> {
        &self.state
    }

    /// Plans that nothing refers to now and that an operator will roll back to later.
    ///
    /// An operator can turn to any plan that exists. Which one is decided when the last reference to it
    /// goes, so that all others can be left out; both ways are explored.
    #[inline]
    pub fn remembered(&self) -> PlanSet {
        PlanSet::named(self.remembered, true)
    }

    /// Whether the planner has stopped; it publishes no plan from then on.
    #[inline]
    pub fn planner_has_stopped(&self) -> bool {
        self.state.planner_has_stopped()
    }
}

impl<L: Hash> Hash for Pattern<L> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.state.hash(state);
        state.write_u64(self.remembered.word().into());
    }
}

impl<L: fmt::Debug + Default + PartialEq> fmt::Debug for Pattern<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.state, f)?;
        if self.remembered.len() > 0 {
            write!(f, "  | operator will turn to {}", self.remembered())?;
        }
        Ok(())
    }
}

/// One step from pattern to pattern.
///
/// A fairness condition can only ask which enactor takes it: whether a pass goes on with a transaction or a
/// local step can depend on plans that nothing refers to, which a pattern leaves out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PatternStep<L> {
    /// The state in which the step is taken: the pattern's, with the plans that a search finds.
    pub(crate) before: SystemState<L>,
    /// The step, in the numbers of `before`.
    pub(crate) step: SystemAction<L>,
    /// Which plans that nothing refers to afterwards an operator will turn to, in the same numbers.
    pub(crate) remembers: PlanBits,
}

impl<L> PatternStep<L> {
    /// The enactor that takes the step; `None` for the planner, deployments and operators, and for a fault,
    /// which an enactor suffers.
    pub fn enactor(&self) -> Option<EnactorId> {
        self.step.taken_by()
    }

    /// Whether the planner publishes a plan.
    pub fn publishes(&self) -> bool {
        matches!(self.step, SystemAction::Publish)
    }
}

impl<L: fmt::Debug> fmt::Debug for PatternStep<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.step, f)
    }
}
