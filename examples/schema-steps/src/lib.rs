//! An index is added to a table while servers go on inserting and deleting rows, and not all of them
//! use the same schema.
//!
//! Rae, Rollins, Shute, Sodhi and Vingralek, "Online, Asynchronous Schema Change in F1" (VLDB 2013),
//! bring an index from absent to public by way of delete-only and write-only, with a backfill in
//! between, and show that nothing is corrupted as long as no server is more than one schema version
//! behind. Here every part of that sentence is a switch.
//!
//! ```
//! use planwright_checker::Checker;
//! use schema_steps::{Database, NO_ORPHANS, Protocol, Size, no_orphans};
//!
//! let database = Database::new(Protocol::without_delete_only(), Size::new(2, 1));
//! let report = Checker::new(&database).always(NO_ORPHANS, no_orphans).run();
//! assert_eq!(report.assert_violated(NO_ORPHANS).len(), 6);
//! ```

mod action;
mod database;
mod depict;
mod family;
mod packing;
mod property;
mod protocol;
mod size;
mod state;
mod words;

pub use action::{Action, Effect};
pub use database::Database;
pub use family::{SchemaSteps, program};
pub use property::{
    COMPLETE, ENDS, MIXED, NO_ORPHANS, PUBLIC, complete, finished, is_read, mixed, no_orphans,
    public,
};
pub use protocol::{BackfillBegins, Late, Protocol};
pub use size::Size;
pub use state::{Backfill, Kind, Operation, Schema, Server, State};
