//! The program as its user meets it: what it prints, and how it ends.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_stale-cache-controller"))
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
        "2 nodes, 3 pods, caches up to 2 changes behind, 1 restart, 1 lost answer",
        "violated: at most one runs (shortest schedule: 12 steps)",
        "! TWO RUN at a time: pod 1 on n0, pod 2 on n1",
        "violated: no live pod is removed (shortest schedule: 7 steps)",
        "! pod 2 is REMOVED",
        "read-to-act",
        "3 nodes, 4 pods, caches up to 3 changes behind, 1 restart, 1 lost answer",
        "holds: at most one runs",
        "holds: what is to run, and nothing else, stays possible",
        "explored: complete, 133,255 states",
        "a removal finds another pod and is refused",
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
    assert_eq!(fixed(&["--staleness", "1"]), Some(1));
    assert_eq!(fixed(&["--pods", "1"]), Some(1));
    assert_eq!(code(&["--nodes", "1"]), Some(5));
    assert_eq!(code(&["--max-depth", "3"]), Some(4));
    for bad in [
        &["--nodes", "4"][..],
        &["--staleness", "5"],
        &["check", "--variant", "nonsense"],
        &["replay", "0/99"],
    ] {
        assert_eq!(code(bad), Some(2), "{bad:?}");
    }
}

#[test]
fn a_schedule_can_be_printed_again_by_the_command_that_is_shown() {
    let checked = stdout(&["check", "--variant", "uid", "--pods", "2"]);
    let line = checked
        .lines()
        .find_map(|line| line.strip_prefix("replay: "));
    let line = line.expect("a replay line");
    let command = "replay --variant uid --pods 2 PATH";
    assert!(checked.contains(command), "{checked}");
    let arguments: Vec<_> = command
        .split(' ')
        .map(|word| if word == "PATH" { line } else { word })
        .collect();
    let replayed = stdout(&arguments);
    assert!(replayed.contains("! TWO RUN at a time"), "{replayed}");
}
