//! Where in the source text of a protocol a precondition stands.

use std::fmt;
use std::panic::Location;

use serde::{Deserialize, Serialize};

use crate::Precondition;

/// The place in the source text at which a [`Precondition`] is added to a
/// [`Transaction`](crate::Transaction).
///
/// It is the line that calls `require`, `only_if_newer` and their like, so a helper that adds a
/// precondition for several transactions is one place, and a mutant changes them all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CallSite {
    /// The source file, as the compiler was told of it.
    pub file: String,
    /// Its line, from 1.
    pub line: u32,
    /// The column in it, from 1.
    pub column: u32,
    /// What is required there.
    pub requires: PreconditionKind,
}

/// Which [`Precondition`] it is, without the values in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PreconditionKind {
    /// [`Precondition::Newer`].
    Newer,
    /// [`Precondition::PlanExists`].
    PlanExists,
    /// [`Precondition::Resolves`].
    Resolves,
    /// [`Precondition::Unchanged`].
    Unchanged,
    /// [`Precondition::NotInUse`].
    NotInUse,
    /// [`Precondition::NoOlderHolder`].
    NoOlderHolder,
    /// [`Precondition::LockIs`].
    LockIs,
    /// [`Precondition::LeaseFree`].
    LeaseFree,
    /// [`Precondition::NotFenced`].
    NotFenced,
}

impl CallSite {
    pub(crate) fn new(location: &Location<'_>, requires: PreconditionKind) -> Self {
        Self {
            file: location.file().to_owned(),
            line: location.line(),
            column: location.column(),
            requires,
        }
    }

    pub(crate) fn is_at(&self, location: &Location<'_>, requires: PreconditionKind) -> bool {
        (self.line, self.column, self.requires) == (location.line(), location.column(), requires)
            && self.file == location.file()
    }

    /// The file, relative to its package where that shows in the path, and the line.
    ///
    /// ```
    /// use planwright_core::{CallSite, PreconditionKind};
    ///
    /// let site = CallSite {
    ///     file: "crates/updater/src/enactor.rs".to_owned(),
    ///     line: 12,
    ///     column: 9,
    ///     requires: PreconditionKind::Newer,
    /// };
    /// assert_eq!(site.place(), "src/enactor.rs:12");
    /// ```
    pub fn place(&self) -> String {
        let parts: Vec<_> = self.file.split(['/', '\\']).collect();
        let targets = ["src", "tests", "examples", "benches"];
        let from = parts.iter().rposition(|part| targets.contains(part));
        format!("{}:{}", parts[from.unwrap_or(0)..].join("/"), self.line)
    }
}

impl From<Precondition> for PreconditionKind {
    fn from(precondition: Precondition) -> Self {
        match precondition {
            Precondition::Newer => Self::Newer,
            Precondition::PlanExists => Self::PlanExists,
            Precondition::Resolves => Self::Resolves,
            Precondition::Unchanged(..) => Self::Unchanged,
            Precondition::NotInUse => Self::NotInUse,
            Precondition::NoOlderHolder(_) => Self::NoOlderHolder,
            Precondition::LockIs(_) => Self::LockIs,
            Precondition::LeaseFree => Self::LeaseFree,
            Precondition::NotFenced(_) => Self::NotFenced,
        }
    }
}

impl fmt::Display for PreconditionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Newer => "only if newer",
            Self::PlanExists => "only if it exists",
            Self::Resolves => "only if the current plan exists",
            Self::Unchanged => "only if still as read",
            Self::NotInUse => "unless in use",
            Self::NoOlderHolder => "unless an older plan is held",
            Self::LockIs => "if the lock is as read",
            Self::LeaseFree => "if the lease is free",
            Self::NotFenced => "unless fenced off",
        })
    }
}
