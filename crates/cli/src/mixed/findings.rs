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
    /// What all share: more holds all the while from then on than in the other order.
    SharedFirst,
    /// The enactors: more holds until what all share changes than holds all the while in the other order.
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

    /// What to change first; `None` if there is no choice, something is undecided, or a change in the midst of
    /// everything was not explored.
    pub fn advice(&self) -> Option<Advice> {
        let set = |names: Vec<String>| names.into_iter().collect::<BTreeSet<_>>();
        let enactors_first = set(self.with_enactors_first()?);
        let shared_first = set(self.with_shared_first()?);
        if self.is_undecided() {
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

    /// The names of the properties that hold until what all share changes, if enactors are switched first.
    pub(super) fn with_enactors_first(&self) -> Option<Vec<String>> {
        self.always(Shared::OfOld)
    }

    /// The names of the properties that hold all the while once what all share has changed, and enactors are
    /// switched then: also with what the old version left behind before the change.
    pub(super) fn with_shared_first(&self) -> Option<Vec<String>> {
        let mut names = self.always(Shared::OfNew)?;
        let from_the_change_on = (!self.changing.is_empty()).then(|| self.from_the_change_on())?;
        names.retain(|name| from_the_change_on.contains(name));
        Some(names)
    }

    fn always(&self, shared: Shared) -> Option<Vec<String>> {
        let mut orders = self.orders.iter();
        let order = orders.find(|order| order.shared == shared)?;
        Some(order.compatibility.always())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mixed::Mix;

    const NAMES: [&str; 2] = ["kept", "lost"];

    /// What was found if these properties hold under the old side, under the new one, and from the change on.
    fn findings(
        under_old: [Cell; 2],
        under_new: [Cell; 2],
        changing: Option<[Cell; 2]>,
    ) -> Findings {
        let order = |shared, cells: [Cell; 2]| Order {
            shared,
            compatibility: Compatibility {
                properties: NAMES.map(str::to_owned).to_vec(),
                mixes: vec![Mix {
                    upgraded: 0,
                    cells: cells.to_vec(),
                    states: 9,
                }],
                switchovers: Vec::new(),
            },
            stone: None,
        };
        let change = |cells| Change {
            handover: Handover::CarriedOver,
            cells: NAMES.map(str::to_owned).into_iter().zip(cells).collect(),
            states: 9,
        };
        Findings {
            orders: vec![
                order(Shared::OfOld, under_old),
                order(Shared::OfNew, under_new),
            ],
            changing: changing.map(change).into_iter().collect(),
        }
    }

    /// Under the new version's side from the start, nothing is left of what was done under the old one's.
    #[test]
    fn the_advice_reckons_with_what_was_left_before_the_change() {
        let (holds, open, violated) = (Cell::Holds, Cell::Undecided, Cell::Violated { steps: 3 });
        let advice = |under_old, changing| findings(under_old, [holds; 2], changing).advice();
        let neither = [violated; 2];
        assert_eq!(advice(neither, Some([holds; 2])), Some(Advice::SharedFirst));
        assert_eq!(advice(neither, Some(neither)), Some(Advice::Either));
        let first = [holds, violated];
        assert_eq!(advice(first, Some(first)), Some(Advice::Either));
        assert_eq!(
            advice([violated, holds], Some(first)),
            Some(Advice::Depends)
        );
        assert_eq!(advice(first, Some(neither)), Some(Advice::EnactorsFirst));
        assert_eq!(
            findings(neither, [holds; 2], Some(first)).with_shared_first(),
            Some(vec!["kept".to_owned()])
        );
        for unknown in [Some([holds, open]), None] {
            assert_eq!(advice(neither, unknown), None);
        }
    }
}
