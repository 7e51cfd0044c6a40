//! How large a model is explored.

use std::fmt;

use clap::{Args, value_parser};
use planwright_cli::{SizeOptions, counted};

use crate::Version;
use crate::state::{REQUESTS, SWITCHES, VERSIONS};

/// The bounds under which verdicts hold.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Switches on the way of every request (1 to 6)
    #[arg(long, value_name = "N", default_value_t = Self::default().switches, global = true,
          value_parser = value_parser!(u8).range(1..=SWITCHES as i64))]
    pub switches: u8,

    /// Requests that may be in the network together (1 to 4)
    #[arg(long, value_name = "N", default_value_t = Self::default().requests, global = true,
          value_parser = value_parser!(u8).range(1..=REQUESTS as i64))]
    pub requests: u8,

    /// Versions in all, counting the one installed at the start (1 to 4)
    #[arg(long, value_name = "N", default_value_t = Self::default().versions, global = true,
          value_parser = value_parser!(u8).range(1..=i64::from(VERSIONS)))]
    pub versions: Version,
}

impl Size {
    /// So many switches, requests and versions.
    ///
    /// # Panics
    ///
    /// Unless there are 1 to 6 switches, 1 to 4 requests and 1 to 4 versions.
    pub fn new(switches: u8, requests: u8, versions: Version) -> Self {
        let fits = |number: u8, most: usize| (1..=most).contains(&usize::from(number));
        assert!(fits(switches, SWITCHES), "ask for 1 to {SWITCHES} switches");
        assert!(fits(requests, REQUESTS), "ask for 1 to {REQUESTS} requests");
        assert!(
            fits(versions, VERSIONS.into()),
            "ask for 1 to {VERSIONS} versions"
        );
        Self {
            switches,
            requests,
            versions,
        }
    }
}

impl Default for Size {
    /// Three switches, two requests, two versions.
    fn default() -> Self {
        Self::new(3, 2, 2)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let switches = counted(self.switches.into(), "switch");
        let requests = counted(self.requests.into(), "request");
        let versions = counted(self.versions.into(), "version");
        write!(f, "{switches}, {requests}, {versions}")
    }
}

impl SizeOptions for Size {
    fn options(&self) -> Vec<(&'static str, u64)> {
        vec![
            ("switches", self.switches.into()),
            ("requests", self.requests.into()),
            ("versions", self.versions.into()),
        ]
    }
}

// The help text states these limits.
const _: () = assert!(SWITCHES == 6 && REQUESTS == 4 && VERSIONS == 4);
