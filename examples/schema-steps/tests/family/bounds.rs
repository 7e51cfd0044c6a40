//! The smallest sizes at which the bugs show. Below them everything "holds", and the guard says that
//! nothing was tested.

use planwright_cli::{Cell, Family, SearchOptions, verdicts};
use schema_steps::{ENDS, MIXED, Protocol, SchemaSteps, Size};

/// Whether a safety property is violated, and whether operations by two schemas were ever under way.
fn found(protocol: Protocol, servers: u8, rows: u8) -> (bool, bool) {
    let size = Size::new(servers, rows);
    let found = verdicts::<SchemaSteps>(protocol, &size, &SearchOptions::default());
    assert!(found.complete);
    let violated = |cell: &Cell| matches!(cell, Cell::Violated { .. });
    let tested = |(name, cell): &(String, Cell)| name == MIXED && *cell != Cell::Never;
    (
        found.cells.iter().any(|(_, cell)| violated(cell)),
        found.cells.iter().any(tested),
    )
}

#[test]
fn servers_that_differ_take_two_servers() {
    for protocol in [Protocol::without_delete_only(), Protocol::two_behind()] {
        assert_eq!(found(protocol, 2, 1), (true, true), "{protocol:?}");
        for rows in 1..=3 {
            assert_eq!(found(protocol, 1, rows), (false, false), "{protocol:?}");
        }
    }
}

/// What begins late enough is a server of its own.
#[test]
fn one_server_and_one_row_are_enough_for_the_other_faults() {
    for protocol in [
        Protocol::in_one_step(),
        Protocol::without_write_only(),
        Protocol::without_backfill(),
        Protocol::unfenced(),
        Protocol::backfill_early(),
        Protocol::backfill_once_loaded(),
        Protocol::backfill_not_atomic(),
    ] {
        assert_eq!(found(protocol, 1, 1), (true, false), "{protocol:?}");
    }
}

#[test]
fn a_violation_persists_when_the_model_grows() {
    for variant in SchemaSteps::variants() {
        for (servers, rows) in [(2, 2), (3, 1)] {
            // That a change does not end is not for a size to show.
            let expected = (variant.violates.iter().any(|name| *name != ENDS), true);
            assert_eq!(
                found(variant.protocol, servers, rows),
                expected,
                "{}",
                variant.name
            );
        }
    }
}
