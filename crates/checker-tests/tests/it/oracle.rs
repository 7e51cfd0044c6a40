//! Models that are not ours: the checker counts what others have published, and agrees with a naive
//! search and with Stateright's breadth-first checker about everything it reports.

use std::fmt::Debug;
use std::hash::Hash;

use planwright_checker::{Checker, Model, Outcome, Verdict};
use planwright_oracle::{
    CoffeeCan, DieHard, DiningPhilosophers, Manners, Naive, PackedTwoPhaseCommit, Peterson,
    TerminationDetection, TokenRing, TransactionCommit, TwoPhaseCommit, stateright_unique,
};
use stateright::Expectation;

/// Explores the model on 1 and 2 threads, compares counts and the verdicts of the model's own
/// properties with the other judges, and returns the number of states.
fn judged<M>(model: M) -> usize
where
    M: Model + Clone + Debug + Send + Sync + 'static,
    M::State: Clone + Debug + Eq + Hash + Send + Sync + 'static,
    M::Action: Clone + Debug + PartialEq + Send + Sync + 'static,
{
    let naive = Naive::explore(&model);
    for threads in [1, 2] {
        let report = Checker::new(&model).exhaustive().threads(threads).run();
        let found = report.statistics();
        assert_eq!(found.states, naive.unique() as u64, "{model:?}");
        assert_eq!(found.transitions, naive.transitions, "{model:?}");
        assert_eq!(found.depth as usize, naive.depth(), "{model:?}");
        for property in model.properties() {
            let finding = report.finding(property.name).expect(property.name);
            let holds = |state: &M::State| (property.condition)(&model, state);
            let (hit, outcome) = match property.expectation {
                Expectation::Always => {
                    let hit = naive.shortest(|state| !holds(state));
                    (
                        hit,
                        if hit.is_none() {
                            Outcome::Holds
                        } else {
                            Outcome::Violated
                        },
                    )
                }
                Expectation::Sometimes => {
                    let hit = naive.shortest(holds);
                    (
                        hit,
                        if hit.is_some() {
                            Outcome::Holds
                        } else {
                            Outcome::Violated
                        },
                    )
                }
                Expectation::Eventually => unreachable!("the liveness tests judge these"),
            };
            assert_eq!(finding.verdict.outcome(), outcome, "{}", property.name);
            let steps = finding.verdict.trace().map(|trace| trace.len());
            assert_eq!(steps, hit, "{}", property.name);
        }
    }
    assert_eq!(stateright_unique(model), naive.unique());
    naive.unique()
}

#[test]
fn two_phase_commit() {
    assert_eq!(judged(TwoPhaseCommit { rms: 3 }), 288);
    assert_eq!(judged(TwoPhaseCommit { rms: 5 }), 8_832);
    assert_eq!(judged(PackedTwoPhaseCommit { rms: 6 }), 50_816);
}

#[test]
fn transaction_commit() {
    assert_eq!(judged(TransactionCommit { rms: 3 }), 34);
}

#[test]
fn die_hard() {
    assert_eq!(judged(DieHard), 16);
    let report = Checker::new(&DieHard)
        .without_model_properties()
        .sometimes("four gallons", |jugs| jugs.big == 4)
        .run();
    let Some(Verdict::Holds {
        witness: Some(trace),
    }) = report
        .finding("four gallons")
        .map(|finding| &finding.verdict)
    else {
        panic!("{report}");
    };
    assert_eq!(trace.len(), 6);
}

#[test]
fn peterson() {
    assert_eq!(judged(Peterson), 42);
}

#[test]
fn termination_detection() {
    assert_eq!(judged(TerminationDetection { nodes: 3 }), 302);
    assert_eq!(judged(TerminationDetection { nodes: 4 }), 1_566);
}

#[test]
fn token_ring() {
    let ring = TokenRing {
        machines: 6,
        values: 6,
    };
    assert_eq!(judged(ring), 46_656);
}

#[test]
fn coffee_can() {
    assert_eq!(judged(CoffeeCan { capacity: 100 }), 5_150);
}

#[test]
fn dining_philosophers() {
    let count = |manners, seats| judged(DiningPhilosophers { seats, manners });
    assert_eq!(count(Manners::Either, 5), 243);
    assert_eq!(count(Manners::LeftFirst, 5), 82);
    assert_eq!(count(Manners::Either, 10), 59_049);
}
