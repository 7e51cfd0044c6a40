//! Which safeguards suffice.

use planwright_checker::ablation::Lattice;
use planwright_cli::lattice;
use stale_cache_controller::{
    NEVER_REMOVES_LIVE, NEVER_STOPS_LIVE, ONE_RUNS, RECOVERS, Size, StaleCacheController,
};

fn explored() -> Lattice {
    lattice::<StaleCacheController>(&Size::default()).expect("it has safeguards")
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
    assert_eq!(minimal(ONE_RUNS), ["uid+fresh", "uid+read-to-start"]);
    assert_eq!(minimal(NEVER_REMOVES_LIVE), ["uid"]);
    assert_eq!(
        minimal(NEVER_STOPS_LIVE),
        ["fresh", "read-to-stop", "patient"]
    );
    assert_eq!(minimal(RECOVERS), [""]);
    // Never to act on absence keeps for ever what was started by mistake.
    let harm = told.iter().flat_map(|told| &told.harmful);
    let harm = harm.map(|harm| lattice.safeguards()[harm.safeguard].as_str());
    assert_eq!(harm.collect::<Vec<_>>(), ["patient"]);
}
