//! The checker against judges that share no code with it: a naive search, and Stateright's own
//! breadth-first checker.

use dns_outage::{
    DnsState, DnsSystem, Instance, NEVER_EMPTY, NEVER_REGRESSES, RECOVERS, RESTS_AT_NEWEST, Variant,
};
use planwright_cli::{Cell, SearchOptions, Verdicts};
use planwright_core::never_regresses;
use planwright_model::Model as _;
use planwright_oracle::{Naive, stateright_unique};

use crate::row;

/// What a naive search says, and Stateright's count of states.
fn judges(system: DnsSystem) -> (Verdicts, u64) {
    let naive = Naive::explore(&system);
    let cell = |steps: Option<usize>| steps.map_or(Cell::Holds, |steps| Cell::Violated { steps });
    let resolved = |state: &DnsState| -> Vec<_> {
        let endpoints = state.store.endpoints();
        endpoints.map(|e| state.store.resolve(e)).collect()
    };
    let rests = |state: &DnsState| {
        let next = system.next_states(state);
        system.planner_stopped(state) && next.iter().all(|next| resolved(next) == resolved(state))
    };
    let cells = [
        (NEVER_EMPTY, naive.shortest(|s| !s.store.all_resolve())),
        (
            NEVER_REGRESSES,
            naive.shortest_step(&system, |s, a, t| !never_regresses(s, a, t)),
        ),
        (
            RECOVERS,
            naive.shortest_trap(&system, |state| state.converged()),
        ),
        (
            RESTS_AT_NEWEST,
            naive.shortest_trap(&system, |state| state.converged() || !rests(state)),
        ),
    ];
    let verdicts = Verdicts {
        cells: cells
            .map(|(name, steps)| (name.to_owned(), cell(steps)))
            .into(),
        states: naive.unique() as u64,
        transitions: naive.transitions,
        complete: true,
    };
    (verdicts, stateright_unique(system) as u64)
}

fn assert_agreement(instance: Instance, variants: &[Variant]) {
    for variant in variants {
        let system = variant.system(instance);
        let (naive, stateright) = judges(system);
        let ours = variant.verdicts(instance, &SearchOptions::default());
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
    let rows = [Variant::as_deployed(), row("2")];
    assert_agreement(Instance::new(2, 3, 5), &rows);
}
