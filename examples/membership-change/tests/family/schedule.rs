//! The schedules that the program and the README show.

use expect_test::{Expect, expect};
use membership_change::{
    Cluster, LEADERS_COMPLETE, ONE_LEADER, Protocol, Size, leaders_complete, one_leader,
};
use planwright_checker::{Checker, Trace};

fn assert_schedule(protocol: Protocol, size: Size, property: &str, expected: &Expect) -> String {
    let cluster = Cluster::new(protocol, size);
    let checker = Checker::new(&cluster);
    let checker = match property {
        ONE_LEADER => checker.always(ONE_LEADER, one_leader),
        _ => checker.always_step(LEADERS_COMPLETE, leaders_complete),
    };
    let report = checker.run();
    let printed = report
        .assert_violated(property)
        .display(&cluster)
        .to_string();
    expected.assert_eq(&printed);
    // The line at its end is enough to print it again.
    let (_, line) = printed.rsplit_once("replay: ").expect("a replay line");
    let again = Trace::replay(&cluster, line).expect("it replays");
    assert_eq!(again.display(&cluster).to_string(), printed);
    printed
}

#[test]
fn two_removals() {
    let printed = assert_schedule(
        Protocol::as_published(),
        Size::default(),
        LEADERS_COMPLETE,
        &expect![[r#"
              0                                                           s0 0 []  s1 0 []  s2 0 []  s3 0 []
              1  server 0  leads term 1, elected by {0,1,2} of {0,1,2,3}  s0 L1 []  s1 1 []  s2 1 []  s3 0 []
              2  server 0  removes server 1: appends {0,2,3}              s0 L1 [1:{0,2,3}]  s1 1 []  s2 1 []  s3 0 []
              3  server 1  leads term 2, elected by {1,2,3} of {0,1,2,3}  s0 L1 [1:{0,2,3}]  s1 L2 []  s2 2 []  s3 2 []
              4  server 1  removes server 0: appends {1,2,3}              s0 L1 [1:{0,2,3}]  s1 L2 [2:{1,2,3}]  s2 2 []  s3 2 []
              5  server 2  takes entry 1 from server 1                    s0 L1 [1:{0,2,3}]  s1 L2 [2:{1,2,3}]  s2 2 [2:{1,2,3}]  s3 2 []
              6  server 1  finds entry 1 at {1,2} of {1,2,3}: committed   s0 L1 [1:{0,2,3}]  s1 L2 [2:{1,2,3}|]  s2 2 [2:{1,2,3}]  s3 2 []
              7  server 0  leads term 3, elected by {0,3} of {0,2,3}      s0 L3 [1:{0,2,3}]  s1 L2 [2:{1,2,3}|]  s2 2 [2:{1,2,3}]  s3 3 []
                                                                          ^ LOST: server 0 leads term 3 without what server 1 knows to be committed
            replay: 0/0/4/4/4/4/4/0"#]],
    );
    let readme = include_str!("../../README.md");
    assert!(
        readme.contains(&printed),
        "README.md shows another schedule"
    );
}

#[test]
fn an_entry_that_is_not_awaited() {
    assert_schedule(
        Protocol::appended(),
        Size::default(),
        LEADERS_COMPLETE,
        &expect![[r#"
              0                                                                s0 0 []  s1 0 []  s2 0 []  s3 0 []
              1  server 0  leads term 1, elected by {0,1,2} of {0,1,2,3}       s0 L1 []  s1 1 []  s2 1 []  s3 0 []
              2  server 0  appends an entry of term 1 that changes no members  s0 L1 [1]  s1 1 []  s2 1 []  s3 0 []
              3  server 0  removes server 1: appends {0,2,3}                   s0 L1 [1 1:{0,2,3}]  s1 1 []  s2 1 []  s3 0 []
              4  server 1  leads term 2, elected by {1,2,3} of {0,1,2,3}       s0 L1 [1 1:{0,2,3}]  s1 L2 []  s2 2 []  s3 2 []
              5  server 1  appends an entry of term 2 that changes no members  s0 L1 [1 1:{0,2,3}]  s1 L2 [2]  s2 2 []  s3 2 []
              6  server 1  removes server 0: appends {1,2,3}                   s0 L1 [1 1:{0,2,3}]  s1 L2 [2 2:{1,2,3}]  s2 2 []  s3 2 []
              7  server 2  takes entry 1 from server 1                         s0 L1 [1 1:{0,2,3}]  s1 L2 [2 2:{1,2,3}]  s2 2 [2]  s3 2 []
              8  server 1  finds entry 1 at {1,2} of {1,2,3}: committed        s0 L1 [1 1:{0,2,3}]  s1 L2 [2|2:{1,2,3}]  s2 2 [2]  s3 2 []
              9  server 0  leads term 3, elected by {0,3} of {0,2,3}           s0 L3 [1 1:{0,2,3}]  s1 L2 [2|2:{1,2,3}]  s2 2 [2]  s3 3 []
                                                                               ^ LOST: server 0 leads term 3 without what server 1 knows to be committed
            replay: 0/0/3/3/4/3/5/4/5/0"#]],
    );
}

#[test]
fn old_majorities_that_commit_and_do_not_elect() {
    assert_schedule(
        Protocol::both_to_commit(),
        Size::new(4, 0, 3, 1),
        ONE_LEADER,
        &expect![[r#"
              0                                                           s0 0 []  s1 0 []  s2 0 []  s3 0 []
              1  server 0  leads term 1, elected by {0,1,2} of {0,1,2,3}  s0 L1 []  s1 1 []  s2 1 []  s3 0 []
              2  server 0  removes server 1: appends {0,2,3}              s0 L1 [1:{0,2,3}]  s1 1 []  s2 1 []  s3 0 []
              3  server 1  leads term 2, elected by {1,2,3} of {0,1,2,3}  s0 L1 [1:{0,2,3}]  s1 L2 []  s2 2 []  s3 2 []
              4  server 0  leads term 3, elected by {0,2} of {0,2,3}      s0 L3 [1:{0,2,3}]  s1 L2 []  s2 3 []  s3 2 []
              5  server 1  removes server 0: appends {1,2,3}              s0 L3 [1:{0,2,3}]  s1 L2 [2:{1,2,3}]  s2 3 []  s3 2 []
              6  server 1  leads term 3, elected by {1,3} of {1,2,3}      s0 L3 [1:{0,2,3}]  s1 L3 [2:{1,2,3}]  s2 3 []  s3 3 []
                                                                          ^ TWO LEADERS: servers 1 and 0 lead term 3
            replay: 0/0/4/5/0/4/3"#]],
    );
}

/// Three members become four, and then there are rivals.
#[test]
fn one_addition_before_rivals() {
    assert_schedule(
        Protocol::as_published(),
        Size::new(3, 1, 3, 2).changes(2),
        ONE_LEADER,
        &expect![[r#"
              0                                                              s0 0 []  s1 0 []  s2 0 []  s3 0 []
              1  server 0  leads term 1, elected by {0,1} of {0,1,2}         s0 L1 []  s1 1 []  s2 0 []  s3 0 []
              2  server 0  adds server 3: appends {0,1,2,3}                  s0 L1 [1:{0,1,2,3}]  s1 1 []  s2 0 []  s3 0 []
              3  server 1  takes entry 1 from server 0                       s0 L1 [1:{0,1,2,3}]  s1 1 [1:{0,1,2,3}]  s2 0 []  s3 0 []
              4  server 2  takes entry 1 from server 0                       s0 L1 [1:{0,1,2,3}]  s1 1 [1:{0,1,2,3}]  s2 1 [1:{0,1,2,3}]  s3 0 []
              5  server 0  finds entry 1 at {0,1,2} of {0,1,2,3}: committed  s0 L1 [1:{0,1,2,3}|]  s1 1 [1:{0,1,2,3}]  s2 1 [1:{0,1,2,3}]  s3 0 []
              6  server 0  removes server 1: appends {0,2,3}                 s0 L1 [1:{0,1,2,3}|1:{0,2,3}]  s1 1 [1:{0,1,2,3}]  s2 1 [1:{0,1,2,3}]  s3 0 []
              7  server 3  takes entry 1 from server 0                       s0 L1 [1:{0,1,2,3}|1:{0,2,3}]  s1 1 [1:{0,1,2,3}]  s2 1 [1:{0,1,2,3}]  s3 1 [1:{0,1,2,3}|]
              8  server 3  leads term 2, elected by {1,2,3} of {0,1,2,3}     s0 L1 [1:{0,1,2,3}|1:{0,2,3}]  s1 2 [1:{0,1,2,3}]  s2 2 [1:{0,1,2,3}]  s3 L2 [1:{0,1,2,3}|]
              9  server 0  leads term 3, elected by {0,2} of {0,2,3}         s0 L3 [1:{0,1,2,3}|1:{0,2,3}]  s1 2 [1:{0,1,2,3}]  s2 3 [1:{0,1,2,3}]  s3 L2 [1:{0,1,2,3}|]
             10  server 3  removes server 0: appends {1,2,3}                 s0 L3 [1:{0,1,2,3}|1:{0,2,3}]  s1 2 [1:{0,1,2,3}]  s2 3 [1:{0,1,2,3}]  s3 L2 [1:{0,1,2,3}|2:{1,2,3}]
             11  server 3  leads term 3, elected by {1,3} of {1,2,3}         s0 L3 [1:{0,1,2,3}|1:{0,2,3}]  s1 3 [1:{0,1,2,3}]  s2 3 [1:{0,1,2,3}]  s3 L3 [1:{0,1,2,3}|2:{1,2,3}]
                                                                             ^ TWO LEADERS: servers 3 and 0 lead term 3
            replay: 0/0/5/3/3/4/3/3/6/0/3/2"#]],
    );
}
