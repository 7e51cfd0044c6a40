//! The orders in which the generations of two views can stand together.

/// A generation that a view refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// The gap from the one before it, cut at the largest that is kept; nothing for the oldest.
    pub(super) gap: u32,
    /// Whether the shared part refers to it, so that it is in both views.
    pub(super) shared: bool,
    /// Whether the plan exists.
    pub(super) exists: bool,
}

/// Where the generations of both views stand: for each view in its order, so that equal places are
/// one generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) one: Vec<u32>,
    pub(super) other: Vec<u32>,
}

/// All orders of two views with the same shared part, gaps between neighbours cut at `largest`.
///
/// The gap between two generations of a view is a sum of gaps between neighbours of both views. A sum
/// reaches `largest` if and only if the sum of the same gaps, each cut at `largest`, does. So every order
/// of generations with larger gaps has the same gaps, cut at `largest`, as one of these.
pub(super) fn orders(one: &[Item], other: &[Item], largest: u32) -> Vec<Order> {
    let mut search = Search {
        views: [one, other],
        largest,
        placed: [Vec::new(), Vec::new()],
        found: Vec::new(),
    };
    search.place(0);
    search.found
}

struct Search<'v> {
    views: [&'v [Item]; 2],
    largest: u32,
    placed: [Vec<u32>; 2],
    found: Vec<Order>,
}

impl Search<'_> {
    /// Places the next generation of one view, or of both, at `at` or later.
    fn place(&mut self, at: u32) {
        let next = [0, 1].map(|view| self.views[view].get(self.placed[view].len()).copied());
        if next == [None, None] {
            let [one, other] = self.placed.clone();
            self.found.push(Order { one, other });
            return;
        }
        let is_first = self.placed.iter().all(Vec::is_empty);
        let last = if is_first { at } else { at + self.largest - 1 };
        for place in at..=last {
            if let [Some(a), Some(b)] = next
                && a.shared == b.shared
                && a.exists == b.exists
                && self.fits(0, a, place)
                && self.fits(1, b, place)
            {
                self.with(&[0, 1], place);
            }
            for view in [0, 1] {
                // A generation that both refer to is placed for both.
                if let Some(item) = next[view]
                    && !item.shared
                    && self.fits(view, item, place)
                    && self.leaves_room(1 - view, next[1 - view], place)
                {
                    self.with(&[view], place);
                }
            }
        }
    }

    fn with(&mut self, views: &[usize], place: u32) {
        for view in views {
            self.placed[*view].push(place);
        }
        self.place(place + 1);
        for view in views {
            self.placed[*view].pop();
        }
    }

    /// Whether a view's next generation has its gap at this place.
    fn fits(&self, view: usize, item: Item, place: u32) -> bool {
        let before = self.placed[view].last();
        before.is_none_or(|before| (place - before).min(self.largest) == item.gap)
    }

    /// Whether a view's next generation can still have its gap after this place.
    fn leaves_room(&self, view: usize, item: Option<Item>, place: u32) -> bool {
        let before = self.placed[view].last();
        match (before, item) {
            (Some(before), Some(item)) => item.gap == self.largest || place - before < item.gap,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Item, orders};

    const LARGEST: u32 = 2;
    /// Large enough for every order of views as small as these, with gaps of 2 for all that are larger.
    const NUMBERS: u32 = 13;

    /// Two views of the same store: for each number whether the shared part, one or the other refers to it,
    /// and whether the plan exists.
    fn views_of(kinds: &[u8], exists: u32) -> [Vec<(u32, Item)>; 2] {
        [0b001, 0b010].map(|view: u8| {
            let mut before = None;
            let mut items = Vec::new();
            for (number, kind) in (0_u32..).zip(kinds) {
                if kind & (view | 0b100) != 0 {
                    let gap = before.map_or(0, |before: u32| (number - before).min(LARGEST));
                    before = Some(number);
                    let item = Item {
                        gap,
                        shared: kind & 0b100 != 0,
                        exists: exists & (1 << number) != 0,
                    };
                    items.push((number, item));
                }
            }
            items
        })
    }

    /// Gaps between neighbours of both, cut, with who refers to each.
    fn shape(one: &[u32], other: &[u32]) -> Vec<(u32, bool, bool)> {
        let all: BTreeSet<u32> = one.iter().chain(other).copied().collect();
        let mut before = None;
        let mut shape = Vec::new();
        for at in all {
            let gap = before.map_or(0, |before: u32| (at - before).min(LARGEST));
            before = Some(at);
            shape.push((gap, one.contains(&at), other.contains(&at)));
        }
        shape
    }

    /// All placements of a view's items on numbers below [`NUMBERS`].
    fn placements(items: &[Item]) -> Vec<Vec<u32>> {
        let sets = (0_u32..1 << NUMBERS).filter(|set| set.count_ones() as usize == items.len());
        let numbers = sets.map(|set| (0..NUMBERS).filter(|n| set & (1 << n) != 0).collect());
        let fits = |numbers: &Vec<u32>| {
            let gaps = numbers
                .windows(2)
                .map(|pair| (pair[1] - pair[0]).min(LARGEST));
            gaps.eq(items.iter().skip(1).map(|item| item.gap))
        };
        numbers.filter(fits).collect()
    }

    #[test]
    fn orders_are_those_of_all_numbers() {
        let mut compared = 0;
        let mut kinds = [0_u8; 4];
        for code in 0..5_usize.pow(3) {
            // Neither, one, the other, both apart from the shared part, or the shared part.
            let kind = |digit: usize| [0, 0b001, 0b010, 0b011, 0b100][digit];
            kinds[..3].copy_from_slice(&[kind(code % 5), kind(code / 5 % 5), kind(code / 25)]);
            // The newest plan is in every view.
            kinds[3] = 0b100;
            for exists in [0b1111, 0b1011] {
                let views = views_of(&kinds, exists);
                let items = views
                    .clone()
                    .map(|view| view.into_iter().map(|item| item.1).collect());
                let [one, other]: [Vec<Item>; 2] = items;
                let found: BTreeSet<_> = orders(&one, &other, LARGEST)
                    .iter()
                    .map(|order| shape(&order.one, &order.other))
                    .collect();
                let mut expected = BTreeSet::new();
                for a in placements(&one) {
                    for b in placements(&other) {
                        let agree = a.iter().zip(&one).all(|(at, item)| {
                            let place = b.iter().position(|other| other == at);
                            let same = place.map(|place| other[place]);
                            match same {
                                Some(same) => {
                                    same.shared == item.shared && same.exists == item.exists
                                }
                                None => !item.shared,
                            }
                        });
                        let shared = b
                            .iter()
                            .zip(&other)
                            .all(|(at, item)| !item.shared || a.contains(at));
                        // The newest is the last of both.
                        if agree && shared {
                            expected.insert(shape(&a, &b));
                        }
                    }
                }
                assert_eq!(found, expected, "{one:?} and {other:?}");
                compared += found.len();
            }
        }
        assert!(compared > 500, "{compared}");
    }
}
