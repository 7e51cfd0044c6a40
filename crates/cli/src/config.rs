//! Options from a file.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use clap::Command;
use clap::error::ErrorKind;
use toml::{Table, Value};

use crate::parse::matches;

/// The arguments with those of the file that `--config` names before them.
///
/// # Errors
///
/// If the file cannot be read, or has a key that is no option, or a value that its option does not take; the
/// text names the file and the key.
pub(crate) fn merge(command: &Command, given: Vec<OsString>) -> Result<Vec<OsString>, String> {
    let Some(path) = config_path(&given) else {
        return Ok(given);
    };
    let wrong = |error: &dyn std::fmt::Display| format!("--config {}: {error}", path.display());
    let text = fs::read_to_string(Path::new(&path));
    let text = text.map_err(|error| wrong(&format!("{error}; name a file that can be read")))?;
    let table: Table = text
        .parse()
        .map_err(|error: toml::de::Error| wrong(&error))?;
    let accepted = |named: Option<&str>, key: &str, options: Vec<OsString>| {
        let name = command.get_name().to_owned().into();
        let named = named.map(OsString::from);
        let words = [name].into_iter().chain(named).chain(options.clone());
        refusal(command, words.collect()).map_or(Ok(options), |why| {
            Err(format!("--config {}: `{key}`: {why}", path.display()))
        })
    };
    let is_command = |word: &OsString| command.get_subcommands().any(|c| word == c.get_name());
    let place = given.iter().position(is_command);
    let chosen = place.and_then(|place| given[place].to_str());

    let mut top = Vec::new();
    let mut own = Vec::new();
    for (key, value) in &table {
        let section = command.get_subcommands().find(|c| c.get_name() == key);
        match (value, section) {
            (Value::Table(section), Some(named)) => {
                for (key, value) in section {
                    let options = option(named, command, key, value).map_err(|e| wrong(&e))?;
                    let options = accepted(Some(named.get_name()), key, options)?;
                    if Some(named.get_name()) == chosen {
                        own.extend(options);
                    }
                }
            }
            (value, _) => {
                let options = option(command, command, key, value).map_err(|e| wrong(&e))?;
                top.extend(accepted(None, key, options)?);
            }
        }
    }
    let mut merged = given;
    if let Some(place) = place {
        merged.splice(place + 1..place + 1, own);
    }
    merged.splice(1..1, top);
    Ok(merged)
}

/// Why an option does not take its value, if so. What else is missing is another matter.
fn refusal(command: &Command, words: Vec<OsString>) -> Option<String> {
    let error = matches(command, words).err()?;
    let about_the_value = matches!(
        error.kind(),
        ErrorKind::InvalidValue
            | ErrorKind::ValueValidation
            | ErrorKind::InvalidUtf8
            | ErrorKind::TooManyValues
            | ErrorKind::TooFewValues
            | ErrorKind::WrongNumberOfValues
    );
    let text = error.to_string();
    let text = text.trim_start_matches("error: ");
    // Without the usage, which is of the command line.
    let text = text
        .split("\n\nUsage")
        .next()?
        .split("\n\nFor more")
        .next()?;
    about_the_value.then(|| text.trim_end().to_owned())
}

fn config_path(given: &[OsString]) -> Option<std::path::PathBuf> {
    let mut given = given.iter();
    while let Some(word) = given.next() {
        if word == "--" {
            return None;
        }
        if word == "--config" {
            return given.next().map(Into::into);
        }
        if let Some(path) = word
            .to_str()
            .and_then(|word| word.strip_prefix("--config="))
        {
            return Some(path.into());
        }
    }
    None
}

/// An entry of the file as arguments.
fn option(
    command: &Command,
    program: &Command,
    key: &str,
    value: &Value,
) -> Result<Vec<OsString>, String> {
    let longs = |option: &clap::Arg| option.get_long().map(str::to_owned);
    let shared = program
        .get_arguments()
        .filter(|option| option.is_global_set());
    let options = command.get_arguments().chain(shared);
    let mut known: Vec<String> = options.filter_map(longs).collect();
    known.retain(|long| !matches!(long.as_str(), "help" | "version" | "config"));
    known.sort_unstable();
    known.dedup();
    if !known.iter().any(|long| long == key) {
        let name = command.get_name();
        return Err(format!(
            "`{key}` is no option of {name}; there are {}",
            known.join(", ")
        ));
    }
    let one = |value: &Value| -> Result<Option<OsString>, String> {
        Ok(match value {
            Value::Boolean(true) => Some(format!("--{key}").into()),
            Value::Boolean(false) => None,
            Value::String(text) => Some(format!("--{key}={text}").into()),
            Value::Integer(number) => Some(format!("--{key}={number}").into()),
            Value::Float(number) => Some(format!("--{key}={number}").into()),
            other => {
                let kind = other.type_str();
                return Err(format!(
                    "`{key}` is a {kind}; give a text, a number, true or false, or a list of them"
                ));
            }
        })
    };
    match value {
        Value::Array(values) => values
            .iter()
            .filter_map(|value| one(value).transpose())
            .collect(),
        value => Ok(one(value)?.into_iter().collect()),
    }
}

#[cfg(test)]
mod tests {
    use clap::{Arg, ArgAction, value_parser};

    use super::*;

    fn command() -> Command {
        let option = |name: &'static str| Arg::new(name).long(name);
        let number = option("enactors").value_parser(value_parser!(usize));
        let variant = option("variant").value_parser(["1", "2", "fix"]);
        let safeguard = option("safeguard").action(ArgAction::Append);
        Command::new("program")
            .args([
                option("config").global(true),
                number.global(true),
                option("symmetry").action(ArgAction::SetTrue),
            ])
            .subcommand(Command::new("check").args([variant.clone(), safeguard]))
            .subcommand(Command::new("replay").args([variant, Arg::new("path").required(true)]))
    }

    fn merged(file: &str, given: &[&str]) -> Result<Vec<String>, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("planwright.toml");
        fs::write(&path, file).expect("a file");
        let config = format!("--config={}", path.display());
        let first = ["program", config.as_str()];
        let given = first.iter().chain(given);
        let merged = merge(&command(), given.map(OsString::from).collect())?;
        let text = merged
            .into_iter()
            .map(|word| word.into_string().expect("text"));
        Ok(text.filter(|word| !word.starts_with("--config")).collect())
    }

    #[test]
    fn what_the_command_line_says_comes_last() {
        let file = "enactors = 3\nsymmetry = true\n[check]\nvariant = \"fix\"\nsafeguard = [\"a\", \"b\"]\n";
        let found = merged(file, &["check", "--variant", "2"]).expect("it can be read");
        let wanted = [
            "program",
            "--enactors=3",
            "--symmetry",
            "check",
            "--safeguard=a",
            "--safeguard=b",
            "--variant=fix",
            "--variant",
            "2",
        ];
        assert_eq!(found, wanted);
        // What is for another command is left out, and so is what is false.
        let found = merged("symmetry = false\n[replay]\nvariant = \"1\"\n", &["check"]);
        assert_eq!(found, Ok(vec!["program".to_owned(), "check".to_owned()]));
    }

    #[test]
    fn a_value_that_its_option_does_not_take_is_refused_by_file_and_key() {
        for (file, key) in [
            ("enactors = \"three\"\n", "enactors"),
            ("enactors = true\n", "enactors"),
            ("enactors = -1\n", "enactors"),
            ("symmetry = 3\n", "symmetry"),
            ("[check]\nvariant = 3\n", "variant"),
        ] {
            let error = merged(file, &["check"]).expect_err("it is no value of that option");
            let begins = error.starts_with("--config ") && error.contains("planwright.toml: ");
            assert!(begins && error.contains(&format!("`{key}`: ")), "{error}");
            assert!(!error.contains("Usage"), "{error}");
        }
    }

    #[test]
    fn what_is_no_option_is_refused_by_name() {
        let error = merged("enactor = 3\n", &["check"]).expect_err("there is none");
        assert!(
            error.contains("`enactor` is no option of program; there are enactors, symmetry"),
            "{error}"
        );
        let error = merged("[check]\nrow = 3\n", &[]).expect_err("there is none");
        assert!(
            error.contains("`row` is no option of check; there are enactors, safeguard, variant"),
            "{error}"
        );
        let error = merged("enactors = 1979-05-27\n", &[]).expect_err("a date");
        assert!(error.contains("`enactors` is a datetime"), "{error}");
        assert!(merged("enactors = = 3\n", &[]).is_err());
        let missing = merge(
            &command(),
            ["program", "--config", "/nowhere.toml"]
                .map(OsString::from)
                .into(),
        );
        assert!(
            missing
                .expect_err("no file")
                .contains("--config /nowhere.toml")
        );
    }
}
