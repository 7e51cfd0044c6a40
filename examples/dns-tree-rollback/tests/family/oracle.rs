//! The checker against judges that share no code with it: a naive search, and Stateright's own
//! breadth-first checker.

use dns_tree_rollback::{
    DELETED, DnsTreeRollback, Enactors, LAST_LIVE, NEVER_REGRESSES, Protocol, RECOVERS,
    ROLLBACK_RESOLVES, ROOT_RESOLVES, Size, deleted, last_live, rollback_resolves,
};
use planwright_cli::{Cell, Family, SearchOptions, Verdicts, verdicts};
use planwright_core::{Enactor, SystemState, UpdateSystem, never_regresses};
use planwright_oracle::{Naive, stateright_unique};

/// What a naive search says.
pub(crate) fn naive<E: Enactor>(enactors: &UpdateSystem<E>) -> Verdicts {
    let found = Naive::explore(enactors);
    let always = |shortest: Option<usize>| match shortest {
        Some(steps) => Cell::Violated { steps },
        None => Cell::Holds,
    };
    let sometimes = |shortest: Option<usize>| match shortest {
        Some(steps) => Cell::Reached { steps },
        None => Cell::Never,
    };
    let empty = found.shortest(|state| !state.store.all_resolve());
    let dangling = found.shortest(|state| !rollback_resolves(state));
    let regresses = found.shortest_step(enactors, |s, a, t| !never_regresses(s, a, t));
    let trap = found.shortest_trap(enactors, SystemState::converged);
    let live = found.shortest(|state| last_live(enactors, state));
    let cells = [
        (ROOT_RESOLVES, always(empty)),
        (ROLLBACK_RESOLVES, always(dangling)),
        (NEVER_REGRESSES, always(regresses)),
        (RECOVERS, always(trap)),
        (DELETED, sometimes(found.shortest(deleted))),
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
    let ours = verdicts::<DnsTreeRollback>(protocol, &size, &SearchOptions::default());
    let enactors: Enactors = size.system(protocol);
    assert_eq!(ours, naive(&enactors), "{protocol:?} at {size}");
    let stateright = stateright_unique(enactors) as u64;
    assert_eq!(ours.states, stateright, "{protocol:?} at {size}");
}

#[test]
fn every_variant_at_several_sizes() {
    let sizes = [
        Size::new(2, 4),
        Size::default(),
        Size::new(2, 3).age(1).crashes(2),
        Size::new(3, 4),
    ];
    for size in sizes {
        for variant in DnsTreeRollback::variants() {
            assert_agreement(variant.protocol, size);
        }
    }
}

#[test]
fn the_fix_at_the_larger_size_of_the_tour() {
    assert_agreement(Protocol::fixed(), DnsTreeRollback::tour().larger);
}
