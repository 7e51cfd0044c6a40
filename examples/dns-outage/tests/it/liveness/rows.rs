//! The rows of the table of fixes as explicit graphs, and what is asked of them.

use dns_outage::{DnsSystem, Instance, Variant};
use planwright_core::{Generation, SystemAction};
use planwright_oracle::{ExplicitGraph, Fairness, Formula, NamedPredicate, Strength};

/// From every reachable state some schedule leads to where every endpoint resolves through the newest
/// plan published by then: the table's column AG EF.
pub(crate) const RECOVERS: Formula = Formula::Recoverable("newest everywhere");

/// Once the planner has published its last plan, that plan is everywhere some time.
pub(crate) const CONVERGES: Formula = Formula::LeadsTo("planner stopped", "newest everywhere");

/// The label of steps that no fairness is asked of: the planner's, crashes and other faults,
/// operators'. Then each enactor has two: of what it does in memory or is refused, and of what the
/// store commits for it.
const LABELS: [&str; 7] = [
    "nobody's duty",
    "enactor 1",
    "enactor 1 commits",
    "enactor 2",
    "enactor 2 commits",
    "enactor 3",
    "enactor 3 commits",
];

/// What is asked of enactors.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asked {
    /// Each is weakly fair as a process.
    Weak,
    /// Each is strongly fair as a process.
    Strong,
    /// Each is weakly fair as a process, and what it could commit again and again is committed: it
    /// does not give up for ever.
    Commits,
}

/// The graph with these fairness conditions.
pub(crate) fn fair(graph: ExplicitGraph, asked: Asked) -> ExplicitGraph {
    let enactors = 0..graph.labels.len() / 2;
    let process = |strength| {
        move |enactor: usize| {
            let own = [1 + 2 * enactor, 2 + 2 * enactor];
            Fairness::new(format!("enactor {}", enactor + 1), own, strength)
        }
    };
    let commits = |enactor: usize| {
        let name = format!("enactor {} commits", enactor + 1);
        Fairness::new(name, [2 + 2 * enactor], Strength::Strong)
    };
    let conditions = match asked {
        Asked::Weak => enactors.map(process(Strength::Weak)).collect(),
        Asked::Strong => enactors.map(process(Strength::Strong)).collect(),
        Asked::Commits => {
            let weak = enactors.clone().map(process(Strength::Weak));
            weak.chain(enactors.map(commits)).collect()
        }
    };
    graph.fair(conditions)
}

/// A row at an instance.
pub(crate) fn graph(variant: &Variant, instance: Instance) -> ExplicitGraph {
    let graph = explore(variant.protocol.system(instance), instance.generations);
    graph.named(format!("row {}", variant.name))
}

/// With how many generations there are in all, the installed one included.
fn explore(system: DnsSystem, generations: usize) -> ExplicitGraph {
    type State = dns_outage::DnsState;
    let next = |plan: Generation| plan.successor().expect("a generation in range");
    let last = (1..generations).fold(Generation::FIRST, |plan, _| next(plan));
    let stopped: NamedPredicate<'_, State> = ("planner stopped", &|state| {
        state.newest_published() == Some(last)
    });
    let everywhere: NamedPredicate<'_, State> = ("newest everywhere", &|state| state.converged());
    let [start] = &planwright_model::Model::init_states(&system)[..] else {
        panic!("one initial state");
    };
    let labels = &LABELS[..1 + 2 * start.enactors().count()];
    let label = |action: &SystemAction<_>| match action {
        SystemAction::Move { enactor, .. } | SystemAction::Refused { enactor, .. } => {
            1 + 2 * enactor.index()
        }
        SystemAction::Commit { enactor, .. } => 2 + 2 * enactor.index(),
        _ => 0,
    };
    ExplicitGraph::explore(&system, labels, label, &[stopped, everywhere])
}

/// What the published analysis says of AG EF; none for rows that it does not have, or of which it
/// does not say.
pub(crate) fn published(row: &str) -> Option<bool> {
    match row {
        "1" | "2" | "6" | "7b" | "7c" | "9b" | "10" | "11c" | "12c" | "13c" => Some(true),
        "0" | "3" | "4" | "4b" | "5" | "7" | "8" | "9" | "11" | "12" | "13" | "14" => Some(false),
        _ => None,
    }
}
