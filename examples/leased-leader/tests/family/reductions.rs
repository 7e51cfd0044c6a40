//! Exact exploration and exploration up to symmetry agree with the plain one, on every variant.

use std::collections::HashSet;

use leased_leader::{Leaders, LeasedLeader, Size, checker};
use planwright_checker::{Encode as _, Storage, Symmetric as _};
use planwright_cli::Family;
use planwright_oracle::Naive;

fn systems() -> impl Iterator<Item = Leaders> {
    let sizes = [Size::new(2, 2, 3).crashes(1), Size::new(3, 1, 3)];
    let variants = LeasedLeader::variants().into_iter();
    variants.flat_map(move |v| sizes.map(|size| size.leaders(v.protocol)))
}

#[test]
fn every_state_is_read_back_from_its_word() {
    for leaders in systems() {
        let states = Naive::explore(&leaders).states;
        let words: HashSet<u64> = states
            .iter()
            .map(|state| {
                let word = leaders.encode(state).expect("it fits");
                assert_eq!(leaders.decode(word), *state, "{leaders:?}");
                word
            })
            .collect();
        assert_eq!(words.len(), states.len(), "{leaders:?}");
    }
}

#[test]
fn verdicts_and_lengths_do_not_depend_on_the_reduction() {
    for leaders in systems() {
        let plain = checker(&leaders).exhaustive().run().summary();
        let exact = checker(&leaders)
            .exhaustive()
            .storage(Storage::Exact)
            .run()
            .summary();
        assert_eq!(exact.levels, plain.levels, "{leaders:?}");
        assert_eq!(exact.findings, plain.findings, "{leaders:?}");

        let folded = checker(&leaders).exhaustive().symmetry().run().summary();
        let states = Naive::explore(&leaders).states;
        let orbits: HashSet<_> = states.iter().map(|s| leaders.canonical(s)).collect();
        assert_eq!(folded.states, orbits.len() as u64, "{leaders:?}");
        assert!(orbits.len() < states.len(), "{leaders:?}");
        for (folded, plain) in folded.findings.iter().zip(&plain.findings) {
            assert_eq!(folded.answer.outcome, plain.answer.outcome, "{leaders:?}");
            assert_eq!(folded.answer.steps, plain.answer.steps, "{leaders:?}");
        }
    }
}
