//! Verdicts about liveness that others have published, with their numbers of states. The sources are
//! at the models, and at the same tests of the naive judge.

use planwright_checker::{Checkable, Checker, Outcome, Strength};
use planwright_oracle::{
    Bakery, CleanForks, Counter, Customer, DiningPhilosophers, Fork, Label, Manners, Move,
    Peterson, Probe, Processes, SharedLock, TerminationDetection, Thread, Token, TokenRing,
};

/// Runs a checker of one property with a condition for each process, and expects so many states. A run stops
/// only where nothing can happen, as in what was published.
fn outcome<'m, M>(
    checker: Checker<'m, M>,
    processes: usize,
    strength: Strength,
    process: impl Fn(&M::Action) -> usize + Clone + Send + Sync + 'm,
    states: u64,
) -> Outcome
where
    M: Checkable,
{
    let fair = (0..processes).fold(checker, |checker, number| {
        let process = process.clone();
        let covers = move |action: &M::Action| process(action) == number;
        checker.fair(number.to_string(), strength, covers)
    });
    let report = fair.progress_of_all().run();
    assert_eq!(report.statistics().states, states);
    report.outcome()
}

#[test]
fn a_thread_gets_the_lock_under_strong_fairness_only() {
    let model = SharedLock { threads: 2 };
    let gets_it = || {
        let has = |threads: &Vec<Thread>| threads[0] == Thread::Release;
        Checker::new(&model).eventually("gets the lock", has)
    };
    let under = |strength| outcome(gets_it(), 2, strength, |thread| *thread, 8);
    assert_eq!(under(Strength::Weak), Outcome::Violated);
    assert_eq!(under(Strength::Strong), Outcome::Holds);
}

#[test]
fn nobody_starves_who_hands_clean_forks_over() {
    let model = CleanForks { seats: 5 };
    let sated = Checker::new(&model).always_eventually("sated", |table| !table[0].hungry);
    let outcome = outcome(sated, 5, Strength::Weak, |diner| *diner, 67);
    assert_eq!(outcome, Outcome::Holds);
}

#[test]
fn peterson_lets_everybody_in_under_weak_fairness() {
    let enters = || {
        let wants = |s: &Processes| s.at[0] != Label::Noncritical;
        Checker::new(&Peterson)
            .without_model_properties()
            .leads_to("no starvation", wants, |s| s.at[0] == Label::Critical)
    };
    let by = |mover: &u8| usize::from(*mover);
    assert_eq!(
        outcome(enters(), 0, Strength::Weak, by, 42),
        Outcome::Violated
    );
    assert_eq!(outcome(enters(), 2, Strength::Weak, by, 42), Outcome::Holds);
}

#[test]
fn a_bakery_serves_two() {
    let serves = |customers, strength| {
        let model = Bakery {
            customers,
            tickets: 3,
        };
        let wants = |s: &Vec<Customer>| s[0].at != Counter::Outside;
        let served =
            Checker::new(&model)
                .without_model_properties()
                .leads_to("served", wants, |s| s[0].at == Counter::Critical);
        let states = planwright_oracle::Naive::explore(&model).unique() as u64;
        outcome(served, customers, strength, |me| *me, states)
    };
    assert_eq!(serves(2, Strength::Weak), Outcome::Holds);
    assert_eq!(serves(3, Strength::Strong), Outcome::Violated);
}

#[test]
fn a_token_ring_stabilises_if_it_has_enough_values() {
    for (machines, values, states, holds) in [
        (6, 6, 46_656, Outcome::Holds),
        (4, 3, 81, Outcome::Holds),
        (4, 2, 16, Outcome::Violated),
    ] {
        let ring = TokenRing { machines, values };
        let report = Checker::new(&ring)
            .without_model_properties()
            .eventually_always("stable", |counters| TokenRing::privileges(counters) == 1)
            .progress_of_all()
            .run();
        assert_eq!(report.statistics().states, states);
        assert_eq!(
            report.outcome(),
            holds,
            "{machines} machines, {values} values"
        );
    }
}

#[test]
fn termination_is_detected() {
    for (nodes, states) in [(3, 302), (4, 1566)] {
        let model = TerminationDetection { nodes };
        let token = |action: &Probe| usize::from(!matches!(action, Probe::Initiate | Probe::Pass));
        let checker = || Checker::new(&model).without_model_properties();
        let detected = checker().leads_to("detected", |s| s.active == 0, Token::detects);
        let detected = outcome(detected, 1, Strength::Weak, token, states);
        assert_eq!(detected, Outcome::Holds);
        let ends = checker().eventually("ends", Token::detects);
        assert_eq!(
            outcome(ends, 1, Strength::Weak, token, states),
            Outcome::Violated
        );
    }
}

#[test]
fn philosophers_deadlock_unless_forks_are_ordered() {
    let diner = |action: &Move| match *action {
        Move::TakeLeft(p) | Move::TakeRight(p) | Move::PutDown(p) => p,
    };
    let left = DiningPhilosophers {
        seats: 4,
        manners: Manners::LeftFirst,
    };
    let any = |forks: &Vec<Fork>| (0..4).any(|p| left.eats(forks, p));
    let report = Checker::new(&left)
        .without_model_properties()
        .recoverable("somebody can eat", any)
        .no_deadlock("goes on", |_| false)
        .run();
    assert_eq!(report.statistics().states, 34);
    // Everybody takes the left fork.
    assert_eq!(report.assert_violated("somebody can eat").len(), 4);
    assert_eq!(report.assert_violated("goes on").len(), 4);
    let trap = report
        .finding("somebody can eat")
        .and_then(|f| f.trap.as_ref());
    assert_eq!(
        trap.map(|trap| (trap.states, trap.terminal, trap.trapped)),
        Some((1, 1, 1))
    );

    let ordered = DiningPhilosophers {
        seats: 4,
        manners: Manners::LowestFirst,
    };
    let states = planwright_oracle::Naive::explore(&ordered).unique() as u64;
    let checker = || Checker::new(&ordered).without_model_properties();
    let first = || checker().always_eventually("the first eats", |s| ordered.eats(s, 0));
    let under = |strength| outcome(first(), 4, strength, diner, states);
    assert_eq!(under(Strength::Weak), Outcome::Violated);
    assert_eq!(under(Strength::Strong), Outcome::Holds);
    checker()
        .recoverable("the first can eat", |s| ordered.eats(s, 0))
        .no_deadlock("goes on", |_| false)
        .run()
        .assert_holds();
}
