//! The checker against judges that share no code with it: a naive search, and Stateright's own
//! breadth-first checker.

use planwright_cli::{Cell, Family, SearchOptions, Verdicts, verdicts};
use planwright_oracle::{Naive, stateright_unique};
use stale_cache_controller::{
    Action, Cluster, LAST_RUNS, NEVER_REMOVES_LIVE, NEVER_STOPS_LIVE, ONE_RUNS, Protocol, RECOVERS,
    REPLACED, Size, StaleCacheController, State, last_runs, never_removes_live, never_stops_live,
    one_runs, replaced, settled,
};

/// What a naive search says.
fn naive(cluster: &Cluster) -> Verdicts {
    let found = Naive::explore(cluster);
    let violated = |steps: Option<usize>| match steps {
        Some(steps) => Cell::Violated { steps },
        None => Cell::Holds,
    };
    let step = |holds: fn(&State, &Action, &State) -> bool| {
        let broken = |before: &_, action: &_, after: &_| !holds(before, action, after);
        violated(found.shortest_step(cluster, broken))
    };
    let sometimes = |steps: Option<usize>| match steps {
        Some(steps) => Cell::Reached { steps },
        None => Cell::Never,
    };
    let last = found.shortest(|state| last_runs(state, cluster.size.pods));
    let cells = [
        (ONE_RUNS, violated(found.shortest(|state| !one_runs(state)))),
        (NEVER_REMOVES_LIVE, step(never_removes_live)),
        (NEVER_STOPS_LIVE, step(never_stops_live)),
        (RECOVERS, violated(found.shortest_trap(cluster, settled))),
        (REPLACED, sometimes(found.shortest(replaced))),
        (LAST_RUNS, sometimes(last)),
    ];
    Verdicts {
        cells: cells.map(|(name, cell)| (name.to_owned(), cell)).into(),
        states: found.unique() as u64,
        transitions: found.transitions,
        complete: true,
    }
}

fn assert_agreement(protocol: Protocol, size: Size) {
    let ours = verdicts::<StaleCacheController>(protocol, &size, &SearchOptions::default());
    let cluster = Cluster::new(protocol, size);
    assert_eq!(ours, naive(&cluster), "{protocol:?} at {size}");
    let stateright = stateright_unique(cluster) as u64;
    assert_eq!(ours.states, stateright, "{protocol:?} at {size}");
}

#[test]
fn every_variant_at_several_sizes() {
    for size in [
        Size::new(1, 1, 0),
        Size::new(1, 3, 1).lost(1),
        Size::new(2, 3, 2).restarts(1),
        Size::default(),
        Size::new(2, 2, 4).restarts(2).lost(2),
        Size::new(3, 2, 2).restarts(1),
    ] {
        for variant in StaleCacheController::variants() {
            assert_agreement(variant.protocol, size);
        }
    }
}

#[test]
fn the_fix_at_the_larger_size_of_the_tour() {
    assert_agreement(Protocol::fixed(), StaleCacheController::tour().larger);
}
