//! The schedules that the program and the README show.

use expect_test::{Expect, expect};
use planwright_checker::{Checker, Trace};
use stale_cache_controller::{
    Cluster, NEVER_REMOVES_LIVE, NEVER_STOPS_LIVE, ONE_RUNS, Protocol, RECOVERS, Size,
    never_removes_live, never_stops_live, one_runs, settled,
};

fn assert_schedule(protocol: Protocol, size: Size, property: &str, expected: &Expect) -> String {
    let cluster = Cluster::new(protocol, size);
    let report = Checker::new(&cluster)
        .always(ONE_RUNS, one_runs)
        .always_step(NEVER_REMOVES_LIVE, never_removes_live)
        .always_step(NEVER_STOPS_LIVE, never_stops_live)
        .recoverable(RECOVERS, settled)
        .exhaustive()
        .run();
    let trace = report.assert_violated(property);
    let printed = trace.display(&cluster).to_string();
    expected.assert_eq(&printed);
    // The line at its end is enough to print it again.
    let (_, line) = printed.rsplit_once("replay: ").expect("a replay line");
    let again = Trace::replay(&cluster, line).expect("it replays");
    assert_eq!(again.display(&cluster).to_string(), printed);
    printed
}

fn assert_in_readme(printed: &str) {
    let readme = include_str!("../../README.md");
    assert!(readme.contains(printed), "README.md shows another schedule");
}

#[test]
fn a_cache_that_goes_back() {
    let printed = assert_schedule(
        Protocol::as_deployed(),
        Size::default(),
        ONE_RUNS,
        &expect![[r#"
              0                                                                     no pod  | n0 sees no pod  | n1 sees no pod
              1  controller  finds no pod, creates pod 1 for n0                     1@n0  | n0 sees no pod  | n1 sees no pod
              2  agent 0     learns of a change: 1@n0                               1@n0  | n0 sees 1@n0  | n1 sees no pod
              3  user        asks for pod 1 to be deleted                           1@n0 deleting  | n0 sees 1@n0  | n1 sees no pod
              4  agent 0     learns of a change: 1@n0 deleting                      1@n0 deleting  | n0 sees 1@n0 deleting  | n1 sees no pod
              5  agent 0     asks for the removal of pod 1                          1@n0 deleting  | n0 sees 1@n0 deleting, removes 1  | n1 sees no pod
              6  store       removes pod 1 for agent 0                              no pod  | n0 sees 1@n0 deleting  | n1 sees 1@n0
              7  agent 0     restarts and reads what was there 2 changes ago: 1@n0  no pod  | n0 sees 1@n0  | n1 sees 1@n0
              8  agent 0     starts pod 1                                           no pod  | n0 sees 1@n0, runs 1  | n1 sees 1@n0
              9  controller  finds no pod, creates pod 2 for n1                     2@n1  | n0 sees 1@n0 deleting, runs 1  | n1 sees 1@n0 deleting
             10  agent 1     learns of a change: no pod                             2@n1  | n0 sees 1@n0 deleting, runs 1  | n1 sees no pod
             11  agent 1     learns of a change: 2@n1                               2@n1  | n0 sees 1@n0 deleting, runs 1  | n1 sees 2@n1
             12  agent 1     starts pod 2                                           2@n1  | n0 sees 1@n0 deleting, runs 1  | n1 sees 2@n1, runs 2
                                                                                    ^ TWO RUN at a time: pod 1 on n0, pod 2 on n1
            replay: 0/4/0/6/0/0/0/3/1/3/2/2/2"#]],
    );
    assert_in_readme(&printed);
}

#[test]
fn naming_the_uid_does_not_keep_an_old_pod_from_starting() {
    assert_schedule(
        Protocol::naming_the_uid(),
        Size::new(2, 2, 2).restarts(1),
        ONE_RUNS,
        &expect![[r#"
              0                                                                     no pod  | n0 sees no pod  | n1 sees no pod
              1  controller  finds no pod, creates pod 1 for n0                     1@n0  | n0 sees no pod  | n1 sees no pod
              2  agent 0     learns of a change: 1@n0                               1@n0  | n0 sees 1@n0  | n1 sees no pod
              3  user        asks for pod 1 to be deleted                           1@n0 deleting  | n0 sees 1@n0  | n1 sees no pod
              4  agent 0     learns of a change: 1@n0 deleting                      1@n0 deleting  | n0 sees 1@n0 deleting  | n1 sees no pod
              5  agent 0     asks for the removal of pod 1                          1@n0 deleting  | n0 sees 1@n0 deleting, removes 1  | n1 sees no pod
              6  store       removes pod 1 for agent 0                              no pod  | n0 sees 1@n0 deleting  | n1 sees 1@n0
              7  agent 0     restarts and reads what was there 2 changes ago: 1@n0  no pod  | n0 sees 1@n0  | n1 sees 1@n0
              8  agent 0     starts pod 1                                           no pod  | n0 sees 1@n0, runs 1  | n1 sees 1@n0
              9  controller  finds no pod, creates pod 2 for n1                     2@n1  | n0 sees 1@n0 deleting, runs 1  | n1 sees 1@n0 deleting
             10  agent 1     learns of a change: no pod                             2@n1  | n0 sees 1@n0 deleting, runs 1  | n1 sees no pod
             11  agent 1     learns of a change: 2@n1                               2@n1  | n0 sees 1@n0 deleting, runs 1  | n1 sees 2@n1
             12  agent 1     starts pod 2                                           2@n1  | n0 sees 1@n0 deleting, runs 1  | n1 sees 2@n1, runs 2
                                                                                    ^ TWO RUN at a time: pod 1 on n0, pod 2 on n1
            replay: 0/4/0/6/0/0/0/3/1/3/2/2/2"#]],
    );
}

#[test]
fn absence_that_is_not_there_yet() {
    assert_schedule(
        Protocol::reading_to_start(),
        Size::new(1, 1, 1).restarts(1),
        NEVER_STOPS_LIVE,
        &expect![[r#"
              0                                                                      no pod  | n0 sees no pod
              1  controller  finds no pod, creates pod 1 for n0                      1@n0  | n0 sees no pod
              2  agent 0     learns of a change: 1@n0                                1@n0  | n0 sees 1@n0
              3  agent 0     reads the store, pod 1 is to run                        1@n0  | n0 sees 1@n0, will start 1
              4  agent 0     starts pod 1                                            1@n0  | n0 sees 1@n0, runs 1
              5  agent 0     restarts and reads what was there 1 change ago: no pod  1@n0  | n0 sees no pod, runs 1
              6  agent 0     stops pod 1                                             1@n0  | n0 sees no pod
                                                                                     ^ pod 1 is STOPPED, and is to run here
            replay: 0/1/0/0/0/0/1"#]],
    );
}

#[test]
fn a_removal_by_name_without_any_fault() {
    assert_schedule(
        Protocol::fresh(),
        Size::new(1, 2, 1),
        NEVER_REMOVES_LIVE,
        &expect![[r#"
              0                                                  no pod  | n0 sees no pod
              1  controller  finds no pod, creates pod 1 for n0  1@n0  | n0 sees no pod
              2  user        asks for pod 1 to be deleted        1@n0 deleting  | n0 sees 1@n0
              3  agent 0     learns of a change: 1@n0 deleting   1@n0 deleting  | n0 sees 1@n0 deleting
              4  agent 0     asks for the removal of pod 1       1@n0 deleting  | n0 sees 1@n0 deleting, removes 1
              5  store       removes pod 1 for agent 0           no pod  | n0 sees 1@n0 deleting
              6  agent 0     asks for the removal of pod 1       no pod  | n0 sees 1@n0 deleting, removes 1
              7  controller  finds no pod, creates pod 2 for n0  2@n0  | n0 sees no pod, removes 1
              8  store       removes pod 2 for agent 0           no pod  | n0 sees 2@n0
                                                                 ^ pod 2 is REMOVED, and nobody has asked for it to be deleted
            replay: 0/0/1/0/0/0/1/2/1"#]],
    );
}

#[test]
fn a_removal_that_was_read_first() {
    let printed = assert_schedule(
        Protocol::reading_to_remove(),
        Size::default(),
        NEVER_REMOVES_LIVE,
        &expect![[r#"
              0                                                                             no pod  | n0 sees no pod  | n1 sees no pod
              1  controller  finds no pod, creates pod 1 for n0                             1@n0  | n0 sees no pod  | n1 sees no pod
              2  user        asks for pod 1 to be deleted                                   1@n0 deleting  | n0 sees no pod  | n1 sees no pod
              3  agent 0     restarts and reads the store: 1@n0 deleting                    1@n0 deleting  | n0 sees 1@n0 deleting  | n1 sees no pod
              4  agent 0     reads the store, pod 1 is to be deleted, asks for its removal  1@n0 deleting  | n0 sees 1@n0 deleting, removes 1  | n1 sees no pod
              5  store       removes pod 1 for agent 0, which does not learn of it          no pod  | n0 sees 1@n0 deleting, removes 1  | n1 sees 1@n0
              6  controller  finds no pod, creates pod 2 for n0                             2@n0  | n0 sees 1@n0 deleting, removes 1  | n1 sees 1@n0 deleting
              7  store       removes pod 2 for agent 0                                      no pod  | n0 sees no pod  | n1 sees no pod
                                                                                            ^ pod 2 is REMOVED, and nobody has asked for it to be deleted
            replay: 0/0/4/1/0/1/3/1"#]],
    );
    assert_in_readme(&printed);
}

#[test]
fn who_never_acts_on_absence_keeps_what_nobody_wants() {
    assert_schedule(
        Protocol::patient(),
        Size::new(1, 2, 1),
        RECOVERS,
        &expect![[r#"
              0                                                  no pod  | n0 sees no pod
              1  controller  finds no pod, creates pod 1 for n0  1@n0  | n0 sees no pod
              2  user        asks for pod 1 to be deleted        1@n0 deleting  | n0 sees 1@n0
              3  agent 0     learns of a change: 1@n0 deleting   1@n0 deleting  | n0 sees 1@n0 deleting
              4  agent 0     asks for the removal of pod 1       1@n0 deleting  | n0 sees 1@n0 deleting, removes 1
              5  store       removes pod 1 for agent 0           no pod  | n0 sees 1@n0 deleting
              6  agent 0     asks for the removal of pod 1       no pod  | n0 sees 1@n0 deleting, removes 1
              7  controller  finds no pod, creates pod 2 for n0  2@n0  | n0 sees no pod, removes 1
              8  store       removes pod 2 for agent 0           no pod  | n0 sees 2@n0
                                                                 ^ pod 2 is REMOVED, and nobody has asked for it to be deleted
              9  agent 0     starts pod 2                        no pod  | n0 sees 2@n0, runs 2
            replay: 0/0/1/0/0/0/1/2/1/1"#]],
    );
}
