//! The commands beside `check`, as their user meets them.

use crate::program::{code, run, stderr, stdout};

#[test]
fn explain_tells_the_worst_beside_the_shortest() {
    let text = stdout(&["explain"]);
    for part in [
        "the worst: broken at once: e0 and e1; 11 steps at the soonest; replay: ",
        "for ever: after 10 steps something is broken, and nothing that can happen mends it all",
        "(of all 2,147 states at this size)",
        "conditional-write       cannot take step 7   holds ",
        // It refuses this schedule, and not the next.
        "recheck                 cannot take step 6   NO, 13 steps ",
        "exists-on-write         goes through         NO, 10 steps ",
        "referential-integrity   cannot take step 10  holds ",
    ] {
        assert!(text.contains(part), "`{part}` is missing in:\n{text}");
    }
    let fixed = stdout(&["explain", "--variant", "fix"]);
    assert!(!fixed.contains("the worst:"), "{fixed}");
    for part in [
        "holds: every endpoint resolves",
        "nothing is ever broken, in all ",
    ] {
        assert!(fixed.contains(part), "`{part}` is missing in:\n{fixed}");
    }
}

/// What a limit came before is said to be open, and the limit is kept to all the while.
#[test]
fn explain_names_what_is_undecided() {
    let limited = run(&["explain", "--max-states", "100"]);
    assert_eq!(limited.status.code(), Some(1));
    let text = String::from_utf8(limited.stdout).expect("text");
    let text = text.replace("\n  ", " "); // lines that were too long
    for part in [
        "violated: no endpoint goes back to an older plan",
        "undecided: every endpoint resolves",
        "undecided is what a limit or an interruption came before (stopped at the limit of 100 states)",
        "in the first 1",
    ] {
        assert!(text.contains(part), "`{part}` is missing in:\n{text}");
    }
    assert!(!text.contains("at this size)"), "{text}");
    let shallow = stdout(&["explain", "--max-depth", "3"]);
    assert!(
        shallow.contains("undecided: no endpoint goes back"),
        "{shallow}"
    );
    assert!(
        shallow.contains("the worst is not looked for under --max-depth 3"),
        "{shallow}"
    );
}

#[test]
fn sets_that_were_not_explored_are_not_counted_as_explored() {
    let small = [
        "ablate",
        "--vary",
        "recheck,lock",
        "--endpoints",
        "1",
        "--time-limit",
        "0s",
    ];
    assert_eq!(code(&small), Some(4));
    let text = stdout(&small);
    assert!(!text.contains("4 sets explored, with 0 states"), "{text}");
}

#[test]
fn growth_is_measured_until_the_next_is_predicted_too_large() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("growth.csv");
    let path = file.to_str().expect("text");
    let growth = ["growth", "enactors", "--most", "10000", "--csv", path];
    let output = run(&growth);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).expect("text");
    let row = |value: &str| {
        let mut lines = text.lines().map(str::trim_start);
        lines
            .find(|line| line.split_whitespace().next() == Some(value))
            .map(|line| line.split_whitespace().nth(1).map(str::to_owned))
    };
    // The counts are those of the naive search.
    assert_eq!(row("1"), Some(Some("110".to_owned())), "{text}");
    assert_eq!(row("2"), Some(Some("2,147".to_owned())), "{text}");
    assert!(
        text.contains("are predicted for 3; --most raises the limit"),
        "{text}"
    );
    let csv = std::fs::read_to_string(&file).expect("the file");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(reader.records().filter_map(Result::ok).count(), 2, "{csv}");

    assert!(!text.contains("peak"), "{text}");
    // Nobody is told of an instance that cannot be.
    let small = ["--endpoints", "1", "--crashes", "0", "--generations", "2"];
    let all = stdout(&[&["growth", "enactors"][..], &small].concat());
    assert!(
        all.contains("stopped: --enactors cannot be larger"),
        "{all}"
    );
    let sevens = all
        .lines()
        .filter(|line| line.trim_start().starts_with('7'));
    assert_eq!(sevens.count(), 0, "{all}");

    let limited = ["growth", "enactors", "--max-states", "1000"];
    assert_eq!(code(&limited), Some(4));
    assert!(stdout(&limited).contains("a limit ended the exploration for 2"));
    let unknown = ["growth", "planners"];
    assert_eq!(code(&unknown), Some(2));
    assert!(stderr(&unknown).contains("choose one of endpoints, enactors"));
}

#[test]
fn explore_refuses_a_path_that_is_none_and_a_port_that_is_taken() {
    let path = ["explore", "0/99"];
    assert_eq!(code(&path), Some(2));
    assert!(
        stderr(&path).contains("`0/99` is no schedule here"),
        "{}",
        stderr(&path)
    );
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let busy = ["explore", "--port", &port];
    assert_eq!(code(&busy), Some(2));
    assert!(stderr(&busy).contains(&port), "{}", stderr(&busy));
}

#[test]
fn answers_about_safeguards_and_fleets_are_left_for_other_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let answer = |name: &str, arguments: &[&str], ends: i32| -> serde_json::Value {
        let file = folder.path().join(name);
        let json = ["--json", file.to_str().expect("text")];
        assert_eq!(
            code(&[arguments, &json].concat()),
            Some(ends),
            "{arguments:?}"
        );
        let text = std::fs::read_to_string(file).expect("the file");
        serde_json::from_str(&text).expect("JSON")
    };
    let small = ["--endpoints", "1", "--generations", "4", "--crashes", "0"];
    let ablate = ["ablate", "--vary", "recheck,referential-integrity"];
    let lattices = answer("ablate.json", &[&ablate[..], &small].concat(), 0);
    for (place, configuration) in ["1 endpoint,", "1 operator rollback"].iter().enumerate() {
        let lattice = &lattices[place];
        let words = lattice["configuration"].as_str().expect("words");
        assert!(words.contains(configuration), "{words}");
        let resolves = &lattice["sufficiency"][0];
        assert_eq!(resolves["property"], "every endpoint resolves");
        // Bit 1 is the second safeguard.
        assert_eq!(resolves["minimal"][0]["set"], 0b10, "{resolves}");
        assert_eq!(lattice["lattice"]["sets"].as_array().map(Vec::len), Some(4));
    }
    let mixed = ["mixed", "conditional-write", "exists-on-write+skip-in-use"];
    let fleets = answer("mixed.json", &mixed, 1);
    assert_eq!(fleets["safe"], false);
    let names = &fleets["orders"][0]["compatibility"]["properties"];
    assert_eq!(names[0], "every endpoint resolves");

    // It is known before the time is spent.
    for command in [&ablate[..], &mixed] {
        let nowhere = [command, &["--json", "/nowhere/at/all.json"]].concat();
        assert_eq!(code(&nowhere), Some(2), "{nowhere:?}");
        assert!(stderr(&nowhere).contains("--json /nowhere/at/all.json"));
    }
}

#[test]
fn proofs_for_every_number_of_enactors_end_with_their_verdict() {
    let ended = |more: &[&str]| {
        let output = run(&[&["every-number", "--endpoints", "1"], more].concat());
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8(text).expect("text");
        (output.status.code(), text)
    };
    let (code, text) = ended(&["--variant", "fix"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("holds"), "{text}");
    let (code, text) = ended(&["--variant", "0"]);
    assert_eq!(code, Some(1), "{text}");
    for part in [
        "NO, with 2",
        "violated: every endpoint resolves; with 2 enactors, in ",
        "picks plan 2",
    ] {
        assert!(text.contains(part), "`{part}` is missing in:\n{text}");
    }
    let (code, text) = ended(&["--variant", "2", "--max-states", "3"]);
    assert_eq!(code, Some(4), "{text}");
    assert!(text.contains("the limit of views came first"), "{text}");
    assert_eq!(ended(&["--variant", "99"]).0, Some(2));
}

#[test]
fn proofs_without_a_bound_end_with_their_verdict() {
    let ended = |more: &[&str]| {
        let small = ["every-generation", "--endpoints", "1", "--crashes", "0"];
        let output = run(&[&small[..], more, &["--no-progress"]].concat());
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8(text).expect("text");
        (output.status.code(), text)
    };
    let (code, text) = ended(&["--variant", "2", "--fairness", "weak"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("the planner is endless"), "{text}");
    let (code, text) = ended(&["--variant", "0", "--safety"]);
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("with 4 generations, in 9 steps"),
        "a real schedule is shown:\n{text}"
    );
    // What clean-up does there depends on plans that patterns leave out.
    let (_, text) = ended(&["--variant", "4b"]);
    assert!(
        text.contains("only invariants and properties of steps are proved"),
        "{text}"
    );
    for refused in [
        &["--fairness", "commits"][..],
        &["--fairness", "weak", "--symmetry"],
        &["--variant", "99"],
    ] {
        assert_eq!(ended(refused).0, Some(2), "{refused:?}");
    }
}
