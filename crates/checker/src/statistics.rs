//! What an exploration covered and cost.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::text::Thousands;

/// What an exploration covered and cost.
///
/// A run cut by time, memory or an interrupt, and a run that met a fault, count up to the end of
/// the last complete level. Every other run counts all it did, and its counts do not depend on
/// the number of threads.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Statistics {
    /// Distinct states found within the model's boundary, initial states included.
    pub states: u64,
    /// Steps taken: actions for which the model gave a next state, also one found before, the same
    /// state, or one outside the boundary.
    pub transitions: u64,
    /// The deepest level that has a state: the longest of the shortest schedules.
    pub depth: u32,
    /// The depth up to which every state was found and checked; `None` if not even the initial
    /// states were. No schedule of at most this many steps violates a property that is open.
    pub complete_depth: Option<u32>,
    /// Distinct states outside the model's boundary that were reached, and not entered.
    pub cut_states: u64,
    /// Expanded states in which nothing can happen: every action is ignored, or leads back to the same
    /// state.
    pub terminal_states: u64,
    /// Distinct states at each depth.
    pub levels: Vec<u64>,
    /// How often the actions of each class fired; empty without
    /// [`action_classes`](crate::Checker::action_classes).
    pub actions: Vec<ActionCount>,
    /// Whether one state of each orbit stands for all, so that states are orbits and transitions
    /// those of their representatives.
    pub up_to_symmetry: bool,
    /// Whether states were stored whole, so that no two can have been taken for one if their codes
    /// differ.
    pub exact: bool,
    /// How much of what the verdicts rest on was checked. With an encoding of which everything was read back, the
    /// codes of different states do differ.
    pub checked: Checked,
    /// An upper estimate of the probability that two different states got the same fingerprint,
    /// so that one of them was missed: 1 - exp(-n² / 2⁶⁵) for n states; 0 if they
    /// were stored whole.
    pub collision_probability: f64,
    /// The seed of the fingerprints.
    pub seed: u64,
    /// How many threads were allowed.
    pub threads: usize,
    /// Wall-clock time.
    pub elapsed: Duration,
    /// The largest resident memory the process has had, in bytes; `None` where the operating
    /// system does not tell.
    pub peak_memory: Option<u64>,
}

impl Statistics {
    /// Distinct states per second of wall-clock time.
    pub fn states_per_second(&self) -> f64 {
        self.states as f64 / self.elapsed.as_secs_f64().max(1e-9)
    }

    /// The names of the action classes that never fired.
    pub fn never_fired(&self) -> impl Iterator<Item = &str> {
        let never = self.actions.iter().filter(|count| count.fired == 0);
        never.map(|count| count.name.as_str())
    }
}

/// How much was checked of what every verdict rests on: that the model is deterministic, that an encoding loses
/// nothing, that interchangeable parts are interchangeable. Unless it is all, it is a fixed sample; see
/// [`Audit::ALL`](crate::Audit::ALL).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Checked {
    /// The states about which the model was asked twice, of all that were expanded.
    pub determinism: Share,
    /// The steps after which the state was read back from its code, of all; `None` if states were not stored by
    /// their codes. The initial states always are.
    pub encoding: Option<Share>,
    /// The orbits whose members were all compared, of all that were expanded; `None` if states were not explored up to symmetry.
    pub symmetry: Option<Share>,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// How many were checked.
    pub checked: u64,
    /// How many there are.
    pub of: u64,
}

impl Share {
    /// Whether that is all.
    pub fn is_all(self) -> bool {
        self.checked >= self.of
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_all() {
            true => write!(f, "all {}", Thousands(self.of)),
            false => write!(f, "{} of {}", Thousands(self.checked), Thousands(self.of)),
        }
    }
}

impl Checked {
    /// Whether all was checked.
    pub fn is_all(self) -> bool {
        let others = [self.encoding, self.symmetry].into_iter().flatten();
        others.chain([self.determinism]).all(Share::is_all)
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "determinism in {} expanded states", self.determinism)?;
        if let Some(share) = self.encoding {
            write!(f, ", the encoding after {share} steps")?;
        }
        if let Some(share) = self.symmetry {
            write!(f, ", symmetry in {share} expanded orbits")?;
        }
        Ok(())
    }
}

/// How often the actions of one class fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ActionCount {
    /// The class's name.
    pub name: String,
    /// In how many transitions.
    pub fired: u64,
}

/// 1 - exp(-n² / 2⁶⁵).
pub(crate) fn collision_probability(states: u64) -> f64 {
    let n = states as f64;
    -(-n * n / 2f64.powi(65)).exp_m1()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_birthday_bound() {
        assert!((collision_probability(10_000_000) / 2.71e-6 - 1.0).abs() < 1e-3);
        assert!(collision_probability(0).abs() < f64::MIN_POSITIVE);
        assert!(collision_probability(u64::MAX) > 0.999);
    }
}
