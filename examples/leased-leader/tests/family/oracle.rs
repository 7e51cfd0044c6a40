//! The checker against judges that share no code with it: a naive search, and Stateright's own
//! breadth-first checker.

use leased_leader::{
    LAST_LIVE, Leaders, LeasedLeader, NEVER_OVERTAKEN, NEVER_REGRESSES, Phase, Protocol, RECOVERS,
    Size, TWO_LEADERS, last_live, never_overtaken, two_leaders,
};
use planwright_cli::{Cell, Family, SearchOptions, Verdicts, verdicts};
use planwright_core::{Enactor, SystemState, UpdateSystem, never_regresses};
use planwright_oracle::{Naive, stateright_unique};

/// What a naive search says.
pub(crate) fn naive<E>(leaders: &UpdateSystem<E>) -> Verdicts
where
    E: Enactor<Local: AsRef<Phase>>,
{
    let found = Naive::explore(leaders);
    let always = |shortest: Option<usize>| match shortest {
        Some(steps) => Cell::Violated { steps },
        None => Cell::Holds,
    };
    let sometimes = |shortest: Option<usize>| match shortest {
        Some(steps) => Cell::Reached { steps },
        None => Cell::Never,
    };
    let regresses = found.shortest_step(leaders, |s, a, t| !never_regresses(s, a, t));
    let overtaken = found.shortest_step(leaders, |s, a, t| !never_overtaken(s, a, t));
    let trap = found.shortest_trap(leaders, SystemState::converged);
    let live = found.shortest(|state| last_live(leaders, state));
    let cells = [
        (NEVER_REGRESSES, always(regresses)),
        (NEVER_OVERTAKEN, always(overtaken)),
        (RECOVERS, always(trap)),
        (TWO_LEADERS, sometimes(found.shortest(two_leaders))),
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
    let ours = verdicts::<LeasedLeader>(protocol, &size, &SearchOptions::default());
    let leaders: Leaders = size.leaders(protocol);
    assert_eq!(ours, naive(&leaders), "{protocol:?} at {size}");
    let stateright = stateright_unique(leaders) as u64;
    assert_eq!(ours.states, stateright, "{protocol:?} at {size}");
}

#[test]
fn every_variant_at_several_sizes() {
    let sizes = [
        Size::new(2, 1, 3),
        Size::default(),
        Size::new(2, 2, 3).early(2),
        Size::new(3, 1, 3).crashes(1),
    ];
    for size in sizes {
        for variant in LeasedLeader::variants() {
            assert_agreement(variant.protocol, size);
        }
    }
}

#[test]
fn the_fix_at_the_larger_size_of_the_tour() {
    let fix = Protocol::fencing_before_choosing();
    assert_agreement(fix, LeasedLeader::tour().larger);
}
