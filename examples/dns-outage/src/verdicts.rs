//! What the checker says of a variant.

use planwright_checker::{Checker, Model};
use planwright_cli::{SearchOptions, Verdicts};
use planwright_core::{SystemAction, SystemState, UpdateSystem, never_regresses};
use planwright_model::ActionClasses;

use crate::{DnsEnactor, Instance, NEVER_EMPTY, NEVER_REGRESSES, Phase, Variant, with_recovery};

/// The system of this family.
pub type DnsSystem = UpdateSystem<DnsEnactor>;

/// A checker of the family's two safety properties, [`NEVER_EMPTY`] and [`NEVER_REGRESSES`].
///
/// Of a [`DnsSystem`], or of any other model with its states and steps, such as a mutant.
pub fn checker<M>(model: &M) -> Checker<'_, M>
where
    M: ActionClasses + Model<State = DnsState, Action = DnsAction> + Sync,
{
    Checker::new(model)
        .action_classes()
        .always(NEVER_EMPTY, |s| s.store.all_resolve())
        .always_step(NEVER_REGRESSES, never_regresses)
}

impl Variant {
    /// Explores the variant to the end, also after a property was violated, so that the number of
    /// states does not depend on when that was.
    pub fn verdicts(&self, instance: Instance, search: &SearchOptions) -> Verdicts {
        let system = self.system(instance);
        let checker = with_recovery(checker(&system), &system, &system);
        Verdicts::of(&search.apply_all(checker).exhaustive().run())
    }
}

/// A state of this family.
pub type DnsState = SystemState<Phase>;

/// A step of this family.
pub type DnsAction = SystemAction<Phase>;
