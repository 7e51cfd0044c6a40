use stateright::Model;

/// Dining philosophers who hand forks to each other: one who has eaten leaves both forks dirty, hands
/// a dirty fork over clean, and eats only with two clean ones.
///
/// K. M. Chandy and J. Misra, "The drinking philosophers problem", 1984. The steps here are those of
/// the [TLA+
/// examples](https://github.com/tlaplus/Examples/blob/master/specifications/DiningPhilosophers/DiningPhilosophers.tla):
/// every philosopher is hungry at first; in one step one hands over at most one dirty fork, whether
/// asked or not, and sees whether to eat, to become hungry, or to go on so. Its
/// [manifest](https://github.com/tlaplus/Examples/blob/master/specifications/DiningPhilosophers/manifest.json)
/// has 67 distinct states, 336 generated (the initial one included), 29 states deep, and that
/// nobody starves if every philosopher is weakly fair.
#[derive(Clone, Copy, Debug)]
pub struct CleanForks {
    /// How many philosophers, and forks, there are; at least two.
    pub seats: usize,
}

/// A philosopher of [`CleanForks`], and the fork to the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Diner {
    /// The next step.
    pub mood: Mood,
    /// Whether the philosopher is hungry.
    pub hungry: bool,
    /// Who has the fork that lies to the left of this one.
    pub holder: usize,
    /// Whether that fork is clean.
    pub clean: bool,
}

/// The next step of a [`Diner`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mood {
    /// Hand over a fork, or see what to do.
    Look,
    /// Eat.
    Eat,
    /// Become hungry.
    Think,
}

impl Model for CleanForks {
    type State = Vec<Diner>;
    /// The philosopher that takes the next step.
    type Action = usize;

    fn init_states(&self) -> Vec<Vec<Diner>> {
        // Everybody has the left fork, but the first has two and the second none.
        let seat = |seat| Diner {
            mood: Mood::Look,
            hungry: true,
            holder: if seat == 1 { 0 } else { seat },
            clean: false,
        };
        vec![(0..self.seats).map(seat).collect()]
    }

    fn actions(&self, _: &Vec<Diner>, actions: &mut Vec<usize>) {
        actions.extend(0..self.seats);
    }

    fn next_state(&self, last: &Vec<Diner>, me: usize) -> Option<Vec<Diner>> {
        let mut next = last.clone();
        let right = (me + 1) % self.seats;
        let left_neighbour = (me + self.seats - 1) % self.seats;
        let dirty = |fork: usize| last[fork].holder == me && !last[fork].clean;
        let clean = |fork: usize| last[fork].holder == me && last[fork].clean;
        match last[me].mood {
            Mood::Look => {
                if dirty(me) {
                    (next[me].holder, next[me].clean) = (left_neighbour, true);
                } else if dirty(right) {
                    (next[right].holder, next[right].clean) = (right, true);
                }
                next[me].mood = match last[me].hungry {
                    true if clean(me) && clean(right) => Mood::Eat,
                    true => Mood::Look,
                    false => Mood::Think,
                };
            }
            Mood::Eat => {
                next[me].hungry = false;
                (next[me].clean, next[right].clean) = (false, false);
                next[me].mood = Mood::Look;
            }
            Mood::Think => {
                next[me].hungry = true;
                next[me].mood = Mood::Look;
            }
        }
        Some(next)
    }
}
