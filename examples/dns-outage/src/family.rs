//! The family: its properties, and what its program shows.

use planwright_checker::Checker;
use planwright_checker::ablation::SafeguardSet;
use planwright_cli::{
    Exhibit, Exit, Family, Lattices, MixedQuestion, MutateQuestion, ProofQuestion, Safeguard,
    Sequel, Tour,
};
use planwright_core::{DELETES_A_PLAN, SystemAction, SystemState, UpdateSystem, never_regresses};

use crate::switches::USUAL;
use crate::{
    DnsEnactor, EnactorFairness, Instance, NEVER_EMPTY, NEVER_REGRESSES, Phase, Protocol,
    Replacement, Variant, every_generation, safeguards, variants, with_convergence, with_recovery,
};

/// The system of this family.
pub type DnsSystem = UpdateSystem<DnsEnactor>;

/// A state of this family.
pub type DnsState = SystemState<Phase>;

/// A step of this family.
pub type DnsAction = SystemAction<Phase>;

/// A checker of the family's two safety properties, [`NEVER_EMPTY`] and [`NEVER_REGRESSES`].
pub fn checker(system: &DnsSystem) -> Checker<'_, DnsSystem> {
    Checker::new(system)
        .action_classes()
        .always(NEVER_EMPTY, |s| s.store.all_resolve())
        .always_step(NEVER_REGRESSES, never_regresses)
}

/// The family.
#[derive(Debug)]
pub struct DnsOutage;

impl Family for DnsOutage {
    type Protocol = Protocol;
    type Size = Instance;
    type Model = DnsSystem;

    const PACKAGE: &'static str = "dns-outage";
    const ABOUT: &'static str =
        "Finds the race of the DynamoDB DNS outage of October 2025, and shows which fix suffices";

    fn variants() -> Vec<Variant> {
        variants()
    }

    fn tour() -> Tour<Instance> {
        Tour {
            incident: "\
DynamoDB's DNS, 19-20 October 2025. A planner publishes numbered plans. Redundant enactors each check once \
that their plan is newer than what is applied, write it endpoint by endpoint, and then delete plans that are \
many generations old. One of them was slow. Endpoints went empty, no enactor could mend that, and operators did it by \
hand.",
            exhibits: &[Exhibit {
                variant: "0",
                property: NEVER_EMPTY,
                lesson: "\
Two different schedules empty an endpoint: write the old plan, then delete it, as here; and delete the old \
plan, then write it. A fix must stop both.",
            }],
            fix: "fix",
            larger: Instance::new(2, 3, 4).crashes(1),
            assumed: "\
The fix is checked with every fault above, and with endpoint writes that may be given up at any time.

Why more than row 2, which passes every column of the table? It rests on clean-up by the cleaner's own age, on \
writes that are never given up and on operators who never roll back past it: rows 11 to 13 take these away one \
by one, and it fails. Referential integrity makes up for each (11c to 13c), but alone (row 6) it lets endpoints \
go back. Self-heal is redundant beside it, as `check --variant fix --mutate` says: no endpoint is ever empty. It \
repairs endpoints that were empty before the store had that rule.

Assumed: one transaction is one step at the store, a step of an enactor reads and writes the store as it is, all \
enactors run this protocol, operators do only what is listed. Not covered: content of \
plans; time; of the last two properties, more than the bounds above.",
        }
    }

    fn model(protocol: Protocol, size: &Instance) -> DnsSystem {
        protocol.system(*size)
    }

    fn sized(protocol: Protocol, size: &Instance) -> Instance {
        protocol.size(*size)
    }

    fn checker(system: &DnsSystem) -> Checker<'_, DnsSystem> {
        with_recovery(checker(system).describe(), system)
    }

    fn fairness() -> &'static [(&'static str, &'static str)] {
        &EnactorFairness::WAYS
    }

    fn fair_checker<'m>(system: &'m DnsSystem, way: &str) -> Checker<'m, DnsSystem> {
        let conditions = EnactorFairness::named(way).conditions(system);
        with_convergence(Self::checker(system), system, &conditions)
    }

    fn exercised() -> &'static [(&'static str, &'static str)] {
        &[(DELETES_A_PLAN, "raise --generations or lower --cleanup-age")]
    }

    fn every_number() -> Option<fn(ProofQuestion<'_, Self>) -> Exit> {
        Some(|question| question.every_number_of_system())
    }

    fn mutate(question: MutateQuestion<'_, Self>) -> Exit {
        question.of_system()
    }

    fn safeguards() -> Vec<Safeguard> {
        safeguards()
    }

    fn with_safeguards(protocol: Protocol, on: SafeguardSet) -> Protocol {
        protocol.with_safeguards(on)
    }

    /// Faults are no safeguards, so there are two lattices. With fewer than five generations no plan that is
    /// newer than the cleaner's own is ever old by the published age, and sparing plans in use seems to make up
    /// for that age.
    fn lattices() -> Lattices<Instance> {
        let without = Instance::new(2, 2, 5).crashes(1);
        let mut with = without;
        with.faults.rollbacks = 1;
        Lattices {
            vary: USUAL,
            sizes: vec![("", without), ("rollback", with)],
        }
    }

    fn every_generation(question: ProofQuestion<'_, Self>) -> Option<Exit> {
        Some(every_generation::run(&question))
    }

    fn sequel(sequel: Sequel<'_, Self>) {
        // Enough to show that newer plans do not help, and for the race to happen once more.
        let more = usize::from(sequel.size.cleanup_age) + 1;
        let longer = Instance {
            generations: sequel.size.generations + more,
            ..*sequel.size
        };
        sequel.of_system(&longer, more as u64);
    }

    fn mixed(
        (old, new): (Protocol, Protocol),
        size: &Instance,
        question: MixedQuestion<'_>,
    ) -> Option<Exit> {
        let instance = *size;
        Some(question.answer(&Replacement { old, new, instance }))
    }
}

/// The whole program. It is built here, so that the tests share the engine that is built for it.
pub fn program() -> Exit {
    planwright_cli::run::<DnsOutage>()
}
