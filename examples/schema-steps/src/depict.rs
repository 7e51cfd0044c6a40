//! Who acts in the database, and what there is.

use planwright_model::{Depict, Group, Item, Picture, Remark, Standing};

use crate::property::is_read;
use crate::{Action, Backfill, Database, Server, words};

impl Depict for Database {
    fn lanes(&self) -> Vec<String> {
        let mut lanes = vec!["manager".to_owned()];
        lanes.extend((0..self.size.servers).map(|server| format!("server {server}")));
        lanes.push("backfill".to_owned());
        lanes
    }

    fn actor(&self, action: &Self::Action) -> String {
        words::parts(*action).0
    }

    fn deed(&self, action: &Self::Action) -> String {
        words::parts(*action).1
    }

    /// Schemas, rows, and their entries in the index.
    fn picture(&self, state: &Self::State) -> Picture {
        let published = Item::new("published", format!("index {}", state.newest));
        let server = |(name, server): (usize, &Server)| {
            let standing = match server.schema == state.newest {
                true => Standing::Fine,
                false => Standing::Stale,
            };
            let about = server
                .operation
                .map_or_else(String::new, |o| format!(", {o}"));
            let text = format!("index {}{about}", server.schema);
            Item::new(format!("server {name}"), text).standing(standing)
        };
        let schemas = std::iter::once(published).chain(state.servers().enumerate().map(server));
        let has = |set: u8, row: u8| set >> row & 1 == 1;
        let row = |row| {
            let text = if has(state.rows, row) {
                "there"
            } else {
                "none"
            };
            Item::new(format!("row {row}"), text)
        };
        let entry = |row| {
            let (text, standing) = match (has(state.entries, row), has(state.rows, row)) {
                (true, true) => ("there", Standing::Fine),
                (true, false) => ("ORPHAN", Standing::Broken),
                (false, true) if is_read(state) => ("MISSING", Standing::Broken),
                (false, _) => ("none", Standing::Fine),
            };
            let item = Item::new(format!("entry {row}"), text).standing(standing);
            if has(state.entries, row) {
                item.refers_to(format!("row {row}"))
            } else {
                item
            }
        };
        let backfill = match state.backfill {
            Backfill::NotBegun => "not begun".to_owned(),
            Backfill::Next(row) => format!("at row {row}"),
            Backfill::Read { row, found: true } => format!("has found row {row}"),
            Backfill::Read { row, found: false } => format!("has found no row {row}"),
            Backfill::Done => "done".to_owned(),
        };
        let rows = 0..self.size.rows;
        Picture::from([
            Group::new("schemas", schemas),
            Group::new("rows", rows.clone().map(row)),
            Group::new("index", rows.map(entry)),
            Group::new("progress", [Item::new("backfill", backfill)]),
        ])
    }

    fn remarks(&self, last: &Self::State, action: &Action, next: &Self::State) -> Vec<Remark> {
        let mut remarks = Vec::new();
        if let Action::Commit(_, operation, _) = action
            && operation.schema != last.newest
        {
            remarks.push(Remark::stale(format!(
                "it goes by {}, but {} is published",
                operation.schema, last.newest
            )));
        }
        remarks.extend(words::damage(last, next).into_iter().map(Remark::damage));
        remarks
    }
}
