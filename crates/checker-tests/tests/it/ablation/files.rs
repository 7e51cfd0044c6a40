//! Results that survive the process.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use planwright_checker::ablation::{Ablation, Lattice, ResultFile, ResultFileError, SafeguardSet};
use planwright_checker::{Checker, Model};

/// A counter; each safeguard lowers its bound by one.
struct Counter(u8);

impl Model for Counter {
    type State = u8;
    type Action = ();

    fn init_states(&self) -> Vec<u8> {
        vec![0]
    }

    fn actions(&self, state: &u8, actions: &mut Vec<()>) {
        actions.extend((*state < self.0).then_some(()));
    }

    fn next_state(&self, state: &u8, (): ()) -> Option<u8> {
        Some(state + 1)
    }
}

const NAMES: [&str; 3] = ["a", "b", "c"];

/// Runs it, and tells which sets were built for exploring.
fn run(
    path: &Path,
    configuration: &str,
    depth: u32,
) -> Result<(Lattice, Vec<SafeguardSet>), ResultFileError> {
    run_of((10, 8), path, configuration, depth)
}

/// The same, of a counter up to `top` that is to stay at most at `allowed`.
fn run_of(
    (top, allowed): (u8, u8),
    path: &Path,
    configuration: &str,
    depth: u32,
) -> Result<(Lattice, Vec<SafeguardSet>), ResultFileError> {
    let built = Mutex::new(Vec::new());
    let file = ResultFile::open(path, configuration)?;
    let build = |on: SafeguardSet| {
        built.lock().expect("no panic").push(on);
        Counter(top - on.len() as u8)
    };
    let ablation = Ablation::new(NAMES).threads(1).results(file);
    let lattice = ablation.run(build, |model| {
        let checker = Checker::new(model).always("at most 8", move |n| *n <= allowed);
        checker.max_depth(depth)
    })?;
    let mut built = built.into_inner().expect("no panic");
    // The first one is only asked for its properties.
    built.remove(0);
    Ok((lattice, built))
}

#[test]
fn what_is_decided_is_not_explored_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("results.jsonl");
    let (first, built) = run(&path, "counter", 100).expect("a new file");
    assert_eq!(built.len(), 8);
    let (again, built) = run(&path, "counter", 100).expect("the same file");
    assert_eq!(built, []);
    assert_eq!(again, first);
    assert_eq!(first.sufficiency()[0].minimal.len(), 3, "any two");
    let text = fs::read_to_string(&path).expect("text");
    assert!(text.contains(r#"{"on":["a","b"],"#), "{text}");
}

#[test]
fn a_process_that_was_killed_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("results.jsonl");
    let (whole, _) = run(&path, "counter", 100).expect("a new file");
    let text = fs::read_to_string(&path).expect("text");
    // Killed after any byte.
    for bytes in 0..text.len() {
        fs::write(&path, &text[..bytes]).expect("writable");
        let complete = text[..bytes].lines().count()
            - usize::from(!text[..bytes].ends_with('\n') && bytes > 0);
        let (resumed, built) = run(&path, "counter", 100).expect("it goes on");
        assert_eq!(resumed, whole, "after {bytes} bytes");
        assert_eq!(
            built.len(),
            8 - complete.saturating_sub(1),
            "after {bytes} bytes"
        );
    }
}

#[test]
fn what_a_limit_left_open_is_explored_under_a_larger_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("results.jsonl");
    let (limited, _) = run(&path, "counter", 8).expect("a new file");
    assert!(!limited.is_decided());
    let (whole, built) = run(&path, "counter", 100).expect("the same file");
    assert!(whole.is_decided());
    let open = limited.sets().iter().filter(|set| !set.is_decided());
    let mut open: Vec<_> = open.map(|set| set.on).collect();
    open.sort_by_key(|set| (set.len(), *set));
    assert_eq!(built, open);
}

#[test]
fn other_files_are_refused_by_name_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("results.jsonl");
    run(&path, "counter up to 10", 100).expect("a new file");
    let before = fs::read(&path).expect("bytes");
    let error = run(&path, "counter up to 11", 100).expect_err("another configuration");
    let said = error.to_string();
    assert!(
        said.contains("results.jsonl") && said.contains("counter up to 10"),
        "{said}"
    );
    assert_eq!(fs::read(&path).expect("bytes"), before);

    for (text, line) in [("my notes\n", 1), ("my notes", 1)] {
        fs::write(&path, text).expect("writable");
        let error = run(&path, "counter", 100).expect_err("no results");
        let ResultFileError::Damaged { line: told, .. } = error else {
            panic!("{error}");
        };
        assert_eq!(told, line);
        assert_eq!(fs::read_to_string(&path).expect("text"), text);
    }
    let mut damaged = String::from_utf8(before).expect("text");
    damaged.push_str("{\"on\":[\"z\"],\"states\":1,\"transitions\":1,\"answers\":[]}\n");
    fs::write(&path, &damaged).expect("writable");
    let error = run(&path, "counter up to 10", 100).expect_err("damaged");
    assert!(error.to_string().contains("line 10"), "{error}");
}

/// Under one configuration: another model, another property of the same name, another build, another format.
#[test]
fn results_belong_to_one_program_and_one_model() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("results.jsonl");
    run(&path, "counter", 100).expect("a new file");
    let text = fs::read_to_string(&path).expect("text");
    for (top, allowed) in [(11, 8), (10, 7)] {
        let error = run_of((top, allowed), &path, "counter", 100).expect_err("another model");
        let said = error.to_string();
        assert!(
            said.contains("its model, where it begins, is of digest"),
            "{said}"
        );
        assert_eq!(fs::read_to_string(&path).expect("text"), text);
    }
    let place = text
        .find(r#""program":""#)
        .expect("the digest of the program");
    let place = place + r#""program":""#.len();
    let mut other = text.clone();
    other.replace_range(place..place + 4, "xxxx");
    fs::write(&path, &other).expect("writable");
    let said = run(&path, "counter", 100)
        .expect_err("another build")
        .to_string();
    assert!(said.contains("its program is of digest xxxx"), "{said}");

    let old = text.replacen(
        r#""planwright_ablation":2"#,
        r#""planwright_ablation":1"#,
        1,
    );
    assert_ne!(old, text);
    fs::write(&path, &old).expect("writable");
    let said = run(&path, "counter", 100)
        .expect_err("another format")
        .to_string();
    assert!(said.contains("its format is 1, and here 2"), "{said}");
}

#[test]
fn a_path_that_cannot_be_written_is_told_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("missing").join("results.jsonl");
    let error = ResultFile::open(&path, "counter").expect_err("no folder");
    assert!(error.to_string().contains("missing"), "{error}");
}
