//! What is known of the models besides their counts, as the naive search sees it.

use planwright_oracle::*;
use stateright::{Expectation, Model};

/// Asserts that the model's own properties have the verdicts they should have.
fn assert_properties<M: Model>(model: &M)
where
    M::State: Clone + Eq + std::hash::Hash,
{
    let found = Naive::explore(model);
    for property in model.properties() {
        let holding = found.count(|state| (property.condition)(model, state));
        match property.expectation {
            Expectation::Always => assert_eq!(holding, found.unique(), "{}", property.name),
            _ => assert_ne!(holding, 0, "{}", property.name),
        }
    }
}

#[test]
fn properties_hold() {
    assert_properties(&DieHard);
    assert_properties(&CoffeeCan { capacity: 20 });
    assert_properties(&Peterson);
    assert_properties(&TerminationDetection { nodes: 4 });
    assert_properties(&TokenRing {
        machines: 4,
        values: 3,
    });
    assert_properties(&TransactionCommit { rms: 4 });
    assert_properties(&TwoPhaseCommit { rms: 4 });
    assert_properties(&PackedTwoPhaseCommit { rms: 5 });
    assert_properties(&DiningPhilosophers {
        seats: 4,
        manners: Manners::LowestFirst,
    });
}

#[test]
fn only_the_order_of_forks_rules_out_deadlock() {
    let terminal = |manners| Naive::explore(&DiningPhilosophers { seats: 5, manners }).terminal;
    assert_eq!(terminal(Manners::Either), 2);
    assert_eq!(terminal(Manners::LeftFirst), 1);
    assert_eq!(terminal(Manners::LowestFirst), 0);
}

#[test]
fn a_shortest_deadlock_takes_every_left_fork() {
    let table = DiningPhilosophers {
        seats: 5,
        manners: Manners::LeftFirst,
    };
    let stuck = |forks: &Vec<Fork>| forks.iter().all(|&fork| fork == Fork::Own);
    assert_eq!(Naive::explore(&table).shortest(stuck), Some(5));
}

#[test]
fn tokens_of_a_ring_never_become_more() {
    let ring = TokenRing {
        machines: 5,
        values: 4,
    };
    let found = Naive::explore(&ring);
    let privileges = |counters: &Vec<u8>| TokenRing::privileges(counters);
    let more = found.shortest_step(&ring, |before, _, after| {
        privileges(after) > privileges(before)
    });
    assert_eq!(more, None);
    let fewer = found.shortest_step(&ring, |before, _, after| {
        privileges(after) < privileges(before)
    });
    assert_eq!(fewer, Some(1));
}

#[test]
fn the_parity_of_white_beans_is_kept() {
    let can = CoffeeCan { capacity: 20 };
    let found = Naive::explore(&can);
    assert_eq!(
        found.shortest_step(&can, |a, _, b| a.white % 2 != b.white % 2),
        None
    );
}

#[test]
fn a_first_critical_section_takes_four_steps_and_is_left_in_two() {
    let found = Naive::explore(&Peterson);
    assert_eq!(
        found.shortest(|state| state.at.contains(&Label::Critical)),
        Some(4)
    );
    let leaves = |before: &Processes, &mover: &u8, _: &Processes| {
        before.at[usize::from(mover)] == Label::Lower
    };
    assert_eq!(found.shortest_step(&Peterson, leaves), Some(6));
}

/// Counts by one or by two, up to a boundary, and stays at the boundary.
#[derive(Clone)]
struct Counter;

impl Model for Counter {
    type State = u32;
    type Action = u32;

    fn init_states(&self) -> Vec<u32> {
        vec![0, 0, 9]
    }

    fn actions(&self, _: &u32, actions: &mut Vec<u32>) {
        actions.extend([0, 1, 2, 3]);
    }

    fn next_state(&self, last: &u32, by: u32) -> Option<u32> {
        (by != 3).then_some(last + by)
    }

    fn within_boundary(&self, state: &u32) -> bool {
        *state <= 4
    }
}

#[test]
fn naive_search_counts_what_the_boundary_cuts() {
    let found = Naive::explore(&Counter);
    assert_eq!(found.states, [0, 1, 2, 3, 4]);
    assert_eq!(found.depths, [0, 1, 1, 2, 2]);
    assert_eq!((found.unique(), found.depth()), (5, 2));
    assert_eq!((found.transitions, found.terminal, found.cut), (15, 0, 3));
    assert_eq!(
        found.shortest_step(&Counter, |_, &by, after| by == 2 && *after == 3),
        Some(2)
    );
    assert_eq!(
        found.shortest_step(&Counter, |_, _, after| *after > 4),
        Some(3)
    );
    assert_eq!(stateright_unique(Counter), 5);
}
