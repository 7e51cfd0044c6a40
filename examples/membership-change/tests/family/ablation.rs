//! Which safeguards suffice.

use membership_change::{COMMITTED_STAYS, LEADERS_COMPLETE, MembershipChange, ONE_LEADER, Size};
use planwright_checker::ablation::Lattice;
use planwright_cli::lattice;

fn minimal(lattice: &Lattice, property: &str) -> Vec<Vec<String>> {
    let told = lattice.sufficiency().into_iter();
    let told = told.filter(|told| told.property == property);
    told.flat_map(|told| told.minimal)
        .map(|minimal| minimal.set.names(lattice.safeguards()))
        .collect()
}

#[test]
fn minimal_sets() {
    let lattice = lattice::<MembershipChange>(&Size::default()).expect("safeguards");
    assert_eq!(minimal(&lattice, ONE_LEADER), [["commit"], ["joint"]]);
    assert_eq!(
        minimal(&lattice, LEADERS_COMPLETE),
        [["commit"], ["both-commit"], ["joint"]]
    );
    assert_eq!(
        minimal(&lattice, COMMITTED_STAYS),
        [vec!["commit"], vec!["joint"], vec!["append", "both-commit"]]
    );
}
