//! Which safeguards suffice.

use planwright_checker::ablation::Lattice;
use planwright_cli::lattice;
use two_phase_update::{NEVER_DROPPED, ONE_VERSION, Size, TwoPhaseUpdate};

fn explored() -> Lattice {
    lattice::<TwoPhaseUpdate>(&Size::default()).expect("it has safeguards")
}

#[test]
fn two_phases_mend_one_property_and_break_the_other() {
    let lattice = explored();
    let told = lattice.sufficiency();
    let minimal = |place: usize| {
        let sets = told[place].minimal.iter();
        let names = sets.map(|minimal| minimal.set.names(lattice.safeguards()));
        names.collect::<Vec<_>>()
    };
    assert_eq!(told[0].property, ONE_VERSION);
    assert_eq!(minimal(0), [["two-phase"], ["pause"]]);
    assert_eq!(told[1].property, NEVER_DROPPED);
    assert_eq!(minimal(1), [Vec::<String>::new()]);
    let [harm] = told[1].harmful.as_slice() else {
        panic!("one safeguard does harm: {told:?}");
    };
    assert_eq!(lattice.safeguards()[harm.safeguard], "two-phase");
    // Unless the ingress waits, and so does the removal, or nothing is in the network.
    let holds = |names: &[&str]| {
        let set = lattice.set(names).expect("names");
        lattice.answer(1, set).outcome == planwright_checker::Outcome::Holds
    };
    assert!(!holds(&["two-phase", "wait-installed"]));
    assert!(!holds(&["two-phase", "wait-drained"]));
    assert!(holds(&["two-phase", "wait-installed", "wait-drained"]));
    assert!(holds(&["two-phase", "pause"]));
}
