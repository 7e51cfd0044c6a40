//! Holds the repository to what ARCHITECTURE.md says of it.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every Rust file below a folder, as paths from the root.
fn rust_files(folder: &str) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(root().join(&folder)) else {
            continue;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{folder}/{name}");
            if entry.path().is_dir() && name != "target" {
                folders.push(path);
            } else if name.ends_with(".rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn sources() -> Vec<String> {
    let mut files = rust_files("crates");
    files.extend(rust_files("examples"));
    files.extend(rust_files("benches"));
    assert!(files.len() > 30, "the search for sources is broken");
    files
}

/// A source without its comments and doc comments.
fn code(path: &str) -> String {
    let lines = read(path);
    let code = lines
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

/// The non-test part of a source.
fn product(path: &str) -> String {
    let code = code(path);
    code.split("#[cfg(test)]").next().unwrap_or("").to_owned()
}

#[test]
fn every_path_that_the_documents_name_exists() {
    for document in ["ARCHITECTURE.md", "README.md", "DESIGN.md"] {
        let text = read(document);
        // Names in backticks that look like paths: with a slash, and no space or angle bracket.
        let names = text
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| name.contains('/') && !name.contains([' ', '<', '{', '(', '\n', '*']))
            .filter(|name| {
                ["crates/", "examples/", "benches/", ".ci/"]
                    .iter()
                    .any(|top| name.starts_with(top))
            });
        let mut found = 0;
        for name in names {
            found += 1;
            assert!(
                root().join(name).exists(),
                "{document} names `{name}`, which does not exist"
            );
        }
        assert!(document != "ARCHITECTURE.md" || found > 10);
    }
}

#[test]
fn the_architecture_names_every_package_and_every_source_folder() {
    let architecture = read("ARCHITECTURE.md");
    let manifest = read("Cargo.toml");
    for line in manifest.lines().map(str::trim) {
        let member = line.trim_matches(['"', ',']);
        if ["crates/", "examples/"]
            .iter()
            .any(|top| member.starts_with(top))
            && line.starts_with('"')
        {
            assert!(
                architecture.contains(member),
                "ARCHITECTURE.md does not name {member}"
            );
        }
    }
}

#[test]
fn the_readme_lists_every_family() {
    let readme = read("README.md");
    for entry in fs::read_dir(root().join("examples"))
        .expect("the families")
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(readme.contains(&name), "README.md does not list {name}");
    }
}

#[test]
fn core_has_no_threads_clock_io_or_randomness() {
    let forbidden = [
        "std::thread",
        "std::time",
        "std::fs",
        "std::io",
        "std::net",
        "std::env",
        "std::process",
        "rand::",
        "println!",
        "eprintln!",
        "unsafe",
    ];
    for path in rust_files("crates/core/src") {
        let code = product(&path);
        for word in forbidden {
            assert!(!code.contains(word), "{path} uses {word}");
        }
    }
}

#[test]
fn core_and_checker_do_not_know_each_other() {
    for path in rust_files("crates/core/src") {
        assert!(!product(&path).contains("planwright_checker"), "{path}");
    }
    for path in rust_files("crates/checker/src") {
        assert!(!product(&path).contains("planwright_core"), "{path}");
    }
}

#[test]
fn only_the_exploration_spawns_threads_or_names_an_ordering() {
    for path in rust_files("crates/checker/src") {
        if path.contains("/explore/") {
            continue;
        }
        let code = product(&path);
        for word in ["Ordering::Relaxed", "Ordering::SeqCst"] {
            assert!(!code.contains(word), "{path} uses {word}");
        }
        // Whole explorations side by side.
        if path.ends_with("/ablation/crew.rs") {
            continue;
        }
        for word in ["thread::scope", "thread::spawn"] {
            assert!(!code.contains(word), "{path} uses {word}");
        }
    }
}

#[test]
fn what_replays_a_trace_does_not_know_the_search() {
    let code = product("crates/checker/src/trace.rs");
    assert!(!code.contains("explore"), "trace.rs names the search");
}

#[test]
fn only_the_store_changes_a_store() {
    // The fields are private to store.rs, so it is enough that nothing else there is public.
    let code = product("crates/core/src/store.rs");
    let mutating: Vec<&str> = code
        .lines()
        .filter(|line| line.contains("fn ") && line.contains("&mut self"))
        .collect();
    assert_eq!(
        mutating.len(),
        2,
        "besides commit, only publish, and what operators do by hand: {mutating:?}"
    );
}

#[test]
fn sources_stay_short() {
    // Longer than 400 lines only with a reason, which stands here.
    let reasons = [
        (
            "crates/core/src/store.rs",
            "reading, testing and writing one store belong together",
        ),
        (
            "crates/checker-tests/tests/it/verdicts.rs",
            "one list of all endings, so that a missing one shows",
        ),
        (
            "crates/checker-tests/tests/it/report.rs",
            "snapshots of whole printed reports",
        ),
    ];
    for path in sources() {
        let lines = read(&path).lines().count();
        let excused = reasons.iter().any(|(excused, _)| *excused == path);
        assert!(lines <= 400 || excused, "{path} has {lines} lines");
    }
}

#[test]
fn a_package_that_builds_no_unit_tests_has_none() {
    let mut packages: Vec<String> = sources();
    packages.retain(|path| path.ends_with("/src/lib.rs"));
    let package = |path: &String| path.trim_end_matches("/src/lib.rs").to_owned();
    let packages = packages.iter().map(package);
    let without = packages.filter(|p| read(format!("{p}/Cargo.toml")).contains("test = false"));
    let mut judged = 0;
    for package in without {
        if package == "benches" {
            continue; // Only its programs are without.
        }
        judged += 1;
        for path in rust_files(&format!("{package}/src")) {
            let tests = code(&path).contains("#[test]");
            assert!(
                !tests,
                "{path} has a test that never runs: move it to tests/"
            );
        }
    }
    assert!(judged > 5, "the search for packages is broken");
}

#[test]
fn libraries_hold_only_documentation_and_reexports() {
    let sources = sources();
    let libraries = sources.iter().filter(|path| path.ends_with("src/lib.rs"));
    // What a user writes is one file, on purpose.
    let is_a_users =
        |path: &str| path.contains("your-updater") || path.contains("certificate-rotation");
    // The compiler finds a macro in the root only.
    let has_macros = |path: &str| path == "crates/derive/src/lib.rs";
    for path in libraries.filter(|path| !is_a_users(path) && !has_macros(path)) {
        for line in code(path).lines() {
            let item = ["fn ", "struct ", "enum ", "impl ", "trait "]
                .iter()
                .any(|word| line.starts_with(word) || line.starts_with(&format!("pub {word}")));
            assert!(!item, "{path} defines an item: {line}");
            assert!(!line.contains("::*"), "{path} re-exports by glob: {line}");
        }
    }
}

#[test]
fn the_version_of_stateright_is_the_one_that_is_used() {
    let manifest = read("Cargo.toml");
    let pinned = format!("stateright = \"={}\"", planwright_model::STATERIGHT_VERSION);
    assert!(
        manifest.contains(&pinned),
        "Cargo.toml does not say {pinned}"
    );
}
