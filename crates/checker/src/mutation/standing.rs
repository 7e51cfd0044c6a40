//! What the mutants say about one property.

use serde::{Deserialize, Serialize};

use crate::{FindingSummary, Outcome, PropertyKind};

/// A property, and how often it noticed a mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Standing {
    /// The property's name.
    pub name: String,
    /// What it claims.
    pub kind: PropertyKind,
    /// Its verdict on the unmutated model. Only a property that holds of it can notice a mutant.
    pub outcome: Outcome,
    /// Whether it holds of the unmutated model without ever having been put to the test.
    pub vacuous: bool,
    /// In how many mutants it is violated.
    pub violated: u64,
    /// In how many mutants it holds, although some step is another than in the unmutated model.
    pub held: u64,
    /// In how many mutants it is undecided.
    pub undecided: u64,
}

impl Standing {
    pub(super) fn of(finding: &FindingSummary) -> Self {
        Self {
            name: finding.name.clone(),
            kind: finding.kind,
            outcome: finding.answer.outcome,
            vacuous: finding.answer.outcome == Outcome::Holds && finding.triggered == Some(0),
            violated: 0,
            held: 0,
            undecided: 0,
        }
    }

    pub(super) fn count(&mut self, outcome: Outcome, same_steps: bool) {
        match outcome {
            Outcome::Violated => self.violated += 1,
            Outcome::Undecided => self.undecided += 1,
            // A mutant that changes nothing puts no property to the test.
            Outcome::Holds if same_steps => {}
            Outcome::Holds => self.held += 1,
        }
    }

    /// Whether the property holds of the unmutated model and no mutant makes it fail, though some
    /// differ from the model and all were explored as far as the property needs. It may be unable
    /// to fail.
    pub fn is_suspect(&self) -> bool {
        self.outcome == Outcome::Holds && (self.violated, self.undecided) == (0, 0) && self.held > 0
    }
}
