//! Recovery and convergence of every variant, by a naive judge that shares no code with the checker, and
//! the checker's word on both.
//!
//! Each agent is fair in what it does, so is each cache in catching up, and so is the controller. What the
//! user asks for, and what goes wrong, is nobody's duty; it ends, because a model is bounded.

use expect_test::expect;
use planwright_checker::Checker;
use planwright_cli::Family;
use planwright_oracle::{Evaluator, ExplicitGraph, Formula, Strength};
use stale_cache_controller::{Action, Cluster, RECOVERS, Size, StaleCacheController, settled};

/// In the end each node runs what it is to run, and nothing else.
const COMES_TO_REST: &str = "in the end what is to run runs, and nothing else";

const LABELS: [&str; 6] = [
    "user and faults",
    "controller",
    "agent 0",
    "agent 1",
    "cache 0",
    "cache 1",
];

fn label(action: &Action) -> usize {
    match *action {
        Action::Delete(_) | Action::Restart { .. } => 0,
        Action::Create { .. } => 1,
        Action::Learn { node, .. } => 4 + usize::from(node),
        Action::Read { node, .. }
        | Action::Start { node, .. }
        | Action::Stop { node, .. }
        | Action::Ask { node, .. }
        | Action::Remove { node, .. } => 2 + usize::from(node),
    }
}

fn says(holds: bool) -> &'static str {
    if holds { "yes" } else { "NO" }
}

/// An agent that removes by name and never acts on absence keeps a mistake for ever; all others get over
/// theirs, if caches catch up. Where one need not, its agent may ask for ever for what is gone, unless it
/// reads first.
#[test]
fn recovery_and_convergence() {
    let mut lines = vec!["variant         recovers  rests: progress  weak".to_owned()];
    for variant in StaleCacheController::variants() {
        let cluster = Cluster::new(variant.protocol, Size::default());
        let graph = ExplicitGraph::explore(&cluster, &LABELS, label, &[("settled", &settled)]);
        let recovers = Evaluator::new(&graph).holds(Formula::Recoverable("settled"));
        let rests = Formula::EventuallyAlways("settled");
        let progress = graph
            .clone()
            .fair_per_label(1..LABELS.len(), Strength::Progress);
        let progress = Evaluator::new(&progress).holds(rests);
        let fair = graph.fair_per_label(1..LABELS.len(), Strength::Weak);
        let weak = Evaluator::new(&fair).holds(rests);

        let checker = Checker::new(&cluster)
            .recoverable(RECOVERS, settled)
            .eventually_always(COMES_TO_REST, settled);
        let checker = (1..LABELS.len()).fold(checker, |checker, number| {
            checker.weakly_fair(LABELS[number], move |action| label(action) == number)
        });
        let report = checker.exhaustive().run();
        let holds = |name| report.finding(name).expect("it was asked for").holds();
        assert_eq!(holds(RECOVERS), recovers, "{report}");
        assert_eq!(holds(COMES_TO_REST), weak, "{report}");

        let name = variant.name;
        let (recovers, progress, weak) = (says(recovers), says(progress), says(weak));
        lines.push(format!("{name:<14}  {recovers:<8}  {progress:<15}  {weak}"));
    }
    expect![[r#"
        variant         recovers  rests: progress  weak
        deployed        yes       NO               yes
        uid             yes       NO               yes
        fresh           yes       NO               yes
        read-to-remove  yes       yes              yes
        patient         NO        NO               NO
        read-to-start   yes       NO               yes
        read-to-act     yes       NO               yes
        fix             yes       NO               yes"#]]
    .assert_eq(&lines.join("\n"));
}
