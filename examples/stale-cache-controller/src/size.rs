//! How large a model is explored.

use std::fmt;

use clap::{Args, value_parser};
use planwright_cli::{SizeOptions, counted};

use crate::state::{NODES, PODS, VALUES};

/// The most restarts, and lost acknowledgements, that a word has room for.
pub(crate) const FAULTS: u8 = 3;

/// The bounds under which verdicts hold.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Nodes, each with an agent (1 to 3)
    #[arg(long, value_name = "N", default_value_t = Self::default().nodes, global = true,
          value_parser = value_parser!(u8).range(1..=NODES as i64))]
    pub nodes: u8,

    /// Pods in all, one after another, all of one name (1 to 6)
    #[arg(long, value_name = "N", default_value_t = Self::default().pods, global = true,
          value_parser = value_parser!(u8).range(1..=i64::from(PODS)))]
    pub pods: u8,

    /// Changes of the store that a cache may be behind (0 to 4)
    #[arg(long, value_name = "N", default_value_t = Self::default().staleness, global = true,
          value_parser = value_parser!(u8).range(0..=VALUES as i64 - 1))]
    pub staleness: u8,

    /// Restarts of agents, in all (0 to 3)
    #[arg(long, value_name = "N", default_value_t = Self::default().restarts, global = true,
          value_parser = value_parser!(u8).range(0..=i64::from(FAULTS)))]
    pub restarts: u8,

    /// Removals of which the agent does not learn, in all (0 to 3)
    #[arg(long, value_name = "N", default_value_t = Self::default().lost, global = true,
          value_parser = value_parser!(u8).range(0..=i64::from(FAULTS)))]
    pub lost: u8,
}

impl Size {
    /// So many nodes, pods, and changes that a cache may be behind; nothing goes wrong.
    ///
    /// # Panics
    ///
    /// Unless there are 1 to 3 nodes, 1 to 6 pods and a staleness of at most 4.
    pub fn new(nodes: u8, pods: u8, staleness: u8) -> Self {
        let node_range = 1..=NODES as u8;
        assert!(node_range.contains(&nodes), "ask for 1 to {NODES} nodes");
        assert!((1..=PODS).contains(&pods), "ask for 1 to {PODS} pods");
        assert!(
            usize::from(staleness) < VALUES,
            "ask for a staleness of at most {}",
            VALUES - 1
        );
        Self {
            nodes,
            pods,
            staleness,
            restarts: 0,
            lost: 0,
        }
    }

    /// The same with so many restarts.
    ///
    /// # Panics
    ///
    /// Beyond 3.
    pub fn restarts(self, restarts: u8) -> Self {
        assert!(restarts <= FAULTS, "ask for at most {FAULTS} restarts");
        Self { restarts, ..self }
    }

    /// The same with so many lost acknowledgements.
    ///
    /// # Panics
    ///
    /// Beyond 3.
    pub fn lost(self, lost: u8) -> Self {
        assert!(lost <= FAULTS, "ask for at most {FAULTS} lost removals");
        Self { lost, ..self }
    }
}

impl Default for Size {
    /// Two nodes, three pods, caches up to two changes behind, one restart, one lost acknowledgement.
    fn default() -> Self {
        Self::new(2, 3, 2).restarts(1).lost(1)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nodes = counted(self.nodes.into(), "node");
        let pods = counted(self.pods.into(), "pod");
        let changes = counted(self.staleness.into(), "change");
        let restarts = counted(self.restarts.into(), "restart");
        let lost = counted(self.lost.into(), "lost answer");
        write!(
            f,
            "{nodes}, {pods}, caches up to {changes} behind, {restarts}, {lost}"
        )
    }
}

impl SizeOptions for Size {
    fn options(&self) -> Vec<(&'static str, u64)> {
        vec![
            ("nodes", self.nodes.into()),
            ("pods", self.pods.into()),
            ("staleness", self.staleness.into()),
            ("restarts", self.restarts.into()),
            ("lost", self.lost.into()),
        ]
    }
}

// The help text states these limits.
const _: () = assert!(NODES == 3 && PODS == 6 && VALUES == 5 && FAULTS == 3);
