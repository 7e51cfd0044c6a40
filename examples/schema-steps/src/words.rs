//! Steps and states in words.

use std::fmt;

use crate::property::{complete, is_read, no_orphans};
use crate::{Action, Backfill, Effect, Kind, Operation, Schema, State};

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Absent => "absent",
            Self::DeleteOnly => "delete-only",
            Self::WriteOnly => "write-only",
            Self::Public => "public",
        })
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Insert => "insert",
            Kind::Delete => "delete",
        };
        write!(f, "{kind} row {} by {}", self.row, self.schema)
    }
}

/// Who does what.
pub(crate) fn action(action: Action) -> String {
    let (who, what) = parts(action);
    format!("{who:<8}  {what}")
}

/// Who, and what is done.
pub(crate) fn parts(action: Action) -> (String, String) {
    match action {
        Action::Publish(schema) => (
            "manager".to_owned(),
            format!("publishes the schema: index {schema}"),
        ),
        Action::Load(server, schema) => (
            format!("server {server}"),
            format!("loads the schema: index {schema}"),
        ),
        Action::Start(server, operation) => {
            (format!("server {server}"), format!("begins to {operation}"))
        }
        Action::Commit(server, operation, effect) => {
            (format!("server {server}"), commit(operation, effect))
        }
        Action::BeginBackfill => ("backfill".to_owned(), "begins".to_owned()),
        Action::Fill { row, found: true } => (
            "backfill".to_owned(),
            format!("finds row {row}, adds its entry"),
        ),
        Action::Fill { row, found: false } => {
            ("backfill".to_owned(), format!("finds no row {row}"))
        }
        Action::Look { row, found: true } => ("backfill".to_owned(), format!("finds row {row}")),
        Action::Look { row, found: false } => {
            ("backfill".to_owned(), format!("finds no row {row}"))
        }
        Action::FillAsRead { row, found: true } => (
            "backfill".to_owned(),
            format!("adds the entry of row {row} that it found"),
        ),
        Action::FillAsRead { row, found: false } => (
            "backfill".to_owned(),
            format!("passes row {row} that it did not find"),
        ),
    }
}

fn commit(operation: Operation, effect: Effect) -> String {
    let Operation { kind, row, schema } = operation;
    let done = match kind {
        Kind::Insert => "added",
        Kind::Delete => "removed",
    };
    match effect {
        Effect::RowAndEntry => format!("commits by {schema}: row {row} and entry {done}"),
        Effect::RowOnly => format!("commits by {schema}: row {row} {done}, no entry"),
        Effect::Nothing => match kind {
            Kind::Insert => format!("finds row {row} there, changes nothing"),
            Kind::Delete => format!("finds no row {row}, changes nothing"),
        },
        Effect::Refused => format!("is refused: {schema} has expired"),
    }
}

/// The state after a step, and below it what went wrong.
pub(crate) fn step(last: &State, next: &State) -> String {
    let damage = damage(last, next).into_iter();
    let lines = damage.map(|damage| format!("\n^ {damage}"));
    format!("{next:?}{}", lines.collect::<String>())
}

/// What went wrong in a step.
pub(crate) fn damage(last: &State, next: &State) -> Vec<String> {
    let mut damage = Vec::new();
    if no_orphans(last) && !no_orphans(next) {
        damage.push("ORPHAN: an entry of the index names a row that is not there".to_owned());
    }
    let harms = |state: &State| is_read(state) && !complete(state);
    if !harms(last) && harms(next) {
        damage.push("MISSING: the index is read, and a row has no entry".to_owned());
    }
    damage
}

/// Each server's schema and operation, then the rows and the entries. What is published and how far
/// the backfill is, the actions say.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, server) in self.servers().enumerate() {
            let schema = server.schema;
            let operation = server
                .operation
                .map_or_else(String::new, |o| format!(" [{o}]"));
            write!(f, "s{name} {schema}{operation}  ")?;
        }
        write!(f, "rows {} index {}", Set(self.rows), Set(self.entries))?;
        match self.backfill {
            Backfill::NotBegun | Backfill::Done => Ok(()),
            Backfill::Next(row) => write!(f, "  filling {row}"),
            Backfill::Read { row, .. } => write!(f, "  filling {row}, read"),
        }
    }
}

/// Rows in braces.
struct Set(u8);

impl fmt::Display for Set {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<_> = (0..8).filter(|row| self.0 >> row & 1 == 1).collect();
        let rows: Vec<String> = rows.iter().map(u8::to_string).collect();
        write!(f, "{{{}}}", rows.join(","))
    }
}
