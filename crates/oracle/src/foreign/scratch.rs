use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder for one run of a foreign checker, removed afterwards.
pub(super) struct Scratch(TempDir);

impl Scratch {
    pub(super) fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).expect("a temporary file");
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Runs a program there to its end.
    pub(super) fn run(&self, program: impl AsRef<Path>, arguments: &[&str]) -> Output {
        let program = program.as_ref();
        let mut command = Command::new(program);
        command.current_dir(self.path()).args(arguments);
        let output = command.output();
        output.unwrap_or_else(|error| panic!("{}: {error}", program.display()))
    }
}

/// What a program printed.
pub(super) fn printed(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    format!("{}{errors}", String::from_utf8_lossy(&output.stdout))
}

/// The word after this one in what a program printed.
pub(super) fn word_after(text: &str, before: &str) -> String {
    let rest = text.split(before).nth(1).unwrap_or("unknown");
    rest.split_whitespace()
        .next()
        .unwrap_or("unknown")
        .to_owned()
}
