//! What `check` and `replay` leave behind for other programs.

use std::path::Path;
use std::process::{Command, Output};
use std::{fs, str};

use planwright_report::Document;
use serde_json::Value;

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dns-outage"));
    let command = command.args(arguments).arg("--no-progress");
    command.output().expect("the program runs")
}

fn text(output: &[u8]) -> &str {
    str::from_utf8(output).expect("its output is text")
}

#[test]
fn standard_output_carries_the_result_and_nothing_else() {
    let output = run(&["check", "--variant", "0", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let document: Document = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(document.claims[0].states, 2147);
    let line = document.claims[0].answer.replay.as_ref();
    let line = line.expect("a schedule");
    let command = document.replay_command.as_deref().expect("a command");
    assert!(command.ends_with("replay --variant 0"), "{command}");

    // The line works, and so do the forms of a schedule.
    let again = |form: &str| {
        let output = run(&["replay", "--variant", "0", line, "--format", form]);
        assert_eq!(output.status.code(), Some(0));
        text(&output.stdout).to_owned()
    };
    assert!(again("text").starts_with("variant 0, as deployed"));
    let itf: Value = serde_json::from_str(&again("itf")).expect("JSON");
    assert_eq!(itf["states"].as_array().map(Vec::len), Some(11));
    assert!(again("mermaid").starts_with("sequenceDiagram\n"));
    assert!(again("dot").starts_with("digraph "));

    let junit = run(&["check", "--variant", "2", "--format", "junit"]);
    assert_eq!(junit.status.code(), Some(0));
    assert!(text(&junit.stdout).starts_with("<?xml"));
    let limited = ["--variant", "2", "--format", "junit", "--max-states", "9"];
    let junit = run(&[&["check"][..], &limited].concat());
    assert_eq!(junit.status.code(), Some(4));
    assert!(text(&junit.stdout).contains("<error"));
}

#[test]
fn files_are_written_and_people_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (page, data, graph) = (path("a.html"), path("b.json"), path("c.aut"));
    fs::write(&data, "of a run before").expect("a file");
    let files = [
        "--report", &page, "--out", &data, "--format", "json", "--graph", &graph,
    ];
    let output = run(&[&["check", "--variant", "0"][..], &files].concat());
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("✗ violated: every endpoint resolves"));
    for file in files.chunks(2).filter(|file| file[0] != "--format") {
        let told = format!("{} {}: written", file[0], file[1]);
        assert!(text(&output.stderr).contains(&told), "{told}");
    }
    let read = |path: &str| fs::read_to_string(path).expect("a file");
    let document: Document = serde_json::from_str(&read(&data)).expect("JSON");
    assert_eq!(read(&page), document.to_html());
    assert!(read(&graph).starts_with("des (0,6052,2147)\n"));
    let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

/// A path that cannot be written to is told before anything is explored; what was there stays.
#[test]
fn wrong_paths_are_told_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = |name: &str| folder.path().join(name).display().to_string();
    for (arguments, what) in [
        (["--out", &inside("none/x.json")], "name a file in a folder"),
        (["--report", &inside("")], "this is a folder"),
        (["--graph", &inside("x.png")], "end it in .dot or .aut"),
    ] {
        let output = run(&[&["check", "--variant", "0"][..], &arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let error = text(&output.stderr);
        assert!(
            error.contains(what) && error.contains(arguments[0]),
            "{error}"
        );
        assert_eq!(text(&output.stdout), "");
    }
    // Files that would overwrite one another, or what is read.
    let config = inside("c.toml");
    fs::write(&config, "enactors = 1\n").expect("a file");
    for arguments in [
        ["--config", &config, "--out", &config],
        ["--out", &inside("x"), "--report", &inside("./x")],
        ["--report", &inside("x.aut"), "--graph", &inside("x.aut")],
    ] {
        let output = run(&[&["check", "--variant", "0"][..], &arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let error = text(&output.stderr);
        assert!(
            error.contains(arguments[0]) && error.contains(arguments[2]),
            "{error}"
        );
        assert_eq!(text(&output.stdout), "");
    }
    assert_eq!(
        fs::read_to_string(&config).expect("a file"),
        "enactors = 1\n"
    );
    let (out, rollback) = (inside("r.json"), inside("r.rollback.json"));
    let output = run(&[
        "ablate", "--vary", "lock", "--out", &out, "--json", &rollback,
    ]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--out"));
    // Of a graph nobody knows before how large it is; the verdict is told all the same.
    let graph = inside("x.dot");
    let output = run(&["check", "--variant", "2", "--graph", &graph]);
    assert_eq!(output.status.code(), Some(2));
    let error = text(&output.stderr);
    assert!(
        error.contains("states are too many to look at (there may be 250)"),
        "{error}"
    );
    assert!(text(&output.stdout).contains("holds: every endpoint resolves"));
    assert!(!Path::new(&graph).exists());
}

#[test]
fn options_come_from_a_file_and_the_command_line_counts_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("planwright.toml");
    let config = path.display().to_string();
    fs::write(&path, "enactors = 1\n[check]\nvariant = \"2\"\n").expect("a file");
    let told = |arguments: &[&str]| {
        let output = run(&[&["--config", &config][..], arguments].concat());
        let first = text(&output.stdout)
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned();
        (output.status.code(), first)
    };
    let (code, first) = told(&["check"]);
    assert_eq!(code, Some(0));
    assert!(
        first.starts_with("variant 2, conditional write: 2 endpoints, 1 enactor,"),
        "{first}"
    );
    let (code, first) = told(&["check", "--variant", "0", "--enactors", "2"]);
    assert_eq!(code, Some(1));
    assert!(
        first.starts_with("variant 0,") && first.contains("2 enactors"),
        "{first}"
    );
    fs::write(&path, "enactors = \"one\"\n").expect("a file");
    let output = run(&["--config", &config, "check"]);
    assert_eq!(output.status.code(), Some(2));
    let wanted =
        format!("--config {config}: `enactors`: --enactors <N>: `one` is not a whole number");
    assert!(
        text(&output.stderr).contains(&wanted),
        "{}",
        text(&output.stderr)
    );
    fs::write(&path, "enactrs = 1\n").expect("a file");
    assert_eq!(told(&["check"]).0, Some(2));
}
