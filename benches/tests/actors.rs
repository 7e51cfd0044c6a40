//! The updaters as actors are explored as by a naive search, and have the race of all that check first.

use planwright_benches::{Explored, Updaters, planwright, stateright_breadth_first};
use planwright_checker::Checker;
use planwright_oracle::Naive;

#[test]
fn all_find_the_same_states() {
    for (updaters, last) in [(1, 3), (2, 3), (2, 6), (3, 4)] {
        let model = Updaters::new(updaters, last);
        let expected = Explored {
            states: Naive::explore(&model).unique() as u64,
            violated: false,
        };
        for threads in [1, 2] {
            assert_eq!(planwright(&model, threads, |_, _| true), expected);
        }
        let theirs = stateright_breadth_first(model, 1, |_, _| true);
        assert_eq!(theirs, expected);
    }
}

#[test]
fn the_store_can_go_back_with_two_updaters_only() {
    for (updaters, goes_back) in [(1, false), (2, true)] {
        let model = Updaters::new(updaters, 4);
        let report = Checker::new(&model)
            .always_step("the store never goes back", |before, _, after| {
                after.actor_states[0] >= before.actor_states[0]
            })
            .run();
        let finding = report.finding("the store never goes back");
        let naive = Naive::explore(&model).shortest_step(&model, |before, _, after| {
            after.actor_states[0] < before.actor_states[0]
        });
        let steps = finding
            .and_then(|f| f.verdict.trace())
            .map(|trace| trace.len());
        assert_eq!(steps, naive);
        assert_eq!(steps.is_some(), goes_back, "{report}");
    }
}
