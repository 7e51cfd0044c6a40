//! What a variant is called, made from what it does.

use planwright_core::FaultBudget;

use crate::{Instance, Variant};

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
        let mut rows = asked.chain(Self::all_and_fix());
        match rows.find(does_the_same) {
            Some(row) => format!("row {}, {}", row.row, row.name),
            None => format!("no row of the table: {}", self.in_words()),
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
