//! What a lattice says of a property: which safeguards suffice.

use serde::{Deserialize, Serialize};

use super::{AskedProperty, Lattice, SafeguardSet};
use crate::{Answer, Outcome, PropertyKind};

/// Which safeguards one property needs.
///
/// Nothing is claimed of sets that are undecided, and what depends on them is told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Sufficiency {
    /// The property's name.
    pub property: String,
    /// What it claims.
    pub kind: PropertyKind,
    /// Under how many sets it holds.
    pub holds: usize,
    /// Under how many sets it is violated.
    pub violated: usize,
    /// Under how many sets it is undecided.
    pub undecided: usize,
    /// The shortest counterexample with no safeguard on: the steps, if it is violated.
    pub unguarded: Counterexample,
    /// Every minimal sufficient set: under it the property holds, and under none of its proper subsets.
    pub minimal: Vec<MinimalSet>,
    /// Sets that are minimal and sufficient or not, depending on undecided ones.
    pub perhaps_minimal: Vec<SafeguardSet>,
    /// Every minimal cut: without these safeguards nothing suffices, whichever of the others are on.
    pub cuts: Vec<SafeguardSet>,
    /// Sets that are minimal cuts or not, depending on undecided ones.
    pub perhaps_cuts: Vec<SafeguardSet>,
    /// The safeguards that are in no minimal sufficient set.
    pub redundant: Vec<usize>,
    /// Safeguards that are redundant or not, depending on undecided sets.
    pub perhaps_redundant: Vec<usize>,
    /// Safeguards that violate the property when they are added to some set under which it holds.
    pub harmful: Vec<Harm>,
}

/// A minimal sufficient set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MinimalSet {
    /// The safeguards that suffice, with all others off.
    pub set: SafeguardSet,
    /// For each of them, the shortest schedule that its absence admits.
    pub absences: Vec<Absence>,
    /// How many sets include it and violate the property all the same.
    pub violated_above: usize,
    /// The minimal ones of those.
    pub breaches: Vec<Breach>,
}

/// What happens without one safeguard of a minimal sufficient set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Absence {
    /// The safeguard that is left out.
    pub safeguard: usize,
    /// What happens under the others.
    pub counterexample: Counterexample,
}

/// A set that includes a sufficient one and does not suffice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Breach {
    /// What was added to the sufficient set. Adding less leaves the property as it is, or undecided.
    pub added: SafeguardSet,
    /// What happens then.
    pub counterexample: Counterexample,
}

/// A safeguard that creates a violation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Harm {
    /// The safeguard.
    pub safeguard: usize,
    /// The minimal sets under which the property holds, and is violated if the safeguard is added; each
    /// with what happens then.
    pub on: Vec<Counterexample>,
}

/// How a property is violated under a set of safeguards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Counterexample {
    /// The safeguards that are on.
    pub on: SafeguardSet,
    /// What was found out under them: the property may be violated, or not at all.
    #[serde(flatten)]
    pub answer: Answer,
}

impl Lattice {
    /// What the verdicts say of each property.
    pub fn sufficiency(&self) -> Vec<Sufficiency> {
        let properties = self.properties().iter().enumerate();
        properties
            .map(|(place, asked)| self.of(place, asked))
            .collect()
    }

    fn of(&self, property: usize, asked: &AskedProperty) -> Sufficiency {
        let table = self.truth_table(property);
        let count = |outcome| {
            table
                .sets()
                .filter(|s| table.verdict(*s) == outcome)
                .count()
        };
        let (minimal, cuts, redundant) = (
            table.minimal_sets(),
            table.minimal_cuts(),
            table.redundant(),
        );
        let singles = |sets: Vec<SafeguardSet>| sets.iter().flat_map(|set| set.iter()).collect();
        let without = |set: SafeguardSet| {
            let absence = move |safeguard| Absence {
                safeguard,
                counterexample: self.counterexample(property, set.without(safeguard)),
            };
            set.iter().map(absence).collect()
        };
        let breach = |set: SafeguardSet| {
            move |larger: SafeguardSet| Breach {
                added: larger.minus(set),
                counterexample: self.counterexample(property, larger),
            }
        };
        let harm = |safeguard| {
            let sets = table.broken_by(safeguard).into_iter();
            let with = |set: SafeguardSet| self.counterexample(property, set.with(safeguard));
            let on = sets.map(with).collect();
            Harm { safeguard, on }
        };
        Sufficiency {
            property: asked.name.clone(),
            kind: asked.kind,
            holds: count(Outcome::Holds),
            violated: count(Outcome::Violated),
            undecided: count(Outcome::Undecided),
            unguarded: self.counterexample(property, SafeguardSet::NONE),
            minimal: minimal
                .certain
                .into_iter()
                .map(|set| MinimalSet {
                    set,
                    absences: without(set),
                    violated_above: table.violated_above(set),
                    breaches: table.breaches(set).into_iter().map(breach(set)).collect(),
                })
                .collect(),
            perhaps_minimal: minimal.unknown,
            cuts: cuts.certain,
            perhaps_cuts: cuts.unknown,
            redundant: singles(redundant.certain),
            perhaps_redundant: singles(redundant.unknown),
            harmful: (0..table.safeguards())
                .map(harm)
                .filter(|harm| !harm.on.is_empty())
                .collect(),
        }
    }

    fn counterexample(&self, property: usize, on: SafeguardSet) -> Counterexample {
        let answer = self.answer(property, on).clone();
        Counterexample { on, answer }
    }
}
