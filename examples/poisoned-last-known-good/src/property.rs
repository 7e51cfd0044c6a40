//! What is asked of the fleet.

use planwright_core::Generation;

use crate::{Action, Health, State};

/// The last-known-good plan brings no site down.
pub const KNOWN_GOOD_WORKS: &str = "the last-known-good works";

/// No plan is brought to a ring if it brings sites of an earlier one down.
pub const CONTAINED: &str = "a bad plan gets no further";

/// From every reachable state some schedule leads to where every site works.
pub const RECOVERS: &str = "that every site works stays possible";

/// Reached, or the other verdicts say little: a plan has brought a site down.
pub const DOWN: &str = "a site goes down";

/// Reached, or plans do not even come through: the last one is the last-known-good, and works everywhere.
pub const LAST_LIVE: &str = "last plan live";

/// [`KNOWN_GOOD_WORKS`], in one state.
pub fn known_good_works(state: &State) -> bool {
    state.broken_by(state.known_good).is_none()
}

/// [`CONTAINED`], of one step. Sites of one ring get a plan together, and a rollback goes everywhere.
pub fn contained(before: &State, action: &Action, _: &State) -> bool {
    match *action {
        Action::Push { ring, plan, .. } => !(0..ring).any(|ring| before.breaks(plan, ring)),
        _ => true,
    }
}

/// For [`RECOVERS`]: every site has finished its work and is up.
pub fn works(state: &State) -> bool {
    let mut sites = state.sites();
    sites.all(|(_, _, site)| site.health == Health::Proven)
}

/// [`LAST_LIVE`], in one state, if this is the last plan.
pub fn last_live(state: &State, last: Generation) -> bool {
    let mut sites = state.sites();
    works(state) && state.known_good == last && sites.all(|(_, _, site)| site.plan == last)
}
