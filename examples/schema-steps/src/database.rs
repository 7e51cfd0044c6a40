//! The database as a model: what can happen, and what comes of it.

use std::borrow::Cow;

use planwright_model::{ActionClasses, Model};

use crate::state::SERVERS;
use crate::{
    Action, Backfill, BackfillBegins, Effect, Kind, Late, Operation, Protocol, Schema, Server,
    Size, State, words,
};

/// Servers that insert and delete the rows of one table, each by the schema that it has, while an
/// index is added.
///
/// What is one action is one step; everything else interleaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Database {
    /// How the index is added.
    pub protocol: Protocol,
    /// How large it is.
    pub size: Size,
}

impl Database {
    /// A database of this size under this protocol.
    pub fn new(protocol: Protocol, size: Size) -> Self {
        Self { protocol, size }
    }

    fn version(&self, schema: Schema) -> usize {
        self.protocol.version(schema)
    }

    /// The schema to publish next, if the leases and the backfill allow it.
    fn publish(&self, state: &State) -> Option<Action> {
        let next = self.protocol.after(state.newest)?;
        let version = self.version(next);
        let in_time =
            |server: &Server| self.version(server.schema) + self.protocol.behind >= version;
        let filled = next != Schema::Public
            || self.protocol.backfill.is_none()
            || state.backfill == Backfill::Done;
        (filled && state.servers().all(in_time)).then_some(Action::Publish(next))
    }

    /// The backfill's next step.
    fn backfill(&self, state: &State) -> Option<Action> {
        let begins = self.protocol.backfill?;
        let found = |row| has(state.rows, row);
        match state.backfill {
            Backfill::NotBegun => {
                let due = self.protocol.after(state.newest) == Some(Schema::Public);
                let loaded = state.servers().all(|server| server.schema == state.newest);
                let free = loaded || begins == BackfillBegins::OncePublished;
                (due && free).then_some(Action::BeginBackfill)
            }
            Backfill::Next(row) if self.protocol.transactional => Some(Action::Fill {
                row,
                found: found(row),
            }),
            Backfill::Next(row) => Some(Action::Look {
                row,
                found: found(row),
            }),
            Backfill::Read { row, found } => Some(Action::FillAsRead { row, found }),
            Backfill::Done => None,
        }
    }

    /// What a server, or an operation at it, may do next.
    fn server(&self, state: &State, name: u8, server: &Server, actions: &mut Vec<Action>) {
        let waits = self.protocol.late == Late::Awaited && server.operation.is_some();
        if server.schema != state.newest && !waits {
            actions.push(Action::Load(name, state.newest));
        }
        match server.operation {
            Some(operation) => {
                let effect = self.effect(state, operation);
                actions.push(Action::Commit(name, operation, effect));
            }
            None => {
                let schema = server.schema;
                let of =
                    |row| [Kind::Insert, Kind::Delete].map(|kind| Operation { kind, row, schema });
                let operations = (0..self.size.rows).flat_map(of);
                actions.extend(operations.map(|operation| Action::Start(name, operation)));
            }
        }
    }

    /// What comes of an operation that commits now.
    fn effect(&self, state: &State, operation: Operation) -> Effect {
        if self.protocol.late == Late::Fenced && self.has_expired(state, operation.schema) {
            return Effect::Refused;
        }
        let inserts = operation.kind == Kind::Insert;
        if has(state.rows, operation.row) == inserts {
            return Effect::Nothing;
        }
        let touches_entry = match operation.schema {
            Schema::Absent => false,
            Schema::DeleteOnly => !inserts,
            Schema::WriteOnly | Schema::Public => true,
        };
        if touches_entry {
            Effect::RowAndEntry
        } else {
            Effect::RowOnly
        }
    }

    /// Whether no server can hold a lease on this schema any more. A backfill that waits for its
    /// schema to be in force begins only when all leases on older ones have expired.
    fn has_expired(&self, state: &State, schema: Schema) -> bool {
        let version = self.version(schema);
        let filled_by = self.protocol.steps.len() - 2;
        let in_force = self.protocol.backfill == Some(BackfillBegins::OnceInForce)
            && state.backfill != Backfill::NotBegun;
        version + self.protocol.behind < self.version(state.newest)
            || in_force && version < filled_by
    }
}

fn has(rows: u8, row: u8) -> bool {
    rows >> row & 1 == 1
}

fn set(rows: &mut u8, row: u8, to: bool) {
    *rows = *rows & !(1 << row) | u8::from(to) << row;
}

impl Model for Database {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let mut servers = [None; SERVERS];
        servers[..usize::from(self.size.servers)].fill(Some(Server {
            schema: Schema::Absent,
            operation: None,
        }));
        vec![State {
            newest: Schema::Absent,
            backfill: Backfill::NotBegun,
            rows: 0,
            entries: 0,
            servers,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        actions.extend(self.publish(state));
        actions.extend(self.backfill(state));
        for (name, server) in (0..).zip(state.servers()) {
            self.server(state, name, server, actions);
        }
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        let mut next = *state;
        let after = |row| {
            if row + 1 < self.size.rows {
                Backfill::Next(row + 1)
            } else {
                Backfill::Done
            }
        };
        match action {
            Action::Publish(schema) => next.newest = schema,
            Action::Load(server, schema) => {
                next.servers[usize::from(server)].as_mut()?.schema = schema;
            }
            Action::Start(server, operation) => {
                next.servers[usize::from(server)].as_mut()?.operation = Some(operation);
            }
            Action::Commit(server, operation, effect) => {
                next.servers[usize::from(server)].as_mut()?.operation = None;
                let inserts = operation.kind == Kind::Insert;
                if matches!(effect, Effect::RowOnly | Effect::RowAndEntry) {
                    set(&mut next.rows, operation.row, inserts);
                }
                if effect == Effect::RowAndEntry {
                    set(&mut next.entries, operation.row, inserts);
                }
            }
            Action::BeginBackfill => next.backfill = Backfill::Next(0),
            Action::Look { row, found } => next.backfill = Backfill::Read { row, found },
            Action::Fill { row, found } | Action::FillAsRead { row, found } => {
                if found {
                    set(&mut next.entries, row, true);
                }
                next.backfill = after(row);
            }
        }
        Some(next)
    }

    fn format_action(&self, action: &Action) -> String {
        words::action(*action)
    }

    fn format_step(&self, last: &State, action: Action) -> Option<String> {
        let next = self.next_state(last, action)?;
        Some(words::step(last, &next))
    }
}

impl ActionClasses for Database {
    fn action_classes(&self) -> Vec<Cow<'static, str>> {
        let names = [
            "a schema is published",
            "a server loads the newest schema",
            "an operation begins",
            "an operation changes a row and its entry",
            "an operation changes a row only",
            "an operation finds nothing to do",
            "a late operation is refused",
            "the backfill begins",
            "the backfill looks at a row",
            "the backfill acts on what it read",
        ];
        names.map(Cow::from).into()
    }

    fn action_class(&self, action: &Action) -> usize {
        match action {
            Action::Publish(_) => 0,
            Action::Load(..) => 1,
            Action::Start(..) => 2,
            Action::Commit(_, _, effect) => match effect {
                Effect::RowAndEntry => 3,
                Effect::RowOnly => 4,
                Effect::Nothing => 5,
                Effect::Refused => 6,
            },
            Action::BeginBackfill => 7,
            Action::Fill { .. } | Action::Look { .. } => 8,
            Action::FillAsRead { .. } => 9,
        }
    }
}
