//! Thousands of generated graphs, judged by the naive evaluator that shares no code with the checker.

use std::hash::Hash;

use super::strength;
use crate::heaped::Heaped;
use planwright_checker::{
    Audit, Checker, Cost, Extent, How, Model, Outcome, Report, Rest, Strength,
};
use planwright_model::Property;
use planwright_oracle::{Evaluator, Formula, Generated};

type Action = (usize, Option<u8>);

const FORMULAS: [Formula; 6] = [
    Formula::Recoverable("p"),
    Formula::Eventually("p"),
    Formula::LeadsTo("p", "q"),
    Formula::AlwaysEventually("p"),
    Formula::EventuallyAlways("p"),
    Formula::Until("p", "q"),
];

fn checker(graph: &Generated) -> Checker<'_, Generated> {
    checker_of(graph, graph, |state| *state)
}

/// The same properties of a model whose states are numbered as the graph's are.
fn checker_of<'g, M>(
    graph: &'g Generated,
    model: &'g M,
    number: impl Fn(&M::State) -> u8 + Copy + Send + Sync + 'g,
) -> Checker<'g, M>
where
    M: Model<Action = Action, State: Clone + Hash + PartialEq + Send + Sync> + Sync,
{
    let p = move |state: &M::State| graph.p(number(state));
    let q = move |state: &M::State| graph.q(number(state));
    let checker = Checker::new(model)
        .recoverable("can always reach p", p)
        .eventually("eventually p", p)
        .leads_to("p leads to q", p, q)
        .always_eventually("always eventually p", p)
        .eventually_always("eventually always p", p)
        .until("p until q", p, q)
        .no_deadlock("no deadlock", p);
    with_fairness(graph, checker)
}

fn with_fairness<'g, M>(graph: &'g Generated, checker: Checker<'g, M>) -> Checker<'g, M>
where
    M: Model<Action = Action, State: Clone + Hash + PartialEq + Send + Sync> + Sync,
{
    let conditions = graph.fairness().iter().enumerate();
    conditions.fold(checker, |checker, (number, condition)| {
        let covers = move |(label, _): &Action| condition.covers(*label);
        checker.fair(number.to_string(), strength(condition.strength), covers)
    })
}

/// What a lasso claims, looked at once more by the graph alone.
fn check_lassos(graph: &Generated, report: &Report<'_, Generated>) {
    for finding in report.findings() {
        let Some(lasso) = &finding.lasso else {
            continue;
        };
        let trace = finding.verdict.trace().expect("a lasso has a schedule");
        let (states, start) = (trace.states(), lasso.cycle_start);
        assert_eq!(states.last(), states.get(start), "it closes");
        let changing = |state: u8| {
            let mut actions = Vec::new();
            planwright_checker::Model::actions(graph, &state, &mut actions);
            actions.retain(|(_, to)| to.is_some_and(|to| to != state));
            actions
        };
        let enabled = |state: u8, condition: usize| {
            let covers = |label| graph.fairness()[condition].covers(label);
            changing(state).iter().any(|(label, _)| covers(*label))
        };
        let cycle = &states[start..];
        let terminal = changing(*trace.last_state()).is_empty();
        let expected = match (start == trace.len(), graph.fairness().is_empty()) {
            (false, _) => None,
            (true, _) if terminal => Some(Rest::WhereNothingCanHappen),
            (true, true) => Some(Rest::Anywhere),
            (true, false) => Some(Rest::WhereNothingIsObliged),
        };
        assert_eq!(lasso.rests, expected);
        for (number, met) in lasso.fairness.iter().enumerate() {
            match met.how {
                How::Taken(step) => {
                    assert!(step > start);
                    let (label, _) = trace.actions()[step - 1];
                    assert!(graph.fairness()[number].covers(label));
                    assert_ne!(states[step - 1], states[step]);
                }
                How::Disabled(at) => {
                    assert_eq!(met.strength, Strength::Weak);
                    assert!(at >= start && !enabled(states[at], number));
                }
                How::NeverEnabled => assert!(cycle.iter().all(|s| !enabled(*s, number))),
                How::GoesOn => {
                    assert_eq!(met.strength, Strength::Progress);
                    assert_eq!(lasso.rests, None);
                }
            }
        }
    }
}

#[test]
fn verdicts_agree_with_the_naive_judge() {
    let mut answers = [[0_u32; 2]; FORMULAS.len()];
    for number in 0..4000 {
        let generated = Generated::new(number);
        let graph = generated.graph();
        let evaluator = Evaluator::new(&graph);
        let report = checker(&generated).threads(1).run();
        for (formula, counts) in FORMULAS.iter().zip(&mut answers) {
            let expected = evaluator.holds(*formula);
            let finding = report
                .finding(&formula.to_string())
                .expect("it was asked for");
            let outcome = finding.verdict.outcome();
            let told = if expected {
                Outcome::Holds
            } else {
                Outcome::Violated
            };
            assert_eq!(outcome, told, "{formula} of graph {number}\n{report}");
            counts[usize::from(expected)] += 1;
        }
        let p = graph.predicate("p");
        let terminal = |state: &usize| graph.is_terminal(*state);
        let ends = (0..graph.states()).filter(terminal);
        assert_eq!(
            report.statistics().terminal_states,
            ends.clone().count() as u64
        );
        let deadlock = ends.clone().any(|state| !p[state]);
        let finding = report.finding("no deadlock").expect("it was asked for");
        assert_eq!(finding.is_violated(), deadlock, "graph {number}\n{report}");
        check_lassos(&generated, &report);
    }
    // Both answers are often the right one.
    assert!(
        answers.iter().flatten().all(|count| *count > 400),
        "{answers:?}"
    );
}

/// A graph that declares a property itself.
struct Declares(Generated);

impl Model for Declares {
    type State = u8;
    type Action = Action;

    fn init_states(&self) -> Vec<u8> {
        self.0.init_states()
    }

    fn actions(&self, state: &u8, actions: &mut Vec<Action>) {
        self.0.actions(state, actions);
    }

    fn next_state(&self, state: &u8, action: Action) -> Option<u8> {
        self.0.next_state(state, action)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::eventually("p", |model, state| model.0.p(*state))]
    }
}

/// A run stops only where nothing can happen, and meets all that was declared.
#[test]
fn verdicts_on_own_properties_agree_with_the_naive_judge() {
    let mut answers = [0_u32; 2];
    for number in 0..2000 {
        let model = Declares(Generated::new(number));
        let graph = model.0.graph().progress_of_all();
        let expected = Evaluator::new(&graph).holds(Formula::Eventually("p"));
        let report = with_fairness(&model.0, Checker::new(&model))
            .threads(1)
            .run();
        let outcome = [Outcome::Violated, Outcome::Holds][usize::from(expected)];
        assert_eq!(report.outcome(), outcome, "graph {number}\n{report}");
        answers[usize::from(expected)] += 1;
    }
    assert!(answers.iter().all(|count| *count > 400), "{answers:?}");
}

#[test]
fn reports_do_not_depend_on_threads_or_on_how_states_are_stored() {
    for number in 0..400 {
        let generated = Generated::new(number);
        let alone = checker(&generated).threads(1).run();
        for threads in [2, 8] {
            let other = checker(&generated).threads(threads).tuning(3, 2, 100).run();
            assert_eq!(
                alone.findings(),
                other.findings(),
                "{threads} threads, graph {number}"
            );
        }
    }
}

#[test]
fn states_on_the_heap_are_judged_alike() {
    for number in 0..400 {
        let generated = Generated::new(number);
        let heaped = Heaped(&generated);
        let mut expected = checker(&generated).threads(1).run().summary();
        expected.cost = Cost::default();
        for (threads, tuning) in [
            (1, None),
            (1, Some((3, 2, 100))),
            (2, Some((9, 1, 4))),
            (3, None),
        ] {
            let mut checker = checker_of(&generated, &heaped, |state| **state).threads(threads);
            if let Some((block, chunk, together)) = tuning {
                checker = checker.tuning(block, chunk, together);
            }
            // Or nearly all states are audited, and so none is dropped.
            let mut summary = checker
                .audit(Audit {
                    determinism: Extent::Sample,
                    ..Audit::default()
                })
                .run()
                .summary();
            summary.cost = Cost::default();
            assert_eq!(
                expected, summary,
                "{threads} threads, {tuning:?}, graph {number}"
            );
        }
    }
}
