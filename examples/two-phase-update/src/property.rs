//! What is asked of the network.

use crate::{Request, State, Version};

/// Per-request consistency: no request is handled by two versions of the configuration.
pub const ONE_VERSION: &str = "one version end to end";

/// No request meets a switch without rules for it.
pub const NEVER_DROPPED: &str = "no request dropped";

/// Every update that begins ends, if the controller and the switches go on working.
pub const COMPLETES: &str = "every update ends";

/// Reached, or the other verdicts say little: an update is under way while a request has passed some
/// switches and not others.
pub const HALF_WAY: &str = "request half-way in an update";

/// Reached, or updates do not even end: the last version is live everywhere, and nothing else.
pub const LAST_LIVE: &str = "last version live";

/// [`ONE_VERSION`], in one state.
pub fn one_version(state: &State) -> bool {
    !state.requests().contains(&Request::Mixed)
}

/// [`NEVER_DROPPED`], in one state.
pub fn never_dropped(state: &State) -> bool {
    !state.requests().contains(&Request::Dropped)
}

/// [`HALF_WAY`], in one state.
pub fn half_way(state: &State) -> bool {
    state.updating && state.travelling().any(|(_, next)| next > 0)
}

/// For [`COMPLETES`]: no update is under way; all switches hold the newest version and nothing else.
pub fn settled(state: &State) -> bool {
    !state.updating
}

/// [`LAST_LIVE`], in one state: settled at the last of so many versions.
pub fn last_live(state: &State, versions: Version) -> bool {
    settled(state) && state.target == versions
}

/// For recoverability: the last version is live, and every client is over what came to harm.
pub fn recovered(state: &State, versions: Version) -> bool {
    last_live(state, versions) && one_version(state) && never_dropped(state)
}
