//! What cannot happen, and why.

use planwright_core::{
    Enactor, Endpoint, FaultBudget, Generation, RecordStore, Steps, Transaction, UpdateSystem,
};
use planwright_model::{Depict, Model};

/// Points the endpoint at the plan it saw, if that is newer; where it is not, it waits.
struct Patient;

impl Enactor for Patient {
    type Local = Option<Generation>;

    fn steps(&self, picked: &Self::Local, store: &RecordStore, next: &mut Steps<Self::Local>) {
        match *picked {
            None => next.goto(store.newest_plan().filter(|plan| !store.all_at(*plan))),
            Some(plan) => {
                let write = Transaction::point_at(Endpoint::FIRST, plan).only_if_newer();
                next.commit(write, None, *picked);
            }
        }
    }
}

type System = UpdateSystem<Patient>;

/// The state after the first action, again and again, whose words contain each of these.
fn after(system: &System, deeds: &[&str]) -> <System as Model>::State {
    let mut state = system.init_states()[0];
    for deed in deeds {
        let mut actions = Vec::new();
        system.actions(&state, &mut actions);
        let mut wanted = actions.into_iter();
        let action = wanted.find(|action| system.format_action(action).contains(deed));
        let action = action.unwrap_or_else(|| panic!("{deed}"));
        state = system.next_state(&state, action).expect("it happens");
    }
    state
}

/// Who cannot do what, and why, in lines.
fn refusals(system: &System, deeds: &[&str]) -> Vec<String> {
    let refusals = system.refusals(&after(system, deeds)).into_iter();
    let line = |r: planwright_model::Refusal| format!("{} {}: {}", r.actor, r.deed, r.reason);
    refusals.map(line).collect()
}

#[test]
fn who_waits_is_told_what_the_store_would_refuse() {
    let system = UpdateSystem::new(Patient).generations(2);
    // At the start nobody has anything to do.
    let start = refusals(&system, &[]);
    assert_eq!(start.len(), 2, "{start:?}");
    let why = "the protocol has no step for it here, with plan 1 the newest, e0 at plan 1";
    assert_eq!(start[0], format!("enactor 0 acts: {why}"));
    // Both have picked plan 2, and one has written it: the other waits for ever.
    let both = ["planner", "enactor 0", "enactor 1", "enactor 0  points"];
    let waits = refusals(&system, &both);
    let planner = "planner publishes: all 2 generations of this size are published";
    assert_eq!(waits[0], planner);
    assert!(
        waits.iter().any(|line| {
            line.starts_with("enactor 1 ")
                && line.ends_with(": e0 is at plan 2, which is not older")
        }),
        "{waits:?}"
    );
}

#[test]
fn faults_are_told_once_they_are_used_up() {
    let faults = FaultBudget {
        crashes: 1,
        kill_switches: 1,
        ..FaultBudget::NONE
    };
    let system = UpdateSystem::new(Patient).generations(2).faults(faults);
    let told = |deeds: &[&str], line: &str| {
        let refusals = refusals(&system, deeds);
        assert!(
            refusals.iter().any(|told| told == line),
            "{line}: {refusals:?}"
        );
    };
    told(&[], "enactor 0 crashes: it has nothing in memory to lose");
    let crashed = ["planner", "enactor 0", "crashes"];
    told(
        &crashed,
        "enactor 0 crashes: the only crash of this size has happened",
    );
    let disabled = ["disables"];
    told(&disabled, "planner publishes: the automation is disabled");
    told(&disabled, "enactor 1 acts: the automation is disabled");
    told(
        &disabled,
        "operator disables the automation: the only kill switch of this size has happened",
    );
}

/// Refusals are for people; they must not change what can happen.
#[test]
fn whoever_waits_has_no_step_that_the_refusal_is_about() {
    let system = UpdateSystem::new(Patient).enactors(3).generations(3);
    let mut seen = std::collections::HashSet::new();
    let mut queue = system.init_states();
    let mut waiting = 0;
    while let Some(state) = queue.pop() {
        if !seen.insert(state) {
            continue;
        }
        let mut actions = Vec::new();
        system.actions(&state, &mut actions);
        for refusal in system.refusals(&state) {
            waiting += 1;
            let same = |action| {
                system.actor(action) == refusal.actor
                    && (refusal.deed == "acts" || system.deed(action) == refusal.deed)
            };
            assert!(!actions.iter().any(same), "{refusal:?}");
        }
        queue.extend(
            actions
                .into_iter()
                .filter_map(|action| system.next_state(&state, action)),
        );
    }
    assert!(
        waiting > seen.len(),
        "{waiting} refusals in {} states",
        seen.len()
    );
}
