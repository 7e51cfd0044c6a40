//! The schedules that the program and the README show.

use expect_test::{Expect, expect};
use planwright_checker::{Checker, Trace};
use poisoned_last_known_good::{
    CONTAINED, Fleet, KNOWN_GOOD_WORKS, Protocol, RECOVERS, Size, contained, known_good_works,
    works,
};

fn assert_schedule(protocol: Protocol, size: Size, property: &str, expected: &Expect) -> String {
    let fleet = Fleet::new(protocol, size);
    let report = Checker::new(&fleet)
        .always(KNOWN_GOOD_WORKS, known_good_works)
        .always_step(CONTAINED, contained)
        .recoverable(RECOVERS, works)
        .exhaustive()
        .run();
    let trace = report.assert_violated(property);
    let printed = trace.display(&fleet).to_string();
    expected.assert_eq(&printed);
    // The line at its end is enough to print it again.
    let (_, line) = printed.rsplit_once("replay: ").expect("a replay line");
    let again = Trace::replay(&fleet, line).expect("it replays");
    assert_eq!(again.display(&fleet).to_string(), printed);
    printed
}

fn assert_in_readme(printed: &str) {
    let readme = include_str!("../../README.md");
    assert!(readme.contains(printed), "README.md shows another schedule");
}

#[test]
fn nothing_is_down_when_the_gates_look() {
    let printed = assert_schedule(
        Protocol::as_deployed(),
        Size::default(),
        RECOVERS,
        &expect![[r#"
              0                                                                              good 1  | r0: 1, 1  | r1: 1, 1
              1  planner     publishes plan 2, which will bring ring 0 down                  good 1  | r0: 1, 1  | r1: 1, 1  | plan 2 at r0
              2  controller  has site 0.0 load plan 2                                        good 1  | r0: 2?, 1  | r1: 1, 1  | plan 2 at r0
              3  controller  has site 0.1 load plan 2                                        good 1  | r0: 2?, 2?  | r1: 1, 1  | plan 2 at r0
              4  controller  finds nothing down in ring 0, goes on to ring 1                 good 1  | r0: 2?, 2?  | r1: 1, 1  | plan 2 at r1
              5  controller  has site 1.0 load plan 2                                        good 1  | r0: 2?, 2?  | r1: 2?, 1  | plan 2 at r1
                                                                                             ^ GOES ON, although plan 2 brings ring 0 down
              6  controller  has site 1.1 load plan 2                                        good 1  | r0: 2?, 2?  | r1: 2?, 2?  | plan 2 at r1
                                                                                             ^ GOES ON, although plan 2 brings ring 0 down
              7  controller  finds nothing down in the fleet, plan 2 is the last-known-good  good 2  | r0: 2?, 2?  | r1: 2?, 2?
                                                                                             ^ the last-known-good is POISONED: plan 2 brings ring 0 down
              8  site 0.0    crashes, working on plan 2                                      good 2  | r0: 2 DOWN, 2?  | r1: 2?, 2?
            replay: 0/1/0/1/2/2/3/4/0"#]],
    );
    assert_in_readme(&printed);
}

#[test]
fn gates_that_look_twice() {
    assert_schedule(
        Protocol::baking(),
        Size::new(2, 1, 2, 1),
        KNOWN_GOOD_WORKS,
        &expect![[r#"
              0                                                                              good 1  | r0: 1  | r1: 1
              1  planner     publishes plan 2, which will bring ring 0 down                  good 1  | r0: 1  | r1: 1  | plan 2 at r0
              2  controller  has site 0.0 load plan 2                                        good 1  | r0: 2?  | r1: 1  | plan 2 at r0
              3  controller  finds nothing down in ring 0, waits a while                     good 1  | r0: 2?  | r1: 1  | plan 2 at r0
              4  controller  finds nothing down in ring 0, goes on to ring 1                 good 1  | r0: 2?  | r1: 1  | plan 2 at r1
              5  controller  has site 1.0 load plan 2                                        good 1  | r0: 2?  | r1: 2?  | plan 2 at r1
                                                                                             ^ GOES ON, although plan 2 brings ring 0 down
              6  controller  finds nothing down in ring 1, waits a while                     good 1  | r0: 2?  | r1: 2?  | plan 2 at r1
              7  controller  finds nothing down in the fleet, plan 2 is the last-known-good  good 2  | r0: 2?  | r1: 2?
                                                                                             ^ the last-known-good is POISONED: plan 2 brings ring 0 down
            replay: 0/1/0/1/1/1/2/2"#]],
    );
}

#[test]
fn two_poisoned_plans_in_a_row() {
    assert_schedule(
        Protocol::keeping_two(),
        Size::new(1, 1, 4, 2),
        RECOVERS,
        &expect![[r#"
              0                                                                              good 1  | r0: 1
              1  planner     publishes plan 2, which will bring ring 0 down                  good 1  | r0: 1  | plan 2 at r0
              2  controller  has site 0.0 load plan 2                                        good 1  | r0: 2?  | plan 2 at r0
              3  controller  finds nothing down in the fleet, plan 2 is the last-known-good  good 2, before 1  | r0: 2?
                                                                                             ^ the last-known-good is POISONED: plan 2 brings ring 0 down
              4  planner     publishes plan 3, which will bring ring 0 down                  good 2, before 1  | r0: 2?  | plan 3 at r0
              5  controller  has site 0.0 load plan 3                                        good 2, before 1  | r0: 3?  | plan 3 at r0
              6  controller  finds nothing down in the fleet, plan 3 is the last-known-good  good 3, before 2  | r0: 3?
              7  site 0.0    crashes, working on plan 3                                      good 3, before 2  | r0: 3 DOWN
            replay: 0/1/0/1/2/1/1/0"#]],
    );
}

#[test]
fn the_last_ring_has_nobody_behind_it_to_wait() {
    let printed = assert_schedule(
        Protocol::acknowledged_rings(),
        Size::default(),
        KNOWN_GOOD_WORKS,
        &expect![[r#"
              0                                                                              good 1  | r0: 1, 1  | r1: 1, 1
              1  planner     publishes plan 2, which will bring ring 1 down                  good 1  | r0: 1, 1  | r1: 1, 1  | plan 2 at r0
              2  controller  has site 0.0 load plan 2                                        good 1  | r0: 2?, 1  | r1: 1, 1  | plan 2 at r0
              3  site 0.0    finishes its work on plan 2                                     good 1  | r0: 2, 1  | r1: 1, 1  | plan 2 at r0
              4  controller  has site 0.1 load plan 2                                        good 1  | r0: 2, 2?  | r1: 1, 1  | plan 2 at r0
              5  site 0.1    finishes its work on plan 2                                     good 1  | r0: 2, 2  | r1: 1, 1  | plan 2 at r0
              6  controller  finds all work done in ring 0, goes on to ring 1                good 1  | r0: 2, 2  | r1: 1, 1  | plan 2 at r1
              7  controller  has site 1.0 load plan 2                                        good 1  | r0: 2, 2  | r1: 2?, 1  | plan 2 at r1
              8  controller  has site 1.1 load plan 2                                        good 1  | r0: 2, 2  | r1: 2?, 2?  | plan 2 at r1
              9  controller  finds nothing down in the fleet, plan 2 is the last-known-good  good 2  | r0: 2, 2  | r1: 2?, 2?
                                                                                             ^ the last-known-good is POISONED: plan 2 brings ring 1 down
            replay: 0/2/0/0/0/0/0/0/1/2"#]],
    );
    assert_in_readme(&printed);
}

#[test]
fn the_promotion_waits_and_the_rings_do_not() {
    assert_schedule(
        Protocol::acknowledged_promotion(),
        Size::new(2, 1, 2, 1),
        CONTAINED,
        &expect![[r#"
              0                                                               good 1  | r0: 1  | r1: 1
              1  planner     publishes plan 2, which will bring ring 0 down   good 1  | r0: 1  | r1: 1  | plan 2 at r0
              2  controller  has site 0.0 load plan 2                         good 1  | r0: 2?  | r1: 1  | plan 2 at r0
              3  controller  finds nothing down in ring 0, goes on to ring 1  good 1  | r0: 2?  | r1: 1  | plan 2 at r1
              4  controller  has site 1.0 load plan 2                         good 1  | r0: 2?  | r1: 2?  | plan 2 at r1
                                                                              ^ GOES ON, although plan 2 brings ring 0 down
            replay: 0/1/0/1/1"#]],
    );
}
