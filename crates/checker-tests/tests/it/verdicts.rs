//! Every ending of a run is reported as what it is.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use planwright_checker::{
    Cause, Checker, Completion, Limit, Model, Outcome, ReplayError, Report, Trace, Verdict,
};
use stateright::Property;

/// Counts from 0 up to `last`, one by one.
#[derive(Clone)]
struct Counter {
    last: u64,
    boundary: u64,
    properties: fn() -> Vec<Property<Counter>>,
}

impl Counter {
    fn to(last: u64) -> Self {
        Self {
            last,
            boundary: u64::MAX,
            properties: Vec::new,
        }
    }
}

impl Model for Counter {
    type State = u64;
    type Action = &'static str;

    fn init_states(&self) -> Vec<u64> {
        vec![0]
    }

    fn actions(&self, _: &u64, actions: &mut Vec<&'static str>) {
        actions.extend(["count", "reset"]);
    }

    fn next_state(&self, state: &u64, action: &'static str) -> Option<u64> {
        match action {
            "count" => (*state < self.last).then(|| state + 1),
            _ => None,
        }
    }

    fn within_boundary(&self, state: &u64) -> bool {
        *state <= self.boundary
    }

    fn properties(&self) -> Vec<Property<Self>> {
        (self.properties)()
    }
}

/// A model with given initial states and no action.
struct Start(Vec<u8>, bool);

impl Model for Start {
    type State = u8;
    type Action = ();

    fn init_states(&self) -> Vec<u8> {
        self.0.clone()
    }

    fn actions(&self, _: &u8, _: &mut Vec<()>) {}

    fn next_state(&self, _: &u8, (): ()) -> Option<u8> {
        None
    }

    fn within_boundary(&self, _: &u8) -> bool {
        self.1
    }
}

fn cause<'r, M: Model>(report: &'r Report<'_, M>, name: &str) -> &'r Cause {
    match report.finding(name).map(|finding| &finding.verdict) {
        Some(Verdict::Undecided(cause)) => cause,
        _ => panic!("`{name}` is decided"),
    }
}

/// The message of the panic that `work` ends in.
pub(crate) fn panic_text(work: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let payload = std::panic::catch_unwind(work).expect_err("a panic");
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => (*payload.downcast::<&str>().expect("text")).to_owned(),
    }
}

#[test]
fn no_property_decides_nothing() {
    let model = Counter::to(5);
    let report = Checker::new(&model).run();
    assert_eq!(report.outcome(), Outcome::Undecided);
    assert_eq!(report.statistics().states, 6);
    let text = panic_text(|| Checker::new(&Counter::to(5)).run().assert_holds());
    assert!(
        text.contains("no property to check; add one with `always`"),
        "{text}"
    );
}

#[test]
fn no_initial_state_decides_nothing() {
    let nothing = Start(vec![], true);
    let report = Checker::new(&nothing).always("true", |_| true).run();
    assert_eq!(cause(&report, "true"), &Cause::NoInitialState);
    let outside = Start(vec![1, 2], false);
    let report = Checker::new(&outside).always("true", |_| true).run();
    assert_eq!(cause(&report, "true"), &Cause::NoInitialStateWithinBoundary);
    assert_eq!(report.statistics().cut_states, 2);
    assert_eq!(report.outcome(), Outcome::Undecided);
}

#[test]
fn a_boundary_is_part_of_the_verdict() {
    let mut model = Counter::to(100);
    model.boundary = 10;
    let report = Checker::new(&model)
        .always("at most 10", |s| *s <= 10)
        .run();
    assert_eq!(report.completion(), &Completion::Boundary { cut_states: 1 });
    assert_eq!(
        (report.statistics().states, report.statistics().cut_states),
        (11, 1)
    );
    assert!(
        report.to_string().contains("within the model's boundary"),
        "{report}"
    );
    report.assert_holds();
}

#[test]
fn a_limit_on_states_leaves_the_rest_undecided() {
    let model = Counter::to(100_000);
    let report = Checker::new(&model)
        .always("small", |s| *s < 50_000)
        .max_states(10)
        .run();
    assert_eq!(cause(&report, "small"), &Cause::Limit(Limit::States(10)));
    assert_eq!(report.completion(), &Completion::Stopped(Limit::States(10)));
    assert!(report.statistics().states >= 10);
    let text = report.to_string();
    assert!(
        text.contains("undecided: small (stopped at the limit of 10 states)"),
        "{text}"
    );
}

#[test]
fn a_limit_on_depth_is_exact() {
    let model = Counter::to(100);
    let run = |depth| {
        let checker = Checker::new(&model).always("below 7", |s| *s < 7);
        checker.max_depth(depth).run()
    };
    let near = run(6);
    assert_eq!(cause(&near, "below 7"), &Cause::Limit(Limit::Depth(6)));
    assert_eq!(near.statistics().complete_depth, Some(6));
    assert_eq!(run(7).assert_violated("below 7").len(), 7);
}

#[test]
fn limits_of_time_and_memory_and_interrupts_end_an_endless_model() {
    let endless = Counter::to(u64::MAX);
    let run = |limit: fn(Checker<'static, Counter>) -> Checker<'static, Counter>| {
        let endless: &'static Counter = Box::leak(Box::new(endless.clone()));
        let report = limit(Checker::new(endless).always("true", |_| true)).run();
        assert_eq!(report.outcome(), Outcome::Undecided);
        let depth = report.statistics().complete_depth;
        let states = depth.map_or(0, |depth| u64::from(depth) + 1);
        assert_eq!(report.statistics().states, states);
        report.completion().clone()
    };
    let time = Duration::from_millis(20);
    assert_eq!(
        run(|c| c.time_limit(Duration::from_millis(20))),
        Completion::Stopped(Limit::Time(time))
    );
    if cfg!(target_os = "linux") {
        assert_eq!(
            run(|c| c.memory_limit(1)),
            Completion::Stopped(Limit::Memory(1))
        );
    }
    static RAISED: AtomicBool = AtomicBool::new(true);
    assert_eq!(
        run(|c| c.interrupt(&RAISED)),
        Completion::Stopped(Limit::Interrupted)
    );
}

#[test]
fn an_implication_that_is_never_triggered_holds_vacuously() {
    let model = Counter::to(5);
    let run = || {
        Checker::new(&model)
            .always_implies("big ones are even", |s| *s > 9, |s| s % 2 == 0)
            .run()
    };
    let report = run();
    let finding = report.finding("big ones are even").expect("it");
    assert!(finding.is_vacuous() && finding.triggered == Some(0));
    assert_eq!(report.outcome(), Outcome::Holds);
    let text = panic_text(std::panic::AssertUnwindSafe(|| run().assert_holds()));
    assert!(
        text.contains("holds vacuously: big ones are even"),
        "{text}"
    );
    let report = Checker::new(&model)
        .always_implies("3 is odd", |s| *s == 3, |s| s % 2 == 1)
        .run();
    assert_eq!(
        report.finding("3 is odd").and_then(|f| f.triggered),
        Some(1)
    );
    report.assert_holds();
}

#[test]
fn a_step_property_without_a_step_holds_vacuously() {
    let still = Start(vec![1], true);
    let report = Checker::new(&still)
        .always_step("never", |_, (), _| false)
        .run();
    assert!(report.findings()[0].is_vacuous());
    let model = Counter::to(5);
    let report = Checker::new(&model)
        .always_step("up", |s, _, t| s < t)
        .run();
    assert_eq!(report.findings()[0].triggered, Some(5));
    report.assert_holds();
}

#[test]
fn reachability_has_a_witness_or_is_violated_without_a_schedule() {
    let model = Counter::to(5);
    let report = Checker::new(&model)
        .sometimes("4", |s| *s == 4)
        .sometimes("9", |s| *s == 9)
        .run();
    assert_eq!(
        report
            .finding("4")
            .and_then(|f| f.verdict.trace())
            .map(Trace::len),
        Some(4)
    );
    let never = &report.finding("9").expect("it").verdict;
    assert_eq!(
        never,
        &Verdict::Violated {
            counterexample: None
        }
    );
    assert!(
        report
            .to_string()
            .contains("violated: 9 (in no reachable state)"),
        "{report}"
    );
}

#[test]
fn the_model_s_own_properties_are_checked() {
    let mut model = Counter::to(5);
    model.properties = || {
        vec![
            Property::always("below 3", |_, s| *s < 3),
            Property::sometimes("reaches 5", |_, s| *s == 5),
            Property::eventually("ends at 5", |_, s| *s == 5),
            Property::eventually("passes 6", |_, s| *s == 6),
        ]
    };
    let report = Checker::new(&model).run();
    assert_eq!(report.assert_violated("below 3").len(), 3);
    assert!(report.finding("reaches 5").is_some_and(|f| f.holds()));
    assert!(report.finding("ends at 5").is_some_and(|f| f.holds()));
    assert_eq!(report.assert_violated("passes 6").len(), 5);
    Checker::new(&model)
        .without_model_properties()
        .always("true", |_| true)
        .run()
        .assert_holds();
}

#[test]
fn every_violated_property_is_reported() {
    let model = Counter::to(50);
    let report = Checker::new(&model)
        .always("not 3", |s| *s != 3)
        .always("not 7", |s| *s != 7)
        .always_step("not from 4", |s, _, _| *s != 4)
        .run();
    let lengths = ["not 3", "not 7", "not from 4"].map(|name| report.assert_violated(name).len());
    assert_eq!(lengths, [3, 7, 5]);
    assert_eq!(report.completion(), &Completion::Settled { depth: 7 });
    let all = Checker::new(&model)
        .always("not 3", |s| *s != 3)
        .exhaustive()
        .run();
    assert_eq!(all.assert_violated("not 3").len(), 3);
    assert_eq!(
        (all.completion(), all.statistics().states),
        (&Completion::Exhausted, 51)
    );
}

#[test]
fn actions_that_never_fire_are_named() {
    let model = Counter::to(5);
    let report = Checker::new(&model)
        .always("true", |_| true)
        .count_actions(["count", "reset"], |action| usize::from(*action == "reset"))
        .run();
    let statistics = report.statistics();
    let fired: Vec<_> = statistics
        .actions
        .iter()
        .map(|a| (a.name.as_str(), a.fired))
        .collect();
    assert_eq!(fired, [("count", 5), ("reset", 0)]);
    assert_eq!(statistics.never_fired().collect::<Vec<_>>(), ["reset"]);
}

#[test]
fn a_listener_hears_of_the_end() {
    let model = Counter::to(5);
    let mut last = None;
    let report = Checker::new(&model)
        .always("true", |_| true)
        .listener(|progress: &planwright_checker::Progress| last = Some(progress.states))
        .run();
    report.assert_holds();
    drop(report);
    assert_eq!(last, Some(6));
}

#[test]
fn misuse_is_refused_with_a_remedy() {
    let twice = || {
        let model = Counter::to(5);
        let _ = Checker::new(&model)
            .always("a", |_| true)
            .always("a", |_| true)
            .run();
    };
    assert!(panic_text(twice).contains("two properties are called `a`; rename one"));
    let none = || {
        let model = Counter::to(5);
        let _ = Checker::new(&model).threads(0);
    };
    assert!(panic_text(none).contains("ask for at least 1"));
    let wrong_name = || {
        let model = Counter::to(5);
        let report = Checker::new(&model).always("a", |_| true).run();
        let _ = report.assert_violated("b");
    };
    assert!(panic_text(wrong_name).contains("there is no property `b`, only [\"a\"]"));
}

#[test]
fn a_replay_line_that_does_not_fit_is_refused_by_its_part() {
    let model = Counter::to(2);
    let replay = |line| Trace::replay(&model, line).expect_err("refused");
    assert!(Trace::replay(&model, "0/0/0").is_ok_and(|trace| *trace.last_state() == 2));
    assert_eq!(
        replay("1"),
        ReplayError::NoSuchInitialState {
            ordinal: 1,
            count: 1
        }
    );
    assert_eq!(
        replay("0/0/2"),
        ReplayError::NoSuchAction {
            step: 2,
            ordinal: 2,
            count: 2
        }
    );
    assert_eq!(
        replay("0/1"),
        ReplayError::Ignored {
            step: 1,
            ordinal: 1
        }
    );
    assert!(
        matches!(replay("0/x"), ReplayError::NotANumber { part: 1, .. }),
        "{}",
        replay("0/x")
    );
}
