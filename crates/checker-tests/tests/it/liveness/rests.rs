//! Where a run may stop: who must act, and who may.

use expect_test::expect;
use planwright_checker::{Checker, Claim, Finding, How, Lasso, Model, Outcome, Rest, Strength};
use planwright_model::Property;

/// A service is stuck; an operator may restart it, and a watchdog does if it is there.
struct Stuck {
    watchdog: bool,
}

const OPERATOR: &str = "the operator restarts it";
const WATCHDOG: &str = "the watchdog restarts it";

impl Model for Stuck {
    type State = bool;
    type Action = &'static str;

    fn init_states(&self) -> Vec<bool> {
        vec![false]
    }

    fn actions(&self, works: &bool, actions: &mut Vec<&'static str>) {
        if !works {
            actions.push(OPERATOR);
            actions.extend(self.watchdog.then_some(WATCHDOG));
        }
    }

    fn next_state(&self, _: &bool, _: &'static str) -> Option<bool> {
        Some(true)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::eventually("Stateright's", |_, works| *works)]
    }
}

fn checker(stuck: &Stuck) -> Checker<'_, Stuck> {
    Checker::new(stuck).eventually("it works", |works| *works)
}

/// The verdict, and why the run stops.
fn of(checker: Checker<'_, Stuck>, name: &str) -> (Outcome, Option<Rest>) {
    let report = checker.run();
    let finding = report.finding(name).expect("it was asked for");
    let rests = finding.lasso.as_ref().and_then(|lasso| lasso.rests);
    (finding.verdict.outcome(), rests)
}

#[test]
fn nobody_must_act_unless_it_is_declared() {
    let alone = Stuck { watchdog: false };
    let watched = Stuck { watchdog: true };
    let rests = |rest| (Outcome::Violated, Some(rest));
    let holds = (Outcome::Holds, None);
    for stuck in [&alone, &watched] {
        assert_eq!(of(checker(stuck), "it works"), rests(Rest::Anywhere));
        assert_eq!(of(checker(stuck).progress_of_all(), "it works"), holds);
        assert_eq!(of(checker(stuck), "Stateright's"), holds);
    }
    for strength in [Strength::Progress, Strength::Weak, Strength::Strong] {
        let told = |stuck, by| {
            of(
                checker(stuck).fair("one", strength, move |action| *action == by),
                "it works",
            )
        };
        assert_eq!(told(&watched, WATCHDOG), holds);
        assert_eq!(told(&alone, WATCHDOG), rests(Rest::WhereNothingIsObliged));
        assert_eq!(told(&alone, OPERATOR), holds);
    }
}

#[test]
fn the_report_says_that_a_run_rests_and_what_it_takes_for_granted() {
    let text = |checker: Checker<'_, Stuck>| {
        let report = checker.run();
        let claims = report.claims();
        let assumed = |claim: &Claim| {
            let card = claim.to_string();
            let lines = card.lines().skip_while(|line| !line.contains("assuming"));
            let lines = lines.take_while(|line| !line.contains("states missed"));
            lines.map(|line| format!("{line}\n")).collect::<String>()
        };
        let findings = report.findings().iter();
        let told = findings.map(|f| report.printed().finding(&f.name).to_string());
        told.chain(claims.iter().map(assumed)).collect::<String>()
    };
    let stuck = Stuck { watchdog: false };
    expect![[r#"
        holds: Stateright's (on every run, assuming a run stops only where nothing can happen any more)
        violated: it works (after 0 steps it may rest for ever)
          0    false
        here it may rest for ever: nothing is obliged to happen
        to say who must act, declare it: `progress`, `weakly_fair` or `strongly_fair`; `progress_of_all` if everyone must
        replay: 0
          assuming         a run stops only where nothing can happen any more
          assuming         a run may stop in any state, for nothing is obliged to happen; `progress` and `weakly_fair` declare who must act
    "#]].assert_eq(&text(checker(&stuck)));
    let watchdog = |action: &&str| *action == WATCHDOG;
    expect![[r#"
        holds: Stateright's (on every run, assuming a run stops only where nothing can happen any more; progress: the watchdog)
        violated: it works (after 0 steps it may rest for ever)
          0    false
        here it may rest for ever: nothing that is obliged can happen
        replay: 0
          assuming         a run stops only where nothing can happen any more
                           progress of the watchdog
          assuming         a run may stop wherever nothing that is obliged can happen
                           progress of the watchdog
    "#]].assert_eq(&text(checker(&stuck).progress("the watchdog", watchdog)));
    expect![[r#"
        holds: Stateright's (on every run, assuming a run stops only where nothing can happen any more; progress: all)
        holds: it works (on every run, assuming progress: all)
          assuming         a run stops only where nothing can happen any more
                           progress of all
          assuming         a run may stop wherever nothing that is obliged can happen
                           progress of all
    "#]].assert_eq(&text(checker(&stuck).progress_of_all()));
}

/// A worker that may be left out for ever by a clock that ticks: progress asks for nothing then, and weak
/// fairness does.
#[test]
fn progress_is_less_than_weak_fairness() {
    struct Ticks;
    impl Model for Ticks {
        type State = (u8, bool);
        type Action = bool;
        fn init_states(&self) -> Vec<(u8, bool)> {
            vec![(0, false)]
        }
        fn actions(&self, (_, done): &(u8, bool), actions: &mut Vec<bool>) {
            actions.push(false);
            actions.extend((!done).then_some(true));
        }
        fn next_state(&self, (time, done): &(u8, bool), works: bool) -> Option<(u8, bool)> {
            Some(if works {
                (*time, true)
            } else {
                (1 - time, *done)
            })
        }
    }
    let done = |strength| {
        let checker = Checker::new(&Ticks).eventually("done", |(_, done)| *done);
        checker.fair("worker", strength, |works| *works).run()
    };
    let report = done(Strength::Progress);
    let Finding {
        lasso: Some(Lasso {
            rests, fairness, ..
        }),
        ..
    } = &report.findings()[0]
    else {
        panic!("it is violated\n{report}");
    };
    assert_eq!((rests, fairness[0].how), (&None, How::GoesOn));
    assert!(
        report
            .to_string()
            .contains("worker need not act while something else happens")
    );
    done(Strength::Weak).assert_holds();
}
