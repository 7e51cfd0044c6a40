//! The program as its user meets it: what it prints, and how it ends.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_schema-steps"))
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
        "2 servers, 1 row",
        "violated: no orphan entries (shortest schedule: 6 steps)",
        "! ORPHAN",
        "violated: index complete where read (shortest schedule: 12 steps)",
        "! MISSING",
        "violated: the change ends (after 1 step, 6 steps that can repeat for ever)",
        "fair: server 1 commits takes step 6",
        "backfill-blind",
        "NO, for ever",
        "3 servers, 2 rows",
        "holds: no orphan entries",
        "holds: index complete where read (triggered in 99,212 states)",
        "holds: the change ends",
        "explored: complete, 228,902 states",
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
    assert_eq!(code(&["check"]), Some(1));
    assert_eq!(code(&["check", "--variant", "f1"]), Some(0));
    let folded = ["check", "--variant", "f1", "--servers", "3", "--symmetry"];
    // Up to symmetry nothing is said of runs, and that is no success unless it is left out.
    assert_eq!(code(&folded), Some(4));
    assert_eq!(code(&[&folded[..], &["--safety"]].concat()), Some(0));
    // A run that never ends, and no step that is wrong.
    let waits = ["check", "--variant", "awaited"];
    assert_eq!(code(&waits), Some(1));
    assert_eq!(code(&[&waits[..], &["--safety"]].concat()), Some(0));
    let limited = ["check", "--variant", "f1", "--max-states", "10"];
    assert_eq!(code(&limited), Some(4));
    // Nothing is tested: that is no success.
    assert_eq!(
        code(&["check", "--variant", "f1", "--servers", "1"]),
        Some(1)
    );
    assert_eq!(code(&["--servers", "1"]), Some(5));
    assert_eq!(code(&["--max-depth", "3"]), Some(4));
    for bad in [
        &["--rows", "4"][..],
        &["check", "--variant", "nonsense"],
        &["replay", "0/99"],
    ] {
        assert_eq!(code(bad), Some(2), "{bad:?}");
    }
}

#[test]
fn a_schedule_can_be_printed_again_by_the_command_that_is_shown() {
    let checked = stdout(&["check", "--variant", "no-backfill", "--rows", "2"]);
    let line = checked
        .lines()
        .find_map(|line| line.strip_prefix("replay: "));
    let line = line.expect("a replay line");
    let command = "replay --variant no-backfill --rows 2 PATH";
    assert!(checked.contains(command), "{checked}");
    let words = command.split(' ');
    let arguments: Vec<_> = words
        .map(|word| if word == "PATH" { line } else { word })
        .collect();
    let replayed = stdout(&arguments);
    assert!(replayed.contains("! MISSING"), "{replayed}");
}
