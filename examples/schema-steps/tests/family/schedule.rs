//! The schedules that the program and the README show.

use expect_test::{Expect, expect};
use planwright_checker::{Checker, Trace};
use schema_steps::{COMPLETE, Database, NO_ORPHANS, Protocol, Size, complete, is_read, no_orphans};

fn assert_schedule(protocol: Protocol, property: &str, expected: &Expect) -> String {
    let database = Database::new(protocol, Size::default());
    let report = Checker::new(&database)
        .always(NO_ORPHANS, no_orphans)
        .always_implies(COMPLETE, is_read, complete)
        .run();
    let printed = report
        .assert_violated(property)
        .display(&database)
        .to_string();
    expected.assert_eq(&printed);
    // The line at its end is enough to print it again.
    let (_, line) = printed.rsplit_once("replay: ").expect("a replay line");
    let again = Trace::replay(&database, line).expect("it replays");
    assert_eq!(again.display(&database).to_string(), printed);
    printed
}

#[test]
fn a_server_that_cannot_delete_what_another_writes() {
    let printed = assert_schedule(
        Protocol::without_delete_only(),
        NO_ORPHANS,
        &expect![[r#"
              0                                                          s0 absent  s1 absent  rows {} index {}
              1  manager   publishes the schema: index write-only        s0 absent  s1 absent  rows {} index {}
              2  server 0  loads the schema: index write-only            s0 write-only  s1 absent  rows {} index {}
              3  server 0  begins to insert row 0 by write-only          s0 write-only [insert row 0 by write-only]  s1 absent  rows {} index {}
              4  server 0  commits by write-only: row 0 and entry added  s0 write-only  s1 absent  rows {0} index {0}
              5  server 1  begins to delete row 0 by absent              s0 write-only  s1 absent [delete row 0 by absent]  rows {0} index {0}
              6  server 1  commits by absent: row 0 removed, no entry    s0 write-only  s1 absent  rows {} index {0}
                                                                         ^ ORPHAN: an entry of the index names a row that is not there
            replay: 0/0/0/0/0/4/3"#]],
    );
    let readme = include_str!("../../README.md");
    assert!(
        readme.contains(&printed),
        "README.md shows another schedule"
    );
}

#[test]
fn an_operation_that_began_before_the_backfill() {
    assert_schedule(
        Protocol::backfill_once_loaded(),
        COMPLETE,
        &expect![[r#"
              0                                                           s0 absent  s1 absent  rows {} index {}
              1  manager   publishes the schema: index delete-only        s0 absent  s1 absent  rows {} index {}
              2  server 0  loads the schema: index delete-only            s0 delete-only  s1 absent  rows {} index {}
              3  server 0  begins to insert row 0 by delete-only          s0 delete-only [insert row 0 by delete-only]  s1 absent  rows {} index {}
              4  server 1  loads the schema: index delete-only            s0 delete-only [insert row 0 by delete-only]  s1 delete-only  rows {} index {}
              5  manager   publishes the schema: index write-only         s0 delete-only [insert row 0 by delete-only]  s1 delete-only  rows {} index {}
              6  server 0  loads the schema: index write-only             s0 write-only [insert row 0 by delete-only]  s1 delete-only  rows {} index {}
              7  server 1  loads the schema: index write-only             s0 write-only [insert row 0 by delete-only]  s1 write-only  rows {} index {}
              8  backfill  begins                                         s0 write-only [insert row 0 by delete-only]  s1 write-only  rows {} index {}  filling 0
              9  backfill  finds no row 0                                 s0 write-only [insert row 0 by delete-only]  s1 write-only  rows {} index {}
             10  server 0  commits by delete-only: row 0 added, no entry  s0 write-only  s1 write-only  rows {0} index {}
             11  manager   publishes the schema: index public             s0 write-only  s1 write-only  rows {0} index {}
             12  server 0  loads the schema: index public                 s0 public  s1 write-only  rows {0} index {}
                                                                          ^ MISSING: the index is read, and a row has no entry
            replay: 0/0/0/0/1/0/0/1/0/0/1/0/0"#]],
    );
}

#[test]
fn two_versions_apart() {
    assert_schedule(
        Protocol::two_behind(),
        NO_ORPHANS,
        &expect![[r#"
              0                                                          s0 absent  s1 absent  rows {} index {}
              1  manager   publishes the schema: index delete-only       s0 absent  s1 absent  rows {} index {}
              2  manager   publishes the schema: index write-only        s0 absent  s1 absent  rows {} index {}
              3  server 0  loads the schema: index write-only            s0 write-only  s1 absent  rows {} index {}
              4  server 0  begins to insert row 0 by write-only          s0 write-only [insert row 0 by write-only]  s1 absent  rows {} index {}
              5  server 0  commits by write-only: row 0 and entry added  s0 write-only  s1 absent  rows {0} index {0}
              6  server 1  begins to delete row 0 by absent              s0 write-only  s1 absent [delete row 0 by absent]  rows {0} index {0}
              7  server 1  commits by absent: row 0 removed, no entry    s0 write-only  s1 absent  rows {} index {0}
                                                                         ^ ORPHAN: an entry of the index names a row that is not there
            replay: 0/0/0/0/0/0/4/3"#]],
    );
}

#[test]
fn an_operation_that_outlives_its_schema() {
    assert_schedule(
        Protocol::unfenced(),
        NO_ORPHANS,
        &expect![[r#"
              0                                                          s0 absent  s1 absent  rows {} index {}
              1  manager   publishes the schema: index delete-only       s0 absent  s1 absent  rows {} index {}
              2  server 0  loads the schema: index delete-only           s0 delete-only  s1 absent  rows {} index {}
              3  server 1  begins to delete row 0 by absent              s0 delete-only  s1 absent [delete row 0 by absent]  rows {} index {}
              4  server 1  loads the schema: index delete-only           s0 delete-only  s1 delete-only [delete row 0 by absent]  rows {} index {}
              5  manager   publishes the schema: index write-only        s0 delete-only  s1 delete-only [delete row 0 by absent]  rows {} index {}
              6  server 0  loads the schema: index write-only            s0 write-only  s1 delete-only [delete row 0 by absent]  rows {} index {}
              7  server 0  begins to insert row 0 by write-only          s0 write-only [insert row 0 by write-only]  s1 delete-only [delete row 0 by absent]  rows {} index {}
              8  server 0  commits by write-only: row 0 and entry added  s0 write-only  s1 delete-only [delete row 0 by absent]  rows {0} index {0}
              9  server 1  commits by absent: row 0 removed, no entry    s0 write-only  s1 delete-only  rows {} index {0}
                                                                         ^ ORPHAN: an entry of the index names a row that is not there
            replay: 0/0/0/4/2/0/0/0/0/3"#]],
    );
}

#[test]
fn a_row_deleted_between_read_and_write() {
    assert_schedule(
        Protocol::backfill_not_atomic(),
        NO_ORPHANS,
        &expect![[r#"
              0                                                            s0 absent  s1 absent  rows {} index {}
              1  manager   publishes the schema: index delete-only         s0 absent  s1 absent  rows {} index {}
              2  server 0  loads the schema: index delete-only             s0 delete-only  s1 absent  rows {} index {}
              3  server 0  begins to insert row 0 by delete-only           s0 delete-only [insert row 0 by delete-only]  s1 absent  rows {} index {}
              4  server 0  commits by delete-only: row 0 added, no entry   s0 delete-only  s1 absent  rows {0} index {}
              5  server 1  loads the schema: index delete-only             s0 delete-only  s1 delete-only  rows {0} index {}
              6  manager   publishes the schema: index write-only          s0 delete-only  s1 delete-only  rows {0} index {}
              7  server 0  loads the schema: index write-only              s0 write-only  s1 delete-only  rows {0} index {}
              8  server 0  begins to delete row 0 by write-only            s0 write-only [delete row 0 by write-only]  s1 delete-only  rows {0} index {}
              9  server 1  loads the schema: index write-only              s0 write-only [delete row 0 by write-only]  s1 write-only  rows {0} index {}
             10  backfill  begins                                          s0 write-only [delete row 0 by write-only]  s1 write-only  rows {0} index {}  filling 0
             11  backfill  finds row 0                                     s0 write-only [delete row 0 by write-only]  s1 write-only  rows {0} index {}  filling 0, read
             12  server 0  commits by write-only: row 0 and entry removed  s0 write-only  s1 write-only  rows {} index {}  filling 0, read
             13  backfill  adds the entry of row 0 that it found           s0 write-only  s1 write-only  rows {} index {0}
                                                                           ^ ORPHAN: an entry of the index names a row that is not there
            replay: 0/0/0/0/0/2/0/0/1/1/0/0/1/0"#]],
    );
}
