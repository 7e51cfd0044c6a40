//! A state, as far as a protocol can tell generations apart.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use crate::{PlanSet, SystemAction, SystemState};

/// All states that differ only in what no step depends on: by which numbers generations are called,
/// how large a gap is beyond what the protocol tells apart, and plans that nothing refers to.
///
/// It derefs to one of these states, with the smallest numbers. **Numbers are comparable within one
/// pattern, and not between two**: to look at both ends of a step, use
/// [`EveryGeneration::step_property`](crate::EveryGeneration::step_property).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Pattern<L, const ENACTORS: usize, const ENDPOINTS: usize> {
    pub(crate) state: SystemState<L, ENACTORS, ENDPOINTS>,
    /// Plans that nothing refers to and that an operator will turn back to.
    pub(crate) remembered: PlanSet,
}

impl<L, const A: usize, const B: usize> Pattern<L, A, B> {
    /// The state of the pattern with the smallest numbers.
    #[inline]
    pub fn state(&self) -> &SystemState<L, A, B> {
        &self.state
    }

    /// Plans that nothing refers to now, of which an operator will install or reissue one later.
    ///
    /// An operator can turn to any plan that exists. Which one is decided when nothing else refers
    /// to it any more, so that all others can be forgotten; both ways are explored.
    #[inline]
    pub fn remembered(&self) -> PlanSet {
        self.remembered
    }
}

impl<L, const A: usize, const B: usize> Deref for Pattern<L, A, B> {
    type Target = SystemState<L, A, B>;

    #[inline]
    fn deref(&self) -> &Self::Target {
        &self.state
    }
}

impl<L: Hash, const A: usize, const B: usize> Hash for Pattern<L, A, B> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.state.hash(state);
        state.write_u64(self.remembered.bits().into());
    }
}

impl<L: fmt::Debug + Default + PartialEq, const A: usize, const B: usize> fmt::Debug
    for Pattern<L, A, B>
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.state, f)?;
        if !self.remembered.is_empty() {
            write!(f, "  | operator will turn to {}", self.remembered)?;
        }
        Ok(())
    }
}

/// One step from pattern to pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PatternStep<L> {
    /// The step, in the numbers of the pattern before it.
    pub step: SystemAction<L>,
    /// Which plans that nothing refers to afterwards an operator will turn to, in the same numbers.
    pub remembers: PlanSet,
}
