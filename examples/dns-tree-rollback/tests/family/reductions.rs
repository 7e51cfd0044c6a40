//! Exact exploration and exploration up to symmetry agree with the plain one, on every variant.

use std::collections::HashSet;

use dns_tree_rollback::{DnsTreeRollback, Enactors, Size, checker};
use planwright_checker::{Encode as _, Storage, Symmetric as _};
use planwright_cli::Family;
use planwright_oracle::Naive;

fn systems() -> impl Iterator<Item = Enactors> {
    let sizes = [Size::default(), Size::new(3, 3)];
    let variants = DnsTreeRollback::variants().into_iter();
    variants.flat_map(move |v| sizes.map(|size| size.system(v.protocol)))
}

#[test]
fn every_state_is_read_back_from_its_word() {
    for enactors in systems() {
        let states = Naive::explore(&enactors).states;
        let words: HashSet<u64> = states
            .iter()
            .map(|state| {
                let word = enactors.encode(state).expect("it fits");
                assert_eq!(enactors.decode(word), *state, "{enactors:?}");
                word
            })
            .collect();
        assert_eq!(words.len(), states.len(), "{enactors:?}");
    }
}

#[test]
fn verdicts_and_lengths_do_not_depend_on_the_reduction() {
    for enactors in systems() {
        let plain = checker(&enactors).exhaustive().run().summary();
        let exact = checker(&enactors)
            .exhaustive()
            .storage(Storage::Exact)
            .run()
            .summary();
        assert_eq!(exact.levels, plain.levels, "{enactors:?}");
        assert_eq!(exact.findings, plain.findings, "{enactors:?}");

        let folded = checker(&enactors).exhaustive().symmetry().run().summary();
        let states = Naive::explore(&enactors).states;
        let orbits: HashSet<_> = states.iter().map(|s| enactors.canonical(s)).collect();
        assert_eq!(folded.states, orbits.len() as u64, "{enactors:?}");
        assert!(orbits.len() < states.len(), "{enactors:?}");
        for (folded, plain) in folded.findings.iter().zip(&plain.findings) {
            assert_eq!(folded.answer.outcome, plain.answer.outcome, "{enactors:?}");
            assert_eq!(folded.answer.steps, plain.answer.steps, "{enactors:?}");
        }
    }
}
