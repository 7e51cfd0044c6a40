//! A search that is resumed decides as one that was not interrupted.

use std::path::Path;
use std::time::Duration;

use planwright_checker::{Checker, Checkpoints, Outcome, Storage};
use planwright_oracle::{Reference, ReferenceAction, ReferenceState};
use tempfile::tempdir;

const MODEL: Reference = Reference {
    enactors: 2,
    plans: 5,
    endpoints: 3,
    threshold: 2,
    fixed: false,
};

fn settled(state: &ReferenceState) -> bool {
    (0..3).all(|endpoint| state.endpoint(endpoint) == state.generation())
}

fn checker() -> Checker<'static, Reference> {
    let enactor = |number| move |action: &ReferenceAction| *action == ReferenceAction::Step(number);
    Checker::new(&MODEL)
        .without_model_properties()
        .recoverable("recoverable", settled)
        .eventually_always("settles", settled)
        .weakly_fair("enactor 0", enactor(0))
        .strongly_fair("enactor 1", enactor(1))
        .count_actions(["planner", "enactors"], |action| {
            usize::from(*action != ReferenceAction::Publish)
        })
}

fn create(folder: &Path) -> Checkpoints {
    let checkpoints = Checkpoints::create(folder, "test").expect("the folder is empty");
    checkpoints.every(Duration::ZERO)
}

fn open(folder: &Path) -> Checkpoints {
    Checkpoints::open(folder, "test").expect("there is a checkpoint")
}

#[test]
fn resumed_and_whole_searches_agree() {
    let whole = checker().run();
    assert_eq!(whole.statistics().states, 11_694);
    assert!(
        whole
            .findings()
            .iter()
            .any(|finding| finding.trap.is_some())
    );
    for exact in [false, true] {
        let place = tempdir().expect("a temporary directory");
        let checker = || {
            if exact {
                checker().storage(Storage::Exact)
            } else {
                checker()
            }
        };
        let cut = checker().max_depth(12).checkpoints(create(place.path()));
        let cut = cut.try_run().expect("a new run");
        assert!(cut.findings().iter().all(|finding| finding.is_undecided()));
        let resumed = checker()
            .threads(2)
            .checkpoints(open(place.path()))
            .try_run();
        let resumed = resumed.expect("a checkpoint");
        assert_eq!(resumed.findings(), whole.findings());
        assert_eq!(
            resumed.statistics().terminal_states,
            whole.statistics().terminal_states
        );
    }
}

#[test]
fn other_fairness_is_another_run() {
    let place = tempdir().expect("a temporary directory");
    let cut = checker().max_depth(3).checkpoints(create(place.path()));
    assert!(cut.try_run().expect("a new run").outcome() == Outcome::Undecided);
    let other = checker().weakly_fair("planner", |action| *action == ReferenceAction::Publish);
    let refused = other.checkpoints(open(place.path())).try_run();
    let error = refused.expect_err("it is another run").to_string();
    assert!(
        error.contains("its list of fairness conditions is"),
        "{error}"
    );
}
