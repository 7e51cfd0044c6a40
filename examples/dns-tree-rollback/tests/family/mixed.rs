//! Fleets of two protocols: against judges that share no code with the checker.

use planwright_cli::SearchOptions;
use planwright_cli::mixed::{Compatibility, Findings, Switching, Versions as _};
use planwright_core::Handover;
use planwright_oracle::stateright_unique;

use dns_tree_rollback::{Protocol, Replacement, Size};

use super::oracle::naive;

/// Every mix and every switch-over, by a naive search, with Stateright's count.
fn assert_agreement(fleet: Replacement) {
    let search = SearchOptions::default();
    let found = Findings::explore(&fleet, &Handover::ALL, &search, |_| {});
    let ways = Handover::ALL.map(|handover| Switching {
        handover,
        widest: fleet.widest(handover),
    });
    for order in found.orders {
        let judged = Compatibility::explore(&fleet.fleet(), fleet.enactors(), &ways, |enactors| {
            let model = fleet.model(enactors, order.shared);
            let verdicts = naive(&model);
            assert_eq!(stateright_unique(model) as u64, verdicts.states);
            verdicts
        });
        assert_eq!(order.compatibility, judged, "{fleet:?}, {:?}", order.shared);
    }
}

#[test]
fn every_mix_and_switch_over_is_judged_alike() {
    let pairs = [
        (Protocol::as_deployed(), Protocol::fixed()),
        (
            Protocol::deleting_the_unused(),
            Protocol::comparing_the_newest(),
        ),
    ];
    for (old, new) in pairs {
        let size = Size::new(2, 4);
        assert_agreement(Replacement { old, new, size });
    }
}
