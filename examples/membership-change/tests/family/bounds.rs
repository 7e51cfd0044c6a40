//! The smallest sizes at which the bugs show. Below them everything "holds"; where nothing was tested,
//! a guard says so.

use membership_change::{CHANGED, MembershipChange, Protocol, RIVALS, Size};
use planwright_cli::{Cell, SearchOptions, verdicts};

/// Whether a safety property is violated, whether a change was ever committed, and whether there were
/// ever rival changes.
fn found(protocol: Protocol, size: Size) -> (bool, bool, bool) {
    let found = verdicts::<MembershipChange>(protocol, &size, &SearchOptions::default());
    assert!(found.complete);
    let violated = |cell: &Cell| matches!(cell, Cell::Violated { .. });
    let reached = |wanted: &str| {
        let mut cells = found.cells.iter();
        cells.any(|(name, cell)| name == wanted && *cell != Cell::Never)
    };
    (
        found.cells.iter().any(|(_, cell)| violated(cell)),
        reached(CHANGED),
        reached(RIVALS),
    )
}

#[test]
fn four_members_three_terms_and_one_entry_show_the_bug() {
    for protocol in [
        Protocol::as_published(),
        Protocol::confirmed(),
        Protocol::members_only(),
        Protocol::both_to_commit(),
    ] {
        let smallest = Size::new(4, 0, 3, 1);
        assert_eq!(
            found(protocol, smallest),
            (true, true, true),
            "{protocol:?}"
        );
    }
}

/// Rivals are there, but three members, or two terms, are too few for them to do harm.
#[test]
fn three_members_or_two_terms_do_not_show_it() {
    for size in [
        Size::new(3, 0, 3, 2),
        Size::new(3, 1, 2, 2),
        Size::new(4, 0, 2, 2),
    ] {
        let published = found(Protocol::as_published(), size);
        assert_eq!(published, (false, true, true), "{size}");
    }
}

#[test]
fn with_one_term_there_are_no_rivals() {
    let published = found(Protocol::as_published(), Size::new(4, 0, 1, 3).changes(3));
    assert_eq!(published, (false, true, false));
}

/// What appends an entry first needs room for it.
#[test]
fn short_logs_leave_no_room_for_changes_after_other_entries() {
    for protocol in [Protocol::appended(), Protocol::fixed()] {
        let one = found(protocol, Size::new(4, 0, 3, 1));
        assert_eq!(one, (false, false, false), "{protocol:?}");
    }
    let two = found(Protocol::fixed(), Size::default());
    assert_eq!(two, (false, true, false));
    let two = found(Protocol::appended(), Size::default());
    assert_eq!(two, (true, true, true));
}
