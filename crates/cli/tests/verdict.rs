//! How a program ends.

use std::sync::atomic::{AtomicU32, Ordering};

use planwright_checker::{Checker, Completion, Fault, Model};
use planwright_cli::{Exit, Named, SearchOptions, VerdictOptions};
use planwright_model::{Depict, Group, Item, Picture};

/// Counts to 3.
struct Counter;

impl Model for Counter {
    type State = u8;
    type Action = ();

    fn init_states(&self) -> Vec<u8> {
        vec![0]
    }

    fn actions(&self, _: &u8, actions: &mut Vec<()>) {
        actions.push(());
    }

    fn next_state(&self, state: &u8, _: ()) -> Option<u8> {
        (*state < 3).then_some(state + 1)
    }
}

impl Depict for Counter {
    fn lanes(&self) -> Vec<String> {
        vec!["clerk".to_owned()]
    }

    fn actor(&self, (): &()) -> String {
        "clerk".to_owned()
    }

    fn deed(&self, (): &()) -> String {
        "counts".to_owned()
    }

    fn picture(&self, state: &u8) -> Picture {
        Picture::from([Group::new(
            "counters",
            [Item::new("sum", state.to_string())],
        )])
    }
}

fn exit(deny_vacuous: bool, checker: Checker<'_, Counter>) -> Exit {
    let options = VerdictOptions {
        card: true,
        deny_vacuous,
    };
    options.tell(&checker.run(), &Named::new("counter", "counter"))
}

#[test]
fn vacuity_has_a_code_of_its_own_only_if_it_is_denied() {
    let implication =
        |when| Checker::new(&Counter).always_implies("implies", move |s| *s == when, |s| *s == 3);
    let leads_to = |when| {
        Checker::new(&Counter)
            .leads_to("leads", move |s| *s == when, |s| *s == 3)
            .progress_of_all()
    };
    for (deny, code) in [(false, 0), (true, 3)] {
        assert_eq!(exit(deny, implication(9)).code(), code);
        assert_eq!(exit(deny, leads_to(9)).code(), code);
        // What was put to the test is not vacuous.
        assert_eq!(exit(deny, implication(3)).code(), 0);
        assert_eq!(exit(deny, leads_to(1)).code(), 0);
        // Everything else comes first.
        assert_eq!(exit(deny, implication(2)).code(), 1);
        assert_eq!(
            exit(deny, leads_to(9).always("small", |s| *s < 3)).code(),
            1
        );
        assert_eq!(exit(deny, leads_to(9).max_depth(1)).code(), 4);
    }
}

/// Every line that can be replayed says of which model it is: of a witness, of a violation, of the way to a fault.
#[test]
fn every_replay_line_carries_the_digest() {
    let named = Named::new("counter", "counter");
    let replay = |checker: Checker<'_, Counter>, path: &str| {
        let report = checker.run();
        let line = format!("replay: {}", named.line(path));
        let told = named.report(&report);
        assert!(told.lines().any(|told| told == line), "{told}");
        let claims = named.claims(&report);
        let card = claims.iter().map(ToString::to_string).collect::<String>();
        assert!(card.contains(&named.line(path)), "{card}");
    };
    let checker = || Checker::new(&Counter);
    replay(checker().sometimes("three", |s| *s == 3), "0/0/0/0");
    replay(checker().always("not three", |s| *s != 3), "0/0/0/0");
    let breaks = |s: &u8| *s == 2 && panic!("it breaks");
    replay(checker().always("whole", move |s| !breaks(s)), "0/0/0");
    let report = checker().sometimes("three", |s| *s == 3).run();
    let told = named.finding(&report, "three");
    let line = named.line("0/0/0/0");
    assert_eq!(
        told,
        Some(format!(
            "holds: three (reached after 3 steps)\nreplay: {line}\n"
        ))
    );
}

/// Counts to a hundred; at `fickle` it answers differently each time.
struct Fickle {
    fickle: u32,
    asked: AtomicU32,
}

impl Model for Fickle {
    type State = u32;
    type Action = u32;

    fn init_states(&self) -> Vec<u32> {
        vec![0]
    }

    fn actions(&self, state: &u32, actions: &mut Vec<u32>) {
        let is_fickle = *state == self.fickle;
        let more = is_fickle.then(|| self.asked.fetch_add(1, Ordering::Relaxed));
        actions.push(1 + more.unwrap_or(0));
    }

    fn next_state(&self, state: &u32, by: u32) -> Option<u32> {
        (state + by <= 100).then_some(state + by)
    }
}

#[test]
fn with_check_determinism_or_check_model_every_state_is_asked_about() {
    let found = |check_determinism, check_model| {
        let is_found = |fickle| {
            let asked = AtomicU32::new(0);
            let model = Fickle { fickle, asked };
            let options = SearchOptions {
                check_determinism,
                check_model,
                no_progress: true,
                ..SearchOptions::default()
            };
            let checker = Checker::new(&model).always("true", |_| true);
            let report = options.apply(checker).run();
            let completion = report.completion();
            u32::from(matches!(
                completion,
                Completion::Faulted(Fault::NotDeterministic { .. })
            ))
        };
        (0..100).map(is_found).sum::<u32>()
    };
    assert_eq!(found(true, false), 100);
    assert_eq!(found(false, true), 100);
    assert!(found(false, false) < 100);
}
