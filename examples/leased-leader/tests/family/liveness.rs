//! Recovery and convergence of every variant, by a naive judge that shares no code with the checker.
//!
//! Each process is fair in what it does by itself, and so is the expiry of leases. The planner
//! publishes when it likes; once it has stopped, the last plan must get everywhere.

use expect_test::expect;
use leased_leader::{Leaders, LeasedLeader, Protocol, Size, State};
use planwright_cli::Family;
use planwright_core::SystemAction;
use planwright_oracle::{Evaluator, ExplicitGraph, Formula, Strength};

/// From every reachable state some schedule leads to the newest plan at every endpoint.
const RECOVERS: Formula = Formula::Recoverable("converged");

/// The last plan gets everywhere.
const CONVERGES: Formula = Formula::LeadsTo("planner stopped", "converged");

const LABELS: [&str; 4] = ["planner and crashes", "lease", "process 0", "process 1"];

fn graph(leaders: &Leaders) -> ExplicitGraph {
    let label = |action: &SystemAction<_>| match action {
        SystemAction::Expire { .. } => 1,
        _ => action.taken_by().map_or(0, |by| 2 + by.index()),
    };
    let stopped = |state: &State| leaders.planner_stopped(state);
    ExplicitGraph::explore(
        leaders,
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

fn leaders(protocol: Protocol) -> Leaders {
    Size::default().leaders(protocol)
}

/// Only the lock is in the way for ever. A lease costs safety if nothing fences; a lock costs the
/// system if its holder crashes.
#[test]
fn two_processes_two_endpoints_three_plans_one_crash() {
    let mut lines = vec!["variant          recovers  converges: progress  weak".to_owned()];
    for variant in LeasedLeader::variants() {
        let graph = graph(&leaders(variant.protocol));
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
        deployed         yes       yes                  yes
        check-lease      yes       yes                  yes
        plan-first       yes       yes                  yes
        fenced           yes       yes                  yes
        first-write      yes       yes                  yes
        lock             NO        NO                   NO
        compare-plans    yes       yes                  yes
        fence-then-plan  yes       yes                  yes"#]]
    .assert_eq(&lines.join("\n"));
}
