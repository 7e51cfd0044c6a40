//! The smallest sizes at which the bugs show. Below them everything "holds", and the guard says that
//! nothing was tested.

use planwright_cli::{Cell, SearchOptions, verdicts};
use two_phase_update::{HALF_WAY, Protocol, Size, TwoPhaseUpdate};

/// Whether a safety property is violated, and whether a request was ever half-way in an update.
fn found(protocol: Protocol, (switches, requests, versions): (u8, u8, u8)) -> (bool, bool) {
    let size = Size::new(switches, requests, versions);
    let found = verdicts::<TwoPhaseUpdate>(protocol, &size, &SearchOptions::default());
    assert!(found.complete);
    let violated = |cell: &Cell| matches!(cell, Cell::Violated { .. });
    let tested = |(name, cell): &(String, Cell)| name == HALF_WAY && *cell != Cell::Never;
    (
        found.cells.iter().any(|(_, cell)| violated(cell)),
        found.cells.iter().any(tested),
    )
}

const TOO_SMALL: [(u8, u8, u8); 4] = [(1, 1, 2), (1, 4, 4), (6, 4, 1), (2, 1, 1)];

#[test]
fn two_switches_one_request_and_two_versions_show_what_needs_a_request_half_way() {
    for protocol in [
        Protocol::in_place(),
        Protocol::last_first(),
        Protocol::remove_unused(),
    ] {
        assert_eq!(found(protocol, (2, 1, 2)), (true, true), "{protocol:?}");
        for small in TOO_SMALL {
            assert_eq!(
                found(protocol, small),
                (false, false),
                "{protocol:?} {small:?}"
            );
        }
    }
}

#[test]
fn one_switch_is_enough_to_drop_what_it_has_no_rules_for() {
    for protocol in [Protocol::flip_early(), Protocol::remove_at_once()] {
        assert_eq!(found(protocol, (1, 1, 2)), (true, false), "{protocol:?}");
        assert_eq!(found(protocol, (2, 2, 1)), (false, false), "{protocol:?}");
    }
}

#[test]
fn a_violation_persists_when_the_model_grows() {
    for protocol in [Protocol::in_place(), Protocol::remove_unused()] {
        for larger in [(3, 1, 2), (2, 2, 2), (2, 1, 3)] {
            assert_eq!(
                found(protocol, larger),
                (true, true),
                "{protocol:?} {larger:?}"
            );
        }
    }
}
