//! The table of variants, pinned: verdicts, shortest lengths, counts of states and transitions. The
//! counts were found by the naive search as well; see oracle.rs.

use expect_test::{Expect, expect};
use planwright_cli::{Family, SearchOptions, verdicts};
use schema_steps::{Protocol, SchemaSteps, Size};

fn assert_table(size: Size, expected: &Expect) {
    let mut lines = Vec::new();
    for variant in SchemaSteps::variants() {
        let found = verdicts::<SchemaSteps>(variant.protocol, &size, &SearchOptions::default());
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
            one-step        NO, 6 steps  NO, 6 steps  holds        in 6 steps   in 5 steps      328   1096
            no-delete-only  NO, 6 steps  holds        holds        in 4 steps   in 8 steps      803   2689
            no-write-only   holds        NO, 9 steps  holds        in 4 steps   in 8 steps      683   2265
            no-backfill     holds        NO, 10 steps holds        in 4 steps   in 9 steps     1201   3969
            two-behind      NO, 7 steps  holds        holds        in 4 steps   in 9 steps     1745   5989
            unfenced        NO, 9 steps  NO, 12 steps holds        in 4 steps   in 11 steps    1748   5772
            backfill-early  holds        NO, 12 steps holds        in 4 steps   in 11 steps    2016   7245
            backfill-loaded holds        NO, 12 steps holds        in 4 steps   in 11 steps    1463   4839
            backfill-blind  NO, 13 steps holds        holds        in 4 steps   in 12 steps    1660   5500
            awaited         holds        holds        NO, for ever in 4 steps   in 11 steps     306   1002
            f1              holds        holds        holds        in 4 steps   in 11 steps    1238   4118"#]],
    );
}

#[test]
fn two_rows() {
    assert_table(
        Size::new(2, 2),
        &expect![[r#"
            one-step        NO, 6 steps  NO, 7 steps  holds        in 7 steps   in 6 steps     3936  14560
            no-delete-only  NO, 6 steps  holds        holds        in 4 steps   in 9 steps     8897  32533
            no-write-only   holds        NO, 10 steps holds        in 4 steps   in 9 steps     6347  22543
            no-backfill     holds        NO, 10 steps holds        in 4 steps   in 9 steps    10615  37087
            two-behind      NO, 7 steps  holds        holds        in 4 steps   in 10 steps   17499  63899
            unfenced        NO, 9 steps  NO, 13 steps holds        in 4 steps   in 12 steps   18924  67052
            backfill-early  holds        NO, 13 steps holds        in 4 steps   in 12 steps   21883  84114
            backfill-loaded holds        NO, 13 steps holds        in 4 steps   in 12 steps   13690  48242
            backfill-blind  NO, 13 steps holds        holds        in 4 steps   in 14 steps   17880  63328
            awaited         holds        holds        NO, for ever in 4 steps   in 12 steps    2150   8070
            f1              holds        holds        holds        in 4 steps   in 12 steps   10158  35998"#]],
    );
}

#[test]
fn the_fix_at_the_larger_size_of_the_tour() {
    let larger = SchemaSteps::tour().larger;
    let found = verdicts::<SchemaSteps>(Protocol::f1(), &larger, &SearchOptions::default());
    assert!(found.complete && found.agree_with(&[]));
    assert_eq!((found.states, found.transitions), (228_902, 1_150_365));
}
