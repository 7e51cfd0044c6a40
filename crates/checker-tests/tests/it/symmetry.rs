//! Exploration up to symmetry agrees with brute force, shows schedules of the model itself, and
//! refuses whatever is not symmetric.

use std::collections::HashSet;

use planwright_checker::{
    Audit, Checker, Completion, Extent, Fault, Model, Outcome, Report, Storage, Symmetric, Trace,
};
use planwright_model::smallest_of_orbit;
use planwright_oracle::{AnyOrder, AnyOrderState, Naive, Reference, Renaming, Write};

/// The orbits among all reachable states, and the depth of the shallowest state of each.
fn orbits<M>(model: &M) -> (u64, Vec<u64>)
where
    M: Symmetric<State: Clone + Ord + std::hash::Hash>,
{
    let all = Naive::explore(model);
    let mut met = HashSet::new();
    let mut levels = Vec::new();
    for (state, depth) in all.states.iter().zip(&all.depths) {
        if met.insert(smallest_of_orbit(model, state)) {
            levels.resize(depth + 1, 0);
            levels[*depth] += 1;
        }
    }
    (met.len() as u64, levels)
}

fn small_references() -> impl Iterator<Item = Reference> {
    let sizes = [(1, 3, 2, 0), (2, 3, 1, 1), (2, 4, 2, 1), (3, 2, 2, 0)];
    let sizes = sizes
        .into_iter()
        .flat_map(|size| [(size, false), (size, true)]);
    sizes.map(
        |((enactors, plans, endpoints, threshold), fixed)| Reference {
            enactors,
            plans,
            endpoints,
            threshold,
            fixed,
        },
    )
}

fn any_orders() -> impl Iterator<Item = AnyOrder> {
    let sizes = [(1, 3, 2), (2, 2, 3), (3, 2, 2), (2, 3, 1)];
    sizes
        .into_iter()
        .map(|(couriers, endpoints, plans)| AnyOrder {
            couriers,
            endpoints,
            plans,
        })
}

#[test]
fn orbits_are_counted_as_brute_force_counts_them() {
    for model in any_orders() {
        let (count, levels) = orbits(&model);
        for threads in [1, 2, 3] {
            let run = Checker::new(&model).exhaustive().threads(threads);
            let report = run.tuning(5, 2, 4).symmetry().run();
            assert_eq!(report.completion(), &Completion::Exhausted, "{model:?}");
            assert_eq!(report.statistics().states, count, "{model:?}");
            assert_eq!(report.statistics().levels, levels, "{model:?}");
            let exact = Checker::new(&model)
                .exhaustive()
                .storage(Storage::Exact)
                .symmetry()
                .run();
            assert_eq!(exact.statistics().states, count, "{model:?}");
        }
    }
    for model in small_references() {
        let (count, levels) = orbits(&model);
        let report = Checker::new(&model).exhaustive().symmetry().run();
        assert_eq!(report.statistics().states, count, "{model:?}");
        assert_eq!(report.statistics().levels, levels, "{model:?}");
    }
}

/// Every member of every orbit has the canonical form of the orbit.
#[test]
fn canonical_forms_are_the_same_on_brute_force_orbits() {
    for model in any_orders() {
        for state in &Naive::explore(&model).states {
            let form = model.canonical(state);
            let mut found = false;
            for permutation in model.permutations() {
                let renamed = model.permute(&permutation, state);
                assert_eq!(model.canonical(&renamed), form);
                found |= renamed == form;
            }
            assert!(found, "the canonical form belongs to the orbit");
        }
    }
}

#[test]
fn a_schedule_is_one_of_the_model_itself_and_shortest() {
    for model in small_references() {
        let bad = |state: &<Reference as Model>::State| !state.never_empty(model.endpoints);
        let shortest = Naive::explore(&model).shortest(bad);
        for threads in [1, 2] {
            let run = Checker::new(&model).symmetry().threads(threads);
            let report = run.tuning(5, 2, 4).run();
            let trace = report.findings()[0].verdict.trace();
            assert_eq!(
                trace.map(planwright_checker::Trace::len),
                shortest,
                "{model:?}"
            );
            if let Some(trace) = trace {
                let mut state = model.init_states()[0];
                assert_eq!(&state, &trace.states()[0]);
                for (action, after) in trace.actions().iter().zip(&trace.states()[1..]) {
                    state = model.next_state(&state, *action).expect("a step");
                    assert_eq!(&state, after);
                }
                assert!(bad(&state));
            }
        }
    }
}

/// A step that goes back to an older plan: the step itself is shown, by whichever courier.
#[test]
fn a_violated_property_of_steps_ends_with_a_step_that_violates_it() {
    let model = AnyOrder {
        couriers: 2,
        endpoints: 2,
        plans: 2,
    };
    let forwards = |before: &AnyOrderState, _: &Write, after: &AnyOrderState| {
        (0..2).all(|endpoint| before.endpoints[endpoint] <= after.endpoints[endpoint])
    };
    let plain = Checker::new(&model).always_step("forwards", forwards).run();
    let folded = Checker::new(&model)
        .always_step("forwards", forwards)
        .symmetry()
        .run();
    assert_eq!(folded.outcome(), Outcome::Violated);
    let traces = [plain, folded].map(|report| report.findings()[0].verdict.trace().cloned());
    let [Some(plain), Some(folded)] = traces else {
        panic!("both have schedules")
    };
    assert_eq!(plain.len(), folded.len());
    let (before, action, after) = folded.steps().next_back().expect("a step");
    assert!(!forwards(before, action, after));
}

fn refusal<M: Model>(report: &Report<'_, M>) -> String {
    match report.completion() {
        Completion::Faulted(Fault::NotSymmetric { detail, .. }) => detail.clone(),
        other => panic!("not refused: {other:?}"),
    }
}

const MODEL: AnyOrder = AnyOrder {
    couriers: 2,
    endpoints: 2,
    plans: 2,
};

#[test]
fn a_property_that_names_a_part_is_refused_by_name() {
    let report = Checker::new(&MODEL)
        .always("the first endpoint is not ahead", |s| {
            s.endpoints[0] <= s.endpoints[1]
        })
        .symmetry()
        .audit(Audit {
            symmetry: Extent::All,
            ..Audit::default()
        })
        .run();
    assert!(refusal(&report).contains("`the first endpoint is not ahead` has another value"));
    assert_eq!(report.outcome(), Outcome::Undecided);

    let report = Checker::new(&MODEL)
        .always_step("courier 0 never picks", |_, action, _| {
            *action != Write::Pick(0)
        })
        .symmetry()
        .audit(Audit {
            symmetry: Extent::All,
            ..Audit::default()
        })
        .run();
    assert!(refusal(&report).contains("`courier 0 never picks` has another value of a step"));

    let classes = |action: &Write| usize::from(matches!(action, Write::Pick(0)));
    let report = Checker::new(&MODEL)
        .count_actions(["others", "courier 0 picks"], classes)
        .symmetry()
        .audit(Audit {
            symmetry: Extent::All,
            ..Audit::default()
        })
        .run();
    assert!(refusal(&report).contains("another class"));
}

/// [`AnyOrder`], spoilt in one way.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spoilt {
    /// Courier 0 may not pick plan 2.
    Steps,
    /// States in which endpoint 0 has plan 2 are cut off.
    Boundary,
    /// Courier 0 starts with a plan.
    Initial,
    /// Couriers are sorted by their plan only.
    TiesKept,
    /// Not a member of the orbit.
    Stranger,
    /// Actions are not renamed.
    Actions,
}

impl Model for Spoilt {
    type State = AnyOrderState;
    type Action = Write;

    fn init_states(&self) -> Vec<AnyOrderState> {
        let mut initial = MODEL.init_states();
        if *self == Self::Initial {
            initial[0].newest = 1;
            initial[0].couriers[0].plan = 1;
        }
        initial
    }

    fn actions(&self, state: &AnyOrderState, actions: &mut Vec<Write>) {
        MODEL.actions(state, actions);
        if *self == Self::Steps && state.newest == 2 {
            actions.retain(|action| *action != Write::Pick(0));
        }
    }

    fn next_state(&self, last: &AnyOrderState, action: Write) -> Option<AnyOrderState> {
        MODEL.next_state(last, action)
    }

    fn within_boundary(&self, state: &AnyOrderState) -> bool {
        *self != Self::Boundary || state.endpoints[0] < 2
    }
}

impl Symmetric for Spoilt {
    type Permutation = Renaming;

    fn permutations(&self) -> Vec<Renaming> {
        MODEL.permutations()
    }

    fn permute(&self, renaming: &Renaming, state: &AnyOrderState) -> AnyOrderState {
        MODEL.permute(renaming, state)
    }

    fn permute_action(&self, renaming: &Renaming, action: &Write) -> Write {
        match self {
            Self::Actions => *action,
            _ => MODEL.permute_action(renaming, action),
        }
    }

    fn canonical(&self, state: &AnyOrderState) -> AnyOrderState {
        let mut form = MODEL.canonical(state);
        match self {
            Self::TiesKept => {
                form = *state;
                form.endpoints[..2].sort_unstable();
                form.couriers[..2].sort_by_key(|courier| courier.plan);
            }
            Self::Stranger => form.newest += u8::from(form.newest == 1),
            _ => {}
        }
        form
    }
}

#[test]
fn a_model_that_is_not_symmetric_is_refused() {
    for (model, why) in [
        (Spoilt::Steps, "step"),
        (Spoilt::Boundary, "the other side of the boundary"),
        (Spoilt::Initial, "an initial state is not one"),
        (Spoilt::TiesKept, "canonical form"),
        (Spoilt::Stranger, "none of its renamings"),
        (Spoilt::Actions, "a step is not a step"),
    ] {
        for threads in [1, 2] {
            let run = Checker::new(&model).exhaustive().threads(threads);
            let report = run
                .symmetry()
                .audit(Audit {
                    symmetry: Extent::All,
                    ..Audit::default()
                })
                .run();
            let refusal = refusal(&report);
            assert!(refusal.contains(why), "{model:?}: {refusal}");
        }
    }
}

/// The report names the state in which it shows, and the action that leads there.
#[test]
fn a_refusal_names_state_and_action() {
    for (model, action) in [
        (Spoilt::Steps, None),
        (Spoilt::Initial, None),
        (Spoilt::Actions, Some("Pick")),
        (Spoilt::Boundary, Some("Put")),
    ] {
        let checker = Checker::new(&model).exhaustive().threads(1).symmetry();
        let report = checker
            .audit(Audit {
                symmetry: Extent::All,
                ..Audit::default()
            })
            .run();
        let text = report.to_string();
        let path = report.completion().fault().and_then(Fault::path);
        let path = path.unwrap_or_else(|| panic!("{model:?}: no schedule leads there: {text}"));
        let trace = Trace::replay(&model, path).expect("a schedule of the model");
        assert!(
            text.contains(&format!("in state: {:?}", trace.last_state())),
            "{text}"
        );
        match trace.actions().last() {
            Some(last) => assert!(text.contains(&format!("after action: {last:?}")), "{text}"),
            None => assert!(text.contains("which is an initial state"), "{text}"),
        }
        if let Some(action) = action {
            assert!(
                text.contains(&format!("after action: {action}")),
                "{model:?}: {text}"
            );
        }
    }
}
