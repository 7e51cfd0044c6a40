//! Exact exploration and exploration up to symmetry agree with the plain one, on every variant.

use std::collections::HashSet;

use membership_change::{
    Cluster, LEADERS_COMPLETE, MembershipChange, ONE_LEADER, RIVALS, Size, leaders_complete,
    one_leader, rivals,
};
use planwright_checker::{Checker, Encode as _, Storage, Symmetric as _};
use planwright_cli::Family;
use planwright_oracle::Naive;

fn clusters() -> impl Iterator<Item = Cluster> {
    let sizes = [Size::new(3, 0, 2, 2), Size::new(2, 2, 2, 2)];
    let variants = MembershipChange::variants().into_iter();
    variants.flat_map(move |v| sizes.map(|size| Cluster::new(v.protocol, size)))
}

fn checker(cluster: &Cluster) -> Checker<'_, Cluster> {
    Checker::new(cluster)
        .always(ONE_LEADER, one_leader)
        .always_step(LEADERS_COMPLETE, leaders_complete)
        .sometimes(RIVALS, rivals)
        .exhaustive()
}

#[test]
fn every_state_is_read_back_from_its_code() {
    for cluster in clusters() {
        let states = Naive::explore(&cluster).states;
        let codes: HashSet<_> = states
            .iter()
            .map(|state| {
                let code = cluster.encode(state).expect("it fits");
                assert_eq!(cluster.decode(code), *state);
                code
            })
            .collect();
        assert_eq!(codes.len(), states.len(), "{cluster:?}");
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
