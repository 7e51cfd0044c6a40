use stateright::{Model, Property};

/// Lamport's bakery lock, with finitely many tickets: a customer that would have to take a number
/// above the largest lowers its flag again and waits at the door until there are smaller ones.
///
/// L. Lamport, "A new solution of Dijkstra's concurrent programming problem", 1974. One step for each
/// of: want in, raise the flag at the door, look at all numbers, take a larger one, lower the flag, for
/// each other customer wait until its flag is down and then until it is not ahead, use the critical
/// section and give the number back. The paper lets a customer look at the numbers one after another,
/// and even misread one while it is written.
///
/// The paper proves that customers enter in the order in which they have taken numbers, and that they
/// do not block each other, so that everybody gets in who keeps moving.
#[derive(Clone, Copy, Debug)]
pub struct Bakery {
    /// How many customers there are.
    pub customers: usize,
    /// The largest number on a ticket.
    pub tickets: u8,
}

/// A customer of a [`Bakery`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Customer {
    /// The next step.
    pub at: Counter,
    /// Whether the customer is choosing a number.
    pub choosing: bool,
    /// The number on the ticket; 0 without one.
    pub number: u8,
    /// The largest number seen, while choosing.
    pub seen: u8,
}

/// The next step of a [`Customer`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Counter {
    /// Want in.
    #[default]
    Outside,
    /// Raise the flag, if numbers are left.
    Door,
    /// Look at everybody's number.
    Look,
    /// Take a number.
    Take,
    /// Say that the number is taken.
    Ready,
    /// Wait until this customer is not choosing.
    WaitForChoice(usize),
    /// Wait until this customer is not ahead.
    WaitForTurn(usize),
    /// Do the critical section and give the number back.
    Critical,
}

impl Bakery {
    /// Wait for this customer and those after it, but not for oneself.
    fn wait_for(&self, me: usize, next: usize) -> Counter {
        let next = if next == me { next + 1 } else { next };
        if next < self.customers {
            Counter::WaitForChoice(next)
        } else {
            Counter::Critical
        }
    }
}

impl Model for Bakery {
    type State = Vec<Customer>;
    /// The customer that takes its next step.
    type Action = usize;

    fn init_states(&self) -> Vec<Vec<Customer>> {
        vec![vec![Customer::default(); self.customers]]
    }

    fn actions(&self, _: &Vec<Customer>, actions: &mut Vec<usize>) {
        actions.extend(0..self.customers);
    }

    fn next_state(&self, last: &Vec<Customer>, me: usize) -> Option<Vec<Customer>> {
        let mut next = last.clone();
        let largest = last.iter().map(|customer| customer.number).max()?;
        let it = &mut next[me];
        it.at = match it.at {
            Counter::Outside => Counter::Door,
            Counter::Door if largest == self.tickets => return None,
            Counter::Door => {
                it.choosing = true;
                Counter::Look
            }
            Counter::Look if largest == self.tickets => {
                it.choosing = false;
                Counter::Door
            }
            Counter::Look => {
                it.seen = largest;
                Counter::Take
            }
            Counter::Take => {
                it.number = it.seen + 1;
                it.seen = 0;
                Counter::Ready
            }
            Counter::Ready => {
                it.choosing = false;
                self.wait_for(me, 0)
            }
            Counter::WaitForChoice(other) if last[other].choosing => return None,
            Counter::WaitForChoice(other) => Counter::WaitForTurn(other),
            Counter::WaitForTurn(other) => {
                let ahead = (last[other].number, other) < (it.number, me);
                if last[other].number != 0 && ahead {
                    return None;
                }
                self.wait_for(me, other + 1)
            }
            Counter::Critical => {
                it.number = 0;
                Counter::Outside
            }
        };
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always(
            "mutual exclusion",
            |_, customers: &Vec<Customer>| {
                let inside = customers.iter().filter(|c| c.at == Counter::Critical);
                inside.count() <= 1
            },
        )]
    }
}
