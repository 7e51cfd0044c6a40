//! What a search through views found.

use std::fmt;

use indexmap::IndexSet;
use planwright_model::Views;

use super::closure::is_decided;
use crate::PropertyKind;

/// Where a view comes from.
pub(super) enum Derived<A> {
    Start,
    /// By a step of a process in view, or of the environment.
    InView {
        from: u32,
        action: A,
    },
    /// By a step of a process of another view.
    OutOfView {
        from: u32,
        other: u32,
        action: A,
    },
}

/// A property, and where it fails.
pub(super) struct Judged {
    pub(super) name: String,
    pub(super) kind: PropertyKind,
    /// The first view in which it fails, or from which a step fails it.
    pub(super) failing: Option<u32>,
}

/// How a search ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// No step leads out of the views.
    Closed,
    /// Every property fails; there may be more views.
    Decided,
    TooMany,
    Stopped,
    Refused(String),
}

/// What a search through all views found.
///
/// A property that fails in a view may fail in no state: views show more than can happen. So look for a
/// schedule in systems of a growing number of processes; the [`Derivation`] says how many may take part.
#[must_use = "a report has the verdicts"]
pub struct ViewReport<V: Views> {
    pub(super) views: IndexSet<V::State>,
    pub(super) derived: Vec<Derived<V::Action>>,
    pub(super) shared: usize,
    pub(super) meetings: u64,
    pub(super) properties: Vec<Judged>,
    pub(super) end: End,
}

/// The verdict on a property for every number of processes.
pub enum ViewVerdict<'r, V: Views> {
    /// It holds for every number of processes.
    Holds,
    /// It fails in a view, which may be one of no state.
    Reached(Derivation<'r, V>),
    /// The search ended early.
    Undecided(String),
}

impl<V: Views> ViewReport<V> {
    /// All views that were found: if the search went to its end, an inductive invariant.
    pub fn views(&self) -> impl ExactSizeIterator<Item = &V::State> {
        self.views.iter()
    }

    /// The number of different shared parts.
    pub fn shared_parts(&self) -> usize {
        self.shared
    }

    /// How often a view and the processes of another were brought together.
    pub fn meetings(&self) -> u64 {
        self.meetings
    }

    /// The reason why the search ended before all views were found, if it did.
    pub fn unfinished(&self) -> Option<String> {
        match &self.end {
            End::Closed => None,
            End::Decided => Some("every property fails in a view".to_owned()),
            End::TooMany => Some(format!(
                "the limit of views came first: {} were found",
                self.views.len()
            )),
            End::Stopped => Some("stopped".to_owned()),
            End::Refused(reason) => Some(reason.clone()),
        }
    }

    /// The properties with their verdicts, as they were added.
    pub fn verdicts(&self) -> impl Iterator<Item = (&str, ViewVerdict<'_, V>)> {
        let verdict = |judged: &Judged| match (judged.failing, self.unfinished()) {
            _ if !is_decided(judged.kind) => ViewVerdict::Undecided(format!(
                "views have more steps than the model, and decide no property of the kind \"{}\"",
                judged.kind
            )),
            (Some(view), _) => ViewVerdict::Reached(Derivation { report: self, view }),
            (None, Some(reason)) => ViewVerdict::Undecided(reason),
            (None, None) => ViewVerdict::Holds,
        };
        self.properties
            .iter()
            .map(move |judged| (&*judged.name, verdict(judged)))
    }

    /// The verdict on the property with this name.
    pub fn verdict(&self, name: &str) -> Option<ViewVerdict<'_, V>> {
        let mut verdicts = self.verdicts();
        verdicts.find_map(|(known, verdict)| (known == name).then_some(verdict))
    }
}

impl<V: Views> fmt::Debug for ViewReport<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} views, ", self.views.len())?;
        f.debug_map().entries(self.verdicts()).finish()
    }
}

impl<V: Views> fmt::Debug for ViewVerdict<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Holds => f.write_str("holds"),
            Self::Reached(_) => f.write_str("fails in a view"),
            Self::Undecided(reason) => write!(f, "undecided: {reason}"),
        }
    }
}

/// How the abstraction reaches a view in which a property fails.
pub struct Derivation<'r, V: Views> {
    report: &'r ViewReport<V>,
    view: u32,
}

impl<'r, V: Views> Derivation<'r, V> {
    /// The view in which the property fails, or from which a step fails it.
    pub fn view(&self) -> &'r V::State {
        &self.report.views[self.view as usize]
    }

    /// How many processes out of view take a step in the derivation, each of its steps counted with all
    /// that lead to its view: no schedule of the same shape needs more processes beside those in view.
    pub fn out_of_view(&self) -> usize {
        let mut counts: Vec<usize> = Vec::new();
        for derived in &self.report.derived[..=self.view as usize] {
            counts.push(match derived {
                Derived::Start => 0,
                Derived::InView { from, .. } => counts[*from as usize],
                Derived::OutOfView { from, other, .. } => {
                    let others = counts[*other as usize].saturating_add(1);
                    counts[*from as usize].saturating_add(others)
                }
            });
        }
        counts[self.view as usize]
    }

    /// The steps that lead to the view, from an initial one.
    pub fn steps(&self) -> Vec<DerivedStep<'r, V>> {
        let mut steps = Vec::new();
        let mut at = self.view;
        loop {
            let (from, action, is_in_view) = match &self.report.derived[at as usize] {
                Derived::Start => break,
                Derived::InView { from, action } => (*from, action, true),
                Derived::OutOfView { from, action, .. } => (*from, action, false),
            };
            let after = &self.report.views[at as usize];
            steps.push(DerivedStep {
                action,
                is_in_view,
                after,
            });
            at = from;
        }
        steps.reverse();
        steps
    }
}

impl<V: Views> fmt::Debug for Derivation<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "view {} of {}", self.view, self.report.views.len())
    }
}

/// One step of a [`Derivation`].
pub struct DerivedStep<'r, V: Views> {
    /// The step.
    pub action: &'r V::Action,
    /// Whether a process in view takes it, or the environment; otherwise it is one out of view.
    pub is_in_view: bool,
    /// The view after it.
    pub after: &'r V::State,
}

impl<V: Views> fmt::Debug for DerivedStep<'_, V>
where
    V::Action: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let by = if self.is_in_view {
            "in view"
        } else {
            "out of view"
        };
        write!(f, "{:?} ({by})", self.action)
    }
}
