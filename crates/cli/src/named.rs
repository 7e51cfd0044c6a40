//! Models by name, and replay lines that say of which one they are.

use std::fmt::{self, Debug};
use std::hash::Hash;

use planwright_checker::{Claim, Finding, Report, Trace, fingerprint};
use planwright_model::{Depict, Model};
use planwright_report::Story;

/// A model by name, for headings, and a short digest of it, for the replay lines of its schedules: a line names
/// its steps by number, so in another model it tells another story.
///
/// ```
/// use planwright_cli::Named;
///
/// let named = Named::new("lamps, latched: 3 presses", "lamps latched 3");
/// assert_eq!(named.to_string(), "lamps, latched: 3 presses");
/// let line = named.line("0/0/1");
/// assert_eq!(named.path(&line, [])?, "0/0/1");
/// assert_eq!(named.path("0/0/1", [])?, "0/0/1");
/// let other = Named::new("lamps: 3 presses", "lamps 3");
/// let error = other.path(&line, [named]).expect_err("of another model");
/// assert!(error.contains("lamps, latched: 3 presses") && error.contains("lamps: 3 presses"));
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    title: String,
    digest: String,
}

/// What stands between the numbers of a replay line and the digest.
const OF: char = '@';

/// Digits of a digest: as many as anybody compares.
const DIGITS: usize = 6;

/// Whether a word is a replay line, with the digest of a model.
pub(crate) fn is_replay_line(word: &str) -> bool {
    word.rsplit_once(OF).is_some_and(|(path, digest)| {
        path.ends_with(|last: char| last.is_ascii_digit())
            && digest.len() == DIGITS
            && digest.bytes().all(|digit| digit.is_ascii_hexdigit())
    })
}

impl Named {
    /// A model that people call `title`. The digest is made of `identity`, which no other model of the program
    /// has.
    pub fn new(title: impl Into<String>, identity: &str) -> Self {
        Self {
            title: title.into(),
            digest: format!("{:0DIGITS$x}", fingerprint(identity) >> (64 - 4 * DIGITS)),
        }
    }

    /// The same model, that people call `title`.
    #[must_use]
    pub fn titled(self, title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..self
        }
    }

    /// The replay line of a schedule of this model, from its [path](Trace::path).
    pub fn line(&self, path: &str) -> String {
        format!("{path}{OF}{}", self.digest)
    }

    /// The path in a replay line, which need not say of which model it is.
    ///
    /// # Errors
    ///
    /// If it is of another model; the text names that one if it is among `others`, and this one.
    pub fn path<'l>(
        &self,
        line: &'l str,
        others: impl IntoIterator<Item = Self>,
    ) -> Result<&'l str, String> {
        let Some((path, digest)) = line.rsplit_once(OF) else {
            return Ok(line);
        };
        if digest == self.digest {
            return Ok(path);
        }
        let mut others = others.into_iter();
        let other = match others.find(|other| other.digest == digest) {
            Some(other) => format!("{} ({digest})", other.title),
            None => format!("another model ({digest})"),
        };
        Err(format!(
            "`{line}` is a schedule of {other}, and this is {} ({}); give the same variant and size options as \
             in the run that printed it, or leave out `{OF}{digest}` to try it here",
            self.title, self.digest
        ))
    }

    /// The printed report, with timelines and this model's replay lines.
    pub fn report<M>(&self, report: &Report<'_, M>) -> String
    where
        M: Depict<State: Clone + Debug + Hash + PartialEq, Action: Clone + Debug>,
    {
        let timeline = |finding: &_, trace: &_| self.timeline(report.model(), finding, trace);
        let line = |path: &str| self.line(path);
        let printed = report.printed().schedules(&timeline).replays(&line);
        printed.to_string()
    }

    /// What it says of one property; `None` if there is no such.
    pub fn finding<M>(&self, report: &Report<'_, M>, property: &str) -> Option<String>
    where
        M: Depict<State: Clone + Debug + Hash + PartialEq, Action: Clone + Debug>,
    {
        let timeline = |finding: &_, trace: &_| self.timeline(report.model(), finding, trace);
        let line = |path: &str| self.line(path);
        let printed = report.printed().finding(property);
        let printed = printed.schedules(&timeline).replays(&line);
        (report.finding(property)).map(|_| printed.to_string())
    }

    fn timeline<M>(
        &self,
        model: &M,
        finding: &Finding<M::State, M::Action>,
        trace: &Trace<M::State, M::Action>,
    ) -> String
    where
        M: Depict<State: Clone + Hash + PartialEq, Action: Clone>,
    {
        let story = Story::of_finding(model, finding);
        let story = story.unwrap_or_else(|| Story::of_trace(model, trace));
        self.told(story).timeline().to_string()
    }

    /// The claims of a report, with replay lines.
    pub fn claims<M>(&self, report: &Report<'_, M>) -> Vec<Claim>
    where
        M: Model<State: Debug, Action: Clone + Debug>,
    {
        let mut claims = report.claims();
        for claim in &mut claims {
            let schedule = claim.answer.replay.as_mut();
            let fault = claim.fault.as_mut().map(|fault| &mut fault.replay);
            for line in schedule.into_iter().chain(fault) {
                *line = self.line(line);
            }
        }
        claims
    }

    /// The story with its replay line.
    pub fn told(&self, mut story: Story) -> Story {
        story.replay = self.line(&story.replay);
        story
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

/// The schedule that a replay line stands for. `others` are models that it may be of by mistake.
///
/// # Errors
///
/// If it is none of this model; the message says what would be.
pub(crate) fn replayed<M>(
    model: &M,
    named: &Named,
    line: &str,
    others: impl IntoIterator<Item = Named>,
) -> Result<Trace<M::State, M::Action>, String>
where
    M: Model,
    M::Action: Clone,
{
    let path = named.path(line, others)?;
    Trace::replay(model, path).map_err(|error| {
        format!(
            "`{line}` is no schedule here: {error}; give what stands after \"replay:\" and the same variant and \
             size options as in the run that printed it"
        )
    })
}
