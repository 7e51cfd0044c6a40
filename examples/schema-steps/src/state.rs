//! The state of the database.

use planwright_model::Finite;

/// The most servers that a state has room for.
pub(crate) const SERVERS: usize = 4;

/// The most rows that a state has room for.
pub(crate) const ROWS: u8 = 3;

/// What a schema says of the index, in the order in which it is brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub enum Schema {
    /// There is no index.
    Absent,
    /// Who deletes a row deletes its entry; who inserts one adds no entry.
    DeleteOnly,
    /// Whoever inserts or deletes a row does the same to its entry; nobody reads the index.
    WriteOnly,
    /// The same, and the index is read.
    Public,
}

/// The rows, the index, and what everyone is about to do with them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub struct State {
    /// The newest schema that is published.
    pub newest: Schema,
    /// How far the index is filled in with the rows that were there before.
    pub backfill: Backfill,
    /// The rows of the table: row 0 is bit 0.
    #[finite(0..1 << ROWS)]
    pub rows: u8,
    /// The rows that have an entry in the index.
    #[finite(0..1 << ROWS)]
    pub entries: u8,
    #[finite(per_process)]
    pub(crate) servers: [Option<Server>; SERVERS],
}

/// A server of the database; all of them share the rows and the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub struct Server {
    /// The schema that operations begin with.
    pub schema: Schema,
    /// The operation that is under way.
    pub operation: Option<Operation>,
}

/// An operation that has begun and not committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub struct Operation {
    /// What it does.
    pub kind: Kind,
    /// To which row.
    #[finite(0..ROWS)]
    pub row: u8,
    /// By which schema.
    pub schema: Schema,
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub enum Kind {
    /// Inserts a row.
    Insert,
    /// Deletes a row.
    Delete,
}

/// How far the backfill is: it goes from row to row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub enum Backfill {
    /// It has not begun.
    NotBegun,
    /// It looks at this row next.
    Next(#[finite(0..ROWS)] u8),
    /// It has read whether this row is there, and acts on it in its next step.
    Read {
        /// The row.
        #[finite(0..ROWS)]
        row: u8,
        /// Whether it was there.
        found: bool,
    },
    /// Every row has been looked at.
    Done,
}

impl State {
    /// The servers, in order.
    pub fn servers(&self) -> impl Iterator<Item = &Server> {
        self.servers.iter().flatten()
    }
}
