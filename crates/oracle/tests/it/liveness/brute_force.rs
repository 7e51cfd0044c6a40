//! The naive evaluator against a search that knows no fixpoints: it tries every set of states that a
//! run could settle in.

use planwright_oracle::{Evaluator, ExplicitGraph, Fairness, Formula, Generated, Strength};

/// Every kind of formula.
pub(crate) const FORMULAS: [Formula; 8] = [
    Formula::Always("p"),
    Formula::Reachable("p"),
    Formula::Recoverable("p"),
    Formula::Eventually("p"),
    Formula::LeadsTo("p", "q"),
    Formula::AlwaysEventually("p"),
    Formula::EventuallyAlways("p"),
    Formula::Until("p", "q"),
];

/// States, as bits.
type Set = u32;

/// Where steps lead; to the state itself where a run may stop.
fn successors(graph: &ExplicitGraph, state: usize) -> Set {
    let edges = graph.edges[state].iter();
    edges.fold(resting(graph, state), |set, edge| set | 1 << edge.target)
}

/// The state, if a run may stop there: if each of its steps is one that no condition names.
fn resting(graph: &ExplicitGraph, state: usize) -> Set {
    let mut named = graph
        .fairness
        .iter()
        .flat_map(|condition| &condition.labels);
    let must = named.any(|label| graph.edges[state].iter().any(|edge| edge.label == *label));
    Set::from(!must) << state
}

/// What can be reached within a set, the states themselves included.
fn closure(graph: &ExplicitGraph, from: Set, within: Set) -> Set {
    let mut reached = from & within;
    loop {
        let states = (0..graph.states()).filter(|state| reached >> state & 1 == 1);
        let next = states.fold(reached, |set, s| set | successors(graph, s) & within);
        if next == reached {
            return reached;
        }
        reached = next;
    }
}

/// Whether a run can visit exactly these states for ever and be fair. It may as well take every step
/// between them for ever: that can only help.
fn is_fair_rest(graph: &ExplicitGraph, set: Set) -> bool {
    let states: Vec<usize> = (0..graph.states()).filter(|s| set >> s & 1 == 1).collect();
    let connected = states.iter().all(|&state| {
        closure(graph, 1 << state, set) == set && successors(graph, state) & set != 0
    });
    let fair = |condition: &Fairness| {
        let taken = states.iter().any(|&state| {
            let mut edges = graph.edges[state].iter();
            edges.any(|e| condition.covers(e.label) && set >> e.target & 1 == 1)
        });
        let enabled = |&state: &usize| graph.enables(state, condition);
        taken
            || match condition.strength {
                // Whatever repeats for ever is either a stop where it may be, or no stop.
                Strength::Progress => true,
                Strength::Weak => !states.iter().all(enabled),
                Strength::Strong => !states.iter().any(enabled),
            }
    };
    connected && graph.fairness.iter().all(fair)
}

/// The states from which a fair run stays within `stay` for ever, visiting `visit` for ever.
fn fair_within(graph: &ExplicitGraph, stay: Set, visit: Set) -> Set {
    let sets = (1..1 << graph.states()).filter(|set| set & !stay == 0 && set & visit != 0);
    let rests = sets.filter(|&set| is_fair_rest(graph, set));
    let rests = rests.fold(0, |all, set| all | set);
    let leads = |state: &usize| closure(graph, 1 << state, stay) & rests != 0;
    (0..graph.states())
        .filter(leads)
        .fold(0, |set, state| set | 1 << state)
}

fn holds(graph: &ExplicitGraph, formula: Formula) -> bool {
    let all: Set = (1 << graph.states()) - 1;
    let is = |name: &str| {
        let states = graph.predicate(name).iter().enumerate();
        states.fold(0, |set, (state, &holds)| set | Set::from(holds) << state)
    };
    let initial = graph.initial.iter().fold(0, |set, state| set | 1 << state);
    let can = |goal: Set| {
        let reaches = |state: &usize| closure(graph, 1 << state, all) & goal != 0;
        (0..graph.states())
            .filter(reaches)
            .fold(0, |set, state| set | 1 << state)
    };
    match formula {
        Formula::Always(p) => is(p) == all,
        Formula::Reachable(p) => initial & !can(is(p)) == 0,
        Formula::Recoverable(p) => can(is(p)) == all,
        Formula::Eventually(p) => initial & fair_within(graph, all & !is(p), all) == 0,
        Formula::LeadsTo(p, q) => is(p) & fair_within(graph, all & !is(q), all) == 0,
        Formula::AlwaysEventually(p) => fair_within(graph, all & !is(p), all) == 0,
        Formula::EventuallyAlways(p) => initial & fair_within(graph, all, all & !is(p)) == 0,
        Formula::Until(p, q) => {
            // Where the first may cease: at the end of a run on which the second never holds.
            let waits = closure(graph, initial & !is(q), all & !is(q) & is(p));
            let edges = (0..graph.states()).filter(|state| waits >> state & 1 == 1);
            let after = edges.fold(initial, |set, state| set | successors(graph, state));
            let ceases = after & !is(p) & !is(q) != 0;
            !ceases && initial & fair_within(graph, all & !is(q), all) == 0
        }
    }
}

#[test]
fn agrees_on_generated_graphs() {
    let mut held = [0; 8];
    let graphs = 20_000;
    for number in 0..graphs {
        let graph = Generated::new(number).graph();
        for (count, formula) in held.iter_mut().zip(FORMULAS) {
            let naive = Evaluator::new(&graph).holds(formula);
            assert_eq!(
                naive,
                holds(&graph, formula),
                "{number}, {formula}: {graph:?}"
            );
            *count += u64::from(naive);
        }
    }
    // Neither verdict is rare enough to have gone untested.
    let rare = |&count: &u64| count < graphs / 50 || count > graphs - graphs / 50;
    assert!(!held.iter().any(rare), "{held:?}");
}

#[test]
fn generated_graphs_have_every_shape() {
    let graphs: Vec<ExplicitGraph> = (0..20_000).map(|n| Generated::new(n).graph()).collect();
    let count =
        |shape: &dyn Fn(&ExplicitGraph) -> bool| graphs.iter().filter(|graph| shape(graph)).count();
    assert!(count(&|g| (0..g.states()).any(|s| g.is_terminal(s))) > 2_000);
    assert!(count(&|g| !(0..g.states()).any(|s| g.is_terminal(s))) > 2_000);
    assert!(count(&|g| g.initial.len() > 1) > 2_000);
    for fairness in ["none", "weak", "strong", "mixed"] {
        for rests in ["", " and rests"] {
            let assumed = format!("{fairness}{rests}");
            let graphs = count(&|g| g.assumption() == assumed);
            assert!(graphs > 200, "{assumed}: {graphs}");
        }
    }
    // Each strength makes a difference, and so does whether a run may stop.
    for strength in [Strength::Progress, Strength::Weak, Strength::Strong] {
        let matters = count(&|graph| {
            let others = graph
                .fairness
                .iter()
                .filter(|fair| fair.strength != strength);
            let without = graph.clone().fair(others.cloned().collect());
            let verdicts = |graph| FORMULAS.map(|formula| Evaluator::new(graph).holds(formula));
            verdicts(graph) != verdicts(&without)
        });
        assert!(matters > 400, "{strength}: {matters}");
    }
}
