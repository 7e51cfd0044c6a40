//! A model that is large enough for every part of the parallel search: the report does not depend
//! on the number of threads.

use planwright_checker::ablation::Ablation;
use planwright_checker::{Checker, Cost, MAX_THREADS, Model, Outcome, Summary};

use crate::verdicts::panic_text;

/// Tokens that walk on a ring of cells, any of them one cell at a time; they may meet.
struct Walkers;

const CELLS: u8 = 14;

impl Model for Walkers {
    type State = [u8; 5];
    type Action = (u8, bool);

    fn init_states(&self) -> Vec<[u8; 5]> {
        vec![[0; 5], [0, 1, 2, 3, 4]]
    }

    fn actions(&self, _: &[u8; 5], actions: &mut Vec<(u8, bool)>) {
        actions.extend((0..5).flat_map(|walker| [(walker, false), (walker, true)]));
    }

    fn next_state(&self, state: &[u8; 5], (walker, forward): (u8, bool)) -> Option<[u8; 5]> {
        let mut next = *state;
        let cell = &mut next[usize::from(walker)];
        *cell = (*cell + if forward { 1 } else { CELLS - 1 }) % CELLS;
        Some(next)
    }
}

fn run(
    threads: usize,
    adjust: impl FnOnce(Checker<'static, Walkers>) -> Checker<'static, Walkers>,
) -> Summary {
    let checker = Checker::new(&Walkers)
        .always("they never stand in this order", |s| *s != [7, 3, 9, 1, 12])
        .always_step("the last never leaves cell 6", |s, _, t| {
            s[4] != 6 || t[4] == 6
        })
        .always_implies("at 5 together", |s| s[0] == 5 && s[1] == 5, |s| s[2] != 11)
        .sometimes("all at 7", |s| s.iter().all(|cell| *cell == 7))
        .count_actions(["back", "forward"], |(_, forward)| usize::from(*forward))
        .threads(threads);
    let mut summary = adjust(checker).run().summary();
    summary.cost = Cost::default();
    summary
}

#[test]
fn an_exhaustive_run_is_the_same_for_every_number_of_threads() {
    let one = run(1, Checker::exhaustive);
    assert_eq!(one.states, 14_u64.pow(5));
    assert_eq!(one.transitions, 10 * 14_u64.pow(5));
    assert!(one.complete);
    assert!(one.findings.iter().all(|f| f.answer.steps.is_some()));
    for threads in [2, 3, 8] {
        assert_eq!(one, run(threads, Checker::exhaustive), "{threads} threads");
    }
}

#[test]
fn a_limited_run_is_the_same_for_every_number_of_threads() {
    let by_states = run(1, |c| c.exhaustive().max_states(100_000));
    let by_depth = run(1, |c| c.exhaustive().max_depth(9));
    let settled = run(1, |c| c);
    assert_eq!(by_states.outcome, Outcome::Violated);
    assert!(by_states.states >= 100_000 && !by_states.complete);
    assert!(by_depth.states < 14_u64.pow(5));
    for threads in [2, 8] {
        assert_eq!(
            by_states,
            run(threads, |c| c.exhaustive().max_states(100_000))
        );
        assert_eq!(by_depth, run(threads, |c| c.exhaustive().max_depth(9)));
        assert_eq!(settled, run(threads, |c| c));
    }
}

#[test]
fn another_seed_finds_the_same() {
    let mut other = run(2, |c| c.exhaustive().seed(7));
    assert_eq!(other.seed, 7);
    other.seed = 0;
    assert_eq!(other, run(2, Checker::exhaustive));
}

/// The same walk with states on the heap, which the engine looks up and drops while it expands.
struct HeapWalkers;

impl Model for HeapWalkers {
    type State = Vec<u8>;
    type Action = (u8, bool);

    fn init_states(&self) -> Vec<Vec<u8>> {
        vec![vec![0; 4], vec![0, 1, 2, 3]]
    }

    fn actions(&self, _: &Vec<u8>, actions: &mut Vec<(u8, bool)>) {
        // Twice, so that a parent has the same successor again.
        actions.extend((0..8).flat_map(|walker| [(walker % 4, false), (walker % 4, true)]));
    }

    fn next_state(&self, state: &Vec<u8>, (walker, forward): (u8, bool)) -> Option<Vec<u8>> {
        let mut next = state.clone();
        let cell = &mut next[usize::from(walker)];
        *cell = (*cell + if forward { 1 } else { 8 }) % 9;
        Some(next)
    }
}

#[test]
fn states_on_the_heap_are_counted_once_by_any_number_of_threads() {
    let run = |threads: usize, sizes: Option<(usize, usize, usize)>| {
        let mut checker = Checker::new(&HeapWalkers)
            .always("they never stand in this order", |s| *s != [7, 3, 5, 1])
            .always_step("the last never leaves cell 6", |s, _, t| {
                s[3] != 6 || t[3] == 6
            })
            .sometimes("all at 7", |s| s.iter().all(|cell| *cell == 7))
            .threads(threads)
            .exhaustive();
        if let Some((block, chunk, together)) = sizes {
            checker = checker.tuning(block, chunk, together);
        }
        let mut summary = checker.run().summary();
        summary.cost = Cost::default();
        summary
    };
    let one = run(1, None);
    assert_eq!(one.states, 9_u64.pow(4));
    assert_eq!(one.transitions, 16 * 9_u64.pow(4));
    assert!(one.complete && one.findings.iter().all(|f| f.answer.steps.is_some()));
    for threads in [1, 2, 3, 8] {
        for sizes in [None, Some((1000, 1, 500)), Some((70, 3, 40))] {
            assert_eq!(one, run(threads, sizes), "{threads} threads, {sizes:?}");
        }
    }
}

/// The same tokens on a smaller ring, in states with heap parts: whoever made one expands it, chunks end
/// where another worker's begin, and known ones are dropped at once.
struct Boxed;

impl Model for Boxed {
    type State = Vec<Box<u8>>;
    type Action = usize;

    fn init_states(&self) -> Vec<Self::State> {
        vec![(0..5).map(Box::new).collect()]
    }

    fn actions(&self, _: &Self::State, actions: &mut Vec<usize>) {
        actions.extend(0..5);
    }

    fn next_state(&self, state: &Self::State, walker: usize) -> Option<Self::State> {
        let mut next = state.clone();
        *next[walker] = (*next[walker] + 1) % 8;
        Some(next)
    }
}

#[test]
fn states_with_heap_parts_are_all_found_by_every_number_of_threads() {
    let run = |threads| {
        let checker = Checker::new(&Boxed)
            .always("they never stand in this order", |s: &Vec<Box<u8>>| {
                !s.iter().map(|cell| **cell).eq([7, 3, 1, 1, 2])
            })
            .exhaustive();
        let mut summary = checker.threads(threads).run().summary();
        summary.cost = Cost::default();
        summary
    };
    let one = run(1);
    assert_eq!(
        (one.states, one.transitions),
        (8_u64.pow(5), 5 * 8_u64.pow(5))
    );
    // Who makes what depends on the clock.
    for threads in [2, 3, 8, 2, 2, 2] {
        assert_eq!(one, run(threads), "{threads} threads");
    }
}

#[test]
fn numbers_of_threads_that_nobody_has_use_for_are_refused() {
    let _ = Checker::new(&Walkers).threads(MAX_THREADS);
    let _ = Ablation::new([""; 0]).threads(MAX_THREADS);
    let most = "more than any machine has use for; ask for at most 4096";
    for (threads, text) in [
        (0, "0 threads explore nothing; ask for at least 1"),
        (MAX_THREADS + 1, most),
        (usize::MAX, most),
    ] {
        let check = || drop(Checker::new(&Walkers).threads(threads));
        let ablate = || drop(Ablation::new([""; 0]).threads(threads));
        for message in [panic_text(check), panic_text(ablate)] {
            assert!(message.contains(text), "{threads}: {message}");
        }
    }
}
