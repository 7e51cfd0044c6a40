//! The checker against judges that share no code with it: a naive search, and Stateright's own
//! breadth-first checker.

use planwright_cli::{Cell, Family, SearchOptions, Verdicts, verdicts};
use planwright_oracle::{Naive, stateright_unique};
use schema_steps::{
    COMPLETE, Database, ENDS, MIXED, NO_ORPHANS, PUBLIC, Protocol, SchemaSteps, Size, complete,
    is_read, mixed, no_orphans, public,
};

use crate::liveness::ends;

/// What a naive search says.
fn naive(database: &Database) -> Verdicts {
    let found = Naive::explore(database);
    let always = |shortest: Option<usize>| match shortest {
        Some(steps) => Cell::Violated { steps },
        None => Cell::Holds,
    };
    let sometimes = |shortest: Option<usize>| match shortest {
        Some(steps) => Cell::Reached { steps },
        None => Cell::Never,
    };
    let incomplete = found.shortest(|state| is_read(state) && !complete(state));
    let cells = [
        (
            NO_ORPHANS,
            always(found.shortest(|state| !no_orphans(state))),
        ),
        (COMPLETE, always(incomplete)),
        (
            ENDS,
            if ends(database) {
                Cell::Holds
            } else {
                Cell::ForEver
            },
        ),
        (MIXED, sometimes(found.shortest(mixed))),
        (PUBLIC, sometimes(found.shortest(public))),
    ];
    Verdicts {
        cells: cells.map(|(name, cell)| (name.to_owned(), cell)).into(),
        states: found.unique() as u64,
        transitions: found.transitions,
        complete: true,
    }
}

fn assert_agreement(protocol: Protocol, size: Size) {
    let ours = verdicts::<SchemaSteps>(protocol, &size, &SearchOptions::default());
    let database = Database::new(protocol, size);
    assert_eq!(ours, naive(&database), "{protocol:?} at {size}");
    let stateright = stateright_unique(database) as u64;
    assert_eq!(ours.states, stateright, "{protocol:?} at {size}");
}

#[test]
fn every_variant_at_several_sizes() {
    for (servers, rows) in [(1, 1), (1, 3), (2, 1), (2, 2), (3, 1)] {
        for variant in SchemaSteps::variants() {
            assert_agreement(variant.protocol, Size::new(servers, rows));
        }
    }
}

#[test]
fn the_fix_at_the_larger_size_of_the_tour() {
    assert_agreement(Protocol::f1(), SchemaSteps::tour().larger);
}
