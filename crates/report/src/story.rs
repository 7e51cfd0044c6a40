//! A schedule, told.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;
use std::iter;

use planwright_checker::{Aftermath, Blame, Finding, Need, Outcome, PropertyKind, Trace};
use planwright_model::{Count, Depict, Group, Item, Picture, Remark, printable};
use serde::{Deserialize, Serialize};

/// A schedule without the model's types, told step by step.
///
/// ```
/// use planwright_checker::{Model, Trace};
/// use planwright_model::{Count, Depict, Group, Item, Picture};
/// use planwright_report::Story;
///
/// struct Counter;
///
/// impl Model for Counter {
///     type State = u8;
///     type Action = u8;
///     fn init_states(&self) -> Vec<u8> {
///         vec![0]
///     }
///     fn actions(&self, _: &u8, actions: &mut Vec<u8>) {
///         actions.extend([1, 10]);
///     }
///     fn next_state(&self, state: &u8, add: u8) -> Option<u8> {
///         state.checked_add(add)
///     }
/// }
///
/// impl Depict for Counter {
///     fn lanes(&self) -> Vec<String> {
///         vec!["clerk".to_owned()]
///     }
///     fn actor(&self, _: &u8) -> String {
///         "clerk".to_owned()
///     }
///     fn deed(&self, add: &u8) -> String {
///         format!("adds {add}")
///     }
///     fn picture(&self, state: &u8) -> Picture {
///         Picture::from([Group::new("counters", [Item::new("sum", state.to_string())])])
///     }
/// }
///
/// let story = Story::of_trace(&Counter, &Trace::replay(&Counter, "0/0/1")?);
/// assert_eq!(story.steps[1].deed, "adds 10");
/// assert_eq!(story.steps[1].changes[0].after.as_deref(), Some("11"));
/// # Ok::<(), planwright_checker::ReplayError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// What the schedule is a counterexample or a witness of, if anything.
    pub property: Option<Claimed>,
    /// The line that replays it; empty if nothing takes one.
    pub replay: String,
    /// The processes.
    pub lanes: Vec<String>,
    /// What there is at the start.
    pub start: Picture,
    /// What happens.
    pub steps: Vec<Step>,
    /// What comes after it, if that is what the property is about: steps that repeat for ever, a rest
    /// for ever, or a trap.
    pub aftermath: Option<Aftermath>,
}

/// The property that a schedule is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimed {
    /// Its name.
    pub name: String,
    /// What it claims.
    pub kind: PropertyKind,
    /// What was found.
    pub outcome: Outcome,
}

/// One step of a [`Story`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Who acts, an index into [`Story::lanes`].
    pub lane: usize,
    /// What is done, as the rest of a sentence that begins with the name of the lane.
    pub deed: String,
    /// What it changes in the picture, in its order.
    pub changes: Vec<Change>,
    /// What a reader should not miss.
    pub remarks: Vec<Remark>,
    /// What there is after it.
    pub picture: Picture,
    /// Whether the property is true after it, or of it: of a violated invariant or property of steps it
    /// is false in the last step, and true before, since the schedule is a shortest one. `None` where
    /// that does not follow from the verdict.
    pub property: Option<bool>,
    /// How much the violation needs it, if that was asked.
    pub need: Option<Need>,
}

/// What a step changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The item's name.
    pub item: String,
    /// What was said of it; `None` if it is new.
    pub before: Option<String>,
    /// What is said of it now; `None` if it is no longer in the picture.
    pub after: Option<String>,
}

impl Story {
    /// The schedule of a finding; `None` if it has none.
    pub fn of_finding<M>(model: &M, finding: &Finding<M::State, M::Action>) -> Option<Self>
    where
        M: Depict<State: Clone + Hash + PartialEq, Action: Clone>,
    {
        let trace = finding.verdict.trace()?;
        let mut story = Self::of_trace(model, trace);
        story.aftermath = finding.aftermath(model);
        let outcome = finding.verdict.outcome();
        let last = story.steps.len();
        for (number, step) in (1..).zip(&mut story.steps) {
            step.property = value(finding.kind, outcome, number == last);
        }
        story.property = Some(Claimed {
            name: finding.name.clone(),
            kind: finding.kind,
            outcome,
        });
        Some(story)
    }

    /// The number of steps before those that repeat for ever, if some do.
    pub fn cycle_start(&self) -> Option<usize> {
        self.aftermath.as_ref()?.cycle_start()
    }

    /// The state that follows the last one, if the schedule goes on for ever: itself, where it rests.
    pub(crate) fn closes(&self) -> Option<usize> {
        let lasso = self.aftermath.as_ref()?.lasso.as_ref()?;
        Some(lasso.cycle_start)
    }

    /// The length of the schedule in words that say what comes after it.
    pub fn extent(&self) -> String {
        match &self.aftermath {
            Some(aftermath) => aftermath.extent(),
            None => Count(self.steps.len() as u64, "step").to_string(),
        }
    }

    /// The same, with how much the violation needs each step.
    #[must_use]
    pub fn blamed<S, A>(mut self, blame: &Blame<S, A>) -> Self {
        for (step, need) in self.steps.iter_mut().zip(&blame.steps) {
            step.need = Some(*need);
        }
        self
    }

    /// The same with [`printable`] texts.
    pub(crate) fn printable(&self) -> Self {
        let text = |text: &String| printable(text).into_owned();
        let picture = |picture: &Picture| {
            let groups = picture.groups.iter().map(|group| {
                let items = group.items.iter().map(|item| Item {
                    name: text(&item.name),
                    text: text(&item.text),
                    ..item.clone()
                });
                Group::new(text(&group.title), items)
            });
            let groups = groups.collect();
            Picture { groups }
        };
        let steps = self.steps.iter().map(|step| Step {
            deed: text(&step.deed),
            changes: Vec::from_iter(step.changes.iter().map(|change| Change {
                item: text(&change.item),
                before: change.before.as_ref().map(text),
                after: change.after.as_ref().map(text),
            })),
            remarks: Vec::from_iter(step.remarks.iter().map(|remark| Remark {
                kind: remark.kind,
                text: text(&remark.text),
            })),
            picture: picture(&step.picture),
            ..step.clone()
        });
        Self {
            property: self.property.as_ref().map(|about| Claimed {
                name: text(&about.name),
                ..about.clone()
            }),
            replay: text(&self.replay),
            lanes: self.lanes.iter().map(text).collect(),
            start: picture(&self.start),
            steps: steps.collect(),
            aftermath: self.aftermath.clone(),
        }
    }

    /// A schedule that is about no property.
    pub fn of_trace<M>(model: &M, trace: &Trace<M::State, M::Action>) -> Self
    where
        M: Depict,
    {
        let mut lanes = model.lanes();
        let taken: Vec<_> = trace.states().iter().zip(trace.actions()).collect();
        let ends = (1..).zip(&trace.states()[1..]);
        let steps = ends.filter_map(|(n, end)| Step::last_of(model, &mut lanes, &taken[..n], end));
        let steps = steps.collect();
        let mut story = Self {
            property: None,
            replay: trace.path(),
            lanes,
            start: model.picture(&trace.states()[0]),
            steps,
            aftermath: None,
        };
        story.note_duplicates();
        story
    }
}

impl Story {
    /// Says in the first step which names stand for more than one thing.
    fn note_duplicates(&mut self) {
        let pictures = self.steps.iter().map(|step| &step.picture);
        let names = iter::once(&self.start)
            .chain(pictures)
            .flat_map(|picture| duplicates(picture.items().map(|item| item.name.as_str())));
        let items: BTreeSet<String> = names.map(str::to_owned).collect();
        let lanes: BTreeSet<String> = duplicates(self.lanes.iter().map(String::as_str))
            .map(str::to_owned)
            .collect();
        let notes = [("items of the picture", items), ("lanes", lanes)];
        if let Some(step) = self.steps.first_mut() {
            for (what, names) in notes {
                let note = |name| {
                    let text =
                        format!("two {what} are called `{name}`; give each a name of its own");
                    Remark::note(text)
                };
                step.remarks.extend(names.iter().map(note));
            }
        }
    }
}

/// The names that come more than once.
fn duplicates<'n>(names: impl Iterator<Item = &'n str>) -> impl Iterator<Item = &'n str> {
    let mut seen = HashSet::new();
    names.filter(move |name| !seen.insert(*name))
}

impl Step {
    /// The last step of a schedule, which is given as in [`Depict::remarks_on_last`]; `None` if it has none. A
    /// process that is not among the lanes gets one.
    pub fn last_of<M>(
        model: &M,
        lanes: &mut Vec<String>,
        steps: &[(&M::State, &M::Action)],
        end: &M::State,
    ) -> Option<Self>
    where
        M: Depict,
    {
        let (from, action) = steps.last()?;
        let picture = model.picture(end);
        Some(Self {
            lane: lane(lanes, model.actor(action)),
            deed: model.deed(action),
            changes: changes(&model.picture(from), &picture),
            remarks: model.remarks_on_last(steps, end),
            picture,
            property: None,
            need: None,
        })
    }
}

/// The place of a process among the lanes; one that the model did not name gets a lane.
fn lane(lanes: &mut Vec<String>, actor: String) -> usize {
    let known = lanes.iter().position(|lane| *lane == actor);
    known.unwrap_or_else(|| {
        lanes.push(actor);
        lanes.len() - 1
    })
}

/// The value of the property in a step of a shortest schedule.
fn value(kind: PropertyKind, outcome: Outcome, is_last: bool) -> Option<bool> {
    match (kind, outcome) {
        (PropertyKind::Always | PropertyKind::AlwaysStep, Outcome::Violated) => Some(!is_last),
        (PropertyKind::Sometimes, Outcome::Holds) => Some(is_last),
        _ => None,
    }
}

/// What differs between two pictures. Of items with one name the first is compared with the first, and so on.
fn changes(before: &Picture, after: &Picture) -> Vec<Change> {
    let (before, after) = (numbered(before), numbered(after));
    let is_new = |(key, _): &&(Key<'_>, &Item)| said(&before, *key).is_none();
    let items = before.iter().chain(after.iter().filter(is_new));
    let change = |(key, _): &(Key<'_>, &Item)| {
        let item = key.0.to_owned();
        let (before, after) = (said(&before, *key), said(&after, *key));
        (before != after).then_some(Change {
            item,
            before,
            after,
        })
    };
    items.filter_map(change).collect()
}

fn said(items: &[(Key<'_>, &Item)], key: Key<'_>) -> Option<String> {
    let item = items.iter().find(|(known, _)| *known == key);
    item.map(|(_, item)| item.text.clone())
}

/// A name, and how many items up to this one have it.
type Key<'p> = (&'p str, usize);

fn numbered(picture: &Picture) -> Vec<(Key<'_>, &Item)> {
    let mut counts = HashMap::new();
    let items = picture.items().map(|item| {
        let name = item.name.as_str();
        let count = counts.entry(name).or_insert(0);
        *count += 1;
        ((name, *count), item)
    });
    items.collect()
}
