//! The program as its user meets it: what it prints, and how it ends.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_two-phase-update"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn code(arguments: &[&str]) -> Option<i32> {
    run(arguments).status.code()
}

fn stdout(arguments: &[&str]) -> String {
    String::from_utf8(run(arguments).stdout).expect("text")
}

#[test]
fn the_tour_tells_its_parts_in_order_and_ends_well() {
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).expect("text");
    let parts = [
        "3 switches, 2 requests, 2 versions",
        "violated: one version end to end (shortest schedule: 5 steps)",
        "! r0 is MIXED",
        "violated: no request dropped (shortest schedule: 9 steps)",
        "! r0 is DROPPED",
        "violated: every update ends (after 5 steps, 4 steps that can repeat for ever)",
        "fair: the controller can do nothing after step 6",
        "remove-when-empty",
        "NO, for ever",
        "5 switches, 4 requests, 3 versions",
        "holds: one version end to end",
        "holds: every update ends",
        "assuming weakly fair: the controller",
        "explored: complete, 193,874 states",
        "never  a request is dropped",
        "Every verdict is the one this family declares.",
    ];
    // Lines that were too long go on below, indented.
    let text = text.replace("\n  ", " ");
    let mut from = 0;
    for part in parts {
        let at = text[from..].find(part);
        from += at.unwrap_or_else(|| panic!("`{part}` is missing after:\n{}", &text[..from]));
    }
}

/// A run that never ends is explained with its cycle.
#[test]
fn explain_shows_a_cycle() {
    let text = stdout(&["explain", "--variant", "remove-when-empty"]);
    for part in [
        "every update ends: after 5 steps, 4 steps that can repeat for ever",
        "┌   6 ",
        "└   9 ",
        "steps 6 to 9 repeat for ever",
        "fair: the controller can do nothing after step 6",
    ] {
        assert!(text.contains(part), "`{part}` is missing in:\n{text}");
    }
}

#[test]
fn a_check_ends_with_its_verdict() {
    assert_eq!(code(&["check"]), Some(1));
    assert_eq!(code(&["check", "--variant", "two-phase"]), Some(0));
    // Up to symmetry nothing is said of runs, and that is no success unless it is left out.
    let folded = ["check", "--variant", "two-phase", "--symmetry"];
    assert_eq!(code(&folded), Some(4));
    assert!(stdout(&folded).contains("add --safety"));
    assert_eq!(code(&[&folded[..], &["--safety"]].concat()), Some(0));
    // A run that never ends, and no step that is wrong.
    let waits = ["check", "--variant", "remove-when-empty"];
    assert_eq!(code(&waits), Some(1));
    assert_eq!(code(&[&waits[..], &["--safety"]].concat()), Some(0));
    let limited = ["check", "--variant", "two-phase", "--max-states", "10"];
    assert_eq!(code(&limited), Some(4));
    // Nothing is tested: that is no success.
    assert_eq!(
        code(&["check", "--variant", "two-phase", "--versions", "1"]),
        Some(1)
    );
    assert_eq!(code(&["--switches", "1"]), Some(5));
    assert_eq!(code(&["--max-depth", "3"]), Some(4));
    for bad in [
        &["--switches", "7"][..],
        &["check", "--variant", "nonsense"],
        &["replay", "0/99"],
    ] {
        assert_eq!(code(bad), Some(2), "{bad:?}");
    }
}

#[test]
fn a_schedule_can_be_printed_again_by_the_command_that_is_shown() {
    let checked = stdout(&["check", "--variant", "last-first", "--requests", "1"]);
    let line = checked
        .lines()
        .find_map(|line| line.strip_prefix("replay: "));
    let line = line.expect("a replay line");
    let command = "replay --variant last-first --requests 1 PATH";
    assert!(checked.contains(command), "{checked}");
    let arguments: Vec<_> = command
        .split(' ')
        .map(|word| if word == "PATH" { line } else { word })
        .collect();
    let replayed = stdout(&arguments);
    assert!(replayed.contains("! r0 is MIXED"), "{replayed}");
}

#[test]
fn a_line_of_another_variant_is_refused_by_both_names() {
    let checked = stdout(&["check", "--variant", "last-first"]);
    let line = checked
        .lines()
        .find_map(|line| line.strip_prefix("replay: "));
    let line = line.expect("a replay line");
    assert_eq!(code(&["replay", "--variant", "last-first", line]), Some(0));
    // The same model, named by what it has.
    let safeguards = ["replay", "--safeguard", "last-first", line];
    assert_eq!(code(&safeguards), Some(0));
    for other in [
        &["replay", "--variant", "in-place", line][..],
        &["replay", "--safeguard", "pause", line],
        &["replay", "--variant", "last-first", "--requests", "3", line],
        &["explore", "--variant", "in-place", line],
    ] {
        let output = run(other);
        assert_eq!(output.status.code(), Some(2), "{other:?}");
        let error = String::from_utf8(output.stderr).expect("text");
        for part in [
            "is a schedule of variant last-first, the same, the last switch on the way first: 3 switches",
            "and this is ",
            "leave out `@",
        ] {
            assert!(error.contains(part), "{error}");
        }
    }
    // Without the digest it is tried, whatever it then tells.
    let (path, _) = line.split_once('@').expect("a digest");
    assert_eq!(code(&["replay", "--variant", "last-first", path]), Some(0));
}

/// Safeguards are added to a variant and taken from it, in every command.
#[test]
fn safeguards_are_switched_one_by_one() {
    let small = ["--requests", "1", "--no-progress"];
    let check = |more: &[&str]| run(&[&["check"], more, &small].concat());
    let text = |output: &Output| String::from_utf8(output.stdout.clone()).expect("text");
    let without = check(&["--variant", "two-phase", "--without", "wait-drained"]);
    assert_eq!(without.status.code(), Some(1));
    // That is another variant, and has its name.
    assert!(text(&without).starts_with("variant remove-at-once, "));
    let rebuilt = "--safeguard=two-phase,wait-installed,wait-drained";
    assert_eq!(check(&[rebuilt]).status.code(), Some(0));
    let neither = ["--safeguard", "two-phase"];
    assert!(text(&check(&neither)).starts_with("variant in-place with two-phase: "));
    for (refused, why) in [
        (&["--safeguard", "nonsense"][..], "choose from two-phase, "),
        (&["--safeguard=pause", "--without=pause"], "name it once"),
        (
            &["--variant", "remove-unused", "--safeguard", "pause"],
            "choose another variant",
        ),
    ] {
        let output = check(refused);
        assert_eq!(output.status.code(), Some(2), "{refused:?}");
        let error = String::from_utf8(output.stderr).expect("text");
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn cards_and_mutants_are_for_every_family() {
    let card = stdout(&["check", "--variant", "two-phase", "--card", "--safety"]);
    for part in [
        "two-phase-update, variant two-phase, ",
        "switches",
        "a request is dropped",
    ] {
        assert!(card.contains(part), "`{part}` is missing in:\n{card}");
    }
    let mutate = [
        "check",
        "--variant",
        "two-phase",
        "--requests",
        "1",
        "--mutate",
    ];
    assert_eq!(code(&mutate), Some(0));
    let text = stdout(&mutate);
    let outcome = |beginning: &str| {
        let mut lines = text.lines().map(str::trim);
        let line = lines.find(|line| line.starts_with(beginning));
        line.unwrap_or_else(|| panic!("`{beginning}` is missing in:\n{text}"))
    };
    assert!(
        outcome("safeguard     without wait-drained").contains("killed by no request dropped"),
        "{text}"
    );
    assert!(outcome("action class  never: ").len() > 20, "{text}");
    assert!(text.contains("redundant: no property notices"), "{text}");
    // What survives only adds something.
    assert!(
        outcome("safeguard     with pause").contains("survives"),
        "{text}"
    );
    assert_eq!(
        code(&[&mutate[..], &["--deny-survivors"]].concat()),
        Some(0)
    );
    assert_eq!(code(&["check", "--requests", "1", "--mutate"]), Some(1));
}
