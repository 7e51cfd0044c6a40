//! Options from a file.

use std::ffi::OsString;
use std::path::Path;
use std::{env, fs};

use clap::Command;
use toml::{Table, Value};

/// The program's arguments, with those of the file that `--config` names before them, so that what the
/// command line says counts more.
///
/// The file is TOML. A key is the name of an option: `enactors = 3`, `symmetry = true`,
/// `time-limit = "5m"`; a list gives an option several times. Keys at the top are for every command, and a
/// table with the name of a command is for that one.
///
/// # Errors
///
/// If the file cannot be read, or has a key that is no option; the text names both.
pub fn arguments(command: &Command) -> Result<Vec<OsString>, String> {
    merge(command, env::args_os().collect())
}

fn merge(command: &Command, given: Vec<OsString>) -> Result<Vec<OsString>, String> {
    let Some(path) = config_path(&given) else {
        return Ok(given);
    };
    let wrong = |error: &dyn std::fmt::Display| format!("--config {}: {error}", path.display());
    let text = fs::read_to_string(Path::new(&path)).map_err(|error| wrong(&error))?;
    let table: Table = text
        .parse()
        .map_err(|error: toml::de::Error| wrong(&error))?;
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
                    if Some(named.get_name()) == chosen {
                        own.extend(options);
                    }
                }
            }
            (value, _) => {
                top.extend(option(command, command, key, value).map_err(|error| wrong(&error))?);
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
    use clap::Arg;

    use super::*;

    fn command() -> Command {
        let flag = |name: &'static str| Arg::new(name).long(name);
        Command::new("program")
            .args([
                flag("config").global(true),
                flag("enactors").global(true),
                flag("symmetry"),
            ])
            .subcommand(Command::new("check").args([flag("variant"), flag("safeguard")]))
            .subcommand(Command::new("replay").arg(flag("variant")))
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
