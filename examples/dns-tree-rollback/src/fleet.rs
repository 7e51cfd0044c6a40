//! Enactors of which some have one protocol and some another.

use planwright_checker::Checker;
use planwright_cli::mixed::{Shared, Versions};
use planwright_cli::{Family as _, Variant};
use planwright_core::{Fleet, UpdateSystem};

use crate::{DnsTreeRollback, Protocol, Size, TreeEnactor, checker};

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
    type Enactor = TreeEnactor;
    type Model = UpdateSystem<Fleet<TreeEnactor>>;

    /// What an enactor remembers means the same in every protocol: memory is carried over as it is.
    fn fleet(&self) -> Fleet<TreeEnactor> {
        Fleet::new(self.size.enactor(self.old), self.size.enactor(self.new))
    }

    fn enactors(&self) -> usize {
        self.size.enactors.into()
    }

    fn model(&self, fleet: Fleet<TreeEnactor>, _: Shared) -> Self::Model {
        self.size.system_of(fleet)
    }

    fn checker<'m>(&self, model: &'m Self::Model, _: Shared) -> Checker<'m, Self::Model> {
        checker(model)
    }

    fn stones(&self) -> Vec<(String, TreeEnactor)> {
        let ends = [self.old, self.new];
        let others = DnsTreeRollback::variants().into_iter();
        let others = others.filter(|variant| !ends.contains(&variant.protocol));
        let stone = |variant: Variant<Protocol>| {
            (variant.name.to_owned(), self.size.enactor(variant.protocol))
        };
        others.map(stone).collect()
    }
}
