//! A report as plain data.

use std::fmt::Debug;
use std::time::Duration;

use planwright_model::Model;
use serde::{Deserialize, Serialize};

use crate::{ActionCount, Answer, FaultLocation, Outcome, PropertyKind, Report};

/// A [`Report`] without the model's types: numbers, names and replay lines, to be stored or
/// compared. Two runs that found the same are equal except for their [`Cost`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Summary {
    /// All findings together.
    pub outcome: Outcome,
    /// Whether every reachable state was explored (within the boundary, if the model has one).
    pub complete: bool,
    /// How the exploration ended, in words.
    pub completion: String,
    /// One for each property.
    pub findings: Vec<FindingSummary>,
    /// Distinct states.
    pub states: u64,
    /// Steps taken.
    pub transitions: u64,
    /// Distinct states at each depth.
    pub levels: Vec<u64>,
    /// Distinct states outside the boundary.
    pub cut_states: u64,
    /// How often each class of actions fired.
    pub actions: Vec<ActionCount>,
    /// Whether states are orbits of interchangeable parts.
    pub up_to_symmetry: bool,
    /// Whether states were stored whole.
    pub exact: bool,
    /// The probability that a state was missed.
    pub collision_probability: f64,
    /// The seed of the fingerprints.
    pub seed: u64,
    /// What it cost; differs from run to run.
    pub cost: Cost,
}

/// A finding in a [`Summary`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FindingSummary {
    /// The property's name.
    pub name: String,
    /// What it claims.
    pub kind: PropertyKind,
    /// What was found out.
    #[serde(flatten)]
    pub answer: Answer,
    /// Where it shows, if that is a fault of the model.
    pub fault: Option<FaultLocation>,
    /// For an implication, in how many states its left side was true.
    pub triggered: Option<u64>,
}

/// What an exploration cost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cost {
    /// Wall-clock time.
    pub elapsed: Duration,
    /// The largest resident memory of the process, in bytes.
    pub peak_memory: Option<u64>,
    /// Threads that explored.
    pub threads: usize,
}

impl<M: Model> Report<'_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    /// The report as plain data.
    pub fn summary(&self) -> Summary {
        let mut summary = self.summary_without_places();
        for (told, finding) in summary.findings.iter_mut().zip(self.findings()) {
            told.fault = self.location_of(&finding.verdict);
        }
        summary
    }
}

impl<M: Model> Report<'_, M> {
    /// The same for models without words for their states: no fault has a place.
    pub(crate) fn summary_without_places(&self) -> Summary {
        let statistics = self.statistics();
        let findings = self.findings().iter().map(|finding| FindingSummary {
            name: finding.name.clone(),
            kind: finding.kind,
            answer: finding.answer(),
            fault: None,
            triggered: finding.triggered,
        });
        Summary {
            outcome: self.outcome(),
            complete: self.completion().is_complete(),
            completion: self.completion().to_string(),
            findings: findings.collect(),
            states: statistics.states,
            transitions: statistics.transitions,
            levels: statistics.levels.clone(),
            cut_states: statistics.cut_states,
            actions: statistics.actions.clone(),
            up_to_symmetry: statistics.up_to_symmetry,
            exact: statistics.exact,
            collision_probability: statistics.collision_probability,
            seed: statistics.seed,
            cost: Cost {
                elapsed: statistics.elapsed,
                peak_memory: statistics.peak_memory,
                threads: statistics.threads,
            },
        }
    }
}
