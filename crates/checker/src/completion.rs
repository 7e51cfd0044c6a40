//! How an exploration ended.

use std::fmt;
use std::time::Duration;

use crate::Fault;
use crate::text::{Bytes, Count, Thousands};

/// How an exploration ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Completion {
    /// Every reachable state was found and every transition taken.
    Exhausted,
    /// Every state reachable within the model's boundary was found; what lies beyond was cut.
    Boundary {
        /// How many distinct states outside the boundary were reached by one step (or were
        /// initial).
        cut_states: u64,
    },
    /// Every property was settled by the end of a level, so the rest was not explored.
    Settled {
        /// The deepest level found.
        depth: u32,
    },
    /// A limit was reached.
    Stopped(Limit),
    /// The model, or the state type, broke a rule that every verdict rests on.
    Faulted(Fault),
}

impl Completion {
    /// Whether everything was explored that the model's boundary lets in.
    pub fn is_complete(&self) -> bool {
        matches!(self, Self::Exhausted | Self::Boundary { .. })
    }
}

impl Completion {
    /// The fault that ended it, if one did.
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Faulted(fault) => Some(fault),
            _ => None,
        }
    }
}

impl fmt::Display for Completion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exhausted => f.write_str("complete"),
            Self::Boundary { cut_states } => write!(
                f,
                "complete within the model's boundary, which cut off {}",
                Count(*cut_states, "state")
            ),
            Self::Settled { depth } => write!(
                f,
                "ended at depth {}, where the last property was settled",
                Thousands(u64::from(*depth))
            ),
            Self::Stopped(limit) => limit.fmt(f),
            Self::Faulted(fault) => fault.fmt(f),
        }
    }
}

/// The limit that ended an exploration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Limit {
    /// [`max_states`](crate::Checker::max_states).
    #[error("stopped at the limit of {}", Count(*.0, "state"))]
    States(u64),
    /// [`max_depth`](crate::Checker::max_depth), in steps.
    #[error("stopped at the limit of depth {}", Thousands(u64::from(*.0)))]
    Depth(u32),
    /// [`time_limit`](crate::Checker::time_limit).
    #[error("stopped at the time limit of {0:?}")]
    Time(Duration),
    /// [`memory_limit`](crate::Checker::memory_limit), in bytes.
    #[error("stopped at the memory limit of {}", Bytes(*.0))]
    Memory(u64),
    /// [`interrupt`](crate::Checker::interrupt).
    #[error("interrupted")]
    Interrupted,
}
