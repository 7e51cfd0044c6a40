//! What is asked about two versions of a protocol.

use planwright_checker::{Checker, Report};
use planwright_core::{Course, Enactor, Fleet, Handover};
use serde::{Deserialize, Serialize};

use crate::{FamilyModel, SearchOptions, Verdicts};

/// Whose side of what all enactors share is in force: the rules of the store, for one. It changes for
/// everyone at once, and so before or after the enactors are switched, one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Shared {
    /// The old version's: the enactors are switched first.
    OfOld,
    /// The new version's: it was changed first.
    OfNew,
    /// The old version's at the start, and the new one's from some moment on, whichever enactors are
    /// switched before or after. Properties are asked from that moment on.
    Changing,
}

/// Two versions of a protocol, and the models of fleets that run them.
///
/// A family gives this to [`Family::mixed`](crate::Family::mixed); any other program calls
/// [`answer`](crate::mixed::answer) itself.
pub trait Versions {
    /// The protocol.
    type Enactor: Enactor + Clone;
    /// The model of a fleet.
    type Model: FamilyModel;

    /// The two versions, and how memory is carried over.
    fn fleet(&self) -> Fleet<Self::Enactor>;

    /// How many enactors there are.
    fn enactors(&self) -> usize;

    /// The questions to ask. More than one if the versions differ in what all enactors share; which of both to
    /// change first is then advised only if [`Shared::Changing`] is among them.
    fn shared(&self) -> Vec<Shared> {
        vec![Shared::OfOld]
    }

    /// The widest course that is explored with this handover; narrower than [`Course::BackAndForth`] where
    /// switching without end would count something up without end.
    fn widest(&self, _handover: Handover) -> Course {
        Course::BackAndForth
    }

    /// The model of a fleet of these enactors.
    fn model(&self, fleet: Fleet<Self::Enactor>, shared: Shared) -> Self::Model;

    /// A checker of the properties, the same ones for every fleet.
    fn checker<'m>(&self, model: &'m Self::Model, shared: Shared) -> Checker<'m, Self::Model>;

    /// Versions that may be stepping stones, by name, the preferred ones first.
    fn stones(&self) -> Vec<(String, Self::Enactor)> {
        Vec::new()
    }
}

/// Explores a fleet to the end, and does something with the report.
pub(super) fn explore<V: Versions, R>(
    versions: &V,
    (fleet, shared): (Fleet<V::Enactor>, Shared),
    search: &SearchOptions,
    then: impl FnOnce(&Report<'_, V::Model>) -> R,
) -> R {
    let model = versions.model(fleet, shared);
    let checker = versions.checker(&model, shared);
    then(&search.apply_all(checker).exhaustive().run())
}

/// What was found about a fleet.
pub(super) fn verdicts<V: Versions>(
    versions: &V,
    fleet: Fleet<V::Enactor>,
    shared: Shared,
    search: &SearchOptions,
) -> Verdicts {
    explore(versions, (fleet, shared), search, Verdicts::of)
}
