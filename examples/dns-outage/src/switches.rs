//! Safeguards by name, each on or off.

use planwright_checker::ablation::SafeguardSet;
use planwright_cli::Safeguard;

use crate::{Protocol, Safeguards, SkipInUse, Weaknesses};

/// A safeguard by name.
#[derive(Debug)]
pub(crate) struct Switch {
    /// Its name on the command line, in mutants, and in what `ablate` finds.
    pub(crate) name: &'static str,
    /// What it does when it is on, in a few words.
    what: &'static str,
    pub(crate) place: Place,
}

/// What a safeguard switches.
#[derive(Debug)]
pub(crate) enum Place {
    /// What enactors do.
    OfEnactors(fn(&mut Safeguards) -> &mut bool),
    /// A rule of the store.
    OfStore(fn(&mut Safeguards) -> &mut bool),
    /// What clean-up looks for.
    Sparing(SkipInUse),
    /// The absence of a weakness, on as deployed.
    Without(fn(&mut Weaknesses) -> &mut bool),
}

/// Every safeguard. The first [`USUAL`] are the ones that the table of fixes is about; the others change the shape
/// of the protocol. Under both `skip-in-use` and `skip-in-use-not-atomic` the stronger one counts, which comes first.
pub(crate) const SWITCHES: [Switch; 12] = [
    Switch {
        name: "conditional-write",
        what: "each endpoint write compares generations, in its own transaction",
        place: Place::OfEnactors(|s| &mut s.conditional_write),
    },
    Switch {
        name: "recheck",
        what: "each endpoint is looked at again before its write, not atomic",
        place: Place::OfEnactors(|s| &mut s.recheck_before_write),
    },
    Switch {
        name: "exists-on-write",
        what: "an endpoint write is refused if its plan no longer exists",
        place: Place::OfEnactors(|s| &mut s.exists_on_write),
    },
    Switch {
        name: "skip-in-use",
        what: "clean-up spares plans in use, in one transaction with the deletion",
        place: Place::Sparing(SkipInUse::Atomically),
    },
    Switch {
        name: "skip-in-use-not-atomic",
        what: "clean-up spares plans in use, looks and deletes apart (skip-in-use is stronger)",
        place: Place::Sparing(SkipInUse::Separately),
    },
    Switch {
        name: "referential-integrity",
        what: "the store refuses to delete a plan in use, and to use a deleted one",
        place: Place::OfStore(|s| &mut s.referential_integrity),
    },
    Switch {
        name: "self-heal",
        what: "an endpoint whose plan is gone may be overwritten",
        place: Place::OfEnactors(|s| &mut s.self_heal),
    },
    Switch {
        name: "own-age",
        what: "clean-up counts age from its own plan, not from the newest published one",
        place: Place::Without(|w| &mut w.age_from_published),
    },
    Switch {
        name: "never-abandon",
        what: "no endpoint write is given up",
        place: Place::Without(|w| &mut w.abandon_writes),
    },
    Switch {
        name: "lock",
        what: "all endpoints are written in one transaction, under a lock with epochs",
        place: Place::OfEnactors(|s| &mut s.lock),
    },
    Switch {
        name: "atomic-cleanup",
        what: "the last endpoint write and the whole clean-up are one transaction",
        place: Place::OfEnactors(|s| &mut s.atomic_cleanup),
    },
    Switch {
        name: "grace",
        what: "clean-up waits until no enactor holds an older plan",
        place: Place::OfEnactors(|s| &mut s.grace),
    },
];

/// How many of [`SWITCHES`] `ablate` switches unless options say otherwise.
pub(crate) const USUAL: usize = 9;

impl Switch {
    /// # Panics
    ///
    /// If there is none of this name.
    pub(crate) fn named(name: &str) -> &'static Self {
        let mut switches = SWITCHES.iter();
        let switch = switches.find(|switch| switch.name == name);
        switch.unwrap_or_else(|| panic!("there is no safeguard {name}"))
    }

    pub(crate) fn set(&self, protocol: &mut Protocol, on: bool) {
        match self.place {
            Place::OfEnactors(flag) | Place::OfStore(flag) => *flag(&mut protocol.safeguards) = on,
            Place::Without(weakness) => *weakness(&mut protocol.weaknesses) = !on,
            Place::Sparing(how) => {
                let skip = &mut protocol.safeguards.skip_in_use;
                match on {
                    true => *skip = how,
                    false if *skip == how => *skip = SkipInUse::Never,
                    false => {}
                }
            }
        }
    }
}

/// The safeguards of the family, as the command `ablate` names them.
pub fn safeguards() -> Vec<Safeguard> {
    let safeguard = |Switch { name, what, .. }: &Switch| Safeguard { name, what };
    SWITCHES.iter().map(safeguard).collect()
}

impl Protocol {
    /// The same with exactly these of the [`safeguards`] on.
    pub fn with_safeguards(mut self, on: SafeguardSet) -> Self {
        // The first counts.
        for (place, switch) in SWITCHES.iter().enumerate().rev() {
            switch.set(&mut self, on.contains(place));
        }
        self
    }
}
