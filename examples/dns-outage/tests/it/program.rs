//! The program as its user meets it: what it prints, and how it ends.

use std::process::{Command, Output};

pub(crate) fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dns-outage"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

pub(crate) fn code(arguments: &[&str]) -> Option<i32> {
    run(arguments).status.code()
}

pub(crate) fn stdout(arguments: &[&str]) -> String {
    String::from_utf8(run(arguments).stdout).expect("text")
}

/// What is printed, with lines whole that were too long and go on below, indented.
fn unwrapped(arguments: &[&str]) -> String {
    stdout(arguments).replace("\n  ", " ")
}

pub(crate) fn stderr(arguments: &[&str]) -> String {
    String::from_utf8(run(arguments).stderr).expect("text")
}

#[test]
fn the_tour_tells_its_parts_in_order_and_ends_well() {
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).expect("text");
    let parts = [
        "violated: every endpoint resolves (shortest schedule: 10 steps)",
        "! e0: plan 2 overwrites the newer plan 4",
        "! e0 is EMPTY",
        "Nothing. From the last line on",
        "is refused: points e0",
        "variant 0                 none of them",
        "variant fix, from now on  point e0 at plan 4",
        "referential integrity at the store",
        "conditional write + referential integrity + self-heal",
        " 37,773",
        "holds: every endpoint resolves",
        "explored: complete, 549,574 states",
        "exact: states were stored whole",
        "Every verdict is the one this family declares.",
    ];
    let mut from = 0;
    for part in parts {
        let at = text[from..].find(part);
        from += at.unwrap_or_else(|| panic!("`{part}` is missing after:\n{}", &text[..from]));
    }
}

#[test]
fn a_check_ends_with_its_verdict() {
    assert_eq!(code(&["check"]), Some(1));
    assert_eq!(code(&["check", "--variant", "fix"]), Some(0));
    assert_eq!(
        code(&["check", "--variant", "2", "--max-states", "10"]),
        Some(4)
    );
    let added = [
        "check",
        "--safeguard",
        "conditional-write",
        "--without",
        "never-abandon",
    ];
    assert_eq!(code(&added), Some(1));
    assert_eq!(
        code(&["check", "--variant", "12c", "--enactors", "3"]),
        Some(0)
    );
}

#[test]
fn a_tour_with_other_verdicts_than_declared_says_so() {
    assert_eq!(code(&["--enactors", "1"]), Some(5));
    assert_eq!(code(&["--max-depth", "3"]), Some(4));
}

#[test]
fn a_schedule_can_be_printed_again() {
    let checked = stdout(&["check", "--variant", "4", "--endpoints", "1"]);
    let line = checked
        .lines()
        .find_map(|line| line.strip_prefix("replay: "));
    let line = line.expect("a replay line");
    let replayed = stdout(&["replay", "--variant", "4", "--endpoints", "1", line]);
    assert!(replayed.contains("! e0 is EMPTY"), "{replayed}");
    assert_eq!(code(&["replay", "0/99"]), Some(2));
    assert!(stderr(&["replay", "0/99"]).contains("the same variant and size options"));
}

/// The digest is the same on every build, so documents may show lines.
#[test]
fn the_line_in_the_readme_replays() {
    let readme = include_str!("../../../../README.md");
    let line = readme
        .lines()
        .find_map(|line| line.strip_prefix("replay: "));
    let line = line.expect("a replay line");
    assert!(line.contains('@'), "{line}");
    assert_eq!(
        code(&["replay", line]),
        Some(0),
        "{}",
        stderr(&["replay", line])
    );
    assert_eq!(code(&["replay", "--variant", "2", line]), Some(2));
}

#[test]
fn senseless_values_are_refused_with_a_remedy() {
    let refused = [
        (
            &["--enactors", "0"][..],
            "--enactors: 0 enactors put nothing live; ask for at least 1",
        ),
        (
            &["--enactors", "7"],
            "--enactors: 7 enactors do not fit; ask for at most 6",
        ),
        (
            &["--endpoints", "0"],
            "--endpoints: 0 endpoints leave nothing to check",
        ),
        (
            &["--endpoints", "9"],
            "--endpoints: 9 endpoints do not fit; ask for at most 8",
        ),
        (
            &["--generations", "1"],
            "--generations: no generation is left to publish of 1 in all",
        ),
        (
            &["--generations", "33"],
            "--generations: 33 generations do not fit; ask for at most 32",
        ),
        (
            &["--cleanup-age", "0"],
            "--cleanup-age 0 deletes the plan that was just applied",
        ),
        (
            &["--threads", "0"],
            "0 threads explore nothing; ask for at least 1",
        ),
        (
            &["check", "--variant", "99"],
            "there is no variant `99`; choose one of 0, 1, 2",
        ),
        (&["check", "--threads", "99999999999"], "ask for at most"),
        (
            &["check", "--enactors", "-1"],
            "--enactors <N>: `-1` is below 0; give a whole number",
        ),
        (
            &["check", "--memory-limit", "0"],
            "no state fits into no memory; give a size, for example 4GiB",
        ),
        (
            &["check", "--memory-limit", "much"],
            "this is no size; give one, for example 4GiB",
        ),
    ];
    for (arguments, message) in refused {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let text = String::from_utf8(output.stderr).expect("text");
        assert!(text.contains(message), "{arguments:?}: {text}");
    }
}

/// Headings are made from the model that is checked, and not from the row that an option named.
#[test]
fn headings_tell_the_model_that_is_checked() {
    let small = ["--max-states", "9", "--no-progress"];
    let heading = |more: &[&str]| {
        let text = unwrapped(&[&["check"], more, &small].concat());
        text.lines().next().unwrap_or_default().to_owned()
    };
    let added = [
        "--safeguard",
        "lock",
        "--safeguard",
        "referential-integrity",
    ];
    assert!(
        heading(&added).starts_with("variant 7c, lock + referential integrity: 2 endpoints,"),
        "{}",
        heading(&added)
    );
    let added = [&added[..], &["--variant", "14"]].concat();
    let wanted = "variant 14 with referential-integrity, lock: ";
    assert!(heading(&added).starts_with(wanted), "{}", heading(&added));
    let more = [&added[..], &["--card", "--format", "json"]].concat();
    let json = stdout(&[&["check"], &more[..], &small].concat());
    assert!(
        json.contains("variant 14 with") && !json.contains("variant 7"),
        "{json}"
    );
    // With the faults, and the number of enactors, that a row is about.
    let fix = heading(&["--variant", "fix"]);
    for part in [
        "at most 1 crash",
        "1 lost acknowledgement",
        "1 operator rollback",
    ] {
        assert!(fix.contains(part), "{fix}");
    }
    let one = heading(&["--variant", "10", "--enactors", "3"]);
    assert!(one.contains("1 enactor,"), "{one}");
    // Two protocols never have one name: checkpoints rest on that.
    let apart = heading(&[
        "--safeguard",
        "skip-in-use-not-atomic",
        "--safeguard",
        "grace",
    ]);
    let at_once = heading(&["--safeguard", "skip-in-use", "--safeguard", "grace"]);
    assert_ne!(apart, at_once);
}

#[test]
fn a_bound_that_tests_nothing_is_a_warning() {
    let text = unwrapped(&["check", "--cleanup-age", "4"]);
    let warning = "warning: never at this size: an enactor deletes a plan";
    assert!(text.contains(warning), "{text}");
    assert!(
        text.contains("raise --generations or lower --cleanup-age"),
        "{text}"
    );
    let text = stdout(&["check"]);
    assert!(!text.contains(warning), "{text}");
}

#[test]
fn help_names_the_commands_and_the_exit_codes() {
    let help = stdout(&["--help"]);
    for part in [
        "check",
        "replay",
        "variants",
        "explain",
        "explore",
        "growth",
        "--enactors",
        "--time-limit",
        "Exit codes:",
    ] {
        assert!(help.contains(part), "{help}");
    }
    let variants = stdout(&["variants"]);
    assert!(variants.lines().count() > 24, "{variants}");
}

#[test]
fn verdicts_do_not_depend_on_threads_or_seed() {
    let text = |more: &[&str]| {
        let arguments = [&["check", "--variant", "9"], more].concat();
        let text = stdout(&arguments);
        let lines = text.lines();
        // The last lines state the seed and the time.
        let stable = lines.filter(|l| !l.starts_with("time:") && !l.starts_with("a state was"));
        stable.map(str::to_owned).collect::<Vec<_>>()
    };
    let one = text(&["--threads", "1"]);
    assert_eq!(one, text(&["--threads", "3"]));
    assert_eq!(one, text(&["--seed", "11"]));
}

#[test]
fn what_does_not_fit_is_predicted_with_what_would() {
    let limited = stdout(&["check", "--variant", "2", "--max-states", "10"]);
    assert!(
        limited.contains("the whole model: 1,008 states"),
        "{limited}"
    );
    let short = |more: &[&str]| {
        let options = ["check", "--predict", "--time-limit", "6s"];
        run(&[&options[..], more].concat())
    };
    // One enactor whatever is asked for: small enough to be explored at once.
    let known = short(&["--enactors", "6", "--generations", "9", "--variant", "10"]);
    let known = String::from_utf8(known.stdout).expect("text");
    assert!(known.contains("the whole model: "), "{known}");
    let large = short(&["--endpoints", "8", "--generations", "6"]);
    assert_eq!(large.status.code(), Some(0));
    let text = String::from_utf8(large.stdout).expect("text");
    assert!(text.contains("predicted: about "), "{text}");
    assert!(
        text.contains("with --symmetry: up to 2 times fewer"),
        "{text}"
    );
}

#[test]
fn mutants_are_listed_with_what_notices_them() {
    let smallest = ["check", "--endpoints", "1", "--crashes", "0", "--mutate"];
    // The numbers that a naive search has found, in tests/mutation.rs, are those of safety alone.
    let with = |more: &[&'static str]| [&smallest[..], &["--safety"], more].concat();
    let fix = with(&["--variant", "fix"]);
    assert_eq!(code(&fix), Some(0));
    let text = stdout(&fix);
    let line = |beginning: &str| {
        let mut lines = text.lines().map(str::trim);
        lines
            .find(|line| line.starts_with(beginning))
            .map(str::to_owned)
    };
    let precondition = line("precondition  without `only if newer`").expect("a row");
    let (_, place) = precondition.split_once("src/enactor.rs:").expect("a place");
    assert!(
        place.starts_with(|c: char| c.is_ascii_digit()),
        "{precondition}"
    );
    assert!(
        place.contains("killed by no endpoint goes back to an older plan"),
        "{place}"
    );
    // Lines that are too long go on below.
    let told = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "23 mutants: 3 killed, 16 survived (6 of them only add something), 4 changed nothing, 0 undecided",
        "the set of properties is too weak: it does not notice",
        "action class: never: the planner publishes a plan",
        "redundant: no property notices, since no reachable step changes: safeguard: without self-heal",
        "not mutated: guard in plain Rust: an enactor picks the newest plan",
        "not mutated: whatever else an enactor tests in plain Rust",
    ] {
        assert!(told.contains(part), "`{part}` is missing in:\n{text}");
    }
    assert!(!text.contains(env!("CARGO_MANIFEST_DIR")));

    // Survivors matter to the exit code only if they are denied; a violation outweighs them.
    assert_eq!(
        code(&with(&["--variant", "fix", "--deny-survivors"])),
        Some(5)
    );
    assert_eq!(code(&with(&["--deny-survivors"])), Some(1));
    assert!(stdout(&with(&[])).contains("mends every endpoint resolves; no endpoint goes back"));
    assert_eq!(
        code(&with(&["--variant", "fix", "--max-states", "100"])),
        Some(4)
    );
    // Of the unmutated model all is known, of one mutant not.
    let limited = with(&["--variant", "fix", "--max-states", "7000", "--no-progress"]);
    assert_eq!(code(&limited), Some(4));
    assert!(stdout(&limited).contains("undecided (stopped at the limit of 7,000 states)"));
}

/// What disables enactors breaks nothing in any state, and yet the newest plan gets nowhere.
#[test]
fn recovery_notices_what_safety_does_not() {
    let arguments = ["check", "--endpoints", "1", "--crashes", "0", "--mutate"];
    let fate = |more: &[&'static str]| {
        let text = stdout(&[&arguments[..], &["--variant", "2"], more].concat());
        let row = "action class  never: an enactor writes an endpoint";
        let found = text.lines().find(|line| line.trim().starts_with(row));
        found.map(|line| line.contains("killed by the newest plan everywhere"))
    };
    assert_eq!(fate(&["--safety"]), Some(false));
    assert_eq!(fate(&[]), Some(true));
}

#[test]
fn options_that_do_not_go_with_mutants_are_refused() {
    for arguments in [
        &["check", "--mutate", "--predict"][..],
        &["check", "--mutate", "--checkpoint", "nowhere"],
        &["check", "--deny-survivors"],
        &["check", "--mutate", "--report", "nowhere.html"],
        &["check", "--mutate", "--card"],
    ] {
        assert_eq!(code(arguments), Some(2), "{arguments:?}");
        assert!(stderr(arguments).contains("--mutate"), "{arguments:?}");
    }
    // What a prediction would leave out.
    for option in [
        ["--out", "nowhere"],
        ["--report", "nowhere"],
        ["--graph", "nowhere.aut"],
        ["--format", "json"],
        ["--checkpoint", "nowhere"],
    ] {
        let arguments = [&["check", "--predict"][..], &option].concat();
        assert_eq!(code(&arguments), Some(2), "{arguments:?}");
        let error = stderr(&arguments);
        assert!(
            error.contains("--predict") && error.contains(option[0]),
            "{error}"
        );
    }
}
