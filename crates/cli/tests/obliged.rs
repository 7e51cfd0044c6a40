//! Who must act in an [`UpdateSystem`], and who may.

use planwright_checker::{Checker, Rest};
use planwright_core::{
    Enactor, Endpoint, FaultBudget, Generation, RecordStore, Steps, Transaction, UpdateSystem,
};

/// Picks a plan and hangs; only after a crash it applies plans.
#[derive(Debug)]
struct Hangs;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Phase {
    #[default]
    Idle,
    Hung,
    Fresh,
    Apply(Generation),
}

impl Enactor for Hangs {
    type Local = Phase;

    fn restarted(&self, phase: &Phase) -> Phase {
        match phase {
            Phase::Idle => Phase::Idle,
            _ => Phase::Fresh,
        }
    }

    fn steps(&self, phase: &Phase, store: &RecordStore, next: &mut Steps<Phase>) {
        let newest = store.newest_plan().filter(|plan| !store.all_at(*plan));
        match (*phase, newest) {
            (Phase::Idle, Some(_)) => next.goto(Phase::Hung),
            (Phase::Fresh, Some(plan)) => next.goto(Phase::Apply(plan)),
            (Phase::Apply(plan), _) => {
                next.commit(
                    Transaction::point_at(Endpoint::FIRST, plan),
                    Phase::Fresh,
                    Phase::Fresh,
                );
            }
            _ => {}
        }
    }
}

/// With at most one crash the runs without one are still among those that count.
#[test]
fn a_crash_that_may_happen_need_not() {
    for crashes in [0, 1] {
        let faults = FaultBudget {
            crashes,
            ..FaultBudget::NONE
        };
        let system = UpdateSystem::new(Hangs)
            .enactors(1)
            .generations(2)
            .faults(faults);
        let report = Checker::new(&system)
            .leads_to(
                "converges",
                |s| system.planner_stopped(s),
                |s| s.converged(),
            )
            .weakly_fair("enactors", |step| step.taken_by().is_some())
            .run();
        let finding = report.finding("converges").expect("it was asked for");
        let rests = finding.lasso.as_ref().and_then(|lasso| lasso.rests);
        let expected = match crashes {
            0 => Rest::WhereNothingCanHappen,
            _ => Rest::WhereNothingIsObliged,
        };
        assert_eq!(rests, Some(expected), "{report}");
    }
}
