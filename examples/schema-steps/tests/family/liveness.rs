//! Recovery and completion of every variant, by a naive judge that shares no code with the checker.
//!
//! The manager, the backfill, each server's loading and each operation's commit are fair, each for
//! itself. Whether users begin operations is their own affair.

use std::ops::Range;

use expect_test::expect;
use planwright_cli::Family;
use planwright_oracle::{Evaluator, ExplicitGraph, Formula, NamedPredicate, Strength};
use schema_steps::{
    Action, Database, SchemaSteps, Size, State, complete, finished, no_orphans, public,
};

/// From every reachable state some schedule makes the index public and right.
const RECOVERS: Formula = Formula::Recoverable("finished");

/// The index is public at every server some time.
const COMPLETES: Formula = Formula::Eventually("public");

/// What is wrong where the index is public is repaired some time, users' luck aside.
const HEALS: Formula = Formula::LeadsTo("public and wrong", "finished");

const LABELS: [&str; 9] = [
    "users",
    "manager",
    "backfill",
    "server 0 loads",
    "server 0 commits",
    "server 1 loads",
    "server 1 commits",
    "server 2 loads",
    "server 2 commits",
];

/// The labels that are fair in a database of this size.
fn fair_labels(size: Size) -> Range<usize> {
    1..3 + 2 * usize::from(size.servers)
}

fn graph(database: &Database) -> ExplicitGraph {
    let label = |action: &Action| match action {
        Action::Start(..) => 0,
        Action::Publish(_) => 1,
        Action::BeginBackfill
        | Action::Fill { .. }
        | Action::Look { .. }
        | Action::FillAsRead { .. } => 2,
        Action::Load(server, _) => 3 + 2 * usize::from(*server),
        Action::Commit(server, ..) => 4 + 2 * usize::from(*server),
    };
    let wrong: NamedPredicate<'_, State> = ("public and wrong", &|state| {
        public(state) && !(no_orphans(state) && complete(state))
    });
    let predicates = [wrong, ("finished", &finished), ("public", &public)];
    ExplicitGraph::explore(database, &LABELS, label, &predicates)
}

/// Whether the index is public at every server some time, under weak fairness.
pub(crate) fn ends(database: &Database) -> bool {
    let graph = graph(database).fair_per_label(fair_labels(database.size), Strength::Weak);
    Evaluator::new(&graph).holds(COMPLETES)
}

fn says(holds: bool) -> &'static str {
    if holds { "yes" } else { "NO" }
}

/// Every fault can be repaired: a user who writes the row once more does it. But none repairs itself.
/// Servers that load schemas between operations only may never find the time; they do if what can be
/// done again and again is done some time.
#[test]
fn recovery_and_completion() {
    let mut lines = vec!["variant          recovers  heals  completes: weak  strong".to_owned()];
    for variant in SchemaSteps::variants() {
        let graph = graph(&Database::new(variant.protocol, Size::default()));
        let fair = |strength, formula| {
            let graph = graph
                .clone()
                .fair_per_label(fair_labels(Size::default()), strength);
            says(Evaluator::new(&graph).holds(formula))
        };
        let recovers = says(Evaluator::new(&graph).holds(RECOVERS));
        let heals = fair(Strength::Weak, HEALS);
        let (weak, strong) = (
            fair(Strength::Weak, COMPLETES),
            fair(Strength::Strong, COMPLETES),
        );
        let name = variant.name;
        lines.push(format!(
            "{name:<15}  {recovers:<8}  {heals:<5}  {weak:<15}  {strong}"
        ));
    }
    expect![[r#"
        variant          recovers  heals  completes: weak  strong
        one-step         yes       NO     yes              yes
        no-delete-only   yes       NO     yes              yes
        no-write-only    yes       NO     yes              yes
        no-backfill      yes       NO     yes              yes
        two-behind       yes       NO     yes              yes
        unfenced         yes       NO     yes              yes
        backfill-early   yes       NO     yes              yes
        backfill-loaded  yes       NO     yes              yes
        backfill-blind   yes       NO     yes              yes
        awaited          yes       yes    NO               yes
        f1               yes       yes    yes              yes"#]]
    .assert_eq(&lines.join("\n"));
}
