//! Models that break the rules every verdict rests on, and models that panic.

use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};

use planwright_checker::{
    Audit, Cause, Checker, Completion, Extent, Fault, Model, Outcome, Place, Trace, Verdict,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PanicsIn {
    Nothing,
    InitStates,
    Actions,
    NextState,
    WithinBoundary,
}

/// A grid that is walked right and down; it panics at 3, 2.
#[derive(Clone, Debug)]
struct Grid(PanicsIn);

const TRAP: (u8, u8) = (3, 2);

impl Grid {
    fn trap(&self, here: PanicsIn, state: (u8, u8)) {
        assert!(self.0 != here || state != TRAP, "the trap");
    }
}

impl Model for Grid {
    type State = (u8, u8);
    type Action = bool;

    fn init_states(&self) -> Vec<(u8, u8)> {
        assert!(self.0 != PanicsIn::InitStates, "the trap");
        vec![(0, 0)]
    }

    fn actions(&self, state: &(u8, u8), actions: &mut Vec<bool>) {
        self.trap(PanicsIn::Actions, *state);
        actions.extend([false, true]);
    }

    fn next_state(&self, &(x, y): &(u8, u8), down: bool) -> Option<(u8, u8)> {
        self.trap(PanicsIn::NextState, (x, y));
        let next = if down { (x, y + 1) } else { (x + 1, y) };
        (next.0 < 20 && next.1 < 20).then_some(next)
    }

    fn within_boundary(&self, state: &(u8, u8)) -> bool {
        self.trap(PanicsIn::WithinBoundary, *state);
        true
    }
}

/// The fault that ends every run, with 1, 2 and 8 threads; it must be the same one.
fn fault<M: Model + Sync + 'static>(checker: impl Fn() -> Checker<'static, M>) -> Fault
where
    M::State: Clone + Hash + Eq + Send + Sync + std::fmt::Debug,
    M::Action: Clone + PartialEq + Send + Sync + std::fmt::Debug,
{
    let run = |threads| {
        let report = checker().threads(threads).tuning(4, 1, 1).run();
        assert_eq!(report.outcome(), Outcome::Undecided, "{report}");
        for finding in report.findings() {
            assert!(matches!(
                finding.verdict,
                Verdict::Undecided(Cause::Fault(_))
            ));
        }
        match report.completion() {
            Completion::Faulted(fault) => fault.clone(),
            other => panic!("{other}"),
        }
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(8));
    one
}

fn grid(panics: PanicsIn) -> &'static Grid {
    Box::leak(Box::new(Grid(panics)))
}

/// The place of a panic, and the state that its replay line leads to.
fn place(fault: &Fault) -> (Place, Option<(u8, u8)>) {
    let Fault::Panicked {
        place,
        message,
        path,
    } = fault
    else {
        panic!("{fault}");
    };
    assert_eq!(message, "the trap");
    let grid = Grid(PanicsIn::Nothing);
    let trace = path
        .as_ref()
        .map(|line| Trace::replay(&grid, line).expect("it replays"));
    (place.clone(), trace.map(|trace| *trace.last_state()))
}

#[test]
fn a_panic_of_the_model_is_reported_with_the_schedule_that_leads_to_it() {
    let run = |panics| {
        place(&fault(|| {
            Checker::new(grid(panics)).always("true", |_| true)
        }))
    };
    assert_eq!(run(PanicsIn::InitStates), (Place::InitStates, None));
    assert_eq!(run(PanicsIn::Actions), (Place::Actions, Some(TRAP)));
    assert_eq!(
        run(PanicsIn::NextState),
        (Place::NextState { action: 0 }, Some(TRAP))
    );
    // The trap itself could not be entered; its path leads there all the same.
    let (place, _) = run(PanicsIn::WithinBoundary);
    assert!(matches!(place, Place::WithinBoundary { .. }), "{place}");
}

#[test]
fn the_path_of_a_boundary_s_panic_does_not_depend_on_the_properties() {
    let model = grid(PanicsIn::WithinBoundary);
    let states = fault(|| Checker::new(model).always("true", |_| true));
    let steps = fault(|| Checker::new(model).always_step("true", |_, _, _| true));
    assert!(states.path().is_some());
    assert_eq!(states, steps);
}

#[test]
fn a_panic_of_a_property_is_reported_by_the_property_s_name() {
    let model = grid(PanicsIn::Nothing);
    let of_states = fault(|| {
        Checker::new(model).always("fragile", |s| {
            assert!(*s != TRAP, "the trap");
            true
        })
    });
    let name = "fragile".to_owned();
    assert_eq!(
        place(&of_states),
        (Place::Property { name: name.clone() }, Some(TRAP))
    );
    let of_steps = fault(|| {
        Checker::new(model).always_step("fragile", |s, _, _| {
            assert!(*s != TRAP, "the trap");
            true
        })
    });
    assert_eq!(
        place(&of_steps),
        (Place::StepProperty { name, action: 0 }, Some(TRAP))
    );
}

#[test]
fn a_panic_of_the_class_function_is_reported() {
    let model = grid(PanicsIn::Nothing);
    let fault = fault(|| {
        let checker = Checker::new(model).always("true", |_| true);
        checker.count_actions(["right"], |down| {
            assert!(!down, "the trap");
            0
        })
    });
    assert_eq!(
        place(&fault),
        (Place::ActionClass { action: 1 }, Some((0, 0)))
    );
}

#[test]
fn what_was_violated_before_the_panic_stays_violated() {
    let model = grid(PanicsIn::Actions);
    for threads in [1, 2, 8] {
        let report = Checker::new(model)
            .always("stays left", |s| s.0 < 2)
            .always("true", |_| true)
            .threads(threads)
            .tuning(4, 1, 1)
            .run();
        assert_eq!(report.assert_violated("stays left").len(), 2);
        assert!(report.finding("true").is_some_and(|f| f.is_undecided()));
        assert_eq!(report.outcome(), Outcome::Violated);
    }
}

/// Answers differently each time it is asked about state 40.
pub(crate) struct Fickle(pub(crate) AtomicU32);

impl Model for Fickle {
    type State = u32;
    type Action = ();

    fn init_states(&self) -> Vec<u32> {
        vec![0]
    }

    fn actions(&self, _: &u32, actions: &mut Vec<()>) {
        actions.push(());
    }

    fn next_state(&self, state: &u32, (): ()) -> Option<u32> {
        match *state {
            40 => Some(100 + self.0.fetch_add(1, Ordering::Relaxed)),
            100.. => None,
            _ => Some(state + 1),
        }
    }
}

#[test]
fn a_model_that_is_not_deterministic_is_found() {
    for threads in [1, 2] {
        let model = Fickle(AtomicU32::new(0));
        let checker = Checker::new(&model).always("true", |_| true);
        let report = checker
            .audit(Audit {
                determinism: Extent::All,
                ..Audit::default()
            })
            .threads(threads)
            .run();
        assert!(
            matches!(
                report.completion(),
                Completion::Faulted(Fault::NotDeterministic { .. })
            ),
            "{report}"
        );
        assert_eq!(report.outcome(), Outcome::Undecided);
    }
}

/// A state of which `Eq` or `Hash` looks at the first number only.
#[derive(Clone, Copy, Debug)]
struct Pair<const EQ_SEES_ALL: bool>(u32, u32);

impl<const EQ_SEES_ALL: bool> PartialEq for Pair<EQ_SEES_ALL> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 && (!EQ_SEES_ALL || self.1 == other.1)
    }
}

impl<const EQ_SEES_ALL: bool> Eq for Pair<EQ_SEES_ALL> {}

impl<const EQ_SEES_ALL: bool> Hash for Pair<EQ_SEES_ALL> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
        if !EQ_SEES_ALL {
            self.1.hash(state);
        }
    }
}

/// Counts the first number to 50, and the second one or two at a time.
struct Pairs<const EQ_SEES_ALL: bool>;

impl<const EQ_SEES_ALL: bool> Model for Pairs<EQ_SEES_ALL> {
    type State = Pair<EQ_SEES_ALL>;
    type Action = u32;

    fn init_states(&self) -> Vec<Self::State> {
        vec![Pair(0, 0)]
    }

    fn actions(&self, _: &Self::State, actions: &mut Vec<u32>) {
        actions.extend([1, 2]);
    }

    fn next_state(&self, state: &Self::State, by: u32) -> Option<Self::State> {
        (state.0 < 50).then_some(Pair(state.0 + 1, state.1 + by))
    }
}

#[test]
fn a_hash_that_disagrees_with_eq_is_found() {
    let ignores = fault(|| Checker::new(&Pairs::<true>).always("true", |_| true));
    assert!(
        matches!(ignores, Fault::HashDisagreesWithEq { .. }),
        "{ignores}"
    );
    assert!(ignores.to_string().contains("would be missed"), "{ignores}");
    let sees_more = fault(|| Checker::new(&Pairs::<false>).always("true", |_| true));
    assert!(
        matches!(sees_more, Fault::HashDisagreesWithEq { .. }),
        "{sees_more}"
    );
    assert!(
        sees_more.to_string().contains("two equal states"),
        "{sees_more}"
    );
}

/// Answers `actions` with one action more each time it is asked about state 40.
struct Moody(AtomicU32);

impl Model for Moody {
    type State = u32;
    type Action = u32;

    fn init_states(&self) -> Vec<u32> {
        vec![0]
    }

    fn actions(&self, state: &u32, actions: &mut Vec<u32>) {
        match *state {
            40 => actions.extend(0..self.0.fetch_add(1, Ordering::Relaxed)),
            _ => actions.push(0),
        }
    }

    fn next_state(&self, state: &u32, _: u32) -> Option<u32> {
        (*state < 40).then_some(state + 1)
    }
}

#[test]
fn the_state_in_which_a_model_is_not_deterministic_is_named() {
    let of_next_states = fault(|| {
        let model = Box::leak(Box::new(Fickle(AtomicU32::new(0))));
        let checker = Checker::new(model).always("true", |_| true);
        checker.audit(Audit {
            determinism: Extent::All,
            ..Audit::default()
        })
    });
    let of_actions = fault(|| {
        let model = Box::leak(Box::new(Moody(AtomicU32::new(0))));
        let checker = Checker::new(model).always("true", |_| true);
        checker.audit(Audit {
            determinism: Extent::All,
            ..Audit::default()
        })
    });
    let details = [
        "action 0 of a state led to another state when taken again",
        "a state had 0 actions, then 1",
    ];
    for (fault, expected) in [of_next_states, of_actions].iter().zip(details) {
        let Fault::NotDeterministic { detail, path } = fault else {
            panic!("{fault}");
        };
        assert_eq!(detail, expected);
        let line = path.as_ref().expect("a schedule leads there");
        let trace = Trace::replay(&Fickle(AtomicU32::new(0)), line).expect("it replays");
        assert_eq!(*trace.last_state(), 40);
    }
}

#[test]
fn a_panic_of_any_kind_of_state_property_is_reported() {
    let model = grid(PanicsIn::Nothing);
    let fragile = |s: &(u8, u8)| {
        assert!(*s != TRAP, "the trap");
        false
    };
    let sometimes = fault(|| Checker::new(model).sometimes("fragile", fragile));
    let when = fault(|| Checker::new(model).always_implies("fragile", fragile, |_| true));
    let then = fault(|| Checker::new(model).always_implies("fragile", |s| *s == TRAP, fragile));
    for fault in [sometimes, when, then] {
        let name = "fragile".to_owned();
        assert_eq!(place(&fault), (Place::Property { name }, Some(TRAP)));
    }
}

#[test]
fn a_panic_without_a_text_is_reported() {
    let model = grid(PanicsIn::Nothing);
    let silent = fault(|| Checker::new(model).always("silent", |_| std::panic::panic_any(7)));
    let expected = Fault::Panicked {
        place: Place::Property {
            name: "silent".to_owned(),
        },
        message: "a panic without a message".to_owned(),
        path: Some("0".to_owned()),
    };
    assert_eq!(silent, expected);
}
