//! Larger generated graphs: many components, deep ones among them, and strong fairness that takes
//! components apart. Also that what is shown is shortest.

use super::strength;
use planwright_checker::{Checker, Model, Outcome};
use planwright_oracle::{Evaluator, ExplicitGraph, Fairness, Formula, NamedPredicate, Strength};

/// A graph of up to 300 states: rings of various sizes, joined by steps that mostly lead on.
struct Sprawling {
    steps: Vec<Vec<(usize, u16)>>,
    p: Vec<bool>,
    q: Vec<bool>,
    fairness: Vec<Fairness>,
}

/// The next number below a bound, from a linear congruential generator (the constants of Knuth's MMIX).
fn below(dice: &mut u64, bound: usize) -> usize {
    *dice = dice
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*dice >> 33) as usize % bound
}

impl Sprawling {
    fn new(number: u64) -> Self {
        let mut dice = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let states = 20 + below(&mut dice, 280);
        let mut steps = vec![Vec::new(); states];
        let mut first = 0;
        while first < states {
            let ring = (1 + below(&mut dice, 12)).min(states - first);
            for at in 0..ring {
                let label = below(&mut dice, 4);
                steps[first + at].push((label, (first + (at + 1) % ring) as u16));
            }
            first += ring;
        }
        for (at, steps) in steps.iter_mut().enumerate() {
            for _ in 0..below(&mut dice, 3) {
                let label = below(&mut dice, 4);
                let back = below(&mut dice, 12) == 0;
                let target = match back {
                    true => below(&mut dice, states),
                    false => (at + 1 + below(&mut dice, 30)).min(states - 1),
                };
                steps.push((label, target as u16));
            }
        }
        let rare = [20, 10, 5, 2, 1][below(&mut dice, 5)];
        let p = (0..states).map(|_| below(&mut dice, rare) < 2 && below(&mut dice, 30) > 0);
        let p = p.collect();
        let q = (0..states).map(|_| below(&mut dice, rare) == 0).collect();
        let fairness = (0..below(&mut dice, 5)).map(|condition| {
            let labels = (0..4)
                .filter(|_| below(&mut dice, 3) == 0)
                .collect::<Vec<_>>();
            let strengths = [Strength::Progress, Strength::Weak, Strength::Strong];
            let strength = strengths[below(&mut dice, 3)];
            Fairness::new(condition.to_string(), labels, strength)
        });
        let mut fairness: Vec<Fairness> = fairness.collect();
        if below(&mut dice, 2) == 0 {
            fairness.push(Fairness::new("all", 0..4, Strength::Progress));
        }
        Self {
            steps,
            p,
            q,
            fairness,
        }
    }

    fn graph(&self) -> ExplicitGraph {
        let predicates: [NamedPredicate<'_, u16>; 2] = [
            ("p", &|state| self.p[usize::from(*state)]),
            ("q", &|state| self.q[usize::from(*state)]),
        ];
        let graph = ExplicitGraph::explore(self, &["0", "1", "2", "3"], |a| a.0, &predicates);
        graph.fair(self.fairness.clone())
    }
}

impl Model for Sprawling {
    type State = u16;
    type Action = (usize, u16);

    fn init_states(&self) -> Vec<u16> {
        vec![0]
    }

    fn actions(&self, state: &u16, actions: &mut Vec<(usize, u16)>) {
        actions.extend(&self.steps[usize::from(*state)]);
    }

    fn next_state(&self, _: &u16, (_, target): (usize, u16)) -> Option<u16> {
        Some(target)
    }
}

/// The depth of each state of the graph.
fn depths(graph: &ExplicitGraph, from: &[usize], stay: &[bool]) -> Vec<Option<usize>> {
    let mut depths = vec![None; graph.states()];
    let mut frontier: Vec<usize> = from.iter().copied().filter(|state| stay[*state]).collect();
    let mut depth = 0;
    while !frontier.is_empty() {
        frontier.retain(|state| depths[*state].is_none());
        for state in &frontier {
            depths[*state] = Some(depth);
        }
        let next = frontier.iter().flat_map(|state| &graph.edges[*state]);
        let next: Vec<usize> = next
            .map(|edge| edge.target)
            .filter(|to| stay[*to])
            .collect();
        frontier = next;
        depth += 1;
    }
    depths
}

#[test]
fn large_graphs_agree_with_the_naive_judge() {
    let mut answers = [[0_u32; 2]; 6];
    for number in 0..600 {
        let model = Sprawling::new(number);
        let graph = model.graph();
        let evaluator = Evaluator::new(&graph);
        let p = |state: &u16| model.p[usize::from(*state)];
        let q = |state: &u16| model.q[usize::from(*state)];
        let mut checker = Checker::new(&model)
            .recoverable("can always reach p", p)
            .eventually("eventually p", p)
            .leads_to("p leads to q", p, q)
            .always_eventually("always eventually p", p)
            .eventually_always("eventually always p", p)
            .until("p until q", p, q);
        for condition in &model.fairness {
            let covers = |(label, _): &(usize, u16)| condition.covers(*label);
            checker = checker.fair(&condition.name, strength(condition.strength), covers);
        }
        let report = checker.threads(1).run();
        let formulas = [
            Formula::Recoverable("p"),
            Formula::Eventually("p"),
            Formula::LeadsTo("p", "q"),
            Formula::AlwaysEventually("p"),
            Formula::EventuallyAlways("p"),
            Formula::Until("p", "q"),
        ];
        for (formula, counts) in formulas.iter().zip(&mut answers) {
            let expected = evaluator.holds(*formula);
            let finding = report
                .finding(&formula.to_string())
                .expect("it was asked for");
            let told = if expected {
                Outcome::Holds
            } else {
                Outcome::Violated
            };
            assert_eq!(
                finding.verdict.outcome(),
                told,
                "{formula} of graph {number}\n{report}"
            );
            counts[usize::from(expected)] += 1;
        }
        check_trap(&graph, &evaluator, &report);
        check_stem(&graph, &evaluator, &report);
    }
    assert!(
        answers.iter().flatten().all(|count| *count > 20),
        "{answers:?}"
    );
}

type Report<'a> = planwright_checker::Report<'a, Sprawling>;

/// The schedule into the trap is as long as the nearest trapped state is deep, and the trap is as
/// large as what the naive judge finds there.
fn check_trap(graph: &ExplicitGraph, evaluator: &Evaluator<'_>, report: &Report<'_>) {
    let finding = report
        .finding("can always reach p")
        .expect("it was asked for");
    let Some(trap) = &finding.trap else { return };
    let hopeful = evaluator.can_reach(graph.predicate("p"));
    let everywhere = vec![true; graph.states()];
    let depths = depths(graph, &graph.initial, &everywhere);
    let trapped = (0..graph.states()).filter(|state| !hopeful[*state]);
    assert_eq!(trap.trapped, trapped.clone().count() as u64);
    let nearest = trapped.clone().filter_map(|state| depths[state]).min();
    let trace = finding.verdict.trace().expect("a trap has a schedule");
    assert_eq!(Some(trace.len()), nearest);
    let sizes = trapped
        .filter(|state| depths[*state] == nearest)
        .map(|state| {
            let reached = self::depths(graph, &[state], &everywhere)
                .into_iter()
                .flatten();
            reached.count() as u64
        });
    assert!(sizes.into_iter().any(|size| size == trap.states));
}

/// Nothing shorter than the stem comes from the start to a state where p can be avoided for ever: from
/// all shallower states without p on the way, a fair run without p leads to the cycle or deeper.
fn check_stem(graph: &ExplicitGraph, evaluator: &Evaluator<'_>, report: &Report<'_>) {
    let finding = report.finding("eventually p").expect("it was asked for");
    let Some(lasso) = &finding.lasso else { return };
    let missing: Vec<bool> = graph.predicate("p").iter().map(|p| !p).collect();
    let depths = depths(graph, &graph.initial, &missing);
    // With these states alone there is no fair run for ever, so none of them is on a fair cycle.
    let shallow = |state: usize| depths[state].is_some_and(|depth| depth < lasso.cycle_start);
    let on_cycle = |state: usize| {
        let mut component = vec![false; graph.states()];
        for (other, belongs) in component.iter_mut().enumerate() {
            let there = self::depths(graph, &[state], &missing)[other].is_some();
            *belongs = there && self::depths(graph, &[other], &missing)[state].is_some();
        }
        evaluator.fair_within(&component)[state]
    };
    let shallow = (0..graph.states()).filter(|state| shallow(*state));
    // A state whose component has a fair run need not be on it, if strong fairness takes states out:
    // then the run can still be entered no sooner than what the stem enters.
    let strong = graph
        .fairness
        .iter()
        .any(|fair| fair.strength == Strength::Strong);
    if !strong {
        let sooner: Vec<usize> = shallow.take(40).filter(|state| on_cycle(*state)).collect();
        assert!(sooner.is_empty(), "{sooner:?} are nearer\n{report}");
    }
}
