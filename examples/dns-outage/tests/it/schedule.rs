//! The schedule that the program and README.md show.

use dns_outage::{DnsSystem, Instance, NEVER_EMPTY, NEVER_REGRESSES, Variant, checker};
use expect_test::{Expect, expect};
use planwright_checker::Trace;

fn assert_schedule(
    variant: Variant,
    instance: Instance,
    property: &str,
    expected: &Expect,
) -> String {
    let system: DnsSystem<2, 2> = variant.system(instance).with_capacity();
    let report = checker(&system).run();
    let trace = report.assert_violated(property);
    let printed = trace.display(&system).to_string();
    expected.assert_eq(&printed);
    // The line at its end is enough to print it again.
    let (_, line) = printed.rsplit_once("replay: ").expect("a replay line");
    let again = Trace::replay(&system, line).expect("it replays");
    assert_eq!(again.display(&system).to_string(), printed);
    printed
}

#[test]
fn the_outage() {
    let printed = assert_schedule(
        Variant::as_deployed(),
        Instance::default(),
        NEVER_EMPTY,
        &expect![[r#"
              0                                                       plans {1}  e0 -> plan 1  e1 -> plan 1
              1  planner    publishes the next plan                   plans {1, 2}  e0 -> plan 1  e1 -> plan 1
              2  enactor 0  picks plan 2, newer than what is applied  plans {1, 2}  e0 -> plan 1  e1 -> plan 1
              3  planner    publishes the next plan                   plans {1, 2, 3}  e0 -> plan 1  e1 -> plan 1
              4  planner    publishes the next plan                   plans {1, 2, 3, 4}  e0 -> plan 1  e1 -> plan 1
              5  enactor 1  picks plan 4, newer than what is applied  plans {1, 2, 3, 4}  e0 -> plan 1  e1 -> plan 1
              6  enactor 1  points e0 at plan 4                       plans {1, 2, 3, 4}  e0 -> plan 4  e1 -> plan 1
              7  enactor 0  points e0 at plan 2                       plans {1, 2, 3, 4}  e0 -> plan 2  e1 -> plan 1
                                                                      ^ e0: plan 2 overwrites the newer plan 4
              8  enactor 1  points e1 at plan 4                       plans {1, 2, 3, 4}  e0 -> plan 2  e1 -> plan 4
              9  enactor 1  deletes plan 1                            plans {2, 3, 4}  e0 -> plan 2  e1 -> plan 4
             10  enactor 1  deletes plan 2                            plans {3, 4}  e0 -> EMPTY (plan 2 is deleted)  e1 -> plan 4
                                                                      ^ e0 is EMPTY: it names plan 2, which no longer exists
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
        Variant::with_skip_in_use(),
        Instance::new(1, 2, 4),
        NEVER_EMPTY,
        &expect![[r#"
              0                                                       plans {1}  e0 -> plan 1
              1  planner    publishes the next plan                   plans {1, 2}  e0 -> plan 1
              2  enactor 0  picks plan 2, newer than what is applied  plans {1, 2}  e0 -> plan 1
              3  planner    publishes the next plan                   plans {1, 2, 3}  e0 -> plan 1
              4  planner    publishes the next plan                   plans {1, 2, 3, 4}  e0 -> plan 1
              5  enactor 1  picks plan 4, newer than what is applied  plans {1, 2, 3, 4}  e0 -> plan 1
              6  enactor 1  points e0 at plan 4                       plans {1, 2, 3, 4}  e0 -> plan 4
              7  enactor 1  deletes plan 1                            plans {2, 3, 4}  e0 -> plan 4
              8  enactor 1  deletes plan 2                            plans {3, 4}  e0 -> plan 4
              9  enactor 0  points e0 at plan 2                       plans {3, 4}  e0 -> EMPTY (plan 2 is deleted)
                                                                      ^ e0: plan 2 overwrites the newer plan 4
                                                                      ^ e0 is EMPTY: it names plan 2, which no longer exists
            replay: 0/0/1/0/0/1/1/1/1/0"#]],
    );
}

#[test]
fn a_step_back() {
    assert_schedule(
        Variant::with_referential_integrity(),
        Instance::new(1, 2, 4),
        NEVER_REGRESSES,
        &expect![[r#"
              0                                                       plans {1}  e0 -> plan 1
              1  planner    publishes the next plan                   plans {1, 2}  e0 -> plan 1
              2  enactor 0  picks plan 2, newer than what is applied  plans {1, 2}  e0 -> plan 1
              3  planner    publishes the next plan                   plans {1, 2, 3}  e0 -> plan 1
              4  enactor 1  picks plan 3, newer than what is applied  plans {1, 2, 3}  e0 -> plan 1
              5  enactor 1  points e0 at plan 3                       plans {1, 2, 3}  e0 -> plan 3
              6  enactor 0  points e0 at plan 2                       plans {1, 2, 3}  e0 -> plan 2
                                                                      ^ e0: plan 2 overwrites the newer plan 3
            replay: 0/0/1/0/2/2/1"#]],
    );
}
