//! The variants, and what the program shows of them.

use planwright_checker::Checker;
use planwright_cli::{
    Exhibit, Exit, Family, MixedQuestion, MutateQuestion, ProofQuestion, Sequel, Tour, Variant,
};

use crate::fleet::Replacement;
use crate::{
    Enactors, NEVER_REGRESSES, Protocol, RECOVERS, ROLLBACK_RESOLVES, ROOT_RESOLVES, Size, checker,
};

/// The family.
#[derive(Debug)]
pub struct DnsTreeRollback;

const EVERYTHING: [&str; 4] = [ROOT_RESOLVES, ROLLBACK_RESOLVES, NEVER_REGRESSES, RECOVERS];

impl Family for DnsTreeRollback {
    type Protocol = Protocol;
    type Size = Size;
    type Model = Enactors;

    const PACKAGE: &'static str = "dns-tree-rollback";
    const ABOUT: &'static str = "Shows how a root alias came to name a deleted tree under a lock, why nothing could repair it, and what prevents both";

    fn variants() -> Vec<Variant<Protocol>> {
        vec![
            Variant::new(
                "deployed",
                "a lock with epochs, clean-up by age",
                Protocol::as_deployed(),
                &EVERYTHING,
            ),
            Variant::new(
                "tolerant",
                "and no failure if the root's tree is gone",
                Protocol::tolerating_a_missing_target(),
                &[ROOT_RESOLVES, ROLLBACK_RESOLVES, NEVER_REGRESSES],
            ),
            Variant::new(
                "newest",
                "enactors pick the newest plan and do not count",
                Protocol::picking_the_newest(),
                &EVERYTHING,
            ),
            Variant::new(
                "locked-cleanup",
                "clean-up by age takes the lock too",
                Protocol::cleaning_under_the_lock(),
                &EVERYTHING,
            ),
            Variant::new(
                "look-first",
                "clean-up looks for what is not in use, then deletes",
                Protocol::looking_before_deleting(),
                &EVERYTHING,
            ),
            Variant::new(
                "unused-only",
                "clean-up deletes what is not in use, in one step",
                Protocol::deleting_the_unused(),
                &[NEVER_REGRESSES],
            ),
            Variant::new(
                "compared",
                "plans compared under the lock",
                Protocol::comparing_plans(),
                &[],
            ),
            Variant::new(
                "newest-compared",
                "newest plans, compared under the lock",
                Protocol::comparing_the_newest(),
                &[ROLLBACK_RESOLVES],
            ),
            Variant::new(
                "fix",
                "and clean-up of the unused, rollback only if there is one",
                Protocol::fixed(),
                &[],
            ),
        ]
    }

    fn tour() -> Tour<Size> {
        Tour {
            incident: "\
DynamoDB's DNS, October 2025, as told at re:Invent (DAT453). Each plan is a tree of records. One batch,
under a lock made of a record with an epoch, brings a tree, flips the root alias (e0 below) to it, and
saves a rollback pointer to the tree that the root named before. Clean-up deletes old trees.",
            exhibits: &[
                Exhibit {
                    variant: "deployed",
                    property: ROOT_RESOLVES,
                    lesson: "\
The laggard takes the lock in good order: the lock compares epochs, and nobody compares plans. From
here no update can be made any more. Each must save the root's tree as the rollback pointer, and the
tree is gone; all enactors go on trying, and all fail in the same way.",
                },
                Exhibit {
                    variant: "newest-compared",
                    property: ROLLBACK_RESOLVES,
                    lesson: "\
The root never goes back and always resolves. But it skips plans, and the one it came from is old
enough to be deleted: there is nothing to roll back to.",
                },
            ],
            fix: "fix",
            larger: Size::new(3, 5).crashes(1),
            assumed: "\
Assumed: a batch is one step, whole or nothing; an enactor reads the lock record as it is; clean-up
deletes what it found in one step. Not covered: operators who use the rollback pointer, several roots,
reads of the lock that lag, time.",
        }
    }

    fn every_number() -> Option<fn(ProofQuestion<'_, Self>) -> Exit> {
        Some(|question| question.every_number_of_system())
    }

    fn sequel(sequel: Sequel<'_, Self>) {
        // Enough for newer plans to be picked, and for clean-up to reach them.
        let more = sequel.size.age + 1;
        let plans = sequel.size.plans + more;
        sequel.of_system(
            &Size {
                plans,
                ..*sequel.size
            },
            more.into(),
        );
    }

    fn mutate(question: MutateQuestion<'_, Self>) -> Exit {
        question.of_system()
    }

    fn mixed(
        (old, new): (Protocol, Protocol),
        size: &Size,
        question: MixedQuestion<'_>,
    ) -> Option<Exit> {
        let size = *size;
        Some(question.answer(&Replacement { old, new, size }))
    }

    fn model(protocol: Protocol, size: &Size) -> Self::Model {
        size.system(protocol)
    }

    fn checker(model: &Self::Model) -> Checker<'_, Self::Model> {
        checker(model).describe()
    }
}

/// The whole program. It is built here, so that the tests share the engine that is built for it.
pub fn program() -> planwright_cli::Exit {
    planwright_cli::run::<DnsTreeRollback>()
}
