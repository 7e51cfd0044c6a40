//! Whether a plan works where it runs, and what a gate makes of it.

use planwright_core::Finite;

/// What is known of a plan at one place that runs it.
///
/// A plan that was accepted need not work: what it breaks may show later, when the work that it gave
/// rise to is done. Until then it is unproven, and looks no worse than one that works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub enum Health {
    /// Up, with work on the plan still to be done.
    Unproven,
    /// Up, and all work on the plan has succeeded.
    Proven,
    /// Down: the plan has failed here.
    Failed,
}

/// What a staged rollout waits for before it goes on.
///
/// ```
/// use poisoned_last_known_good::{Health, HealthGate};
///
/// let ring = [Health::Proven, Health::Unproven];
/// assert!(HealthGate::UpNow.passes(ring));
/// assert!(!HealthGate::Acknowledged.passes(ring));
/// assert!(HealthGate::Acknowledged.passes([Health::Proven]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HealthGate {
    /// Nothing is down at the moment.
    UpNow,
    /// Every place has acknowledged that its work on the plan is done.
    Acknowledged,
}

impl HealthGate {
    /// Whether it lets a rollout go on past places of this health.
    pub fn passes(self, places: impl IntoIterator<Item = Health>) -> bool {
        let mut places = places.into_iter();
        places.all(|health| match self {
            Self::UpNow => health != Health::Failed,
            Self::Acknowledged => health == Health::Proven,
        })
    }
}
