//! Recovery and completion of every variant, by a naive judge that shares no code with the checker.
//!
//! The controller is fair as a process once it has begun an update, and so are the switches with
//! each request in the network. Whether clients send requests, and when updates begin, is their own
//! affair.

use expect_test::expect;
use planwright_cli::Family;
use planwright_oracle::{Evaluator, ExplicitGraph, Formula, NamedPredicate, Strength};
use two_phase_update::{Action, Network, Size, State, TwoPhaseUpdate, recovered, settled};

/// From every reachable state some schedule brings the last version live, with nobody in harm.
const RECOVERS: Formula = Formula::Recoverable("recovered");

/// Every update that begins ends.
const COMPLETES: Formula = Formula::LeadsTo("updating", "settled");

const LABELS: [&str; 6] = ["clients", "controller", "r0", "r1", "r2", "r3"];

fn graph(network: &Network) -> ExplicitGraph {
    let label = |action: &Action| match action {
        Action::Begin(_) | Action::Enter(..) | Action::Notice(_) => 0,
        Action::Replace(..) | Action::Install(..) | Action::Flip(_) | Action::Remove(..) => 1,
        Action::Handle { request, .. } => 2 + usize::from(*request),
    };
    let versions = network.size.versions;
    let recovered: NamedPredicate<'_, State> = ("recovered", &|state| recovered(state, versions));
    let predicates = [
        recovered,
        ("settled", &settled),
        ("updating", &|state: &State| !settled(state)),
    ];
    ExplicitGraph::explore(network, &LABELS, label, &predicates)
}

/// Whether every update that begins ends, under weak fairness.
pub(crate) fn completes(network: &Network) -> bool {
    let labels = 1..2 + usize::from(network.size.requests);
    let graph = graph(network).fair_per_label(labels, Strength::Weak);
    Evaluator::new(&graph).holds(COMPLETES)
}

fn says(holds: bool) -> &'static str {
    if holds { "yes" } else { "NO" }
}

fn table(size: Size) -> String {
    let mut lines = vec!["variant            recovers  weak  strong".to_owned()];
    for variant in TwoPhaseUpdate::variants() {
        let graph = graph(&Network::new(variant.protocol, size));
        let fair = |strength| {
            let labels = 1..2 + usize::from(size.requests);
            let graph = graph.clone().fair_per_label(labels, strength);
            says(Evaluator::new(&graph).holds(COMPLETES))
        };
        let recovers = says(Evaluator::new(&graph).holds(RECOVERS));
        let (weak, strong) = (fair(Strength::Weak), fair(Strength::Strong));
        let name = variant.name;
        lines.push(format!("{name:<17}  {recovers:<8}  {weak:<4}  {strong}"));
    }
    lines.join("\n")
}

/// Harm is transient here, so everything recovers. But who waits for an empty network may wait for
/// ever: under strong fairness too as soon as two requests can take turns.
#[test]
fn one_request() {
    expect![[r#"
        variant            recovers  weak  strong
        in-place           yes       yes   yes
        last-first         yes       yes   yes
        flip-early         yes       yes   yes
        remove-at-once     yes       yes   yes
        remove-unused      yes       yes   yes
        remove-when-empty  yes       NO    yes
        paused             yes       yes   yes
        two-phase          yes       yes   yes"#]]
    .assert_eq(&table(Size::new(2, 1, 3)));
}

#[test]
fn two_requests() {
    expect![[r#"
        variant            recovers  weak  strong
        in-place           yes       yes   yes
        last-first         yes       yes   yes
        flip-early         yes       yes   yes
        remove-at-once     yes       yes   yes
        remove-unused      yes       yes   yes
        remove-when-empty  yes       NO    NO
        paused             yes       yes   yes
        two-phase          yes       yes   yes"#]]
    .assert_eq(&table(Size::new(2, 2, 2)));
}
