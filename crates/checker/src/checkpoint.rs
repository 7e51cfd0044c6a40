//! Where a long exploration leaves what it has, so that it can be resumed.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use planwright_model::Model;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::codec::Codec;

/// Where checkpoints of an exploration go, and how often.
///
/// A checkpoint is written between levels, beside the last one, and replaces it when it is on the
/// disk. A process that is killed can be resumed from it, and ends with the verdicts, counts and
/// counterexamples of a run that was never interrupted. An exploration that ends by itself removes
/// its checkpoint; one that reaches a limit keeps it, so that it can go on under a larger limit.
///
/// A run is only resumed by the same build of the program, with the same configuration and properties of the
/// same names. Beyond that, model and properties can only be asked again: some schedules are taken again, and
/// the properties are asked about the states on and beside them and about all those that are expanded next.
/// A model or property that depends on something else (an option, a file), and differs from what it was only
/// elsewhere, is not noticed. So let the configuration name all that they depend on.
///
/// ```
/// use std::time::Duration;
///
/// use planwright_checker::{Checker, Checkpoints, Encode, Model};
///
/// /// A counter that goes up to its bound.
/// struct Counter(u64);
///
/// impl Model for Counter {
///     type State = u64;
///     type Action = ();
///     fn init_states(&self) -> Vec<u64> {
///         vec![0]
///     }
///     fn actions(&self, state: &u64, actions: &mut Vec<()>) {
///         actions.extend((*state < self.0).then_some(()));
///     }
///     fn next_state(&self, state: &u64, (): ()) -> Option<u64> {
///         Some(state + 1)
///     }
/// }
///
/// impl Encode for Counter {
///     type Code = u64;
///     fn encode(&self, state: &u64) -> Option<u64> {
///         Some(*state)
///     }
///     fn decode(&self, code: u64) -> u64 {
///         code
///     }
/// }
///
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path();
/// let model = Counter(50);
/// let check = || Checker::new(&model).always("small", |n| *n < 100);
///
/// // Stops at a limit, as if it had been killed.
/// let checkpoints = Checkpoints::create(folder, "a counter up to 50")?.every(Duration::ZERO);
/// let report = check().max_depth(20).checkpoints(checkpoints).try_run()?;
/// assert_eq!(report.statistics().states, 21);
///
/// let checkpoints = Checkpoints::open(folder, "a counter up to 50")?;
/// let report = check().checkpoints(checkpoints).try_run()?;
/// report.assert_holds();
/// assert_eq!(report.statistics().states, 51);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[must_use = "give them to `Checker::checkpoints`"]
pub struct Checkpoints {
    directory: PathBuf,
    configuration: String,
    pub(crate) interval: Duration,
    pub(crate) resume: bool,
}

impl Checkpoints {
    const FILE: &str = "planwright.checkpoint";
    const UNFINISHED: &str = "planwright.checkpoint.unfinished";

    /// Checkpoints of a new exploration in this directory, which is made if it does not exist.
    ///
    /// `configuration` says in words which model is explored at which bounds; an exploration with
    /// another configuration will not resume from here.
    ///
    /// # Errors
    ///
    /// If the directory cannot be written to, or has a checkpoint already: it is not overwritten.
    pub fn create(
        directory: impl AsRef<Path>,
        configuration: impl Into<String>,
    ) -> Result<Self, CheckpointError> {
        let checkpoints = Self::new(directory.as_ref(), configuration.into(), false);
        if checkpoints.file().exists() {
            return Err(CheckpointError::AlreadyThere {
                path: checkpoints.file(),
            });
        }
        checkpoints.prepare()?;
        Ok(checkpoints)
    }

    /// The checkpoint in this directory, to be resumed.
    ///
    /// # Errors
    ///
    /// If there is none, or the directory cannot be written to. What the checkpoint holds is looked
    /// at when the exploration runs.
    pub fn open(
        directory: impl AsRef<Path>,
        configuration: impl Into<String>,
    ) -> Result<Self, CheckpointError> {
        let checkpoints = Self::new(directory.as_ref(), configuration.into(), true);
        if !checkpoints.file().exists() {
            return Err(CheckpointError::Missing {
                path: checkpoints.file(),
            });
        }
        checkpoints.prepare()?;
        Ok(checkpoints)
    }

    /// How much time passes between checkpoints, at least; a minute unless told. They take about a
    /// tenth of the time at most, whatever the interval; only with none at all, there is one after
    /// every level.
    pub fn every(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    fn new(directory: &Path, configuration: String, resume: bool) -> Self {
        Self {
            directory: directory.to_owned(),
            configuration,
            interval: Duration::from_secs(60),
            resume,
        }
    }

    /// Finds out before a long run whether the directory can be written to.
    fn prepare(&self) -> Result<(), CheckpointError> {
        let written = fs::create_dir_all(&self.directory)
            .and_then(|()| File::create(self.unfinished()))
            .and_then(|_| fs::remove_file(self.unfinished()));
        written.map_err(|error| CheckpointError::Directory {
            path: self.directory.clone(),
            error,
        })
    }

    /// The file that holds the last checkpoint.
    pub fn file(&self) -> PathBuf {
        self.directory.join(Self::FILE)
    }

    /// The file that a checkpoint is written to before it replaces the last one.
    pub(crate) fn unfinished(&self) -> PathBuf {
        self.directory.join(Self::UNFINISHED)
    }

    /// Makes the unfinished checkpoint the last one, for good.
    pub(crate) fn finish(&self) -> io::Result<()> {
        fs::rename(self.unfinished(), self.file())?;
        // The name is in the directory, which not every system can write through.
        if let Ok(directory) = File::open(&self.directory) {
            let _ = directory.sync_all();
        }
        Ok(())
    }

    /// Removes what the exploration no longer needs.
    pub(crate) fn remove(&self) {
        // It may never have been written.
        let _ = fs::remove_file(self.file());
        let _ = fs::remove_file(self.unfinished());
    }
}

/// Why an exploration cannot be checkpointed or resumed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// The directory cannot be written to.
    #[error("checkpoints cannot be written to {}: {error}; choose another directory", path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A new exploration would overwrite a checkpoint.
    #[error("{} holds a checkpoint already: resume it, remove it, or choose another directory", path.display())]
    AlreadyThere {
        /// The checkpoint.
        path: PathBuf,
    },
    /// There is nothing to resume.
    #[error("there is no checkpoint {}: name the directory of an unfinished run, or start a new one", path.display())]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// A checkpoint cannot be written or read.
    #[error("{}: {error}; choose a directory that can be read and written", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A state cannot be written.
    #[error("a state cannot be stored: {detail}")]
    State {
        /// Why.
        detail: String,
    },
    /// The file is something else.
    #[error("{} is no checkpoint, or one of another version of Planwright: start a new run in another directory", path.display())]
    NotACheckpoint {
        /// The file.
        path: PathBuf,
    },
    /// The file is not what was written.
    #[error("{} is damaged ({detail}): remove it, and start again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What shows it.
        detail: String,
    },
    /// The checkpoint belongs to another exploration.
    #[error("{} is of another run: its {what} is {there}, and here it is {here}; resume it with the program and options that began it", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What differs.
        what: &'static str,
        /// There.
        there: String,
        /// Here.
        here: String,
    },
    /// Steps that were taken then do not lead to the same states now, or a property gives another answer.
    #[error("{} does not agree with the model and its properties: {detail}; start a new run in another directory", path.display())]
    Mismatch {
        /// The file.
        path: PathBuf,
        /// What differs.
        detail: String,
    },
}

/// How the engine saves and resumes an exploration.
pub(crate) struct Saving<'m, M: Model> {
    pub(crate) checkpoints: Checkpoints,
    pub(crate) codec: Box<dyn Codec<M> + 'm>,
}

/// What must be the same for an exploration to be resumed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    pub(crate) configuration: String,
    pub(crate) properties: Vec<String>,
    pub(crate) fairness: Vec<String>,
    pub(crate) action_classes: usize,
    pub(crate) seed: u64,
    pub(crate) exact: bool,
    pub(crate) symmetry: bool,
    /// Whether the model starts elsewhere, or lists its actions another way.
    pub(crate) altered: bool,
    pub(crate) toolchain: String,
    /// The digest of the program.
    pub(crate) program: String,
}

impl Identity {
    pub(crate) fn new(checkpoints: &Checkpoints) -> Self {
        Self {
            configuration: checkpoints.configuration.clone(),
            properties: Vec::new(),
            fairness: Vec::new(),
            action_classes: 0,
            seed: 0,
            exact: false,
            symmetry: false,
            altered: false,
            toolchain: env!("PLANWRIGHT_TOOLCHAIN").to_owned(),
            program: program_digest().to_owned(),
        }
    }

    /// What differs first: its name, and how it is there and here.
    pub(crate) fn difference(&self, here: &Self) -> Option<(&'static str, String, String)> {
        let parts = |one: &Self| {
            [
                ("configuration", format!("`{}`", one.configuration)),
                ("list of properties", format!("{:?}", one.properties)),
                ("list of fairness conditions", format!("{:?}", one.fairness)),
                ("number of action classes", one.action_classes.to_string()),
                ("seed", one.seed.to_string()),
                ("exact mode", on_or_off(one.exact)),
                ("symmetry", on_or_off(one.symmetry)),
                ("starting or listing otherwise", on_or_off(one.altered)),
                ("toolchain", one.toolchain.clone()),
                ("program", format!("of digest {}", one.program)),
            ]
        };
        let mut pairs = parts(self).into_iter().zip(parts(here));
        pairs
            .find(|(there, here)| there != here)
            .map(|((what, there), (_, here))| (what, there, here))
    }
}

fn on_or_off(on: bool) -> String {
    if on { "on" } else { "off" }.to_owned()
}

/// The SHA-256 digest of the running program, where the system tells which file it is.
pub(crate) fn program_digest() -> &'static str {
    static DIGEST: OnceLock<String> = OnceLock::new();
    let digest = || {
        let mut program = File::open(std::env::current_exe().ok()?).ok()?;
        let mut hasher = Hashing(Sha256::new());
        io::copy(&mut program, &mut hasher).ok()?;
        Some(hex(&hasher.0.finalize()))
    };
    DIGEST.get_or_init(|| digest().unwrap_or_else(|| "unknown".to_owned()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A digest as something that can be written to.
pub(crate) struct Hashing(pub(crate) Sha256);

impl io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_build_is_another_program() {
        let checkpoints = Checkpoints::new(Path::new("nowhere"), "test".to_owned(), false);
        let own = Identity::new(&checkpoints);
        assert_eq!(own.difference(&own), None);
        assert_eq!(own.program.len(), 64, "{}", own.program);
        assert!(own.toolchain.starts_with("rustc "), "{}", own.toolchain);
        let mut other = own.clone();
        other.program = "0".repeat(64);
        let difference = other.difference(&own).map(|(what, ..)| what);
        assert_eq!(difference, Some("program"));
        other.toolchain = "rustc 0.1".to_owned();
        let difference = other.difference(&own).expect("two differences");
        assert_eq!(
            difference,
            ("toolchain", "rustc 0.1".to_owned(), own.toolchain)
        );
    }
}
