//! Recovery and completion of every variant, by a naive judge that shares no code with the checker, and
//! the checker's word on both.
//!
//! The controller is fair, and so is each ring's sites' work. Whether plans are published, and which of
//! them are bad, is nobody's duty.

use expect_test::expect;
use planwright_checker::Checker;
use planwright_cli::Family;
use planwright_oracle::{Evaluator, ExplicitGraph, Formula, NamedPredicate, Strength};
use poisoned_last_known_good::{
    Action, Fleet, PoisonedLastKnownGood, RECOVERS, Rollout, Size, State, works,
};

/// What begins ends, with every site at work.
const COMES_TO_REST: &str = "every rollout ends with every site at work";

const LABELS: [&str; 6] = [
    "planner",
    "controller",
    "site 0.0",
    "site 0.1",
    "site 1.0",
    "site 1.1",
];

fn label(action: &Action) -> usize {
    match *action {
        Action::Publish { .. } => 0,
        Action::Finish { ring, site, .. } => 2 + 2 * usize::from(ring) + usize::from(site),
        _ => 1,
    }
}

fn at_rest(state: &State) -> bool {
    state.rollout == Rollout::Idle && works(state)
}

fn under_way(state: &State) -> bool {
    state.rollout != Rollout::Idle
}

fn says(holds: bool) -> &'static str {
    if holds { "yes" } else { "NO" }
}

/// Who brings back what has failed never comes to rest; all others do, whatever is published.
#[test]
fn recovery_and_completion() {
    let mut lines = vec!["variant          recovers  rests: progress  weak".to_owned()];
    for variant in PoisonedLastKnownGood::variants() {
        let fleet = Fleet::new(variant.protocol, Size::default());
        let predicates: [NamedPredicate<'_, State>; 3] = [
            ("works", &works),
            ("at rest", &at_rest),
            ("under way", &under_way),
        ];
        let graph = ExplicitGraph::explore(&fleet, &LABELS, label, &predicates);
        let recovers = Evaluator::new(&graph).holds(Formula::Recoverable("works"));
        let rests = Formula::LeadsTo("under way", "at rest");
        let progress = graph
            .clone()
            .fair_per_label(1..LABELS.len(), Strength::Progress);
        let progress = Evaluator::new(&progress).holds(rests);
        let fair = graph.fair_per_label(1..LABELS.len(), Strength::Weak);
        let weak = Evaluator::new(&fair).holds(rests);

        let checker = Checker::new(&fleet).recoverable(RECOVERS, works).leads_to(
            COMES_TO_REST,
            under_way,
            at_rest,
        );
        let checker = (1..LABELS.len()).fold(checker, |checker, number| {
            checker.weakly_fair(LABELS[number], move |action| label(action) == number)
        });
        let report = checker.exhaustive().run();
        let holds = |name| report.finding(name).expect("it was asked for").holds();
        assert_eq!(holds(RECOVERS), recovers, "{report}");
        assert_eq!(holds(COMES_TO_REST), weak, "{report}");

        let name = variant.name;
        let (recovers, progress, weak) = (says(recovers), says(progress), says(weak));
        lines.push(format!("{name:<15}  {recovers:<8}  {progress:<15}  {weak}"));
    }
    expect![[r#"
        variant          recovers  rests: progress  weak
        deployed         NO        NO               NO
        bake             NO        NO               NO
        keep-two         NO        NO               NO
        rings-wait       NO        NO               NO
        promotion-waits  yes       yes              yes
        synchronous      yes       yes              yes
        fix              yes       yes              yes"#]]
    .assert_eq(&lines.join("\n"));
}
