//! The steps of a whole system: planner, faults, operators.

use planwright_core::{
    Cleanup, ConfigError, Enactor, Endpoint, FaultBudget, Generation, RecordStore, Steps,
    StoreRules, SystemAction, SystemState, Transaction, UpdateSystem,
};
use planwright_model::{ActionClasses, Model};

/// Picks the newest plan, writes it once, and is done.
#[derive(Clone, Debug)]
struct Once;

impl Enactor for Once {
    type Local = Option<Generation>;

    fn steps(&self, picked: &Self::Local, store: &RecordStore, next: &mut Steps<Self::Local>) {
        match *picked {
            None if store.newest_plan() > store.applied(Endpoint::FIRST) => {
                next.goto(store.newest_plan());
            }
            None => {}
            Some(plan) => {
                let write = Transaction::point_at(Endpoint::FIRST, plan).only_if_newer();
                next.commit(write, None, None);
            }
        }
    }
}

type System = UpdateSystem<Once>;
type State = SystemState<Option<Generation>>;
type Action = SystemAction<Option<Generation>>;

fn system() -> System {
    UpdateSystem::new(Once)
}

fn actions(system: &System, state: &State) -> Vec<Action> {
    let mut actions = Vec::new();
    system.actions(state, &mut actions);
    actions
}

/// Takes the first action that `choose` accepts.
fn step(system: &System, state: State, choose: impl Fn(&Action) -> bool) -> State {
    let action = actions(system, &state).into_iter().find(choose);
    let action = action.expect("the action is enabled");
    system
        .next_state(&state, action)
        .expect("it is not ignored")
}

fn start(system: &System) -> State {
    let [state] = system.init_states()[..] else {
        panic!("one initial state");
    };
    state
}

fn with_faults(faults: FaultBudget) -> System {
    system().faults(faults)
}

fn publish(action: &Action) -> bool {
    *action == SystemAction::Publish
}

fn moves(action: &Action) -> bool {
    matches!(action, SystemAction::Move { .. })
}

#[test]
fn a_state_is_small() {
    assert_eq!(size_of::<SystemState<[u8; 4]>>(), 52);
    assert!(size_of::<SystemAction<[u8; 4]>>() <= 40);
}

#[test]
fn the_planner_stops_at_its_bound_and_numbers_never_wrap() {
    let system = system().generations(Generation::CAPACITY);
    let mut state = start(&system);
    let mut published = 1;
    while actions(&system, &state).contains(&SystemAction::Publish) {
        state = step(&system, state, publish);
        published += 1;
    }
    assert_eq!(published, Generation::CAPACITY);
    assert_eq!(system.next_state(&state, SystemAction::Publish), None);
}

#[test]
fn a_lost_acknowledgement_commits_and_the_enactor_retries() {
    let system = with_faults(FaultBudget {
        lost_acknowledgements: 1,
        ..FaultBudget::NONE
    });
    let state = step(&system, start(&system), publish);
    let holding = step(&system, state, moves);
    let lost = step(&system, holding, |a| {
        matches!(a, SystemAction::LoseAcknowledgement { .. })
    });
    assert!(lost.converged());
    assert_eq!(lost.enactors().next(), holding.enactors().next());
    assert_eq!(lost.remaining_faults(), FaultBudget::NONE);
    // The retry finds its own write and is refused.
    let retried = step(&system, lost, |a| matches!(a, SystemAction::Refused { .. }));
    assert!(retried.enactors().all(|(_, local)| local.is_none()));
}

#[test]
fn a_crash_loses_the_local_state_and_nothing_else() {
    let system = with_faults(FaultBudget {
        crashes: 1,
        ..FaultBudget::NONE
    });
    let state = step(&system, start(&system), publish);
    let crash = |a: &Action| matches!(a, SystemAction::Crash { .. });
    assert!(
        !actions(&system, &state).iter().any(crash),
        "an idle enactor has nothing to lose"
    );
    let holding = step(&system, state, moves);
    let crashed = step(&system, holding, crash);
    assert_eq!(crashed.store, state.store);
    assert!(crashed.enactors().all(|(_, local)| local.is_none()));
    assert!(!actions(&system, &crashed).iter().any(crash));
}

#[test]
fn an_operator_bypasses_the_monotonic_rule_but_not_referential_integrity() {
    let rules = StoreRules {
        monotonic: true,
        referential_integrity: true,
    };
    let system = with_faults(FaultBudget {
        rollbacks: 1,
        ..FaultBudget::NONE
    })
    .rules(rules);
    let mut state = step(&system, start(&system), publish);
    state = step(&system, state, moves);
    state = step(&system, state, |a| matches!(a, SystemAction::Commit { .. }));
    let back = step(&system, state, |a| {
        matches!(a, SystemAction::Rollback { .. })
    });
    assert_eq!(back.store.applied(Endpoint::FIRST), Some(Generation::FIRST));
    assert!(
        SystemAction::<()>::Rollback {
            to: Generation::FIRST
        }
        .is_by_operator()
    );
    // A plan that does not exist is no target, whatever the action says.
    let missing = Generation::FIRST
        .successor()
        .and_then(Generation::successor);
    let to = missing.expect("within the capacity");
    assert_eq!(
        system.next_state(&state, SystemAction::Rollback { to }),
        None
    );
}

#[test]
fn the_kill_switch_stops_the_automation_and_enactors_keep_what_they_held() {
    let system = with_faults(FaultBudget {
        kill_switches: 1,
        rollbacks: 1,
        ..FaultBudget::NONE
    });
    let state = step(&system, start(&system), publish);
    let holding = step(&system, state, moves);
    let off = step(&system, holding, |a| *a == SystemAction::DisableAutomation);
    assert!(!off.automation_enabled());
    assert!(
        actions(&system, &off)
            .iter()
            .all(SystemAction::is_by_operator),
        "only operators act meanwhile"
    );
    let on = step(&system, off, |a| *a == SystemAction::EnableAutomation);
    assert!(on.automation_enabled());
    assert!(on.enactors().eq(holding.enactors()));
    assert!(!actions(&system, &on).contains(&SystemAction::DisableAutomation));
}

#[test]
fn a_size_that_does_not_fit_is_refused_by_name() {
    let refused = |system: System| system.validate().expect_err("refused");
    assert_eq!(refused(system().enactors(0)), ConfigError::NoEnactors);
    assert_eq!(refused(system().endpoints(0)), ConfigError::NoEndpoints);
    assert_eq!(
        refused(system().enactors(7)).to_string(),
        "7 enactors do not fit; ask for at most 6"
    );
    assert_eq!(
        refused(system().endpoints(9)).to_string(),
        "9 endpoints do not fit; ask for at most 8"
    );
    assert_eq!(
        refused(system().generations(33)).to_string(),
        "33 generations do not fit; ask for at most 32"
    );
    assert_eq!(
        refused(system().generations(1)).to_string(),
        "no generation is left to publish of 1 in all; ask for at least 2"
    );
}

#[test]
#[should_panic(expected = "0 enactors put nothing live")]
fn a_system_that_cannot_be_built_has_no_initial_state() {
    let _ = system().enactors(0).init_states();
}

#[test]
fn every_action_has_a_class_among_those_named() {
    let faults = FaultBudget {
        crashes: 1,
        lost_acknowledgements: 1,
        rollbacks: 1,
        kill_switches: 1,
    };
    for faults in [FaultBudget::NONE, faults] {
        let system = with_faults(faults).generations(4);
        let classes = system.action_classes();
        let mut fired = vec![0; classes.len()];
        let mut stack = system.init_states();
        let mut seen: std::collections::HashSet<State> = stack.iter().copied().collect();
        while let Some(state) = stack.pop() {
            for action in actions(&system, &state) {
                fired[system.action_class(&action)] += 1;
                let next = system.next_state(&state, action).expect("enabled");
                if seen.insert(next) {
                    stack.push(next);
                }
            }
        }
        let never: Vec<_> = classes
            .iter()
            .zip(&fired)
            .filter(|(_, n)| **n == 0)
            .collect();
        // This protocol never deletes anything.
        assert!(
            never.iter().all(|(name, _)| name.contains("delet")),
            "{never:?}"
        );
        assert_eq!(never.len(), 2);
    }
}

#[test]
fn schedules_are_written_for_people() {
    let system = system();
    let state = start(&system);
    assert_eq!(format!("{state:?}"), "plans {1}  e0 -> plan 1");
    assert_eq!(
        system.format_action(&SystemAction::Publish),
        "planner    publishes the next plan"
    );
    assert_eq!(
        system.format_step(&state, SystemAction::Publish).as_deref(),
        Some("plans {1, 2}  e0 -> plan 1")
    );
}

/// Stateright's Explorer takes the model as it is; this only has to compile, because a server would
/// not end.
#[expect(dead_code, reason = "compiled, never run")]
fn the_explorer_takes_it(system: System) {
    let _ = stateright::Model::checker(system).serve("localhost:0");
}

#[test]
fn clean_up_by_reachability_spares_what_is_referred_to() {
    let system = system().generations(4);
    let mut state = step(&system, start(&system), publish);
    state = step(&system, state, publish);
    let newest = state.newest_published().expect("published");
    let store: &RecordStore = &state.store;
    let names = |cleanup: Cleanup| cleanup.victims(store, newest).to_string();
    // The endpoint is at plan 1; 2 is referred to by nobody, 3 is the cleaner's own.
    assert_eq!(names(Cleanup::Unreachable), "{2}");
    assert_eq!(names(Cleanup::OlderThanOwn(1)), "{1, 2}");
    assert_eq!(names(Cleanup::OlderThanOwn(2)), "{1}");
    let own = Generation::FIRST;
    assert_eq!(
        Cleanup::OlderThanPublished(1)
            .victims(store, own)
            .to_string(),
        "{1, 2}"
    );
    assert_eq!(
        Cleanup::OlderThanOwn(1).victims(store, own).to_string(),
        "{}"
    );
}
