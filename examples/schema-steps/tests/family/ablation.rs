//! Which safeguards suffice.

use planwright_checker::Outcome;
use planwright_checker::ablation::Lattice;
use planwright_cli::{Family as _, SearchOptions, lattice, verdicts};
use schema_steps::{COMPLETE, NO_ORPHANS, Protocol, SchemaSteps, Size};

fn explored() -> Lattice {
    lattice::<SchemaSteps>(&Size::default()).expect("it has safeguards")
}

fn minimal(lattice: &Lattice, property: &str) -> Vec<Vec<String>> {
    let told = lattice.sufficiency().into_iter();
    let told = told.filter(|told| told.property == property);
    told.flat_map(|told| told.minimal)
        .map(|minimal| minimal.set.names(lattice.safeguards()))
        .collect()
}

#[test]
fn minimal_sets() {
    let lattice = explored();
    assert_eq!(
        minimal(&lattice, NO_ORPHANS),
        [
            vec!["delete-only", "one-behind", "fenced"],
            vec![
                "delete-only",
                "fenced",
                "backfill",
                "backfill-waits",
                "backfill-atomic"
            ],
        ]
    );
    assert_eq!(
        minimal(&lattice, COMPLETE),
        [["write-only", "fenced", "backfill", "backfill-waits"]]
    );
}

/// Filling in old rows breaks what held as long as nobody did.
#[test]
fn a_backfill_creates_a_violation() {
    let lattice = explored();
    let told = &lattice.sufficiency()[0];
    assert_eq!(told.property, NO_ORPHANS);
    let harmful = told
        .harmful
        .iter()
        .map(|h| lattice.safeguards()[h.safeguard].as_str());
    assert_eq!(harmful.collect::<Vec<_>>(), ["write-only", "backfill"]);
}

/// Sets that are variants of the table have the verdicts that the table declares of those.
#[test]
fn sets_that_are_variants_agree_with_them() {
    let lattice = explored();
    let all = [
        "delete-only",
        "write-only",
        "one-behind",
        "fenced",
        "backfill",
        "backfill-waits",
        "backfill-atomic",
    ];
    let without = |left_out: &str| -> Vec<&str> {
        all.into_iter().filter(|name| *name != left_out).collect()
    };
    let pairs = [
        (Protocol::f1(), all.to_vec()),
        (Protocol::without_delete_only(), without("delete-only")),
        (Protocol::without_write_only(), without("write-only")),
        (Protocol::two_behind(), without("one-behind")),
        (Protocol::unfenced(), without("fenced")),
        (Protocol::without_backfill(), without("backfill")),
        (Protocol::backfill_early(), without("backfill-waits")),
        (Protocol::backfill_not_atomic(), without("backfill-atomic")),
    ];
    for (protocol, names) in pairs {
        let variants = SchemaSteps::variants();
        let variant = variants.iter().find(|v| v.protocol == protocol);
        let variant = variant.expect("a variant of the table");
        let set = lattice.set(&names).expect("names");
        let found = verdicts::<SchemaSteps>(protocol, &Size::default(), &SearchOptions::default());
        for (place, (property, _)) in found.cells.iter().enumerate() {
            assert_eq!(lattice.properties()[place].name, *property);
            let violated = lattice.answer(place, set).outcome == Outcome::Violated;
            let declared = variant.violates.contains(&property.as_str());
            assert_eq!(violated, declared, "{}: {property}", variant.name);
        }
    }
}
