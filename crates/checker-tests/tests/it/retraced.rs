//! A checkpoint of another model or other properties under the same names is refused.

use planwright_checker::{Checker, CheckpointError, Model};

use super::checkpoint::{create, open};

/// Counts to 20.
struct Counter;

impl Model for Counter {
    type State = u64;
    type Action = ();

    fn init_states(&self) -> Vec<u64> {
        vec![0]
    }

    fn actions(&self, state: &u64, actions: &mut Vec<()>) {
        actions.extend((*state < 20).then_some(()));
    }

    fn next_state(&self, state: &u64, (): ()) -> Option<u64> {
        Some(state + 1)
    }
}

/// A property of the same name and kind, with another predicate: it was violated long ago, or it is not where it
/// was said to be open.
#[test]
fn another_property_under_the_same_name_is_refused() {
    type Check = fn(Checker<'_, Counter>, u64) -> Checker<'_, Counter>;
    let checks: [(Check, u64, u64); 8] = [
        (|c, n| c.always("p", move |s| *s < n), 15, 4),
        (
            |c, n| c.always_implies("p", |_| true, move |s| *s < n),
            15,
            4,
        ),
        (|c, n| c.always_step("p", move |s, (), _| *s < n), 15, 4),
        (|c, n| c.sometimes("p", move |s| *s == n), 15, 4),
        // Settled by the fifth state, and by the third with the other predicate.
        (|c, n| c.sometimes("p", move |s| *s == n), 5, 3),
        (|c, n| c.eventually("p", move |s| *s >= n), 15, 4),
        (|c, n| c.recoverable("p", move |s| *s >= n), 15, 9),
        // Only where the search stopped.
        (|c, n| c.always("p", move |s| *s < n), 15, 10),
    ];
    for (number, (check, there, here)) in checks.into_iter().enumerate() {
        let folder = tempfile::tempdir().expect("a folder");
        let checker = |n| check(Checker::new(&Counter), n).exhaustive();
        let part = checker(there).max_depth(10);
        let report = part.checkpoints_by_serde(create(folder.path())).try_run();
        let _ = report.expect("a new run");
        let resumed = checker(here).checkpoints_by_serde(open(folder.path()));
        let Err(error) = resumed.try_run() else {
            panic!("{number}: it was resumed");
        };
        let text = error.to_string();
        assert!(matches!(error, CheckpointError::Mismatch { .. }), "{text}");
        assert!(
            text.contains("property `p` is another one than then"),
            "{text}"
        );
        assert!(text.contains("let the configuration name"), "{text}");
        let resumed = checker(there).checkpoints_by_serde(open(folder.path()));
        assert!(resumed.try_run().is_ok(), "{number}");
    }
}

/// Deadlocks show when a state is expanded.
#[test]
fn other_final_states_are_noticed_beside_a_schedule() {
    /// A path with a dead end beside each state.
    struct Comb;

    impl Model for Comb {
        type State = (u8, bool);
        type Action = bool;
        fn init_states(&self) -> Vec<(u8, bool)> {
            vec![(0, false)]
        }
        fn actions(&self, (at, is_end): &(u8, bool), actions: &mut Vec<bool>) {
            if !is_end && *at < 20 {
                actions.extend([false, true]);
            }
        }
        fn next_state(&self, (at, _): &(u8, bool), ends: bool) -> Option<(u8, bool)> {
            Some((at + 1, ends))
        }
    }

    let folder = tempfile::tempdir().expect("a folder");
    let check = |first: u8| {
        Checker::new(&Comb).no_deadlock("goes on", move |(at, is_end)| *is_end && *at >= first)
    };
    let part = check(0).max_depth(10);
    let report = part.checkpoints_by_serde(create(folder.path())).try_run();
    let _ = report.expect("a new run");
    let resumed = check(3).checkpoints_by_serde(open(folder.path())).try_run();
    assert!(matches!(resumed, Err(CheckpointError::Mismatch { .. })));
    let resumed = check(0).checkpoints_by_serde(open(folder.path())).try_run();
    assert_eq!(
        resumed.expect("the same").assert_violated("goes on").len(),
        20
    );
}
