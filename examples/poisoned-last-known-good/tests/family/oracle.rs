//! The checker against judges that share no code with it: a naive search, and Stateright's own
//! breadth-first checker.

use planwright_cli::{Cell, Family, SearchOptions, Verdicts, verdicts};
use planwright_core::Generation;
use planwright_oracle::{Naive, stateright_unique};
use poisoned_last_known_good::{
    CONTAINED, DOWN, Fleet, KNOWN_GOOD_WORKS, LAST_LIVE, PoisonedLastKnownGood, Protocol, RECOVERS,
    Size, State, contained, known_good_works, last_live, works,
};

/// What a naive search says.
fn naive(fleet: &Fleet) -> Verdicts {
    let found = Naive::explore(fleet);
    let violated = |steps: Option<usize>| match steps {
        Some(steps) => Cell::Violated { steps },
        None => Cell::Holds,
    };
    let sometimes = |steps: Option<usize>| match steps {
        Some(steps) => Cell::Reached { steps },
        None => Cell::Never,
    };
    let successor = |plan: Generation, _| plan.successor().expect("there are few plans");
    let last = (1..fleet.size.plans).fold(Generation::FIRST, successor);
    let goes_on = |before: &_, action: &_, after: &_| !contained(before, action, after);
    let cells = [
        (
            KNOWN_GOOD_WORKS,
            violated(found.shortest(|state| !known_good_works(state))),
        ),
        (CONTAINED, violated(found.shortest_step(fleet, goes_on))),
        (RECOVERS, violated(found.shortest_trap(fleet, works))),
        (DOWN, sometimes(found.shortest(State::is_down))),
        (
            LAST_LIVE,
            sometimes(found.shortest(|state| last_live(state, last))),
        ),
    ];
    Verdicts {
        cells: cells.map(|(name, cell)| (name.to_owned(), cell)).into(),
        states: found.unique() as u64,
        transitions: found.transitions,
        complete: true,
    }
}

fn assert_agreement(protocol: Protocol, size: Size) {
    let ours = verdicts::<PoisonedLastKnownGood>(protocol, &size, &SearchOptions::default());
    let fleet = Fleet::new(protocol, size);
    assert_eq!(ours, naive(&fleet), "{protocol:?} at {size}");
    let stateright = stateright_unique(fleet) as u64;
    assert_eq!(ours.states, stateright, "{protocol:?} at {size}");
}

#[test]
fn every_variant_at_several_sizes() {
    for size in [
        Size::new(1, 1, 1, 0),
        Size::new(1, 3, 3, 2),
        Size::new(2, 1, 4, 3),
        Size::default(),
        Size::new(3, 1, 3, 1),
    ] {
        for variant in PoisonedLastKnownGood::variants() {
            assert_agreement(variant.protocol, size);
        }
    }
}

#[test]
fn the_fix_at_the_larger_size_of_the_tour() {
    assert_agreement(
        Protocol::acknowledged(),
        PoisonedLastKnownGood::tour().larger,
    );
}
