//! Which form a document is given.

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use planwright_model::{Count, printable};

use crate::Document;
use crate::document::NO_PROPERTY;

/// A form in which a [`Document`] can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// The claims and the timelines, for people.
    Text,
    /// Everything, as JSON with a [published schema](Document::JSON_SCHEMA).
    Json,
    /// Properties as test cases, for build servers.
    Junit,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Text, Self::Json, Self::Junit];

    /// Its name on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Junit => "junit",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// There is no format of this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no format `{0}`; choose text, json or junit")]
pub struct UnknownFormat(pub String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let known = Self::ALL.into_iter().find(|format| format.name() == text);
        known.ok_or_else(|| UnknownFormat(text.to_owned()))
    }
}

impl Document {
    /// Writes it in this form.
    ///
    /// # Errors
    ///
    /// If `to` cannot be written to.
    pub fn write(&self, format: Format, mut to: impl Write) -> io::Result<()> {
        to.write_all(self.to_form(format).as_bytes())?;
        to.flush()
    }

    /// The same as text.
    pub fn to_form(&self, format: Format) -> String {
        match format {
            Format::Text => self.to_text(),
            Format::Json => self.to_json(),
            Format::Junit => self.to_junit(),
        }
    }

    /// Everything, as JSON with a line for each thing.
    ///
    /// # Panics
    ///
    /// Never: a document is plain data with names as keys.
    pub fn to_json(&self) -> String {
        let text = serde_json::to_string_pretty(self);
        text.expect("a document is plain data") + "\n"
    }

    /// The verdicts and the timelines. The text depends on the document alone, so that tests can pin it.
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n", printable(&self.title));
        if self.claims.is_empty() {
            text += &format!("\nundecided: {NO_PROPERTY}\n");
        }
        let mut last = None;
        for claim in &self.claims {
            let outcome = format!("{:?}", claim.answer.outcome).to_lowercase();
            text += &format!("\n{outcome}: {}", printable(&claim.property));
            if let Some(cause) = &claim.answer.cause {
                text += &format!(" ({})", printable(cause));
            }
            if claim.vacuous {
                text += " (vacuous)";
            }
            text.push('\n');
            // One fault ends the exploration for all properties.
            if let Some(fault) = claim.fault.as_ref().filter(|fault| last != Some(*fault)) {
                let lines = fault.lines();
                text.extend(lines.iter().map(|line| format!("  {}\n", printable(line))));
                last = Some(fault);
            }
            if let Some(story) = self.story_of(&claim.property) {
                text += &format!("\n{}\n", story.timeline());
            }
        }
        if let Some(claim) = self.claims.first() {
            let states = Count(claim.states, "state");
            let transitions = Count(claim.transitions, "transition");
            text += &format!(
                "\n{}: {states}, {transitions}, depth {}\n",
                claim.completion, claim.depth
            );
        }
        text
    }
}
