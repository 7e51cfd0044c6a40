//! What was found about fleets of two versions.

use planwright_core::{Enactor, Fleet, Handover, Version};
use serde::{Deserialize, Serialize};

use crate::{Cell, Verdicts};

/// What was found about two versions of a protocol side by side: every mix of them that lasts, and every
/// order of switching from one to the other.
///
/// Plain data; [`explore`](Self::explore) makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compatibility {
    /// The properties, by name.
    pub properties: Vec<String>,
    /// Fleets of which no enactor is switched, by how many run the new version: none, one, and so on up
    /// to all.
    pub mixes: Vec<Mix>,
    /// Fleets that are switched, enactor by enactor, at any moment.
    pub switchovers: Vec<Switchover>,
}

/// A fleet of which no enactor is switched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mix {
    /// How many run the new version, whichever they are.
    pub upgraded: usize,
    /// What became of each property.
    pub cells: Vec<Cell>,
    /// Distinct states.
    pub states: u64,
}

/// A fleet that is switched from one version to the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switchover {
    /// The version that all are switched to: the new one in a rollout, the old one in a rollback.
    pub to: Version,
    /// What becomes of their memory.
    pub handover: Handover,
    /// What became of each property.
    pub cells: Vec<Cell>,
    /// Distinct states.
    pub states: u64,
}

/// An answer, where everything that it rests on was decided.
pub type Answer = Option<bool>;

impl Compatibility {
    /// Explores every mix of `enactors` enactors, and every switch-over in these ways. `fleet` tells the
    /// versions; `explore` explores a fleet made of it.
    pub fn explore<E>(
        fleet: &Fleet<E>,
        enactors: usize,
        ways: &[Handover],
        mut explore: impl FnMut(Fleet<E>) -> Verdicts,
    ) -> Self
    where
        E: Enactor + Clone,
    {
        let mut properties = Vec::new();
        let mut judge = |fleet| {
            let found = explore(fleet);
            let (names, cells) = found.cells.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
            properties = names;
            (cells, found.states)
        };
        let mut mixes = Vec::new();
        for upgraded in 0..=enactors {
            let (cells, states) = judge(fleet.clone().upgraded(upgraded));
            mixes.push(Mix {
                upgraded,
                cells,
                states,
            });
        }
        let mut switchovers = Vec::new();
        for to in [Version::New, Version::Old] {
            let upgraded = match to {
                Version::New => 0,
                Version::Old => enactors,
            };
            for handover in ways.iter().copied() {
                let fleet = fleet.clone().upgraded(upgraded);
                let (cells, states) = judge(fleet.deploying(to, handover));
                switchovers.push(Switchover {
                    to,
                    handover,
                    cells,
                    states,
                });
            }
        }
        Self {
            properties,
            mixes,
            switchovers,
        }
    }

    /// The properties that both versions have, each in a fleet of its own: what a rollout must keep.
    pub fn kept(&self) -> Vec<usize> {
        self.where_pure(|old, new| old == Some(false) && new == Some(false))
    }

    /// The properties that only the new version has: what it is rolled out for.
    pub fn gained(&self) -> Vec<usize> {
        self.where_pure(|old, new| old == Some(true) && new == Some(false))
    }

    /// The properties that the new version loses.
    pub fn lost(&self) -> Vec<usize> {
        self.where_pure(|old, new| old == Some(false) && new == Some(true))
    }

    fn where_pure(&self, wanted: impl Fn(Answer, Answer) -> bool) -> Vec<usize> {
        let violated = |mix: Option<&Mix>, property: usize| {
            let cell = mix.and_then(|mix| mix.cells.get(property));
            cell.and_then(|cell| cell.is_violated())
        };
        let ends = (self.mixes.first(), self.mixes.last());
        let properties = 0..self.properties.len();
        properties
            .filter(|property| wanted(violated(ends.0, *property), violated(ends.1, *property)))
            .collect()
    }

    /// Whether switching in this way keeps every property that both versions have; `None` if that is
    /// undecided, or was not explored.
    ///
    /// It covers all mixes that last: a switch-over may pause for ever.
    pub fn is_safe(&self, to: Version, handover: Handover) -> Answer {
        if self.is_undecided() {
            return None;
        }
        let mut switchovers = self.switchovers.iter();
        let switchover = switchovers.find(|s| s.to == to && s.handover == handover)?;
        Some(self.keeps(&switchover.cells))
    }

    /// Whether mixes that last keep every property that both versions have.
    pub fn mixes_are_safe(&self) -> Answer {
        let keep = self.mixes.iter().all(|mix| self.keeps(&mix.cells));
        (!self.is_undecided()).then_some(keep)
    }

    /// Whether a limit left something open.
    pub fn is_undecided(&self) -> bool {
        let mixes = self.mixes.iter().map(|mix| &mix.cells);
        let switchovers = self.switchovers.iter().map(|switchover| &switchover.cells);
        let mut cells = mixes.chain(switchovers).flatten();
        cells.any(|cell| cell.is_violated().is_none())
    }

    fn keeps(&self, cells: &[Cell]) -> bool {
        let kept = self.kept();
        kept.into_iter()
            .all(|property| cells[property].is_violated() == Some(false))
    }

    /// The names of the properties that hold in every mix, and all through every switch-over.
    pub fn always(&self) -> Vec<String> {
        let mixes = self.mixes.iter().map(|mix| &mix.cells);
        let switchovers = self.switchovers.iter().map(|switchover| &switchover.cells);
        let all: Vec<_> = mixes.chain(switchovers).collect();
        let named = self.properties.iter().enumerate();
        let holds = |property: usize| {
            let mut cells = all.iter().map(|cells| cells[property]);
            cells.all(|cell| cell.is_violated() == Some(false))
        };
        let holding = named.filter(|(property, _)| holds(*property));
        holding.map(|(_, name)| name.clone()).collect()
    }

    /// How many enactors must run the new version for this property to hold whatever the others do;
    /// `None` if it never does.
    pub fn holds_from(&self, property: usize) -> Option<usize> {
        let violated = |mix: &Mix| mix.cells[property].is_violated() != Some(false);
        let last_bad = self.mixes.iter().rposition(violated);
        let from = last_bad.map_or(0, |place| place + 1);
        (from < self.mixes.len()).then_some(from)
    }
}

/// The first of some versions over which one can go from the old version to the new one safely, in all
/// of these ways: switch all enactors to it, then all to the new version. Each keeps every property
/// that both ends have.
///
/// `explore` explores a rollout; `None` from it ends the search undecided.
pub fn stepping_stone<E, S>(
    (old, new): (&E, &E),
    kept: &[String],
    ways: &[Handover],
    candidates: impl IntoIterator<Item = (S, E)>,
    mut explore: impl FnMut(Fleet<E>) -> Option<Verdicts>,
) -> Option<S>
where
    E: Enactor + Clone,
{
    let mut is_safe = |from: &E, to: &E| -> Option<bool> {
        for handover in ways {
            let fleet = Fleet::new(from.clone(), to.clone());
            let found = explore(fleet.deploying(Version::New, *handover))?;
            let mut cells = found.cells.iter().filter(|(name, _)| kept.contains(name));
            if !cells.all(|(_, cell)| cell.is_violated() == Some(false)) {
                return Some(false);
            }
        }
        Some(true)
    };
    for (name, stone) in candidates {
        if is_safe(old, &stone)? && is_safe(&stone, new)? {
            return Some(name);
        }
    }
    None
}
