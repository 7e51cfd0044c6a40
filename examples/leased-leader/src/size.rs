//! How large a model is explored.

use std::fmt;

use clap::{Args, value_parser};
use planwright_cli::{SizeOptions, counted};
use planwright_core::{Enactor, FaultBudget, LeaseTerm, UpdateSystem};

use crate::{Leader, Protocol};

/// The bounds under which verdicts hold.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Processes of which one is the leader (1 to 6)
    #[arg(long, value_name = "N", default_value_t = Self::default().processes, global = true,
          value_parser = value_parser!(u8).range(1..=6))]
    pub processes: u8,

    /// Endpoints that a leader writes one after another (1 to 8)
    #[arg(long, value_name = "N", default_value_t = Self::default().endpoints, global = true,
          value_parser = value_parser!(u8).range(1..=8))]
    pub endpoints: u8,

    /// Plans in all, counting the one that is live at the start (2 to 32)
    #[arg(long, value_name = "N", default_value_t = Self::default().plans, global = true,
          value_parser = value_parser!(u8).range(2..=32))]
    pub plans: u8,

    /// Grants of the lease that can expire early, the first ones (0 to 15)
    #[arg(long, value_name = "N", default_value_t = Self::default().early, global = true,
          value_parser = value_parser!(u8).range(..=15))]
    pub early: u8,

    /// Crashes of a process (0 to 15)
    #[arg(long, value_name = "N", default_value_t = Self::default().crashes, global = true,
          value_parser = value_parser!(u8).range(..=15))]
    pub crashes: u8,
}

impl Size {
    /// So many processes, endpoints and plans, with one lease that can expire early and no crash.
    pub fn new(processes: u8, endpoints: u8, plans: u8) -> Self {
        Self {
            processes,
            endpoints,
            plans,
            early: 1,
            crashes: 0,
        }
    }

    /// The same where so many grants of the lease can expire early.
    pub fn early(self, early: u8) -> Self {
        Self { early, ..self }
    }

    /// The same with so many crashes.
    pub fn crashes(self, crashes: u8) -> Self {
        Self { crashes, ..self }
    }

    /// The leaders of this size under a protocol.
    pub fn leaders(&self, protocol: Protocol) -> UpdateSystem<Leader> {
        self.system(Leader { protocol }, protocol.lease_term(self.early))
    }

    /// A system of this size, with this lease.
    pub(crate) fn system<E: Enactor>(&self, enactor: E, lease: LeaseTerm) -> UpdateSystem<E> {
        UpdateSystem::new(enactor)
            .enactors(self.processes.into())
            .endpoints(self.endpoints.into())
            .generations(self.plans.into())
            .faults(FaultBudget {
                crashes: self.crashes,
                ..FaultBudget::NONE
            })
            .lease(lease)
    }
}

impl Default for Size {
    /// Two processes, two endpoints, three plans, one early expiry, one crash.
    fn default() -> Self {
        Self::new(2, 2, 3).crashes(1)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let processes = counted(self.processes.into(), "process");
        let endpoints = counted(self.endpoints.into(), "endpoint");
        let plans = counted(self.plans.into(), "plan");
        let early = counted(self.early.into(), "early expiry");
        let crashes = counted(self.crashes.into(), "crash");
        write!(f, "{processes}, {endpoints}, {plans}, {early}, {crashes}")
    }
}

impl SizeOptions for Size {
    fn options(&self) -> Vec<(&'static str, u64)> {
        vec![
            ("processes", self.processes.into()),
            ("endpoints", self.endpoints.into()),
            ("plans", self.plans.into()),
            ("early", self.early.into()),
            ("crashes", self.crashes.into()),
        ]
    }
}
