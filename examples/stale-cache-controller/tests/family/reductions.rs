//! Exact exploration and exploration up to symmetry agree with the plain one, on every variant.

use std::collections::HashSet;

use planwright_checker::{Checker, Encode as _, Storage, Symmetric as _};
use planwright_cli::Family;
use planwright_oracle::Naive;
use stale_cache_controller::{
    Cluster, NEVER_REMOVES_LIVE, NEVER_STOPS_LIVE, ONE_RUNS, RECOVERS, REPLACED, Size,
    StaleCacheController, never_removes_live, never_stops_live, one_runs, replaced, settled,
};

fn clusters() -> impl Iterator<Item = Cluster> {
    let sizes = [
        Size::default(),
        Size::new(3, 2, 3).restarts(1).lost(1),
        Size::new(2, 2, 4).restarts(2).lost(2),
    ];
    let variants = StaleCacheController::variants().into_iter();
    variants.flat_map(move |v| sizes.map(|size| Cluster::new(v.protocol, size)))
}

fn checker(cluster: &Cluster) -> Checker<'_, Cluster> {
    Checker::new(cluster)
        .always(ONE_RUNS, one_runs)
        .always_step(NEVER_REMOVES_LIVE, never_removes_live)
        .always_step(NEVER_STOPS_LIVE, never_stops_live)
        .recoverable(RECOVERS, settled)
        .sometimes(REPLACED, replaced)
        .exhaustive()
}

#[test]
fn every_state_is_read_back_from_its_word() {
    for cluster in clusters() {
        let states = Naive::explore(&cluster).states;
        let words: HashSet<u64> = states
            .iter()
            .map(|state| {
                let word = cluster.encode(state).expect("it fits");
                assert_eq!(cluster.decode(word), *state);
                word
            })
            .collect();
        assert_eq!(words.len(), states.len(), "{cluster:?}");
    }
}

#[test]
fn verdicts_and_lengths_do_not_depend_on_the_reduction() {
    for cluster in clusters() {
        let plain = checker(&cluster).run().summary();
        let exact = checker(&cluster).storage(Storage::Exact).run().summary();
        assert_eq!(exact.levels, plain.levels, "{cluster:?}");
        assert_eq!(exact.findings, plain.findings, "{cluster:?}");

        let folded = checker(&cluster).symmetry().run().summary();
        let states = Naive::explore(&cluster).states;
        let orbits: HashSet<_> = states.iter().map(|s| cluster.canonical(s)).collect();
        assert_eq!(folded.states, orbits.len() as u64, "{cluster:?}");
        assert!(orbits.len() < states.len(), "{cluster:?}");
        for (folded, plain) in folded.findings.iter().zip(&plain.findings) {
            assert_eq!(folded.answer.outcome, plain.answer.outcome, "{cluster:?}");
            assert_eq!(folded.answer.steps, plain.answer.steps, "{cluster:?}");
        }
    }
}
