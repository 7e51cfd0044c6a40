//! How large a model is explored.

use std::fmt;

use clap::{Args, value_parser};
use planwright_cli::{SizeOptions, counted};

use crate::log::ENTRIES;
use crate::state::SERVERS;

/// The most terms that a code has room for.
pub(crate) const TERMS: u8 = 4;

/// The most servers outside the cluster.
const SPARES: u8 = 2;

/// The most members at the start.
const MEMBERS: u8 = SERVERS as u8 - SPARES;

/// The bounds under which verdicts hold.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Members of the cluster at the start (1 to 4)
    #[arg(long, value_name = "N", default_value_t = Self::default().members, global = true,
          value_parser = value_parser!(u8).range(1..=i64::from(MEMBERS)))]
    pub members: u8,

    /// Servers outside the cluster that may be added to it (0 to 2)
    #[arg(long, value_name = "N", default_value_t = Self::default().spares, global = true,
          value_parser = value_parser!(u8).range(0..=i64::from(SPARES)))]
    pub spares: u8,

    /// Terms, each with a leader (1 to 4)
    #[arg(long, value_name = "N", default_value_t = Self::default().terms, global = true,
          value_parser = value_parser!(u8).range(1..=i64::from(TERMS)))]
    pub terms: u8,

    /// Entries that a log has room for (1 to 4)
    #[arg(long, value_name = "N", default_value_t = Self::default().entries, global = true,
          value_parser = value_parser!(u8).range(1..=ENTRIES as i64))]
    pub entries: u8,

    /// Changes that a leader makes in its term, at most (1 to 4)
    #[arg(long, value_name = "N", default_value_t = Self::default().changes, global = true,
          value_parser = value_parser!(u8).range(1..=ENTRIES as i64))]
    pub changes: u8,
}

impl Size {
    /// So many members, spare servers, terms and entries, and one change a term.
    ///
    /// # Panics
    ///
    /// Unless there are 1 to 4 members, at most 2 spare servers, 1 to 4 terms and 1 to 4 entries.
    pub fn new(members: u8, spares: u8, terms: u8, entries: u8) -> Self {
        let fits = |number: u8, most: u8| (1..=most).contains(&number);
        assert!(fits(members, MEMBERS), "ask for 1 to {MEMBERS} members");
        assert!(spares <= SPARES, "ask for at most {SPARES} spare servers");
        assert!(fits(terms, TERMS), "ask for 1 to {TERMS} terms");
        assert!(
            fits(entries, ENTRIES as u8),
            "ask for 1 to {ENTRIES} entries"
        );
        Self {
            members,
            spares,
            terms,
            entries,
            changes: 1,
        }
    }

    /// The same with so many changes that a leader makes in its term.
    pub fn changes(self, changes: u8) -> Self {
        Self { changes, ..self }
    }
}

impl Default for Size {
    /// Four members, no spare server, three terms, two entries, one change a term.
    fn default() -> Self {
        Self::new(4, 0, 3, 2)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members = counted(self.members.into(), "member");
        let spares = counted(self.spares.into(), "spare server");
        let terms = counted(self.terms.into(), "term");
        let entries = counted(self.entries.into(), "entry");
        let changes = counted(self.changes.into(), "change");
        write!(
            f,
            "{members}, {spares}, {terms}, logs of {entries}, {changes} a term"
        )
    }
}

impl SizeOptions for Size {
    fn options(&self) -> Vec<(&'static str, u64)> {
        vec![
            ("members", self.members.into()),
            ("spares", self.spares.into()),
            ("terms", self.terms.into()),
            ("entries", self.entries.into()),
            ("changes", self.changes.into()),
        ]
    }
}

// The help text states these limits.
const _: () = assert!(MEMBERS == 4 && SPARES == 2 && TERMS == 4 && ENTRIES == 4);
