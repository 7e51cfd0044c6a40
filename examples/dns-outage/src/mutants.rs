//! The mutants of a variant.

use planwright_checker::{Mutant, MutantKind};
use planwright_core::CallSite;

use crate::switches::{Place, SWITCHES};
use crate::{DnsSystem, Instance, Variant};

impl Variant {
    /// Every mutant of this variant: what it changes, and the changed system. Of preconditions those
    /// at the given call sites, which a [`Survey`](planwright_core::Survey) finds.
    pub fn mutants(&self, instance: Instance, sites: &[CallSite]) -> Vec<(Mutant, DnsSystem)> {
        let system: DnsSystem = self.system(instance);
        let mutations = system.mutations(sites).into_iter().map(|mutation| {
            let mutated = system.mutated(&mutation);
            let mutated = mutated.expect("the system has what it lists");
            (planwright_cli::mutant(&mutation), mutated)
        });
        // The store's rules are among the mutations.
        let toggled = SWITCHES.iter();
        let toggled = toggled.filter(|switch| !matches!(switch.place, Place::OfStore(_)));
        let toggled = toggled.map(|switch| {
            let mut variant = *self;
            let on = !switch.is_on(variant);
            switch.set(&mut variant, on);
            let name = match on {
                true => format!("with {}", switch.name),
                false => format!("without {}", switch.name),
            };
            // In place of the stronger form of a safeguard, the weaker one adds nothing.
            let weaker = variant.safeguards.skip_in_use < self.safeguards.skip_in_use;
            let mutant = match on && !weaker {
                true => Mutant::with(MutantKind::Safeguard, name),
                false => Mutant::without(MutantKind::Safeguard, name),
            };
            (mutant, variant.system(instance))
        });
        let (preconditions, others): (Vec<_>, Vec<_>) =
            mutations.partition(|(mutant, _)| mutant.kind == MutantKind::Precondition);
        preconditions
            .into_iter()
            .chain(toggled)
            .chain(others)
            .collect()
    }
}
