//! The state of the network.

use planwright_model::Finite;

/// The most switches that a state has room for.
pub(crate) const SWITCHES: usize = 6;

/// The most requests that a state has room for.
pub(crate) const REQUESTS: usize = 4;

/// The most versions that a state has room for.
pub(crate) const VERSIONS: Version = 4;

/// A version of the configuration, from 1 on: the first one is installed everywhere at the start.
pub type Version = u8;

/// What every switch holds, what the ingress stamps, and where the requests are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub struct State {
    /// The version that the ingress stamps on requests; none in an update in place.
    #[finite(1..=VERSIONS)]
    pub stamp: Option<Version>,
    /// The newest version: the one that is live, or that an update is bringing there.
    #[finite(1..=VERSIONS)]
    pub target: Version,
    /// Whether an update is under way.
    pub updating: bool,
    /// For each switch the versions whose rules it holds: version 1 is bit 0.
    #[finite(0..1 << VERSIONS)]
    pub(crate) installed: [u8; SWITCHES],
    /// Slots that are not used stay outside.
    #[finite(per_process)]
    pub(crate) requests: [Request; REQUESTS],
}

/// A request, or the slot of a client that sends one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub enum Request {
    /// Not in the network.
    Outside,
    /// On its way along the switches.
    Travelling {
        /// The version stamped on it, or, in an update in place, the one that the switches behind
        /// it handled it by; none before the first of them.
        #[finite(1..=VERSIONS)]
        version: Option<Version>,
        /// The switch that handles it next, from 0.
        #[finite(0..SWITCHES)]
        next: u8,
    },
    /// A switch had no rules for its version; its client has not noticed yet.
    Dropped,
    /// Two switches handled it by different versions; its client has not noticed yet.
    Mixed,
}

impl State {
    /// Whether a switch holds the rules of a version.
    pub fn holds(&self, switch: u8, version: Version) -> bool {
        self.installed[usize::from(switch)] >> (version - 1) & 1 == 1
    }

    /// Whether a switch holds the rules of this version and of no other.
    pub fn holds_only(&self, switch: u8, version: Version) -> bool {
        self.installed[usize::from(switch)] == 1 << (version - 1)
    }

    /// The versions whose rules a switch holds, oldest first.
    pub fn versions(&self, switch: u8) -> impl Iterator<Item = Version> + '_ {
        (1..=VERSIONS).filter(move |version| self.holds(switch, *version))
    }

    /// Every slot for a request, used or not.
    pub fn requests(&self) -> &[Request] {
        &self.requests
    }

    /// The version of each travelling request, and the switch that is next on its way.
    pub fn travelling(&self) -> impl Iterator<Item = (Option<Version>, u8)> + '_ {
        self.requests.iter().filter_map(|request| match *request {
            Request::Travelling { version, next } => Some((version, next)),
            _ => None,
        })
    }
}
