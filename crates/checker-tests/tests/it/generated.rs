//! Random transition systems, judged by a naive search that shares no code with the checker.

use super::heaped::Heaped;
use planwright_checker::{
    Audit, Checker, Cost, Extent, Model, Nearest, Outcome, Summary, Trace, Verdict,
};
use planwright_model::Altered;
use planwright_oracle::Naive;
use proptest::prelude::*;

/// A transition system as tables.
#[derive(Clone, Debug)]
pub(crate) struct System {
    initial: Vec<u8>,
    /// For each state its actions in order: the next state, or `None` for an action that is ignored.
    pub(crate) edges: Vec<Vec<Option<u8>>>,
    outside: Vec<bool>,
    pub(crate) bad: Vec<bool>,
    goal: Vec<bool>,
    pub(crate) when: Vec<bool>,
    /// The step that must not be taken: from, to.
    forbidden: (u8, u8),
}

impl Model for System {
    type State = u8;
    type Action = usize;

    fn init_states(&self) -> Vec<u8> {
        self.initial.clone()
    }

    fn actions(&self, state: &u8, actions: &mut Vec<usize>) {
        actions.extend(0..self.edges[usize::from(*state)].len());
    }

    fn next_state(&self, state: &u8, action: usize) -> Option<u8> {
        self.edges[usize::from(*state)][action]
    }

    fn within_boundary(&self, state: &u8) -> bool {
        !self.outside[usize::from(*state)]
    }
}

impl System {
    fn is_bad(&self, state: u8) -> bool {
        self.bad[usize::from(state)]
    }
    fn is_goal(&self, state: u8) -> bool {
        self.goal[usize::from(state)]
    }
    fn triggers(&self, state: u8) -> bool {
        self.when[usize::from(state)]
    }
}

pub(crate) fn systems() -> impl Strategy<Value = System> {
    (2_usize..60).prop_flat_map(|n| {
        let state = 0..n as u8;
        let edge = proptest::option::weighted(0.9, state.clone());
        let rare = |p| proptest::collection::vec(proptest::bool::weighted(p), n);
        (
            proptest::collection::vec(state.clone(), 1..4),
            proptest::collection::vec(proptest::collection::vec(edge, 0..5), n),
            rare(0.05),
            rare(0.03),
            rare(0.03),
            rare(0.05),
            (state.clone(), state),
        )
            .prop_map(
                |(initial, edges, outside, bad, goal, when, forbidden)| System {
                    initial,
                    edges,
                    outside,
                    bad,
                    goal,
                    when,
                    forbidden,
                },
            )
    })
}

const GOOD: &str = "never bad";
const GOAL: &str = "a goal";
const IMPLIED: &str = "triggered states are goals";
const STEP: &str = "no forbidden step";

fn checker(system: &System) -> Checker<'_, System> {
    Checker::new(system)
        .always(GOOD, |s| !system.is_bad(*s))
        .sometimes(GOAL, |s| system.is_goal(*s))
        .always_implies(IMPLIED, |s| system.triggers(*s), |s| system.is_goal(*s))
        .always_step(STEP, |s, _, t| (*s, *t) != system.forbidden)
}

/// The summary without what differs from run to run.
fn comparable(mut summary: Summary) -> Summary {
    summary.cost = Cost::default();
    summary
}

/// The same run under several numbers of threads and sizes of work units.
fn under_all_threads<'s>(
    system: &'s System,
    tuning: (usize, usize, usize),
    adjust: impl Fn(Checker<'s, System>) -> Checker<'s, System>,
) -> Summary {
    let run = |threads| {
        let checker = adjust(checker(system)).threads(threads);
        comparable(checker.tuning(tuning.0, tuning.1, tuning.2).run().summary())
    };
    let one = run(1);
    for threads in [2, 8] {
        assert_eq!(one, run(threads), "{threads} threads");
    }
    one
}

/// The verdict and length that the naive search gives for a property with this first hit.
fn expect(summary: &Summary, name: &str, hit: Option<usize>, reachability: bool) {
    let finding = summary
        .findings
        .iter()
        .find(|f| f.name == name)
        .expect(name);
    let violated = hit.is_some() != reachability;
    let expected = if violated {
        Outcome::Violated
    } else {
        Outcome::Holds
    };
    assert_eq!(finding.answer.outcome, expected, "{name}");
    assert_eq!(
        finding.answer.steps,
        hit.map(|steps| steps as u64),
        "{name}"
    );
}

/// A walk of at most this many steps, by these choices among what can happen.
fn walk(system: &System, choices: &[usize]) -> Option<Trace<u8, usize>> {
    let mut path = "0".to_owned();
    let mut state = *system.initial.first()?;
    if !system.within_boundary(&state) {
        return None;
    }
    for choice in choices {
        let edges = system.edges[usize::from(state)].iter().enumerate();
        let open: Vec<_> = edges
            .filter_map(|(ordinal, to)| Some((ordinal, (*to)?)))
            .filter(|(_, to)| system.within_boundary(to))
            .collect();
        let Some((ordinal, to)) = open.get(choice % open.len().max(1)) else {
            break;
        };
        path += &format!("/{ordinal}");
        state = *to;
    }
    Some(Trace::replay(system, &path).expect("its own walk"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// From anywhere: as near as the naive search from there says, and a schedule of the model.
    #[test]
    fn the_nearest_is_as_near_as_the_naive_search_says(
        system in systems(),
        choices in proptest::collection::vec(0_usize..5, 0..8),
    ) {
        let Some(trace) = walk(&system, &choices) else {
            return Ok(());
        };
        let here = *trace.last_state();
        let from_here = Altered::of(&system).starting_at(vec![here]);
        let naive = Naive::explore(&from_here);
        let report = checker(&system).starting_at(vec![here]).exhaustive().run();
        prop_assert_eq!(report.statistics().states, naive.states.len() as u64);
        prop_assert_eq!(report.statistics().transitions, naive.transitions);
        let stepped = trace.steps().next_back();
        let is_forbidden = stepped.is_some_and(|(from, _, to)| (*from, *to) == system.forbidden);
        let hits = [
            (GOOD, naive.shortest(|s| system.is_bad(*s))),
            (GOAL, naive.shortest(|s| system.is_goal(*s))),
            (IMPLIED, naive.shortest(|s| system.triggers(*s) && !system.is_goal(*s))),
            (STEP, match is_forbidden {
                true => Some(0),
                false => naive.shortest_step(&from_here, |s, _, t| (*s, *t) == system.forbidden),
            }),
        ];
        for (name, expected) in hits {
            match checker(&system).nearest(name, &trace).expect("it has this property") {
                Nearest::Found(found) => {
                    prop_assert_eq!(Some(found.len() - trace.len()), expected, "{}", name);
                    prop_assert!(found.path().starts_with(&trace.path()));
                    let replayed = Trace::replay(&system, &found.path()).expect("it replays");
                    let read = checker(&system).readings(&replayed);
                    let read = read.iter().find(|reading| reading.property == name);
                    prop_assert_eq!(read.and_then(|r| r.value), Some(name == GOAL));
                }
                Nearest::None { states } => {
                    prop_assert_eq!(None, expected, "{}", name);
                    prop_assert_eq!(states, naive.states.len());
                }
                Nearest::Undecided { .. } => prop_assert!(false, "there is no limit"),
            }
        }
    }

    #[test]
    fn counts_and_verdicts_agree_with_the_naive_search(
        system in systems(),
        tuning in (1_usize..6, 1_usize..4, 0_usize..4),
    ) {
        let naive = Naive::explore(&system);
        if naive.states.is_empty() {
            return Ok(());
        }
        let hits = [
            (GOOD, naive.shortest(|s| system.is_bad(*s)), false),
            (GOAL, naive.shortest(|s| system.is_goal(*s)), true),
            (IMPLIED, naive.shortest(|s| system.triggers(*s) && !system.is_goal(*s)), false),
            (STEP, naive.shortest_step(&system, |s, _, t| (*s, *t) == system.forbidden), false),
        ];
        let all = under_all_threads(&system, tuning, Checker::exhaustive);
        prop_assert!(all.complete);
        prop_assert_eq!(all.states, naive.unique() as u64);
        prop_assert_eq!(all.transitions, naive.transitions);
        prop_assert_eq!(all.cut_states, naive.cut);
        prop_assert_eq!(all.levels.len(), naive.depth() + 1);
        let settled = under_all_threads(&system, tuning, |checker| checker);
        for (name, hit, reachability) in hits {
            expect(&all, name, hit, reachability);
            expect(&settled, name, hit, reachability);
        }
        if hits[2].1.is_none() {
            let triggered = naive.count(|s| system.triggers(*s)) as u64;
            prop_assert_eq!(all.findings[2].triggered, Some(triggered));
        }
    }

    /// Where every action leads back to the state itself, or is ignored, nothing can happen. The last state
    /// that the naive search finds may be final.
    #[test]
    fn states_in_which_nothing_can_happen_are_those_of_the_naive_search(
        system in systems(),
        tuning in (1_usize..6, 1_usize..4, 0_usize..4),
    ) {
        let naive = Naive::explore(&system);
        let Some(last) = naive.states.last() else {
            return Ok(());
        };
        let is_terminal = |state: &u8| {
            let mut edges = system.edges[usize::from(*state)].iter().flatten();
            edges.all(|to| to == state)
        };
        let deadlock = naive.shortest(|state| is_terminal(state) && state != last);
        let (block, chunk, together) = tuning;
        let run = |threads| {
            let checker = Checker::new(&system).no_deadlock("goes on", |state| state == last);
            let checker = checker.exhaustive().threads(threads).tuning(block, chunk, together);
            let report = checker.run();
            (report.statistics().terminal_states, comparable(report.summary()))
        };
        let heaped = Heaped(&system);
        let on_the_heap = |threads| {
            let checker = Checker::new(&heaped).no_deadlock("goes on", |state| **state == *last);
            let checker = checker.exhaustive().threads(threads).tuning(block, chunk, together);
            // Or nearly all states are audited, and so none is dropped.
            let report = checker.audit(Audit { determinism: Extent::Sample, ..Audit::default() }).run();
            (report.statistics().terminal_states, comparable(report.summary()))
        };
        let one = run(1);
        prop_assert_eq!(one.0, naive.count(is_terminal) as u64);
        prop_assert_eq!(one.1.findings[0].answer.steps, deadlock.map(|steps| steps as u64));
        for threads in [1, 2, 8] {
            prop_assert_eq!(&one, &run(threads), "{} threads", threads);
            prop_assert_eq!(&one, &on_the_heap(threads), "{} threads, on the heap", threads);
        }
    }

    #[test]
    fn a_depth_limit_finds_what_is_that_near_and_nothing_else(
        system in systems(),
        tuning in (1_usize..6, 1_usize..4, 0_usize..4),
        depth in 0_u32..8,
    ) {
        let naive = Naive::explore(&system);
        if naive.states.is_empty() {
            return Ok(());
        }
        let run = under_all_threads(&system, tuning, |c| c.exhaustive().max_depth(depth));
        let near = naive.depths.iter().filter(|d| **d <= depth as usize).count();
        prop_assert_eq!(run.states, near as u64);
        let hit = naive.shortest(|s| system.is_bad(*s)).filter(|d| *d <= depth as usize);
        let good = &run.findings[0];
        prop_assert_eq!(good.answer.steps, hit.map(|steps| steps as u64));
        match hit {
            Some(_) => prop_assert_eq!(good.answer.outcome, Outcome::Violated),
            None if run.complete => prop_assert_eq!(good.answer.outcome, Outcome::Holds),
            None => prop_assert_eq!(good.answer.outcome, Outcome::Undecided),
        }
    }

    #[test]
    fn a_state_limit_stops_at_the_same_place_for_any_number_of_threads(
        system in systems(),
        tuning in (1_usize..6, 1_usize..4, 0_usize..4),
        limit in 1_u64..40,
    ) {
        let naive = Naive::explore(&system);
        if naive.states.is_empty() {
            return Ok(());
        }
        let run = under_all_threads(&system, tuning, |c| c.exhaustive().max_states(limit));
        prop_assert_eq!(run.levels.iter().sum::<u64>(), run.states);
        if run.complete {
            prop_assert_eq!(run.states, naive.unique() as u64);
        } else {
            prop_assert!(run.states >= limit);
            prop_assert!(run.findings.iter().all(|f| f.answer.outcome != Outcome::Holds || f.answer.steps.is_some()));
        }
    }

    #[test]
    fn every_trace_is_a_run_of_the_system(system in systems()) {
        let report = checker(&system).exhaustive().run();
        for finding in report.findings() {
            let Some(trace) = finding.verdict.trace() else { continue };
            prop_assert!(system.initial.contains(&trace.states()[0]));
            for (before, action, after) in trace.steps() {
                prop_assert_eq!(system.next_state(before, *action), Some(*after));
            }
        }
    }
}

/// The generator makes systems that are worth judging.
#[test]
fn generated_systems_are_not_trivial() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut large, mut deep, mut violated, mut held, mut cut, mut unreachable) =
        (0, 0, 0, 0, 0, 0);
    for _ in 0..300 {
        let system = systems().new_tree(&mut runner).expect("a system").current();
        let naive = Naive::explore(&system);
        large += usize::from(naive.unique() > 20);
        deep += usize::from(naive.depth() > 5);
        cut += usize::from(naive.cut > 0);
        let report = checker(&system).run();
        for finding in report.findings() {
            match &finding.verdict {
                Verdict::Violated {
                    counterexample: Some(trace),
                } if trace.len() > 1 => violated += 1,
                Verdict::Violated {
                    counterexample: None,
                } => unreachable += 1,
                Verdict::Holds { .. } => held += 1,
                _ => {}
            }
        }
    }
    let counts = [large, deep, violated, held, cut, unreachable];
    assert!(counts.iter().all(|count| *count > 30), "{counts:?}");
}
