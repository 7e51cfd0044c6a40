//! The ceiling searches the same graph as the model it is specialised to.

use planwright_benches::{Ceiling, ceiling};
use planwright_oracle::{Naive, Reference};
use stateright::Model;

fn small_models() -> impl Iterator<Item = Reference> {
    let sizes = [
        [1, 1, 1, 0],
        [1, 7, 4, 0],
        [2, 2, 1, 0],
        [2, 3, 1, 1],
        [2, 4, 4, 1],
        [2, 5, 3, 2],
        [2, 7, 1, 0],
        [3, 3, 2, 1],
        [3, 2, 4, 2],
        [4, 2, 2, 0],
    ];
    sizes.into_iter().flat_map(|[e, p, d, k]| {
        [false, true].map(|fixed| Reference {
            enactors: e,
            plans: p as u8,
            endpoints: d,
            threshold: k as u8,
            fixed,
        })
    })
}

/// The state at the end of a schedule, by the model alone.
fn replay(model: &Reference, schedule: &[u8]) -> planwright_oracle::ReferenceState {
    let mut state = model.init_states()[0];
    for &ordinal in schedule {
        let mut actions = vec![];
        model.actions(&state, &mut actions);
        state = model
            .next_state(&state, actions[usize::from(ordinal)])
            .expect("no action of the reference model is ignored");
    }
    state
}

#[test]
fn every_count_is_that_of_the_naive_search() {
    for model in small_models() {
        let naive = Naive::explore(&model);
        let bad = |state: &planwright_oracle::ReferenceState| !state.never_empty(model.endpoints);
        let found = ceiling(&model);
        let expected = Ceiling {
            states: naive.unique() as u64,
            transitions: naive.transitions,
            depth: naive.depth() as u32,
            terminal: naive.terminal,
            bad: naive.count(bad) as u64,
            counterexample: found.counterexample.clone(),
        };
        assert_eq!(found, expected, "{model:?}");
        let schedule = found.counterexample.as_deref();
        assert_eq!(schedule.map(<[u8]>::len), naive.shortest(bad), "{model:?}");
        if let Some(schedule) = schedule {
            assert!(bad(&replay(&model, schedule)), "{model:?}: {schedule:?}");
        }
    }
}

#[test]
fn ten_million_states() {
    let found = ceiling(&Reference {
        enactors: 4,
        plans: 4,
        endpoints: 3,
        threshold: 1,
        fixed: false,
    });
    assert_eq!(found.states, 10_065_020);
}
