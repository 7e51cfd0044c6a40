//! How plans are rolled out.

use crate::HealthGate;

/// How plans are rolled out, and when one counts as good.
///
/// The rules cite Microsoft's review of the Azure Front Door incident of 29 October 2025
/// (azure.status.microsoft/status/history/?trackingId=YKYN-BWZ) as A, and "Azure Front Door: Implementing
/// lessons learned following October outages" (Azure Networking Blog, 19 December 2025) as B.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// What the controller waits for before it goes on from one ring to the next.
    pub gate: HealthGate,
    /// What it waits for, of the whole fleet, before it takes a plan for the last-known-good.
    pub promotion: HealthGate,
    /// How often it looks before it goes on from a ring (B: longer bake times).
    pub looks: u8,
    /// A site finishes its work on a plan when it loads it, not later (A: the crash came in asynchronous
    /// processing, minutes after the health checks; B: processing was made synchronous).
    pub synchronous: bool,
    /// The last-known-good plan before the present one is kept, and taken when that one fails.
    pub keeps_previous: bool,
}

impl Protocol {
    /// As deployed: the controller looks whether anything is down at the moment (A: the metadata passed the
    /// health checks of every stage, became the last-known-good, and crashed the data plane afterwards).
    pub fn as_deployed() -> Self {
        Self {
            gate: HealthGate::UpNow,
            promotion: HealthGate::UpNow,
            looks: 1,
            synchronous: false,
            keeps_previous: false,
        }
    }

    /// The controller looks twice before it goes on: a longer bake time.
    pub fn baking() -> Self {
        Self {
            looks: 2,
            ..Self::as_deployed()
        }
    }

    /// Two last-known-good plans are kept instead of one.
    pub fn keeping_two() -> Self {
        Self {
            keeps_previous: true,
            ..Self::as_deployed()
        }
    }

    /// Rings wait for acknowledgements, and the promotion, behind the last ring, looks whether anything is
    /// down.
    pub fn acknowledged_rings() -> Self {
        Self {
            gate: HealthGate::Acknowledged,
            ..Self::as_deployed()
        }
    }

    /// The promotion waits for acknowledgements, and rings do not.
    pub fn acknowledged_promotion() -> Self {
        Self {
            promotion: HealthGate::Acknowledged,
            ..Self::as_deployed()
        }
    }

    /// Nothing is put off: what a plan breaks it breaks when it is loaded, and the gates see it.
    pub fn in_step() -> Self {
        Self {
            synchronous: true,
            ..Self::as_deployed()
        }
    }

    /// The fix: rings and the promotion wait until every site has acknowledged that its work is done.
    pub fn acknowledged() -> Self {
        Self {
            promotion: HealthGate::Acknowledged,
            ..Self::acknowledged_rings()
        }
    }
}
