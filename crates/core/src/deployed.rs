//! What an enactor of a fleet remembers: the version that it runs, and what it remembers as such.

use std::fmt;

use crate::{PackLocal, PackReader, PackWriter};

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
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
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

impl<L: PackLocal> PackLocal for Deployed<L> {
    fn pack(&self, to: &mut PackWriter) {
        // Fleets without a stone come by with one bit or two.
        to.flag(self.version != Version::Old);
        if self.version != Version::Old {
            to.flag(self.version != Version::New);
            if self.version != Version::New {
                to.flag(self.version == Version::BackOnStone);
            }
        }
        self.local.pack(to);
    }

    fn unpack(from: &mut PackReader) -> Option<Self> {
        let version = if !from.flag() {
            Version::Old
        } else if !from.flag() {
            Version::New
        } else if !from.flag() {
            Version::Stone
        } else {
            Version::BackOnStone
        };
        let local = L::unpack(from)?;
        Some(Self { version, local })
    }
}
