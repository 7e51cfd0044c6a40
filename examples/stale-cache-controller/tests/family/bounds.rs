//! The smallest sizes at which the bugs show. Below them everything "holds", and the guard says where
//! nothing was tested.

use planwright_cli::{Cell, SearchOptions, verdicts};
use stale_cache_controller::{
    NEVER_REMOVES_LIVE, NEVER_STOPS_LIVE, ONE_RUNS, Protocol, RECOVERS, REPLACED, Size,
    StaleCacheController,
};

/// Which properties are violated, and whether a cache ever showed a pod that was replaced.
fn found(protocol: Protocol, size: Size) -> (Vec<String>, bool) {
    let found = verdicts::<StaleCacheController>(protocol, &size, &SearchOptions::default());
    assert!(found.complete);
    let (violated, others): (Vec<_>, Vec<_>) = found
        .cells
        .into_iter()
        .partition(|(_, cell)| matches!(cell, Cell::Violated { .. }));
    let tested = others
        .iter()
        .any(|(name, cell)| name == REPLACED && *cell != Cell::Never);
    (violated.into_iter().map(|(name, _)| name).collect(), tested)
}

fn violates(protocol: Protocol, size: Size, property: &str) -> bool {
    found(protocol, size).0.contains(&property.to_owned())
}

#[test]
fn a_pod_runs_twice_with_two_nodes_two_pods_two_changes_and_a_restart() {
    for protocol in [Protocol::as_deployed(), Protocol::naming_the_uid()] {
        let twice = |size| violates(protocol, size, ONE_RUNS);
        let least = Size::new(2, 2, 2).restarts(1);
        assert!(twice(least), "{protocol:?}");
        assert!(found(protocol, least).1);
        for small in [
            Size::new(1, 4, 4).restarts(2),
            Size::new(3, 1, 4).restarts(2),
            Size::new(3, 2, 1).restarts(2),
            Size::new(3, 2, 3),
        ] {
            assert!(!twice(small), "{protocol:?} {small}");
        }
    }
}

#[test]
fn a_pod_that_goes_by_its_name_runs_twice_once_there_are_three() {
    let by_name = [
        (Protocol::fresh(), Size::new(2, 3, 1)),
        (Protocol::patient(), Size::new(2, 3, 1)),
        (Protocol::reading_to_remove(), Size::new(2, 3, 0).lost(1)),
    ];
    for (protocol, least) in by_name {
        assert!(violates(protocol, least, ONE_RUNS), "{protocol:?}");
        let two_pods = Size::new(3, 2, 3).restarts(1).lost(1);
        assert!(!violates(protocol, two_pods, ONE_RUNS), "{protocol:?}");
    }
}

#[test]
fn a_live_pod_is_removed_with_one_node_two_pods_and_one_change() {
    for protocol in [Protocol::as_deployed(), Protocol::fresh()] {
        let removes = |size| violates(protocol, size, NEVER_REMOVES_LIVE);
        assert!(removes(Size::new(1, 2, 1)), "{protocol:?}");
        assert!(removes(Size::new(1, 2, 0).lost(1)), "{protocol:?}");
        assert!(!removes(Size::new(3, 3, 0).restarts(1)), "{protocol:?}");
        assert!(!removes(Size::new(3, 1, 3).lost(2)), "{protocol:?}");
    }
    // Who reads first needs an answer that is lost.
    let reads = |size| violates(Protocol::reading_to_remove(), size, NEVER_REMOVES_LIVE);
    assert!(reads(Size::new(1, 2, 0).lost(1)));
    assert!(!reads(Size::new(2, 4, 3).restarts(1)));
}

#[test]
fn a_live_pod_is_stopped_with_one_pod_one_change_and_a_restart() {
    for protocol in [Protocol::naming_the_uid(), Protocol::reading_to_start()] {
        let stops = |size| violates(protocol, size, NEVER_STOPS_LIVE);
        assert!(stops(Size::new(1, 1, 1).restarts(1)), "{protocol:?}");
        assert!(!stops(Size::new(2, 3, 0).restarts(2)), "{protocol:?}");
        assert!(!stops(Size::new(2, 3, 3)), "{protocol:?}");
    }
}

#[test]
fn who_never_acts_on_absence_is_trapped_with_one_node() {
    let trapped = |size| violates(Protocol::patient(), size, RECOVERS);
    assert!(trapped(Size::new(1, 2, 1)));
    assert!(!trapped(Size::new(2, 1, 3).restarts(1).lost(1)));
}

#[test]
fn caches_that_never_lag_or_a_single_pod_test_nothing() {
    for small in [Size::new(3, 3, 1).restarts(1), Size::new(3, 1, 4)] {
        assert!(!found(Protocol::as_deployed(), small).1, "{small}");
    }
}

#[test]
fn a_violation_persists_when_the_model_grows() {
    for protocol in [Protocol::as_deployed(), Protocol::naming_the_uid()] {
        for larger in [
            Size::new(3, 2, 2).restarts(1),
            Size::new(2, 3, 2).restarts(1),
            Size::new(2, 2, 3).restarts(1),
            Size::new(2, 2, 2).restarts(2),
        ] {
            assert!(
                violates(protocol, larger, ONE_RUNS),
                "{protocol:?} {larger}"
            );
        }
    }
}
