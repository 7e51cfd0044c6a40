//! The variants, and what the program shows of them.

use planwright_checker::Checker;
use planwright_checker::ablation::SafeguardSet;
use planwright_cli::{Exhibit, Family, Safeguard, Tour, Variant};

use crate::{
    Action, COMPLETES, Flip, HALF_WAY, LAST_LIVE, NEVER_DROPPED, Network, ONE_VERSION, Order,
    Protocol, Removal, Size, half_way, last_live, never_dropped, one_version, settled,
};

/// The family.
#[derive(Debug)]
pub struct TwoPhaseUpdate;

impl Family for TwoPhaseUpdate {
    type Protocol = Protocol;
    type Size = Size;
    type Model = Network;

    const PACKAGE: &'static str = "two-phase-update";
    const ABOUT: &'static str = "Shows how a network update mixes or drops requests in flight, and which order of steps does not";

    fn variants() -> Vec<Variant<Protocol>> {
        vec![
            Variant::new(
                "in-place",
                "rules replaced one switch after another",
                Protocol::in_place(),
                &[ONE_VERSION],
            ),
            Variant::new(
                "last-first",
                "the same, the last switch on the way first",
                Protocol::last_first(),
                &[ONE_VERSION],
            ),
            Variant::new(
                "flip-early",
                "two phases, stamping before all switches are ready",
                Protocol::flip_early(),
                &[NEVER_DROPPED],
            ),
            Variant::new(
                "remove-at-once",
                "two phases, old rules removed after the flip",
                Protocol::remove_at_once(),
                &[NEVER_DROPPED],
            ),
            Variant::new(
                "remove-unused",
                "two phases, old rules removed where none waits for them",
                Protocol::remove_unused(),
                &[NEVER_DROPPED],
            ),
            Variant::new(
                "remove-when-empty",
                "two phases, old rules removed when nothing is in flight",
                Protocol::remove_when_empty(),
                &[COMPLETES],
            ),
            Variant::new(
                "paused",
                "in place, while the ingress is shut and the network empty",
                Protocol::paused(),
                &[],
            ),
            Variant::new(
                "two-phase",
                "two phases, old rules removed once their requests drained",
                Protocol::two_phase(),
                &[],
            ),
        ]
    }

    fn tour() -> Tour<Size> {
        Tour {
            incident: "\
The switches on a request's way get a new version of their rules while requests are under way.
Every request must be handled by one version from end to end, and none may be dropped
(Reitblatt et al., SIGCOMM 2012).",
            exhibits: &[
                Exhibit {
                    variant: "in-place",
                    property: ONE_VERSION,
                    lesson: "Both versions are right; half of each is neither.",
                },
                Exhibit {
                    variant: "remove-unused",
                    property: NEVER_DROPPED,
                    lesson: "\
No request waits for the old rules at the switch that gives them up, but one that was promised them
is on its way there. Whether a version is still in use is a question about the whole network.",
                },
                Exhibit {
                    variant: "remove-when-empty",
                    property: COMPLETES,
                    lesson: "\
The network need not be empty, only empty of what needs the old rules. Who waits for more than that may
wait for ever, while everyone works.",
                },
            ],
            fix: "two-phase",
            larger: Size::new(5, 4, 3),
            assumed: "\
Assumed: a switch's rules change in one step, the controller knows what is in the network when it
removes rules, requests meet the switches in one order. Not covered: rules of several ingresses
that change one after another, links that lose requests, time.",
        }
    }

    fn model(protocol: Protocol, size: &Size) -> Network {
        Network::new(protocol, *size)
    }

    fn checker(model: &Network) -> Checker<'_, Network> {
        checker(model)
    }

    fn safeguards() -> Vec<Safeguard> {
        SAFEGUARDS
            .map(|(name, what)| Safeguard { name, what })
            .into()
    }

    fn with_safeguards(_: Protocol, on: SafeguardSet) -> Protocol {
        with_safeguards(on)
    }
}

const SAFEGUARDS: [(&str, &str); 5] = [
    (
        "two-phase",
        "new rules stand beside the old ones, and requests are stamped",
    ),
    (
        "wait-installed",
        "in two phases: the ingress stamps once every switch has the new rules",
    ),
    (
        "wait-drained",
        "in two phases: old rules go once no request has their stamp",
    ),
    ("last-first", "in place: the last switch on the way first"),
    (
        "pause",
        "in place, while the ingress is shut and the network empty; outweighs all others",
    ),
];

/// The protocol with these of [`SAFEGUARDS`] on. `pause` is the strongest and leaves nothing for the
/// others to do; `two-phase` outweighs `last-first`.
fn with_safeguards(on: SafeguardSet) -> Protocol {
    let [two_phase, wait_installed, wait_drained, last_first, pause] =
        std::array::from_fn(|place| on.contains(place));
    if pause {
        return Protocol::Paused;
    }
    if !two_phase {
        return Protocol::InPlace(if last_first {
            Order::LastFirst
        } else {
            Order::Any
        });
    }
    Protocol::TwoPhase {
        flip: if wait_installed {
            Flip::OnceInstalled
        } else {
            Flip::AnyTime
        },
        removal: if wait_drained {
            Removal::OnceDrained
        } else {
            Removal::AtOnce
        },
    }
}

fn checker(network: &Network) -> Checker<'_, Network> {
    let versions = network.size.versions;
    let checker = Checker::new(network).weakly_fair("the controller", Action::continues_update);
    let checker = (0..network.size.requests).fold(checker, |checker, name| {
        let handles = move |action: &Action| action.handles(name);
        checker.weakly_fair(format!("the switches with r{name}"), handles)
    });
    checker
        .action_classes()
        .always(ONE_VERSION, one_version)
        .always(NEVER_DROPPED, never_dropped)
        .leads_to(COMPLETES, |state| !settled(state), settled)
        .sometimes(HALF_WAY, half_way)
        .sometimes(LAST_LIVE, move |state| last_live(state, versions))
}

/// The whole program. It is built here, so that the tests share the engine that is built for it.
pub fn program() -> planwright_cli::Exit {
    planwright_cli::run::<TwoPhaseUpdate>()
}
