//! One parameter of one model.

use super::Instance;

/// A parameter that is varied while the others are held.
#[derive(Clone, Copy, Debug)]
pub struct Study {
    /// The model.
    pub family: &'static str,
    /// The parameter.
    pub parameter: &'static str,
    /// Its values, from the smallest that is of interest to the largest that the model has.
    pub values: (u32, u32),
    /// The instance for a value.
    pub instance: fn(u32) -> Instance,
}

const fn dns(endpoints: usize, enactors: usize, generations: usize, crashes: u8) -> Instance {
    Instance::DnsOutage {
        endpoints,
        enactors,
        generations,
        crashes,
    }
}

const fn reference(enactors: usize, plans: u8, endpoints: usize, threshold: u8) -> Instance {
    Instance::Reference {
        enactors,
        plans,
        endpoints,
        threshold,
    }
}

/// Every study. The held values are those at which the varied parameter has enough values between
/// "too few states to tell" and "too many to explore".
pub const STUDIES: [Study; 7] = [
    Study {
        family: "dns-outage",
        parameter: "enactors",
        values: (1, 6),
        instance: |enactors| dns(2, enactors as usize, 4, 0),
    },
    Study {
        family: "dns-outage",
        parameter: "generations",
        values: (3, 32),
        instance: |generations| dns(2, 3, generations as usize, 0),
    },
    Study {
        family: "dns-outage",
        parameter: "endpoints",
        values: (1, 8),
        instance: |endpoints| dns(endpoints as usize, 3, 4, 0),
    },
    Study {
        family: "dns-outage",
        parameter: "crashes",
        values: (0, 12),
        instance: |crashes| dns(2, 3, 4, crashes as u8),
    },
    Study {
        family: "reference",
        parameter: "enactors",
        values: (1, 4),
        instance: |enactors| reference(enactors as usize, 4, 3, 1),
    },
    Study {
        family: "reference",
        parameter: "plans",
        values: (2, 7),
        instance: |plans| reference(3, plans as u8, 3, 1),
    },
    Study {
        family: "reference",
        parameter: "endpoints",
        values: (1, 4),
        instance: |endpoints| reference(3, 4, endpoints as usize, 1),
    },
];
