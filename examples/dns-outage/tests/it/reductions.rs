//! Exact exploration and exploration up to symmetry agree with the plain one, on every variant.

use std::collections::HashSet;

use dns_outage::{DnsSystem, Instance, checker};
use planwright_checker::{Encode, Storage, Symmetric};
use planwright_core::FaultBudget;
use planwright_oracle::Naive;

use crate::rows;

fn systems() -> impl Iterator<Item = (&'static str, DnsSystem)> {
    let faults = FaultBudget {
        crashes: 1,
        lost_acknowledgements: 1,
        rollbacks: 1,
        kill_switches: 1,
    };
    let plain = rows().into_iter().map(|variant| {
        let system = variant.protocol.system(Instance::new(2, 2, 3));
        (variant.name, system)
    });
    let faulty = rows().into_iter().map(move |variant| {
        let system = variant
            .protocol
            .system(Instance::new(2, 1, 3))
            .faults(faults);
        (variant.name, system)
    });
    plain.chain(faulty)
}

#[test]
fn every_state_is_read_back_from_its_word() {
    for (row, system) in systems() {
        let all = Naive::explore(&system).states;
        let words: HashSet<u64> = all
            .iter()
            .map(|state| {
                let word = system.encode(state).expect("it fits");
                assert_eq!(system.decode(word), *state, "row {row}");
                word
            })
            .collect();
        assert_eq!(words.len(), all.len(), "row {row}");
    }
}

#[test]
fn verdicts_and_lengths_do_not_depend_on_the_reduction() {
    for (row, system) in systems() {
        let plain = checker(&system).exhaustive().run().summary();
        let exact = checker(&system)
            .exhaustive()
            .storage(Storage::Exact)
            .run()
            .summary();
        assert_eq!(exact.levels, plain.levels, "row {row}");
        assert_eq!(exact.findings, plain.findings, "row {row}");

        let folded = checker(&system).exhaustive().symmetry().run();
        let orbits: HashSet<_> = Naive::explore(&system)
            .states
            .iter()
            .map(|state| system.canonical(state))
            .collect();
        assert_eq!(folded.statistics().states, orbits.len() as u64, "row {row}");
        let folded = folded.summary();
        for (folded, plain) in folded.findings.iter().zip(&plain.findings) {
            assert_eq!(folded.answer.outcome, plain.answer.outcome, "row {row}");
            assert_eq!(folded.answer.steps, plain.answer.steps, "row {row}");
        }
    }
}
