//! What is assumed of runs: who is not left out for ever.

use std::fmt;

use planwright_model::Model;
use serde::{Deserialize, Serialize};

/// How much a fairness condition asks of a run.
///
/// A step that changes nothing counts for neither: its action is not enabled, and not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Strength {
    /// What stays enabled from some point on is taken again and again. Also known as justice.
    Weak,
    /// What is enabled again and again is taken again and again. Also known as compassion.
    Strong,
}

impl fmt::Display for Strength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Weak => "weakly fair",
            Self::Strong => "strongly fair",
        })
    }
}

type Covers<'m, M> = dyn Fn(&<M as Model>::Action) -> bool + Send + Sync + 'm;

/// A fairness condition: some actions, and how much is asked for them.
pub(crate) struct Fairness<'m, M: Model> {
    pub(crate) name: String,
    pub(crate) strength: Strength,
    pub(crate) covers: Box<Covers<'m, M>>,
}

/// The most conditions a checker takes.
pub(crate) const MOST_CONDITIONS: usize = u64::BITS as usize;

/// The conditions by their numbers, as bits.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Conditions {
    pub(crate) weak: u64,
    pub(crate) strong: u64,
}

impl Conditions {
    pub(crate) fn of<M: Model>(fairness: &[Fairness<'_, M>]) -> Self {
        let mut conditions = Self::default();
        for (number, condition) in fairness.iter().enumerate() {
            match condition.strength {
                Strength::Weak => conditions.weak |= 1 << number,
                Strength::Strong => conditions.strong |= 1 << number,
            }
        }
        conditions
    }
}
