//! Steps that are taken on knowledge which is out of date.

mod generated;
mod protocols;
mod table;

use planwright_core::{Enactor, FaultBudget, LeaseTerm, StoreRules, UpdateSystem};
use planwright_model::{Altered, Depict, Model, Remark, RemarkKind};

use self::protocols::{Again, Cleaner, Holder, Locker, Writer};

/// The states of a schedule, and its actions.
type Schedule<E> = (
    Vec<<UpdateSystem<E> as Model>::State>,
    Vec<<UpdateSystem<E> as Model>::Action>,
);

/// The schedule of the first actions whose words contain these.
fn schedule<E: Enactor>(system: &UpdateSystem<E>, deeds: &[&str]) -> Schedule<E> {
    let mut states = vec![system.init_states()[0]];
    let mut taken = Vec::new();
    for deed in deeds {
        let last = states.last().expect("the initial one");
        let mut actions = Vec::new();
        system.actions(last, &mut actions);
        let words: Vec<_> = actions.iter().map(|a| system.format_action(a)).collect();
        let place = words.iter().position(|words| words.contains(deed));
        let place = place.unwrap_or_else(|| panic!("{deed} is none of {words:?}"));
        let next = system.next_state(last, actions[place]);
        states.push(next.expect("it happens"));
        taken.push(actions[place]);
    }
    (states, taken)
}

/// What is stale, with the number of the step.
fn stale<E: Enactor>(system: &UpdateSystem<E>, deeds: &[&str]) -> Vec<(usize, String)> {
    let (states, actions) = schedule(system, deeds);
    let steps: Vec<_> = states.iter().zip(&actions).collect();
    let told = (1..states.len()).flat_map(|step| {
        let remarks = system.remarks_on_last(&steps[..step], &states[step]);
        let stale = remarks
            .into_iter()
            .filter(|r| r.kind == RemarkKind::StaleKnowledge);
        stale.map(move |remark| (step, remark.text))
    });
    told.collect()
}

fn assert_stale<E: Enactor>(system: &UpdateSystem<E>, deeds: &[&str], expected: &[(usize, &str)]) {
    let told = stale(system, deeds);
    let told: Vec<_> = told
        .iter()
        .map(|(step, text)| (*step, text.as_str()))
        .collect();
    assert_eq!(told, expected);
}

fn writers(again: Again) -> UpdateSystem<Writer> {
    UpdateSystem::new(Writer(again)).endpoints(2).generations(4)
}

/// Enactor 0 picks plan 2; enactor 1 picks plan 3 and writes e0; enactor 0 writes both.
const OVERTAKEN: [&str; 7] = [
    "publishes",
    "enactor 0  picks plan 2",
    "publishes",
    "enactor 1  picks plan 3",
    "enactor 1  points e0 at plan 3",
    "enactor 0  points e0 at plan 2",
    "enactor 0  points e1 at plan 2",
];

const AT_E0: &str = "decided in step 2 with e0 at plan 1; step 5 changed it";
const OF_NEWEST: &str = "decided in step 2 with plan 2 the newest; step 3 changed it";

/// What is overwritten tells more than that there is a newer plan; e1 is where it was.
#[test]
fn who_is_overtaken_decided_on_what_is_not_so() {
    let both = [(6, AT_E0), (7, OF_NEWEST)];
    assert_stale(&writers(Again::Never), &OVERTAKEN, &both);
    // That the plan there exists, or one's own, says nothing of which it is.
    assert_stale(&writers(Again::Resolves), &OVERTAKEN, &both);
    assert_stale(&writers(Again::Exists), &OVERTAKEN, &both);
    assert_stale(&writers(Again::Never), &OVERTAKEN[..5], &[]);
    // A model that starts elsewhere says the same.
    let system = writers(Again::Never);
    let (states, actions) = schedule(&system, &OVERTAKEN);
    let steps: Vec<_> = states.iter().zip(&actions).take(6).collect();
    let elsewhere = Altered::of(&system).starting_at(vec![states[0]]);
    let told = elsewhere.remarks_on_last(&steps, &states[6]);
    assert_eq!(told[0], Remark::stale(AT_E0));
}

#[test]
fn who_looks_again_knows() {
    // Who looks at the endpoint does not look for a newer plan.
    let in_turn = [
        "publishes",
        "enactor 0  picks plan 2",
        "publishes",
        "enactor 0  points e0 at plan 2",
    ];
    for again in [Again::Never, Again::Newer, Again::Endpoint] {
        assert_stale(&writers(again), &in_turn, &[(4, OF_NEWEST)]);
    }
    let alone = [
        "publishes",
        "enactor 0  picks",
        "enactor 0  points",
        "enactor 0  points",
    ];
    for again in [Again::Never, Again::Newer, Again::Newest] {
        assert_stale(&writers(again), &alone, &[]);
    }
    // e0 was moved meanwhile, and may be written all the same: the transaction says so, or the protocol.
    let moved = [
        "publishes",
        "enactor 0  picks plan 2",
        "publishes",
        "publishes",
        "enactor 1  picks plan 4",
        "enactor 0  points e0 at plan 2",
        "enactor 1  points e0 at plan 4",
    ];
    let at_e0 = (7, "decided in step 5 with e0 at plan 1; step 6 changed it");
    let newest = (6, OF_NEWEST);
    assert_stale(&writers(Again::Never), &moved, &[newest, at_e0]);
    assert_stale(&writers(Again::Resolves), &moved, &[newest, at_e0]);
    assert_stale(&writers(Again::Newer), &moved, &[newest]);
    assert_stale(&writers(Again::Endpoint), &moved, &[newest]);
    // So does a rule of the store.
    let monotonic = StoreRules {
        monotonic: true,
        ..StoreRules::default()
    };
    assert_stale(&writers(Again::Never).rules(monotonic), &moved, &[newest]);
}

/// The last look counts.
#[test]
fn a_look_in_a_step_of_its_own_is_stale_in_its_turn() {
    let system = writers(Again::Before);
    let before = [
        "publishes",
        "enactor 0  picks plan 2",
        "enactor 0  looks again at e0",
        "enactor 1  picks plan 2",
        "enactor 1  looks again at e0",
        "enactor 1  points e0",
        "enactor 0  points e0",
    ];
    let expected = (7, "decided in step 3 with e0 at plan 1; step 6 changed it");
    assert_stale(&system, &before, &[expected]);
}

#[test]
fn what_is_so_again_is_not_stale() {
    let faults = FaultBudget {
        rollbacks: 1,
        ..FaultBudget::NONE
    };
    let system = writers(Again::Never).faults(faults);
    let back = [
        "publishes",
        "enactor 0  picks plan 2",
        "enactor 1  picks plan 2",
        "enactor 1  points e0",
        "rolls every endpoint back to plan 1",
    ];
    let writes = ["enactor 0  points e0"];
    assert_stale(&system, &[&back[..], &writes].concat(), &[]);
    // Changed once more, it is stale since then.
    let forth = [
        "enactor 1  points e1",
        "enactor 1  picks plan 2",
        "enactor 1  points e0",
    ];
    let expected = [(9, "decided in step 2 with e0 at plan 1; step 8 changed it")];
    assert_stale(&system, &[&back[..], &forth, &writes].concat(), &expected);
}

/// Who has nothing under way, and who remembers the same again, has forgotten.
#[test]
fn a_pass_that_has_ended_is_forgotten() {
    let passes = [
        "publishes",
        "enactor 0  picks plan 2",
        "enactor 0  points e0",
        "enactor 0  points e1",
        "publishes",
        "enactor 0  picks plan 3",
        "enactor 0  points e0",
        "enactor 0  points e1",
    ];
    assert_stale(&writers(Again::Never), &passes, &[]);
    let faults = FaultBudget {
        crashes: 1,
        ..FaultBudget::NONE
    };
    let crashed = [
        "publishes",
        "enactor 0  picks plan 2",
        "publishes",
        "enactor 0  crashes",
        "enactor 0  picks plan 3",
        "enactor 0  points e0",
    ];
    assert_stale(&writers(Again::Never).faults(faults), &crashed, &[]);
}

/// A commit of which the enactor did not learn is not what it knows.
#[test]
fn a_commit_without_an_acknowledgement_is_as_if_another_had_done_it() {
    let faults = FaultBudget {
        lost_acknowledgements: 1,
        ..FaultBudget::NONE
    };
    let system = writers(Again::Never).faults(faults);
    let deeds = [
        "publishes",
        "enactor 0  picks plan 2",
        "points e0 at plan 2, and does not learn of it",
        "enactor 0  points e0 at plan 2",
    ];
    let expected = [(4, "decided in step 2 with e0 at plan 1; step 3 changed it")];
    assert_stale(&system, &deeds, &expected);
}

#[test]
fn a_plan_that_is_in_use_by_now() {
    let faults = FaultBudget {
        rollbacks: 1,
        ..FaultBudget::NONE
    };
    let clean = |atomic| UpdateSystem::new(Cleaner { atomic }).faults(faults);
    let looks = "enactor 0  (1, Some(plan 1))";
    let deeds = [
        "publishes",
        "enactor 1  points",
        looks,
        "rolls",
        "enactor 0  deletes",
    ];
    let expected = [(5, "decided in step 3 with e0 at plan 2; step 4 changed it")];
    assert_stale(&clean(false), &deeds, &expected);
    // Of a plan that is not in use, the precondition says so.
    assert_stale(
        &clean(true),
        &[
            "publishes",
            "enactor 1  points",
            looks,
            "publishes",
            "enactor 0  deletes",
        ],
        &[],
    );
}

#[test]
fn a_lock_that_has_changed_hands_is_told_before_all_else() {
    let lock = |under_lock| UpdateSystem::new(Locker { under_lock });
    let deeds = [
        "enactor 0  (Some(plan 1), None)",
        "enactor 0  (Some(plan 1), Some(epoch 0))",
        "publishes",
        "enactor 1  (Some(plan 2), None)",
        "enactor 1  (Some(plan 2), Some(epoch 0))",
        "enactor 1  points",
        "enactor 0  points",
    ];
    let expected = [(
        7,
        "decided in step 2 with the lock at epoch 0; step 6 changed it",
    )];
    assert_stale(&lock(false), &deeds, &expected);
    // The lock that is read last is right, and the plan that was chosen before is not.
    let late = [deeds[0], deeds[2], deeds[1], "enactor 0  points"];
    let expected = [(
        4,
        "decided in step 1 with plan 1 the newest; step 2 changed it",
    )];
    assert_stale(&lock(true), &late, &expected);
}

/// It had the lease: what a step wrote is known as the step left it.
#[test]
fn a_lease_that_has_ended() {
    let hold = |fenced| UpdateSystem::new(Holder { fenced }).lease(LeaseTerm::Limited { early: 1 });
    let deeds = [
        "takes",
        "enactor 0  points",
        "lease      expires",
        "enactor 0  points",
        "enactor 0  releases",
    ];
    let expected = [(
        4,
        "decided in step 1 with the lease of token 1; step 3 changed it",
    )];
    // To release a lease that is another's has no effect: the write looks by itself.
    assert_stale(&hold(false), &deeds, &expected);
    assert_stale(&hold(true), &deeds, &[]);
}
