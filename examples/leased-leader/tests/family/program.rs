//! The program as its user meets it: what it prints, and how it ends.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_leased-leader"))
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
        "2 processes, 2 endpoints, 3 plans, 1 early expiry, 1 crash",
        "violated: no endpoint goes back to an older plan (shortest schedule: 9 steps)",
        "! e0: plan 2 overwrites the newer plan 3",
        "2. variant fenced, ",
        "! e0: plan 2 overwrites the newer plan 3",
        "compare-plans",
        "3 processes, 2 endpoints, 4 plans, 3 early expiries, 1 crash",
        "holds: no endpoint goes back to an older plan",
        "explored: complete, 298,717 states",
        "a lease expires",
        "Every verdict is the one this family declares.",
    ];
    // Lines that were too long go on below, indented.
    let text = text.replace("\n  ", " ");
    let mut from = 0;
    for part in parts {
        let at = text[from..].find(part);
        from += at.unwrap_or_else(|| panic!("`{part}` is missing after:\n{}", &text[..from])) + 1;
    }
}

#[test]
fn a_check_ends_with_its_verdict() {
    let fix = ["check", "--variant", "fence-then-plan"];
    let fixed = |more: &[&str]| code(&[&fix[..], more].concat());
    assert_eq!(code(&["check"]), Some(1));
    assert_eq!(fixed(&[]), Some(0));
    assert_eq!(fixed(&["--symmetry"]), Some(0));
    assert_eq!(fixed(&["--max-states", "10"]), Some(4));
    // Nothing is tested: that is no success.
    assert_eq!(fixed(&["--early", "0"]), Some(1));
    assert_eq!(code(&["--processes", "1"]), Some(5));
    assert_eq!(code(&["--max-depth", "3"]), Some(4));
    for bad in [
        &["--processes", "7"][..],
        &["--plans", "1"],
        &["check", "--variant", "nonsense"],
        &["replay", "0/99"],
        &["check", "--safeguard", "none-is-named"],
        &["ablate"],
    ] {
        assert_eq!(code(bad), Some(2), "{bad:?}");
    }
}

#[test]
fn a_schedule_can_be_printed_again_by_the_command_that_is_shown() {
    let checked = stdout(&["check", "--variant", "check-lease", "--endpoints", "1"]);
    let line = checked
        .lines()
        .find_map(|line| line.strip_prefix("replay: "));
    let line = line.expect("a replay line");
    let command = "replay --variant check-lease --endpoints 1 PATH";
    assert!(checked.contains(command), "{checked}");
    let arguments: Vec<_> = command
        .split(' ')
        .map(|word| if word == "PATH" { line } else { word })
        .collect();
    let replayed = stdout(&arguments);
    assert!(replayed.contains("! e0: plan 2 overwrites"), "{replayed}");
}

#[test]
fn growth_is_measured_with_any_option_of_the_size() {
    let text = stdout(&["growth", "processes", "--most", "100"]);
    let one = text
        .lines()
        .find(|line| line.trim_start().starts_with("1 "));
    let of_one = one.and_then(|line| line.split_whitespace().nth(1));
    let counted = stdout(&["check", "--processes", "1"]);
    let counted = counted
        .lines()
        .find_map(|line| line.strip_prefix("explored: complete, "));
    let counted = counted.and_then(|line| line.split(' ').next());
    assert!(
        of_one.is_some() && of_one == counted,
        "{of_one:?}, {counted:?}:\n{text}"
    );
    assert!(text.contains("stopped: about"), "{text}");
    assert_eq!(code(&["growth", "enactors"]), Some(2));
}

/// Of what every family's program has, what this one has no means for is refused with what to do instead.
#[test]
fn commands_are_for_every_family() {
    let predicted = run(&["check", "--predict", "--processes", "3"]);
    assert_eq!(predicted.status.code(), Some(0));
    let text = String::from_utf8(predicted.stdout).expect("text");
    assert!(text.contains("the whole model: ") || text.contains("predicted: about "));
    let small = ["check", "--variant", "fence-then-plan", "--processes", "2"];
    let mutants = stdout(&[&small[..], &["--endpoints", "1", "--mutate"]].concat());
    for kind in ["precondition  without `", "store rule ", "action class "] {
        assert!(mutants.contains(kind), "`{kind}` is missing in:\n{mutants}");
    }
    for (arguments, remedy) in [
        (
            &["check", "--fairness", "weak"][..],
            "leave this option out",
        ),
        (&["every-generation"], "check larger sizes instead"),
        (&["every-number"], "no proof for every number of processes"),
        (&["ablate"], "compare its variants instead"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let error = String::from_utf8(output.stderr).expect("text");
        assert!(error.contains(remedy), "{error}");
    }
}
