//! Safeguards by name, each on or off.

use planwright_checker::ablation::SafeguardSet;
use planwright_cli::Safeguard;

use crate::{Safeguards, SkipInUse, Variant, Weaknesses};

/// Every safeguard of the family, as `ablate` names them. The first [`USUAL`] are the ones that the table of
/// fixes is about; the others change the shape of the protocol.
///
/// Two are the absence of a weakness: `own-age` and `never-abandon` are on as deployed. Under both
/// `skip-in-use` and `skip-in-use-not-atomic` the stronger one counts, the atomic one.
pub const SAFEGUARDS: [Safeguard; 12] = [
    Safeguard {
        name: "conditional-write",
        what: "each endpoint write compares generations, in its own transaction",
    },
    Safeguard {
        name: "recheck",
        what: "each endpoint is looked at again before its write, not atomic",
    },
    Safeguard {
        name: "exists-on-write",
        what: "an endpoint write is refused if its plan no longer exists",
    },
    Safeguard {
        name: "skip-in-use",
        what: "clean-up spares plans in use, in one transaction with the deletion",
    },
    Safeguard {
        name: "skip-in-use-not-atomic",
        what: "clean-up spares plans in use, looks and deletes apart (skip-in-use is stronger)",
    },
    Safeguard {
        name: "referential-integrity",
        what: "the store refuses to delete a plan in use, and to use a deleted one",
    },
    Safeguard {
        name: "self-heal",
        what: "an endpoint whose plan is gone may be overwritten",
    },
    Safeguard {
        name: "own-age",
        what: "clean-up counts age from its own plan, not from the newest published one",
    },
    Safeguard {
        name: "never-abandon",
        what: "no endpoint write is given up",
    },
    Safeguard {
        name: "lock",
        what: "all endpoints are written in one transaction, under a lock with epochs",
    },
    Safeguard {
        name: "atomic-cleanup",
        what: "the last endpoint write and the whole clean-up are one transaction",
    },
    Safeguard {
        name: "grace",
        what: "clean-up waits until no enactor holds an older plan",
    },
];

/// How many of [`SAFEGUARDS`] are switched on and off unless told.
pub const USUAL: usize = 9;

impl Variant {
    /// The protocol with these of [`SAFEGUARDS`] on, and all others off.
    pub fn with_safeguards(on: SafeguardSet) -> Self {
        let is_on = |name: &str| {
            SAFEGUARDS
                .iter()
                .zip(0..)
                .any(|(s, place)| s.name == name && on.contains(place))
        };
        Self {
            row: "0",
            name: "as deployed, with other safeguards",
            safeguards: Safeguards {
                conditional_write: is_on("conditional-write"),
                recheck_before_write: is_on("recheck"),
                exists_on_write: is_on("exists-on-write"),
                skip_in_use: if is_on("skip-in-use") {
                    SkipInUse::Atomically
                } else if is_on("skip-in-use-not-atomic") {
                    SkipInUse::Separately
                } else {
                    SkipInUse::Never
                },
                referential_integrity: is_on("referential-integrity"),
                self_heal: is_on("self-heal"),
                lock: is_on("lock"),
                atomic_cleanup: is_on("atomic-cleanup"),
                grace: is_on("grace"),
            },
            weaknesses: Weaknesses {
                age_from_published: !is_on("own-age"),
                abandon_writes: !is_on("never-abandon"),
                edge_triggered: false,
            },
            ..Self::as_deployed()
        }
    }

    /// Which of [`SAFEGUARDS`] this protocol has; `None` if it differs from the one as deployed in more.
    pub fn safeguard_set(&self) -> Option<SafeguardSet> {
        SafeguardSet::all(SAFEGUARDS.len()).find(|on| {
            let made = Self::with_safeguards(*on);
            (made.safeguards, made.weaknesses) == (self.safeguards, self.weaknesses)
        })
    }
}
