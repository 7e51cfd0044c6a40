//! What is said of schedules, against a brute force on small graphs in which everything is tried.
//!
//! The processes are the labels of actions. What counts as a fair run, and as a good one, is decided here
//! once more, by the graph alone.

use planwright_checker::{Blame, Checker, Finding, Model, Need, Report};
use planwright_oracle::{Fairness, Generated, Strength};

use crate::liveness::strength;

type Action = (usize, Option<u8>);

/// A generated graph of which some states may lie outside.
struct Graph {
    generated: Generated,
    outside: u8,
}

impl Model for Graph {
    type State = u8;
    type Action = Action;

    fn init_states(&self) -> Vec<u8> {
        self.generated.init_states()
    }

    fn actions(&self, state: &u8, actions: &mut Vec<Action>) {
        self.generated.actions(state, actions);
    }

    fn next_state(&self, state: &u8, action: Action) -> Option<u8> {
        self.generated.next_state(state, action)
    }

    fn within_boundary(&self, state: &u8) -> bool {
        self.outside >> state & 1 == 0
    }
}

/// What the checker is asked, and what is judged here.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Asked {
    Always,
    Steps,
    NoDeadlock,
    Recoverable,
    Until,
    Eventually,
    LeadsTo,
    AlwaysEventually,
    EventuallyAlways,
}

const ASKED: [Asked; 9] = [
    Asked::Always,
    Asked::Steps,
    Asked::NoDeadlock,
    Asked::Recoverable,
    Asked::Until,
    Asked::Eventually,
    Asked::LeadsTo,
    Asked::AlwaysEventually,
    Asked::EventuallyAlways,
];

/// A schedule from an initial state, and the start of its cycle if it is a lasso.
#[derive(Clone, Debug)]
struct Run {
    states: Vec<u8>,
    actions: Vec<Action>,
    start: Option<usize>,
}

impl Graph {
    fn new(number: u64, outside: u8) -> Self {
        let generated = Generated::new(number);
        let outside = outside & !(1 << generated.init_states()[0]);
        Self { generated, outside }
    }

    fn p(&self, state: u8) -> bool {
        self.generated.p(state)
    }

    fn q(&self, state: u8) -> bool {
        self.generated.q(state)
    }

    fn report(&self) -> Report<'_, Self> {
        let (p, q) = (|s: &u8| self.p(*s), |s: &u8| self.q(*s));
        let mut checker = Checker::new(self)
            .always("Always", p)
            .always_step("Steps", |from, (label, _), to| {
                self.allows(*from, *label, *to)
            })
            .no_deadlock("NoDeadlock", p)
            .recoverable("Recoverable", p)
            .until("Until", p, q)
            .eventually("Eventually", p)
            .leads_to("LeadsTo", p, q)
            .always_eventually("AlwaysEventually", p)
            .eventually_always("EventuallyAlways", p);
        for (number, condition) in self.generated.fairness().iter().enumerate() {
            let covers = move |(label, _): &Action| condition.covers(*label);
            checker = checker.fair(number.to_string(), strength(condition.strength), covers);
        }
        checker.threads(1).run()
    }

    /// What is asked of steps: the last label does not end what holds.
    fn allows(&self, from: u8, label: usize, to: u8) -> bool {
        label != 3 || self.p(from) || !self.p(to)
    }

    /// All steps, in the order of the actions.
    fn steps(&self, state: u8) -> Vec<(Action, u8)> {
        let mut actions = Vec::new();
        self.generated.actions(&state, &mut actions);
        let steps = actions.into_iter();
        steps
            .filter_map(|action| Some((action, action.1?)))
            .collect()
    }

    fn is_terminal(&self, state: u8) -> bool {
        self.steps(state).iter().all(|(_, to)| *to == state)
    }

    fn enables(&self, state: u8, condition: &Fairness) -> bool {
        let steps = self.steps(state);
        let mut steps = steps.iter().filter(|(_, to)| *to != state);
        steps.any(|((label, _), _)| condition.covers(*label))
    }

    /// Whether a good state can be reached within the boundary; and whether the boundary can be reached.
    fn reaches(&self, state: u8) -> (bool, bool) {
        let (mut seen, mut found, mut leaves) = (vec![state], 0, false);
        while let Some(state) = seen.get(found).copied() {
            for (_, to) in self.steps(state) {
                leaves |= !self.within_boundary(&to);
                if self.within_boundary(&to) && !seen.contains(&to) {
                    seen.push(to);
                }
            }
            found += 1;
        }
        (seen.into_iter().any(|state| self.p(state)), leaves)
    }

    /// Whether it is a run, and meets all conditions.
    fn is_fair(&self, run: &Run) -> bool {
        let Some(start) = run.start else {
            return true;
        };
        let cycle = &run.states[start..];
        if cycle[0] != cycle[cycle.len() - 1] {
            return false;
        }
        let changes = |pair: &[u8]| pair[0] != pair[1];
        let conditions = self.generated.fairness();
        let enabled = |condition: &Fairness| {
            cycle
                .iter()
                .map(|s| self.enables(*s, condition))
                .collect::<Vec<_>>()
        };
        if !cycle.windows(2).any(changes) {
            return cycle.len() == 1 && conditions.iter().all(|c| !self.enables(cycle[0], c));
        }
        conditions.iter().all(|condition| {
            let steps = cycle.windows(2).zip(&run.actions[start..]);
            let taken = steps
                .into_iter()
                .any(|(pair, (label, _))| changes(pair) && condition.covers(*label));
            let enabled = enabled(condition);
            taken
                || match condition.strength {
                    Strength::Progress => true,
                    Strength::Weak => enabled.contains(&false),
                    Strength::Strong => !enabled.contains(&true),
                }
        })
    }

    /// Whether the property is violated; `None` if that depends on what is outside.
    fn is_bad(&self, asked: Asked, run: &Run) -> Option<bool> {
        let states = &run.states;
        let last = states[states.len() - 1];
        let steps = || states.windows(2).zip(&run.actions);
        // Places twice round the cycle show all that a run comes to after any place.
        let cycle = run.start.map_or(&[][..], |start| &states[start..]);
        let long: Vec<u8> = states.iter().chain(cycle).chain(cycle).copied().collect();
        let (p, q) = (|s: &u8| self.p(*s), |s: &u8| self.q(*s));
        Some(match asked {
            Asked::Always => !states.iter().all(p),
            Asked::Steps => {
                steps().any(|(pair, (label, _))| !self.allows(pair[0], *label, pair[1]))
            }
            Asked::NoDeadlock => self.is_terminal(last) && !self.p(last),
            Asked::Recoverable => match self.reaches(last) {
                (true, _) => false,
                (false, false) => true,
                (false, true) => return None,
            },
            Asked::Until => match long.iter().position(q) {
                Some(paid) => !long[..paid].iter().all(p),
                None => run.start.is_some() || !long.iter().all(p),
            },
            Asked::Eventually => !long.iter().any(p),
            Asked::LeadsTo => {
                let mut owing = (0..long.len() - cycle.len()).filter(|at| p(&long[*at]));
                owing.any(|at| !long[at..].iter().any(q))
            }
            Asked::AlwaysEventually => !cycle.iter().any(p),
            Asked::EventuallyAlways => !cycle.iter().all(p),
        })
    }

    /// The schedule without some steps, each other one as an equal action.
    fn without(&self, run: &Run, left_out: &[bool]) -> Option<Run> {
        let mut kept = Run {
            states: vec![run.states[0]],
            actions: Vec::new(),
            start: None,
        };
        for (step, action) in run.actions.iter().enumerate() {
            if run.start == Some(step) {
                kept.start = Some(kept.actions.len());
            }
            if !left_out[step] {
                let steps = self.steps(kept.states[kept.states.len() - 1]);
                let (_, to) = steps.into_iter().find(|(offered, _)| offered == action)?;
                if !self.within_boundary(&to) && Some(step) != run.actions.len().checked_sub(1) {
                    return None;
                }
                kept.states.push(to);
                kept.actions.push(*action);
            }
        }
        if run.start == Some(run.actions.len()) {
            kept.start = Some(kept.actions.len());
        }
        Some(kept)
    }

    fn is_bad_without(&self, asked: Asked, run: &Run, left_out: &[bool]) -> bool {
        let Some(run) = self.without(run, left_out) else {
            return false;
        };
        self.is_fair(&run) && self.is_bad(asked, &run) == Some(true)
    }

    /// Whether some order of these turns is good, none of which can be taken at its end.
    fn can_be_good(&self, asked: Asked, run: &mut Run, turns: &mut Vec<usize>) -> bool {
        let last = run.states[run.states.len() - 1];
        let mut acted = false;
        if self.within_boundary(&last) {
            for (action, to) in self.steps(last) {
                let leaves = !self.within_boundary(&to);
                let refused = asked == Asked::Steps && !self.allows(last, action.0, to);
                if leaves && !refused {
                    continue;
                }
                let Some(turn) = turns.iter().position(|label| *label == action.0) else {
                    continue;
                };
                acted = true;
                turns.swap_remove(turn);
                run.states.push(to);
                run.actions.push(action);
                let good = self.can_be_good(asked, run, turns);
                run.states.pop();
                run.actions.pop();
                turns.push(action.0);
                if good {
                    return true;
                }
            }
        }
        !acted && self.is_bad(asked, run) == Some(false)
    }

    fn check(
        &self,
        asked: Asked,
        finding: &Finding<u8, Action>,
        blame: &Blame<u8, Action>,
    ) -> [bool; 3] {
        let trace = finding.verdict.trace().expect("a schedule");
        let run = Run {
            states: trace.states().to_vec(),
            actions: trace.actions().to_vec(),
            start: finding.lasso.as_ref().map(|lasso| lasso.cycle_start),
        };
        assert!(self.is_fair(&run) && self.is_bad(asked, &run) == Some(true));
        let mut left_out: Vec<bool> = blame.steps.iter().map(|n| *n == Need::Noise).collect();
        let noise = left_out.contains(&true);
        assert!(
            self.is_bad_without(asked, &run, &left_out),
            "noise: {left_out:?}"
        );
        for step in 0..left_out.len() {
            if !left_out[step] {
                left_out[step] = true;
                assert!(
                    !self.is_bad_without(asked, &run, &left_out),
                    "{step} can go too"
                );
                left_out[step] = false;
            }
        }
        if let Some(near_miss) = &blame.near_miss {
            let near = Run {
                states: near_miss.trace.states().to_vec(),
                actions: near_miss.trace.actions().to_vec(),
                start: near_miss.lasso.as_ref().map(|lasso| lasso.cycle_start),
            };
            assert!(self.is_fair(&near), "not fair: {near:?}");
            assert_eq!(self.is_bad(asked, &near), Some(false), "not good: {near:?}");
            let departs = near_miss.departs - 1;
            assert_eq!(near.actions[..departs], run.actions[..departs]);
            assert_ne!(near.actions.get(departs), run.actions.get(departs));
        }
        let tried = run.start.is_none() && run.actions.len() <= 6 && blame.is_complete;
        if tried {
            let mut turns: Vec<usize> = run.actions.iter().map(|(label, _)| *label).collect();
            let mut none = Run {
                states: vec![run.states[0]],
                actions: Vec::new(),
                start: None,
            };
            let can = self.can_be_good(asked, &mut none, &mut turns);
            assert_eq!(blame.near_miss.is_some(), can);
        }
        [noise, blame.near_miss.is_some(), tried]
    }
}

#[test]
fn noise_and_near_misses_are_what_the_graph_shows() {
    let mut counts = [[0; 4]; ASKED.len()];
    for number in 0..6000 {
        let outside = [0, 0x11, 0x42, 0x86][number as usize / 16 % 4];
        let graph = Graph::new(number, outside);
        let report = graph.report();
        for (asked, counts) in ASKED.into_iter().zip(&mut counts) {
            let name = format!("{asked:?}");
            let finding = report.finding(&name).expect("it was asked for");
            if !finding.is_violated() {
                continue;
            }
            let blame = report
                .blame(&name, |(label, _)| *label)
                .expect("a schedule");
            let context = std::panic::catch_unwind(|| graph.check(asked, finding, &blame));
            let Ok(found) = context else {
                panic!("{name} of graph {number}, {blame:?}\n{report}");
            };
            counts[0] += 1;
            for (count, found) in counts[1..].iter_mut().zip(found) {
                *count += i32::from(found);
            }
        }
    }
    // Of each: how many are violated, with noise, with a near miss, and tried in every order.
    assert!(
        counts
            .iter()
            .all(|[violated, _, near, _]| *violated > 500 && *near > 10),
        "{counts:?}"
    );
    assert!(
        counts[5..].iter().map(|[_, noise, ..]| noise).sum::<i32>() > 10,
        "{counts:?}"
    );
    assert!(
        counts[..5].iter().all(|[.., tried]| *tried > 500),
        "{counts:?}"
    );
}
