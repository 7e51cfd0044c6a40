//! What was found about fleets of two versions.

use planwright_core::{Course, Enactor, Fleet, Handover, Version};
use serde::{Deserialize, Serialize};

use super::switching::Switching;
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

/// A fleet whose enactors are switched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switchover {
    /// Which way they are switched.
    pub course: Course,
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
    /// Explores every mix of `enactors` enactors, and every course of switching in these ways. `fleet`
    /// tells the versions; `explore` explores a fleet made of it.
    ///
    /// That is `enactors + 1` explorations, and two or three for each way.
    pub fn explore<E>(
        fleet: &Fleet<E>,
        enactors: usize,
        ways: &[Switching],
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
        for course in Course::ALL {
            let ways = ways.iter().filter(|way| way.includes(course));
            for Switching { handover, .. } in ways.copied() {
                let (cells, states) = judge(fleet.clone().deploying(course, handover));
                switchovers.push(Switchover {
                    course,
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

    /// Whether switching in this way, and stopping half-way, keeps every property that both versions
    /// have; `None` if that is undecided, or was not explored.
    ///
    /// A violation that was found stands, whatever else is undecided.
    pub fn is_safe(&self, course: Course, handover: Handover) -> Answer {
        let mut switchovers = self.switchovers.iter();
        let switchover = switchovers.find(|s| s.course == course && s.handover == handover)?;
        both(self.keeps(&switchover.cells), self.mixes_are_safe())
    }

    /// Whether mixes that last keep every property that both versions have.
    pub fn mixes_are_safe(&self) -> Answer {
        let mixes = self.mixes.iter().map(|mix| self.keeps(&mix.cells));
        mixes.fold(Some(true), both)
    }

    /// Whether every mix and every switch-over that was explored keeps every property that both versions
    /// have.
    pub fn all_safe(&self) -> Answer {
        let switchovers = self.switchovers.iter().map(|s| self.keeps(&s.cells));
        switchovers.fold(self.mixes_are_safe(), both)
    }

    /// Whether a limit left something open.
    pub fn is_undecided(&self) -> bool {
        self.all_cells()
            .flatten()
            .any(|cell| cell.is_violated().is_none())
    }

    fn all_cells(&self) -> impl Iterator<Item = &Vec<Cell>> {
        let mixes = self.mixes.iter().map(|mix| &mix.cells);
        mixes.chain(self.switchovers.iter().map(|switchover| &switchover.cells))
    }

    fn keeps(&self, cells: &[Cell]) -> Answer {
        // A property of which it is not known that both versions have it may be one to keep.
        let ends = [self.mixes.first(), self.mixes.last()]
            .into_iter()
            .flatten();
        let known = ends
            .flat_map(|mix| &mix.cells)
            .all(|cell| cell.is_violated().is_some());
        let kept = self.kept().into_iter();
        let kept = kept.map(|property| cells[property].is_violated().map(|violated| !violated));
        kept.fold(known.then_some(true), both)
    }

    /// The names of the properties that hold in every mix, and all through every switch-over.
    pub fn always(&self) -> Vec<String> {
        let named = self.properties.iter().enumerate();
        let holds = |property: usize| {
            self.all_cells()
                .all(|cells| cells[property].is_violated() == Some(false))
        };
        let holding = named.filter(|(property, _)| holds(*property));
        holding.map(|(_, name)| name.clone()).collect()
    }

    /// How many enactors must run the new version for this property to hold whatever the others do;
    /// `None` if it never does, or a limit left that open.
    pub fn holds_from(&self, property: usize) -> Option<usize> {
        let violated = |mix: &Mix| mix.cells[property].is_violated();
        let last_bad = self
            .mixes
            .iter()
            .rposition(|mix| violated(mix) == Some(true));
        let from = last_bad.map_or(0, |place| place + 1);
        let rest = &self.mixes[from..];
        let holds = rest.iter().all(|mix| violated(mix) == Some(false));
        (holds && !rest.is_empty()).then_some(from)
    }
}

/// Whether both are so.
pub(super) fn both(one: Answer, other: Answer) -> Answer {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// What came of the search for a version over which one can go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SteppingStone<S> {
    /// This is the first one.
    Found(S),
    /// None of the candidates is one.
    None,
    /// A limit or an interruption came first.
    Undecided,
}

/// The first of some versions over which one can go from the old version of a fleet to the new one safely, in
/// each of these ways: switch all enactors to it, then all to the new version. That keeps every property of
/// `kept`, also where the first switch is given up half-way, back to the old version, or the second one, back to
/// the stone.
///
/// `explore` explores a switch-over: first that from the old version to the candidate alone, which is cheap and
/// most often enough to drop it, and then the whole way, in which the second switch starts wherever the first
/// can end ([`Fleet::over`]). Both switches are made in one and the same way. A candidate is dropped with the
/// first violation.
pub fn stepping_stone<E, S>(
    versions: &Fleet<E>,
    kept: &[String],
    ways: &[Switching],
    candidates: impl IntoIterator<Item = (S, E)>,
    mut explore: impl FnMut(Fleet<E>) -> Verdicts,
) -> SteppingStone<S>
where
    E: Enactor + Clone,
{
    let mut is_safe = |fleet: Fleet<E>| -> Answer {
        let mut safe = Some(true);
        for Switching { handover, widest } in ways.iter().copied() {
            let found = explore(fleet.clone().deploying(widest, handover));
            let cells = found.cells.iter().filter(|(name, _)| kept.contains(name));
            let holds = cells.map(|(_, cell)| cell.is_violated().map(|violated| !violated));
            safe = both(safe, holds.fold(Some(true), both));
            if safe == Some(false) {
                break;
            }
        }
        safe
    };
    for (name, stone) in candidates {
        let old = versions.running(Version::Old).clone();
        match is_safe(versions.between(old, stone.clone())) {
            Some(false) => continue,
            None => return SteppingStone::Undecided,
            Some(true) => {}
        }
        match is_safe(versions.clone().over(stone)) {
            Some(false) => {}
            None => return SteppingStone::Undecided,
            Some(true) => return SteppingStone::Found(name),
        }
    }
    SteppingStone::None
}

#[cfg(test)]
mod tests {
    use planwright_checker::Checker;
    use planwright_core::{
        Endpoint, Generation, Handover, RecordStore, Steps, Transaction, UpdateSystem,
    };

    use super::*;

    /// The old version observes which plan is live, the new one deletes what was observed, and whoever is
    /// between them does neither.
    #[derive(Clone, Debug)]
    enum Observer {
        Observes,
        Rests,
        Deletes,
    }

    impl Enactor for Observer {
        type Local = Option<Generation>;

        fn steps(&self, seen: &Self::Local, store: &RecordStore, next: &mut Steps<Self::Local>) {
            match (self, *seen) {
                (Self::Observes, None) => next.goto(store.applied(Endpoint::FIRST)),
                (Self::Deletes, Some(plan)) => next.commit(Transaction::delete(plan), None, None),
                _ => {}
            }
        }
    }

    const RESOLVES: &str = "every endpoint resolves";

    fn verdicts(fleet: Fleet<Observer>) -> Verdicts {
        let system = UpdateSystem::new(fleet).enactors(2);
        let checker = Checker::new(&system).always(RESOLVES, |state| state.store.all_resolve());
        Verdicts::of(&checker.exhaustive().run())
    }

    #[test]
    fn what_the_old_version_left_behind_is_there_when_the_new_one_comes() {
        let fleet = Fleet::new(Observer::Observes, Observer::Deletes);
        let carried_over = [Switching::back_and_forth(Handover::CarriedOver)];
        // Each switch by itself breaks nothing.
        for (old, new) in [
            (Observer::Observes, Observer::Rests),
            (Observer::Rests, Observer::Deletes),
        ] {
            let found =
                Compatibility::explore(&fleet.between(old, new), 2, &carried_over, verdicts);
            assert_eq!(found.all_safe(), Some(true));
        }
        let stone = |ways: &[Switching]| {
            let candidates = [("rests", Observer::Rests)];
            stepping_stone(&fleet, &[RESOLVES.to_owned()], ways, candidates, verdicts)
        };
        assert_eq!(stone(&carried_over), SteppingStone::None);
        // Where nothing is left behind, it is one.
        let restarted = [Switching::back_and_forth(Handover::Restart)];
        assert_eq!(stone(&restarted), SteppingStone::Found("rests"));
        // One observes, both are switched to the stone, that one to the new version, and it deletes.
        let over = fleet.over(Observer::Rests);
        let found = verdicts(over.deploying(Course::Rollout, Handover::CarriedOver));
        assert_eq!(
            found.cells,
            [(RESOLVES.to_owned(), Cell::Violated { steps: 5 })]
        );
    }
}
