//! Results on the disk, as they come.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{AskedProperty, SetResult};
use crate::Answer;
use crate::checkpoint::program_digest;

/// A file to which every result is appended as soon as it is known, so that an ablation that is
/// interrupted or killed can go on where it was.
///
/// It is text, a JSON object a line. The first line says what was asked, and of which program; each of the others
/// tells what was found under one set of safeguards, by their names. A set may come again; its last line counts.
///
/// Results belong to one build of the program and to one model: the first line has a digest of the program, and
/// one of the first thousand states of the model without safeguards, with their steps and what the properties
/// say of them. A model that differs only further away has the same one, so let the configuration name all that
/// it depends on.
#[derive(Debug)]
pub struct ResultFile {
    path: PathBuf,
    configuration: String,
    file: File,
}

/// What the first line of a file says.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Head {
    planwright_ablation: u32,
    version: String,
    configuration: String,
    safeguards: Vec<String>,
    properties: Vec<AskedProperty>,
    /// The digest of the program.
    program: String,
    /// The digest of the model without safeguards.
    model: String,
}

/// What the first line says in every format.
#[derive(Deserialize)]
struct Format {
    planwright_ablation: u32,
}

/// What every other line says.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    on: Vec<String>,
    states: u64,
    transitions: u64,
    answers: Vec<NamedAnswer>,
}

/// An answer, with names.
#[derive(Debug, Serialize, Deserialize)]
struct NamedAnswer {
    property: String,
    #[serde(flatten)]
    answer: Answer,
}

/// The format of the file; another number is another format.
const FORMAT: u32 = 2;

/// Why results cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResultFileError {
    /// The file cannot be opened, read or written.
    #[error("{}: {error}; give a file that can be read and written", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// It has the results of something else.
    #[error(
        "{}: it has results of another ablation: its {what} {theirs}, and here {ours}; give another \
         file, or the program and options that began it",
        path.display()
    )]
    Other {
        /// The file.
        path: PathBuf,
        /// What differs.
        what: &'static str,
        /// What the file says.
        theirs: String,
        /// What was asked for.
        ours: String,
    },
    /// It is no file of results, or it was changed.
    #[error("{}: line {line} is not a result of an ablation ({why}); give another file", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
}

impl ResultFile {
    /// Opens the file, or makes it. What is in it is read when the ablation runs, and what it has decided
    /// is not explored again.
    ///
    /// `configuration` says in words which model is explored at which bounds; a file of another one is
    /// refused, and so is one that another build of the program has written. Limits need not be part of it: what
    /// they left undecided is explored again.
    ///
    /// # Errors
    ///
    /// If the file cannot be written to.
    pub fn open(
        path: impl AsRef<Path>,
        configuration: impl Into<String>,
    ) -> Result<Self, ResultFileError> {
        let path = path.as_ref().to_owned();
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        match options.open(&path) {
            Ok(file) => Ok(Self {
                path,
                configuration: configuration.into(),
                file,
            }),
            Err(error) => Err(ResultFileError::Io { path, error }),
        }
    }

    /// Reads what there is, and gets ready to append. A last line without an end was being written when
    /// the process was killed; it is removed.
    pub(super) fn begin(
        &mut self,
        safeguards: &[String],
        properties: &[AskedProperty],
        model: String,
    ) -> Result<Vec<SetResult>, ResultFileError> {
        let head = Head {
            planwright_ablation: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            configuration: self.configuration.clone(),
            safeguards: safeguards.to_owned(),
            properties: properties.to_owned(),
            program: program_digest().to_owned(),
            model,
        };
        let mut text = String::new();
        let read = self.file.read_to_string(&mut text);
        read.map_err(|error| self.io(error))?;
        let Some(end) = text.rfind('\n') else {
            let beginning = "{\"planwright_ablation\":";
            if !beginning.starts_with(&text) && !text.starts_with(beginning) {
                return Err(self.damaged(1, "it does not begin as one"));
            }
            self.cut(0)?;
            self.append_line(&head)?;
            return Ok(Vec::new());
        };
        let mut lines = text[..end].lines();
        let first = lines.next().unwrap_or_default();
        let format: Format =
            serde_json::from_str(first).map_err(|error| self.damaged(1, error.to_string()))?;
        if format.planwright_ablation != FORMAT {
            let (theirs, ours) = (format.planwright_ablation.to_string(), FORMAT.to_string());
            return Err(self.other("format is", theirs, ours));
        }
        let theirs: Head =
            serde_json::from_str(first).map_err(|error| self.damaged(1, error.to_string()))?;
        self.compare(&theirs, &head)?;
        let results = lines.enumerate().map(|(number, line)| {
            let damaged = |why| self.damaged(number + 2, why);
            let line: Line =
                serde_json::from_str(line).map_err(|error| damaged(error.to_string()))?;
            line.result(&head).map_err(damaged)
        });
        let results = results.collect::<Result<_, _>>()?;
        self.cut(end as u64 + 1)?;
        Ok(results)
    }

    /// Appends one result.
    pub(super) fn append(
        &mut self,
        safeguards: &[String],
        properties: &[AskedProperty],
        result: &SetResult,
    ) -> Result<(), ResultFileError> {
        let answers = properties.iter().zip(&result.answers);
        let line = Line {
            on: result.on.names(safeguards),
            states: result.states,
            transitions: result.transitions,
            answers: answers
                .map(|(property, answer)| NamedAnswer {
                    property: property.name.clone(),
                    answer: answer.clone(),
                })
                .collect(),
        };
        self.append_line(&line)
    }

    fn append_line(&mut self, line: &impl Serialize) -> Result<(), ResultFileError> {
        let mut text = serde_json::to_string(line).map_err(|error| self.io(error.into()))?;
        text.push('\n');
        let written = self.file.write_all(text.as_bytes());
        written.map_err(|error| self.io(error))
    }

    /// Leaves so many bytes, and goes on after them.
    fn cut(&mut self, bytes: u64) -> Result<(), ResultFileError> {
        let cut = self.file.set_len(bytes);
        let cut = cut.and_then(|()| self.file.seek(SeekFrom::End(0)));
        cut.map(|_| ()).map_err(|error| self.io(error))
    }

    fn compare(&self, theirs: &Head, ours: &Head) -> Result<(), ResultFileError> {
        let names = |properties: &[AskedProperty]| {
            let names = properties
                .iter()
                .map(|p| format!("{} ({})", p.name, p.kind));
            names.collect::<Vec<_>>().join("; ")
        };
        let said = |head: &Head| {
            [
                ("version of Planwright is", head.version.clone()),
                ("configuration is", format!("`{}`", head.configuration)),
                ("safeguards are", head.safeguards.join(", ")),
                ("properties are", names(&head.properties)),
                ("program is", format!("of digest {}", head.program)),
                (
                    "model, where it begins, is",
                    format!("of digest {}", head.model),
                ),
            ]
        };
        for ((what, theirs), (_, ours)) in said(theirs).into_iter().zip(said(ours)) {
            if theirs != ours {
                return Err(self.other(what, theirs, ours));
            }
        }
        Ok(())
    }

    fn other(&self, what: &'static str, theirs: String, ours: String) -> ResultFileError {
        let path = self.path.clone();
        ResultFileError::Other {
            path,
            what,
            theirs,
            ours,
        }
    }

    fn io(&self, error: io::Error) -> ResultFileError {
        let path = self.path.clone();
        ResultFileError::Io { path, error }
    }

    pub(super) fn damaged(&self, line: usize, why: impl Into<String>) -> ResultFileError {
        ResultFileError::Damaged {
            path: self.path.clone(),
            line,
            why: why.into(),
        }
    }
}

impl Line {
    fn result(self, head: &Head) -> Result<SetResult, String> {
        let place = |name: &String| {
            let place = head.safeguards.iter().position(|s| s == name);
            place.ok_or_else(|| format!("there is no safeguard `{name}`"))
        };
        let asked = head.properties.iter().map(|property| &property.name);
        if !asked.eq(self.answers.iter().map(|answer| &answer.property)) {
            return Err("its properties are not those of line 1".to_owned());
        }
        let on = self.on.iter().map(place).collect::<Result<_, _>>()?;
        let answers = self.answers.into_iter().map(|named| named.answer);
        Ok(SetResult {
            on,
            answers: answers.collect(),
            states: self.states,
            transitions: self.transitions,
        })
    }
}
