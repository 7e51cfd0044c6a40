//! Mutants of a system against the same system written down without the guard.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use planwright_core::{
    CallSite, Enactor, Endpoint, Generation, Mutation, MutationError, PreconditionKind,
    RecordStore, Steps, StoreRule, StoreRules, Survey, SystemState, Transaction, UpdateSystem,
};
use planwright_model::Model;

/// Writes the newest plan, then deletes the plan before it. Each guard can be left out.
#[derive(Clone, Copy, Debug)]
struct Updater {
    newer: bool,
    exists: bool,
    not_in_use: bool,
}

const GUARDED: Updater = Updater {
    newer: true,
    exists: true,
    not_in_use: true,
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Step {
    #[default]
    Idle,
    Write(Generation),
    Clean(Generation),
}

impl Enactor for Updater {
    type Local = Step;

    fn steps(&self, step: &Step, store: &RecordStore, next: &mut Steps<Step>) {
        match *step {
            Step::Idle => {
                if let Some(plan) = store.newest_plan() {
                    next.goto(Step::Write(plan));
                }
            }
            Step::Write(plan) => {
                let mut write = Transaction::point_at(Endpoint::FIRST, plan);
                if self.newer {
                    write = write.only_if_newer();
                }
                if self.exists {
                    write = write.only_if_plan_exists();
                }
                next.commit(write, Step::Clean(plan), Step::Idle);
            }
            Step::Clean(plan) => {
                if let Some(old) = store.plans_older_by(plan, 1).next() {
                    let mut delete = Transaction::delete(old);
                    if self.not_in_use {
                        delete = delete.unless_in_use();
                    }
                    next.commit(delete, Step::Clean(plan), Step::Idle);
                } else {
                    next.goto(Step::Idle);
                }
            }
        }
    }

    fn plain_guards(&self) -> Vec<&'static str> {
        vec!["only older plans are deleted"]
    }
}

type System = UpdateSystem<Updater>;

fn system(updater: Updater) -> System {
    UpdateSystem::new(updater).generations(4)
}

/// Every reachable state with what comes next, in order.
fn graph<M: Model<State = SystemState<Step>>>(model: &M) -> Vec<(M::State, Vec<M::State>)> {
    let mut found: Vec<_> = model.init_states();
    let mut graph = Vec::new();
    while graph.len() < found.len() {
        let state = found[graph.len()];
        let next = model.next_states(&state);
        for state in &next {
            if !found.contains(state) {
                found.push(*state);
            }
        }
        graph.push((state, next));
    }
    graph
}

fn sites(system: &System) -> Vec<CallSite> {
    let survey = Survey::new();
    let watched = survey.watch(system);
    assert_eq!(graph(&watched), graph(system), "a survey changes nothing");
    survey.call_sites()
}

#[test]
fn every_precondition_is_found_where_it_stands() {
    let sites = sites(&system(GUARDED));
    let text = include_str!("mutation.rs");
    let calls = [
        "write.only_if_newer",
        "write.only_if_plan_exists",
        "delete.unless_in_use",
    ];
    assert_eq!(sites.len(), calls.len());
    for (site, call) in sites.iter().zip(calls) {
        // The column is that of the method's name.
        let line = text.lines().nth(site.line as usize - 1).expect("a line");
        let (object, method) = call.split_once('.').expect("a call");
        let column = line.find(call).expect(call) + object.len() + 1;
        assert_eq!(&line[column..column + method.len()], method);
        assert_eq!(site.column as usize, column + 1);
        assert_eq!(site.place(), format!("tests/it/mutation.rs:{}", site.line));
    }
}

#[test]
fn a_precondition_that_is_never_reached_is_not_found() {
    let unused = system(Updater {
        not_in_use: false,
        ..GUARDED
    });
    let kinds: BTreeSet<_> = sites(&unused).into_iter().map(|s| s.requires).collect();
    let expected = [PreconditionKind::Newer, PreconditionKind::PlanExists];
    assert_eq!(kinds, expected.into());
}

#[test]
fn a_mutant_behaves_as_the_protocol_written_without_the_precondition() {
    // With the first guard the other two have nothing to do, so each is also tried without it.
    let bold = Updater {
        newer: false,
        ..GUARDED
    };
    let without = |updater: Updater, kind| match kind {
        PreconditionKind::Newer => Updater {
            newer: false,
            ..updater
        },
        PreconditionKind::PlanExists => Updater {
            exists: false,
            ..updater
        },
        _ => Updater {
            not_in_use: false,
            ..updater
        },
    };
    let mut differing = Vec::new();
    for protocol in [GUARDED, bold] {
        let unmutated = system(protocol);
        for site in sites(&unmutated) {
            let by_hand = system(without(protocol, site.requires));
            let mutation = Mutation::IgnorePrecondition(site.clone());
            let mutant = unmutated.mutated(&mutation).expect("a mutant");
            let found = graph(&mutant);
            assert_eq!(found, graph(&by_hand), "{mutation}");
            if found != graph(&unmutated) {
                differing.push(site.requires);
            }
        }
    }
    let expected = [
        PreconditionKind::Newer,
        PreconditionKind::PlanExists,
        PreconditionKind::NotInUse,
    ];
    assert_eq!(differing, expected);
}

#[test]
fn a_rule_is_switched_at_the_store() {
    let unguarded = system(Updater {
        newer: false,
        ..GUARDED
    });
    let rule = StoreRule::Monotonic;
    let on = Mutation::SwitchRule { rule, on: true };
    let rules = StoreRules::default().with(rule, true);
    let by_hand = unguarded.clone().rules(rules);
    let mutant = unguarded.mutated(&on).expect("a mutant");
    assert_eq!(graph(&mutant), graph(&by_hand));
    let off = Mutation::SwitchRule { rule, on: false };
    let mutant = by_hand.mutated(&off).expect("a mutant");
    assert_eq!(graph(&mutant), graph(&unguarded));
    assert_ne!(graph(&by_hand), graph(&unguarded));
}

#[test]
fn a_class_of_actions_is_disabled() {
    let mutation = Mutation::DisableClass("the planner publishes a plan".to_owned());
    let mutant = system(GUARDED).mutated(&mutation).expect("a mutant");
    let mut states = graph(&mutant).into_iter().map(|(state, _)| state);
    assert!(states.all(|state| state.store.newest_plan() == Some(Generation::FIRST)));
}

#[test]
fn the_list_has_every_site_rule_and_class_once_and_each_can_be_made() {
    let system = system(GUARDED);
    let sites = sites(&system);
    let mutations = system.mutations(&sites);
    let distinct: BTreeSet<_> = mutations.iter().map(ToString::to_string).collect();
    assert_eq!(distinct.len(), mutations.len());
    assert_eq!(mutations.len(), sites.len() + StoreRule::ALL.len() + 6);
    for mutation in &mutations {
        assert!(system.mutated(mutation).is_ok(), "{mutation}");
        let text = serde_json::to_string(mutation).expect("plain data");
        let read: Mutation = serde_json::from_str(&text).expect("what was written");
        assert_eq!(read, *mutation);
    }
}

#[test]
fn what_a_system_cannot_have_is_refused_with_what_it_can() {
    let system = system(GUARDED);
    let error = system.mutated(&Mutation::DisableClass("sleeps".to_owned()));
    let error = error.expect_err("there is no such class").to_string();
    assert!(
        error.contains("`sleeps`") && error.contains("an enactor deletes a plan"),
        "{error}"
    );
    let rule = StoreRule::Monotonic;
    let error = system.mutated(&Mutation::SwitchRule { rule, on: false });
    let error = error.expect_err("it is off");
    assert_eq!(error, MutationError::NoChange { rule, on: false });
    assert_eq!(
        error.to_string(),
        "the store rule `monotonic writes at the store` is off already; switch it on"
    );
}

fn guarded_write() -> Transaction {
    Transaction::point_at(Endpoint::FIRST, Generation::FIRST).only_if_newer()
}

/// Has a bug.
#[derive(Clone, Debug)]
struct Broken;

impl Enactor for Broken {
    type Local = ();

    fn steps(&self, (): &(), _: &RecordStore, _: &mut Steps<()>) {
        panic!(
            "with {} preconditions",
            guarded_write().preconditions().count()
        );
    }
}

#[test]
fn a_mutant_ends_where_an_enactor_panics() {
    let system = UpdateSystem::new(Broken);
    let start = system.init_states()[0];
    let panics = |model: &dyn Fn()| {
        let panic = catch_unwind(AssertUnwindSafe(model)).expect_err("it has a bug");
        *panic.downcast::<String>().expect("a text")
    };
    let survey = Survey::new();
    let watched = survey.watch(&system);
    assert_eq!(
        panics(&|| drop(watched.next_states(&start))),
        "with 1 preconditions"
    );
    // The panic kept the survey from being told, so the place is found with a mended enactor.
    let mended = UpdateSystem::new(Mended);
    let _ = survey.watch(&mended).next_states(&mended.init_states()[0]);
    let [site] = &survey.call_sites()[..] else {
        panic!("one precondition");
    };
    let mutant = system.mutated(&Mutation::IgnorePrecondition(site.clone()));
    let mutant = mutant.expect("a mutant");
    assert_eq!(
        panics(&|| drop(mutant.next_states(&start))),
        "with 0 preconditions"
    );
    assert_eq!(guarded_write().preconditions().count(), 1);
}

/// The same without the bug.
#[derive(Clone)]
struct Mended;

impl Enactor for Mended {
    type Local = ();

    fn steps(&self, (): &(), _: &RecordStore, next: &mut Steps<()>) {
        next.commit(guarded_write(), (), ());
    }
}
