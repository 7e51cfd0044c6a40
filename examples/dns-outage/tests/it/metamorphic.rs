//! What must not change, or must persist, when the model grows.

use dns_outage::{DnsOutage, DnsSystem, Instance, NEVER_EMPTY, NEVER_REGRESSES, Phase, Protocol};
use planwright_cli::{Cell, SearchOptions, Verdicts};
use planwright_core::{EnactorId, SystemAction, SystemState};
use planwright_model::Model;
use std::collections::HashSet;

use crate::{row, rows};

fn verdicts(protocol: Protocol, instance: Instance) -> Verdicts {
    planwright_cli::verdicts::<DnsOutage>(protocol, &instance, &SearchOptions::default())
}

fn persists(smaller: Cell, larger: Cell) -> bool {
    match (smaller, larger) {
        // More enactors, generations or faults only add schedules, so none gets longer.
        (Cell::Violated { steps }, Cell::Violated { steps: later }) => later <= steps,
        (Cell::Violated { .. }, _) => false,
        _ => true,
    }
}

#[test]
fn a_violation_persists_when_the_model_grows() {
    let base = Instance::new(1, 2, 4);
    let mut more_enactors = base;
    more_enactors.enactors += 1;
    let mut more_generations = base;
    more_generations.generations += 1;
    let larger = [more_enactors, more_generations, base.crashes(1)];
    let mut violated = 0;
    for variant in rows() {
        let small = verdicts(variant.protocol, base);
        violated += usize::from(small.cell(NEVER_EMPTY) != Some(Cell::Holds));
        for instance in larger {
            let large = verdicts(variant.protocol, instance);
            for name in [NEVER_EMPTY, NEVER_REGRESSES] {
                let cells = [&small, &large].map(|found| found.cell(name).expect("it is asked"));
                assert!(
                    persists(cells[0], cells[1]),
                    "row {} at {instance:?}: {small:?} became {large:?}",
                    variant.name
                );
            }
        }
    }
    assert!(violated > 10, "the table has violations to persist");
}

type System = DnsSystem;
type State = SystemState<Phase>;

/// All states, found by a search that lists the enactors in the opposite order: it runs the last
/// action first, which reverses the order in which enactors are tried.
fn reachable(system: &System, reversed: bool) -> HashSet<State> {
    let mut seen: HashSet<State> = system.init_states().into_iter().collect();
    let mut stack: Vec<State> = seen.iter().copied().collect();
    while let Some(state) = stack.pop() {
        let mut actions = Vec::new();
        system.actions(&state, &mut actions);
        if reversed {
            actions.reverse();
        }
        for action in actions {
            if let Some(next) = system.next_state(&state, action)
                && seen.insert(next)
            {
                stack.push(next);
            }
        }
    }
    seen
}

/// The enactors' local states in an order that does not tell the enactors apart.
fn without_identities(state: &State) -> Vec<String> {
    let mut locals: Vec<String> = state
        .enactors()
        .map(|(_, local)| format!("{local:?}"))
        .collect();
    locals.sort();
    locals
}

#[test]
fn permuting_the_enactors_changes_nothing() {
    for variant in [
        Protocol::as_deployed(),
        row("7"),
        row("9"),
        Protocol::recommended(),
    ] {
        let instance = Instance::new(1, 3, 3);
        let system: System = variant.system(instance);
        let states = reachable(&system, false);
        assert_eq!(states, reachable(&system, true), "{variant:?}");
        // Whatever one enactor can be in, every other can: per enactor the same local states, and
        // each multiset of local states with a store occurs in every order.
        let occurs = |id: EnactorId| -> HashSet<(String, String)> {
            let local = |state: &State| {
                let (_, local) = state
                    .enactors()
                    .find(|(other, _)| *other == id)
                    .expect("id");
                format!("{local:?}")
            };
            let all = |state: &State| format!("{} {:?}", state.store, without_identities(state));
            states
                .iter()
                .map(|state| (local(state), all(state)))
                .collect()
        };
        let ids: Vec<EnactorId> = states
            .iter()
            .next()
            .expect("an initial state")
            .enactors()
            .map(|(id, _)| id)
            .collect();
        assert_eq!(ids.len(), 3);
        for id in &ids[1..] {
            assert_eq!(occurs(ids[0]), occurs(*id), "{variant:?}, {id}");
        }
    }
}

#[test]
fn an_action_out_of_turn_is_ignored() {
    let system: System = Protocol::as_deployed().system(Instance::new(1, 2, 3));
    let start = system.init_states()[0];
    let to = start.newest_published().expect("installed");
    for action in [
        SystemAction::Rollback { to },
        SystemAction::DisableAutomation,
    ] {
        assert_eq!(system.next_state(&start, action), None, "{action:?}");
    }
}
