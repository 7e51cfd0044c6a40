use stateright::{Model, Property};

/// Dijkstra's dining philosophers: each eats with the fork on either side and puts both down at
/// once.
///
/// With [`Manners::Either`] a state is just who holds each fork, so there are 3 to the power of
/// `seats` of them, as in the Philosophers net of the [Model Checking
/// Contest](https://mcc.lip6.fr/): 243 for five, 59,049 for ten.
/// With [`Manners::LeftFirst`] no philosopher eats while the next one holds a fork, which leaves the
/// companion Pell numbers ([OEIS A002203](https://oeis.org/A002203)): 14 for three, 82 for five.
///
/// Both can deadlock, each philosopher holding one fork; [`Manners::LowestFirst`] cannot. With it
/// somebody always eats again, but it takes strong fairness that everybody does.
#[derive(Clone, Copy, Debug)]
pub struct DiningPhilosophers {
    /// How many philosophers, and forks, there are; at least two.
    pub seats: usize,
    /// Which fork a philosopher takes first.
    pub manners: Manners,
}

/// Which fork a philosopher takes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manners {
    /// Any of the two.
    Either,
    /// The left one, the one with the philosopher's own number.
    LeftFirst,
    /// The one with the lower number: the remedy, as it rules out a circle of waiting.
    LowestFirst,
}

/// Who holds a fork.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fork {
    /// Nobody.
    Free,
    /// The philosopher with the fork's number, to whose left it lies.
    Own,
    /// The philosopher before, to whose right it lies.
    Previous,
}

/// A step of a philosopher, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Take the left fork.
    TakeLeft(usize),
    /// Take the right fork.
    TakeRight(usize),
    /// Put both down.
    PutDown(usize),
}

impl DiningPhilosophers {
    /// Whether a philosopher holds both forks.
    pub fn eats(&self, forks: &[Fork], philosopher: usize) -> bool {
        self.holds(forks, philosopher) == (true, true)
    }

    fn right(&self, philosopher: usize) -> usize {
        (philosopher + 1) % self.seats
    }

    fn holds(&self, forks: &[Fork], philosopher: usize) -> (bool, bool) {
        let right = forks[self.right(philosopher)];
        (forks[philosopher] == Fork::Own, right == Fork::Previous)
    }
}

impl Model for DiningPhilosophers {
    /// The forks.
    type State = Vec<Fork>;
    type Action = Move;

    fn init_states(&self) -> Vec<Vec<Fork>> {
        vec![vec![Fork::Free; self.seats]]
    }

    fn actions(&self, forks: &Vec<Fork>, actions: &mut Vec<Move>) {
        for philosopher in 0..self.seats {
            let right = self.right(philosopher);
            let (has_left, has_right) = self.holds(forks, philosopher);
            let (may_left, may_right) = match self.manners {
                Manners::Either => (true, true),
                Manners::LowestFirst if right < philosopher => (has_right, true),
                Manners::LeftFirst | Manners::LowestFirst => (true, has_left),
            };
            if may_left && forks[philosopher] == Fork::Free {
                actions.push(Move::TakeLeft(philosopher));
            }
            if may_right && forks[right] == Fork::Free {
                actions.push(Move::TakeRight(philosopher));
            }
            if has_left && has_right {
                actions.push(Move::PutDown(philosopher));
            }
        }
    }

    fn next_state(&self, forks: &Vec<Fork>, action: Move) -> Option<Vec<Fork>> {
        let mut next = forks.clone();
        match action {
            Move::TakeLeft(philosopher) => next[philosopher] = Fork::Own,
            Move::TakeRight(philosopher) => next[self.right(philosopher)] = Fork::Previous,
            Move::PutDown(philosopher) => {
                next[philosopher] = Fork::Free;
                next[self.right(philosopher)] = Fork::Free;
            }
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::sometimes(
            "somebody eats",
            |model: &Self, forks: &Vec<Fork>| {
                (0..model.seats).any(|philosopher| model.eats(forks, philosopher))
            },
        )]
    }
}
