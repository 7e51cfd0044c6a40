//! Up to symmetry: what is sound agrees with the whole graph, what is not is refused by name.

use planwright_checker::{Audit, Cause, Checker, Extent, Fault, Storage, Verdict};
use planwright_oracle::{AnyOrder, Reference, ReferenceState};

fn newest_everywhere(model: &Reference, state: &ReferenceState) -> bool {
    (0..model.endpoints).all(|endpoint| state.endpoint(endpoint) == state.generation())
}

#[test]
fn recoverability_and_deadlocks_are_the_same_of_orbits() {
    let mut violated = 0;
    for (enactors, plans, endpoints, threshold) in [(2, 3, 1, 1), (2, 4, 2, 1), (3, 3, 1, 0)] {
        for fixed in [false, true] {
            let model = Reference {
                enactors,
                plans,
                endpoints,
                threshold,
                fixed,
            };
            let good = |state: &ReferenceState| newest_everywhere(&model, state);
            let checker = || {
                Checker::new(&model)
                    .without_model_properties()
                    .recoverable("recoverable", good)
                    .no_deadlock("ends well", good)
            };
            let whole = checker().run();
            for report in [
                checker().symmetry().run(),
                checker().symmetry().storage(Storage::Exact).run(),
            ] {
                assert!(report.statistics().states < whole.statistics().states);
                for (orbits, all) in report.findings().iter().zip(whole.findings()) {
                    assert_eq!(orbits.verdict.outcome(), all.verdict.outcome(), "{report}");
                    let length = |trace: &planwright_checker::Trace<_, _>| trace.len();
                    let lengths = [orbits, all].map(|f| f.verdict.trace().map(length));
                    assert_eq!(lengths[0], lengths[1], "{report}");
                    violated += u32::from(orbits.is_violated());
                    // Told in the model's own terms, the schedule leads where it should.
                    if let Some(trace) = orbits.verdict.trace() {
                        assert!(!good(trace.last_state()));
                    }
                }
            }
        }
    }
    assert!(violated > 0);
}

#[test]
fn properties_of_runs_are_refused_by_name() {
    let model = AnyOrder {
        couriers: 2,
        endpoints: 2,
        plans: 2,
    };
    let report = Checker::new(&model)
        .without_model_properties()
        .always("true", |_| true)
        .eventually("some day", |_| true)
        .leads_to("one to another", |_| true, |_| true)
        .symmetry()
        .run();
    for name in ["some day", "one to another"] {
        let finding = report.finding(name).expect("it was asked for");
        assert_eq!(finding.verdict, Verdict::Undecided(Cause::Symmetry));
    }
    assert!(
        report
            .finding("true")
            .is_some_and(|finding| finding.holds())
    );
    assert!(
        report
            .to_string()
            .contains("leave out `symmetry()` for this property")
    );
}

#[test]
fn a_goal_that_names_an_enactor_is_refused() {
    let model = Reference {
        enactors: 2,
        plans: 2,
        endpoints: 1,
        threshold: 0,
        fixed: true,
    };
    let report = Checker::new(&model)
        .without_model_properties()
        .recoverable("the first is idle", |state| {
            state.enactor(0) == Default::default()
        })
        .symmetry()
        .audit(Audit {
            symmetry: Extent::All,
            ..Audit::default()
        })
        .run();
    let fault = report.completion().fault().expect("a fault");
    assert!(matches!(fault, Fault::NotSymmetric { .. }), "{report}");
    assert!(fault.to_string().contains("the first is idle"), "{report}");
}

#[test]
fn what_needs_the_graph_can_be_left_out() {
    let model = AnyOrder {
        couriers: 2,
        endpoints: 2,
        plans: 2,
    };
    let report = Checker::new(&model)
        .without_model_properties()
        .always("true", |_| true)
        .sometimes("true somewhere", |_| true)
        .no_deadlock("ends well", |_| true)
        .recoverable("some way", |_| true)
        .eventually("some day", |_| false)
        .symmetry()
        .without_temporal_properties()
        .run();
    let names = report
        .findings()
        .iter()
        .map(|finding| finding.name.as_str());
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["true", "true somewhere", "ends well"]
    );
    report.assert_holds();
}
