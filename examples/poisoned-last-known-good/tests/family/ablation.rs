//! Which safeguards suffice.

use planwright_checker::ablation::Lattice;
use planwright_cli::lattice;
use poisoned_last_known_good::{
    CONTAINED, KNOWN_GOOD_WORKS, PoisonedLastKnownGood, RECOVERS, Size,
};

fn explored() -> Lattice {
    lattice::<PoisonedLastKnownGood>(&Size::default()).expect("it has safeguards")
}

#[test]
fn minimal_sets_of_each_property() {
    let lattice = explored();
    let told = lattice.sufficiency();
    let minimal = |property: &str| {
        let told = told.iter().find(|told| told.property == property);
        let sets = told.expect("it was asked for").minimal.iter();
        let names = sets.map(|minimal| minimal.set.names(lattice.safeguards()).join("+"));
        names.collect::<Vec<_>>()
    };
    let promotion = ["promotion-waits", "synchronous"];
    assert_eq!(minimal(KNOWN_GOOD_WORKS), promotion);
    assert_eq!(minimal(RECOVERS), promotion);
    assert_eq!(minimal(CONTAINED), ["rings-wait", "synchronous"]);
    assert!(told.iter().all(|told| told.harmful.is_empty()));
}
