//! The smallest sizes at which the bugs show. Below them everything "holds", and the guard says that
//! nothing was tested.

use leased_leader::{LeasedLeader, NEVER_REGRESSES, Protocol, Size, TWO_LEADERS};
use planwright_cli::{Cell, SearchOptions, verdicts};

/// Whether an endpoint goes back to an older plan, and whether a leader was ever overtaken.
fn found(protocol: Protocol, size: Size) -> (bool, bool) {
    let found = verdicts::<LeasedLeader>(protocol, &size, &SearchOptions::default());
    assert!(found.complete);
    let cell = |wanted: &str| {
        found
            .cells
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, c)| *c)
    };
    (
        matches!(cell(NEVER_REGRESSES), Some(Cell::Violated { .. })),
        matches!(cell(TWO_LEADERS), Some(Cell::Reached { .. })),
    )
}

#[test]
fn two_processes_one_endpoint_three_plans_and_one_early_expiry_show_what_fencing_is_about() {
    for protocol in [
        Protocol::as_deployed(),
        Protocol::checking_the_lease(),
        Protocol::fenced(),
    ] {
        assert_eq!(
            found(protocol, Size::new(2, 1, 3)),
            (true, true),
            "{protocol:?}"
        );
        // One process, or leases that last: nobody is ever overtaken.
        for small in [
            Size::new(1, 2, 4).crashes(2),
            Size::new(3, 2, 3).early(0).crashes(1),
        ] {
            assert_eq!(
                found(protocol, small),
                (false, false),
                "{protocol:?} {small}"
            );
        }
        // One plan to put live: leaders are overtaken, by their like.
        let one_plan = Size::new(3, 2, 2).early(2);
        assert_eq!(found(protocol, one_plan), (false, true), "{protocol:?}");
    }
}

#[test]
fn a_plan_chosen_before_the_grant_needs_no_early_expiry() {
    let protocol = Protocol::choosing_before_the_grant();
    assert_eq!(found(protocol, Size::new(2, 1, 3).early(0)), (true, false));
    assert!(!found(protocol, Size::new(1, 1, 4).early(2)).0);
    assert!(!found(protocol, Size::new(2, 1, 2).early(2)).0);
}

#[test]
fn writes_after_the_first_need_a_second_endpoint() {
    let protocol = Protocol::fencing_the_first_write();
    assert_eq!(found(protocol, Size::new(2, 2, 3)), (true, true));
    assert_eq!(found(protocol, Size::new(3, 1, 3).early(2)), (false, true));
}
