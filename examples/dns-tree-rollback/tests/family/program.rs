//! The program as its user meets it: what it prints, and how it ends.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dns-tree-rollback"))
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
        "2 enactors, 4 plans, clean-up age 2, 1 crash",
        "violated: the root resolves (shortest schedule: 18 steps)",
        "! e0 is EMPTY",
        "118 states can be reached, and e0 is broken in all of them",
        "variant deployed          none of them",
        "variant fix, from now on  point e0 at plan 4",
        "violated: the rollback pointer resolves (shortest schedule: 6 steps)",
        "! the rollback pointer names plan 1, which no longer exists",
        "rollback pointer is mended by 4 more steps",
        "unused-only",
        "3 enactors, 5 plans, clean-up age 2, 1 crash",
        "holds: the root resolves",
        "explored: complete, 224,017 states",
        "Every verdict is the one this family declares.",
    ];
    // Lines that were too long go on below, indented.
    let text = text
        .replace("\n  ", " ")
        .replace("118 states\ncan", "118 states can");
    let mut from = 0;
    for part in parts {
        let at = text[from..].find(part);
        from += at.unwrap_or_else(|| panic!("`{part}` is missing after:\n{}", &text[..from])) + 1;
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
    assert_eq!(fixed(&["--plans", "2", "--enactors", "1"]), Some(1));
    assert_eq!(code(&["--enactors", "1"]), Some(5));
    assert_eq!(code(&["--max-depth", "3"]), Some(4));
    for bad in [
        &["--enactors", "7"][..],
        &["--plans", "1"],
        &["check", "--variant", "nonsense"],
        &["replay", "0/99"],
    ] {
        assert_eq!(code(bad), Some(2), "{bad:?}");
    }
}

#[test]
fn a_schedule_can_be_printed_again_by_the_command_that_is_shown() {
    let checked = stdout(&["check", "--variant", "newest", "--crashes", "0"]);
    let line = checked
        .lines()
        .find_map(|line| line.strip_prefix("replay: "));
    let line = line.expect("a replay line");
    let command = "replay --variant newest --crashes 0 PATH";
    assert!(checked.contains(command), "{checked}");
    let arguments: Vec<_> = command
        .split(' ')
        .map(|word| if word == "PATH" { line } else { word })
        .collect();
    let replayed = stdout(&arguments);
    assert!(replayed.contains("! e0 is EMPTY"), "{replayed}");
}
