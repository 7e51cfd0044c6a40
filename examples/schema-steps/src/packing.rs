//! States as words, and servers that can be renamed.

use itertools::Itertools as _;
use planwright_model::{Encode, Symmetric};

use crate::state::{ROWS, SERVERS};
use crate::{Action, Backfill, Database, Kind, Operation, Schema, Server, State};

const SCHEMAS: [Schema; 4] = [
    Schema::Absent,
    Schema::DeleteOnly,
    Schema::WriteOnly,
    Schema::Public,
];

/// How many values the parts of a state have.
const SETS: u64 = 1 << ROWS;
const OPERATIONS: u64 = 1 + 2 * ROWS as u64 * SCHEMAS.len() as u64;
const BACKFILLS: u64 = 2 + 3 * ROWS as u64;

impl Encode for Database {
    type Code = u64;

    fn encode(&self, state: &State) -> Option<u64> {
        let mut word = state.newest as u64;
        let mut put = |base: u64, digit: u64| word = word * base + digit;
        put(BACKFILLS, of_backfill(state.backfill));
        put(SETS, state.rows.into());
        put(SETS, state.entries.into());
        for server in state.servers() {
            put(SCHEMAS.len() as u64, server.schema as u64);
            put(OPERATIONS, server.operation.map_or(0, of_operation));
        }
        Some(word)
    }

    fn decode(&self, mut word: u64) -> State {
        let mut take = |base| {
            let digit = word % base;
            word /= base;
            digit
        };
        // From the last part to the first.
        let mut servers = [None; SERVERS];
        for server in servers[..usize::from(self.size.servers)].iter_mut().rev() {
            let operation = to_operation(take(OPERATIONS));
            let schema = SCHEMAS[take(SCHEMAS.len() as u64) as usize];
            *server = Some(Server { schema, operation });
        }
        State {
            servers,
            entries: take(SETS) as u8,
            rows: take(SETS) as u8,
            backfill: to_backfill(take(BACKFILLS)),
            newest: SCHEMAS[word as usize],
        }
    }
}

// The largest state fits a word.
const _: () = assert!(
    (SCHEMAS.len() as u128 * OPERATIONS as u128).pow(SERVERS as u32)
        * (SCHEMAS.len() as u128 * BACKFILLS as u128 * SETS as u128 * SETS as u128)
        < u64::MAX as u128
);

fn of_operation(Operation { kind, row, schema }: Operation) -> u64 {
    let rows = u64::from(ROWS);
    1 + (kind as u64 * rows + u64::from(row)) * SCHEMAS.len() as u64 + schema as u64
}

fn to_operation(number: u64) -> Option<Operation> {
    let number = number.checked_sub(1)?;
    let (place, schema) = (number / SCHEMAS.len() as u64, number % SCHEMAS.len() as u64);
    let (kind, row) = (place / u64::from(ROWS), place % u64::from(ROWS));
    Some(Operation {
        kind: [Kind::Insert, Kind::Delete][kind as usize],
        row: row as u8,
        schema: SCHEMAS[schema as usize],
    })
}

fn of_backfill(backfill: Backfill) -> u64 {
    match backfill {
        Backfill::NotBegun => 0,
        Backfill::Done => 1,
        Backfill::Next(row) => 2 + 3 * u64::from(row),
        Backfill::Read { row, found } => 3 + 3 * u64::from(row) + u64::from(found),
    }
}

fn to_backfill(number: u64) -> Backfill {
    let Some(number) = number.checked_sub(2) else {
        return if number == 0 {
            Backfill::NotBegun
        } else {
            Backfill::Done
        };
    };
    let row = (number / 3) as u8;
    match number % 3 {
        0 => Backfill::Next(row),
        found => Backfill::Read {
            row,
            found: found == 2,
        },
    }
}

/// Servers are interchangeable. Rows are not: the backfill goes from one to the next.
impl Symmetric for Database {
    /// The new number of each server.
    type Permutation = Vec<u8>;

    fn permutations(&self) -> Vec<Vec<u8>> {
        let servers = self.size.servers;
        (0..servers).permutations(servers.into()).collect()
    }

    fn permute(&self, renamed: &Vec<u8>, state: &State) -> State {
        let mut next = *state;
        for (old, new) in renamed.iter().enumerate() {
            next.servers[usize::from(*new)] = state.servers[old];
        }
        next
    }

    fn permute_action(&self, renamed: &Vec<u8>, action: &Action) -> Action {
        let new = |server: u8| renamed[usize::from(server)];
        match *action {
            Action::Load(server, schema) => Action::Load(new(server), schema),
            Action::Start(server, operation) => Action::Start(new(server), operation),
            Action::Commit(server, operation, effect) => {
                Action::Commit(new(server), operation, effect)
            }
            others => others,
        }
    }

    fn canonical(&self, state: &State) -> State {
        let mut next = *state;
        next.servers[..usize::from(self.size.servers)].sort_unstable();
        next
    }
}
