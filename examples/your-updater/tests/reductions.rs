//! What follows from what `Phase` says of itself: whole states, interchangeable enactors, and every number of
//! generations.

use planwright_checker::{Audit, Checker, Outcome, Storage};
use planwright_core::UpdateSystem;
use your_updater::Updater;

fn system(conditional_write: bool) -> UpdateSystem<Updater> {
    let updater = Updater { conditional_write };
    let system = UpdateSystem::new(updater).endpoints(2);
    system.enactors(2).generations(4)
}

#[test]
fn states_are_stored_whole_and_enactors_are_interchangeable() {
    for conditional_write in [true, false] {
        let system = system(conditional_write);
        let checker = || {
            let checker = Checker::new(&system).audit(Audit::ALL).exhaustive();
            checker.always("every endpoint resolves", |s| s.store.all_resolve())
        };
        let plain = checker().run().summary();
        let exact = checker().storage(Storage::Exact).run().summary();
        assert!(exact.exact);
        assert_eq!(exact.levels, plain.levels);
        assert_eq!(exact.findings, plain.findings);
        let folded = checker().symmetry().run().summary();
        assert_eq!(
            folded.findings[0].answer.outcome,
            plain.findings[0].answer.outcome
        );
        assert_eq!(
            folded.findings[0].answer.steps,
            plain.findings[0].answer.steps
        );
        assert!(folded.states < plain.states && 2 * folded.states >= plain.states);
    }
}

#[test]
fn it_holds_for_every_number_of_generations() {
    for conditional_write in [true, false] {
        let every = system(conditional_write).every_generation();
        let resolve = every.property(|s| s.store.all_resolve());
        let checker = Checker::new(&every).storage(Storage::Exact);
        let report = checker.always("every endpoint resolves", resolve).run();
        let expected = match conditional_write {
            true => Outcome::Holds,
            false => Outcome::Violated,
        };
        assert_eq!(report.outcome(), expected, "{report}");
    }
}
