//! The mutants of a variant.

use planwright_checker::{Mutant, MutantKind};
use planwright_core::{CallSite, Mutated};

use crate::{DnsEnactor, DnsSystem, Instance, Variant};

impl Variant {
    /// Every mutant of this variant: what it changes, and the changed system. Of preconditions those
    /// at the given call sites, which a [`Survey`](planwright_core::Survey) finds.
    pub fn mutants(
        &self,
        instance: Instance,
        sites: &[CallSite],
    ) -> Vec<(Mutant, Mutated<DnsEnactor>)> {
        let system: DnsSystem = self.system(instance);
        let mutations = system.mutations(sites).into_iter().map(|mutation| {
            let mutated = system.mutated(&mutation);
            let mutated = mutated.expect("the system has what it lists");
            (planwright_cli::mutant(&mutation), mutated)
        });
        let toggles = self.safeguards.toggles().into_iter().map(|toggle| {
            let variant = Self {
                safeguards: toggle.safeguards,
                ..*self
            };
            let mutant = if toggle.added {
                Mutant::with(MutantKind::Safeguard, toggle.to_string())
            } else {
                Mutant::without(MutantKind::Safeguard, toggle.to_string())
            };
            let system: DnsSystem = variant.system(instance);
            (mutant, system.into())
        });
        let (preconditions, others): (Vec<_>, Vec<_>) =
            mutations.partition(|(mutant, _)| mutant.kind == MutantKind::Precondition);
        preconditions
            .into_iter()
            .chain(toggles)
            .chain(others)
            .collect()
    }
}
