//! All that was found about two versions, and what to do.

use std::collections::BTreeSet;

use planwright_core::Handover;
use serde::{Deserialize, Serialize};

use super::compatibility::{Answer, Compatibility, SteppingStone, both, stepping_stone};
use super::switching::Switching;
use super::versions::{Shared, Versions, verdicts};
use crate::{Cell, SearchOptions, Verdicts};

/// All that was found about two versions of a protocol, [`explore`](Self::explore)d.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// Under the old version's side of what all share, and under the new one's if that differs.
    pub orders: Vec<Order>,
    /// What holds from the moment on at which it changes, for each way in which enactors are switched
    /// before and after; empty if that was not asked.
    pub changing: Vec<Change>,
}

/// What was found under one side of what all enactors share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Whose side.
    pub shared: Shared,
    /// Every mix and every switch-over.
    pub compatibility: Compatibility,
    /// The version to go over, looked for if something breaks and there are candidates.
    pub stone: Option<SteppingStone<String>>,
}

/// A change of what all enactors share, in the midst of everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// How enactors are switched, back and forth.
    pub handover: Handover,
    /// What became of each property from the change on, by name.
    pub cells: Vec<(String, Cell)>,
    /// Distinct states.
    pub states: u64,
}

/// What to change first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Advice {
    /// What all share: more holds all the while than in the other order.
    SharedFirst,
    /// The enactors: more holds all the while than in the other order.
    EnactorsFirst,
    /// The same holds in either order.
    Either,
    /// Each order keeps something that the other does not.
    Depends,
}

impl Findings {
    /// Asks all there is to ask. `on_order` hears of each order as soon as it is known.
    pub fn explore<V: Versions>(
        versions: &V,
        ways: &[Handover],
        search: &SearchOptions,
        mut on_order: impl FnMut(&Order),
    ) -> Self {
        let switching = |handover| Switching {
            handover,
            widest: versions.widest(handover),
        };
        let ways: Vec<_> = ways.iter().copied().map(switching).collect();
        let ways = &ways[..];
        let mut findings = Self::default();
        for shared in versions.shared() {
            if shared == Shared::Changing {
                let changes = ways
                    .iter()
                    .map(|way| Change::explore(versions, *way, search));
                findings.changing = changes.collect();
            } else {
                let order = Order::explore(versions, shared, ways, search);
                on_order(&order);
                findings.orders.push(order);
            }
        }
        findings
    }

    /// Whether everything that was explored keeps every property that both versions have, in either
    /// order.
    pub fn all_safe(&self) -> Answer {
        let answers = self
            .orders
            .iter()
            .map(|order| order.compatibility.all_safe());
        answers.fold(Some(true), both)
    }

    /// Whether a limit left something open.
    pub fn is_undecided(&self) -> bool {
        let mut changing = self.changing.iter().flat_map(|change| &change.cells);
        self.orders.iter().any(Order::is_undecided)
            || changing.any(|(_, cell)| cell.is_violated().is_none())
    }

    /// What to change first; `None` if there is no choice, or something is undecided.
    pub fn advice(&self) -> Option<Advice> {
        let always = |shared| {
            let mut orders = self.orders.iter();
            let order = orders.find(|order| order.shared == shared)?;
            let names = order.compatibility.always();
            Some(names.into_iter().collect::<BTreeSet<_>>())
        };
        let enactors_first = always(Shared::OfOld)?;
        let shared_first = always(Shared::OfNew)?;
        if self.orders.iter().any(Order::is_undecided) {
            return None;
        }
        Some(if shared_first == enactors_first {
            Advice::Either
        } else if shared_first.is_superset(&enactors_first) {
            Advice::SharedFirst
        } else if enactors_first.is_superset(&shared_first) {
            Advice::EnactorsFirst
        } else {
            Advice::Depends
        })
    }

    /// The names of the properties that hold from the moment on at which what all share changes, whatever
    /// enactors are switched before and after.
    pub fn from_the_change_on(&self) -> Vec<String> {
        self.where_changing(|answer| answer == Some(true))
    }

    /// The names of those of which a limit or an interruption left that open.
    pub fn open_from_the_change_on(&self) -> Vec<String> {
        self.where_changing(|answer| answer.is_none())
    }

    fn where_changing(&self, wanted: impl Fn(Answer) -> bool) -> Vec<String> {
        let Some(first) = self.changing.first() else {
            return Vec::new();
        };
        let answer = |name: &String| {
            let answers = self.changing.iter().map(|change| {
                let mut cells = change.cells.iter();
                let (_, cell) = cells.find(|(known, _)| known == name)?;
                cell.is_violated().map(|violated| !violated)
            });
            answers.fold(Some(true), both)
        };
        let names = first.cells.iter().map(|(name, _)| name);
        names.filter(|name| wanted(answer(name))).cloned().collect()
    }
}

impl Order {
    fn explore<V: Versions>(
        versions: &V,
        shared: Shared,
        ways: &[Switching],
        search: &SearchOptions,
    ) -> Self {
        let fleet = versions.fleet();
        let explore = |fleet| verdicts(versions, fleet, shared, search);
        let compatibility = Compatibility::explore(&fleet, versions.enactors(), ways, explore);
        let stones = versions.stones();
        let kept = compatibility.kept().into_iter();
        let kept: Vec<_> = kept.map(|p| compatibility.properties[p].clone()).collect();
        let wanted = compatibility.all_safe() == Some(false) && !stones.is_empty();
        let stone = wanted.then(|| stepping_stone(&fleet, &kept, ways, stones, explore));
        Self {
            shared,
            compatibility,
            stone,
        }
    }

    /// Whether a limit left something open.
    pub fn is_undecided(&self) -> bool {
        self.stone == Some(SteppingStone::Undecided) || self.compatibility.is_undecided()
    }
}

impl Change {
    fn explore<V: Versions>(versions: &V, way: Switching, search: &SearchOptions) -> Self {
        let Switching { handover, widest } = way;
        let fleet = versions.fleet().deploying(widest, handover);
        let Verdicts { cells, states, .. } = verdicts(versions, fleet, Shared::Changing, search);
        Self {
            handover,
            cells,
            states,
        }
    }
}
