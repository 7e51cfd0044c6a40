//! The schedules that the program and the README show.

use dns_tree_rollback::{
    Enactors, Protocol, RECOVERS, ROLLBACK_RESOLVES, ROOT_RESOLVES, Size, checker,
};
use expect_test::{Expect, expect};
use planwright_checker::Trace;
use planwright_core::{Conflict, SystemAction};
use planwright_model::{Depict as _, Model as _, RemarkKind};

fn enactors(protocol: Protocol) -> Enactors {
    Size::default().system(protocol)
}

fn assert_schedule(protocol: Protocol, property: &str, expected: &Expect) -> String {
    let enactors = enactors(protocol);
    let report = checker(&enactors).run();
    let printed = report
        .assert_violated(property)
        .display(&enactors)
        .to_string();
    expected.assert_eq(&printed);
    // The line at its end is enough to print it again.
    let (_, line) = printed.rsplit_once("replay: ").expect("a replay line");
    let again = Trace::replay(&enactors, line).expect("it replays");
    assert_eq!(again.display(&enactors).to_string(), printed);
    printed
}

fn assert_in_readme(printed: &str) {
    let readme = include_str!("../../README.md");
    assert!(readme.contains(printed), "README.md shows another schedule");
}

#[test]
fn a_laggard_takes_the_lock_in_good_order() {
    let expected = expect![[r#"
          0                                                            plans {1}  e0 -> plan 1
          1  planner    publishes the next plan                        plans {1, 2}  e0 -> plan 1
          2  planner    publishes the next plan                        plans {1, 2, 3}  e0 -> plan 1
          3  planner    publishes the next plan                        plans {1, 2, 3, 4}  e0 -> plan 1
          4  enactor 0  picks plan 2                                   plans {1, 2, 3, 4}  e0 -> plan 1
          5  enactor 0  reads the lock (epoch 0), holds plan 2         plans {1, 2, 3, 4}  e0 -> plan 1
          6  enactor 1  picks plan 2                                   plans {1, 2, 3, 4}  e0 -> plan 1
          7  enactor 0  installs plan 2 at e0, advances the lock, saves the rollback pointer
                                                                       plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 1  lock at epoch 1
          8  enactor 0  finds nothing to clean up                      plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 1  lock at epoch 1
          9  enactor 0  picks plan 3                                   plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 1  lock at epoch 1
         10  enactor 0  reads the lock (epoch 1), holds plan 3         plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 1  lock at epoch 1
         11  enactor 0  installs plan 3 at e0, advances the lock, saves the rollback pointer
                                                                       plans {1, 2, 3, 4}  e0 -> plan 3  rollback -> plan 2  lock at epoch 2
         12  enactor 0  deletes all plans 2 or more older than plan 3  plans {2, 3, 4}  e0 -> plan 3  rollback -> plan 2  lock at epoch 2
         13  enactor 0  picks plan 4                                   plans {2, 3, 4}  e0 -> plan 3  rollback -> plan 2  lock at epoch 2
         14  enactor 0  reads the lock (epoch 2), holds plan 4         plans {2, 3, 4}  e0 -> plan 3  rollback -> plan 2  lock at epoch 2
         15  enactor 0  installs plan 4 at e0, advances the lock, saves the rollback pointer
                                                                       plans {2, 3, 4}  e0 -> plan 4  rollback -> plan 3  lock at epoch 3
         16  enactor 1  reads the lock (epoch 3), holds plan 2         plans {2, 3, 4}  e0 -> plan 4  rollback -> plan 3  lock at epoch 3
         17  enactor 1  installs plan 2 at e0, advances the lock, saves the rollback pointer
                                                                       plans {2, 3, 4}  e0 -> plan 2  rollback -> plan 4  lock at epoch 4
                                                                       ^ e0: plan 2 overwrites the newer plan 4
         18  enactor 0  deletes all plans 2 or more older than plan 4  plans {3, 4}  e0 -> EMPTY (plan 2 is deleted)  rollback -> plan 4  lock at epoch 4
                                                                       ^ e0 is EMPTY: it names plan 2, which no longer exists
        replay: 0/0/0/0/0/0/2/0/0/0/0/0/0/0/0/0/2/2/0"#]];
    let printed = assert_schedule(Protocol::as_deployed(), ROOT_RESOLVES, &expected);
    assert_in_readme(&printed);
}

/// The stuck state of the incident: enactors are busy for ever, and whatever they write is refused.
#[test]
fn from_an_empty_root_every_update_is_refused() {
    let enactors = enactors(Protocol::as_deployed());
    let report = checker(&enactors).exhaustive().run();
    let mut seen = vec![*report.assert_violated(RECOVERS).last_state()];
    let mut refused = 0;
    let mut next = 0;
    while next < seen.len() {
        let state = seen[next];
        next += 1;
        assert!(!state.store.all_resolve(), "{state:?}");
        let steps = enactors.next_steps(&state);
        assert!(!steps.is_empty(), "a deadlock: {state:?}");
        for (action, after) in steps {
            match action {
                SystemAction::Refused { conflict, .. } => {
                    assert!(matches!(conflict, Conflict::Dangling { .. }), "{conflict}");
                    refused += 1;
                }
                SystemAction::Commit { transaction, .. } => {
                    let flips = after.store.lock() != state.store.lock();
                    assert!(!flips, "{transaction}");
                }
                _ => {}
            }
            if !seen.contains(&after) {
                seen.push(after);
            }
        }
    }
    assert!(refused > 0);
}

#[test]
fn the_newest_plan_is_picked_and_late_all_the_same() {
    let expected = expect![[r#"
          0                                                            plans {1}  e0 -> plan 1
          1  planner    publishes the next plan                        plans {1, 2}  e0 -> plan 1
          2  enactor 0  picks plan 2                                   plans {1, 2}  e0 -> plan 1
          3  planner    publishes the next plan                        plans {1, 2, 3}  e0 -> plan 1
          4  planner    publishes the next plan                        plans {1, 2, 3, 4}  e0 -> plan 1
          5  enactor 1  picks plan 4                                   plans {1, 2, 3, 4}  e0 -> plan 1
          6  enactor 1  reads the lock (epoch 0), holds plan 4         plans {1, 2, 3, 4}  e0 -> plan 1
          7  enactor 1  installs plan 4 at e0, advances the lock, saves the rollback pointer
                                                                       plans {1, 2, 3, 4}  e0 -> plan 4  rollback -> plan 1  lock at epoch 1
          8  enactor 0  reads the lock (epoch 1), holds plan 2         plans {1, 2, 3, 4}  e0 -> plan 4  rollback -> plan 1  lock at epoch 1
          9  enactor 0  installs plan 2 at e0, advances the lock, saves the rollback pointer
                                                                       plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 4  lock at epoch 2
                                                                       ^ e0: plan 2 overwrites the newer plan 4
         10  enactor 1  deletes all plans 2 or more older than plan 4  plans {3, 4}  e0 -> EMPTY (plan 2 is deleted)  rollback -> plan 4  lock at epoch 2
                                                                       ^ e0 is EMPTY: it names plan 2, which no longer exists
        replay: 0/0/1/0/0/2/2/2/0/0/2"#]];
    assert_schedule(Protocol::picking_the_newest(), ROOT_RESOLVES, &expected);
}

#[test]
fn clean_up_under_the_lock() {
    let expected = expect![[r#"
          0                                                                               plans {1}  e0 -> plan 1
          1  planner    publishes the next plan                                           plans {1, 2}  e0 -> plan 1
          2  planner    publishes the next plan                                           plans {1, 2, 3}  e0 -> plan 1
          3  planner    publishes the next plan                                           plans {1, 2, 3, 4}  e0 -> plan 1
          4  enactor 0  picks plan 2                                                      plans {1, 2, 3, 4}  e0 -> plan 1
          5  enactor 0  reads the lock (epoch 0), holds plan 2                            plans {1, 2, 3, 4}  e0 -> plan 1
          6  enactor 1  picks plan 2                                                      plans {1, 2, 3, 4}  e0 -> plan 1
          7  enactor 0  installs plan 2 at e0, advances the lock, saves the rollback pointer
                                                                                          plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 1  lock at epoch 1
          8  enactor 0  finds nothing to clean up                                         plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 1  lock at epoch 1
          9  enactor 0  picks plan 3                                                      plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 1  lock at epoch 1
         10  enactor 0  reads the lock (epoch 1), holds plan 3                            plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 1  lock at epoch 1
         11  enactor 0  installs plan 3 at e0, advances the lock, saves the rollback pointer
                                                                                          plans {1, 2, 3, 4}  e0 -> plan 3  rollback -> plan 2  lock at epoch 2
         12  enactor 0  crashes and restarts, its memory is lost                          plans {1, 2, 3, 4}  e0 -> plan 3  rollback -> plan 2  lock at epoch 2
         13  enactor 0  picks plan 4                                                      plans {1, 2, 3, 4}  e0 -> plan 3  rollback -> plan 2  lock at epoch 2
         14  enactor 0  reads the lock (epoch 2), holds plan 4                            plans {1, 2, 3, 4}  e0 -> plan 3  rollback -> plan 2  lock at epoch 2
         15  enactor 0  installs plan 4 at e0, advances the lock, saves the rollback pointer
                                                                                          plans {1, 2, 3, 4}  e0 -> plan 4  rollback -> plan 3  lock at epoch 3
         16  enactor 1  reads the lock (epoch 3), holds plan 2                            plans {1, 2, 3, 4}  e0 -> plan 4  rollback -> plan 3  lock at epoch 3
         17  enactor 1  installs plan 2 at e0, advances the lock, saves the rollback pointer
                                                                                          plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 4  lock at epoch 4
                                                                                          ^ e0: plan 2 overwrites the newer plan 4
         18  enactor 0  reads the lock (epoch 4), to clean up                             plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 4  lock at epoch 4
         19  enactor 0  deletes all plans 2 or more older than plan 4, advances the lock  plans {3, 4}  e0 -> EMPTY (plan 2 is deleted)  rollback -> plan 4  lock at epoch 5
                                                                                          ^ e0 is EMPTY: it names plan 2, which no longer exists
        replay: 0/0/0/0/0/0/2/0/0/0/0/0/1/0/0/0/1/1/0/0"#]];
    assert_schedule(
        Protocol::cleaning_under_the_lock(),
        ROOT_RESOLVES,
        &expected,
    );
}

#[test]
fn clean_up_that_looks_before_it_deletes() {
    let expected = expect![[r#"
          0                                                     plans {1}  e0 -> plan 1
          1  planner    publishes the next plan                 plans {1, 2}  e0 -> plan 1
          2  planner    publishes the next plan                 plans {1, 2, 3}  e0 -> plan 1
          3  planner    publishes the next plan                 plans {1, 2, 3, 4}  e0 -> plan 1
          4  enactor 0  picks plan 2                            plans {1, 2, 3, 4}  e0 -> plan 1
          5  enactor 0  reads the lock (epoch 0), holds plan 2  plans {1, 2, 3, 4}  e0 -> plan 1
          6  enactor 1  picks plan 2                            plans {1, 2, 3, 4}  e0 -> plan 1
          7  enactor 0  installs plan 2 at e0, advances the lock, saves the rollback pointer
                                                                plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 1  lock at epoch 1
          8  enactor 0  finds nothing to clean up               plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 1  lock at epoch 1
          9  enactor 0  picks plan 3                            plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 1  lock at epoch 1
         10  enactor 0  reads the lock (epoch 1), holds plan 3  plans {1, 2, 3, 4}  e0 -> plan 2  rollback -> plan 1  lock at epoch 1
         11  enactor 0  installs plan 3 at e0, advances the lock, saves the rollback pointer
                                                                plans {1, 2, 3, 4}  e0 -> plan 3  rollback -> plan 2  lock at epoch 2
         12  enactor 0  finds plan 1 unused                     plans {1, 2, 3, 4}  e0 -> plan 3  rollback -> plan 2  lock at epoch 2
         13  enactor 0  deletes plan 1                          plans {2, 3, 4}  e0 -> plan 3  rollback -> plan 2  lock at epoch 2
         14  enactor 0  finds nothing to clean up               plans {2, 3, 4}  e0 -> plan 3  rollback -> plan 2  lock at epoch 2
         15  enactor 0  picks plan 4                            plans {2, 3, 4}  e0 -> plan 3  rollback -> plan 2  lock at epoch 2
         16  enactor 0  reads the lock (epoch 2), holds plan 4  plans {2, 3, 4}  e0 -> plan 3  rollback -> plan 2  lock at epoch 2
         17  enactor 0  installs plan 4 at e0, advances the lock, saves the rollback pointer
                                                                plans {2, 3, 4}  e0 -> plan 4  rollback -> plan 3  lock at epoch 3
         18  enactor 0  finds plan 2 unused                     plans {2, 3, 4}  e0 -> plan 4  rollback -> plan 3  lock at epoch 3
         19  enactor 1  reads the lock (epoch 3), holds plan 2  plans {2, 3, 4}  e0 -> plan 4  rollback -> plan 3  lock at epoch 3
         20  enactor 1  installs plan 2 at e0, advances the lock, saves the rollback pointer
                                                                plans {2, 3, 4}  e0 -> plan 2  rollback -> plan 4  lock at epoch 4
                                                                ^ e0: plan 2 overwrites the newer plan 4
         21  enactor 0  deletes plan 2                          plans {3, 4}  e0 -> EMPTY (plan 2 is deleted)  rollback -> plan 4  lock at epoch 4
                                                                ^ e0 is EMPTY: it names plan 2, which no longer exists
        replay: 0/0/0/0/0/0/2/0/0/0/0/0/0/0/0/0/0/0/0/2/2/0"#]];
    assert_schedule(
        Protocol::looking_before_deleting(),
        ROOT_RESOLVES,
        &expected,
    );
}

#[test]
fn a_rollback_pointer_to_a_tree_that_is_gone() {
    let expected = expect![[r#"
          0                                                            plans {1}  e0 -> plan 1
          1  planner    publishes the next plan                        plans {1, 2}  e0 -> plan 1
          2  planner    publishes the next plan                        plans {1, 2, 3}  e0 -> plan 1
          3  enactor 0  picks plan 3                                   plans {1, 2, 3}  e0 -> plan 1
          4  enactor 0  reads the lock (epoch 0), holds plan 3         plans {1, 2, 3}  e0 -> plan 1
          5  enactor 0  installs plan 3 at e0, advances the lock, saves the rollback pointer
                                                                       plans {1, 2, 3}  e0 -> plan 3  rollback -> plan 1  lock at epoch 1
          6  enactor 0  deletes all plans 2 or more older than plan 3  plans {2, 3}  e0 -> plan 3  rollback -> GONE (plan 1)  lock at epoch 1
                                                                       ^ the rollback pointer names plan 1, which no longer exists
        replay: 0/0/0/1/1/1/1"#]];
    let skipping = Protocol::comparing_the_newest();
    let printed = assert_schedule(skipping, ROLLBACK_RESOLVES, &expected);
    assert_in_readme(&printed);
}

/// Replays a line, and gives what the steps rest on that is not so any more, with their numbers.
fn stale_steps(enactors: &Enactors, line: &str) -> Vec<(usize, String)> {
    let trace = Trace::replay(enactors, line).expect("it replays");
    let steps: Vec<_> = trace.states().iter().zip(trace.actions()).collect();
    let told = (1..).zip(&trace.states()[1..]).flat_map(|(step, end)| {
        let remarks = enactors.remarks_on_last(&steps[..step], end).into_iter();
        let stale = remarks.filter(|remark| remark.kind == RemarkKind::StaleKnowledge);
        stale.map(move |remark| (step, remark.text))
    });
    told.collect()
}

/// By hand. The lock that is read last is checked, and does not vouch for the plan that was chosen before it.
#[test]
fn what_late_installations_and_deletions_rest_on() {
    let late = |protocol: Protocol, line: &str, expected: &[(usize, &str)]| {
        let told = stale_steps(&enactors(protocol), line);
        let told: Vec<_> = told.iter().map(|(step, text)| (*step, &text[..])).collect();
        assert_eq!(told, expected, "{line}");
    };
    let chosen = "decided in step 6 with e0 at plan 1; step 7 changed it";
    late(
        Protocol::as_deployed(),
        "0/0/0/0/0/0/2/0/0/0/0/0/0/0/0/0/2/2/0",
        &[(17, chosen)],
    );
    late(
        Protocol::picking_the_newest(),
        "0/0/1/0/0/2/2/2/0/0/2",
        &[(9, "decided in step 2 with e0 at plan 1; step 7 changed it")],
    );
    late(
        Protocol::cleaning_under_the_lock(),
        "0/0/0/0/0/0/2/0/0/0/0/0/1/0/0/0/1/1/0/0",
        &[(17, chosen)],
    );
    late(
        Protocol::looking_before_deleting(),
        "0/0/0/0/0/0/2/0/0/0/0/0/0/0/0/0/0/0/0/2/2/0",
        &[
            (20, chosen),
            (
                21,
                "decided in step 18 with e0 at plan 4; step 20 changed it",
            ),
        ],
    );
    // What the only enactor that acts has read, nobody changes.
    late(Protocol::comparing_the_newest(), "0/0/0/1/1/1/1", &[]);
}
