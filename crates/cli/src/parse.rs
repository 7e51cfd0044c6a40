//! The command line, read.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::ffi::OsString;
use std::num::{IntErrorKind, ParseIntError};
use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, Command, Error};

use crate::target::identity;
use crate::{Exit, config};

/// Reads the program's arguments, and those of the file that `--config` names before them, so that what the
/// command line says counts more.
///
/// The file is TOML. A key is the name of an option: `enactors = 3`, `symmetry = true`,
/// `time-limit = "5m"`; a list gives an option several times. Keys at the top are for every command, and a
/// table with the name of a command is for that one.
///
/// # Errors
///
/// How the program ends: an error, or the text of `--help` or `--version`, has been printed. It is an error if
/// the file cannot be read, or has a key that is no option, or a value that its option does not take; and if
/// two options name the same file, of which one would overwrite the other.
pub fn parsed(command: Command) -> Result<ArgMatches, Exit> {
    let command = prepared(command);
    let given = std::env::args_os().collect();
    let given = config::merge(&command, given).map_err(Exit::bad_input)?;
    let matches = matches(&command, given).map_err(|error| {
        // Nobody can be told that standard error is closed.
        let _ = error.print();
        match error.exit_code() {
            0 => Exit::Holds,
            _ => Exit::BadInput,
        }
    })?;
    distinct(files(&matches)).map_err(Exit::bad_input)?;
    Ok(matches)
}

/// The last of an option that is given twice counts, and a negative number is a value that may be refused.
fn prepared(command: Command) -> Command {
    let numbers = |argument: clap::Arg| match argument.get_action().takes_values() {
        true => argument.allow_negative_numbers(true),
        false => argument,
    };
    let command = command.args_override_self(true).mut_args(numbers);
    command.mut_subcommands(|command| command.mut_args(numbers))
}

pub(crate) fn matches(command: &Command, given: Vec<OsString>) -> Result<ArgMatches, Error> {
    let matches = command.clone().try_get_matches_from(given);
    matches.map_err(|error| whole_number(&error).map_or(error, |better| better.with_cmd(command)))
}

/// The same error in other words, if what is no whole number was given for one.
fn whole_number(error: &Error) -> Option<Error> {
    let cause = error.source()?.downcast_ref::<ParseIntError>()?;
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text),
        _ => None,
    };
    let option = text(ContextKind::InvalidArg)?;
    let value = text(ContextKind::InvalidValue)?;
    let why = match cause.kind() {
        IntErrorKind::PosOverflow => "is too large",
        IntErrorKind::NegOverflow => "is too small",
        _ if value.starts_with('-') => "is below 0",
        _ => "is not a whole number",
    };
    let message = format!("{option}: `{value}` {why}; give a whole number, for example 2\n");
    Some(Error::raw(ErrorKind::ValueValidation, message))
}

/// The options that name files, in the order of their names.
fn files(matches: &ArgMatches) -> Vec<(String, PathBuf)> {
    // Options of every command are found at both levels.
    let mut files = BTreeMap::new();
    let mut level = Some(matches);
    while let Some(matches) = level {
        for id in matches.ids() {
            if let Ok(Some(mut paths)) = matches.try_get_many::<PathBuf>(id.as_str()) {
                let option = format!("--{}", id.as_str().replace('_', "-"));
                files.extend(paths.next_back().map(|path| (option, path.clone())));
            }
        }
        level = matches.subcommand().map(|(_, matches)| matches);
    }
    files.into_iter().collect()
}

/// Sees to it that no two options name the same file, of which one would overwrite the other. Devices and pipes
/// may be named twice.
///
/// # Errors
///
/// If two do; the text names the options and the file.
pub(crate) fn distinct<O: AsRef<str>, P: AsRef<Path>>(
    files: impl IntoIterator<Item = (O, P)>,
) -> Result<(), String> {
    let mut known: BTreeMap<PathBuf, O> = BTreeMap::new();
    for (option, path) in files {
        let Some(file) = identity(path.as_ref()) else {
            continue;
        };
        if let Some(other) = known.get(&file) {
            return Err(format!(
                "{} {}: {} names the same file, and one would overwrite the other; name two files",
                option.as_ref(),
                path.as_ref().display(),
                other.as_ref()
            ));
        }
        known.insert(file, option);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::{Arg, ArgAction, value_parser};

    use super::*;

    fn command() -> Command {
        let file = |name: &'static str| {
            Arg::new(name)
                .long(name)
                .value_parser(value_parser!(PathBuf))
        };
        let number = |name: &'static str| Arg::new(name).long(name).global(true);
        prepared(
            Command::new("program")
                .args([file("config").global(true)])
                .args([number("enactors").value_parser(value_parser!(usize))])
                .args([Arg::new("symmetry")
                    .long("symmetry")
                    .action(ArgAction::SetTrue)])
                .subcommand(Command::new("check").args([file("out"), file("report")])),
        )
    }

    fn given(words: &[&str]) -> Result<ArgMatches, Error> {
        let words = std::iter::once("program").chain(words.iter().copied());
        matches(&command(), words.map(OsString::from).collect())
    }

    #[test]
    fn numbers_that_are_none_are_named_with_their_option() {
        for (value, why) in [
            ("-1", "`-1` is below 0"),
            ("two", "`two` is not a whole number"),
            ("99999999999999999999", "is too large"),
        ] {
            for words in [
                ["--enactors", value, "check"],
                ["check", "--enactors", value],
            ] {
                let error = given(&words).expect_err("it is no number");
                assert_eq!(error.exit_code(), 2);
                let text = error.to_string();
                assert!(
                    text.contains("--enactors <enactors>") && text.contains(why),
                    "{text}"
                );
                assert!(text.contains("give a whole number"), "{text}");
            }
        }
    }

    #[test]
    fn a_file_is_named_by_one_option() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name).display().to_string();
        std::fs::write(at("x"), "").expect("a file");
        let told = |words: &[&str]| {
            let matches = given(words).expect("they are options");
            distinct(files(&matches))
        };
        for (words, options) in [
            (
                [&format!("--config={}", at("x")), "check", "--out", &at("x")],
                ["--config", "--out"],
            ),
            (
                [
                    "check",
                    &format!("--config={}", at("x")),
                    "--report",
                    &at("./x"),
                ],
                ["--config", "--report"],
            ),
            (
                ["check", &format!("--out={}", at("y")), "--report", &at("y")],
                ["--out", "--report"],
            ),
        ] {
            let error = told(&words).expect_err("it is the same file");
            assert!(
                options.iter().all(|option| error.contains(option)),
                "{error}"
            );
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("y", at("z")).expect("a link");
            let linked = ["check", &format!("--out={}", at("y")), "--report", &at("z")];
            assert!(told(&linked).is_err());
            assert_eq!(
                told(&["check", "--out=/dev/null", "--report=/dev/null"]),
                Ok(())
            );
        }
        let two = ["check", &format!("--out={}", at("y")), "--report", &at("w")];
        assert_eq!(told(&two), Ok(()));
    }
}
