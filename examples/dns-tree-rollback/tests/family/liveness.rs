//! Recovery and convergence of every variant, by a naive judge that shares no code with the checker.
//!
//! Each enactor is fair in what it does by itself. The planner publishes when it likes; once it has
//! stopped, the last plan must get to the root.

use dns_tree_rollback::{DnsTreeRollback, Enactors, Size, State};
use expect_test::expect;
use planwright_cli::Family;
use planwright_core::SystemAction;
use planwright_oracle::{Evaluator, ExplicitGraph, Formula, Strength};

/// From every reachable state some schedule leads to the newest plan at the root.
const RECOVERS: Formula = Formula::Recoverable("converged");

/// The last plan gets to the root.
const CONVERGES: Formula = Formula::LeadsTo("planner stopped", "converged");

const LABELS: [&str; 3] = ["planner and crashes", "enactor 0", "enactor 1"];

fn graph(enactors: &Enactors) -> ExplicitGraph {
    let label = |action: &SystemAction<_>| action.taken_by().map_or(0, |by| 1 + by.index());
    let stopped = |state: &State| enactors.planner_stopped(state);
    ExplicitGraph::explore(
        enactors,
        &LABELS,
        label,
        &[
            ("converged", &State::converged),
            ("planner stopped", &stopped),
        ],
    )
}

fn says(holds: bool) -> &'static str {
    if holds { "yes" } else { "NO" }
}

/// Who tolerates a missing tree recovers, and so does who never deletes one that is in use; what they
/// have to do for it, they do. All others are stuck for good.
#[test]
fn two_enactors_four_plans_one_crash() {
    let mut lines = vec!["variant          recovers  converges: progress  weak".to_owned()];
    for variant in DnsTreeRollback::variants() {
        let graph = graph(&Size::default().system(variant.protocol));
        let recovers = says(Evaluator::new(&graph).holds(RECOVERS));
        let progress = graph
            .clone()
            .fair_per_label(1..LABELS.len(), Strength::Progress);
        let progress = says(Evaluator::new(&progress).holds(CONVERGES));
        let fair = graph.fair_per_label(1..LABELS.len(), Strength::Weak);
        let weak = says(Evaluator::new(&fair).holds(CONVERGES));
        let name = variant.name;
        lines.push(format!("{name:<15}  {recovers:<8}  {progress:<19}  {weak}"));
    }
    expect![[r#"
        variant          recovers  converges: progress  weak
        deployed         NO        NO                   NO
        tolerant         yes       yes                  yes
        newest           NO        NO                   NO
        locked-cleanup   NO        NO                   NO
        look-first       NO        NO                   NO
        unused-only      yes       yes                  yes
        compared         yes       yes                  yes
        newest-compared  yes       yes                  yes
        fix              yes       yes                  yes"#]]
    .assert_eq(&lines.join("\n"));
}
