//! The program as its user meets it: what it prints, and how it ends.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_poisoned-last-known-good"))
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
        "2 rings of 2 sites, 3 plans, at most 2 bad",
        "violated: that every site works stays possible (shortest schedule into a trap: 8 steps)",
        "! the last-known-good is POISONED: plan 2 brings ring 0",
        "controller restores plan 2 at site 0.0",
        "violated: the last-known-good works (shortest schedule: 9 steps)",
        "! the last-known-good is POISONED: plan 2 brings ring 1",
        "synchronous",
        "3 rings of 2 sites, 5 plans, at most 4 bad",
        "holds: the last-known-good works",
        "holds: that every site works stays possible",
        "explored: complete, 123,251 states",
        "a rollback ends",
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

#[test]
fn a_check_ends_with_its_verdict() {
    let fix = ["check", "--variant", "fix"];
    let fixed = |more: &[&str]| code(&[&fix[..], more].concat());
    assert_eq!(code(&["check"]), Some(1));
    assert_eq!(fixed(&[]), Some(0));
    assert_eq!(fixed(&["--symmetry"]), Some(0));
    assert_eq!(fixed(&["--max-states", "10"]), Some(4));
    // Nothing is tested: that is no success.
    assert_eq!(fixed(&["--bad", "0"]), Some(1));
    assert_eq!(fixed(&["--plans", "1"]), Some(1));
    assert_eq!(code(&["--bad", "1"]), Some(5));
    assert_eq!(code(&["--max-depth", "3"]), Some(4));
    for bad in [
        &["--rings", "4"][..],
        &["--bad", "5"],
        &["check", "--variant", "nonsense"],
        &["replay", "0/99"],
    ] {
        assert_eq!(code(bad), Some(2), "{bad:?}");
    }
}

#[test]
fn a_schedule_can_be_printed_again_by_the_command_that_is_shown() {
    let checked = stdout(&["check", "--variant", "bake", "--sites", "1"]);
    let line = checked
        .lines()
        .find_map(|line| line.strip_prefix("replay: "));
    let line = line.expect("a replay line");
    let command = "replay --variant bake --sites 1 PATH";
    assert!(checked.contains(command), "{checked}");
    let arguments: Vec<_> = command
        .split(' ')
        .map(|word| if word == "PATH" { line } else { word })
        .collect();
    let replayed = stdout(&arguments);
    assert!(
        replayed.contains("! the last-known-good is POISONED"),
        "{replayed}"
    );
}
