//! What is left behind for other programs and for browsers.

use std::fmt::Debug;
use std::hash::Hash;
use std::path::{Path, PathBuf};

use clap::Args;
use planwright_checker::Report;
use planwright_model::Depict;
use planwright_report::{
    Document, Format, GraphError, GraphLimits, STATES_TO_LOOK_AT, graph_to_aldebaran, graph_to_dot,
};

use crate::target::Target;
use crate::{Named, interrupt_flag, print_verbatim, thousands};

/// How many states a graph for other tools may have.
const STATES_FOR_TOOLS: usize = 1_000_000;

/// In which form the result is given, and where it goes.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Output")]
pub struct OutputOptions {
    /// The form of the result: text, json or junit [default: text]
    #[arg(long, value_name = "FORM")]
    pub format: Option<Format>,

    /// Write the result to this file; without it, it goes to standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Write a page for a browser to this file: step through each schedule, from disk
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    /// Write the graph of all states to this file: .dot for Graphviz, if there are at most 250 states, or
    /// .aut for mCRL2 and CADP, if there are at most a million
    #[arg(long, value_name = "FILE")]
    pub graph: Option<PathBuf>,
}

/// A form of graph.
#[derive(Clone, Copy, Debug)]
enum GraphForm {
    Dot,
    Aldebaran,
}

/// Files that are known to be writable, before a long run. What was at their places stays until the
/// result is complete.
#[derive(Debug)]
pub struct Outputs {
    standard: Option<Format>,
    out: Option<(Format, Target)>,
    report: Option<Target>,
    graph: Option<(GraphForm, Target)>,
}

impl OutputOptions {
    /// Whether standard output is for people. If not, it carries the result for a program and nothing else.
    pub fn is_for_people(&self) -> bool {
        self.out.is_some() || matches!(self.format, None | Some(Format::Text))
    }

    /// Sees to it that every file can be written.
    ///
    /// # Errors
    ///
    /// Which cannot, why, and what to do; nothing was changed then.
    pub fn prepare(&self) -> Result<Outputs, String> {
        let format = self.format.unwrap_or(Format::Text);
        let target = |option: &'static str, path: &Option<PathBuf>| {
            let target = path.as_deref().map(|path| Target::new(option, path));
            target.transpose()
        };
        let graph = self.graph.as_deref().map(|path| {
            let form = match path.extension().and_then(|extension| extension.to_str()) {
                Some("dot" | "gv") => GraphForm::Dot,
                Some("aut") => GraphForm::Aldebaran,
                _ => {
                    return Err(format!(
                        "--graph {}: the name says the form; end it in .dot or .aut",
                        path.display()
                    ));
                }
            };
            Ok((form, Target::new("--graph", path)?))
        });
        Ok(Outputs {
            standard: (!self.is_for_people()).then_some(format),
            graph: graph.transpose()?,
            out: target("--out", &self.out)?.map(|target| (format, target)),
            report: target("--report", &self.report)?,
        })
    }
}

/// A graph that nobody could look at, or no tool read.
fn too_large(form: GraphForm, states: u64, path: &Path) -> String {
    let (path, states) = (path.display(), thousands(states));
    match form {
        GraphForm::Dot => format!(
            "--graph {path}: {states} states are too many to look at (there may be {STATES_TO_LOOK_AT}); make the \
             model smaller, end the name in .aut, or draw one schedule: replay PATH --format dot"
        ),
        GraphForm::Aldebaran => format!(
            "--graph {path}: {states} states are too many (there may be {}); make the model smaller",
            thousands(STATES_FOR_TOOLS as u64)
        ),
    }
}

impl Outputs {
    /// Whether there is anything to write.
    pub fn is_empty(&self) -> bool {
        self.standard.is_none()
            && self.out.is_none()
            && self.report.is_none()
            && self.graph.is_none()
    }

    /// Writes everything that was asked for, with the command that replays a line of the model.
    ///
    /// # Errors
    ///
    /// What could not be written, and why. What belongs to a file that cannot be written any more is printed.
    pub fn write<M>(self, named: &Named, report: &Report<'_, M>, replay: &str) -> Result<(), String>
    where
        M: Depict,
        M::State: Clone + Debug + Eq + Hash,
        M::Action: Clone + Debug + PartialEq,
    {
        if self.is_empty() {
            return Ok(());
        }
        let document = Document::new(named.to_string(), report);
        let mut document = document.blamed(report).replay_command(replay);
        document.claims = named.claims(report);
        let stories = document.stories.into_iter();
        document.stories = stories.map(|story| named.told(story)).collect();
        let mut errors = Vec::new();
        if let Some(format) = self.standard {
            print_verbatim(document.to_form(format).trim_end());
        }
        if let Some((format, target)) = self.out {
            errors.extend(target.write(&document.to_form(format)).err());
        }
        if let Some(target) = self.report {
            errors.extend(target.write(&document.to_html()).err());
        }
        if let Some((form, target)) = self.graph {
            let (model, states) = (report.model(), report.statistics().states);
            let until = |states| GraphLimits::states(states).interrupt(interrupt_flag());
            let graph = match form {
                GraphForm::Dot => graph_to_dot(model, until(STATES_TO_LOOK_AT)),
                GraphForm::Aldebaran => graph_to_aldebaran(model, until(STATES_FOR_TOOLS)),
            };
            let written = graph.map_err(|error| match error {
                GraphError::TooLarge { .. } => too_large(form, states, target.path()),
                error => format!("--graph {}: {error}", target.path().display()),
            });
            errors.extend(written.and_then(|text| target.write_or_drop(&text)).err());
        }
        match errors.is_empty() {
            true => Ok(()),
            false => Err(errors.join("\nerror: ")),
        }
    }
}
