//! The table of variants at a small size, pinned: verdicts, shortest lengths, counts of states and
//! transitions. The counts were found by the naive search as well; see oracle.rs. The table at the
//! size of the tour is in program.rs.

use expect_test::{Expect, expect};
use membership_change::{MembershipChange, Protocol, Size};
use planwright_cli::{Family, SearchOptions, verdicts};

fn assert_table(size: Size, expected: &Expect) {
    let mut lines = Vec::new();
    for variant in MembershipChange::variants() {
        let search = SearchOptions::default();
        let found = verdicts::<MembershipChange>(variant.protocol, &size, &search);
        assert!(found.complete, "{found:?}");
        let cells = found.cells.iter().map(|(_, cell)| format!("{cell:<11}"));
        let cells = cells.collect::<Vec<_>>().join(" ");
        let (name, states, transitions) = (variant.name, found.states, found.transitions);
        lines.push(format!("{name:<12} {cells} {states:>6} {transitions:>6}"));
    }
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn logs_of_one_entry() {
    assert_table(
        Size::new(4, 0, 3, 1),
        &expect![[r#"
            published    NO, 6 steps NO, 7 steps NO, 8 steps holds       in 4 steps  in 4 steps   42361 125532
            confirmed    NO, 6 steps NO, 7 steps NO, 8 steps holds       in 4 steps  in 4 steps   42361 118980
            appended     holds       holds       holds       holds       NEVER       NEVER         7285  31572
            members-only NO, 6 steps NO, 7 steps NO, 8 steps holds       in 4 steps  in 4 steps   41629 122760
            both-commit  NO, 6 steps holds       holds       holds       in 5 steps  in 4 steps   45553 148932
            joint        holds       holds       holds       holds       in 5 steps  in 4 steps   38965 131988
            fix          holds       holds       holds       holds       NEVER       NEVER         7285  31572"#]],
    );
}

#[test]
fn a_server_to_add() {
    assert_table(
        Size::new(3, 1, 2, 2).changes(2),
        &expect![[r#"
            published    holds       holds       holds       holds       in 4 steps  in 4 steps   60796 148677
            confirmed    holds       holds       holds       holds       in 4 steps  in 4 steps   60796 138570
            appended     holds       holds       holds       holds       in 6 steps  in 6 steps   16192  43419
            members-only holds       holds       holds       holds       in 4 steps  in 4 steps   58138 141171
            both-commit  holds       holds       holds       holds       in 4 steps  in 4 steps   62305 162957
            joint        holds       holds       holds       holds       in 4 steps  in 4 steps   60988 160767
            fix          holds       holds       holds       holds       in 7 steps  NEVER         5956  15294"#]],
    );
}

#[test]
fn the_fix_at_the_larger_size_of_the_tour() {
    let larger = MembershipChange::tour().larger;
    let search = SearchOptions::default();
    let found = verdicts::<MembershipChange>(Protocol::fixed(), &larger, &search);
    assert!(found.complete && found.agree_with(&[]));
    assert_eq!((found.states, found.transitions), (415_137, 1_205_312));
}
