//! The table of variants, pinned: verdicts, shortest lengths, counts of states and transitions. The
//! counts were found by the naive search as well; see oracle.rs.

use expect_test::{Expect, expect};
use leased_leader::{LeasedLeader, Protocol, Size};
use planwright_cli::{Family, SearchOptions, verdicts};

fn assert_table(size: Size, expected: &Expect) {
    let mut lines = Vec::new();
    for variant in LeasedLeader::variants() {
        let found = verdicts::<LeasedLeader>(variant.protocol, &size, &SearchOptions::default());
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
fn the_smallest_size_at_which_a_lease_without_fencing_fails() {
    assert_table(
        Size::new(2, 1, 3),
        &expect![[r#"
        deployed        NO, 9 steps  NO, 9 steps  holds        in 7 steps   in 5 steps     254   455
        check-lease     NO, 11 steps NO, 11 steps holds        in 8 steps   in 6 steps     363   676
        plan-first      NO, 9 steps  holds        holds        in 7 steps   in 5 steps     249   451
        fenced          NO, 9 steps  holds        holds        in 7 steps   in 5 steps     217   403
        first-write     holds        holds        holds        in 7 steps   in 6 steps     258   502
        lock            holds        holds        holds        NEVER        in 5 steps      29    37
        compare-plans   holds        NO, 9 steps  holds        in 7 steps   in 5 steps     232   423
        fence-then-plan holds        holds        holds        in 7 steps   in 6 steps     258   502"#]],
    );
}

#[test]
fn the_size_of_the_tour() {
    assert_table(
        Size::default(),
        &expect![[r#"
        deployed        NO, 9 steps  NO, 9 steps  holds        in 7 steps   in 6 steps    1719  3871
        check-lease     NO, 11 steps NO, 11 steps holds        in 8 steps   in 8 steps    2424  5670
        plan-first      NO, 9 steps  holds        holds        in 7 steps   in 6 steps    1960  4430
        fenced          NO, 9 steps  holds        holds        in 7 steps   in 6 steps    1172  2712
        first-write     NO, 13 steps NO, 9 steps  holds        in 7 steps   in 7 steps    1501  3547
        lock            holds        holds        NO, 3 steps  NEVER        in 6 steps      48    80
        compare-plans   holds        NO, 9 steps  holds        in 7 steps   in 6 steps    1358  3104
        fence-then-plan holds        holds        holds        in 7 steps   in 7 steps    1336  3187"#]],
    );
}

#[test]
fn the_fix_at_the_larger_size_of_the_tour() {
    let larger = LeasedLeader::tour().larger;
    let fix = Protocol::fencing_before_choosing();
    let found = verdicts::<LeasedLeader>(fix, &larger, &SearchOptions::default());
    assert!(found.complete && found.agree_with(&[]));
    assert_eq!((found.states, found.transitions), (298_717, 1_151_045));
}
