//! The facts that a step rests on.

use std::fmt;
use std::panic::Location;

use crate::{Endpoint, Epoch, Generation, Lease};

/// A fact about the store that a protocol reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    /// The plan an endpoint is at.
    Applied(Endpoint, Option<Generation>),
    /// Whether a plan exists.
    Exists(Generation, bool),
    /// Whether a plan is in a set.
    Contains(Generation, bool),
    /// The set of all plans was taken, to be searched.
    Plans,
    /// The oldest plan of a set.
    Oldest(Option<Generation>),
    /// The newest plan of a set.
    Newest(Option<Generation>),
    /// Whether a set of plans is empty.
    IsEmpty(bool),
    /// Whether two sets of plans are equal.
    AreEqual(bool),
    Rollback(Option<Generation>),
    Observed(Option<Generation>),
    Lock(Epoch),
    Lease(Lease),
}

impl Fact {
    /// Whether plans can decide it that neither the store nor the protocol names. All other facts name the
    /// plans they are about.
    pub(crate) fn is_search(self) -> bool {
        matches!(
            self,
            Self::Plans | Self::Oldest(_) | Self::Newest(_) | Self::IsEmpty(_) | Self::AreEqual(_)
        )
    }

    /// The plan that a search found.
    pub(crate) fn found(self) -> Option<Generation> {
        match self {
            Self::Oldest(found) | Self::Newest(found) => found,
            _ => None,
        }
    }
}

/// A fact, and where in the source text it was read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Read {
    pub(crate) fact: Fact,
    pub(crate) place: &'static Location<'static>,
    /// Whether the store looked at it for a transaction; the protocol did not.
    pub(crate) checked: bool,
}

/// A use that a renaming of generations and lock epochs, or a view of one enactor, does not preserve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// A generation, a set of plans or an epoch that does not come from the state.
    Constant,
    /// The successor of a generation that is not the newest.
    Successor,
    Number,
    /// More enactors than the one in view.
    AllEnactors,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Constant => {
                "uses a generation, a set of plans or a lock epoch that comes neither from the store nor from \
                 its memory, such as a constant"
            }
            Self::Successor => {
                "takes the successor of a generation that is not the newest published one"
            }
            Self::Number => "looks at the number of a generation: prints or hashes it",
            Self::AllEnactors => {
                "looks at all enactors at once, which a view of one enactor does not show"
            }
        })
    }
}

/// Everything that a call read.
#[derive(Clone, Debug)]
pub(crate) struct Reads {
    /// Whether it was given symbolic names, which are all that it may use.
    pub(crate) symbolic: bool,
    /// The newest published generation, the only one whose successor is known.
    pub(crate) newest: Option<Generation>,
    pub(crate) facts: Vec<Read>,
    /// The largest `k` for which it was asked whether a plan is older by `k`.
    pub(crate) largest_gap: u8,
    /// Whether the state shows one enactor of any number, so that it cannot answer for all of them.
    pub(crate) one_of_many: bool,
    /// Whether a transaction asked which plans the enactors hold.
    pub(crate) asks_for_holders: bool,
    /// The first use that a renaming does not preserve.
    pub(crate) unknown: Option<(Unknown, &'static Location<'static>)>,
}

impl Reads {
    pub(crate) fn new(symbolic: bool, newest: Option<Generation>) -> Self {
        Self {
            symbolic,
            newest,
            facts: Vec::new(),
            largest_gap: 0,
            one_of_many: false,
            asks_for_holders: false,
            unknown: None,
        }
    }

    /// Adds what another call read, in the same state.
    pub(crate) fn add(&mut self, other: Self) {
        self.facts.extend(other.facts);
        self.largest_gap = self.largest_gap.max(other.largest_gap);
        self.unknown = self.unknown.or(other.unknown);
    }

    pub(crate) fn note(&mut self, unknown: Unknown, place: &'static Location<'static>) {
        self.unknown.get_or_insert((unknown, place));
    }

    /// Whether a search found the plan.
    pub(crate) fn finds(&self, plan: Generation) -> bool {
        let found = |read: &Read| read.fact.found().is_some_and(|f| f.index() == plan.index());
        self.facts.iter().any(found)
    }

    /// Whether it was asked if a set of plans is empty, or equal to another.
    pub(crate) fn compares_sets(&self) -> bool {
        let compares = |read: &Read| matches!(read.fact, Fact::IsEmpty(_) | Fact::AreEqual(_));
        self.facts.iter().any(compares)
    }

    /// The facts that plans can decide which are named nowhere.
    pub(crate) fn searches(&self) -> impl Iterator<Item = &Read> {
        self.facts.iter().filter(|read| read.fact.is_search())
    }
}
