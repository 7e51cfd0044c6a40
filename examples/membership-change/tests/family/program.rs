//! The program as its user meets it: what it prints, and how it ends.

use std::process::{Command, Output};

use expect_test::expect;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_membership-change"))
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
    // Codes are read back elsewhere; here it would take long.
    let output = run(&["--fingerprints"]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).expect("text");
    let parts = [
        "4 members, 0 spare servers, 3 terms, logs of 2 entries, 1 change a term",
        "violated: leaders have what is committed (shortest schedule: 7 steps)",
        "! LOST",
        "violated: leaders have what is committed (shortest schedule: 9 steps)",
        "! LOST",
        "4 members, 0 spare servers, 3 terms, logs of 3 entries, 1 change a term",
        "holds: leaders have what is committed",
        "holds: rival changes (reached after 13 steps)",
        "explored: complete, 415,137 states",
        "Every verdict is the one this family declares.",
    ];
    let table = text.find("\n variant ").zip(text.find("NO comes with"));
    let (begin, end) = table.expect("a table");
    let rows: Vec<_> = text[begin..end].lines().map(str::trim).collect();
    expect![[r#"
        variant       what it does                                          one leader a  leaders have  what is       that the  a change    rival          states
        term          what is       committed     cluster   committed   changes
        committed     stays         settles
        stays
        possible
        published     one change at a time, each committed before the next  NO, 6 steps   NO, 7 steps   NO, 8 steps   holds     in 4 steps  in 4 steps  1,121,109
        confirmed     and the leader first hears from a majority            NO, 6 steps   NO, 7 steps   NO, 8 steps   holds     in 4 steps  in 4 steps  1,121,109
        appended      and the leader first appends an entry of its term     NO, 8 steps   NO, 9 steps   NO, 10 steps  holds     in 6 steps  in 6 steps    258,393
        members-only  and servers vote for members they know only           NO, 6 steps   NO, 7 steps   NO, 8 steps   holds     in 4 steps  in 4 steps  1,083,873
        both-commit   and old and new majorities commit a change            NO, 6 steps   holds         NO, 13 steps  holds     in 5 steps  in 4 steps  1,049,889
        joint         and old and new majorities commit and elect           holds         holds         holds         holds     in 5 steps  in 4 steps    839,325
        fix           and the leader first commits an entry of its term     holds         holds         holds         holds     in 8 steps  NEVER         117,033"#]]
    .assert_eq(rows.join("\n").trim());
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
    let small = |variant| ["check", "--entries", "1", "--variant", variant];
    assert_eq!(code(&small("published")), Some(1));
    assert_eq!(code(&small("joint")), Some(0));
    // Nothing is tested: that is no success.
    assert_eq!(code(&small("fix")), Some(1));
    let fix = [
        "check",
        "--variant",
        "fix",
        "--members",
        "3",
        "--entries",
        "3",
    ];
    assert_eq!(code(&fix), Some(0));
    assert_eq!(
        code(&[&fix[..], &["--terms", "2", "--symmetry"]].concat()),
        Some(0)
    );
    assert_eq!(code(&[&fix[..], &["--max-states", "10"]].concat()), Some(4));
    assert_eq!(code(&["--members", "2"]), Some(5));
    assert_eq!(code(&["--max-depth", "3"]), Some(4));
    for bad in [
        &["--members", "5"][..],
        &["check", "--variant", "nonsense"],
        &["replay", "0/99"],
    ] {
        assert_eq!(code(bad), Some(2), "{bad:?}");
    }
}

#[test]
fn a_schedule_can_be_printed_again_by_the_command_that_is_shown() {
    let checked = stdout(&["check", "--entries", "1"]);
    let line = checked
        .lines()
        .filter_map(|line| line.strip_prefix("replay: "))
        .nth(1);
    let line = line.expect("a replay line");
    let command = "replay --variant published --entries 1 PATH";
    assert!(checked.contains(command), "{checked}");
    let words = command.split(' ');
    let arguments: Vec<_> = words
        .map(|word| if word == "PATH" { line } else { word })
        .collect();
    let replayed = stdout(&arguments);
    assert!(replayed.contains("! LOST"), "{replayed}");
}
