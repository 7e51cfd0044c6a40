//! The schedule that the program and README.md show.

use dns_outage::{DnsSystem, Instance, NEVER_EMPTY, NEVER_REGRESSES, Protocol, checker};
use expect_test::{Expect, expect};
use planwright_checker::Trace;
use planwright_report::Story;

use crate::row;

fn assert_schedule(
    protocol: Protocol,
    instance: Instance,
    property: &str,
    expected: &Expect,
) -> String {
    let system: DnsSystem = protocol.system(instance);
    let report = checker(&system).run();
    let finding = report.finding(property).expect("it is asked");
    let story = Story::of_finding(&system, finding).expect("it is violated");
    let printed = story.timeline().to_string();
    expected.assert_eq(&printed);
    // The line at its end is enough to print it again.
    let (_, line) = printed.rsplit_once("replay: ").expect("a replay line");
    let again = Trace::replay(&system, line).expect("it replays");
    assert_eq!(again.path(), line);
    assert_eq!(Some(&again), finding.verdict.trace());
    printed
}

#[test]
fn the_outage() {
    let printed = assert_schedule(
        Protocol::as_deployed(),
        Instance::default(),
        NEVER_EMPTY,
        &expect![[r#"
                  planner
                  │ enactor 0
                  │ │ enactor 1
                1 ● │ │  publishes the next plan                   plan 2: exists
                2 │ ● │  picks plan 2, newer than what is applied
                3 ● │ │  publishes the next plan                   plan 3: exists
                4 ● │ │  publishes the next plan                   plan 4: exists
                5 │ │ ●  picks plan 4, newer than what is applied
                6 │ │ ●  points e0 at plan 4                       e0: plan 1 → plan 4
                7 │ ● │  points e0 at plan 2                       e0: plan 4 → plan 2
                  │ │ │    ~ stale: decided in step 2 with e0 at plan 1; step 6 changed it
                  │ │ │    ! e0: plan 2 overwrites the newer plan 4
                8 │ │ ●  points e1 at plan 4                       e1: plan 1 → plan 4
                9 │ │ ●  deletes plan 1                            plan 1: exists → deleted
               10 │ │ ●  deletes plan 2
                  │ │ │      plan 2: exists → deleted
                  │ │ │      e0: plan 2 → EMPTY: plan 2 is deleted
                  │ │ │    ! e0 is EMPTY: it names plan 2, which no longer exists
                  │ │ │    ✗ violated: every endpoint resolves (e0 EMPTY: plan 2 is deleted)
             then  plans      plan 1 deleted, plan 2 deleted, plan 3 exists, plan 4 exists
                   endpoints  e0 EMPTY: plan 2 is deleted, e1 plan 4
                   enactors   enactor 0 goes on without a write to e1, holds plan 2
                              enactor 1 goes on with the clean-up after plan 4
            replay: 0/0/1/0/0/2/2/0/2/2/2"#]],
    );
    let readme = include_str!("../../../../README.md");
    assert!(
        readme.contains(&printed),
        "README.md shows another schedule"
    );
}

#[test]
fn a_plan_that_is_deleted_before_it_is_written() {
    assert_schedule(
        row("4"),
        Instance::new(1, 2, 4),
        NEVER_EMPTY,
        &expect![[r#"
                  planner
                  │ enactor 0
                  │ │ enactor 1
                1 ● │ │  publishes the next plan                   plan 2: exists
                2 │ ● │  picks plan 2, newer than what is applied
                3 ● │ │  publishes the next plan                   plan 3: exists
                4 ● │ │  publishes the next plan                   plan 4: exists
                5 │ │ ●  picks plan 4, newer than what is applied
                6 │ │ ●  points e0 at plan 4                       e0: plan 1 → plan 4
                7 │ │ ●  deletes plan 1                            plan 1: exists → deleted
                8 │ │ ●  deletes plan 2                            plan 2: exists → deleted
                9 │ ● │  points e0 at plan 2
                  │ │ │      e0: plan 4 → EMPTY: plan 2 is deleted
                  │ │ │    ~ stale: decided in step 2 with plan 2 there; step 8 changed it
                  │ │ │    ! e0: plan 2 overwrites the newer plan 4
                  │ │ │    ! e0 is EMPTY: it names plan 2, which no longer exists
                  │ │ │    ✗ violated: every endpoint resolves (e0 EMPTY: plan 2 is deleted)
             then  plans      plan 1 deleted, plan 2 deleted, plan 3 exists, plan 4 exists
                   endpoints  e0 EMPTY: plan 2 is deleted
                   enactors   enactor 0 goes on with the clean-up after plan 2
                              enactor 1 goes on with the clean-up after plan 4
            replay: 0/0/1/0/0/1/1/1/1/0"#]],
    );
}

#[test]
fn a_step_back() {
    assert_schedule(
        row("6"),
        Instance::new(1, 2, 4),
        NEVER_REGRESSES,
        &expect![[r#"
                  planner
                  │ enactor 0
                  │ │ enactor 1
                1 ● │ │  publishes the next plan                   plan 2: exists
                2 │ ● │  picks plan 2, newer than what is applied
                3 ● │ │  publishes the next plan                   plan 3: exists
                4 │ │ ●  picks plan 3, newer than what is applied
                5 │ │ ●  points e0 at plan 3                       e0: plan 1 → plan 3
                6 │ ● │  points e0 at plan 2                       e0: plan 3 → plan 2
                  │ │ │    ~ stale: decided in step 2 with e0 at plan 1; step 5 changed it
                  │ │ │    ! e0: plan 2 overwrites the newer plan 3
                  │ │ │    ✗ violated: no endpoint goes back to an older plan
             then  plans      plan 1 exists, plan 2 exists, plan 3 exists
                   endpoints  e0 plan 2
                   enactors   enactor 0 goes on with the clean-up after plan 2
                              enactor 1 goes on with the clean-up after plan 3
            replay: 0/0/1/0/2/2/1"#]],
    );
}
