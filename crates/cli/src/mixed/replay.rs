//! A fleet's name, and a schedule of it told again.

use std::fmt;
use std::str::FromStr;

use planwright_checker::Trace;
use planwright_core::{Course, Enactor, Fleet, Handover};
use planwright_report::Story;

use super::{Shared, Versions};
use crate::{Exit, Named, say};

/// Which of the fleets that `mixed` explores: `1-new`, `rollout-restart`, and with `+shared` where what all
/// share is the new version's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FleetName {
    /// Who runs what.
    pub deployment: Deployment,
    /// Whose side of what all share is in force.
    pub shared: Shared,
}

/// Who runs which version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deployment {
    /// So many enactors run the new version, for ever.
    Mix(usize),
    /// Enactors are switched.
    Switching(Course, Handover),
}

const COURSES: [(&str, Course); 3] = [
    ("rollout", Course::Rollout),
    ("rollback", Course::Rollback),
    ("back-and-forth", Course::BackAndForth),
];

const HANDOVERS: [(&str, Handover); 3] = [
    ("restart", Handover::Restart),
    ("drained", Handover::Drained),
    ("carried-over", Handover::CarriedOver),
];

const SHARED: &str = "+shared";

impl fmt::Display for FleetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.deployment {
            Deployment::Mix(new) => write!(f, "{new}-new")?,
            Deployment::Switching(course, handover) => {
                let course = COURSES.iter().find(|(_, known)| *known == course);
                let handover = HANDOVERS.iter().find(|(_, known)| *known == handover);
                let name = |named: Option<&'static str>| named.unwrap_or("?");
                let (course, handover) = (course.map(|c| c.0), handover.map(|h| h.0));
                write!(f, "{}-{}", name(course), name(handover))?;
            }
        }
        match self.shared {
            Shared::OfNew => f.write_str(SHARED),
            Shared::OfOld | Shared::Changing => Ok(()),
        }
    }
}

impl FromStr for FleetName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, shared) = match text.strip_suffix(SHARED) {
            Some(name) => (name, Shared::OfNew),
            None => (text, Shared::OfOld),
        };
        let mix = name.strip_suffix("-new").and_then(|new| new.parse().ok());
        let mut switching = COURSES.iter().filter_map(|(course, known)| {
            let handover = name.strip_prefix(course)?.strip_prefix('-')?;
            let handover = HANDOVERS.iter().find(|(name, _)| *name == handover)?;
            Some(Deployment::Switching(*known, handover.1))
        });
        let deployment = mix.map(Deployment::Mix).or_else(|| switching.next());
        let deployment = deployment.ok_or_else(|| {
            format!(
                "there is no fleet `{text}`; it is `1-new`, or another number, or one of rollout, rollback, \
                 back-and-forth with one of -restart, -drained, -carried-over; then perhaps {SHARED}"
            )
        })?;
        Ok(Self { deployment, shared })
    }
}

impl FleetName {
    /// The fleet of this name.
    pub(super) fn of<E: Enactor>(self, fleet: Fleet<E>) -> Fleet<E> {
        match self.deployment {
            Deployment::Mix(new) => fleet.upgraded(new),
            Deployment::Switching(course, handover) => fleet.deploying(course, handover),
        }
    }

    /// What it is, in words.
    pub(super) fn title(self) -> String {
        match self.deployment {
            Deployment::Mix(new) => {
                format!("A fleet of which {new} run the new version, for ever")
            }
            Deployment::Switching(course, handover) => {
                let course = match course {
                    Course::Rollout => "A rollout",
                    Course::Rollback => "A rollback",
                    Course::BackAndForth => "A rollout that is given up",
                };
                format!("{course}, {handover}")
            }
        }
    }
}

/// Tells a schedule again, from the line that `mixed` printed below it.
pub(super) fn replay<V: Versions>(versions: &V, named: &Named, line: &str) -> Exit {
    let told = || {
        let (name, path) = line.split_once(':').ok_or_else(|| {
            "a schedule of a fleet is the fleet's name, a colon and numbers, as in 1-new:0/0/2"
                .to_owned()
        })?;
        let name: FleetName = name.parse()?;
        let enactors = versions.enactors();
        if let Deployment::Mix(new) = name.deployment
            && new > enactors
        {
            return Err(format!("a fleet of {enactors} has no {new} new enactors"));
        }
        let model = versions.model(name.of(versions.fleet()), name.shared);
        let path = named.path(path, [])?;
        let trace = Trace::replay(&model, path).map_err(|error| error.to_string())?;
        let mut story = Story::of_trace(&model, &trace);
        story.replay = format!("{}:{}", name, named.line(path));
        say!("{}.\n", name.title());
        say!("{}", story.timeline());
        Ok(())
    };
    match told() {
        Ok(()) => Exit::Holds,
        Err(error) => Exit::bad_input(format!("--replay {line}: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        let switching = Course::ALL.into_iter().flat_map(|course| {
            Handover::ALL.map(|handover| Deployment::Switching(course, handover))
        });
        for deployment in [Deployment::Mix(0), Deployment::Mix(12)]
            .into_iter()
            .chain(switching)
        {
            for shared in [Shared::OfOld, Shared::OfNew] {
                let name = FleetName { deployment, shared };
                assert_eq!(name.to_string().parse(), Ok(name), "{name}");
            }
        }
        assert!("1-newer".parse::<FleetName>().is_err());
        assert!("rollout".parse::<FleetName>().is_err());
    }
}
