//! Fleets of two protocols: against judges that share no code with the checker.

use planwright_cli::SearchOptions;
use planwright_cli::mixed::{Compatibility, Findings, Shared, Switching, Versions as _};
use planwright_core::Handover;
use planwright_oracle::stateright_unique;

use leased_leader::{Protocol, Replacement, Size};

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
        (Protocol::as_deployed(), Protocol::fencing_before_choosing()),
        (Protocol::fenced(), Protocol::fencing_before_choosing()),
        (Protocol::comparing_plans(), Protocol::lock()),
    ];
    for (old, new) in pairs {
        let size = Size::new(2, 1, 3);
        assert_agreement(Replacement { old, new, size });
    }
}

/// Fencing before choosing keeps plans from going back only if everybody does it; a lock that never expires
/// is what all share, so it works for processes that know nothing of it.
#[test]
fn a_fence_helps_only_if_everybody_shows_its_token() {
    let fleet = Replacement {
        old: Protocol::fenced(),
        new: Protocol::fencing_before_choosing(),
        size: Size::new(2, 2, 3),
    };
    let search = SearchOptions::default();
    let found = Findings::explore(&fleet, &[Handover::Drained], &search, |_| {});
    let [order] = &found.orders[..] else {
        panic!("nothing that all share differs");
    };
    let compatibility = &order.compatibility;
    let gained = compatibility.gained();
    assert_eq!(gained.len(), 1);
    assert_eq!(compatibility.holds_from(gained[0]), Some(2));
    assert_eq!(found.all_safe(), Some(true));

    let lock = Replacement {
        new: Protocol::lock(),
        ..fleet
    };
    assert_eq!(lock.shared(), [Shared::OfOld, Shared::OfNew]);
}
