//! The schedules that the program and the README show.

use expect_test::{Expect, expect};
use planwright_checker::{Checker, Trace};
use two_phase_update::{
    NEVER_DROPPED, Network, ONE_VERSION, Protocol, Size, never_dropped, one_version,
};

fn assert_schedule(protocol: Protocol, size: Size, property: &str, expected: &Expect) -> String {
    let network = Network::new(protocol, size);
    let report = Checker::new(&network)
        .always(ONE_VERSION, one_version)
        .always(NEVER_DROPPED, never_dropped)
        .run();
    let printed = report
        .assert_violated(property)
        .display(&network)
        .to_string();
    expected.assert_eq(&printed);
    // The line at its end is enough to print it again.
    let (_, line) = printed.rsplit_once("replay: ").expect("a replay line");
    let again = Trace::replay(&network, line).expect("it replays");
    assert_eq!(again.display(&network).to_string(), printed);
    printed
}

fn assert_in_readme(printed: &str) {
    let readme = include_str!("../../README.md");
    assert!(readme.contains(printed), "README.md shows another schedule");
}

#[test]
fn in_place() {
    assert_schedule(
        Protocol::in_place(),
        Size::default(),
        ONE_VERSION,
        &expect![[r#"
              0                                                     s0 {1} s1 {1} s2 {1}
              1  controller  begins to bring version 2 live         s0 {1} s1 {1} s2 {1}
              2  controller  replaces the rules of s0 by version 2  s0 {2} s1 {1} s2 {1}
              3  client 0    sends r0                               s0 {2} s1 {1} s2 {1}  r0 -> s0
              4  switch 0    handles r0 by version 2                s0 {2} s1 {1} s2 {1}  r0 (2) -> s1
              5  switch 1    handles r0 by version 1                s0 {2} s1 {1} s2 {1}  r0 MIXED
                                                                    ^ r0 is MIXED: by version 2 before, by version 1 here
            replay: 0/0/0/2/2/2"#]],
    );
}

#[test]
fn in_place_from_the_last_switch_on() {
    assert_schedule(
        Protocol::last_first(),
        Size::new(2, 1, 2),
        ONE_VERSION,
        &expect![[r#"
              0                                                     s0 {1} s1 {1}
              1  controller  begins to bring version 2 live         s0 {1} s1 {1}
              2  controller  replaces the rules of s1 by version 2  s0 {1} s1 {2}
              3  client 0    sends r0                               s0 {1} s1 {2}  r0 -> s0
              4  switch 0    handles r0 by version 1                s0 {1} s1 {2}  r0 (1) -> s1
              5  switch 1    handles r0 by version 2                s0 {1} s1 {2}  r0 MIXED
                                                                    ^ r0 is MIXED: by version 1 before, by version 2 here
            replay: 0/0/0/1/1/1"#]],
    );
}

#[test]
fn rules_removed_where_none_waits_for_them() {
    let printed = assert_schedule(
        Protocol::remove_unused(),
        Size::default(),
        NEVER_DROPPED,
        &expect![[r#"
              0                                                             stamp 1  s0 {1} s1 {1} s2 {1}
              1  controller  begins to bring version 2 live                 stamp 1  s0 {1} s1 {1} s2 {1}
              2  controller  adds version 2 at s0, next to what is there    stamp 1  s0 {1,2} s1 {1} s2 {1}
              3  controller  adds version 2 at s1, next to what is there    stamp 1  s0 {1,2} s1 {1,2} s2 {1}
              4  controller  adds version 2 at s2, next to what is there    stamp 1  s0 {1,2} s1 {1,2} s2 {1,2}
              5  client 0    sends r0, stamped with version 1               stamp 1  s0 {1,2} s1 {1,2} s2 {1,2}  r0 (1) -> s0
              6  controller  has the ingress stamp version 2                stamp 2  s0 {1,2} s1 {1,2} s2 {1,2}  r0 (1) -> s0
              7  controller  removes what is older than version 2 from s1   stamp 2  s0 {1,2} s1 {2} s2 {1,2}  r0 (1) -> s0
              8  switch 0    handles r0 by version 1                        stamp 2  s0 {1,2} s1 {2} s2 {1,2}  r0 (1) -> s1
              9  switch 1    reads stamp 1 on r0, finds no rules, drops it  stamp 2  s0 {1,2} s1 {2} s2 {1,2}  r0 DROPPED
                                                                            ^ r0 is DROPPED: the rules of version 1 are not here
            replay: 0/0/0/0/0/1/0/0/1/2"#]],
    );
    assert_in_readme(&printed);
}

#[test]
fn a_stamp_before_its_rules() {
    assert_schedule(
        Protocol::flip_early(),
        Size::new(1, 1, 2),
        NEVER_DROPPED,
        &expect![[r#"
              0                                                             stamp 1  s0 {1}
              1  controller  begins to bring version 2 live                 stamp 1  s0 {1}
              2  controller  has the ingress stamp version 2                stamp 2  s0 {1}
              3  client 0    sends r0, stamped with version 2               stamp 2  s0 {1}  r0 (2) -> s0
              4  switch 0    reads stamp 2 on r0, finds no rules, drops it  stamp 2  s0 {1}  r0 DROPPED
                                                                            ^ r0 is DROPPED: the rules of version 2 are not here
            replay: 0/0/1/1/1"#]],
    );
}
