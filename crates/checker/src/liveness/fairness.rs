//! What is assumed of runs: who must act, and where a run may stop.

use std::sync::Arc;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::graph::Graph;

/// How much a condition on runs asks of its actions; each asks for more than the one before.
///
/// A step that changes nothing counts for none: its action is not enabled, and not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Strength {
    /// A run does not stop for ever where one of the actions is enabled. It may go on for ever by other
    /// actions instead.
    Progress,
    /// What stays enabled from some point on is taken again and again. Also known as justice.
    Weak,
    /// What is enabled again and again is taken again and again. Also known as compassion.
    Strong,
}

impl fmt::Display for Strength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Progress => "progress",
            Self::Weak => "weakly fair",
            Self::Strong => "strongly fair",
        })
    }
}

/// Where a run may stop for ever. Its last state then repeats, which is called stuttering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rest {
    /// Where no action is enabled. So it is for the model's own `eventually`, as Stateright's users expect.
    WhereNothingCanHappen,
    /// Where no action is enabled that a condition covers, of whatever [`Strength`].
    WhereNothingIsObliged,
    /// In every state, for no condition was declared.
    Anywhere,
}

impl Rest {
    /// Why a run may stop in such a state.
    pub fn reason(self) -> &'static str {
        match self {
            Self::WhereNothingCanHappen => "nothing can happen any more",
            Self::WhereNothingIsObliged => "nothing that is obliged can happen",
            Self::Anywhere => "nothing is obliged to happen",
        }
    }
}

impl fmt::Display for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WhereNothingCanHappen => "a run stops only where nothing can happen any more",
            Self::WhereNothingIsObliged => {
                "a run may stop wherever nothing that is obliged can happen"
            }
            Self::Anywhere => {
                "a run may stop in any state, for nothing is obliged to happen; `progress` and \
                 `weakly_fair` declare who must act"
            }
        })
    }
}

type Covers<'m, A> = dyn Fn(&A) -> bool + Send + Sync + 'm;

/// A condition on runs: some actions, and how much is asked for them.
pub(crate) struct Fairness<'m, A> {
    pub(crate) name: String,
    pub(crate) strength: Strength,
    pub(crate) covers: Box<Covers<'m, A>>,
}

/// The most conditions a checker takes.
pub(crate) const MOST_CONDITIONS: usize = u64::BITS as usize;

/// The conditions by their numbers, as bits, and where a run may stop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conditions {
    pub(crate) weak: u64,
    pub(crate) strong: u64,
    rest: Rest,
}

impl Conditions {
    pub(crate) fn of<A>(fairness: &[Arc<Fairness<'_, A>>], rest: Rest) -> Self {
        let (mut weak, mut strong) = (0, 0);
        for (number, condition) in fairness.iter().enumerate() {
            match condition.strength {
                Strength::Progress => {}
                Strength::Weak => weak |= 1 << number,
                Strength::Strong => strong |= 1 << number,
            }
        }
        Self { weak, strong, rest }
    }

    /// Whether a run may stop in a state for ever.
    pub(super) fn let_rest(&self, graph: &Graph, state: u32) -> bool {
        match self.rest {
            Rest::WhereNothingCanHappen => graph.is_terminal(state),
            Rest::WhereNothingIsObliged => graph.enabled(state) == 0,
            Rest::Anywhere => true,
        }
    }
}
