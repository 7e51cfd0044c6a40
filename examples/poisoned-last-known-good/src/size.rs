//! How large a model is explored.

use std::fmt;

use clap::{Args, value_parser};
use planwright_cli::{SizeOptions, counted};

use crate::state::{PLANS, RINGS, SITES};

/// The bounds under which verdicts hold.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Rings, which get a plan one after another (1 to 3)
    #[arg(long, value_name = "N", default_value_t = Self::default().rings, global = true,
          value_parser = value_parser!(u8).range(1..=RINGS as i64))]
    pub rings: u8,

    /// Sites in each ring (1 to 3)
    #[arg(long, value_name = "N", default_value_t = Self::default().sites, global = true,
          value_parser = value_parser!(u8).range(1..=SITES as i64))]
    pub sites: u8,

    /// Plans in all, counting the one that is live at the start (1 to 5)
    #[arg(long, value_name = "N", default_value_t = Self::default().plans, global = true,
          value_parser = value_parser!(u8).range(1..=i64::from(PLANS)))]
    pub plans: u8,

    /// Plans that bring the sites of some ring down, at most (0 to 4)
    #[arg(long, value_name = "N", default_value_t = Self::default().bad, global = true,
          value_parser = value_parser!(u8).range(0..=i64::from(PLANS) - 1))]
    pub bad: u8,
}

impl Size {
    /// So many rings, sites in each, plans, and bad ones among them.
    ///
    /// # Panics
    ///
    /// Unless there are 1 to 3 rings, 1 to 3 sites, 1 to 5 plans and at most 4 bad ones.
    pub fn new(rings: u8, sites: u8, plans: u8, bad: u8) -> Self {
        let fits = |number: u8, most: usize| (1..=most).contains(&usize::from(number));
        assert!(fits(rings, RINGS), "ask for 1 to {RINGS} rings");
        assert!(fits(sites, SITES), "ask for 1 to {SITES} sites");
        assert!(fits(plans, PLANS.into()), "ask for 1 to {PLANS} plans");
        assert!(bad < PLANS, "ask for at most {} bad plans", PLANS - 1);
        Self {
            rings,
            sites,
            plans,
            bad,
        }
    }
}

impl Default for Size {
    /// Two rings of two sites, three plans, two of them bad.
    fn default() -> Self {
        Self::new(2, 2, 3, 2)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rings = counted(self.rings.into(), "ring");
        let sites = counted(self.sites.into(), "site");
        let plans = counted(self.plans.into(), "plan");
        write!(f, "{rings} of {sites}, {plans}, at most {} bad", self.bad)
    }
}

impl SizeOptions for Size {
    fn options(&self) -> Vec<(&'static str, u64)> {
        vec![
            ("rings", self.rings.into()),
            ("sites", self.sites.into()),
            ("plans", self.plans.into()),
            ("bad", self.bad.into()),
        ]
    }
}

// The help text states these limits.
const _: () = assert!(RINGS == 3 && SITES == 3 && PLANS == 5);
