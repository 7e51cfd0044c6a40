//! The smallest sizes at which the bugs show. Below them everything "holds", and the guard says that
//! nothing was tested.

use planwright_cli::{Cell, SearchOptions, verdicts};
use poisoned_last_known_good::{
    CONTAINED, DOWN, KNOWN_GOOD_WORKS, PoisonedLastKnownGood, Protocol, RECOVERS, Size,
};

/// Each property that is violated, with the length of the shortest schedule, and whether a site ever went
/// down.
fn found(protocol: Protocol, size: Size) -> (Vec<(String, usize)>, bool) {
    let found = verdicts::<PoisonedLastKnownGood>(protocol, &size, &SearchOptions::default());
    assert!(found.complete);
    let tested = found
        .cells
        .iter()
        .any(|(name, cell)| name == DOWN && *cell != Cell::Never);
    let violated = found.cells.into_iter().filter_map(|(name, cell)| {
        let Cell::Violated { steps } = cell else {
            return None;
        };
        Some((name, steps))
    });
    (violated.collect(), tested)
}

fn violates(protocol: Protocol, size: Size, property: &str) -> Option<usize> {
    let (violated, _) = found(protocol, size);
    let cell = violated.into_iter().find(|(name, _)| name == property);
    cell.map(|(_, steps)| steps)
}

#[test]
fn one_site_two_plans_and_a_bad_one_poison_the_last_known_good() {
    for (protocol, steps) in [
        (Protocol::as_deployed(), 3),
        (Protocol::baking(), 4),
        (Protocol::keeping_two(), 3),
        (Protocol::acknowledged_rings(), 3),
    ] {
        let poisoned = |size| violates(protocol, size, KNOWN_GOOD_WORKS);
        assert_eq!(poisoned(Size::new(1, 1, 2, 1)), Some(steps), "{protocol:?}");
        for small in [Size::new(3, 2, 1, 0), Size::new(3, 2, 3, 0)] {
            assert_eq!(found(protocol, small), (vec![], false), "{protocol:?}");
        }
    }
}

/// With no plan left to publish the trap begins with the promotion, and that is the bound's doing. With
/// one left it begins with the crash: until then a better plan could still replace the bad one.
#[test]
fn a_crash_closes_the_trap_wherever_a_plan_is_left() {
    let trapped = |protocol, plans, bad| violates(protocol, Size::new(1, 1, plans, bad), RECOVERS);
    let deployed = Protocol::as_deployed();
    let lengths = [2, 3, 4, 5].map(|plans| trapped(deployed, plans, 1));
    assert_eq!(lengths, [Some(3), Some(4), Some(4), Some(4)]);
    // Two last-known-good plans need two bad ones.
    let keeping_two = Protocol::keeping_two();
    assert_eq!(trapped(keeping_two, 5, 1), None);
    let lengths = [3, 4, 5].map(|plans| trapped(keeping_two, plans, 2));
    assert_eq!(lengths, [Some(6), Some(7), Some(7)]);
}

#[test]
fn a_bad_plan_gets_further_with_two_rings() {
    for protocol in [Protocol::as_deployed(), Protocol::acknowledged_promotion()] {
        let further = |size| violates(protocol, size, CONTAINED);
        assert_eq!(further(Size::new(2, 1, 2, 1)), Some(4), "{protocol:?}");
        assert_eq!(further(Size::new(1, 3, 4, 2)), None, "{protocol:?}");
        assert_eq!(further(Size::new(3, 2, 3, 0)), None, "{protocol:?}");
    }
}

#[test]
fn a_violation_persists_when_the_model_grows() {
    let deployed = Protocol::as_deployed();
    for property in [KNOWN_GOOD_WORKS, CONTAINED, RECOVERS] {
        for larger in [
            Size::new(3, 1, 3, 1),
            Size::new(2, 2, 3, 1),
            Size::new(2, 1, 4, 1),
            Size::new(2, 1, 3, 2),
        ] {
            let found = violates(deployed, larger, property);
            assert!(found.is_some(), "{property} {larger}");
        }
    }
}
