//! Safeguards and weaknesses by name, each on or off.

use clap::ValueEnum;
use planwright_checker::ablation::SafeguardSet;
use planwright_cli::Safeguard;

use crate::{Safeguards, SkipInUse, Variant, Weaknesses};

/// A safeguard by name.
#[derive(Debug)]
pub(crate) struct Switch {
    /// Its name on the command line, in mutants, and in what `ablate` finds.
    pub(crate) name: &'static str,
    /// What it does when it is on, in a few words.
    pub(crate) what: &'static str,
    /// What a title calls a protocol that differs in it from the one as deployed.
    words: &'static str,
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
    Without(Weakness),
}

/// Every safeguard. The first [`USUAL`] are the ones that the table of fixes is about; the others change the shape
/// of the protocol. Under both `skip-in-use` and `skip-in-use-not-atomic` the stronger one counts, which comes first.
pub(crate) const SWITCHES: [Switch; 12] = [
    Switch {
        name: "conditional-write",
        what: "each endpoint write compares generations, in its own transaction",
        words: "conditional write",
        place: Place::OfEnactors(|s| &mut s.conditional_write),
    },
    Switch {
        name: "recheck",
        what: "each endpoint is looked at again before its write, not atomic",
        words: "check again before each write, not atomic",
        place: Place::OfEnactors(|s| &mut s.recheck_before_write),
    },
    Switch {
        name: "exists-on-write",
        what: "an endpoint write is refused if its plan no longer exists",
        words: "write only a plan that exists",
        place: Place::OfEnactors(|s| &mut s.exists_on_write),
    },
    Switch {
        name: "skip-in-use",
        what: "clean-up spares plans in use, in one transaction with the deletion",
        words: "clean-up spares plans in use",
        place: Place::Sparing(SkipInUse::Atomically),
    },
    Switch {
        name: "skip-in-use-not-atomic",
        what: "clean-up spares plans in use, looks and deletes apart (skip-in-use is stronger)",
        words: "clean-up spares plans in use, check and delete apart",
        place: Place::Sparing(SkipInUse::Separately),
    },
    Switch {
        name: "referential-integrity",
        what: "the store refuses to delete a plan in use, and to use a deleted one",
        words: "referential integrity at the store",
        place: Place::OfStore(|s| &mut s.referential_integrity),
    },
    Switch {
        name: "self-heal",
        what: "an endpoint whose plan is gone may be overwritten",
        words: "self-heal",
        place: Place::OfEnactors(|s| &mut s.self_heal),
    },
    Switch {
        name: "own-age",
        what: "clean-up counts age from its own plan, not from the newest published one",
        words: "age from the published plan",
        place: Place::Without(Weakness::AgeFromPublished),
    },
    Switch {
        name: "never-abandon",
        what: "no endpoint write is given up",
        words: "writes may be given up",
        place: Place::Without(Weakness::AbandonWrites),
    },
    Switch {
        name: "lock",
        what: "all endpoints are written in one transaction, under a lock with epochs",
        words: "lock",
        place: Place::OfEnactors(|s| &mut s.lock),
    },
    Switch {
        name: "atomic-cleanup",
        what: "the last endpoint write and the whole clean-up are one transaction",
        words: "last write and clean-up in one step",
        place: Place::OfEnactors(|s| &mut s.atomic_cleanup),
    },
    Switch {
        name: "grace",
        what: "clean-up waits until no enactor holds an older plan",
        words: "grace",
        place: Place::OfEnactors(|s| &mut s.grace),
    },
];

/// How many of [`SWITCHES`] are switched on and off unless told.
pub(crate) const USUAL: usize = 9;

/// A weakness by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Weakness {
    /// Clean-up counts age from the newest published plan
    AgeFromPublished,
    /// An endpoint write may be given up
    AbandonWrites,
    /// A plan is acted on once, not whenever an endpoint differs
    EdgeTriggered,
}

impl Weakness {
    fn flag(self, weaknesses: &mut Weaknesses) -> &mut bool {
        match self {
            Self::AgeFromPublished => &mut weaknesses.age_from_published,
            Self::AbandonWrites => &mut weaknesses.abandon_writes,
            Self::EdgeTriggered => &mut weaknesses.edge_triggered,
        }
    }

    pub(crate) fn is_on(self, mut variant: Variant) -> bool {
        *self.flag(&mut variant.weaknesses)
    }

    pub(crate) fn add_to(self, variant: &mut Variant) {
        *self.flag(&mut variant.weaknesses) = true;
    }

    /// Its name on the command line.
    pub(crate) fn name(self) -> String {
        let value = self.to_possible_value().expect("none is skipped");
        value.get_name().to_owned()
    }
}

impl Switch {
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        SWITCHES.iter().find(|switch| switch.name == name)
    }

    pub(crate) fn is_on(&self, mut variant: Variant) -> bool {
        match self.place {
            Place::OfEnactors(flag) | Place::OfStore(flag) => *flag(&mut variant.safeguards),
            Place::Sparing(how) => variant.safeguards.skip_in_use == how,
            Place::Without(weakness) => !weakness.is_on(variant),
        }
    }

    pub(crate) fn set(&self, variant: &mut Variant, on: bool) {
        match self.place {
            Place::OfEnactors(flag) | Place::OfStore(flag) => *flag(&mut variant.safeguards) = on,
            Place::Sparing(how) if on => variant.safeguards.skip_in_use = how,
            Place::Sparing(_) if self.is_on(*variant) => {
                variant.safeguards.skip_in_use = SkipInUse::Never;
            }
            Place::Sparing(_) => {}
            Place::Without(weakness) => *weakness.flag(&mut variant.weaknesses) = !on,
        }
    }
}

/// The safeguards of the family, as the command `ablate` names them.
pub fn safeguards() -> Vec<Safeguard> {
    let safeguard = |Switch { name, what, .. }: &Switch| Safeguard { name, what };
    SWITCHES.iter().map(safeguard).collect()
}

impl Variant {
    /// The protocol with these of the [`safeguards`] on, and all others off.
    pub fn with_safeguards(on: SafeguardSet) -> Self {
        let mut variant = Self::as_deployed();
        // The first counts.
        for (place, switch) in SWITCHES.iter().enumerate().rev() {
            switch.set(&mut variant, on.contains(place));
        }
        variant
    }

    /// Which of the [`safeguards`] this protocol has; `None` if it differs from the one as deployed in
    /// more.
    pub fn safeguard_set(&self) -> Option<SafeguardSet> {
        let on = SWITCHES.iter().enumerate();
        let on = on.filter(|(_, switch)| switch.is_on(*self));
        (!self.weaknesses.edge_triggered).then(|| on.map(|(place, _)| place).collect())
    }

    /// What it does otherwise than the protocol as deployed, in words. No two protocols have the same.
    pub fn in_words(&self) -> String {
        let deployed = Self::as_deployed();
        let differs = |switch: &&Switch| switch.is_on(*self) != switch.is_on(deployed);
        let switched = SWITCHES.iter().filter(differs).map(|switch| switch.words);
        let edge = self.weaknesses.edge_triggered.then_some("edge-triggered");
        let words: Vec<_> = switched.chain(edge).collect();
        match words.is_empty() {
            true => "as deployed".to_owned(),
            false => words.join(", "),
        }
    }

    /// The options that make it of the protocol as deployed.
    pub(crate) fn options(&self) -> String {
        let deployed = Self::as_deployed();
        let added = |switch: &&Switch| switch.is_on(*self) && !switch.is_on(deployed);
        let added = SWITCHES.iter().filter(added);
        let added = added.map(|switch| format!(" --safeguard {}", switch.name));
        let weaknesses = Weakness::value_variants().iter();
        let weak = weaknesses.filter(|weakness| weakness.is_on(*self));
        let weak = weak.map(|weakness| format!(" --weakness {}", weakness.name()));
        added.chain(weak).collect()
    }
}
