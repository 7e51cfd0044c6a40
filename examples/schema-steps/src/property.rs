//! What is asked of the database.

use crate::{Schema, State};

/// No entry of the index names a row that is not there (F1: orphan data).
pub const NO_ORPHANS: &str = "no orphan entries";

/// Where a server reads the index, every row has its entry (F1: integrity).
pub const COMPLETE: &str = "index complete where read";

/// The index is public at every server some time, if the manager, the backfill and every server go on
/// working.
pub const ENDS: &str = "the change ends";

/// Reached, or the other verdicts say little: two operations are under way by different schemas.
pub const MIXED: &str = "operations by two schemas";

/// Reached, or the change does not even end: every server reads the index.
pub const PUBLIC: &str = "public everywhere";

/// [`NO_ORPHANS`], in one state.
pub fn no_orphans(state: &State) -> bool {
    state.entries & !state.rows == 0
}

/// Whether some server reads the index: when [`COMPLETE`] is about a state.
pub fn is_read(state: &State) -> bool {
    state
        .servers()
        .any(|server| server.schema == Schema::Public)
}

/// Whether every row has its entry: what [`COMPLETE`] asks for.
pub fn complete(state: &State) -> bool {
    state.rows & !state.entries == 0
}

/// [`MIXED`], in one state.
pub fn mixed(state: &State) -> bool {
    let operations = state.servers().filter_map(|server| server.operation);
    let mut schemas = operations.map(|operation| operation.schema);
    let first = schemas.next();
    schemas.any(|schema| Some(schema) != first)
}

/// [`PUBLIC`], in one state; for [`ENDS`].
pub fn public(state: &State) -> bool {
    state
        .servers()
        .all(|server| server.schema == Schema::Public)
}

/// For recoverability: the index is public everywhere, and right.
pub fn finished(state: &State) -> bool {
    public(state) && no_orphans(state) && complete(state)
}
