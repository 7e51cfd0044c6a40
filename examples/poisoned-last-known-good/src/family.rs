//! The variants, and what the program shows of them.

use planwright_checker::Checker;
use planwright_checker::ablation::SafeguardSet;
use planwright_cli::{Exhibit, Family, Safeguard, Tour, Variant};

use crate::{
    CONTAINED, DOWN, Fleet, HealthGate, KNOWN_GOOD_WORKS, LAST_LIVE, Protocol, RECOVERS, Size,
    contained, known_good_works, last_live, state, works,
};

/// The family.
#[derive(Debug)]
pub struct PoisonedLastKnownGood;

impl Family for PoisonedLastKnownGood {
    type Protocol = Protocol;
    type Size = Size;
    type Model = Fleet;

    const PACKAGE: &'static str = "poisoned-last-known-good";
    const ABOUT: &'static str = "Shows how a rollout takes a plan for good that has not failed yet, and what its gates must wait for";

    fn variants() -> Vec<Variant<Protocol>> {
        vec![
            Variant::new(
                "deployed",
                "gates look whether anything is down",
                Protocol::as_deployed(),
                &[KNOWN_GOOD_WORKS, CONTAINED, RECOVERS],
            ),
            Variant::new(
                "bake",
                "gates look twice",
                Protocol::baking(),
                &[KNOWN_GOOD_WORKS, CONTAINED, RECOVERS],
            ),
            Variant::new(
                "keep-two",
                "the last-known-good before the present one is kept",
                Protocol::keeping_two(),
                &[KNOWN_GOOD_WORKS, CONTAINED, RECOVERS],
            ),
            Variant::new(
                "rings-wait",
                "rings wait for acknowledgements, the promotion does not",
                Protocol::acknowledged_rings(),
                &[KNOWN_GOOD_WORKS, RECOVERS],
            ),
            Variant::new(
                "promotion-waits",
                "the promotion waits for acknowledgements, rings do not",
                Protocol::acknowledged_promotion(),
                &[CONTAINED],
            ),
            Variant::new(
                "synchronous",
                "sites do their work when they load a plan",
                Protocol::in_step(),
                &[],
            ),
            Variant::new(
                "fix",
                "rings and the promotion wait for acknowledgements",
                Protocol::acknowledged(),
                &[],
            ),
        ]
    }

    fn tour() -> Tour<Size> {
        Tour {
            incident: "\
A plan goes to the sites of a fleet ring by ring, past a health gate each, and is the last-known-good
once it is through; if a site goes down, all get the last-known-good back. What a plan breaks shows some
time after a site has loaded it (Azure Front Door, 29 October 2025). Below, 2? is plan 2 at a site whose
work on it is not done.",
            exhibits: &[
                Exhibit {
                    variant: "deployed",
                    property: RECOVERS,
                    lesson: "\
Nothing was down when the gates looked. The rollback brings back what it is to protect from, for ever:
a plan that is good because nobody has seen it fail is not known to be good.",
                },
                Exhibit {
                    variant: "rings-wait",
                    property: KNOWN_GOOD_WORKS,
                    lesson: "\
Every ring has shown that the plan works, except the last: nothing comes behind it that would wait for
it. The promotion is a gate too.",
                },
            ],
            fix: "fix",
            larger: Size::new(3, 2, 5, 4),
            assumed: "\
Assumed: a plan brings every site of a ring down or none, a site that has finished its work on a plan
does not fail with it later, an acknowledgement is right, the plan at the start works. Not covered: sites
that fail for other reasons, load, plans that overtake one another, time.",
        }
    }

    fn model(protocol: Protocol, size: &Size) -> Fleet {
        Fleet::new(protocol, *size)
    }

    fn checker(model: &Fleet) -> Checker<'_, Fleet> {
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
    ("rings-wait", "rings wait for acknowledgements"),
    (
        "promotion-waits",
        "the promotion waits for acknowledgements",
    ),
    ("synchronous", "sites do their work when they load a plan"),
    ("bake", "gates look twice"),
    (
        "keep-two",
        "the last-known-good before the present one is kept",
    ),
];

/// The protocol with these of [`SAFEGUARDS`] on.
fn with_safeguards(on: SafeguardSet) -> Protocol {
    let [rings, promotion, synchronous, bake, keeps_previous] =
        std::array::from_fn(|place| on.contains(place));
    let gate = |waits| {
        if waits {
            HealthGate::Acknowledged
        } else {
            HealthGate::UpNow
        }
    };
    Protocol {
        gate: gate(rings),
        promotion: gate(promotion),
        looks: if bake { 2 } else { 1 },
        synchronous,
        keeps_previous,
    }
}

fn checker(fleet: &Fleet) -> Checker<'_, Fleet> {
    let last = state::plan(fleet.size.plans);
    Checker::new(fleet)
        .action_classes()
        .always(KNOWN_GOOD_WORKS, known_good_works)
        .always_step(CONTAINED, contained)
        .recoverable(RECOVERS, works)
        .sometimes(DOWN, crate::State::is_down)
        .sometimes(LAST_LIVE, move |state| last_live(state, last))
}

/// The whole program. It is built here, so that the tests share the engine that is built for it.
pub fn program() -> planwright_cli::Exit {
    planwright_cli::run::<PoisonedLastKnownGood>()
}
