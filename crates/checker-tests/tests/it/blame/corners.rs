//! Cases that random ones seldom come to, each with an answer that can be seen.

use planwright_checker::{Checker, Model, Need, Strength};

/// Who acts, how, and where to.
type Action = (&'static str, &'static str, u8);

/// Steps between states, from state 0; each with the state it begins in.
struct Table(Vec<(u8, Action)>);

impl Model for Table {
    type State = u8;
    type Action = Action;

    fn init_states(&self) -> Vec<u8> {
        vec![0]
    }

    fn actions(&self, state: &u8, actions: &mut Vec<Action>) {
        let own = self.0.iter().filter(|(from, _)| from == state);
        actions.extend(own.map(|(_, action)| *action));
    }

    fn next_state(&self, _: &u8, (_, _, to): Action) -> Option<u8> {
        Some(to)
    }

    fn within_boundary(&self, state: &u8) -> bool {
        *state < 200
    }
}

fn needs(checker: Checker<'_, Table>) -> (Vec<Need>, Option<Vec<Action>>, bool) {
    let report = checker.run();
    let name = &report.findings()[0].name;
    let blame = report.blame(name, |(who, _, _)| *who);
    let blame = blame.unwrap_or_else(|| panic!("it is violated\n{report}"));
    let near_miss = blame.near_miss.map(|run| run.trace.actions().to_vec());
    (blame.steps, near_miss, blame.is_complete)
}

/// Two ways to the same state with the same turns left, and one of them is no good way.
#[test]
fn a_run_is_not_given_up_for_another_that_comes_to_the_same_state() {
    let table = Table(vec![
        (0, ("one", "left", 1)),
        (0, ("one", "right", 2)),
        (1, ("two", "loud", 3)),
        (2, ("two", "loud", 3)),
        (2, ("two", "quiet", 3)),
    ]);
    let quiet = |_: &u8, (_, how, _): &Action, _: &u8| *how != "loud";
    let checker = Checker::new(&table).always_step("quiet", quiet);
    let (steps, near_miss, is_complete) = needs(checker);
    assert_eq!(steps, [Need::Necessary; 2]);
    assert_eq!(
        near_miss,
        Some(vec![("one", "right", 2), ("two", "quiet", 3)])
    );
    assert!(is_complete);
}

/// The same for a property of runs: one of two ways comes by a good state.
#[test]
fn a_run_that_was_good_is_not_given_up_for_one_that_was_not() {
    let table = Table(vec![
        (0, ("one", "left", 1)),
        (0, ("one", "right", 2)),
        (1, ("two", "left", 4)),
        (2, ("two", "low", 3)),
        (2, ("two", "high", 5)),
        (3, ("three", "on", 6)),
        (4, ("three", "on", 7)),
        (5, ("three", "on", 6)),
    ]);
    let checker = Checker::new(&table)
        .progress_of_all()
        .eventually("high", |state| *state == 5);
    let (_, near_miss, is_complete) = needs(checker);
    let good = [("one", "right", 2), ("two", "high", 5), ("three", "on", 6)];
    assert_eq!((near_miss, is_complete), (Some(good.to_vec()), true));
}

/// A cycle is made of what is nearest, one after the other: here by way of two steps that can be left out, but
/// the second only with the first.
#[test]
fn a_step_that_only_noise_needed_is_noise() {
    let table = Table(vec![
        (0, ("a", "r", 1)),
        (0, ("b", "s", 2)),
        (0, ("a", "t", 3)),
        (1, ("b", "s", 2)),
        (2, ("a", "t", 3)),
        (3, ("c", "u", 0)),
    ]);
    let covers = |(_, how, _): &Action| *how == "r" || *how == "t";
    let checker = Checker::new(&table)
        .weakly_fair("a", covers)
        .eventually_always("not there", |state| *state != 3);
    let (steps, _, _) = needs(checker);
    let (noise, necessary) = (Need::Noise, Need::Necessary);
    assert_eq!(steps, [noise, noise, necessary, necessary]);
}

/// In the other order the run ends in a state that is not good, but might be left through the boundary.
#[test]
fn what_lies_outside_leaves_the_answer_open() {
    let table = Table(vec![
        (0, ("one", "on", 1)),
        (0, ("two", "on", 4)),
        (1, ("one", "back", 0)),
        (1, ("two", "on", 3)),
        (4, ("one", "on", 5)),
        (5, ("one", "away", 200)),
    ]);
    let checker = Checker::new(&table).recoverable("back", |state| *state == 0);
    let (steps, near_miss, is_complete) = needs(checker);
    assert_eq!((steps, near_miss), (vec![Need::Necessary; 2], None));
    assert!(!is_complete, "the other order may be a good run");
}

/// In the other mode a clock goes round in 100 steps, and no run is followed so far.
#[test]
fn a_run_that_cannot_be_judged_leaves_the_answer_open() {
    let ticks = |first: u8, count: u8| {
        (0..count).map(move |tick| (first + tick, ("clock", "tick", first + (tick + 1) % count)))
    };
    let choices = [(0, ("one", "fast", 1)), (0, ("one", "slow", 10))];
    for (slow, is_judged) in [(3, true), (100, false)] {
        let steps = choices
            .into_iter()
            .chain(ticks(1, 2))
            .chain(ticks(10, slow));
        let table = Table(steps.collect());
        let checker = Checker::new(&table).always_eventually("slow", |state| *state >= 10);
        let checker = ["one", "clock"].into_iter().fold(checker, |checker, who| {
            checker.fair(who, Strength::Weak, move |action| action.0 == who)
        });
        let (_, near_miss, is_complete) = needs(checker);
        assert_eq!((near_miss.is_some(), is_complete), (is_judged, is_judged));
    }
}
