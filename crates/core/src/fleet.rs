//! Enactors that run two versions of a protocol, and are switched from one to the other, perhaps over a third.

use std::fmt;
use std::hash::Hash;

use crate::{Deployed, Enactor, Generation, LocalStates, RecordStore, Steps, Token, Version};

/// Which way the enactors of a [`Fleet`] are switched, one by one, at any moment that the [`Handover`]
/// allows; each of them may also never be.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum Course {
    /// All run the old version at the start, and are switched to the new one.
    Rollout,
    /// All run the new version at the start, and are switched to the old one.
    Rollback,
    /// All run the old version at the start, and are switched to the new one and back any number of
    /// times: a rollout that is given up half-way, and perhaps tried again.
    BackAndForth,
}

impl Course {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Rollout, Self::Rollback, Self::BackAndForth];

    /// The version that all run at the start.
    pub fn from(self) -> Version {
        match self {
            Self::Rollout | Self::BackAndForth => Version::Old,
            Self::Rollback => Version::New,
        }
    }

    /// Whether enactors are switched towards this version, of the two at the ends.
    fn goes_to(self, end: Version) -> bool {
        self == Self::BackAndForth || self.from() != end
    }
}

impl fmt::Display for Course {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Rollout => "rollout",
            Self::Rollback => "rollback",
            Self::BackAndForth => "back and forth",
        })
    }
}

/// What becomes of what an enactor remembers when it is switched to the other version.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum Handover {
    /// It is lost, as in a crash.
    Restart,
    /// An enactor is switched only while it has nothing under way ([`Enactor::is_drained`]), and begins
    /// anew.
    Drained,
    /// It goes on with what it remembers, as the other version understands it: [`Fleet::carry_over`].
    CarriedOver,
}

impl Handover {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Restart, Self::Drained, Self::CarriedOver];
}

impl fmt::Display for Handover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Restart => "restarted, memory lost",
            Self::Drained => "drained first",
            Self::CarriedOver => "memory carried over",
        })
    }
}

/// How an enactor remembers, in the other version, what it remembers: from its local state and the
/// protocol that it will run. `None` if it cannot be switched there.
pub type CarryOver<E> = fn(&E, &<E as Enactor>::Local) -> Option<<E as Enactor>::Local>;

/// Enactors that run two versions of one protocol side by side.
///
/// Which version an enactor runs is part of its local state, survives a crash, and can be changed by a
/// deployment: a step of nobody's that is subject to no fairness. The deployment may also end for ever at
/// any moment, in a step of its own, so that what stays possible does not rest on a switch that might
/// never come. Enactors of one version stay interchangeable.
///
/// ```
/// use planwright_core::{
///     Course, Enactor, Endpoint, Fleet, Generation, Handover, RecordStore, Steps, Transaction, UpdateSystem,
/// };
/// use planwright_model::Model;
///
/// /// Points the only endpoint at the newest plan, guarded or not.
/// #[derive(Clone)]
/// struct Eager { guarded: bool }
///
/// impl Enactor for Eager {
///     type Local = Option<Generation>;
///     fn steps(&self, picked: &Self::Local, store: &RecordStore, next: &mut Steps<Self::Local>) {
///         match *picked {
///             None => next.goto(store.newest_plan()),
///             Some(plan) => {
///                 let write = Transaction::point_at(Endpoint::FIRST, plan);
///                 let write = match self.guarded {
///                     true => write.only_if_newer(),
///                     false => write,
///                 };
///                 next.commit(write, None, None);
///             }
///         }
///     }
/// }
///
/// let fleet = Fleet::new(Eager { guarded: false }, Eager { guarded: true });
/// let mixed = UpdateSystem::new(fleet.clone().upgraded(1)).enactors(2).generations(3);
/// // Either of the two may be the one that is new.
/// assert_eq!(mixed.init_states().len(), 2);
/// let rollout = UpdateSystem::new(fleet.deploying(Course::Rollout, Handover::Restart));
/// assert_eq!(rollout.enactors(2).init_states().len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Fleet<E: Enactor> {
    old: E,
    new: E,
    stone: Option<E>,
    upgraded: usize,
    deployment: Option<(Course, Handover)>,
    carry_over: CarryOver<E>,
}

impl<E: Enactor> Fleet<E> {
    /// All run `old`, for ever.
    pub fn new(old: E, new: E) -> Self {
        Self {
            old,
            new,
            stone: None,
            upgraded: 0,
            deployment: None,
            carry_over: |_, local| Some(*local),
        }
    }

    /// So many run the new version at the start, whichever they are: there is an initial state for each
    /// choice. More than there are enactors means all. No enactor is switched: of this
    /// and [`deploying`](Self::deploying) the last counts.
    #[must_use]
    pub fn upgraded(self, enactors: usize) -> Self {
        Self {
            upgraded: enactors,
            deployment: None,
            ..self
        }
    }

    /// All start with one version, and are switched one by one, at any moment that the handover allows.
    #[must_use]
    pub fn deploying(self, course: Course, handover: Handover) -> Self {
        let upgraded = match course.from() {
            Version::New => usize::MAX,
            _ => 0,
        };
        Self {
            upgraded,
            deployment: Some((course, handover)),
            ..self
        }
    }

    /// How memory is carried over; unless told, as it is.
    #[must_use]
    pub fn carry_over(self, carry_over: CarryOver<E>) -> Self {
        Self { carry_over, ..self }
    }

    /// Two other versions, whose memory is carried over as it is between these; no enactor runs the new one,
    /// and none is switched.
    #[must_use]
    pub fn between(&self, old: E, new: E) -> Self {
        Self::new(old, new).carry_over(self.carry_over)
    }

    /// The same two versions with a third one between them, a stepping stone: a [`Course`] first switches all
    /// enactors to it, and only then the first one to the version at the other end, so that the two are
    /// never side by side. What the first of them left behind is there when the second one comes.
    ///
    /// With [`Course::BackAndForth`] either switch can be given up, the first one back to the old version, the
    /// second one back to the stone, and no further.
    #[must_use]
    pub fn over(self, stone: E) -> Self {
        let stone = Some(stone);
        Self { stone, ..self }
    }

    /// One of the protocols; the old one for a stone that there is not.
    pub fn running(&self, version: Version) -> &E {
        match version {
            Version::Old => &self.old,
            Version::New => &self.new,
            Version::Stone | Version::BackOnStone => self.stone.as_ref().unwrap_or(&self.old),
        }
    }

    /// The version on the way from this one to that end, if an enactor can be switched to it beside enactors
    /// that run the versions of which `is_run` says so.
    fn next(
        &self,
        course: Course,
        (version, end): (Version, Version),
        is_run: impl Fn(Version) -> bool,
    ) -> Option<Version> {
        match (version, end) {
            (Version::Old, Version::New) | (Version::New, Version::Old) if self.stone.is_none() => {
                Some(end)
            }
            (Version::Old, Version::New) => Some(Version::Stone),
            (Version::New, Version::Old) if course == Course::Rollback => Some(Version::Stone),
            (Version::New, Version::Old) => Some(Version::BackOnStone),
            (Version::Stone | Version::BackOnStone, Version::New) => {
                (!is_run(Version::Old)).then_some(end)
            }
            // Whoever ran the new version runs it or is back from it: the second switch has begun.
            (Version::Stone, Version::Old) => {
                let has_begun = is_run(Version::New) || is_run(Version::BackOnStone);
                (!has_begun).then_some(end)
            }
            _ => None,
        }
    }
}

impl<E: Enactor> Enactor for Fleet<E> {
    type Local = Deployed<E::Local>;

    fn steps(&self, deployed: &Self::Local, store: &RecordStore, next: &mut Steps<Self::Local>) {
        let version = deployed.version;
        let steps = |next: &mut Steps<E::Local>| {
            self.running(version).steps(&deployed.local, store, next);
        };
        next.of_part(deployed.local, steps, |local| Deployed { version, local });
    }

    fn starts(&self, enactors: usize) -> Vec<Vec<Self::Local>> {
        let upgraded = self.upgraded.min(enactors);
        let choices = (0..1_u32 << enactors).filter(|set| set.count_ones() as usize == upgraded);
        let version = |new| if new { Version::New } else { Version::Old };
        let local = |set: u32, place| Deployed {
            version: version(set & (1_u32 << place) != 0),
            local: E::Local::default(),
        };
        choices
            .map(|set| (0..enactors).map(|place| local(set, place)).collect())
            .collect()
    }

    fn restarted(&self, deployed: &Self::Local) -> Self::Local {
        let version = deployed.version;
        let local = self.running(version).restarted(&deployed.local);
        Deployed { version, local }
    }

    fn redeployed(
        &self,
        deployed: &Self::Local,
        all: LocalStates<'_, Self::Local>,
    ) -> impl Iterator<Item = Self::Local> {
        let deployment = self.deployment.into_iter();
        let ends = deployment.flat_map(|(course, handover)| {
            let ends = [Version::Old, Version::New].into_iter();
            let towards = ends.filter(move |end| course.goes_to(*end));
            towards.map(move |end| (course, handover, end))
        });
        ends.filter_map(move |(course, handover, end)| {
            let is_run = |version| all.any(|other| other.version == version);
            let version = self.next(course, (deployed.version, end), is_run)?;
            let (before, running) = (self.running(deployed.version), self.running(version));
            let anew = || running.restarted(&E::Local::default());
            let local = match handover {
                Handover::Restart => Some(anew()),
                Handover::Drained => before.is_drained(&deployed.local).then(anew),
                Handover::CarriedOver => (self.carry_over)(running, &deployed.local),
            };
            local.map(|local| Deployed { version, local })
        })
    }

    fn is_drained(&self, deployed: &Self::Local) -> bool {
        self.running(deployed.version).is_drained(&deployed.local)
    }

    fn can_be_redeployed(&self) -> bool {
        self.deployment.is_some()
    }

    fn holds(&self, deployed: &Self::Local) -> Option<Generation> {
        self.running(deployed.version).holds(&deployed.local)
    }

    fn counts_on(&self, deployed: &Self::Local) -> Option<Token> {
        self.running(deployed.version).counts_on(&deployed.local)
    }

    fn plain_guards(&self) -> Vec<&'static str> {
        let mut guards = self.old.plain_guards();
        guards.extend(self.new.plain_guards());
        guards.extend(self.stone.iter().flat_map(E::plain_guards));
        guards.dedup();
        guards
    }

    fn describe(&self, deployed: &Self::Local) -> String {
        let word = deployed.version;
        let words = self.running(word).describe(&deployed.local);
        format!("({word}) {words}")
    }

    fn assumption(&self) -> String {
        match self.deployment {
            None => "the version that an enactor runs never changes".to_owned(),
            Some((course, handover)) => {
                let from = course.from();
                let over = match self.stone {
                    Some(_) => ", over a third one to which all are switched first",
                    None => "",
                };
                format!(
                    "{course}: all run the {from} version at the start, and are switched one by one, at \
                     any moment{over}; {handover}"
                )
            }
        }
    }
}
