//! Where counting or guessing would go wrong.

use planwright_checker::ablation::{Ablation, SafeguardSet};
use planwright_checker::{Checker, Model, Outcome, Trace};

/// A counter to 3. Its safeguard `late` adds a step, beyond what the others reach.
struct Counter {
    stop: bool,
    late: bool,
}

impl Model for Counter {
    type State = u8;
    type Action = u8;

    fn init_states(&self) -> Vec<u8> {
        vec![0]
    }

    fn actions(&self, state: &u8, actions: &mut Vec<u8>) {
        actions.extend((*state < if self.stop { 2 } else { 3 }).then_some(1));
        actions.extend((self.late && *state == 2).then_some(7));
    }

    fn next_state(&self, state: &u8, by: u8) -> Option<u8> {
        Some(state + by)
    }
}

fn build(on: SafeguardSet) -> Counter {
    Counter {
        stop: on.contains(0),
        late: on.contains(1),
    }
}

#[test]
fn a_safeguard_that_creates_a_violation_is_named_with_its_schedule() {
    let lattice = Ablation::new(["stop", "late"])
        .run(build, |model| {
            Checker::new(model).always("below 3", |n| *n < 3)
        })
        .expect("there is no file");
    let told = &lattice.sufficiency()[0];
    assert_eq!((told.holds, told.violated, told.undecided), (1, 3, 0));
    let [stop] = told.minimal.as_slice() else {
        panic!("one set suffices: {told:?}");
    };
    assert_eq!(stop.set, lattice.set(&["stop"]).expect("a name"));
    assert_eq!(stop.violated_above, 1);
    assert_eq!(
        stop.breaches[0].added,
        lattice.set(&["late"]).expect("a name")
    );
    assert_eq!(told.harmful.len(), 1);
    assert_eq!(told.harmful[0].safeguard, 1);
    // Replayed through the model alone.
    let shown = &told.harmful[0].on[0];
    let path = shown.answer.replay.as_deref().expect("a schedule");
    let trace = Trace::replay(&build(shown.on), path).expect("it replays");
    assert_eq!(trace.states(), [0, 1, 2, 9]);
    let said = lattice.tell().to_string();
    assert!(
        said.contains("creates a violation: late, added to {stop}: 3 steps"),
        "{said}"
    );
}

#[test]
fn fewer_steps_can_do_more_harm() {
    let lattice = Ablation::new(["stop", "nothing"])
        .run(
            |on| Counter {
                stop: on.contains(0),
                late: false,
            },
            |model| {
                Checker::new(model)
                    .recoverable("3 stays possible", |n| *n == 3)
                    .no_deadlock("not stuck before 3", |n| *n == 3)
            },
        )
        .expect("there is no file");
    for property in 0..2 {
        for on in SafeguardSet::all(2) {
            let answer = lattice.answer(property, on);
            let holds = answer.outcome == Outcome::Holds;
            assert_eq!(holds, !on.contains(0), "{property} {on:?}");
        }
        let harmful = &lattice.sufficiency()[property].harmful;
        assert_eq!(harmful.len(), 1);
    }
}

#[test]
fn limits_leave_claims_unknown() {
    let lattice = Ablation::new(["stop", "late"])
        .run(build, |model| {
            let checker = Checker::new(model).always("below 3", |n| *n < 3);
            checker.max_depth(2)
        })
        .expect("there is no file");
    let told = &lattice.sufficiency()[0];
    // Two steps show no violation, and nothing is explored to the end.
    assert_eq!((told.holds, told.violated), (0, 0), "{told:?}");
    assert_eq!(told.undecided, 4);
    assert_eq!(
        (told.minimal.len(), told.cuts.len(), told.redundant.len()),
        (0, 0, 0)
    );
    assert!(!told.perhaps_minimal.is_empty());
    assert!(!lattice.is_decided());
    assert!(lattice.tell().to_string().contains("unknown"));
}

/// The counter under a safeguard that is a boundary: the steps are the same, what is explored is not.
struct Fenced(bool);

impl Model for Fenced {
    type State = u8;
    type Action = u8;

    fn init_states(&self) -> Vec<u8> {
        vec![0]
    }

    fn actions(&self, state: &u8, actions: &mut Vec<u8>) {
        actions.extend((*state < 9).then_some(1));
    }

    fn next_state(&self, state: &u8, by: u8) -> Option<u8> {
        Some(state + by)
    }

    fn within_boundary(&self, state: &u8) -> bool {
        self.0 || *state < 5
    }
}

#[test]
fn a_safeguard_can_be_a_boundary() {
    let lattice = Ablation::new(["open"])
        .run(
            |on| Fenced(on.contains(0)),
            |model| Checker::new(model).always("below 7", |n| *n < 7),
        )
        .expect("there is no file");
    let outcome = |on| lattice.answer(0, on).outcome;
    assert_eq!(outcome(SafeguardSet::first(1)), Outcome::Violated);
    assert_ne!(outcome(SafeguardSet::NONE), Outcome::Violated);
}

#[test]
#[should_panic(expected = "two safeguards are called `lock`")]
fn names_differ() {
    let _ = Ablation::new(["lock", "lock"]);
}

#[test]
#[should_panic(expected = "17 safeguards have too many sets; name at most 16")]
fn there_are_at_most_sixteen() {
    let _ = Ablation::new((0..17).map(|n| n.to_string()));
}
