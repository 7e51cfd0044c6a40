//! The checker against judges that share no code with it: a naive search, and Stateright's own
//! breadth-first checker.

use dns_outage::{
    DnsOutage, DnsState, DnsSystem, Instance, NEVER_EMPTY, NEVER_REGRESSES, Protocol, RECOVERS,
    RESTS_AT_NEWEST,
};
use planwright_cli::{Cell, SearchOptions, Verdicts};
use planwright_core::never_regresses;
use planwright_model::Model as _;
use planwright_oracle::{Naive, stateright_unique};

use crate::{row, rows};

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

fn assert_agreement(instance: Instance, protocols: impl IntoIterator<Item = Protocol>) {
    for protocol in protocols {
        let system = protocol.system(instance);
        let (naive, stateright) = judges(system);
        let ours =
            planwright_cli::verdicts::<DnsOutage>(protocol, &instance, &SearchOptions::default());
        assert_eq!(ours, naive, "{protocol:?}");
        assert_eq!(ours.states, stateright, "{protocol:?}");
    }
}

#[test]
fn every_row_at_one_endpoint() {
    assert_agreement(
        Instance::new(1, 2, 4),
        rows().into_iter().map(|row| row.protocol),
    );
}

#[test]
fn every_row_at_two_endpoints_with_a_crash() {
    assert_agreement(
        Instance::new(2, 2, 4).crashes(1),
        rows().into_iter().map(|row| row.protocol),
    );
}

#[test]
fn the_recommended_fix_with_every_fault() {
    let mut instance = Instance::new(2, 2, 4);
    instance.faults.kill_switches = 1;
    assert_agreement(instance, [Protocol::recommended()]);
}

#[test]
fn three_enactors() {
    let rows = [Protocol::as_deployed(), row("2")];
    assert_agreement(Instance::new(2, 3, 5), rows);
}
