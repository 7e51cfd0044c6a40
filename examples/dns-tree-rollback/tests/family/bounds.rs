//! The smallest sizes at which the bugs show. Below them everything "holds", and the guard says that
//! nothing was tested.

use dns_tree_rollback::{
    DELETED, DnsTreeRollback, Protocol, ROLLBACK_RESOLVES, ROOT_RESOLVES, Size,
};
use planwright_cli::{Cell, SearchOptions, verdicts};

/// Whether a property is violated, and whether a tree was ever deleted.
fn found(protocol: Protocol, size: Size, property: &str) -> (bool, bool) {
    let found = verdicts::<DnsTreeRollback>(protocol, &size, &SearchOptions::default());
    assert!(found.complete);
    let cell = |wanted: &str| {
        found
            .cells
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, c)| *c)
    };
    (
        matches!(cell(property), Some(Cell::Violated { .. })),
        matches!(cell(DELETED), Some(Cell::Reached { .. })),
    )
}

#[test]
fn an_empty_root_takes_two_enactors_and_two_plans_more_than_the_age() {
    for protocol in [
        Protocol::as_deployed(),
        Protocol::tolerating_a_missing_target(),
        Protocol::picking_the_newest(),
        Protocol::cleaning_under_the_lock(),
    ] {
        let found = |size| found(protocol, size, ROOT_RESOLVES);
        for age in 1..=3 {
            assert_eq!(
                found(Size::new(2, age + 2).age(age)),
                (true, true),
                "{protocol:?} {age}"
            );
            // Nobody is late with a plan that is old enough.
            assert!(
                !found(Size::new(2, age + 1).age(age)).0,
                "{protocol:?} {age}"
            );
        }
        // Nothing is old enough.
        assert_eq!(found(Size::new(3, 2)), (false, false), "{protocol:?}");
        assert_eq!(
            found(Size::new(1, 5).crashes(2)),
            (false, true),
            "{protocol:?}"
        );
    }
}

#[test]
fn clean_up_that_looks_first_needs_no_age() {
    let found = |size| found(Protocol::looking_before_deleting(), size, ROOT_RESOLVES);
    assert_eq!(found(Size::new(2, 4)), (true, true));
    assert_eq!(found(Size::new(2, 3)), (false, true));
    assert_eq!(found(Size::new(1, 5).crashes(2)), (false, true));
}

#[test]
fn a_rollback_pointer_to_a_tree_that_is_gone_takes_one_enactor_that_skips_a_plan() {
    let found = |protocol, size| found(protocol, size, ROLLBACK_RESOLVES);
    let skipping = Protocol::comparing_the_newest();
    assert_eq!(found(skipping, Size::new(1, 3)), (true, true));
    assert_eq!(found(skipping, Size::new(1, 2)), (false, false));
    // Who counts skips none, so that the one before is too young, if an age of 1 does not do.
    let counting = Protocol::comparing_plans();
    assert_eq!(found(counting, Size::new(2, 5).crashes(1)), (false, true));
    assert_eq!(found(counting, Size::new(1, 2).age(1)), (true, true));
}
