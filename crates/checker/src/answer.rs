//! The answer to one property, as plain data.

use serde::{Deserialize, Serialize};

use crate::{Finding, Outcome, Verdict};

/// The answer to one property, as plain data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Answer {
    /// The verdict.
    pub outcome: Outcome,
    /// Why it is undecided.
    pub cause: Option<String>,
    /// The number of steps of the shortest counterexample or witness; none if there is none to show, as when
    /// something never happens.
    pub steps: Option<u64>,
    /// The line that replays it.
    pub replay: Option<String>,
}

impl Answer {
    pub(crate) fn undecided(cause: impl Into<String>) -> Self {
        Self {
            outcome: Outcome::Undecided,
            cause: Some(cause.into()),
            steps: None,
            replay: None,
        }
    }
}

impl<S, A> Finding<S, A> {
    /// The answer as plain data.
    pub fn answer(&self) -> Answer {
        let trace = self.verdict.trace();
        Answer {
            outcome: self.verdict.outcome(),
            cause: match &self.verdict {
                Verdict::Undecided(cause) => Some(cause.to_string()),
                _ => None,
            },
            steps: trace.map(|trace| trace.len() as u64),
            replay: trace.map(|trace| trace.path()),
        }
    }
}
