//! What a boundary cuts off leaves a verdict open exactly if it could change it.
//!
//! The naive judge sees the same graph with a state in place of everything outside, once the best
//! there could be and once the worst. Where they agree, so must the checker; elsewhere it must not
//! decide.

use super::strength;
use planwright_checker::{Cause, Checker, Model, Outcome, Verdict};
use planwright_oracle::{Evaluator, ExplicitGraph, Fairness, Formula, Generated, NamedPredicate};

type Action = (usize, Option<u8>);

/// A generated graph of which some states lie outside.
struct Bounded {
    graph: Generated,
    outside: u8,
}

impl Bounded {
    fn new(number: u64) -> Self {
        let graph = Generated::new(number);
        // About a quarter of the states; never the first initial one.
        let outside = (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as u8
            & (number.wrapping_mul(0xd1b5_4a32_d192_ed03) >> 40) as u8;
        let outside = outside & !(1 << graph.init_states()[0]);
        Self { graph, outside }
    }

    fn is_outside(&self, state: u8) -> bool {
        self.outside >> state & 1 == 1
    }
}

impl Model for Bounded {
    type State = u8;
    type Action = Action;

    fn init_states(&self) -> Vec<u8> {
        self.graph.init_states()
    }

    fn actions(&self, state: &u8, actions: &mut Vec<Action>) {
        self.graph.actions(state, actions);
    }

    fn next_state(&self, state: &u8, action: Action) -> Option<u8> {
        self.graph.next_state(state, action)
    }

    fn within_boundary(&self, state: &u8) -> bool {
        !self.is_outside(*state)
    }
}

/// The state in place of all that is outside.
const BEYOND: u8 = 100;

/// The same with one state in place of all that is outside, in which nothing happens any more.
struct Closed<'a>(&'a Bounded);

impl Closed<'_> {
    fn place(&self, state: u8) -> u8 {
        if self.0.is_outside(state) {
            BEYOND
        } else {
            state
        }
    }
}

impl Model for Closed<'_> {
    type State = u8;
    type Action = Action;

    fn init_states(&self) -> Vec<u8> {
        let initial = self.0.init_states().into_iter();
        initial.map(|state| self.place(state)).collect()
    }

    fn actions(&self, state: &u8, actions: &mut Vec<Action>) {
        if *state != BEYOND {
            self.0.actions(state, actions);
        }
    }

    fn next_state(&self, state: &u8, action: Action) -> Option<u8> {
        let next = self.0.next_state(state, action)?;
        Some(self.place(next))
    }
}

/// Whether the formula holds of the states inside, if what is beyond is as good, or as bad, as can be.
fn judged(bounded: &Bounded, formula: Formula, good: bool) -> bool {
    let inside = |state: &u8| *state != BEYOND;
    let p = |state: &u8| {
        if inside(state) {
            bounded.graph.p(*state)
        } else {
            good
        }
    };
    let q = |state: &u8| {
        if inside(state) {
            bounded.graph.q(*state)
        } else {
            good
        }
    };
    // What is beyond owes nothing.
    let owes = |state: &u8| inside(state) && bounded.graph.p(*state);
    let predicates: [NamedPredicate<'_, u8>; 4] =
        [("p", &p), ("q", &q), ("owes", &owes), ("inside", &inside)];
    let label = |&(label, _): &Action| label;
    let graph = ExplicitGraph::explore(&Closed(bounded), &Generated::LABELS, label, &predicates);
    let graph = graph.fair(bounded.graph.fairness().to_vec());
    let evaluator = Evaluator::new(&graph);
    match formula {
        Formula::LeadsTo(..) => evaluator.holds(Formula::LeadsTo("owes", "q")),
        Formula::AlwaysEventually(_) => evaluator.holds(Formula::LeadsTo("inside", "p")),
        Formula::Recoverable(_) => {
            let hopeful = evaluator.can_reach(graph.predicate("p"));
            let inside = graph.predicate("inside").iter();
            hopeful
                .iter()
                .zip(inside)
                .all(|(hopeful, inside)| *hopeful || !inside)
        }
        other => evaluator.holds(other),
    }
}

#[test]
fn undecided_exactly_where_it_matters_what_is_outside() {
    let mut answers = [0_u32; 3];
    for number in 0..3000 {
        let bounded = Bounded::new(number);
        let (p, q) = (|s: &u8| bounded.graph.p(*s), |s: &u8| bounded.graph.q(*s));
        let mut checker = Checker::new(&bounded)
            .recoverable("can always reach p", p)
            .eventually("eventually p", p)
            .leads_to("p leads to q", p, q)
            .always_eventually("always eventually p", p)
            .eventually_always("eventually always p", p)
            .until("p until q", p, q);
        for (number, condition) in bounded.graph.fairness().iter().enumerate() {
            let name = number.to_string();
            let covers = move |(label, _): &Action| Fairness::covers(condition, *label);
            checker = checker.fair(name, strength(condition.strength), covers);
        }
        let report = checker.threads(1).run();
        for formula in [
            Formula::Recoverable("p"),
            Formula::Eventually("p"),
            Formula::LeadsTo("p", "q"),
            Formula::AlwaysEventually("p"),
            Formula::EventuallyAlways("p"),
            Formula::Until("p", "q"),
        ] {
            let best = judged(&bounded, formula, true);
            let worst = judged(&bounded, formula, false);
            let expected = match (best, worst) {
                (_, true) => Outcome::Holds,
                (false, _) => Outcome::Violated,
                (true, false) => Outcome::Undecided,
            };
            let finding = report
                .finding(&formula.to_string())
                .expect("it was asked for");
            let verdict = &finding.verdict;
            assert_eq!(
                verdict.outcome(),
                expected,
                "{formula} of graph {number}\n{report}"
            );
            if expected == Outcome::Undecided {
                assert_eq!(*verdict, Verdict::Undecided(Cause::Boundary));
            }
            answers[expected as usize] += 1;
        }
    }
    assert!(answers.iter().all(|count| *count > 1000), "{answers:?}");
}

/// A run that starts outside is not known, and owes from its first state on.
#[test]
fn an_initial_state_outside_leaves_open_what_runs_owe_from_the_start() {
    struct Two;
    impl Model for Two {
        type State = u8;
        type Action = ();
        fn init_states(&self) -> Vec<u8> {
            vec![0, 2]
        }
        fn actions(&self, state: &u8, actions: &mut Vec<()>) {
            actions.extend(state.is_multiple_of(2).then_some(()));
        }
        fn next_state(&self, state: &u8, (): ()) -> Option<u8> {
            Some(state + 1)
        }
        fn within_boundary(&self, state: &u8) -> bool {
            *state < 2
        }
    }
    let report = Checker::new(&Two)
        .eventually("eventually", |s| *s == 1)
        .until("until", |_| true, |s| *s == 1)
        .eventually_always("eventually always", |s| *s == 1)
        .leads_to("leads to", |s| *s == 0, |s| *s == 1)
        .recoverable("recoverable", |s| *s == 1)
        .progress_of_all()
        .run();
    for name in ["eventually", "until", "eventually always"] {
        let finding = report.finding(name).expect("it was asked for");
        assert_eq!(
            finding.verdict,
            Verdict::Undecided(Cause::Boundary),
            "{report}"
        );
    }
    for name in ["leads to", "recoverable"] {
        assert!(report.finding(name).is_some_and(|finding| finding.holds()));
    }
}
