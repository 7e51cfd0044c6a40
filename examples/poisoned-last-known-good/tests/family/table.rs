//! The table of variants, pinned: verdicts, shortest lengths, counts of states and transitions. The
//! counts were found by the naive search as well; see oracle.rs.

use expect_test::{Expect, expect};
use planwright_cli::{Family, SearchOptions, verdicts};
use poisoned_last_known_good::{PoisonedLastKnownGood, Protocol, Size};

fn assert_table(size: Size, expected: &Expect) {
    let mut lines = Vec::new();
    for variant in PoisonedLastKnownGood::variants() {
        let found =
            verdicts::<PoisonedLastKnownGood>(variant.protocol, &size, &SearchOptions::default());
        assert!(
            found.complete && found.agree_with(variant.violates),
            "{found:?}"
        );
        let cells = found.cells.iter().map(|(_, cell)| format!("{cell:<12}"));
        let cells = cells.collect::<Vec<_>>().join(" ");
        let (name, states, transitions) = (variant.name, found.states, found.transitions);
        lines.push(format!("{name:<15} {cells} {states:>6} {transitions:>6}"));
    }
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn the_size_of_the_tour() {
    assert_table(
        Size::default(),
        &expect![[r#"
        deployed        NO, 7 steps  NO, 5 steps  NO, 8 steps  in 3 steps   in 18 steps    5018  18974
        bake            NO, 9 steps  NO, 6 steps  NO, 10 steps in 3 steps   in 20 steps    5486  20369
        keep-two        NO, 7 steps  NO, 5 steps  NO, 14 steps in 3 steps   in 18 steps   11143  46145
        rings-wait      NO, 9 steps  holds        NO, 10 steps in 3 steps   in 18 steps    1480   4541
        promotion-waits holds        NO, 5 steps  holds        in 3 steps   in 18 steps    2473   8844
        synchronous     holds        holds        holds        in 2 steps   in 12 steps     173    280
        fix             holds        holds        holds        in 3 steps   in 18 steps     793   2152"#]],
    );
}

#[test]
fn the_smallest_size_at_which_every_faulty_variant_fails() {
    assert_table(
        Size::new(2, 1, 3, 2),
        &expect![[r#"
        deployed        NO, 5 steps  NO, 4 steps  NO, 6 steps  in 3 steps   in 12 steps     472    889
        bake            NO, 7 steps  NO, 5 steps  NO, 8 steps  in 3 steps   in 16 steps     598   1137
        keep-two        NO, 5 steps  NO, 4 steps  NO, 10 steps in 3 steps   in 12 steps     659   1267
        rings-wait      NO, 6 steps  holds        NO, 7 steps  in 3 steps   in 13 steps     208    299
        promotion-waits holds        NO, 4 steps  holds        in 3 steps   in 14 steps     217    336
        synchronous     holds        holds        holds        in 2 steps   in 10 steps      77     80
        fix             holds        holds        holds        in 3 steps   in 14 steps     121    136"#]],
    );
}

#[test]
fn three_rings_and_four_plans() {
    assert_table(
        Size::new(3, 1, 4, 2),
        &expect![[r#"
        deployed        NO, 7 steps  NO, 4 steps  NO, 8 steps  in 3 steps   in 24 steps    7014  18377
        bake            NO, 10 steps NO, 5 steps  NO, 11 steps in 3 steps   in 27 steps    8804  22878
        keep-two        NO, 7 steps  NO, 4 steps  NO, 15 steps in 3 steps   in 24 steps   15375  42210
        rings-wait      NO, 9 steps  holds        NO, 10 steps in 3 steps   in 24 steps    1591   2796
        promotion-waits holds        NO, 4 steps  holds        in 3 steps   in 24 steps    2983   6945
        synchronous     holds        holds        holds        in 2 steps   in 17 steps     496    567
        fix             holds        holds        holds        in 3 steps   in 24 steps     931   1314"#]],
    );
}

#[test]
fn the_fix_at_the_larger_size_of_the_tour() {
    let larger = PoisonedLastKnownGood::tour().larger;
    let search = SearchOptions::default();
    let found = verdicts::<PoisonedLastKnownGood>(Protocol::acknowledged(), &larger, &search);
    assert!(found.complete && found.agree_with(&[]));
    assert_eq!((found.states, found.transitions), (123_251, 518_840));
}
