//! What a variant is called, made from what it does.

use planwright_core::FaultBudget;

use crate::{Instance, SkipInUse, Variant};

impl Variant {
    /// Its row in the table and its name there, if the table has a variant that does the same; or else
    /// what it [does](Self::in_words).
    pub fn title(&self) -> String {
        let does_the_same = |other: &Self| {
            (other.safeguards, other.weaknesses) == (self.safeguards, self.weaknesses)
                && (other.faults, other.enactors) == (self.faults, self.enactors)
        };
        // A row may be there twice, by another name: the one that was asked for counts.
        let asked = Self::by_row(self.row).into_iter();
        let mut rows = asked.chain(Self::all()).chain([Self::recommended()]);
        match rows.find(does_the_same) {
            Some(row) => format!("row {}, {}", row.row, row.name),
            None => format!("no row of the table: {}", self.in_words()),
        }
    }

    /// What it does otherwise than the protocol as deployed, in words. No two protocols have the same.
    pub fn in_words(&self) -> String {
        let on = self.safeguards;
        let parts = [
            (on.conditional_write, "conditional write"),
            (
                on.recheck_before_write,
                "check again before each write, not atomic",
            ),
            (on.exists_on_write, "write only a plan that exists"),
            (
                on.skip_in_use == SkipInUse::Atomically,
                "clean-up spares plans in use",
            ),
            (
                on.skip_in_use == SkipInUse::Separately,
                "clean-up spares plans in use, check and delete apart",
            ),
            (on.self_heal, "self-heal"),
            (on.lock, "lock"),
            (on.atomic_cleanup, "last write and clean-up in one step"),
            (on.grace, "grace"),
            (
                on.referential_integrity,
                "at the store referential integrity",
            ),
            (self.weaknesses.abandon_writes, "writes may be given up"),
            (
                self.weaknesses.age_from_published,
                "age from the published plan",
            ),
            (self.weaknesses.edge_triggered, "edge-triggered"),
        ];
        let names = parts.into_iter().filter(|(is_on, _)| *is_on);
        let names: Vec<_> = names.map(|(_, name)| name).collect();
        match names.is_empty() {
            true => "as deployed".to_owned(),
            false => names.join(", "),
        }
    }

    /// The size of the [system](Self::system) that runs this variant: with the faults, and the number of
    /// enactors, that the variant is about.
    pub fn size(&self, instance: Instance) -> Instance {
        Instance {
            enactors: self.enactors.unwrap_or(instance.enactors),
            faults: most(self.faults, instance.faults),
            ..instance
        }
    }
}

/// The larger of two budgets, fault by fault.
fn most(a: FaultBudget, b: FaultBudget) -> FaultBudget {
    FaultBudget {
        crashes: a.crashes.max(b.crashes),
        lost_acknowledgements: a.lost_acknowledgements.max(b.lost_acknowledgements),
        rollbacks: a.rollbacks.max(b.rollbacks),
        kill_switches: a.kill_switches.max(b.kill_switches),
    }
}
