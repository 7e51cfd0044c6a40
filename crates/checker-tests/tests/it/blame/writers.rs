//! Which steps a violation needs, against a brute force that knows the programs and no model.

use planwright_checker::{Checker, Model, Need, Outcome};
use proptest::prelude::*;

/// Processes that write to two variables, each in the order of its program.
#[derive(Clone, Debug)]
struct Writers {
    /// For each process what it writes: a variable and a value.
    programs: Vec<Vec<(usize, u8)>>,
    /// What must not be.
    bad: [u8; 2],
    /// A state outside the boundary.
    outside: [u8; 2],
    /// Whether instead the step out of the boundary must not be.
    must_stay: bool,
}

/// A process, and how far it is.
type Step = (usize, usize);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct State {
    done: Vec<usize>,
    variables: [u8; 2],
}

impl Model for Writers {
    type State = State;
    type Action = Step;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            done: vec![0; self.programs.len()],
            variables: [0; 2],
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Step>) {
        let steps = state.done.iter().copied().enumerate();
        actions.extend(steps.filter(|(process, done)| *done < self.programs[*process].len()));
    }

    fn next_state(&self, last: &State, (process, done): Step) -> Option<State> {
        let mut next = last.clone();
        let (variable, value) = self.programs[process][done];
        next.variables[variable] = value;
        next.done[process] += 1;
        Some(next)
    }

    fn within_boundary(&self, state: &State) -> bool {
        state.variables != self.outside
    }
}

impl Writers {
    /// Whether the steps can be taken in this order, and then whether something bad comes of it.
    fn try_order(&self, order: &[Step]) -> Option<bool> {
        let mut done = vec![0; self.programs.len()];
        let mut variables = [0; 2];
        let mut is_bad = variables == self.bad;
        for (process, step) in order {
            if done[*process] != *step {
                return None;
            }
            done[*process] += 1;
            let (variable, value) = self.programs[*process][*step];
            variables[variable] = value;
            if variables == self.outside {
                let is_last = done.iter().sum::<usize>() == order.len();
                return (self.must_stay && is_last).then_some(true);
            }
            is_bad |= !self.must_stay && variables == self.bad;
        }
        Some(is_bad)
    }

    /// Whether the violation is still there without these steps.
    fn violates_without(&self, order: &[Step], left_out: &[bool]) -> bool {
        let kept = order.iter().zip(left_out).filter(|(_, out)| !**out);
        let kept: Vec<Step> = kept.map(|(step, _)| *step).collect();
        self.try_order(&kept) == Some(true)
    }

    fn start(&self) -> Turns {
        Turns {
            done: vec![0; self.programs.len()],
            variables: [0; 2],
            is_bad: self.bad == [0; 2],
        }
    }

    /// A process does the next step of its program, unless that leads out of the boundary.
    fn turn(&self, turns: &mut Turns, process: usize) -> bool {
        let Some((variable, value)) = self.programs[process].get(turns.done[process]) else {
            return false;
        };
        let mut variables = turns.variables;
        variables[*variable] = *value;
        if variables == self.outside && !self.must_stay {
            return false;
        }
        turns.done[process] += 1;
        turns.is_bad |= match self.must_stay {
            true => variables == self.outside,
            false => variables == self.bad,
        };
        turns.variables = variables;
        true
    }

    /// Whether a good run comes of steps in this order. The first `must` have to be taken; those after them
    /// wait if they cannot be.
    fn is_good(&self, order: &[usize], must: usize) -> bool {
        let mut turns = self.start();
        let mut waiting = Vec::new();
        for (place, process) in order.iter().enumerate() {
            if !self.turn(&mut turns, *process) {
                if place < must {
                    return false;
                }
                waiting.push(*process);
            }
        }
        loop {
            let before = waiting.len();
            waiting.retain(|process| !self.turn(&mut turns, *process));
            if waiting.len() == before {
                return !turns.is_bad;
            }
        }
    }

    /// Every pair of steps of which one has to be moved past the other, and no further, for a good run.
    fn races(&self, order: &[Step]) -> Vec<(usize, usize)> {
        let processes: Vec<usize> = order.iter().map(|(process, _)| *process).collect();
        let moved = |from: usize, to: usize| {
            let mut moved = processes.clone();
            let process = moved.remove(from);
            moved.insert(to, process);
            self.is_good(&moved, from.max(to) + 1)
        };
        let mut races = Vec::new();
        for step in 0..order.len() {
            let own = |other: usize| processes[other] == processes[step];
            for first in (0..step).rev() {
                if own(first) {
                    break;
                }
                if moved(step, first) {
                    races.push((first, step));
                    break;
                }
            }
            for second in step + 1..order.len() {
                if own(second) {
                    break;
                }
                if moved(step, second) {
                    races.push((step, second));
                    break;
                }
            }
        }
        races.sort_unstable();
        races.dedup();
        races
    }

    /// Whether any order of the turns that are left ends well.
    fn can_end_well(&self, turns: &Turns, left: &[usize]) -> bool {
        let mut acted = false;
        for (place, process) in left.iter().enumerate() {
            let mut next = turns.clone();
            if self.turn(&mut next, *process) {
                acted = true;
                let mut left = left.to_vec();
                left.remove(place);
                if self.can_end_well(&next, &left) {
                    return true;
                }
            }
        }
        !acted && !turns.is_bad
    }
}

/// How far all processes are.
#[derive(Clone)]
struct Turns {
    done: Vec<usize>,
    variables: [u8; 2],
    is_bad: bool,
}

fn writers() -> impl Strategy<Value = Writers> {
    let value = 0_u8..4;
    let program = proptest::collection::vec((0_usize..2, value.clone()), 0..4);
    let pair = [value.clone(), value];
    let programs = proptest::collection::vec(program, 1..4);
    (programs, pair.clone(), pair, any::<bool>()).prop_map(|(programs, bad, outside, must_stay)| {
        Writers {
            programs,
            bad,
            outside,
            must_stay,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        // Most of the systems drawn violate nothing.
        max_global_rejects: 100_000,
        ..ProptestConfig::with_cases(400)
    })]

    #[test]
    fn blame_is_what_trying_every_order_shows(writers in writers()) {
        prop_assume!(writers.bad != [0; 2] && writers.outside != [0; 2]);
        prop_assume!(writers.bad != writers.outside);
        let checker = || {
            let (bad, outside) = (writers.bad, writers.outside);
            let checker = Checker::new(&writers);
            match writers.must_stay {
                true => checker.always_step("nothing bad", move |_, _, to| to.variables != outside),
                false => checker.always("nothing bad", move |state| state.variables != bad),
            }
        };
        let report = checker().run();
        prop_assume!(report.outcome() == Outcome::Violated);
        let trace = report.assert_violated("nothing bad");
        let order = trace.actions();
        let blame = report.blame("nothing bad", |(process, _)| *process).expect("it is violated");

        let mut left_out: Vec<bool> = blame.steps.iter().map(|need| *need == Need::Noise).collect();
        prop_assert!(writers.violates_without(order, &left_out));
        for step in 0..order.len() {
            if !left_out[step] {
                left_out[step] = true;
                prop_assert!(!writers.violates_without(order, &left_out), "step {step} can go too");
                left_out[step] = false;
            }
        }

        let mut races = writers.races(order);
        let moved = blame.near_miss.is_some() && !races.is_empty();
        if moved || blame.near_miss.is_none() {
            let counted: Vec<_> = races.drain(..).map(|(a, b)| (a + 1, b + 1)).collect();
            prop_assert_eq!(&blame.races, &counted);
        }
        for (step, need) in (1..).zip(&blame.steps) {
            let in_race = blame.races.iter().any(|(a, b)| *a == step || *b == step);
            prop_assert!(*need == Need::Noise || in_race == (*need == Need::Race));
        }

        prop_assert!(blame.is_complete);
        let all: Vec<usize> = order.iter().map(|(process, _)| *process).collect();
        let can = writers.can_end_well(&writers.start(), &all);
        prop_assert_eq!(blame.near_miss.is_some(), can);
        if let Some(near_miss) = blame.near_miss {
            let actions = near_miss.trace.actions();
            prop_assert_eq!(writers.try_order(actions), Some(false));
            let departs = near_miss.departs - 1;
            prop_assert_eq!(&actions[..departs], &order[..departs]);
            prop_assert!(actions.get(departs) != order.get(departs));
        }
    }
}

/// A case in which the answer can be seen.
#[test]
fn a_race_is_told_from_noise() {
    let writers = Writers {
        programs: vec![vec![(0, 1)], vec![(0, 2)], vec![(1, 1)]],
        bad: [1, 1],
        outside: [3, 3],
        must_stay: false,
    };
    let checker = || {
        Checker::new(&writers).always("the second stays", |state: &State| {
            state.done[..2] != [1, 1] || state.variables != [1, 1]
        })
    };
    let report = checker().run();
    let trace = report.assert_violated("the second stays");
    assert_eq!(trace.actions(), [(1, 0), (0, 0), (2, 0)]);
    let blame = report
        .blame("the second stays", |(process, _)| *process)
        .expect("it is violated");
    assert_eq!(blame.steps, [Need::Race, Need::Race, Need::Necessary]);
}

/// Two writers of one variable, of which the second should come last, judged by what comes after.
#[test]
fn races_of_what_follows_a_schedule_are_found() {
    let writers = Writers {
        programs: vec![vec![(0, 1)], vec![(0, 2)], vec![(1, 1)]],
        bad: [9; 2],
        outside: [8; 2],
        must_stay: false,
    };
    let is_second = |state: &State| state.variables[0] == 2;
    let checker = Checker::new(&writers)
        .recoverable("it can still be the second", is_second)
        .weakly_fair("all", |_| true)
        .eventually_always("it stays the second", is_second);
    let report = checker.run();
    for property in ["it can still be the second", "it stays the second"] {
        let trace = report.assert_violated(property);
        let blame = report
            .blame(property, |(process, _)| *process)
            .expect("it is violated");
        let place = |process| {
            let mut steps = trace.actions().iter();
            1 + steps.position(|step| step.0 == process).expect("it acts")
        };
        let race = (place(1), place(0));
        assert!(blame.races.contains(&race), "{property}: {:?}", blame.races);
        let near_miss = blame.near_miss.expect("the other order is good");
        let last = near_miss.trace.last_state();
        assert_eq!(last.variables[0], 2, "{property}");
        assert!(blame.is_complete);
    }
}
