//! How large a model is explored.

use std::fmt;

use clap::{Args, value_parser};
use planwright_cli::{SizeOptions, counted};
use planwright_core::{Enactor, FaultBudget, UpdateSystem};

use crate::{Enactors, Protocol, TreeEnactor};

/// The bounds under which verdicts hold.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Redundant enactors (1 to 6)
    #[arg(long, value_name = "N", default_value_t = Self::default().enactors, global = true,
          value_parser = value_parser!(u8).range(1..=6))]
    pub enactors: u8,

    /// Plans in all, counting the one that is live at the start (2 to 32)
    #[arg(long, value_name = "N", default_value_t = Self::default().plans, global = true,
          value_parser = value_parser!(u8).range(2..=32))]
    pub plans: u8,

    /// How many generations old a tree is when clean-up by age deletes it (1 to 32)
    #[arg(long, value_name = "N", default_value_t = Self::default().age, global = true,
          value_parser = value_parser!(u8).range(1..=32))]
    pub age: u8,

    /// Crashes of an enactor (0 to 15)
    #[arg(long, value_name = "N", default_value_t = Self::default().crashes, global = true,
          value_parser = value_parser!(u8).range(..=15))]
    pub crashes: u8,
}

impl Size {
    /// So many enactors and plans, with clean-up after two generations and no crash.
    pub fn new(enactors: u8, plans: u8) -> Self {
        Self {
            enactors,
            plans,
            age: 2,
            crashes: 0,
        }
    }

    /// The same with clean-up after so many generations.
    pub fn age(self, age: u8) -> Self {
        Self { age, ..self }
    }

    /// The same with so many crashes.
    pub fn crashes(self, crashes: u8) -> Self {
        Self { crashes, ..self }
    }

    /// The enactors of this size under a protocol.
    pub fn system(&self, protocol: Protocol) -> Enactors {
        self.system_of(self.enactor(protocol))
    }

    /// An enactor with this protocol.
    pub(crate) fn enactor(&self, protocol: Protocol) -> TreeEnactor {
        TreeEnactor {
            protocol,
            cleanup_age: self.age,
        }
    }

    /// A system of this size.
    pub(crate) fn system_of<E: Enactor>(&self, enactor: E) -> UpdateSystem<E> {
        let faults = FaultBudget {
            crashes: self.crashes,
            ..FaultBudget::NONE
        };
        UpdateSystem::new(enactor)
            .enactors(self.enactors.into())
            .generations(self.plans.into())
            .faults(faults)
    }
}

impl Default for Size {
    /// Two enactors, four plans, clean-up after two generations, one crash.
    fn default() -> Self {
        Self::new(2, 4).crashes(1)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let enactors = counted(self.enactors.into(), "enactor");
        let plans = counted(self.plans.into(), "plan");
        let crashes = counted(self.crashes.into(), "crash");
        let age = self.age;
        write!(f, "{enactors}, {plans}, clean-up age {age}, {crashes}")
    }
}

impl SizeOptions for Size {
    fn options(&self) -> Vec<(&'static str, u64)> {
        vec![
            ("enactors", self.enactors.into()),
            ("plans", self.plans.into()),
            ("age", self.age.into()),
            ("crashes", self.crashes.into()),
        ]
    }
}
