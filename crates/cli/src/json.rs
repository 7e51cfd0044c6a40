//! What was found, as data for other programs.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::target::Target;

/// Where what was found goes, as JSON.
#[derive(Args, Clone, Debug, Default)]
pub struct JsonOption {
    /// Also write all that was found to this file, as JSON
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
}

/// A file that is known to be writable, before a long run; or none, if none was asked for.
#[derive(Debug)]
#[must_use = "what was found is to be written"]
pub struct JsonFile(Option<Target>);

impl JsonOption {
    /// Sees to it that the file can be written. What was at its place stays until the result is complete.
    ///
    /// # Errors
    ///
    /// If it cannot, with the reason and what to do.
    pub fn prepare(&self) -> Result<JsonFile, String> {
        let target = self.json.as_deref().map(|path| Target::new("--json", path));
        target.transpose().map(JsonFile)
    }
}

impl JsonFile {
    /// Writes what was found.
    ///
    /// # Errors
    ///
    /// If the file cannot be written after all; its text was printed then.
    pub fn write(self, found: &impl Serialize) -> Result<(), String> {
        let Self(Some(target)) = self else {
            return Ok(());
        };
        let text = serde_json::to_string_pretty(found).map_err(|error| error.to_string())?;
        target.write(&format!("{text}\n"))
    }
}
