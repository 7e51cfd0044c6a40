//! The checker against judges that share no code with it: a naive search, and Stateright's own
//! breadth-first checker.

use planwright_cli::{Cell, Family, SearchOptions, Verdicts, verdicts};
use planwright_oracle::{Naive, stateright_unique};
use two_phase_update::{
    COMPLETES, HALF_WAY, LAST_LIVE, NEVER_DROPPED, Network, ONE_VERSION, Protocol, Size, State,
    TwoPhaseUpdate, half_way, last_live, never_dropped, one_version,
};

use crate::liveness::completes;

/// What a naive search says.
fn naive(network: &Network) -> Verdicts {
    let found = Naive::explore(network);
    let always = |holds: fn(&State) -> bool| match found.shortest(|state| !holds(state)) {
        Some(steps) => Cell::Violated { steps },
        None => Cell::Holds,
    };
    let sometimes = |steps: Option<usize>| match steps {
        Some(steps) => Cell::Reached { steps },
        None => Cell::Never,
    };
    let live = found.shortest(|state| last_live(state, network.size.versions));
    let cells = [
        (ONE_VERSION, always(one_version)),
        (NEVER_DROPPED, always(never_dropped)),
        (
            COMPLETES,
            if completes(network) {
                Cell::Holds
            } else {
                Cell::ForEver
            },
        ),
        (HALF_WAY, sometimes(found.shortest(half_way))),
        (LAST_LIVE, sometimes(live)),
    ];
    Verdicts {
        cells: cells.map(|(name, cell)| (name.to_owned(), cell)).into(),
        states: found.unique() as u64,
        transitions: found.transitions,
        complete: true,
    }
}

fn assert_agreement(protocol: Protocol, size: Size) {
    let ours = verdicts::<TwoPhaseUpdate>(protocol, &size, &SearchOptions::default());
    let network = Network::new(protocol, size);
    assert_eq!(ours, naive(&network), "{protocol:?} at {size}");
    let stateright = stateright_unique(network) as u64;
    assert_eq!(ours.states, stateright, "{protocol:?} at {size}");
}

#[test]
fn every_variant_at_several_sizes() {
    for size in [(1, 1, 2), (2, 1, 2), (3, 2, 2), (2, 2, 4), (3, 3, 3)] {
        let (switches, requests, versions) = size;
        for variant in TwoPhaseUpdate::variants() {
            assert_agreement(variant.protocol, Size::new(switches, requests, versions));
        }
    }
}

#[test]
fn the_fix_at_the_larger_size_of_the_tour() {
    assert_agreement(Protocol::two_phase(), TwoPhaseUpdate::tour().larger);
}
