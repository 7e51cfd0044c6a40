//! What an enactor of a fleet remembers: the version that it runs, and what it remembers as such.

use std::fmt;

use planwright_model::Finite;
use planwright_model::finite::Visitor;

/// Which version an enactor runs.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
pub enum Version {
    /// The one that is there.
    #[default]
    Old,
    /// The one that is rolled out.
    New,
    /// The one over which all go from the old one to the new one, where there is one: [`Fleet::over`](crate::Fleet::over).
    Stone,
    /// The same, after the new one: from here no one goes back to the old one.
    BackOnStone,
}

/// What an enactor of a [`Fleet`](crate::Fleet) remembers.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Finite)]
pub struct Deployed<L> {
    /// The version that it runs.
    pub version: Version,
    /// What it remembers as such.
    pub local: L,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Old => "old",
            Self::New => "new",
            Self::Stone | Self::BackOnStone => "stone",
        })
    }
}

impl<L: fmt::Debug> fmt::Debug for Deployed<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({}) {:?}", self.version, self.local)
    }
}

/// What it remembers, whatever version it runs.
impl<L> AsRef<L> for Deployed<L> {
    fn as_ref(&self) -> &L {
        &self.local
    }
}

/// Fleets without a stone come by with one bit or two.
impl Finite for Version {
    const VALUES: u64 = 8;
    const ANY: Self = Self::Old;

    #[inline]
    fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
        if !(self != Self::Old).visit(visitor) {
            return Self::Old;
        }
        if !(self != Self::New).visit(visitor) {
            return Self::New;
        }
        match (self == Self::BackOnStone).visit(visitor) {
            false => Self::Stone,
            true => Self::BackOnStone,
        }
    }
}
