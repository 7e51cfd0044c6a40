//! A check that is killed can be resumed, and ends as if it had not been.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Enough levels and states to be killed in the middle: 549,574.
const CHECK: [&str; 8] = [
    "check",
    "--variant",
    "fix",
    "--enactors",
    "3",
    "--no-progress",
    "--threads",
    "1",
];

fn command(more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dns-outage"));
    command.args(CHECK).args(more);
    command
}

fn run(more: &[&str]) -> Output {
    command(more).output().expect("the program runs")
}

/// What it printed, but for the time and the memory.
fn found(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines().filter(|line| !line.starts_with("time:"));
    lines.map(str::to_owned).collect()
}

/// Kills the check once it has left so many checkpoints, or as soon as it has ended.
fn kill_after(mut child: Child, folder: &Path, checkpoints: usize) {
    let file = folder.join("planwright.checkpoint");
    let mut seen = Vec::new();
    let start = Instant::now();
    while seen.len() < checkpoints && child.try_wait().expect("a process").is_none() {
        assert!(start.elapsed() < Duration::from_secs(120), "no checkpoint");
        let modified = fs::metadata(&file).and_then(|data| data.modified());
        if let Ok(time) = modified
            && seen.last() != Some(&time)
        {
            seen.push(time);
        }
        sleep(Duration::from_millis(1));
    }
    // SIGKILL, wherever it is now: it may be writing.
    let _ = child.kill();
    child.wait().expect("it ends");
}

#[test]
fn killed_again_and_again_it_ends_the_same() {
    let expected = run(&[]);
    assert_eq!(expected.status.code(), Some(0));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("text");
    let every = ["--checkpoint", path, "--checkpoint-every", "0s"];
    let mut options = every.to_vec();
    for checkpoints in [1, 3, 2] {
        let child = command(&options)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        kill_after(child.expect("it starts"), folder.path(), checkpoints);
        options = every.iter().copied().chain(["--resume"]).collect();
    }
    let resumed = run(&options);
    let errors = String::from_utf8_lossy(&resumed.stderr);
    assert_eq!(resumed.status.code(), Some(0), "{errors}");
    assert_eq!(found(&resumed), found(&expected));
}

#[test]
fn a_limit_leaves_a_checkpoint_to_go_on_from() {
    let expected = run(&[]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("text");
    let part = run(&["--checkpoint", path, "--max-depth", "5"]);
    assert_eq!(part.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&part.stderr).contains("--resume goes on"));
    let again = run(&["--checkpoint", path]);
    assert_eq!(again.status.code(), Some(2), "it is not overwritten");
    let other = run(&["--checkpoint", path, "--resume", "--endpoints", "1"]);
    assert_eq!(other.status.code(), Some(2));
    let message = String::from_utf8_lossy(&other.stderr).into_owned();
    assert!(message.contains("its configuration is"), "{message}");
    let rest = run(&["--checkpoint", path, "--resume"]);
    assert_eq!(found(&rest), found(&expected));
}
