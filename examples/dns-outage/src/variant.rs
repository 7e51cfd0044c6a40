//! The protocol as deployed, and every fix that was proposed for it.

use planwright_core::{FaultBudget, UpdateSystem};

use crate::{
    DnsEnactor, Instance, NEVER_EMPTY, NEVER_REGRESSES, RECOVERS, RESTS_AT_NEWEST, Safeguards,
    SkipInUse, Weaknesses,
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
    fn new(row: &'static str, name: &'static str, violates: &'static [&'static str]) -> Self {
        Self {
            row,
            name,
            safeguards: Safeguards::default(),
            weaknesses: Weaknesses::default(),
            faults: FaultBudget::NONE,
            enactors: None,
            violates,
        }
    }

    fn safeguards(mut self, safeguards: Safeguards) -> Self {
        self.safeguards = safeguards;
        self
    }

    /// Row 0: the protocol as deployed, with its one-time check.
    pub fn as_deployed() -> Self {
        Self::new("0", "as deployed: one check, made once", EVERYTHING)
    }

    /// Row 1: an endpoint whose plan is gone may be overwritten.
    pub fn with_self_heal() -> Self {
        Self::new("1", "self-heal", SAFETY).safeguards(Safeguards {
            self_heal: true,
            ..Safeguards::default()
        })
    }

    /// Row 2: each endpoint write compares generations in its own transaction.
    pub fn with_conditional_write() -> Self {
        Self::new("2", "conditional write", NOTHING).safeguards(Safeguards {
            conditional_write: true,
            ..Safeguards::default()
        })
    }

    /// Row 3: each endpoint is looked at again just before it is written, in a step of its own.
    pub fn with_recheck() -> Self {
        Self::new("3", "check again before each write, not atomic", EVERYTHING).safeguards(
            Safeguards {
                recheck_before_write: true,
                ..Safeguards::default()
            },
        )
    }

    /// Row 4: clean-up spares plans in use, in one transaction with the deletion.
    pub fn with_skip_in_use() -> Self {
        Self::new("4", "clean-up spares plans in use", EVERYTHING).safeguards(Safeguards {
            skip_in_use: SkipInUse::Atomically,
            ..Safeguards::default()
        })
    }

    /// Row 4b: clean-up looks whether a plan is in use, and deletes it in the next step.
    pub fn with_skip_in_use_not_atomic() -> Self {
        Self::new("4b", "the same, check and delete apart", EVERYTHING).safeguards(Safeguards {
            skip_in_use: SkipInUse::Separately,
            ..Safeguards::default()
        })
    }

    /// Row 5: an endpoint write is refused if its plan no longer exists.
    pub fn with_exists_on_write() -> Self {
        Self::new("5", "write only a plan that exists", EVERYTHING).safeguards(Safeguards {
            exists_on_write: true,
            ..Safeguards::default()
        })
    }

    /// Row 6: the store enforces referential integrity, which is rows 4 and 5 together.
    pub fn with_referential_integrity() -> Self {
        Self::new("6", "referential integrity at the store", ONLY_GOING_BACK).safeguards(
            Safeguards {
                referential_integrity: true,
                ..Safeguards::default()
            },
        )
    }

    /// Row 7: a lock with epochs, the plan chosen before the lock.
    pub fn with_lock() -> Self {
        Self::new("7", "lock with epochs, plan chosen before it", EVERYTHING).safeguards(
            Safeguards {
                lock: true,
                ..Safeguards::default()
            },
        )
    }

    /// Row 7b: the same, and generations are compared under the lock.
    pub fn with_lock_and_conditional_write() -> Self {
        Self::new("7b", "lock, plan compared under it", NOTHING).safeguards(Safeguards {
            lock: true,
            conditional_write: true,
            ..Safeguards::default()
        })
    }

    /// Row 7c: the lock, and referential integrity.
    pub fn with_lock_and_referential_integrity() -> Self {
        Self::new("7c", "lock + referential integrity", ONLY_GOING_BACK).safeguards(Safeguards {
            lock: true,
            referential_integrity: true,
            ..Safeguards::default()
        })
    }

    /// Row 8: the last endpoint write and the whole clean-up in one transaction.
    pub fn with_atomic_cleanup() -> Self {
        Self::new("8", "last write and clean-up in one step", EVERYTHING).safeguards(Safeguards {
            atomic_cleanup: true,
            ..Safeguards::default()
        })
    }

    /// Row 8b: the same, and plans in use are spared.
    pub fn with_atomic_cleanup_and_skip_in_use() -> Self {
        Self::new("8b", "the same, sparing plans in use", EVERYTHING).safeguards(Safeguards {
            atomic_cleanup: true,
            skip_in_use: SkipInUse::Atomically,
            ..Safeguards::default()
        })
    }

    /// Row 9: clean-up waits until no enactor holds an older plan.
    pub fn with_grace() -> Self {
        Self::new("9", "grace: clean-up waits for older holders", EVERYTHING).safeguards(
            Safeguards {
                grace: true,
                ..Safeguards::default()
            },
        )
    }

    /// Row 9b: the same, and plans in use are spared.
    pub fn with_grace_and_skip_in_use() -> Self {
        Self::new("9b", "grace + sparing plans in use", ONLY_GOING_BACK).safeguards(Safeguards {
            grace: true,
            skip_in_use: SkipInUse::Atomically,
            ..Safeguards::default()
        })
    }

    /// Row 10: one enactor, as under a perfect leader.
    pub fn with_one_enactor() -> Self {
        Self {
            enactors: Some(1),
            ..Self::new("10", "one enactor only", NOTHING)
        }
    }

    /// Row 11: conditional writes, but clean-up counts age from the newest published plan.
    pub fn with_age_from_published() -> Self {
        Self {
            row: "11",
            name: "conditional write, age from the published plan",
            weaknesses: Weaknesses {
                age_from_published: true,
                ..Weaknesses::default()
            },
            violates: ALL_BUT_GOING_BACK,
            ..Self::with_conditional_write()
        }
    }

    /// Row 12: conditional writes, but an endpoint write may be given up.
    pub fn with_abandoned_writes() -> Self {
        Self {
            row: "12",
            name: "conditional write, a write may be given up",
            weaknesses: Weaknesses {
                abandon_writes: true,
                ..Weaknesses::default()
            },
            violates: ALL_BUT_GOING_BACK,
            ..Self::with_conditional_write()
        }
    }

    /// Row 13: conditional writes, and an operator who rolls back bypassing them.
    pub fn with_operator_rollback() -> Self {
        Self {
            row: "13",
            name: "conditional write, operator rolls back past it",
            faults: FaultBudget {
                rollbacks: 1,
                ..FaultBudget::NONE
            },
            violates: ALL_BUT_GOING_BACK,
            ..Self::with_conditional_write()
        }
    }

    /// Row 13b: the same, and clean-up spares plans in use.
    pub fn with_operator_rollback_and_skip_in_use() -> Self {
        let mut variant = Self::with_operator_rollback();
        variant.row = "13b";
        variant.name = "13 + sparing plans in use";
        variant.safeguards.skip_in_use = SkipInUse::Atomically;
        variant
    }

    /// The same with referential integrity added at the store; rows 11c, 12c and 13c.
    fn plus_referential_integrity(mut self, row: &'static str, name: &'static str) -> Self {
        self.row = row;
        self.name = name;
        self.safeguards.referential_integrity = true;
        self.violates = NOTHING;
        self
    }

    /// Row 11c: row 11 with referential integrity.
    pub fn with_age_from_published_and_referential_integrity() -> Self {
        Self::with_age_from_published()
            .plus_referential_integrity("11c", "11 + referential integrity")
    }

    /// Row 12c: row 12 with referential integrity.
    pub fn with_abandoned_writes_and_referential_integrity() -> Self {
        Self::with_abandoned_writes()
            .plus_referential_integrity("12c", "12 + referential integrity")
    }

    /// Row 13c: row 13 with referential integrity.
    pub fn with_operator_rollback_and_referential_integrity() -> Self {
        Self::with_operator_rollback()
            .plus_referential_integrity("13c", "13 + referential integrity")
    }

    /// Row 14: edge-triggered enactors, no safeguard.
    pub fn with_edge_trigger() -> Self {
        Self {
            weaknesses: Weaknesses {
                edge_triggered: true,
                ..Weaknesses::default()
            },
            ..Self::new("14", "edge-triggered, no safeguard", EVERYTHING)
        }
    }

    /// The recommended fix: conditional writes, referential integrity and self-heal, checked with
    /// everything that can go wrong: crash, lost acknowledgement, operator rollback, abandoned
    /// write.
    pub fn recommended() -> Self {
        Self {
            weaknesses: Weaknesses {
                abandon_writes: true,
                ..Weaknesses::default()
            },
            faults: FaultBudget {
                crashes: 1,
                lost_acknowledgements: 1,
                rollbacks: 1,
                ..FaultBudget::NONE
            },
            ..Self::new(
                "fix",
                "conditional write + referential integrity + self-heal",
                NOTHING,
            )
            .safeguards(Safeguards::recommended())
        }
    }

    /// Every row of the table of fixes, in order.
    pub fn all() -> Vec<Self> {
        vec![
            Self::as_deployed(),
            Self::with_self_heal(),
            Self::with_conditional_write(),
            Self::with_recheck(),
            Self::with_skip_in_use(),
            Self::with_skip_in_use_not_atomic(),
            Self::with_exists_on_write(),
            Self::with_referential_integrity(),
            Self::with_lock(),
            Self::with_lock_and_conditional_write(),
            Self::with_lock_and_referential_integrity(),
            Self::with_atomic_cleanup(),
            Self::with_atomic_cleanup_and_skip_in_use(),
            Self::with_grace(),
            Self::with_grace_and_skip_in_use(),
            Self::with_one_enactor(),
            Self::with_age_from_published(),
            Self::with_age_from_published_and_referential_integrity(),
            Self::with_abandoned_writes(),
            Self::with_abandoned_writes_and_referential_integrity(),
            Self::with_operator_rollback(),
            Self::with_operator_rollback_and_skip_in_use(),
            Self::with_operator_rollback_and_referential_integrity(),
            Self::with_edge_trigger(),
        ]
    }

    /// The variant with this row, or the recommended one for `fix`.
    pub fn by_row(row: &str) -> Option<Self> {
        let mut all = Self::all();
        all.push(Self::recommended());
        all.into_iter().find(|variant| variant.row == row)
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
