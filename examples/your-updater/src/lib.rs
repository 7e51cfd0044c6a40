//! Our updater: check once, write every endpoint, delete plans two generations older.
use planwright_core::{Enactor, Endpoint, Generation, RecordStore, Steps, Transaction};

/// Runs on every enactor.
#[derive(Debug)]
pub struct Updater {
    /// Compare generations inside every endpoint write, not only once up front.
    pub conditional_write: bool,
}

/// What an enactor remembers from one step to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, planwright_core::Finite)]
pub enum Phase {
    /// Waits for a newer plan.
    #[default]
    Idle,
    /// Writes the plan, this endpoint next.
    Apply(Generation, Endpoint),
    /// Deletes what is old.
    Cleanup(Generation),
}

impl Enactor for Updater {
    type Local = Phase;

    fn steps(&self, phase: &Phase, store: &RecordStore, next: &mut Steps<Phase>) {
        match *phase {
            Phase::Idle => match store.newest_plan() {
                Some(plan) if !store.all_at(plan) => next.goto(Phase::Apply(plan, Endpoint::FIRST)),
                _ => {} // nothing newer: wait
            },
            Phase::Apply(plan, endpoint) => {
                let mut write = Transaction::point_at(endpoint, plan);
                if self.conditional_write {
                    write = write.only_if_newer();
                }
                let then = match store.endpoint_after(endpoint) {
                    Some(endpoint) => Phase::Apply(plan, endpoint),
                    None => Phase::Cleanup(plan),
                };
                next.commit(write, then, then); // refused: it has this plan or a newer one
            }
            Phase::Cleanup(plan) => match store.plans_older_by(plan, 2).next() {
                Some(old) => next.commit(Transaction::delete(old), *phase, *phase),
                None => next.goto(Phase::Idle),
            },
        }
    }
}

#[test]
fn every_endpoint_resolves() {
    use {planwright_checker::Checker, planwright_core::UpdateSystem};
    let conditional_write = true; // false: fails with the schedule, printed
    let updater = Updater { conditional_write };
    let system = UpdateSystem::new(updater).endpoints(2).generations(4);
    let checker = Checker::new(&system)
        .always("every endpoint resolves", |s| s.store.all_resolve())
        .sometimes("plans go live", |s| !s.store.all_at(Generation::FIRST));
    planwright_report::assert_holds(&checker.run());
}
