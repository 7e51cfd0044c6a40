//! Exact exploration and exploration up to symmetry agree with the plain one, on every variant.

use std::collections::HashSet;

use planwright_checker::{Checker, Encode as _, Storage, Symmetric as _};
use planwright_cli::Family;
use planwright_oracle::Naive;
use poisoned_last_known_good::{
    CONTAINED, DOWN, Fleet, KNOWN_GOOD_WORKS, PoisonedLastKnownGood, RECOVERS, Size, State,
    contained, known_good_works, works,
};

fn fleets() -> impl Iterator<Item = Fleet> {
    let sizes = [
        Size::default(),
        Size::new(1, 3, 4, 2),
        Size::new(3, 2, 2, 1),
    ];
    let variants = PoisonedLastKnownGood::variants().into_iter();
    variants.flat_map(move |v| sizes.map(|size| Fleet::new(v.protocol, size)))
}

fn checker(fleet: &Fleet) -> Checker<'_, Fleet> {
    Checker::new(fleet)
        .always(KNOWN_GOOD_WORKS, known_good_works)
        .always_step(CONTAINED, contained)
        .recoverable(RECOVERS, works)
        .sometimes(DOWN, State::is_down)
        .exhaustive()
}

#[test]
fn every_state_is_read_back_from_its_word() {
    for fleet in fleets() {
        let states = Naive::explore(&fleet).states;
        let words: HashSet<u64> = states
            .iter()
            .map(|state| {
                let word = fleet.encode(state).expect("it fits");
                assert_eq!(fleet.decode(word), *state);
                word
            })
            .collect();
        assert_eq!(words.len(), states.len(), "{fleet:?}");
    }
}

#[test]
fn verdicts_and_lengths_do_not_depend_on_the_reduction() {
    for fleet in fleets() {
        let plain = checker(&fleet).run().summary();
        let exact = checker(&fleet).storage(Storage::Exact).run().summary();
        assert_eq!(exact.levels, plain.levels, "{fleet:?}");
        assert_eq!(exact.findings, plain.findings, "{fleet:?}");

        let folded = checker(&fleet).symmetry().run().summary();
        let states = Naive::explore(&fleet).states;
        let orbits: HashSet<_> = states.iter().map(|s| fleet.canonical(s)).collect();
        assert_eq!(folded.states, orbits.len() as u64, "{fleet:?}");
        assert!(orbits.len() < states.len(), "{fleet:?}");
        for (folded, plain) in folded.findings.iter().zip(&plain.findings) {
            assert_eq!(folded.answer.outcome, plain.answer.outcome, "{fleet:?}");
            assert_eq!(folded.answer.steps, plain.answer.steps, "{fleet:?}");
        }
    }
}
