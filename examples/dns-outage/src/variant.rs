//! The protocol as deployed, and every fix that was proposed for it.

use planwright_core::{FaultBudget, UpdateSystem};

use crate::switches::{Switch, Weakness};
use crate::{
    DnsEnactor, Instance, NEVER_EMPTY, NEVER_REGRESSES, RECOVERS, RESTS_AT_NEWEST, Safeguards,
    Weaknesses,
};

/// A named combination of safeguards, with what was expected of it before it was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its row in the table of fixes.
    pub row: &'static str,
    /// What it changes, in words.
    pub name: &'static str,
    /// What prevents the race.
    pub safeguards: Safeguards,
    /// What makes it worse.
    pub weaknesses: Weaknesses,
    /// Faults beyond those of the instance.
    pub faults: FaultBudget,
    /// The number of enactors, where the variant is about that number.
    pub enactors: Option<usize>,
    /// The names of the properties that it violates; all others hold.
    pub violates: &'static [&'static str],
}

const NOTHING: &[&str] = &[];
const EVERYTHING: &[&str] = &[NEVER_EMPTY, NEVER_REGRESSES, RECOVERS, RESTS_AT_NEWEST];
/// Endpoints go back and empty, and enactors mend it.
const SAFETY: &[&str] = &[NEVER_EMPTY, NEVER_REGRESSES];
const ONLY_GOING_BACK: &[&str] = &[NEVER_REGRESSES];
const ALL_BUT_GOING_BACK: &[&str] = &[NEVER_EMPTY, RECOVERS, RESTS_AT_NEWEST];

impl Variant {
    /// A row of the table: the protocol as deployed, with these safeguards added.
    fn new(
        row: &'static str,
        name: &'static str,
        added: &[&str],
        violates: &'static [&'static str],
    ) -> Self {
        let mut variant = Self {
            row,
            name,
            safeguards: Safeguards::default(),
            weaknesses: Weaknesses::default(),
            faults: FaultBudget::NONE,
            enactors: None,
            violates,
        };
        for name in added {
            let switch = Switch::named(name).expect("a safeguard has this name");
            switch.set(&mut variant, true);
        }
        variant
    }

    /// The same with a weakness.
    fn weakened(mut self, weakness: Weakness) -> Self {
        weakness.add_to(&mut self);
        self
    }

    /// The same with an operator who rolls back, past every guard of enactors.
    fn rolled_back(mut self) -> Self {
        self.faults.rollbacks = 1;
        self
    }

    /// Row 0: the protocol as deployed, with its one-time check.
    pub fn as_deployed() -> Self {
        Self::new("0", "as deployed: one check, made once", &[], EVERYTHING)
    }

    /// The recommended fix: conditional writes, referential integrity and self-heal, checked with
    /// everything that can go wrong: crash, lost acknowledgement, operator rollback, abandoned
    /// write.
    pub fn recommended() -> Self {
        let fix = Self::new(
            "fix",
            "conditional write + referential integrity + self-heal",
            &["conditional-write", "referential-integrity", "self-heal"],
            NOTHING,
        );
        Self {
            faults: FaultBudget {
                crashes: 1,
                lost_acknowledgements: 1,
                rollbacks: 1,
                ..FaultBudget::NONE
            },
            ..fix.weakened(Weakness::AbandonWrites)
        }
    }

    /// Every row of the table of fixes, in order.
    pub fn all() -> Vec<Self> {
        let row = Self::new;
        // What rows 11 to 13 are variations of, and what is added to it.
        let guard = "conditional-write";
        let guarded = &[guard][..];
        let sparing = &[guard, "skip-in-use"][..];
        let integral = &[guard, "referential-integrity"][..];
        let published = Weakness::AgeFromPublished;
        let abandoned = Weakness::AbandonWrites;
        vec![
            Self::as_deployed(),
            row("1", "self-heal", &["self-heal"], SAFETY),
            row("2", "conditional write", guarded, NOTHING),
            row(
                "3",
                "check again before each write, not atomic",
                &["recheck"],
                EVERYTHING,
            ),
            row(
                "4",
                "clean-up spares plans in use",
                &["skip-in-use"],
                EVERYTHING,
            ),
            row(
                "4b",
                "the same, check and delete apart",
                &["skip-in-use-not-atomic"],
                EVERYTHING,
            ),
            row(
                "5",
                "write only a plan that exists",
                &["exists-on-write"],
                EVERYTHING,
            ),
            // Rows 4 and 5 together.
            row(
                "6",
                "referential integrity at the store",
                &["referential-integrity"],
                ONLY_GOING_BACK,
            ),
            row(
                "7",
                "lock with epochs, plan chosen before it",
                &["lock"],
                EVERYTHING,
            ),
            row(
                "7b",
                "lock, plan compared under it",
                &["lock", guard],
                NOTHING,
            ),
            row(
                "7c",
                "lock + referential integrity",
                &["lock", "referential-integrity"],
                ONLY_GOING_BACK,
            ),
            row(
                "8",
                "last write and clean-up in one step",
                &["atomic-cleanup"],
                EVERYTHING,
            ),
            row(
                "8b",
                "the same, sparing plans in use",
                &["atomic-cleanup", "skip-in-use"],
                EVERYTHING,
            ),
            row(
                "9",
                "grace: clean-up waits for older holders",
                &["grace"],
                EVERYTHING,
            ),
            row(
                "9b",
                "grace + sparing plans in use",
                &["grace", "skip-in-use"],
                ONLY_GOING_BACK,
            ),
            // As under a perfect leader.
            Self {
                enactors: Some(1),
                ..row("10", "one enactor only", &[], NOTHING)
            },
            row(
                "11",
                "conditional write, age from the published plan",
                guarded,
                ALL_BUT_GOING_BACK,
            )
            .weakened(published),
            row("11c", "11 + referential integrity", integral, NOTHING).weakened(published),
            row(
                "12",
                "conditional write, a write may be given up",
                guarded,
                ALL_BUT_GOING_BACK,
            )
            .weakened(abandoned),
            row("12c", "12 + referential integrity", integral, NOTHING).weakened(abandoned),
            row(
                "13",
                "conditional write, operator rolls back past it",
                guarded,
                ALL_BUT_GOING_BACK,
            )
            .rolled_back(),
            row(
                "13b",
                "13 + sparing plans in use",
                sparing,
                ALL_BUT_GOING_BACK,
            )
            .rolled_back(),
            row("13c", "13 + referential integrity", integral, NOTHING).rolled_back(),
            row("14", "edge-triggered, no safeguard", &[], EVERYTHING)
                .weakened(Weakness::EdgeTriggered),
        ]
    }

    /// Every row of the table, and the recommended fix.
    pub fn all_and_fix() -> Vec<Self> {
        let mut all = Self::all();
        all.push(Self::recommended());
        all
    }

    /// The variant with this row, or the recommended one for `fix`.
    pub fn by_row(row: &str) -> Option<Self> {
        let mut all = Self::all_and_fix().into_iter();
        all.find(|variant| variant.row == row)
    }

    /// Its enactors, whose clean-up deletes plans this many generations old.
    pub fn enactor(&self, cleanup_age: u8) -> DnsEnactor {
        DnsEnactor {
            safeguards: self.safeguards,
            weaknesses: self.weaknesses,
            cleanup_age,
        }
    }

    /// The system that runs this variant at the given size.
    pub fn system(&self, instance: Instance) -> UpdateSystem<DnsEnactor> {
        let instance = self.size(instance);
        UpdateSystem::new(self.enactor(instance.cleanup_age))
            .enactors(instance.enactors)
            .endpoints(instance.endpoints)
            .generations(instance.generations)
            .rules(self.safeguards.store_rules())
            .faults(instance.faults)
    }
}
