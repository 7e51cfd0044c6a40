//! Exact exploration: the same results, no collision, and wrong encodings are faults.

use std::fmt::Debug;
use std::hash::Hash;

use planwright_checker::{
    Audit, Checker, Completion, Encode, Extent, Fault, Model, Outcome, Storage,
};
use planwright_oracle::{AnyOrder, Naive, Reference};

#[test]
fn words_and_bytes_agree_with_the_naive_search() {
    let reference = Reference {
        enactors: 3,
        plans: 3,
        endpoints: 2,
        threshold: 1,
        fixed: false,
    };
    let any_order = AnyOrder {
        couriers: 2,
        endpoints: 3,
        plans: 2,
    };
    for threads in [1, 2, 4] {
        compare(&reference, threads);
        compare(&any_order, threads);
    }
}

fn compare<M>(model: &M, threads: usize)
where
    M: Encode<State: Clone + Debug + Eq + Hash + Send + Sync> + Sync,
    M::Action: Clone + Debug + PartialEq + Send + Sync,
{
    let naive = Naive::explore(model);
    let run = || Checker::new(model).exhaustive().threads(threads);
    let exact = run().tuning(64, 7, 64).storage(Storage::Exact).run();
    assert_eq!(exact.statistics().states, naive.unique() as u64);
    assert_eq!(exact.statistics().transitions, naive.transitions);
    assert!(exact.statistics().exact);
    assert!(exact.statistics().collision_probability.abs() < f64::MIN_POSITIVE);
    // Levels, counts and schedules are those of the search with fingerprints.
    let (exact, other) = (exact.summary(), run().run().summary());
    assert_eq!(exact.levels, other.levels);
    assert_eq!(exact.findings, other.findings);
    assert!(exact.exact && !other.exact);
}

/// A counter, encoded in a way that may be wrong.
struct Counter {
    to: u64,
    encode: fn(u64) -> Option<u64>,
    decode: fn(u64) -> u64,
}

impl Model for Counter {
    type State = u64;
    type Action = ();

    fn init_states(&self) -> Vec<u64> {
        vec![0]
    }

    fn actions(&self, state: &u64, actions: &mut Vec<()>) {
        actions.extend((*state < self.to).then_some(()));
    }

    fn next_state(&self, state: &u64, (): ()) -> Option<u64> {
        Some(state + 1)
    }
}

impl Encode for Counter {
    type Code = u64;

    fn encode(&self, state: &u64) -> Option<u64> {
        (self.encode)(*state)
    }

    fn decode(&self, code: u64) -> u64 {
        (self.decode)(code)
    }
}

#[test]
fn the_smallest_and_the_largest_word_are_fine() {
    let top = u64::MAX - 1;
    let model = Counter {
        to: 2000,
        encode: |state| {
            Some(if state % 2 == 0 {
                state
            } else {
                u64::MAX - 1 - state
            })
        },
        decode: |code| {
            if code < 1 << 32 {
                code
            } else {
                u64::MAX - 1 - code
            }
        },
    };
    assert_eq!(model.decode(top), 0);
    let report = Checker::new(&model)
        .exhaustive()
        .storage(Storage::Exact)
        .run();
    assert_eq!(report.completion(), &Completion::Exhausted);
    assert_eq!(report.statistics().states, 2001);
}

#[test]
fn a_state_without_a_code_is_a_fault_with_its_path() {
    for encode in [
        (|state| (state < 3).then_some(state)) as fn(u64) -> Option<u64>,
        |state| Some(if state < 3 { state } else { u64::MAX }),
    ] {
        let model = Counter {
            to: 9,
            encode,
            decode: |code| if code == u64::MAX { 3 } else { code },
        };
        for threads in [1, 2] {
            let run = Checker::new(&model).exhaustive().threads(threads);
            let report = run.tuning(1, 1, 1).storage(Storage::Exact).run();
            let fault = report.completion().fault().expect("a fault");
            assert_eq!(fault.path(), Some("0/0/0/0"));
            assert!(matches!(fault, Fault::NoCode { .. }), "{fault}");
            assert!(fault.to_string().contains("leave out `exact()`"));
        }
    }
}

#[test]
fn an_encoding_that_loses_something_is_a_fault() {
    let lossy = Counter {
        to: 9,
        encode: |state| Some(state / 2),
        decode: |code| code * 2,
    };
    let report = Checker::new(&lossy)
        .exhaustive()
        .storage(Storage::Exact)
        .run();
    let fault = report.completion().fault().expect("a fault");
    assert!(matches!(fault, Fault::AmbiguousCode { .. }), "{fault}");
}

#[test]
fn without_room_in_a_word_it_starts_again_with_fingerprints() {
    for exact in [true, false] {
        let model = Counter {
            to: 20,
            encode: if exact {
                Some
            } else {
                |n| (n < 10).then_some(n)
            },
            decode: |n| n,
        };
        let report = Checker::new(&model)
            .always("small", |n| *n < 100)
            .storage(Storage::ExactIfItFits)
            .run();
        report.assert_holds();
        assert_eq!(report.statistics().states, 21);
        assert_eq!(report.statistics().exact, exact);
    }
}

/// Two initial states with one code: the second would be missed.
struct TwoStarts;
impl Model for TwoStarts {
    type State = u64;
    type Action = ();
    fn init_states(&self) -> Vec<u64> {
        vec![0, 1]
    }
    fn actions(&self, s: &u64, a: &mut Vec<()>) {
        a.extend((*s < 100).then_some(()));
    }
    fn next_state(&self, s: &u64, (): ()) -> Option<u64> {
        Some(s + 2)
    }
}

impl Encode for TwoStarts {
    type Code = u64;
    fn encode(&self, s: &u64) -> Option<u64> {
        Some(if *s == 1 { 0 } else { *s })
    }
    fn decode(&self, c: u64) -> u64 {
        c
    }
}

#[test]
fn an_initial_state_that_is_not_read_back_is_found() {
    let r = Checker::new(&TwoStarts)
        .always("even", |s| s % 2 == 0)
        .storage(Storage::Exact)
        .threads(1)
        .run();
    assert_ne!(r.outcome(), Outcome::Holds);
}

/// 61 by 501 places, packed as if there were 500 in a row: an ordinary mistake.
struct Overlapping;

impl Model for Overlapping {
    type State = (u64, u64);
    type Action = bool;

    fn init_states(&self) -> Vec<(u64, u64)> {
        vec![(0, 0)]
    }

    fn actions(&self, _: &(u64, u64), actions: &mut Vec<bool>) {
        actions.extend([false, true]);
    }

    fn next_state(&self, &(a, b): &(u64, u64), right: bool) -> Option<(u64, u64)> {
        match right {
            true => (b < 500).then_some((a, b + 1)),
            false => (a < 60).then_some((a + 1, b)),
        }
    }
}

impl Encode for Overlapping {
    type Code = u64;

    fn encode(&self, (a, b): &(u64, u64)) -> Option<u64> {
        Some(a * 500 + b)
    }

    fn decode(&self, code: u64) -> (u64, u64) {
        (code / 500, code % 500)
    }
}

#[test]
fn codes_that_overlap_are_found_when_all_are_checked() {
    let checker = Checker::new(&Overlapping)
        .always("true", |_| true)
        .storage(Storage::Exact);
    let report = checker
        .audit(Audit {
            encoding: Extent::All,
            ..Audit::default()
        })
        .run();
    let fault = report.completion().fault();
    assert!(
        matches!(fault, Some(Fault::AmbiguousCode { .. })),
        "{report}"
    );
    let text = report.to_string();
    assert!(
        text.contains("in state: (0, 500)\nits code is read back as: (1, 0)\nafter action: true\n"),
        "{text}"
    );
    let checker = Checker::new(&Overlapping)
        .always("true", |_| true)
        .storage(Storage::Exact);
    let text = checker
        .audit(Audit {
            encoding: Extent::Sample,
            ..Audit::default()
        })
        .max_depth(60)
        .run()
        .to_string();
    assert!(text.contains("`Audit::ALL` checks all"), "{text}");
}
