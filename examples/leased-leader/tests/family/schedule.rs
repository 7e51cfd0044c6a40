//! The schedules that the program and the README show.

use expect_test::{Expect, expect};
use leased_leader::{Leaders, NEVER_REGRESSES, Protocol, RECOVERS, Size, checker};
use planwright_checker::Trace;
use planwright_model::{Depict as _, RemarkKind};

fn assert_schedule(protocol: Protocol, size: Size, property: &str, expected: &Expect) -> String {
    let leaders: Leaders = size.leaders(protocol);
    let report = checker(&leaders).run();
    let printed = report
        .assert_violated(property)
        .display(&leaders)
        .to_string();
    expected.assert_eq(&printed);
    // The line at its end is enough to print it again.
    let (_, line) = printed.rsplit_once("replay: ").expect("a replay line");
    let again = Trace::replay(&leaders, line).expect("it replays");
    assert_eq!(again.display(&leaders).to_string(), printed);
    printed
}

fn assert_in_readme(printed: &str) {
    let readme = include_str!("../../README.md");
    assert!(readme.contains(printed), "README.md shows another schedule");
}

#[test]
fn a_lease_without_fencing() {
    assert_schedule(
        Protocol::as_deployed(),
        Size::default(),
        NEVER_REGRESSES,
        &expect![[r#"
              0                                                 plans {1}  e0 -> plan 1  e1 -> plan 1
              1  planner    publishes the next plan             plans {1, 2}  e0 -> plan 1  e1 -> plan 1
              2  enactor 0  takes the lease                     plans {1, 2}  e0 -> plan 1  e1 -> plan 1  lease of token 1
              3  enactor 0  picks plan 2, holds token 1         plans {1, 2}  e0 -> plan 1  e1 -> plan 1  lease of token 1
              4  planner    publishes the next plan             plans {1, 2, 3}  e0 -> plan 1  e1 -> plan 1  lease of token 1
              5  lease      expires, granted with token 1       plans {1, 2, 3}  e0 -> plan 1  e1 -> plan 1  lease free
              6  enactor 1  takes the lease                     plans {1, 2, 3}  e0 -> plan 1  e1 -> plan 1  lease of token 2
              7  enactor 1  picks plan 3, holds token 2         plans {1, 2, 3}  e0 -> plan 1  e1 -> plan 1  lease of token 2
              8  enactor 1  points e0 at plan 3, shows token 2  plans {1, 2, 3}  e0 -> plan 3  e1 -> plan 1  lease of token 2, token 2 seen
              9  enactor 0  points e0 at plan 2, shows token 1  plans {1, 2, 3}  e0 -> plan 2  e1 -> plan 1  lease of token 2, token 2 seen
                                                                ^ e0: plan 2 overwrites the newer plan 3
            replay: 0/0/1/1/0/2/2/2/2/0"#]],
    );
}

#[test]
fn a_lease_that_is_looked_at_before_each_write() {
    assert_schedule(
        Protocol::checking_the_lease(),
        Size::new(2, 1, 3),
        NEVER_REGRESSES,
        &expect![[r#"
              0                                                 plans {1}  e0 -> plan 1
              1  planner    publishes the next plan             plans {1, 2}  e0 -> plan 1
              2  enactor 0  takes the lease                     plans {1, 2}  e0 -> plan 1  lease of token 1
              3  enactor 0  picks plan 2, holds token 1         plans {1, 2}  e0 -> plan 1  lease of token 1
              4  planner    publishes the next plan             plans {1, 2, 3}  e0 -> plan 1  lease of token 1
              5  enactor 0  finds token 1 valid, holds plan 2   plans {1, 2, 3}  e0 -> plan 1  lease of token 1
              6  lease      expires, granted with token 1       plans {1, 2, 3}  e0 -> plan 1  lease free
              7  enactor 1  takes the lease                     plans {1, 2, 3}  e0 -> plan 1  lease of token 2
              8  enactor 1  picks plan 3, holds token 2         plans {1, 2, 3}  e0 -> plan 1  lease of token 2
              9  enactor 1  finds token 2 valid, holds plan 3   plans {1, 2, 3}  e0 -> plan 1  lease of token 2
             10  enactor 1  points e0 at plan 3, shows token 2  plans {1, 2, 3}  e0 -> plan 3  lease of token 2, token 2 seen
             11  enactor 0  points e0 at plan 2, shows token 1  plans {1, 2, 3}  e0 -> plan 2  lease of token 2, token 2 seen
                                                                ^ e0: plan 2 overwrites the newer plan 3
            replay: 0/0/1/1/0/0/1/1/1/1/1/0"#]],
    );
}

#[test]
fn every_write_is_fenced() {
    let printed = assert_schedule(
        Protocol::fenced(),
        Size::default(),
        NEVER_REGRESSES,
        &expect![[r#"
              0                                                 plans {1}  e0 -> plan 1  e1 -> plan 1
              1  planner    publishes the next plan             plans {1, 2}  e0 -> plan 1  e1 -> plan 1
              2  enactor 0  takes the lease                     plans {1, 2}  e0 -> plan 1  e1 -> plan 1  lease of token 1
              3  lease      expires, granted with token 1       plans {1, 2}  e0 -> plan 1  e1 -> plan 1  lease free
              4  enactor 1  takes the lease                     plans {1, 2}  e0 -> plan 1  e1 -> plan 1  lease of token 2
              5  enactor 1  picks plan 2, holds token 2         plans {1, 2}  e0 -> plan 1  e1 -> plan 1  lease of token 2
              6  planner    publishes the next plan             plans {1, 2, 3}  e0 -> plan 1  e1 -> plan 1  lease of token 2
              7  enactor 0  picks plan 3, holds token 1         plans {1, 2, 3}  e0 -> plan 1  e1 -> plan 1  lease of token 2
              8  enactor 0  points e0 at plan 3, shows token 1  plans {1, 2, 3}  e0 -> plan 3  e1 -> plan 1  lease of token 2, token 1 seen
              9  enactor 1  points e0 at plan 2, shows token 2  plans {1, 2, 3}  e0 -> plan 2  e1 -> plan 1  lease of token 2, token 2 seen
                                                                ^ e0: plan 2 overwrites the newer plan 3
            replay: 0/0/1/3/3/3/0/0/0/2"#]],
    );
    assert_in_readme(&printed);
}

#[test]
fn every_write_is_fenced_and_the_plan_is_older_than_the_grant() {
    assert_schedule(
        Protocol::choosing_before_the_grant(),
        Size::new(2, 1, 3).early(0),
        NEVER_REGRESSES,
        &expect![[r#"
              0                                                 plans {1}  e0 -> plan 1
              1  planner    publishes the next plan             plans {1, 2}  e0 -> plan 1
              2  enactor 0  picks plan 2, waits for the lease   plans {1, 2}  e0 -> plan 1
              3  planner    publishes the next plan             plans {1, 2, 3}  e0 -> plan 1
              4  enactor 1  picks plan 3, waits for the lease   plans {1, 2, 3}  e0 -> plan 1
              5  enactor 1  takes the lease                     plans {1, 2, 3}  e0 -> plan 1  lease of token 1
              6  enactor 1  points e0 at plan 3, shows token 1  plans {1, 2, 3}  e0 -> plan 3  lease of token 1, token 1 seen
              7  enactor 1  releases the lease of token 1       plans {1, 2, 3}  e0 -> plan 3  lease free, token 1 seen
              8  enactor 0  takes the lease                     plans {1, 2, 3}  e0 -> plan 3  lease of token 2, token 1 seen
              9  enactor 0  points e0 at plan 2, shows token 2  plans {1, 2, 3}  e0 -> plan 2  lease of token 2, token 2 seen
                                                                ^ e0: plan 2 overwrites the newer plan 3
            replay: 0/0/1/0/1/1/0/0/0/0"#]],
    );
}

#[test]
fn the_first_write_is_fenced() {
    assert_schedule(
        Protocol::fencing_the_first_write(),
        Size::default(),
        NEVER_REGRESSES,
        &expect![[r#"
              0                                                 plans {1}  e0 -> plan 1  e1 -> plan 1
              1  planner    publishes the next plan             plans {1, 2}  e0 -> plan 1  e1 -> plan 1
              2  enactor 0  takes the lease                     plans {1, 2}  e0 -> plan 1  e1 -> plan 1  lease of token 1
              3  enactor 0  shows token 1                       plans {1, 2}  e0 -> plan 1  e1 -> plan 1  lease of token 1, token 1 seen
              4  enactor 0  picks plan 2, holds token 1         plans {1, 2}  e0 -> plan 1  e1 -> plan 1  lease of token 1, token 1 seen
              5  planner    publishes the next plan             plans {1, 2, 3}  e0 -> plan 1  e1 -> plan 1  lease of token 1, token 1 seen
              6  enactor 0  points e0 at plan 2, shows token 1  plans {1, 2, 3}  e0 -> plan 2  e1 -> plan 1  lease of token 1, token 1 seen
              7  lease      expires, granted with token 1       plans {1, 2, 3}  e0 -> plan 2  e1 -> plan 1  lease free, token 1 seen
              8  enactor 1  takes the lease                     plans {1, 2, 3}  e0 -> plan 2  e1 -> plan 1  lease of token 2, token 1 seen
              9  enactor 1  shows token 2                       plans {1, 2, 3}  e0 -> plan 2  e1 -> plan 1  lease of token 2, token 2 seen
             10  enactor 1  picks plan 3, holds token 2         plans {1, 2, 3}  e0 -> plan 2  e1 -> plan 1  lease of token 2, token 2 seen
             11  enactor 1  points e0 at plan 3, shows token 2  plans {1, 2, 3}  e0 -> plan 3  e1 -> plan 1  lease of token 2, token 2 seen
             12  enactor 1  points e1 at plan 3, shows token 2  plans {1, 2, 3}  e0 -> plan 3  e1 -> plan 3  lease of token 2, token 2 seen
             13  enactor 0  points e1 at plan 2, shows token 1  plans {1, 2, 3}  e0 -> plan 3  e1 -> plan 2  lease of token 2, token 2 seen
                                                                ^ e1: plan 2 overwrites the newer plan 3
            replay: 0/0/1/1/1/0/0/2/2/2/2/2/2/0"#]],
    );
}

#[test]
fn a_lock_whose_holder_is_gone() {
    assert_schedule(
        Protocol::lock(),
        Size::default(),
        RECOVERS,
        &expect![[r#"
              0                                                       plans {1}  e0 -> plan 1  e1 -> plan 1
              1  planner    publishes the next plan                   plans {1, 2}  e0 -> plan 1  e1 -> plan 1
              2  enactor 0  takes the lease                           plans {1, 2}  e0 -> plan 1  e1 -> plan 1  lease of token 1
              3  enactor 0  crashes and restarts, its memory is lost  plans {1, 2}  e0 -> plan 1  e1 -> plan 1  lease of token 1
            replay: 0/0/1/2"#]],
    );
}

/// Replays a line, and gives what the steps rest on that is not so any more, with their numbers.
fn stale_steps(leaders: &Leaders, line: &str) -> Vec<(usize, String)> {
    let trace = Trace::replay(leaders, line).expect("it replays");
    let steps: Vec<_> = trace.states().iter().zip(trace.actions()).collect();
    let told = (1..).zip(&trace.states()[1..]).flat_map(|(step, end)| {
        let remarks = leaders.remarks_on_last(&steps[..step], end).into_iter();
        let stale = remarks.filter(|remark| remark.kind == RemarkKind::StaleKnowledge);
        stale.map(move |remark| (step, remark.text))
    });
    told.collect()
}

/// By hand: who lost the lease, who chose before another wrote, and that a token that is checked says so.
#[test]
fn what_late_writes_rest_on() {
    let late = |protocol: Protocol, size: Size, line: &str, expected: &[(usize, &str)]| {
        let told = stale_steps(&size.leaders(protocol), line);
        let told: Vec<_> = told.iter().map(|(step, text)| (*step, &text[..])).collect();
        assert_eq!(told, expected, "{line}");
    };
    late(
        Protocol::as_deployed(),
        Size::default(),
        "0/0/1/1/0/2/2/2/2/0",
        &[(
            9,
            "decided in step 2 with the lease of token 1; step 5 changed it",
        )],
    );
    late(
        Protocol::checking_the_lease(),
        Size::new(2, 1, 3),
        "0/0/1/1/0/0/1/1/1/1/1/0",
        &[(
            11,
            "decided in step 5 with the lease of token 1; step 6 changed it",
        )],
    );
    late(
        Protocol::fenced(),
        Size::default(),
        "0/0/1/3/3/3/0/0/0/2",
        &[(9, "decided in step 5 with e0 at plan 1; step 8 changed it")],
    );
    late(
        Protocol::choosing_before_the_grant(),
        Size::new(2, 1, 3).early(0),
        "0/0/1/0/1/1/0/0/0/0",
        &[(9, "decided in step 2 with e0 at plan 1; step 6 changed it")],
    );
    late(
        Protocol::fencing_the_first_write(),
        Size::default(),
        "0/0/1/1/1/0/0/2/2/2/2/2/2/0",
        &[
            (
                6,
                "decided in step 4 with plan 2 the newest; step 5 changed it",
            ),
            (
                13,
                "decided in step 2 with the lease of token 1; step 7 changed it",
            ),
        ],
    );
}
