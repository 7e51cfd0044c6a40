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

    fn need(&self, order: &[Step], place: usize) -> Need {
        let mut without = order.to_vec();
        without.remove(place);
        if self.try_order(&without) == Some(true) {
            return Need::Noise;
        }
        let races = (0..order.len() - 1).any(|first| {
            let mut swapped = order.to_vec();
            swapped.swap(first, first + 1);
            (first == place || first + 1 == place) && self.try_order(&swapped) == Some(false)
        });
        match races {
            true => Need::Race,
            false => Need::Necessary,
        }
    }

    /// The shortest way that one step can be moved so that nothing bad comes of it.
    fn least_move(&self, order: &[Step]) -> Option<usize> {
        let places = 0..order.len();
        let moves = places
            .clone()
            .flat_map(|from| places.clone().map(move |to| (from, to)));
        let good = moves.filter(|(from, to)| {
            let mut moved = order.to_vec();
            let step = moved.remove(*from);
            moved.insert(*to, step);
            self.try_order(&moved) == Some(false)
        });
        good.map(|(from, to)| from.abs_diff(to)).min()
    }
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
        let blame = checker().blame("nothing bad", trace).expect("it is violated");
        let expected: Vec<_> = (0..order.len()).map(|place| writers.need(order, place)).collect();
        prop_assert_eq!(&blame.steps, &expected);
        let least = writers.least_move(order);
        match blame.near_miss {
            None => prop_assert_eq!(least, None),
            Some(near_miss) => {
                prop_assert_eq!(Some(near_miss.step.abs_diff(near_miss.to)), least);
                prop_assert_eq!(writers.try_order(near_miss.trace.actions()), Some(false));
                let mut moved = order.to_vec();
                let step = moved.remove(near_miss.step - 1);
                moved.insert(near_miss.to - 1, step);
                prop_assert_eq!(near_miss.trace.actions(), &moved[..]);
            }
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
    let blame = checker()
        .blame("the second stays", trace)
        .expect("it is violated");
    assert_eq!(blame.steps, [Need::Race, Need::Race, Need::Necessary]);
}
