//! Exact exploration and exploration up to symmetry agree with the plain one, on every variant.

use std::collections::HashSet;

use planwright_checker::{Checker, Encode as _, Storage, Symmetric as _};
use planwright_cli::Family;
use planwright_oracle::Naive;
use two_phase_update::{
    HALF_WAY, NEVER_DROPPED, Network, ONE_VERSION, Size, TwoPhaseUpdate, half_way, never_dropped,
    one_version,
};

fn networks() -> impl Iterator<Item = Network> {
    let sizes = [Size::new(2, 3, 2), Size::new(3, 2, 3)];
    let variants = TwoPhaseUpdate::variants().into_iter();
    variants.flat_map(move |v| sizes.map(|size| Network::new(v.protocol, size)))
}

fn checker(network: &Network) -> Checker<'_, Network> {
    Checker::new(network)
        .always(ONE_VERSION, one_version)
        .always(NEVER_DROPPED, never_dropped)
        .sometimes(HALF_WAY, half_way)
        .exhaustive()
}

#[test]
fn every_state_is_read_back_from_its_word() {
    for network in networks() {
        let states = Naive::explore(&network).states;
        let words: HashSet<u64> = states
            .iter()
            .map(|state| {
                let word = network.encode(state).expect("it fits");
                assert_eq!(network.decode(word), *state);
                word
            })
            .collect();
        assert_eq!(words.len(), states.len(), "{network:?}");
    }
}

#[test]
fn verdicts_and_lengths_do_not_depend_on_the_reduction() {
    for network in networks() {
        let plain = checker(&network).run().summary();
        let exact = checker(&network).storage(Storage::Exact).run().summary();
        assert_eq!(exact.levels, plain.levels, "{network:?}");
        assert_eq!(exact.findings, plain.findings, "{network:?}");

        let folded = checker(&network).symmetry().run().summary();
        let states = Naive::explore(&network).states;
        let orbits: HashSet<_> = states.iter().map(|s| network.canonical(s)).collect();
        assert_eq!(folded.states, orbits.len() as u64, "{network:?}");
        assert!(orbits.len() < states.len(), "{network:?}");
        for (folded, plain) in folded.findings.iter().zip(&plain.findings) {
            assert_eq!(folded.answer.outcome, plain.answer.outcome, "{network:?}");
            assert_eq!(folded.answer.steps, plain.answer.steps, "{network:?}");
        }
    }
}
