//! The table of variants, pinned: verdicts, shortest lengths, counts of states and transitions. The
//! counts were found by the naive search as well; see oracle.rs.

use dns_tree_rollback::{DnsTreeRollback, Protocol, Size};
use expect_test::{Expect, expect};
use planwright_cli::{Family, SearchOptions, verdicts};

fn assert_table(size: Size, expected: &Expect) {
    let mut lines = Vec::new();
    for variant in DnsTreeRollback::variants() {
        let found = verdicts::<DnsTreeRollback>(variant.protocol, &size, &SearchOptions::default());
        assert!(found.complete);
        if size == Size::default() {
            assert!(found.agree_with(variant.violates), "{found:?}");
        }
        let cells = found.cells.iter().map(|(_, cell)| format!("{cell:<12}"));
        let cells = cells.collect::<Vec<_>>().join(" ");
        let (name, states, transitions) = (variant.name, found.states, found.transitions);
        lines.push(format!("{name:<15} {cells} {states:>5} {transitions:>5}"));
    }
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn the_smallest_size_at_which_the_root_goes_empty() {
    assert_table(
        Size::new(2, 4),
        &expect![[r#"
            deployed        NO, 18 steps NO, 18 steps NO, 12 steps NO, 18 steps in 9 steps   in 13 steps    806  1579
            tolerant        NO, 18 steps NO, 18 steps NO, 12 steps holds        in 9 steps   in 13 steps    814  1587
            newest          NO, 10 steps NO, 6 steps  NO, 8 steps  NO, 10 steps in 6 steps   in 6 steps    2027  3872
            locked-cleanup  NO, 20 steps NO, 20 steps NO, 12 steps NO, 20 steps in 10 steps  in 13 steps   1397  2742
            look-first      NO, 21 steps NO, 25 steps NO, 12 steps NO, 21 steps in 9 steps   in 13 steps   1784  3589
            unused-only     holds        holds        NO, 12 steps holds        in 8 steps   in 13 steps    877  1736
            compared        holds        holds        holds        holds        in 9 steps   in 13 steps    350   740
            newest-compared holds        NO, 6 steps  holds        holds        in 6 steps   in 6 steps     805  1531
            fix             holds        holds        holds        holds        in 9 steps   in 6 steps     821  1557"#]],
    );
}

#[test]
fn the_size_of_the_tour() {
    assert_table(
        Size::default(),
        &expect![[r#"
            deployed        NO, 18 steps NO, 18 steps NO, 12 steps NO, 18 steps in 9 steps   in 13 steps   2865  6970
            tolerant        NO, 18 steps NO, 18 steps NO, 12 steps holds        in 9 steps   in 13 steps   3001  7240
            newest          NO, 10 steps NO, 6 steps  NO, 8 steps  NO, 10 steps in 6 steps   in 6 steps    5824 14596
            locked-cleanup  NO, 19 steps NO, 19 steps NO, 12 steps NO, 19 steps in 10 steps  in 13 steps   5192 12423
            look-first      NO, 21 steps NO, 25 steps NO, 12 steps NO, 21 steps in 9 steps   in 13 steps   5814 14827
            unused-only     holds        holds        NO, 12 steps holds        in 8 steps   in 13 steps   2996  7397
            compared        holds        holds        holds        holds        in 9 steps   in 13 steps    950  2551
            newest-compared holds        NO, 6 steps  holds        holds        in 6 steps   in 6 steps    2218  5469
            fix             holds        holds        holds        holds        in 9 steps   in 6 steps    2264  5569"#]],
    );
}

#[test]
fn the_fix_at_the_larger_size_of_the_tour() {
    let larger = DnsTreeRollback::tour().larger;
    let fix = Protocol::fixed();
    let found = verdicts::<DnsTreeRollback>(fix, &larger, &SearchOptions::default());
    assert!(found.complete && found.agree_with(&[]));
    assert_eq!((found.states, found.transitions), (224_017, 811_449));
}
