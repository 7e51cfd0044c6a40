//! What a model shows to people.

use serde::{Deserialize, Serialize};
use stateright::Model;

/// A model that can show who acts, and what there is in a state.
///
/// With it a schedule is told as a timeline with a lane for each process, and a report can draw each
/// state. What is shown decides nothing: verdicts rest on states alone.
///
/// # Example
///
/// ```
/// use planwright_model::{Depict, Group, Item, Model, Picture};
///
/// /// Two heaters, switched by hand.
/// struct Heaters;
///
/// impl Model for Heaters {
///     type State = [bool; 2];
///     type Action = usize;
///     fn init_states(&self) -> Vec<[bool; 2]> {
///         vec![[false; 2]]
///     }
///     fn actions(&self, _: &[bool; 2], actions: &mut Vec<usize>) {
///         actions.extend([0, 1]);
///     }
///     fn next_state(&self, state: &[bool; 2], heater: usize) -> Option<[bool; 2]> {
///         let mut next = *state;
///         next[heater] = !next[heater];
///         Some(next)
///     }
/// }
///
/// impl Depict for Heaters {
///     fn lanes(&self) -> Vec<String> {
///         vec!["kitchen".to_owned(), "hall".to_owned()]
///     }
///     fn actor(&self, heater: &usize) -> String {
///         self.lanes().swap_remove(*heater)
///     }
///     fn deed(&self, _: &usize) -> String {
///         "is switched".to_owned()
///     }
///     fn picture(&self, state: &[bool; 2]) -> Picture {
///         let item = |(name, on): (String, &bool)| Item::new(name, if *on { "on" } else { "off" });
///         Picture::from([Group::new("heaters", self.lanes().into_iter().zip(state).map(item))])
///     }
/// }
///
/// let picture = Heaters.picture(&[true, false]);
/// assert_eq!(picture.item("kitchen").map(|item| item.text.as_str()), Some("on"));
/// ```
pub trait Depict: Model {
    /// The processes, each a lane of a timeline, in order.
    fn lanes(&self) -> Vec<String>;

    /// The process that takes this step: one of [`lanes`](Self::lanes).
    fn actor(&self, action: &Self::Action) -> String;

    /// What the process does in this step, as the rest of a sentence that begins with its name.
    fn deed(&self, action: &Self::Action) -> String;

    /// What there is in a state. All states have the same groups in the same order.
    fn picture(&self, state: &Self::State) -> Picture;

    /// What a reader should not miss about a step, besides what it changes.
    fn remarks(
        &self,
        _before: &Self::State,
        _action: &Self::Action,
        _after: &Self::State,
    ) -> Vec<Remark> {
        Vec::new()
    }

    /// What a reader should not miss about the last step of a schedule, for models where that depends on what
    /// came before; unless implemented, the [`remarks`](Self::remarks) on that step.
    ///
    /// `steps` are all steps in order, each as the state before it and the action. A remark that names a step
    /// counts them from 1.
    fn remarks_on_last(
        &self,
        steps: &[(&Self::State, &Self::Action)],
        end: &Self::State,
    ) -> Vec<Remark> {
        let last = steps.last();
        last.map_or_else(Vec::new, |(before, action)| {
            self.remarks(before, action, end)
        })
    }

    /// What cannot happen in this state although a reader may expect it, and why.
    ///
    /// Steps that the model lists but ignores, or that leave its boundary, need not be told: whoever walks
    /// through the model sees those.
    fn refusals(&self, _state: &Self::State) -> Vec<Refusal> {
        Vec::new()
    }
}

/// What cannot happen in a state, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Who; one of [`Depict::lanes`], or several in words.
    pub actor: String,
    /// What cannot happen, as the rest of a sentence that begins with the name: "publishes".
    pub deed: String,
    /// Why, without a full stop.
    pub reason: String,
}

impl Refusal {
    /// That `actor` does `deed` cannot happen, because of `reason`.
    ///
    /// ```
    /// use planwright_model::Refusal;
    ///
    /// let refusal = Refusal::new("planner", "publishes", "all 3 generations are published");
    /// assert_eq!(refusal.deed, "publishes");
    /// ```
    pub fn new(
        actor: impl Into<String>,
        deed: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            actor: actor.into(),
            deed: deed.into(),
            reason: reason.into(),
        }
    }
}

/// What there is in a state: groups of named items, which may refer to one another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Such as plans, endpoints, enactors.
    pub groups: Vec<Group>,
}

/// Things of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// What they are, in the plural.
    pub title: String,
    /// Each of them.
    pub items: Vec<Item>,
}

/// One thing in a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its name, unique in the picture.
    pub name: String,
    /// What is to be said of it, in a few words.
    pub text: String,
    /// How it is.
    pub standing: Standing,
    /// The names of the items that it refers to, or names that there are no items of: a reference to
    /// what is gone.
    pub refers_to: Vec<String>,
}

/// How a thing is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Standing {
    /// As it should be, or nobody can tell.
    #[default]
    Fine,
    /// Behind the newest, which may be right or wrong.
    Stale,
    /// Not there any more.
    Gone,
    /// As no client may find it.
    Broken,
}

/// What a reader should not miss about a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// What it is about.
    pub kind: RemarkKind,
    /// The sentence, without a full stop.
    pub text: String,
}

/// What a [`Remark`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RemarkKind {
    /// Something was decided on knowledge that is no longer true.
    StaleKnowledge,
    /// Something broke.
    Damage,
    /// Anything else.
    Note,
}

impl Picture {
    /// The item of this name.
    pub fn item(&self, name: &str) -> Option<&Item> {
        self.items().find(|item| item.name == name)
    }

    /// All items of all groups.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.groups.iter().flat_map(|group| &group.items)
    }
}

impl<const N: usize> From<[Group; N]> for Picture {
    fn from(groups: [Group; N]) -> Self {
        Self {
            groups: groups.into(),
        }
    }
}

impl Group {
    /// Things of one kind.
    pub fn new(title: impl Into<String>, items: impl IntoIterator<Item = Item>) -> Self {
        Self {
            title: title.into(),
            items: items.into_iter().collect(),
        }
    }
}

impl Item {
    /// A thing that is fine and refers to nothing.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            ..Self::default()
        }
    }

    /// The same, with how it is.
    pub fn standing(self, standing: Standing) -> Self {
        Self { standing, ..self }
    }

    /// The same, with what it refers to as well.
    pub fn refers_to(mut self, name: impl Into<String>) -> Self {
        self.refers_to.push(name.into());
        self
    }
}

impl Remark {
    /// A decision on knowledge that is no longer true.
    pub fn stale(text: impl Into<String>) -> Self {
        Self {
            kind: RemarkKind::StaleKnowledge,
            text: text.into(),
        }
    }

    /// Something broke.
    pub fn damage(text: impl Into<String>) -> Self {
        Self {
            kind: RemarkKind::Damage,
            text: text.into(),
        }
    }

    /// Anything else.
    pub fn note(text: impl Into<String>) -> Self {
        Self {
            kind: RemarkKind::Note,
            text: text.into(),
        }
    }
}
