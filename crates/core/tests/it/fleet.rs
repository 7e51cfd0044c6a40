//! Fleets of two versions: what a switch, a crash, the kill switch and a change of rules do.

use planwright_core::{
    Course, Deployed, Enactor, Endpoint, FaultBudget, Finite, Fleet, Generation, Handover,
    RecordStore, Steps, StoreRules, SystemAction, SystemState, Transaction, UpdateSystem, Version,
};
use planwright_model::{Encode, Model};
use planwright_oracle::{Naive, stateright_unique};

/// Points the only endpoint at the newest plan; the new version only at a newer one.
#[derive(Clone, Debug)]
struct Writer {
    guarded: bool,
}

/// The plan in hand, and the last one that was dealt with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Finite)]
struct Hand {
    plan: Option<Generation>,
    done: Option<Generation>,
}

impl Enactor for Writer {
    type Local = Hand;

    fn steps(&self, hand: &Hand, store: &RecordStore, next: &mut Steps<Hand>) {
        let Some(plan) = hand.plan else {
            let plan = store.newest_plan().filter(|plan| Some(*plan) != hand.done);
            return next.goto(Hand { plan, ..*hand });
        };
        let write = Transaction::point_at(Endpoint::FIRST, plan);
        let write = match self.guarded {
            true => write.only_if_newer(),
            false => write,
        };
        let done = Hand {
            plan: None,
            done: Some(plan),
        };
        next.commit(write, done, done);
    }

    fn is_drained(&self, hand: &Hand) -> bool {
        hand.plan.is_none()
    }
}

type System = UpdateSystem<Fleet<Writer>>;
type State = SystemState<Deployed<Hand>>;
type Action = SystemAction<Deployed<Hand>>;

fn fleet() -> Fleet<Writer> {
    Fleet::new(Writer { guarded: false }, Writer { guarded: true })
}

fn system(fleet: Fleet<Writer>) -> System {
    UpdateSystem::new(fleet).enactors(2).generations(3)
}

fn start(system: &System) -> State {
    let [start] = system.init_states()[..] else {
        panic!("one initial state");
    };
    start
}

fn actions(system: &System, state: &State) -> Vec<Action> {
    let mut actions = Vec::new();
    system.actions(state, &mut actions);
    actions
}

fn step(system: &System, state: State, wanted: impl Fn(&Action) -> bool) -> State {
    let action = actions(system, &state).into_iter().find(wanted);
    let action = action.expect("such a step is enabled");
    system.next_state(&state, action).expect("it is a step")
}

fn redeploys(action: &Action) -> bool {
    matches!(action, SystemAction::Redeploy { .. })
}

fn by_first(action: &Action) -> bool {
    action.enactor().is_some_and(|enactor| enactor.index() == 0)
}

fn first(state: &State) -> Deployed<Hand> {
    *state.enactors().next().expect("there are two").1
}

/// The first enactor has a plan in hand.
fn busy(system: &System) -> State {
    let published = step(system, start(system), |a| *a == SystemAction::Publish);
    step(system, published, |a| {
        by_first(a) && matches!(a, SystemAction::Move { .. })
    })
}

#[test]
fn a_crash_loses_memory_and_not_the_version() {
    let faults = FaultBudget {
        crashes: 1,
        ..FaultBudget::NONE
    };
    let system = system(fleet().upgraded(2)).faults(faults);
    let busy = busy(&system);
    let crashed = step(&system, busy, |a| matches!(a, SystemAction::Crash { .. }));
    assert_eq!(first(&crashed).version, Version::New);
    assert_eq!(first(&crashed).local, Hand::default());
    // And where there is nothing to lose, there is no crash.
    let crash = |a: &Action| matches!(a, SystemAction::Crash { .. });
    assert!(!actions(&system, &start(&system)).iter().any(crash));
}

#[test]
fn a_handover_says_when_and_what_is_left() {
    let after = |handover| {
        let system = system(fleet().deploying(Course::Rollout, handover));
        let busy = busy(&system);
        let switch = actions(&system, &busy)
            .into_iter()
            .find(|a| redeploys(a) && by_first(a));
        switch.map(|switch| first(&system.next_state(&busy, switch).expect("a step")))
    };
    let new = |local| Deployed {
        version: Version::New,
        local,
    };
    assert_eq!(after(Handover::Restart), Some(new(Hand::default())));
    assert_eq!(after(Handover::Drained), None);
    let plan = Generation::FIRST.successor().ok();
    assert_eq!(
        after(Handover::CarriedOver),
        Some(new(Hand { plan, done: None }))
    );

    // Drained is not only where it starts.
    let system = system(fleet().deploying(Course::Rollout, Handover::Drained));
    let commits = |a: &Action| matches!(a, SystemAction::Commit { .. });
    let done = step(&system, busy(&system), commits);
    assert_ne!(first(&done).local, Hand::default());
    assert!(
        actions(&system, &done)
            .iter()
            .any(|a| redeploys(a) && by_first(a))
    );
}

#[test]
fn a_declared_map_may_refuse() {
    let refusing =
        fleet().carry_over(|to, hand| hand.plan.is_none().then_some(*hand).filter(|_| to.guarded));
    let system = system(refusing.deploying(Course::Rollout, Handover::CarriedOver));
    let switch = |a: &Action| redeploys(a) && by_first(a);
    assert!(actions(&system, &start(&system)).iter().any(switch));
    assert!(!actions(&system, &busy(&system)).iter().any(switch));
}

#[test]
fn a_course_says_who_can_be_switched() {
    let switches = |course, rounds: usize| {
        let system = system(fleet().deploying(course, Handover::Restart));
        let mut state = start(&system);
        for _ in 0..rounds {
            let switch = actions(&system, &state)
                .into_iter()
                .find(|a| redeploys(a) && by_first(a))?;
            state = system.next_state(&state, switch).expect("a step");
        }
        Some(first(&state).version)
    };
    let of = |course| [0, 1, 2].map(|rounds| switches(course, rounds));
    let (old, new) = (Some(Version::Old), Some(Version::New));
    assert_eq!(of(Course::Rollout), [old, new, None]);
    assert_eq!(of(Course::Rollback), [new, old, None]);
    assert_eq!(of(Course::BackAndForth), [old, new, old]);
}

/// Over a stepping stone: old and new are never side by side, and the whole way is gone, there and back.
#[test]
fn over_a_stepping_stone_old_and_new_are_never_side_by_side() {
    use Version::{BackOnStone, New, Old, Stone};

    let mixes = |course, handover| {
        let over = fleet().over(Writer { guarded: false });
        let system = system(over.deploying(course, handover));
        let naive = Naive::explore(&system);
        assert_eq!(stateright_unique(system.clone()), naive.unique());
        let runs = move |state: &State, version| state.enactors().any(|e| e.1.version == version);
        let both = naive.shortest(move |state| runs(state, Old) && runs(state, New));
        let reached = [Old, Stone, New].map(|version| {
            let all = move |state: &State| state.enactors().all(|e| e.1.version == version);
            naive.shortest(all)
        });
        for state in &naive.states {
            let code = system.encode(state).expect("it fits a word");
            assert_eq!(system.decode(code), *state);
        }
        (both, reached)
    };
    for handover in Handover::ALL {
        let rollout = (None, [Some(0), Some(2), Some(4)]);
        assert_eq!(mixes(Course::Rollout, handover), rollout);
        assert_eq!(mixes(Course::BackAndForth, handover), rollout);
        let rollback = (None, [Some(4), Some(2), Some(0)]);
        assert_eq!(mixes(Course::Rollback, handover), rollback);
    }
    // Each switch is given up to where it began.
    let over = fleet().over(Writer { guarded: false });
    let system = system(over.deploying(Course::BackAndForth, Handover::Restart));
    let mut state = start(&system);
    let towards = |wanted: Version| move |a: &Action| matches!(a, SystemAction::Redeploy { to, .. } if to.version == wanted);
    for wanted in [
        Stone,
        Old,
        Stone,
        Stone,
        New,
        BackOnStone,
        New,
        New,
        BackOnStone,
    ] {
        state = step(&system, state, towards(wanted));
        let goes_back = actions(&system, &state).iter().any(towards(Old));
        let has_begun = state
            .enactors()
            .any(|e| matches!(e.1.version, New | BackOnStone));
        assert!(!(has_begun && goes_back));
    }
}

#[test]
fn a_deployment_ends_for_ever_and_needs_no_automation() {
    let faults = FaultBudget {
        kill_switches: 1,
        ..FaultBudget::NONE
    };
    let system = system(fleet().deploying(Course::Rollout, Handover::Restart)).faults(faults);
    let off = step(&system, start(&system), |a| {
        *a == SystemAction::DisableAutomation
    });
    let switched = step(&system, off, redeploys);
    assert_eq!(
        switched
            .enactors()
            .filter(|(_, l)| l.version == Version::New)
            .count(),
        1
    );
    let ended = step(&system, switched, |a| *a == SystemAction::EndDeployment);
    assert!(ended.deployment_has_ended());
    let left = actions(&system, &ended);
    assert!(!left.iter().any(redeploys));
    assert!(!left.contains(&SystemAction::EndDeployment));
    // A fleet that nobody deploys to has no such step.
    let still = self::system(fleet().upgraded(1));
    let start = still.init_states()[0];
    assert!(!actions(&still, &start).contains(&SystemAction::EndDeployment));
}

#[test]
fn the_rules_of_the_store_change_once_for_everyone() {
    let rules = StoreRules {
        monotonic: true,
        ..StoreRules::default()
    };
    let system = system(fleet()).changing_rules(rules);
    let back = |state: State| {
        // The first enactor has plan 2 in hand, the endpoint comes to plan 3.
        let state = step(&system, state, |a| *a == SystemAction::Publish);
        let second = |a: &Action| a.enactor().is_some() && !by_first(a);
        let state = step(&system, step(&system, state, second), second);
        actions(&system, &state)
            .into_iter()
            .find(by_first)
            .expect("the first enactor goes on")
    };
    let before = busy(&system);
    assert!(matches!(back(before), SystemAction::Commit { .. }));
    let changed = step(&system, before, |a| *a == SystemAction::ChangeRules);
    assert!(changed.rules_have_changed());
    assert!(matches!(back(changed), SystemAction::Refused { .. }));
    assert!(!actions(&system, &changed).contains(&SystemAction::ChangeRules));
    assert!(!before.rules_have_changed());
}

/// A rule that the store violates already cannot be made.
#[test]
fn a_store_that_breaks_a_rule_does_not_get_it() {
    let store = start(&system(fleet())).store;
    let integrity = StoreRules {
        referential_integrity: true,
        ..StoreRules::default()
    };
    assert!(integrity.are_kept_by(&store));
    let mut dangling = store;
    let nothing = planwright_core::PlanSet::EMPTY;
    let delete = Transaction::delete(Generation::FIRST);
    dangling
        .commit(&delete, StoreRules::default(), nothing)
        .expect("no rule forbids it");
    assert!(!integrity.are_kept_by(&dangling));
    assert!(StoreRules::default().are_kept_by(&dangling));
}
