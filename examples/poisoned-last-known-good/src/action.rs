//! The steps of the fleet.

use planwright_core::Generation;

/// A step: of the planner, the controller or a site. It says what was read and what came of it, for
/// reports; only possible ones are ever listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The planner publishes the next plan, and its rollout begins.
    Publish {
        /// The new plan.
        plan: Generation,
        /// The ring whose sites it will bring down, which nobody knows yet.
        breaks: Option<u8>,
    },
    /// The controller has a site load the plan that is rolled out.
    Push {
        /// The site's ring.
        ring: u8,
        /// The site's number in it.
        site: u8,
        /// The plan.
        plan: Generation,
    },
    /// The controller looks at the health of a ring once more, and waits.
    Look {
        /// The ring.
        ring: u8,
    },
    /// The controller finds the health of a ring good enough and goes on to the next.
    Advance {
        /// The next ring.
        to: u8,
    },
    /// The controller finds the health of the last ring good enough, and takes the plan for the
    /// last-known-good from now on.
    Promote(Generation),
    /// A site finishes its work on the plan that it has loaded.
    Finish {
        /// The site's ring.
        ring: u8,
        /// The site's number in it.
        site: u8,
        /// The plan.
        plan: Generation,
        /// Whether it worked; otherwise the site goes down.
        works: bool,
    },
    /// The controller finds a site down and begins to roll back.
    Alarm,
    /// The controller has a site load the last-known-good plan; one that is down restarts with it.
    Restore {
        /// The site's ring.
        ring: u8,
        /// The site's number in it.
        site: u8,
        /// The plan.
        plan: Generation,
    },
    /// The controller finds that the last-known-good plan has failed, and takes the one before.
    FallBack(Generation),
    /// Every site works with the last-known-good plan: new plans may be published again.
    Lift,
}
