//! Liveness and recoverability, decided on the graph of the reachable states.
//!
//! README.md beside this file has the definitions, the algorithms, and the arguments for them.

mod components;
mod cycle;
mod fair;
mod fairness;
mod graph;
mod lasso;
mod patience;
mod stem;
mod trap;
mod ways_back;

pub use self::fairness::{Rest, Strength};
pub use self::lasso::{How, Lasso, Met};
pub use self::trap::Trap;

pub(crate) use self::fairness::{Conditions, Fairness, MOST_CONDITIONS};
pub(crate) use self::graph::{Graph, OUTSIDE, growth};
pub(crate) use self::lasso::{is_terminal, run_on};
pub(crate) use self::patience::Patience;
pub(crate) use self::trap::{Following, Region, following, running};
pub(crate) use self::ways_back::{WaysBack, ways_back};

use self::cycle::cycle;
use self::fair::fair_states;
use self::graph::States;
use self::stem::{Way, shortest};
use crate::PropertyKind;

/// What the graph says about a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Holds,
    /// A limit or an interrupt came first.
    Stopped,
    /// It depends on what lies outside the boundary.
    Cut,
    /// A run that goes from a state by these of its steps, and at the end repeats the last of them
    /// for ever, from the given one on; without any to repeat, it stops.
    Lasso(Route, usize),
    /// Steps to a state that settles it, whatever comes then.
    Route(Route),
    /// From a state on, it is too late.
    Trap(u32, Region),
}

/// A state, and steps from there, each by its number among those of its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) start: u32,
    pub(crate) steps: Vec<u32>,
}

impl Route {
    fn along(graph: &Graph, states: &[u32]) -> Self {
        let step = |pair: &[u32]| {
            let targets = graph.targets(pair[0]).iter();
            let number = targets.take_while(|target| **target != pair[1]).count();
            number as u32
        };
        Self {
            start: states[0],
            steps: states.windows(2).map(step).collect(),
        }
    }
}

/// Decides a property whose first predicate has number `predicate`.
pub(crate) fn decide(
    (graph, patience): (&Graph, &Patience<'_>),
    conditions: Conditions,
    kind: PropertyKind,
    predicate: usize,
) -> Answer {
    let answer = decided((graph, patience), conditions, kind, predicate);
    if patience.is_over() {
        return Answer::Stopped;
    }
    answer
}

fn decided(
    (graph, patience): (&Graph, &Patience<'_>),
    conditions: Conditions,
    kind: PropertyKind,
    predicate: usize,
) -> Answer {
    let question = Question {
        graph,
        patience,
        conditions,
    };
    let everything = graph.everything();
    let initial = graph.initial();
    let lacking = |number| graph.lacking(predicate + number);
    match kind {
        PropertyKind::Recoverable => trap::find((graph, patience), &graph.having(predicate)),
        // From the start on, the run stays where it is not yet.
        PropertyKind::Eventually => {
            let missing = lacking(0);
            question.for_ever(&both(&initial, &missing), &missing, None)
        }
        PropertyKind::LeadsTo => {
            let missing = lacking(1);
            let owing = both(&graph.having(predicate), &missing);
            question.for_ever(&owing, &missing, None)
        }
        PropertyKind::AlwaysEventually => {
            let missing = lacking(0);
            question.for_ever(&missing, &missing, None)
        }
        // It comes to what should have ended again and again.
        PropertyKind::EventuallyAlways => {
            question.for_ever(&initial, &everything, Some(&lacking(0)))
        }
        PropertyKind::Until => {
            let missing = lacking(1);
            let waiting = both(&graph.having(predicate), &missing);
            let given_up = both(&lacking(0), &missing);
            let sources = both(&initial, &missing);
            match shortest((graph, patience), &sources, &waiting, &given_up) {
                Way::Found(states) => Answer::Route(Route::along(graph, &states)),
                Way::None { .. } => question.for_ever(&sources, &missing, None),
            }
        }
        PropertyKind::Always
        | PropertyKind::AlwaysImplies
        | PropertyKind::AlwaysStep
        | PropertyKind::Sometimes
        | PropertyKind::NoDeadlock => unreachable!("single states and steps decide it"),
    }
}

fn both(one: &States, other: &States) -> States {
    let mut states = one.clone();
    states.intersect_with(other);
    states
}

struct Question<'a> {
    graph: &'a Graph,
    patience: &'a Patience<'a>,
    conditions: Conditions,
}

impl Question<'_> {
    /// Whether some fair run comes to a state of `sources` and then stays in `stay` for ever, and, if
    /// `visit` is given, comes to that again and again.
    fn for_ever(&self, sources: &States, stay: &States, visit: Option<&States>) -> Answer {
        let Self {
            graph,
            patience,
            conditions,
        } = *self;
        let graph_with_patience = (graph, patience);
        let fair = fair_states(graph_with_patience, conditions, stay, visit);
        let mut goal = fair.rests.clone();
        goal.union_with(&fair.cycles);
        match shortest(graph_with_patience, sources, stay, &goal) {
            Way::Found(states) => {
                let mut route = Route::along(graph, &states);
                let entry = states[states.len() - 1];
                let start = route.steps.len();
                if !fair.rests.contains(entry as usize) {
                    let cycle = cycle(graph_with_patience, conditions, &fair.cycles, visit, entry);
                    route.steps.extend(cycle);
                }
                Answer::Lasso(route, start)
            }
            Way::None { cut: true } => Answer::Cut,
            Way::None { cut: false } => Answer::Holds,
        }
    }
}
