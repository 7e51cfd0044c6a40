//! What the command `mixed` prints, and how it ends.

use std::process::Command;

fn mixed(arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dns-outage"));
    let output = command
        .arg("mixed")
        .args(arguments)
        .arg("--no-progress")
        .output();
    let output = output.expect("the program runs");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).expect("its output is text");
    (output.status.code(), text)
}

#[test]
fn the_program_answers_a_designer() {
    let (code, text) = mixed(&["conditional-write", "exists-on-write+skip-in-use"]);
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("A stepping stone: enactors with conditional-write+skip-in-use."),
        "{text}"
    );
    assert!(
        text.contains("✗ violated: every endpoint resolves"),
        "{text}"
    );
    let line = text.lines().find_map(|line| line.strip_prefix("replay: "));
    let line = line.expect("a schedule ends with the line that tells it again");
    let again = |line| {
        mixed(&[
            "conditional-write",
            "exists-on-write+skip-in-use",
            "--replay",
            line,
        ])
    };
    let (code, told) = again(line);
    assert_eq!(code, Some(0), "{told}");
    let steps = |text: &str| {
        let is_step = |line: &&str| line.contains(" ● ") && !line.contains("planner");
        let steps = text.lines().filter(is_step);
        steps.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(steps(&told).len(), 10, "{told}");
    assert_eq!(steps(&told), steps(&text));
    let (code, other) = mixed(&["conditional-write", "2", "--replay", line]);
    assert_eq!(code, Some(2), "{other}");
    assert!(other.contains("is a schedule of another model"), "{other}");
    for wrong in ["0/0", "5-new:0", "1-newer:0", "rollout-drained:0/99"] {
        let (code, text) = again(wrong);
        assert_eq!(code, Some(2), "{wrong}: {text}");
    }

    // The outage's own fix.
    let (code, text) = mixed(&["0", "fix"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.contains("The better order: first what all share, then the enactors."),
        "{text}"
    );
    assert!(
        text.contains("From that moment on, whatever enactors are switched before and after: "),
        "{text}"
    );

    let (code, text) = mixed(&["0", "fix", "--max-states", "50"]);
    assert_eq!(code, Some(4), "{text}");
    assert!(!text.contains(": nothing."), "{text}");
    assert!(
        text.contains("Whether it holds from that moment on is undecided of \"every"),
        "{text}"
    );
    assert_eq!(mixed(&["0", "2", "--max-states", "100"]).0, Some(4));
    assert_eq!(mixed(&["0", "2", "--enactors", "1"]).0, Some(2));
    let (code, text) = mixed(&["0", "nonsense"]);
    assert_eq!(code, Some(2));
    assert!(
        text.contains("`nonsense` is neither a variant (0, 1, 2,"),
        "{text}"
    );
}
