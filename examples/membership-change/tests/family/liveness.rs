//! Recovery and completion of every variant, by a naive judge that shares no code with the checker.
//!
//! A new term can begin at any time and nobody must begin one. Each leader is fair in what it appends
//! and commits, and each member in following, but for changes of members, which are operators' affair.
//!
//! Within bounds every run ends, so no fairness is needed for more than where it may end. That found a
//! mistake all the same: leaders that need an old majority must go on talking to old members.

use expect_test::{Expect, expect};
use membership_change::{Action, Cluster, MembershipChange, Size, State, settled};
use planwright_cli::Family;
use planwright_oracle::{Evaluator, ExplicitGraph, Formula, NamedPredicate, Strength};

/// From every reachable state some schedule settles the cluster.
const RECOVERS: Formula = Formula::Recoverable("settled");

/// Where a leader has been elected, the cluster settles.
const COMPLETES: Formula = Formula::LeadsTo("led", "settled");

const LABELS: [&str; 9] = [
    "elections and changes",
    "leader 0",
    "leader 1",
    "leader 2",
    "leader 3",
    "member 0",
    "member 1",
    "member 2",
    "member 3",
];

fn graph(cluster: &Cluster) -> ExplicitGraph {
    let label = |action: &Action| match *action {
        Action::Elect { .. } | Action::Change { .. } => 0,
        Action::Append { leader, .. } | Action::Commit { leader, .. } => 1 + usize::from(leader),
        Action::Follow { follower, .. } => 5 + usize::from(follower),
    };
    let is_settled: NamedPredicate<'_, State> = ("settled", &|state| settled(cluster, state));
    let led = |state: &State| state.leaders().next().is_some();
    ExplicitGraph::explore(cluster, &LABELS, label, &[is_settled, ("led", &led)])
}

fn says(holds: bool) -> &'static str {
    if holds { "yes" } else { "NO" }
}

fn assert_table(size: Size, expected: &Expect) {
    let mut lines = vec!["variant       recovers  completes: progress  weak".to_owned()];
    for variant in MembershipChange::variants() {
        let graph = graph(&Cluster::new(variant.protocol, size));
        let recovers = says(Evaluator::new(&graph).holds(RECOVERS));
        let progress = graph
            .clone()
            .fair_per_label(1..LABELS.len(), Strength::Progress);
        let progress = says(Evaluator::new(&progress).holds(COMPLETES));
        let fair = graph.fair_per_label(1..LABELS.len(), Strength::Weak);
        let weak = says(Evaluator::new(&fair).holds(COMPLETES));
        let name = variant.name;
        lines.push(format!("{name:<12}  {recovers:<8}  {progress:<19}  {weak}"));
    }
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn four_members_three_terms_and_one_entry() {
    assert_table(
        Size::new(4, 0, 3, 1),
        &expect![[r#"
            variant       recovers  completes: progress  weak
            published     yes       yes                  yes
            confirmed     yes       yes                  yes
            appended      yes       yes                  yes
            members-only  yes       yes                  yes
            both-commit   yes       yes                  yes
            joint         yes       yes                  yes
            fix           yes       yes                  yes"#]],
    );
}

#[test]
fn three_members_two_terms_and_three_entries() {
    assert_table(
        Size::new(3, 0, 2, 3),
        &expect![[r#"
            variant       recovers  completes: progress  weak
            published     yes       yes                  yes
            confirmed     yes       yes                  yes
            appended      yes       yes                  yes
            members-only  yes       yes                  yes
            both-commit   yes       yes                  yes
            joint         yes       yes                  yes
            fix           yes       yes                  yes"#]],
    );
}
