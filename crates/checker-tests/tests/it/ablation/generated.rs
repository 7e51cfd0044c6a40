//! Generated models whose safeguards take steps away, or add some: against a naive search of every set.

use planwright_checker::ablation::{Ablation, Lattice, SafeguardSet};
use planwright_checker::{Checker, Model, Outcome};
use planwright_oracle::Naive;
use proptest::prelude::*;

/// A graph; each edge is there under some sets of safeguards only.
#[derive(Clone, Debug)]
struct Guarded {
    edges: Vec<Edge>,
    bad: u8,
    on: SafeguardSet,
}

#[derive(Clone, Debug)]
struct Edge {
    from: u8,
    to: u8,
    /// The safeguard that takes it away.
    refused_by: Option<usize>,
    /// The safeguard that makes it.
    made_by: Option<usize>,
}

const SAFEGUARDS: usize = 3;
const STATES: u8 = 10;

impl Model for Guarded {
    type State = u8;
    type Action = u8;

    fn init_states(&self) -> Vec<u8> {
        vec![0]
    }

    fn actions(&self, state: &u8, actions: &mut Vec<u8>) {
        let there = self.edges.iter().zip(0..).filter(|(edge, _)| {
            edge.from == *state
                && edge.refused_by.is_none_or(|s| !self.on.contains(s))
                && edge.made_by.is_none_or(|s| self.on.contains(s))
        });
        actions.extend(there.map(|(_, number)| number));
    }

    fn next_state(&self, _: &u8, edge: u8) -> Option<u8> {
        Some(self.edges[usize::from(edge)].to)
    }
}

fn check(model: &Guarded) -> Checker<'_, Guarded> {
    let bad = model.bad;
    Checker::new(model)
        .always("never there", move |state| *state != bad)
        .always_step("no long step back", |s, _, t| t + 4 > *s)
        .sometimes("the last state", |state| *state == STATES - 1)
}

fn ablate(graph: &Guarded, threads: usize) -> Lattice {
    let names = ["a", "b", "c"];
    let build = |on| Guarded {
        on,
        ..graph.clone()
    };
    let ablation = Ablation::new(names).threads(threads);
    ablation.run(build, check).expect("there is no file")
}

/// What a naive search says under one set: whether each property holds, and the length of its shortest
/// schedule.
fn naive(model: &Guarded) -> [(bool, Option<u64>); 3] {
    let found = Naive::explore(model);
    let there = found.shortest(|state| *state == model.bad);
    let back = found.shortest_step(model, |s, _, t| t + 4 <= *s);
    let last = found.shortest(|state| *state == STATES - 1);
    let length = |steps: Option<usize>| steps.map(|steps| steps as u64);
    [
        (there.is_none(), length(there)),
        (back.is_none(), length(back)),
        (last.is_some(), length(last)),
    ]
}

fn graphs() -> impl Strategy<Value = Guarded> {
    let safeguard = || proptest::option::weighted(0.4, 0..SAFEGUARDS);
    let made = proptest::option::weighted(0.1, 0..SAFEGUARDS);
    let edge = (0..STATES, 0..STATES, safeguard(), made);
    let edges = proptest::collection::vec(edge, 5..30);
    (edges, 1..STATES).prop_map(|(edges, bad)| {
        let edges = edges.into_iter();
        let edges = edges.map(|(from, to, refused_by, made_by)| Edge {
            from,
            to,
            refused_by,
            made_by,
        });
        Guarded {
            edges: edges.collect(),
            bad,
            on: SafeguardSet::NONE,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn every_set_is_judged_as_by_a_naive_search(graph in graphs()) {
        let lattice = ablate(&graph, 1);
        prop_assert_eq!(&ablate(&graph, 2), &lattice);
        for on in SafeguardSet::all(SAFEGUARDS) {
            let model = Guarded { on, ..graph.clone() };
            for (place, (holds, steps)) in naive(&model).into_iter().enumerate() {
                let answer = lattice.answer(place, on);
                prop_assert_eq!(answer.outcome == Outcome::Holds, holds);
                prop_assert!(answer.outcome != Outcome::Undecided);
                prop_assert_eq!(answer.steps, steps);
            }
        }
    }
}
