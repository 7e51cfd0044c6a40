//! One schedule, told again.

use clap::{Args, ValueEnum};
use planwright_report::Story;

use crate::{print_verbatim, say};

/// In which form a schedule is told.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct ScheduleOptions {
    /// The form of the schedule [default: text]
    #[arg(long, value_name = "FORM")]
    pub(crate) format: Option<ScheduleForm>,
}

/// A form of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ScheduleForm {
    /// A timeline, for people
    Text,
    /// For Apalache, Quint and their viewers
    Itf,
    /// A sequence diagram, for wikis and code hosts
    Mermaid,
    /// A graph, for Graphviz
    Dot,
}

impl ScheduleOptions {
    /// Whether standard output is for people.
    pub(crate) fn is_for_people(self) -> bool {
        matches!(self.format, None | Some(ScheduleForm::Text))
    }

    /// Prints the schedule.
    pub(crate) fn tell(self, story: &Story) {
        let text = match self.format {
            None | Some(ScheduleForm::Text) => return say!("{}", story.timeline()),
            Some(ScheduleForm::Itf) => format!("{:#}", story.to_itf()),
            Some(ScheduleForm::Mermaid) => story.to_mermaid(),
            Some(ScheduleForm::Dot) => story.to_dot(),
        };
        print_verbatim(text.trim_end());
    }
}
