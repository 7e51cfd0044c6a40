//! What was found out under each set of safeguards.

use serde::{Deserialize, Serialize};

use super::{SafeguardSet, TruthTable};
use crate::{Answer, Outcome, PropertyKind};

/// The verdicts on every property under every set of safeguards.
///
/// [`Ablation::run`](super::Ablation::run) makes it; [`sufficiency`](Self::sufficiency) says what follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lattice {
    pub(super) safeguards: Vec<String>,
    pub(super) properties: Vec<AskedProperty>,
    /// By index.
    pub(super) sets: Vec<SetResult>,
    pub(super) not_saved: Option<String>,
}

/// A property that was asked of every set of safeguards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedProperty {
    /// Its name.
    pub name: String,
    /// What it claims.
    pub kind: PropertyKind,
}

/// What was found out under one set of safeguards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SetResult {
    /// The safeguards that are on; all others are off.
    pub on: SafeguardSet,
    /// One for each property, in the order of the lattice's properties.
    pub answers: Vec<Answer>,
    /// Distinct states that were found.
    pub states: u64,
    /// Steps that were taken.
    pub transitions: u64,
}

impl SetResult {
    /// Whether every property is decided.
    pub fn is_decided(&self) -> bool {
        let decided = |answer: &Answer| answer.outcome != Outcome::Undecided;
        self.answers.iter().all(decided)
    }
}

impl Lattice {
    /// The names of the safeguards; the first is bit 0 of every set.
    pub fn safeguards(&self) -> &[String] {
        &self.safeguards
    }

    /// The properties, in the order in which the checker has them.
    pub fn properties(&self) -> &[AskedProperty] {
        &self.properties
    }

    /// Every set, by its [index](SafeguardSet::index).
    pub fn sets(&self) -> &[SetResult] {
        &self.sets
    }

    /// What was found out about a property under a set of safeguards.
    ///
    /// # Panics
    ///
    /// If there is no such property or set.
    pub fn answer(&self, property: usize, on: SafeguardSet) -> &Answer {
        &self.sets[on.index()].answers[property]
    }

    /// The set of the safeguards with these names.
    ///
    /// # Errors
    ///
    /// The first name that there is not.
    pub fn set<'n>(&self, names: &[&'n str]) -> Result<SafeguardSet, &'n str> {
        let place = |name: &&'n str| self.safeguards.iter().position(|s| s == name).ok_or(*name);
        names.iter().map(place).collect()
    }

    /// The verdicts on one property.
    ///
    /// # Panics
    ///
    /// If there is no such property.
    pub fn truth_table(&self, property: usize) -> TruthTable {
        let sets = self.sets.iter();
        TruthTable::new(sets.map(|set| set.answers[property].outcome).collect())
    }

    /// Whether every property is decided under every set.
    pub fn is_decided(&self) -> bool {
        self.sets.iter().all(SetResult::is_decided)
    }

    /// Why results could not be saved, if that is so. They are all here.
    pub fn not_saved(&self) -> Option<&str> {
        self.not_saved.as_deref()
    }
}
