//! A finished exploration as data.

use std::fmt::Debug;
use std::hash::Hash;

use planwright_checker::{Claim, Outcome, Report};
use planwright_model::Depict;
use serde::{Deserialize, Serialize};

use crate::Story;

/// A finished exploration as data: what it claims, and the schedules that show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// [`Document::FORMAT`].
    pub format: String,
    /// What was checked, in words.
    pub title: String,
    /// The command that prints a schedule again, if its replay line is appended.
    pub replay_command: Option<String>,
    /// All findings together.
    pub outcome: Outcome,
    /// One for each property.
    pub claims: Vec<Claim>,
    /// The schedules of counterexamples and witnesses.
    pub stories: Vec<Story>,
    /// How many states there are at each depth.
    pub levels: Vec<u64>,
}

/// Why a document without a claim decides nothing.
pub(crate) const NO_PROPERTY: &str = "no property was declared; declare one with `always`, `always_step` or \
                                      `sometimes` of the checker, or in `Model::properties`";

/// Longer schedules are not asked which of their steps they need.
const STEPS_TO_BLAME: usize = 100;

impl Document {
    /// The name and version of what this serializes to.
    pub const FORMAT: &str = "planwright-report/1";

    /// What it looks like as JSON: a schema of the 2020-12 draft (<https://json-schema.org>).
    pub const JSON_SCHEMA: &str = include_str!("../docs/report.schema.json");

    /// A report as data.
    pub fn new<M>(title: impl Into<String>, report: &Report<'_, M>) -> Self
    where
        M: Depict<State: Clone + Debug + Hash + PartialEq, Action: Clone + Debug>,
    {
        let model = report.model();
        let findings = report.findings().iter();
        Self {
            format: Self::FORMAT.to_owned(),
            title: title.into(),
            replay_command: None,
            outcome: report.outcome(),
            claims: report.claims(),
            stories: findings
                .filter_map(|finding| Story::of_finding(model, finding))
                .collect(),
            levels: report.statistics().levels.clone(),
        }
    }

    /// The same, with how much each violation needs each of its steps, where the schedule has at most 100:
    /// that takes time cubic in its length. `report` is the one that this was made from.
    #[must_use]
    pub fn blamed<M>(mut self, report: &Report<'_, M>) -> Self
    where
        M: Depict,
        M::State: Clone + Hash + PartialEq,
        M::Action: Clone + PartialEq,
    {
        for story in &mut self.stories {
            let short = story.steps.len() <= STEPS_TO_BLAME;
            let about = story.property.as_ref().filter(|_| short);
            if let Some(blame) = about
                .and_then(|about| report.blame(&about.name, |action| report.model().actor(action)))
            {
                *story = story.clone().blamed(&blame);
            }
        }
        self
    }

    /// The same, with the command that prints a schedule again if its replay line is appended.
    #[must_use]
    pub fn replay_command(mut self, command: impl Into<String>) -> Self {
        self.replay_command = Some(command.into());
        self
    }

    /// The schedule that shows a finding.
    pub fn story_of(&self, property: &str) -> Option<&Story> {
        let about = |story: &&Story| {
            let claimed = story.property.as_ref();
            claimed.is_some_and(|claimed| claimed.name == property)
        };
        self.stories.iter().find(about)
    }
}
