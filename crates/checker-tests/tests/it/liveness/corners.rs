//! Corners: names that change places, many classes, a graph that is wrong on the disk, interrupts.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use planwright_checker::{
    Audit, Cause, Checker, CheckpointError, Checkpoints, Extent, Limit, Listener, Model, Progress,
    Verdict,
};
use planwright_model::Symmetric;
use sha2::{Digest as _, Sha256};

/// Two processes pass a token to and fro; a step that cannot be taken back closes the door.
struct Pass;

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Close,
    /// The process that has the token gives it away.
    Give(usize),
}

impl Model for Pass {
    type State = (bool, [bool; 2]);
    type Action = Step;

    fn init_states(&self) -> Vec<Self::State> {
        vec![(false, [true, false]), (false, [false, true])]
    }

    fn actions(&self, (closed, token): &Self::State, actions: &mut Vec<Step>) {
        if *closed {
            actions.push(Step::Give(usize::from(token[1])));
        } else {
            actions.push(Step::Close);
        }
    }

    fn next_state(&self, (closed, [a, b]): &Self::State, step: Step) -> Option<Self::State> {
        Some(match step {
            Step::Close => (true, [*a, *b]),
            Step::Give(_) => (*closed, [*b, *a]),
        })
    }
}

impl Symmetric for Pass {
    /// Whether the processes are exchanged.
    type Permutation = bool;

    fn permutations(&self) -> Vec<bool> {
        vec![false, true]
    }

    fn permute(&self, exchanged: &bool, (closed, [a, b]): &Self::State) -> Self::State {
        let token = if *exchanged { [*b, *a] } else { [*a, *b] };
        (*closed, token)
    }

    fn permute_action(&self, exchanged: &bool, step: &Step) -> Step {
        match step {
            Step::Give(process) if *exchanged => Step::Give(1 - process),
            other => other.clone(),
        }
    }

    fn canonical(&self, (closed, [a, b]): &Self::State) -> Self::State {
        (*closed, [a & b, a | b])
    }
}

fn pass() -> Checker<'static, Pass> {
    let class = |step: &Step| usize::from(matches!(step, Step::Give(_)));
    Checker::new(&Pass)
        .recoverable("open", |(closed, _)| !closed)
        .count_actions(["close", "give"], class)
}

/// In the quotient a step to a renamed state leads back to the same representative. It changes
/// something all the same.
#[test]
fn a_trap_in_which_processes_change_places_never_stops() {
    let whole = pass().run();
    let orbits = pass()
        .symmetry()
        .audit(Audit {
            symmetry: Extent::All,
            ..Audit::default()
        })
        .run();
    for report in [&whole, &orbits] {
        let finding = report.finding("open").expect("it was asked for");
        let trap = finding.trap.as_ref().expect("it cannot be left");
        assert_eq!(trap.terminal, 0, "{report}");
        let given = trap.actions.iter().find(|action| action.name == "give");
        assert!(given.is_some_and(|given| given.fired > 0), "{report}");
    }
}

/// One finding is told alone as it is told among others.
#[test]
fn a_finding_is_told_alone() {
    let report = pass().always("true", |_| true).run();
    let told = |name: &str| report.printed().finding(name).to_string();
    let open = told("open");
    let both = open.clone() + &told("true");
    assert!(open.contains("trap: "), "{open}");
    assert!(report.to_string().starts_with(&both), "{report}");
    assert_eq!(told("closed"), "");
}

/// Nothing was counted, so there is no count.
#[test]
fn what_was_not_looked_at_has_no_count() {
    let closes = Checker::new(&Pass).leads_to("closed is final", |s| s.0, |s| !s.0);
    let report = closes.symmetry().run();
    let finding = report.finding("closed is final").expect("it was asked for");
    assert_eq!(finding.verdict, Verdict::Undecided(Cause::Symmetry));
    assert_eq!(finding.triggered, None);
}

/// Counts up to a number, then to and fro between it and the one before.
struct Climb(u32);

impl Model for Climb {
    type State = u32;
    type Action = bool;

    fn init_states(&self) -> Vec<u32> {
        vec![0]
    }

    fn actions(&self, state: &u32, actions: &mut Vec<bool>) {
        actions.push(*state < self.0);
    }

    fn next_state(&self, state: &u32, up: bool) -> Option<u32> {
        Some(if up { state + 1 } else { state - 1 })
    }
}

/// Steps are recorded with a class of one byte. With more classes it is not known which run in a trap.
#[test]
fn a_trap_does_not_say_that_nothing_runs_if_it_does_not_know() {
    for classes in [256, 257] {
        let names = (0..classes).map(|class| class.to_string());
        let report = Checker::new(&Climb(3))
            .recoverable("zero", |state| *state == 0)
            .count_actions(names, |up| usize::from(*up))
            .run();
        let finding = report.finding("zero").expect("it was asked for");
        let trap = finding.trap.as_ref().expect("it cannot be left");
        assert_eq!(trap.terminal, 0);
        let fired: u64 = trap.actions.iter().map(|action| action.fired).sum();
        assert!(
            trap.actions.is_empty() || fired > 0,
            "{classes} classes: no step of any, and it never stops"
        );
    }
}

/// Interrupts when all states have been found.
struct AtTheEnd<'a>(&'a AtomicBool, u64);

impl Listener for AtTheEnd<'_> {
    fn progress(&mut self, progress: &Progress) {
        if progress.states == self.1 && progress.frontier == 0 {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

/// At ten million states, one property of runs takes about a minute after the last state was found.
#[test]
fn deciding_can_be_interrupted() {
    let interrupt = AtomicBool::new(false);
    let states = 20_000;
    let model = Climb(states - 1);
    let mut checker = Checker::new(&model)
        .interrupt(&interrupt)
        .listener(AtTheEnd(&interrupt, states.into()));
    for number in 0..100 {
        checker = checker.leads_to(number.to_string(), |_| true, move |state| *state == number);
    }
    checker = checker.progress_of_all();
    let report = checker.run();
    assert!(interrupt.load(Ordering::Relaxed));
    let last = report.finding("99").expect("it was asked for");
    // Not `assert_eq`, which would print a schedule of 20,000 steps.
    let interrupted = Verdict::Undecided(Cause::Limit(Limit::Interrupted));
    assert!(last.verdict == interrupted, "it was decided to the end");
}

/// A file with a right checksum whose graph has a step to a state that there is not.
#[test]
fn a_step_to_no_state_is_damage() {
    let place = tempfile::tempdir().expect("a temporary directory");
    let model = Climb(1 << 17);
    let checker = || Checker::new(&model).recoverable("zero", |state| *state == 0);
    let checkpoints = Checkpoints::create(place.path(), "test").expect("the folder is empty");
    let cut = checker()
        .max_depth(70_000)
        .checkpoints_by_serde(checkpoints.every(Duration::from_secs(3600)));
    assert!(cut.try_run().is_ok());
    let opened = Checkpoints::open(place.path(), "test").expect("there is a checkpoint");
    let file = opened.file();
    let mut bytes = fs::read(&file).expect("a checkpoint");
    bytes.truncate(bytes.len() - 32);
    // The steps of the states 65,793 to 65,795.
    let steps: Vec<u8> = (65_794..65_797_u32).flat_map(u32::to_le_bytes).collect();
    let at = bytes.windows(steps.len()).position(|part| part == steps);
    let at = at.expect("the steps are there");
    bytes[at..at + 4].copy_from_slice(&1_000_000_000_u32.to_le_bytes());
    let seal = Sha256::digest(&bytes);
    bytes.extend(seal);
    fs::write(&file, bytes).expect("written");
    let resumed = checker().checkpoints_by_serde(opened).try_run();
    let error = resumed.expect_err("it is damaged");
    assert!(matches!(error, CheckpointError::Damaged { .. }), "{error}");
}
