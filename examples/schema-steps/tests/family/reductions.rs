//! Exact exploration and exploration up to symmetry agree with the plain one, on every variant.

use std::collections::HashSet;

use planwright_checker::{Checker, Encode as _, Storage, Symmetric as _};
use planwright_cli::Family;
use planwright_oracle::Naive;
use schema_steps::{
    COMPLETE, Database, MIXED, NO_ORPHANS, SchemaSteps, Size, complete, is_read, mixed, no_orphans,
};

fn databases() -> impl Iterator<Item = Database> {
    let sizes = [Size::new(3, 1), Size::new(2, 2)];
    let variants = SchemaSteps::variants().into_iter();
    variants.flat_map(move |v| sizes.map(|size| Database::new(v.protocol, size)))
}

fn checker(database: &Database) -> Checker<'_, Database> {
    Checker::new(database)
        .always(NO_ORPHANS, no_orphans)
        .always_implies(COMPLETE, is_read, complete)
        .sometimes(MIXED, mixed)
        .exhaustive()
}

#[test]
fn every_state_is_read_back_from_its_word() {
    for database in databases() {
        let states = Naive::explore(&database).states;
        let words: HashSet<u64> = states
            .iter()
            .map(|state| {
                let word = database.encode(state).expect("it fits");
                assert_eq!(database.decode(word), *state);
                word
            })
            .collect();
        assert_eq!(words.len(), states.len(), "{database:?}");
    }
}

#[test]
fn verdicts_and_lengths_do_not_depend_on_the_reduction() {
    for database in databases() {
        let plain = checker(&database).run().summary();
        let exact = checker(&database).storage(Storage::Exact).run().summary();
        assert_eq!(exact.levels, plain.levels, "{database:?}");
        assert_eq!(exact.findings, plain.findings, "{database:?}");

        let folded = checker(&database).symmetry().run().summary();
        let states = Naive::explore(&database).states;
        let orbits: HashSet<_> = states.iter().map(|s| database.canonical(s)).collect();
        assert_eq!(folded.states, orbits.len() as u64, "{database:?}");
        assert!(orbits.len() < states.len(), "{database:?}");
        for (folded, plain) in folded.findings.iter().zip(&plain.findings) {
            assert_eq!(folded.answer.outcome, plain.answer.outcome, "{database:?}");
            assert_eq!(folded.answer.steps, plain.answer.steps, "{database:?}");
        }
    }
}
