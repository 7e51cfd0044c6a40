//! Processes of which some have one protocol and some another.

use planwright_checker::Checker;
use planwright_cli::mixed::{Shared, Versions};
use planwright_cli::{Family as _, Variant};
use planwright_core::{Course, Fleet, Handover, UpdateSystem};

use crate::{Leader, LeasedLeader, Protocol, Size, checker};

/// Two protocols, of which the new one replaces the old one: what the command `mixed` is about.
#[derive(Clone, Copy, Debug)]
pub struct Replacement {
    /// What is there.
    pub old: Protocol,
    /// What is rolled out.
    pub new: Protocol,
    /// How large a model.
    pub size: Size,
}

impl Versions for Replacement {
    type Enactor = Leader;
    type Model = UpdateSystem<Fleet<Leader>>;

    /// What a process remembers means the same in every protocol: memory is carried over as it is.
    fn fleet(&self) -> Fleet<Leader> {
        let [old, new] = [self.old, self.new].map(|protocol| Leader { protocol });
        Fleet::new(old, new)
    }

    fn enactors(&self) -> usize {
        self.size.processes.into()
    }

    /// The lease is one for all; whether it expires may differ.
    fn shared(&self) -> Vec<Shared> {
        let early = self.size.early;
        match self.old.lease_term(early) == self.new.lease_term(early) {
            true => vec![Shared::OfOld],
            false => vec![Shared::OfOld, Shared::OfNew],
        }
    }

    /// A process that restarts loses its lease, so each switch can come with one more grant.
    fn widest(&self, handover: Handover) -> Course {
        match handover {
            Handover::Restart => Course::Rollout,
            _ => Course::BackAndForth,
        }
    }

    fn model(&self, fleet: Fleet<Leader>, shared: Shared) -> Self::Model {
        let protocol = match shared {
            Shared::OfNew => self.new,
            Shared::OfOld | Shared::Changing => self.old,
        };
        self.size
            .system(fleet, protocol.lease_term(self.size.early))
    }

    fn checker<'m>(&self, model: &'m Self::Model, _: Shared) -> Checker<'m, Self::Model> {
        checker(model)
    }

    fn stones(&self) -> Vec<(String, Leader)> {
        let ends = [self.old, self.new];
        let others = LeasedLeader::variants().into_iter();
        let others = others.filter(|variant| !ends.contains(&variant.protocol));
        let stone = |variant: Variant<Protocol>| {
            let protocol = variant.protocol;
            (variant.name.to_owned(), Leader { protocol })
        };
        others.map(stone).collect()
    }
}
