//! The table of variants, pinned: verdicts, shortest lengths, counts of states and transitions. The
//! counts were found by the naive search as well; see oracle.rs.

use expect_test::{Expect, expect};
use planwright_cli::{Family, SearchOptions, verdicts};
use two_phase_update::{Protocol, Size, TwoPhaseUpdate};

fn assert_table(size: Size, expected: &Expect) {
    let mut lines = Vec::new();
    for variant in TwoPhaseUpdate::variants() {
        let found = verdicts::<TwoPhaseUpdate>(variant.protocol, &size, &SearchOptions::default());
        assert!(
            found.complete && found.agree_with(variant.violates),
            "{found:?}"
        );
        let cells = found.cells.iter().map(|(_, cell)| format!("{cell:<11}"));
        let cells = cells.collect::<Vec<_>>().join(" ");
        let (name, states, transitions) = (variant.name, found.states, found.transitions);
        lines.push(format!("{name:<17} {cells} {states:>6} {transitions:>6}"));
    }
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn the_smallest_size_at_which_every_faulty_variant_fails() {
    assert_table(
        Size::new(2, 1, 2),
        &expect![[r#"
            in-place          NO, 5 steps holds       holds       in 3 steps  in 3 steps      20     38
            last-first        NO, 5 steps holds       holds       in 3 steps  in 3 steps      15     25
            flip-early        holds       NO, 4 steps holds       in 3 steps  in 6 steps      56    134
            remove-at-once    holds       NO, 7 steps holds       in 3 steps  in 6 steps      38     78
            remove-unused     holds       NO, 8 steps holds       in 3 steps  in 6 steps      35     69
            remove-when-empty holds       holds       NO, for ever in 3 steps  in 6 steps      29     51
            paused            holds       holds       holds       in 3 steps  in 3 steps      11     15
            two-phase         holds       holds       holds       in 3 steps  in 6 steps      29     59"#]],
    );
}

#[test]
fn the_size_of_the_tour() {
    assert_table(
        Size::default(),
        &expect![[r#"
            in-place          NO, 5 steps holds       holds       in 3 steps  in 4 steps     277    900
            last-first        NO, 6 steps holds       holds       in 3 steps  in 4 steps     131    344
            flip-early        holds       NO, 4 steps holds       in 3 steps  in 8 steps     873   3333
            remove-at-once    holds       NO, 8 steps holds       in 3 steps  in 8 steps     641   2229
            remove-unused     holds       NO, 9 steps holds       in 3 steps  in 8 steps     568   1835
            remove-when-empty holds       holds       NO, for ever in 3 steps  in 8 steps     305    846
            paused            holds       holds       holds       in 3 steps  in 4 steps      54    116
            two-phase         holds       holds       holds       in 3 steps  in 8 steps     305   1026"#]],
    );
}

#[test]
fn three_versions() {
    assert_table(
        Size::new(3, 3, 3),
        &expect![[r#"
            in-place          NO, 5 steps holds       holds       in 3 steps  in 8 steps    5475  23649
            last-first        NO, 6 steps holds       holds       in 3 steps  in 8 steps    2479   9187
            flip-early        holds       NO, 4 steps holds       in 3 steps  in 16 steps  10006  47257
            remove-at-once    holds       NO, 8 steps holds       in 3 steps  in 16 steps  19247  87414
            remove-unused     holds       NO, 9 steps holds       in 3 steps  in 16 steps  11510  48197
            remove-when-empty holds       holds       NO, for ever in 3 steps  in 16 steps   2670   9826
            paused            holds       holds       holds       in 3 steps  in 8 steps     332   1016
            two-phase         holds       holds       holds       in 3 steps  in 16 steps   2670  11338"#]],
    );
}

#[test]
fn the_fix_at_the_larger_size_of_the_tour() {
    let larger = TwoPhaseUpdate::tour().larger;
    let search = SearchOptions::default();
    let found = verdicts::<TwoPhaseUpdate>(Protocol::two_phase(), &larger, &search);
    assert!(found.complete && found.agree_with(&[]));
    assert_eq!((found.states, found.transitions), (193_874, 1_195_400));
}
