//! Both judges count what others have published.

use std::fmt::Debug;
use std::hash::Hash;

use planwright_oracle::*;
use stateright::Model;

/// What TLC prints: distinct states, generated states with the initial ones, states on the longest
/// of the shortest schedules.
#[derive(Debug, PartialEq)]
struct Tlc(usize, u64, usize);

fn explore<M>(model: M) -> Naive<M>
where
    M: Model + Clone + Send + Sync + 'static,
    M::State: Clone + Debug + Eq + Hash + Send + Sync + 'static,
    M::Action: Clone + PartialEq + Send + Sync + 'static,
{
    let found = Naive::explore(&model);
    assert_eq!(found.unique(), stateright_unique(model));
    found
}

fn tlc<M>(model: M) -> Tlc
where
    M: Model + Clone + Send + Sync + 'static,
    M::State: Clone + Debug + Eq + Hash + Send + Sync + 'static,
    M::Action: Clone + PartialEq + Send + Sync + 'static,
{
    let found = explore(model.clone());
    let generated = model.init_states().len() as u64 + found.transitions;
    Tlc(found.unique(), generated, found.depth() + 1)
}

#[test]
fn die_hard() {
    assert_eq!(tlc(DieHard), Tlc(16, 97, 8));
    assert_eq!(
        Naive::explore(&DieHard).shortest(|jugs| jugs.big == 4),
        Some(6)
    );
}

#[test]
fn two_phase_commit() {
    assert_eq!(tlc(TwoPhaseCommit { rms: 3 }), Tlc(288, 1146, 11));
    assert_eq!(explore(TwoPhaseCommit { rms: 5 }).unique(), 8832);
}

#[test]
fn packed_two_phase_commit_is_the_same_graph() {
    for rms in 1..=6 {
        assert_eq!(
            tlc(PackedTwoPhaseCommit { rms }),
            tlc(TwoPhaseCommit { rms })
        );
    }
}

#[test]
fn packed_two_phase_commit_of_seven() {
    assert_eq!(explore(PackedTwoPhaseCommit { rms: 7 }).unique(), 296_448);
}

#[test]
fn transaction_commit() {
    assert_eq!(tlc(TransactionCommit { rms: 3 }), Tlc(34, 94, 7));
}

#[test]
fn peterson() {
    assert_eq!(tlc(Peterson), Tlc(42, 77, 11));
}

#[test]
fn termination_detection() {
    assert_eq!(explore(TerminationDetection { nodes: 3 }).unique(), 302);
    let four = explore(TerminationDetection { nodes: 4 });
    assert_eq!((four.unique(), four.depth() + 1), (1566, 12));
}

#[test]
fn token_ring() {
    assert_eq!(
        tlc(TokenRing {
            machines: 6,
            values: 6
        }),
        Tlc(46_656, 248_832, 1)
    );
}

#[test]
fn coffee_can() {
    assert_eq!(tlc(CoffeeCan { capacity: 100 }), Tlc(5150, 20_002, 1));
}

#[test]
fn dining_philosophers() {
    let count = |manners, seats| explore(DiningPhilosophers { seats, manners }).unique();
    assert_eq!(count(Manners::Either, 5), 243);
    assert_eq!(count(Manners::Either, 10), 59_049);
    assert_eq!(
        [2, 3, 4, 5].map(|seats| count(Manners::LeftFirst, seats)),
        [6, 14, 34, 82]
    );
}
