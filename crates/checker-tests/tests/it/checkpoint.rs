//! A search that was stopped and resumed ends as one that never stopped; and nothing else resumes.

use std::fmt::Debug;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use super::faults::Fickle;
use planwright_checker::{
    Audit, Checkable, Checker, CheckpointError, Checkpoints, Completion, Cost, Encode, Extent,
    Fault, Limit, Model, Progress, Report, Storage, Summary,
};
use planwright_model::Code;
use planwright_oracle::{AnyOrder, Reference, ReferenceState};

const REFERENCE: Reference = Reference {
    enactors: 2,
    plans: 3,
    endpoints: 2,
    threshold: 1,
    fixed: false,
};

const ANY_ORDER: AnyOrder = AnyOrder {
    couriers: 2,
    endpoints: 2,
    plans: 2,
};

pub(crate) fn create(folder: &Path) -> Checkpoints {
    let checkpoints = Checkpoints::create(folder, "test").expect("the folder is empty");
    checkpoints.every(Duration::ZERO)
}

pub(crate) fn open(folder: &Path) -> Checkpoints {
    let checkpoints = Checkpoints::open(folder, "test").expect("there is a checkpoint");
    checkpoints.every(Duration::ZERO)
}

/// All but what differs from run to run.
fn essence<M>(report: &Report<'_, M>) -> Summary
where
    M: Model<State: Debug, Action: Clone + Debug>,
{
    let mut summary = report.summary();
    summary.cost = Cost::default();
    summary
}

fn check_reference(model: &Reference) -> Checker<'_, Reference> {
    let (endpoints, plans) = (model.endpoints, model.plans);
    Checker::new(model)
        .without_model_properties()
        .always("never empty", move |s| s.never_empty(endpoints))
        .sometimes("all published", move |s: &ReferenceState| {
            s.generation() == plans
        })
        .always_step("generations grow", |s, _, t| {
            s.generation() <= t.generation()
        })
        .exhaustive()
}

/// Stops at every third level, resumes on another number of threads, and compares with a run that
/// never stopped.
fn stops_and_goes<M>(
    check: impl Fn() -> Checker<'static, M>,
    save: impl Fn(Checker<'static, M>, Checkpoints) -> Checker<'static, M>,
) where
    M: 'static + Checkable<State: Debug + Eq, Action: Debug>,
{
    let expected = check().run();
    let depth = expected.statistics().depth;
    assert!(depth > 6, "too shallow to stop");
    let folder = tempfile::tempdir().expect("a folder");
    let mut checkpoints = create(folder.path());
    for limit in (0..depth).step_by(3) {
        let threads = 1 + limit as usize % 2;
        let part = check().max_depth(limit).threads(threads).tuning(7, 3, 7);
        let report = save(part, checkpoints).try_run().expect("it resumes");
        assert!(report.checkpoint_error().is_none());
        assert_eq!(report.statistics().depth, limit);
        checkpoints = open(folder.path());
    }
    let report = save(check(), checkpoints).try_run().expect("it resumes");
    assert_eq!(essence(&report), essence(&expected));
    let left = fs::read_dir(folder.path()).expect("it is still there");
    assert_eq!(left.count(), 0, "a finished search needs no checkpoint");
}

#[test]
fn words_fingerprints_and_orbits_resume() {
    static MODEL: Reference = REFERENCE;
    stops_and_goes(|| check_reference(&MODEL), Checker::checkpoints);
    stops_and_goes(
        || check_reference(&MODEL).storage(Storage::Exact),
        Checker::checkpoints,
    );
    let folded = || check_reference(&MODEL).storage(Storage::Exact).symmetry();
    stops_and_goes(folded, Checker::checkpoints);
    stops_and_goes(
        || check_reference(&MODEL).symmetry().seed(7),
        Checker::checkpoints,
    );
}

#[test]
fn states_of_many_bytes_resume() {
    static MODEL: AnyOrder = ANY_ORDER;
    let check = || Checker::new(&MODEL).always("true", |_| true);
    stops_and_goes(check, Checker::checkpoints);
    stops_and_goes(|| check().storage(Storage::Exact), Checker::checkpoints);
}

#[test]
fn a_resumed_search_asks_again_about_what_it_expands() {
    for all in [false, true] {
        let model = Fickle(AtomicU32::new(0)); // at 40
        let check = || Checker::new(&model).always("true", |_| true);
        let folder = tempfile::tempdir().expect("a folder");
        let part = check()
            .audit(Audit {
                determinism: Extent::Sample,
                ..Audit::default()
            })
            .max_depth(40);
        let report = part.checkpoints_by_serde(create(folder.path())).try_run();
        let report = report.expect("it begins");
        assert_eq!(report.completion(), &Completion::Stopped(Limit::Depth(40)));
        let rest = check().audit(Audit {
            determinism: if all { Extent::All } else { Extent::Sample },
            ..Audit::default()
        });
        let report = rest
            .checkpoints_by_serde(open(folder.path()))
            .try_run()
            .expect("it resumes");
        let is_fickle = matches!(
            report.completion(),
            Completion::Faulted(Fault::NotDeterministic { .. })
        );
        assert_eq!(is_fickle, all, "{report}");
    }
}

/// All words of two letters.
struct Words;

impl Model for Words {
    type State = Vec<bool>;
    type Action = bool;

    fn init_states(&self) -> Vec<Vec<bool>> {
        vec![vec![]]
    }

    fn actions(&self, word: &Vec<bool>, actions: &mut Vec<bool>) {
        actions.extend([false, true].into_iter().filter(|_| word.len() < 9));
    }

    fn next_state(&self, word: &Vec<bool>, letter: bool) -> Option<Vec<bool>> {
        Some(word.iter().copied().chain([letter]).collect())
    }

    fn within_boundary(&self, word: &Vec<bool>) -> bool {
        !word.starts_with(&[true, true])
    }
}

#[test]
fn states_on_the_heap_resume_by_serde() {
    let check = || {
        Checker::new(&Words)
            .always_step("longer", |s, _, t| s.len() < t.len())
            .sometimes("six in a row", |s| s.ends_with(&[true; 6]))
            .exhaustive()
    };
    stops_and_goes(check, Checker::checkpoints_by_serde);
}

/// The checkpoint of a search that was stopped halfway.
fn halfway(folder: &Path) {
    let part = check_reference(&REFERENCE).max_depth(8);
    let report = part
        .checkpoints(create(folder))
        .try_run()
        .expect("a new run");
    assert!(!report.completion().is_complete());
}

fn refusal(checker: Checker<'_, Reference>, checkpoints: Checkpoints) -> CheckpointError {
    match checker.checkpoints(checkpoints).try_run() {
        Ok(report) => panic!("it was resumed:\n{report}"),
        Err(error) => error,
    }
}

#[test]
fn damage_anywhere_is_noticed_and_the_file_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    halfway(folder.path());
    let file = open(folder.path()).file();
    let whole = fs::read(&file).expect("a checkpoint");
    for at in (0..whole.len()).step_by(whole.len() / 97 + 1) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        fs::write(&file, &bytes).expect("written");
        let error = refusal(check_reference(&REFERENCE), open(folder.path()));
        if at < 24 {
            assert!(
                matches!(error, CheckpointError::NotACheckpoint { .. }),
                "{error}"
            );
        } else {
            assert!(matches!(error, CheckpointError::Damaged { .. }), "{error}");
        }
        assert_eq!(fs::read(&file).expect("still there"), bytes);
    }
    for length in [0, 10, 24, 60, whole.len() / 2, whole.len() - 1] {
        fs::write(&file, &whole[..length]).expect("written");
        let error = refusal(check_reference(&REFERENCE), open(folder.path()));
        assert!(
            error.to_string().contains("planwright.checkpoint"),
            "{error}"
        );
    }
    // The original still resumes.
    fs::write(&file, &whole).expect("written");
    let resumed = check_reference(&REFERENCE).checkpoints(open(folder.path()));
    assert!(resumed.try_run().is_ok());
}

#[test]
fn another_exploration_is_refused_by_what_differs() {
    let folder = tempfile::tempdir().expect("a folder");
    halfway(folder.path());
    let own = || check_reference(&REFERENCE);
    let others = [
        ("list of properties", own().always("one more", |_| true)),
        ("seed", own().seed(1)),
        ("exact mode", own().storage(Storage::Exact)),
        ("symmetry", own().symmetry()),
        (
            "number of action classes",
            own().count_actions(["any"], |_| 0),
        ),
    ];
    for (what, checker) in others {
        let error = refusal(checker, open(folder.path()));
        let text = error.to_string();
        assert!(matches!(error, CheckpointError::Foreign { .. }), "{text}");
        assert!(text.contains(&format!("its {what} is")), "{text}");
    }
    let elsewhere = Checkpoints::open(folder.path(), "another size").expect("it is there");
    let text = refusal(own(), elsewhere).to_string();
    assert!(
        text.contains("its configuration is `test`, and here it is `another size`"),
        "{text}"
    );
}

#[test]
fn another_model_under_the_same_name_is_refused() {
    let changes: [fn(&mut Reference); 4] = [
        |m| m.fixed = true,
        |m| m.plans = 4,
        |m| m.threshold = 0,
        |m| m.enactors = 3,
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let folder = tempfile::tempdir().expect("a folder");
        halfway(folder.path());
        let mut other = REFERENCE;
        change(&mut other);
        let error = refusal(check_reference(&other), open(folder.path()));
        let text = error.to_string();
        assert!(
            matches!(error, CheckpointError::Mismatch { .. }),
            "{index}: {text}"
        );
    }
}

#[test]
fn nothing_is_overwritten_and_nothing_is_made_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = Checkpoints::open(folder.path(), "test");
    assert!(
        matches!(missing, Err(CheckpointError::Missing { .. })),
        "{missing:?}"
    );
    halfway(folder.path());
    let there = Checkpoints::create(folder.path(), "test");
    assert!(
        matches!(there, Err(CheckpointError::AlreadyThere { .. })),
        "{there:?}"
    );
    // A file is no directory.
    let file = folder.path().join("file");
    fs::write(&file, "").expect("written");
    let refused = Checkpoints::create(file.join("below"), "test");
    assert!(
        matches!(refused, Err(CheckpointError::Directory { .. })),
        "{refused:?}"
    );
}

#[test]
fn a_directory_that_vanishes_costs_only_the_checkpoints() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("checkpoints");
    let gone = path.clone();
    let checker = check_reference(&REFERENCE).listener(move |_: &Progress| {
        let _ = fs::remove_dir_all(&gone);
    });
    // Gone from the first level on, whenever the listener is told.
    let checkpoints = create(&path);
    fs::remove_dir_all(&path).expect("removed");
    let report = checker.checkpoints(checkpoints).try_run().expect("it runs");
    assert_eq!(
        essence(&report),
        essence(&check_reference(&REFERENCE).run())
    );
    assert!(report.checkpoint_error().is_some());
    let text = report.to_string();
    assert!(
        text.contains("warning: no checkpoint was written"),
        "{text}"
    );
}

/// States from the middle on have no code.
struct HalfCoded;

impl Model for HalfCoded {
    type State = u64;
    type Action = ();

    fn init_states(&self) -> Vec<u64> {
        vec![0]
    }

    fn actions(&self, state: &u64, actions: &mut Vec<()>) {
        actions.extend((*state < 20).then_some(()));
    }

    fn next_state(&self, state: &u64, (): ()) -> Option<u64> {
        Some(state + 1)
    }
}

impl Encode for HalfCoded {
    type Code = u64;

    fn encode(&self, state: &u64) -> Option<u64> {
        (*state < 10).then_some(*state)
    }

    fn decode(&self, code: u64) -> u64 {
        code
    }
}

#[test]
fn a_state_without_a_code_costs_only_the_checkpoint() {
    let folder = tempfile::tempdir().expect("a folder");
    let checker = Checker::new(&HalfCoded).always("small", |n| *n < 100);
    let report = checker.checkpoints(create(folder.path())).try_run();
    let report = report.expect("it runs");
    report.assert_holds();
    let error = report
        .checkpoint_error()
        .expect("the last levels were not saved");
    assert!(
        error.to_string().contains("checkpoints_by_serde"),
        "{error}"
    );
}

#[test]
fn codes_are_read_back_from_their_bytes() {
    let mut bytes = Vec::new();
    0x0123_4567_89ab_cdef_u64.append_to(&mut bytes);
    [7_u8, 8, 9].append_to(&mut bytes);
    let mut rest = &bytes[..];
    assert_eq!(u64::take_from(&mut rest), Some(0x0123_4567_89ab_cdef));
    assert_eq!(<[u8; 3]>::take_from(&mut rest), Some([7, 8, 9]));
    assert_eq!(<[u8; 1]>::take_from(&mut rest), None);
}
