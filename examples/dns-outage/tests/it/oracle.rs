//! The checker against judges that share no code with it: a naive search, and Stateright's own
//! breadth-first checker.

use dns_outage::{Cell, DnsState, DnsSystem, Instance, Variant, Verdicts};
use planwright_cli::SearchOptions;
use planwright_core::never_regresses;
use planwright_oracle::{Evaluator, ExplicitGraph, Naive, NamedPredicate, stateright_unique};

/// What a naive search says, and Stateright's count of states.
fn judges(system: DnsSystem) -> (Verdicts, u64) {
    let naive = Naive::explore(&system);
    let cell = |steps: Option<usize>| steps.map_or(Cell::Holds, |steps| Cell::Violated { steps });
    let newest: NamedPredicate<'_, DnsState> = ("newest", &|state| state.converged());
    let graph = ExplicitGraph::explore(&system, &["step"], |_| 0, &[newest]);
    let hopeful = Evaluator::new(&graph).can_reach(graph.predicate("newest"));
    let depths = naive.depths.iter().zip(hopeful);
    let trapped = depths
        .filter(|(_, hopeful)| !hopeful)
        .map(|(depth, _)| *depth);
    let verdicts = Verdicts {
        never_empty: cell(naive.shortest(|s| !s.store.all_resolve())),
        never_regresses: cell(naive.shortest_step(&system, |s, a, t| !never_regresses(s, a, t))),
        recovers: cell(trapped.min()),
        states: naive.unique() as u64,
        transitions: naive.transitions,
        complete: true,
        deletions: 0,
    };
    (verdicts, stateright_unique(system) as u64)
}

fn assert_agreement(instance: Instance, variants: &[Variant]) {
    for variant in variants {
        let system = variant.system(instance);
        let (naive, stateright) = judges(system);
        let mut ours = variant.verdicts(instance, &SearchOptions::default());
        ours.deletions = 0;
        assert_eq!(ours, naive, "row {}", variant.row);
        assert_eq!(ours.states, stateright, "row {}", variant.row);
    }
}

#[test]
fn every_row_at_one_endpoint() {
    assert_agreement(Instance::new(1, 2, 4), &Variant::all());
}

#[test]
fn every_row_at_two_endpoints_with_a_crash() {
    assert_agreement(Instance::new(2, 2, 4).crashes(1), &Variant::all());
}

#[test]
fn the_recommended_fix_with_every_fault() {
    let mut instance = Instance::new(2, 2, 4);
    instance.faults.kill_switches = 1;
    assert_agreement(instance, &[Variant::recommended()]);
}

#[test]
fn three_enactors() {
    let rows = [Variant::as_deployed(), Variant::with_conditional_write()];
    assert_agreement(Instance::new(2, 3, 5), &rows);
}
