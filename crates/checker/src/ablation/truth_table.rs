//! Which sets suffice, and what follows from it.

use super::SafeguardSet;
use crate::Outcome;

/// The verdict on one property under every set of safeguards.
///
/// Nothing here assumes that more safeguards are safer. `Undecided` is neither: what depends on it is
/// told apart from what does not.
///
/// ```
/// use planwright_checker::Outcome::{Holds, Violated};
/// use planwright_checker::ablation::{SafeguardSet, TruthTable};
///
/// // Of two safeguards either suffices, and both together do not.
/// let table = TruthTable::new(vec![Violated, Holds, Holds, Violated]);
/// let [a, b] = [0, 1].map(|safeguard| SafeguardSet::NONE.with(safeguard));
/// assert_eq!(table.minimal_sets().certain, [a, b]);
/// assert_eq!(table.minimal_cuts().certain, [SafeguardSet::first(2)]);
/// assert_eq!(table.breaches(a), [SafeguardSet::first(2)]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TruthTable {
    safeguards: usize,
    verdicts: Vec<Outcome>,
    /// For each set the best verdict on any of its subsets: holds before undecided before violated.
    best_within: Vec<Outcome>,
}

/// Sets of which something is claimed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claimed {
    /// Those of which it is true whatever the undecided sets turn out to be.
    pub certain: Vec<SafeguardSet>,
    /// Those of which that is not known, because some sets are undecided.
    pub unknown: Vec<SafeguardSet>,
}

impl TruthTable {
    /// A table of the verdicts under each set, by its [index](SafeguardSet::index). Takes time
    /// proportional to the number of sets times the number of safeguards, as everything here.
    ///
    /// # Panics
    ///
    /// Unless there is one for every set of some number of safeguards.
    pub fn new(verdicts: Vec<Outcome>) -> Self {
        let sets = verdicts.len();
        assert!(
            sets.is_power_of_two() && sets <= 1 << SafeguardSet::CAPACITY,
            "{sets} verdicts; there must be one for each set of at most {} safeguards",
            SafeguardSet::CAPACITY
        );
        let safeguards = sets.trailing_zeros() as usize;
        let mut best_within = verdicts.clone();
        for set in SafeguardSet::all(safeguards) {
            for safeguard in set.iter() {
                let smaller = best_within[set.without(safeguard).index()];
                let best = &mut best_within[set.index()];
                *best = better(*best, smaller);
            }
        }
        Self {
            safeguards,
            verdicts,
            best_within,
        }
    }

    /// How many safeguards there are.
    pub fn safeguards(&self) -> usize {
        self.safeguards
    }

    /// The verdict under this set.
    pub fn verdict(&self, set: SafeguardSet) -> Outcome {
        self.verdicts[set.index()]
    }

    /// Every set.
    pub fn sets(&self) -> impl Iterator<Item = SafeguardSet> + use<> {
        SafeguardSet::all(self.safeguards)
    }

    /// The sets of which nothing is known.
    pub fn undecided(&self) -> impl Iterator<Item = SafeguardSet> {
        let undecided = |set: &SafeguardSet| self.verdict(*set) == Outcome::Undecided;
        self.sets().filter(undecided)
    }

    /// The minimal sufficient sets: under them the property holds, and under no proper subset.
    pub fn minimal_sets(&self) -> Claimed {
        self.claimed(|set| {
            let smaller = set.iter().map(|s| self.best_within[set.without(s).index()]);
            let smaller = smaller.fold(Outcome::Violated, better);
            both(self.verdict(set), not(smaller))
        })
    }

    /// The minimal cuts: minimal sets without which nothing suffices, whichever of the other safeguards
    /// are on. These are the minimal sets that have a safeguard in common with every sufficient set.
    ///
    /// There is none if the property holds without any safeguard, and the empty one if no set suffices.
    pub fn minimal_cuts(&self) -> Claimed {
        let all = SafeguardSet::first(self.safeguards);
        self.claimed(|cut| {
            let left = all.minus(cut);
            let given_back = cut.iter().map(|s| self.best_within[left.with(s).index()]);
            let given_back = given_back.fold(Outcome::Holds, both);
            both(not(self.best_within[left.index()]), given_back)
        })
    }

    /// The safeguards that are in no minimal sufficient set.
    pub fn redundant(&self) -> Claimed {
        let minimal = self.minimal_sets();
        let none = |sets: &[SafeguardSet], safeguard| !sets.iter().any(|s| s.contains(safeguard));
        let single = |safeguard| SafeguardSet::NONE.with(safeguard);
        let unneeded = (0..self.safeguards).filter(|s| none(&minimal.certain, *s));
        let (certain, unknown) = unneeded.partition::<Vec<_>, _>(|s| none(&minimal.unknown, *s));
        Claimed {
            certain: certain.into_iter().map(single).collect(),
            unknown: unknown.into_iter().map(single).collect(),
        }
    }

    /// The minimal sets that include `set`, under which the property holds, and under which it is
    /// violated: safeguards were added, and that broke it.
    pub fn breaches(&self, set: SafeguardSet) -> Vec<SafeguardSet> {
        if self.verdict(set) != Outcome::Holds {
            return Vec::new();
        }
        // Smaller numbers first, so that whatever is included in a set has been seen before it.
        let mut breached = vec![false; self.verdicts.len()];
        let mut minimal = Vec::new();
        for larger in self.sets().filter(|larger| set.is_subset(*larger)) {
            let mut below = larger.minus(set).iter().map(|s| larger.without(s).index());
            let known = below.any(|below| breached[below]);
            breached[larger.index()] = known || self.verdict(larger) == Outcome::Violated;
            if breached[larger.index()] && !known {
                minimal.push(larger);
            }
        }
        minimal
    }

    /// How many sets include this one and violate the property.
    pub fn violated_above(&self, set: SafeguardSet) -> usize {
        let above = self.sets().filter(|larger| set.is_subset(*larger));
        above
            .filter(|larger| self.verdict(*larger) == Outcome::Violated)
            .count()
    }

    /// The minimal sets under which the property holds and to which this safeguard cannot be added
    /// without violating it.
    pub fn broken_by(&self, safeguard: usize) -> Vec<SafeguardSet> {
        let mut minimal: Vec<SafeguardSet> = Vec::new();
        for set in self.sets().filter(|set| !set.contains(safeguard)) {
            let held = self.verdict(set) == Outcome::Holds;
            let broken = self.verdict(set.with(safeguard)) == Outcome::Violated;
            if held && broken && !minimal.iter().any(|smaller| smaller.is_subset(set)) {
                minimal.push(set);
            }
        }
        minimal
    }

    fn claimed(&self, claim: impl Fn(SafeguardSet) -> Outcome) -> Claimed {
        let mut claimed = Claimed::default();
        for set in self.sets() {
            match claim(set) {
                Outcome::Holds => claimed.certain.push(set),
                Outcome::Undecided => claimed.unknown.push(set),
                Outcome::Violated => {}
            }
        }
        let by_size = |set: &SafeguardSet| (set.len(), *set);
        claimed.certain.sort_by_key(by_size);
        claimed.unknown.sort_by_key(by_size);
        claimed
    }
}

/// Whether one of two claims is true (Kleene).
fn better(a: Outcome, b: Outcome) -> Outcome {
    not(both(not(a), not(b)))
}

/// Whether both claims are true (Kleene).
fn both(a: Outcome, b: Outcome) -> Outcome {
    match (a, b) {
        (Outcome::Violated, _) | (_, Outcome::Violated) => Outcome::Violated,
        (Outcome::Undecided, _) | (_, Outcome::Undecided) => Outcome::Undecided,
        (Outcome::Holds, Outcome::Holds) => Outcome::Holds,
    }
}

fn not(claim: Outcome) -> Outcome {
    match claim {
        Outcome::Holds => Outcome::Violated,
        Outcome::Violated => Outcome::Holds,
        Outcome::Undecided => Outcome::Undecided,
    }
}
