//! The claim card: everything in it agrees with what a naive search finds.

use dns_outage::{
    CONVERGES, DnsSystem, EnactorFairness, Instance, NEVER_EMPTY, Protocol, checker,
    with_convergence,
};
use planwright_checker::{Checker, Claim, Outcome, Rest, Trace};
use planwright_core::{Enactor, FaultBudget, RecordStore, Steps, UpdateSystem};
use planwright_model::Describe;
use planwright_oracle::Naive;

/// The claims of a system, compared with a naive search.
fn compared_claims(system: DnsSystem) -> Vec<Claim> {
    let ask = |threads| -> Checker<'_, _> {
        let checker = checker(&system).describe().threads(threads).exhaustive();
        with_convergence(checker, &system, &EnactorFairness::Weak.conditions(&system))
    };
    let report = ask(1).run();
    let claims = report.claims();
    assert_eq!(claims, ask(2).run().claims());
    let naive = Naive::explore(&system);
    for claim in &claims {
        assert_eq!(claim.states, naive.unique() as u64);
        assert_eq!(claim.transitions, naive.transitions);
        for (number, bound) in claim.bounds.iter().enumerate() {
            let mut states = naive.states.iter();
            let touched = states.any(|state| system.is_at_bound(number, state));
            assert_eq!(bound.touched, Some(touched), "{}", bound.name);
        }
        if let (Some(steps), Some(path)) = (&claim.answer.steps, &claim.answer.replay) {
            let trace = Trace::replay(&system, path).expect("its own replay line");
            assert_eq!(trace.len() as u64, *steps);
        }
        let text = serde_json::to_string(claim).expect("plain data");
        let read: Claim = serde_json::from_str(&text).expect("what was written");
        assert_eq!(read, *claim);
    }
    claims
}

#[test]
fn a_claim_says_what_its_verdict_rests_on() {
    let instance = Instance::new(1, 2, 4).crashes(1);
    let claims = compared_claims(Protocol::as_deployed().system(instance));
    let claim = |name| claims.iter().find(|claim| claim.property == name);
    let never_empty = claim(NEVER_EMPTY).expect("it was asked for");
    assert_eq!(never_empty.answer.outcome, Outcome::Violated);
    assert_eq!(never_empty.fairness, []);
    assert_eq!(never_empty.triggered, None);
    let names: Vec<&str> = never_empty.bounds.iter().map(|b| b.name.as_str()).collect();
    assert_eq!(names, ["generations", "crashes"]);
    let dead: Vec<&str> = (never_empty
        .actions
        .iter()
        .filter(|action| action.fired == 0))
    .map(|action| action.name.as_str())
    .collect();
    assert_eq!(dead, ["a deletion is refused"]);
    let converges = claim(CONVERGES).expect("it was asked for");
    assert_eq!(converges.fairness.len(), 2);
    assert!(converges.triggered.is_some_and(|times| times > 0));
    assert_eq!(converges.may_rest, Some(Rest::WhereNothingIsObliged));
    assert!(converges.cycle_start.is_some() || converges.rests.is_some());
}

/// Has nothing in memory that a crash could take.
struct Idle;

impl Enactor for Idle {
    type Local = ();
    fn steps(&self, _: &(), _: &RecordStore, _: &mut Steps<()>) {}
}

#[test]
fn a_bound_that_was_never_reached_is_told_from_one_that_was() {
    let system = UpdateSystem::new(Idle).faults(FaultBudget {
        crashes: 1,
        kill_switches: 1,
        ..FaultBudget::NONE
    });
    let resolve = Checker::new(&system).always(NEVER_EMPTY, |state| state.store.all_resolve());
    let report = resolve.describe().exhaustive().run();
    let claims = report.claims();
    let touched = |name: &str| {
        let mut bounds = claims[0].bounds.iter();
        bounds.find(|bound| bound.name == name).map(|b| b.touched)
    };
    assert_eq!(touched("crashes"), Some(Some(false)));
    assert_eq!(touched("kill switches"), Some(Some(true)));
    let text = claims[0].to_string();
    assert!(text.contains("crashes 1 (never reached"), "{text}");
}

#[test]
fn what_was_not_explored_is_not_claimed() {
    let system = Protocol::recommended().system(Instance::new(1, 2, 4));
    let report = checker(&system).describe().max_states(5).run();
    let claim = &report.claims()[0];
    assert_eq!(claim.answer.outcome, Outcome::Undecided);
    assert!(!claim.complete && claim.answer.cause.is_some());
    assert_eq!(claim.bounds[0].touched, None);
}
