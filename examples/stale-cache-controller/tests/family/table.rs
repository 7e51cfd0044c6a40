//! The table of variants, pinned: verdicts, shortest lengths, counts of states and transitions. The
//! counts were found by the naive search as well; see oracle.rs.

use expect_test::{Expect, expect};
use planwright_cli::{Family, SearchOptions, verdicts};
use stale_cache_controller::{Protocol, Size, StaleCacheController};

fn assert_table(size: Size, expected: &Expect) {
    let mut lines = Vec::new();
    for variant in StaleCacheController::variants() {
        let found =
            verdicts::<StaleCacheController>(variant.protocol, &size, &SearchOptions::default());
        assert!(
            found.complete && found.agree_with(variant.violates),
            "{found:?}"
        );
        let cells = found.cells.iter().map(|(_, cell)| format!("{cell:<12}"));
        let cells = cells.collect::<Vec<_>>().join(" ");
        let (name, states, transitions) = (variant.name, found.states, found.transitions);
        lines.push(format!("{name:<14} {cells} {states:>6} {transitions:>6}"));
    }
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn the_smallest_size_at_which_every_faulty_variant_fails() {
    assert_table(
        Size::default(),
        &expect![[r#"
        deployed       NO, 12 steps NO, 7 steps  NO, 5 steps  holds        in 6 steps   in 11 steps    7392  37910
        uid            NO, 12 steps holds        NO, 5 steps  holds        in 6 steps   in 15 steps    4338  20586
        fresh          NO, 12 steps NO, 7 steps  holds        holds        in 6 steps   in 11 steps    5745  22750
        read-to-remove NO, 12 steps NO, 7 steps  holds        holds        in 6 steps   in 11 steps    2241   7494
        patient        NO, 12 steps NO, 7 steps  holds        NO, 9 steps  in 6 steps   in 11 steps    5745  21626
        read-to-start  holds        holds        NO, 6 steps  holds        in 6 steps   in 16 steps    3556  18734
        read-to-act    holds        holds        holds        holds        in 6 steps   in 16 steps    3820  19640
        fix            holds        holds        holds        holds        in 6 steps   in 15 steps    2781  10522"#]],
    );
}

#[test]
fn three_nodes() {
    assert_table(
        Size::new(3, 3, 2).restarts(1).lost(1),
        &expect![[r#"
        deployed       NO, 12 steps NO, 7 steps  NO, 5 steps  holds        in 6 steps   in 11 steps   65573 450375
        uid            NO, 12 steps holds        NO, 5 steps  holds        in 6 steps   in 15 steps   39869 251025
        fresh          NO, 12 steps NO, 7 steps  holds        holds        in 6 steps   in 11 steps   47803 255462
        read-to-remove NO, 12 steps NO, 7 steps  holds        holds        in 6 steps   in 11 steps   14539  65823
        patient        NO, 12 steps NO, 7 steps  holds        NO, 9 steps  in 6 steps   in 11 steps   47803 244986
        read-to-start  holds        holds        NO, 6 steps  holds        in 6 steps   in 16 steps   30401 222423
        read-to-act    holds        holds        holds        holds        in 6 steps   in 16 steps   32669 233766
        fix            holds        holds        holds        holds        in 6 steps   in 15 steps   23395 120714"#]],
    );
}

#[test]
fn caches_four_changes_behind() {
    assert_table(
        Size::new(2, 3, 4).restarts(1).lost(1),
        &expect![[r#"
        deployed       NO, 14 steps NO, 7 steps  NO, 5 steps  holds        in 6 steps   in 11 steps   33130 219228
        uid            NO, 14 steps holds        NO, 5 steps  holds        in 6 steps   in 15 steps   10902  60376
        fresh          NO, 14 steps NO, 7 steps  holds        holds        in 6 steps   in 11 steps   25033 101716
        read-to-remove NO, 14 steps NO, 7 steps  holds        holds        in 6 steps   in 11 steps    6461  22046
        patient        NO, 14 steps NO, 7 steps  holds        NO, 10 steps in 6 steps   in 11 steps   25033  96700
        read-to-start  holds        holds        NO, 6 steps  holds        in 6 steps   in 16 steps    9172  56864
        read-to-act    holds        holds        holds        holds        in 6 steps   in 16 steps    9984  59978
        fix            holds        holds        holds        holds        in 6 steps   in 15 steps    5661  21934"#]],
    );
}

#[test]
fn the_fix_at_the_larger_size_of_the_tour() {
    let larger = StaleCacheController::tour().larger;
    let search = SearchOptions::default();
    let found = verdicts::<StaleCacheController>(Protocol::fixed(), &larger, &search);
    assert!(found.complete && found.agree_with(&[]));
    assert_eq!((found.states, found.transitions), (133_255, 751_818));
}
