//! A search that did not come to its end says nothing about what is for ever.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use planwright_checker::{Cause, Checker, Limit, Model, Progress, Verdict};

/// Counts up for as long as one likes, and may go back to 0.
struct Counter(u16);

impl Model for Counter {
    type State = u16;
    type Action = bool;

    fn init_states(&self) -> Vec<u16> {
        vec![0]
    }

    fn actions(&self, _: &u16, actions: &mut Vec<bool>) {
        actions.extend([true, false]);
    }

    fn next_state(&self, state: &u16, on: bool) -> Option<u16> {
        match on {
            true if *state == self.0 => None,
            true => Some(state + 1),
            false => Some(0),
        }
    }
}

fn checker(model: &Counter) -> Checker<'_, Counter> {
    Checker::new(model)
        .always("small", |state| *state < 10_000)
        .recoverable("zero", |state| *state == 0)
        .leads_to("one leads to two", |state| *state == 1, |state| *state == 2)
        .progress_of_all()
}

#[test]
fn a_limit_leaves_it_undecided() {
    let model = Counter(60_000);
    for (report, limit) in [
        (checker(&model).max_states(50).run(), Limit::States(50)),
        (checker(&model).max_depth(5).run(), Limit::Depth(5)),
    ] {
        for name in ["zero", "one leads to two"] {
            let finding = report.finding(name).expect("it was asked for");
            assert_eq!(
                finding.verdict,
                Verdict::Undecided(Cause::Limit(limit)),
                "{report}"
            );
        }
    }
}

#[test]
fn it_waits_for_the_end_when_everything_else_is_settled() {
    let model = Counter(20_000);
    let report = checker(&model).run();
    assert_eq!(report.assert_violated("small").len(), 10_000);
    assert_eq!(report.statistics().states, 20_001);
    assert!(
        report
            .finding("zero")
            .is_some_and(|finding| finding.holds())
    );
    let lasso = report.assert_violated("one leads to two");
    assert_eq!(lasso.states(), [0, 1, 0, 1]);
}

/// The listener hears of the end of the search, and the graph is looked at after that.
#[test]
fn an_interrupt_ends_the_look_at_the_graph() {
    let model = Counter(60_000);
    let flag = AtomicBool::new(false);
    let checker = checker(&model)
        .interrupt(&flag)
        .listener(|progress: &Progress| {
            flag.store(progress.states == 60_001, Relaxed);
        });
    let report = checker.run();
    assert!(report.completion().is_complete());
    assert_eq!(report.assert_violated("small").len(), 10_000);
    for name in ["zero", "one leads to two"] {
        let finding = report.finding(name).expect("it was asked for");
        let interrupted = Verdict::Undecided(Cause::Limit(Limit::Interrupted));
        assert_eq!(finding.verdict, interrupted, "{report}");
    }
}

#[test]
fn a_deadlock_needs_no_graph() {
    struct Stops;
    impl Model for Stops {
        type State = u16;
        type Action = u16;
        fn init_states(&self) -> Vec<u16> {
            vec![0]
        }
        fn actions(&self, state: &u16, actions: &mut Vec<u16>) {
            // The last state retries for ever, which changes nothing.
            actions.push((state + 1).min(7));
        }
        fn next_state(&self, _: &u16, next: u16) -> Option<u16> {
            Some(next)
        }
    }
    let report = Checker::new(&Stops).no_deadlock("goes on", |_| false).run();
    assert_eq!(report.assert_violated("goes on").len(), 7);
    assert_eq!(report.statistics().terminal_states, 1);
    let shallow = Checker::new(&Stops)
        .no_deadlock("goes on", |_| false)
        .max_depth(7);
    assert!(
        shallow
            .run()
            .finding("goes on")
            .is_some_and(|f| f.is_undecided())
    );
    Checker::new(&Stops)
        .no_deadlock("ends at 7", |s| *s == 7)
        .run()
        .assert_holds();
}

#[test]
#[should_panic(expected = "two fairness conditions are called `clock`; rename one")]
fn fairness_conditions_have_names_of_their_own() {
    let checker = checker(&Counter(3)).weakly_fair("clock", |up| *up);
    let _ = checker.strongly_fair("clock", |up| !*up).run();
}

#[test]
fn a_panic_in_a_fairness_condition_is_a_fault_of_the_model() {
    let checker = checker(&Counter(30)).weakly_fair("clock", |_| panic!("no clock"));
    let report = checker.run();
    let fault = report.completion().fault().expect("a fault");
    let text = fault.to_string();
    assert_eq!(text, "a fairness condition (action 0) panicked: no clock");
}
