//! The checker against judges that share no code with it: a naive search, and Stateright's own
//! breadth-first checker.

use membership_change::{
    CHANGED, COMMITTED_STAYS, Cluster, LEADERS_COMPLETE, MembershipChange, ONE_LEADER, Protocol,
    RECOVERS, RIVALS, Size, changed, committed_stays, leaders_complete, one_leader, rivals,
    settled,
};
use planwright_cli::{Cell, Family, SearchOptions, Verdicts, verdicts};
use planwright_oracle::{Naive, stateright_unique};

/// What a naive search says.
fn naive(cluster: &Cluster) -> Verdicts {
    let found = Naive::explore(cluster);
    let always = |shortest: Option<usize>| match shortest {
        Some(steps) => Cell::Violated { steps },
        None => Cell::Holds,
    };
    let sometimes = |shortest: Option<usize>| match shortest {
        Some(steps) => Cell::Reached { steps },
        None => Cell::Never,
    };
    let incomplete = found.shortest_step(cluster, |s, a, t| !leaders_complete(s, a, t));
    let lost = found.shortest_step(cluster, |s, a, t| !committed_stays(s, a, t));
    let cells = [
        (
            ONE_LEADER,
            always(found.shortest(|state| !one_leader(state))),
        ),
        (LEADERS_COMPLETE, always(incomplete)),
        (COMMITTED_STAYS, always(lost)),
        (
            RECOVERS,
            always(found.shortest_trap(cluster, |state| settled(cluster, state))),
        ),
        (CHANGED, sometimes(found.shortest(changed))),
        (RIVALS, sometimes(found.shortest(rivals))),
    ];
    Verdicts {
        cells: cells.map(|(name, cell)| (name.to_owned(), cell)).into(),
        states: found.unique() as u64,
        transitions: found.transitions,
        complete: true,
    }
}

fn assert_agreement(protocol: Protocol, size: Size) {
    let ours = verdicts::<MembershipChange>(protocol, &size, &SearchOptions::default());
    let cluster = Cluster::new(protocol, size);
    assert_eq!(ours, naive(&cluster), "{protocol:?} at {size}");
    let stateright = stateright_unique(cluster) as u64;
    assert_eq!(ours.states, stateright, "{protocol:?} at {size}");
}

#[test]
fn every_variant_at_several_sizes() {
    let sizes = [
        Size::new(4, 0, 3, 1),
        Size::new(3, 0, 2, 3).changes(2),
        Size::new(3, 1, 2, 2).changes(2),
    ];
    for size in sizes {
        for variant in MembershipChange::variants() {
            assert_agreement(variant.protocol, size);
        }
    }
}

#[test]
fn an_entry_that_is_not_awaited_at_the_size_of_the_tour() {
    assert_agreement(Protocol::appended(), Size::default());
}

#[test]
fn the_fix_at_the_larger_size_of_the_tour() {
    assert_agreement(Protocol::fixed(), MembershipChange::tour().larger);
}
