//! The variants, and what the program shows of them.

use planwright_checker::Checker;
use planwright_cli::{Exhibit, Exit, Family, MixedQuestion, MutateQuestion, Tour, Variant};

use crate::fleet::Replacement;
use crate::{
    Leaders, NEVER_OVERTAKEN, NEVER_REGRESSES, Protocol, RECOVERS, Size, TWO_LEADERS, checker,
};

/// The family.
#[derive(Debug)]
pub struct LeasedLeader;

const UNSAFE: [&str; 2] = [NEVER_REGRESSES, NEVER_OVERTAKEN];

impl Family for LeasedLeader {
    type Protocol = Protocol;
    type Size = Size;
    type Model = Leaders;

    const PACKAGE: &'static str = "leased-leader";
    const ABOUT: &'static str = "Shows how a leader elected by a lease overwrites its successor's work, and which check at the store prevents it";

    fn variants() -> Vec<Variant<Protocol>> {
        vec![
            Variant::new(
                "deployed",
                "whoever has the lease writes",
                Protocol::as_deployed(),
                &UNSAFE,
            ),
            Variant::new(
                "check-lease",
                "and asks before each write whether it still has it",
                Protocol::checking_the_lease(),
                &UNSAFE,
            ),
            Variant::new(
                "plan-first",
                "every write is fenced, the plan chosen before the grant",
                Protocol::choosing_before_the_grant(),
                &[NEVER_REGRESSES],
            ),
            Variant::new(
                "fenced",
                "every write is fenced, the plan chosen after the grant",
                Protocol::fenced(),
                &[NEVER_REGRESSES],
            ),
            Variant::new(
                "first-write",
                "the plan chosen behind a fence, only the first write fenced",
                Protocol::fencing_the_first_write(),
                &UNSAFE,
            ),
            Variant::new(
                "lock",
                "a lock that never expires, in place of a lease",
                Protocol::lock(),
                &[RECOVERS, TWO_LEADERS],
            ),
            Variant::new(
                "compare-plans",
                "no fencing, but the store compares plans",
                Protocol::comparing_plans(),
                &[NEVER_OVERTAKEN],
            ),
            Variant::new(
                "fence-then-plan",
                "every write is fenced, the plan chosen behind the fence",
                Protocol::fencing_before_choosing(),
                &[],
            ),
        ]
    }

    fn tour() -> Tour<Size> {
        Tour {
            incident: "\
Processes elect a leader by a lease, and the leader alone puts plans live. A leader that is paused for
longer than its lease lasts does not know that it is no leader any more (Kleppmann, 2016).",
            exhibits: &[
                Exhibit {
                    variant: "deployed",
                    property: NEVER_REGRESSES,
                    lesson: "A lease tells who may begin. It does not stop who has begun.",
                },
                Exhibit {
                    variant: "fenced",
                    property: NEVER_REGRESSES,
                    lesson: "\
Every write carries the largest token that the store has seen, and each plan was the newest when it
was chosen. But the first leader chose last, after it had lost its lease and before anything fenced it
off. Tokens order grants. They order plans only if a leader raises the fence before it chooses.",
                },
            ],
            fix: "fence-then-plan",
            larger: Size::new(3, 2, 4).early(3).crashes(1),
            assumed: "\
Assumed: the lease service gives each grant a larger token and never two grants at once, the store
compares tokens in the step that writes, and never forgets the largest. Only the first grants expire
early. Not covered: a lease service that fails, clocks.",
        }
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
        size.leaders(protocol)
    }

    fn checker(model: &Self::Model) -> Checker<'_, Self::Model> {
        checker(model).describe()
    }
}

/// The whole program. It is built here, so that the tests share the engine that is built for it.
pub fn program() -> planwright_cli::Exit {
    planwright_cli::run::<LeasedLeader>()
}
