//! The steps of the database.

use planwright_model::Finite;

use crate::{Operation, Schema};

/// A step: of a user's operation, of a server, of the schema's manager, of the backfill. It says what
/// was read and what was written, for reports; only possible ones are ever listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Finite)]
pub enum Action {
    /// The manager publishes the next schema.
    Publish(Schema),
    /// A server loads the newest schema.
    Load(#[finite(process)] u8, Schema),
    /// A user's operation begins at a server, by the schema that the server has.
    Start(#[finite(process)] u8, Operation),
    /// It commits or is refused, in one transaction, and is over.
    Commit(#[finite(process)] u8, Operation, Effect),
    /// The backfill begins.
    BeginBackfill,
    /// It looks at a row and, if the row is there, sees to its entry, in one transaction.
    Fill {
        /// The row.
        row: u8,
        /// Whether it is there.
        found: bool,
    },
    /// It reads whether a row is there.
    Look {
        /// The row.
        row: u8,
        /// Whether it is there.
        found: bool,
    },
    /// It does for a row what it has read some time before calls for.
    FillAsRead {
        /// The row.
        row: u8,
        /// Whether it was there.
        found: bool,
    },
}

impl Action {
    /// Whether the backfill does it.
    pub fn is_backfill(&self) -> bool {
        matches!(
            self,
            Self::BeginBackfill | Self::Fill { .. } | Self::Look { .. } | Self::FillAsRead { .. }
        )
    }
}

/// What comes of an operation at its commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Finite)]
pub enum Effect {
    /// It changes the row and the row's entry.
    RowAndEntry,
    /// It changes the row only.
    RowOnly,
    /// It changes nothing: the row to insert is there, or the row to delete is not.
    Nothing,
    /// The store refuses it: the lease on its schema has expired.
    Refused,
}
