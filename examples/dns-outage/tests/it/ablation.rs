//! Which safeguards suffice: the verdicts that the family declares, and a naive search of every set.

use dns_outage::{
    DnsSystem, Instance, NEVER_EMPTY, NEVER_REGRESSES, Protocol, RECOVERS, checker, safeguards,
    with_recovery,
};
use planwright_checker::ablation::{Ablation, Lattice, SafeguardSet, Sufficiency};
use planwright_checker::{Outcome, Storage, Trace};
use planwright_core::never_regresses;
use planwright_oracle::Naive;

/// The places of these names among [`safeguards`].
fn named(names: &[&str]) -> SafeguardSet {
    let place = |name: &&str| {
        let place = safeguards().into_iter().position(|s| s.name == *name);
        place.unwrap_or_else(|| panic!("there is no {name}"))
    };
    names.iter().map(place).collect()
}

/// `vary` are switched on and off, and `fixed` stay on.
#[derive(Clone, Copy)]
struct Ask<'a> {
    vary: &'a [&'a str],
    fixed: &'a [&'a str],
    instance: Instance,
    recovery: bool,
}

impl Ask<'_> {
    fn full(&self, varied: SafeguardSet) -> SafeguardSet {
        let names = varied.iter().map(|place| self.vary[place]);
        let names: Vec<_> = names.chain(self.fixed.iter().copied()).collect();
        named(&names)
    }

    fn lattice(self) -> Lattice {
        let build = |on| {
            Protocol::as_deployed()
                .with_safeguards(self.full(on))
                .system(self.instance)
        };
        let ablation = Ablation::new(self.vary.iter().copied());
        let lattice = ablation.run(build, |system| {
            let checker = checker(system).storage(Storage::ExactIfItFits);
            match self.recovery {
                true => with_recovery(checker, system),
                false => checker,
            }
        });
        lattice.expect("there is no file")
    }
}

fn told(lattice: &Lattice, property: &str) -> Sufficiency {
    let told = lattice.sufficiency().into_iter();
    let mut told = told.filter(|told| told.property == property);
    told.next().expect("it was asked")
}

fn minimal(lattice: &Lattice, property: &str) -> Vec<Vec<String>> {
    let sets = told(lattice, property).minimal.into_iter();
    sets.map(|minimal| minimal.set.names(lattice.safeguards()))
        .collect()
}

const PART: [&str; 3] = ["conditional-write", "exists-on-write", "skip-in-use"];
const USUAL: [&str; 9] = [
    "conditional-write",
    "recheck",
    "exists-on-write",
    "skip-in-use",
    "skip-in-use-not-atomic",
    "referential-integrity",
    "self-heal",
    "own-age",
    "never-abandon",
];

fn part(instance: Instance) -> Ask<'static> {
    Ask {
        vary: &PART,
        fixed: &["own-age", "never-abandon"],
        instance,
        recovery: false,
    }
}

fn all_nine(instance: Instance) -> Ask<'static> {
    Ask {
        vary: &USUAL,
        fixed: &[],
        ..part(instance)
    }
}

fn rolled_back(mut instance: Instance) -> Instance {
    instance.faults.rollbacks = 1;
    instance
}

#[test]
fn part_of_the_lattice() {
    let pair = ["exists-on-write", "skip-in-use"];
    for instance in [Instance::default(), Instance::new(1, 2, 5)] {
        let lattice = part(instance).lattice();
        assert_eq!(
            minimal(&lattice, NEVER_EMPTY),
            [vec!["conditional-write"], pair.to_vec()]
        );
        assert_eq!(minimal(&lattice, NEVER_REGRESSES), [["conditional-write"]]);
        let lattice = part(rolled_back(instance)).lattice();
        assert_eq!(minimal(&lattice, NEVER_EMPTY), [pair]);
        assert_eq!(minimal(&lattice, NEVER_REGRESSES), [["conditional-write"]]);
    }
}

#[test]
fn all_nine_safeguards() {
    let pair = vec!["exists-on-write", "skip-in-use"];
    let lattice = all_nine(Instance::new(1, 2, 5)).lattice();
    assert_eq!(
        minimal(&lattice, NEVER_EMPTY),
        [
            vec!["referential-integrity"],
            pair.clone(),
            vec!["conditional-write", "own-age", "never-abandon"],
        ]
    );
    assert_eq!(minimal(&lattice, NEVER_REGRESSES), [["conditional-write"]]);
    let told = told(&lattice, NEVER_EMPTY);
    let redundant: SafeguardSet = told.redundant.into_iter().collect();
    assert_eq!(
        redundant.names(lattice.safeguards()),
        ["recheck", "skip-in-use-not-atomic", "self-heal"]
    );
    assert_eq!(told.cuts.len(), 6);
    assert!(told.harmful.is_empty());

    let lattice = all_nine(rolled_back(Instance::new(1, 2, 5))).lattice();
    assert_eq!(
        minimal(&lattice, NEVER_EMPTY),
        [vec!["referential-integrity"], pair]
    );
    assert_eq!(minimal(&lattice, NEVER_REGRESSES), [["conditional-write"]]);
}

/// With four generations no plan that is newer than the cleaner's own is old by the published age, so
/// that age does no harm that sparing plans in use would not mend. It takes a fifth to see it.
#[test]
fn four_generations_are_too_few_for_the_published_age() {
    let safeguards = ["conditional-write", "skip-in-use", "never-abandon"];
    let holds = |generations| {
        let lattice = all_nine(Instance::new(1, 2, generations)).lattice();
        let set = lattice.set(&safeguards).expect("names");
        lattice.answer(0, set).outcome == Outcome::Holds
    };
    assert!(holds(4));
    assert!(!holds(5));
}

#[test]
fn a_plan_everywhere_stays_possible_with_self_heal_alone() {
    let ask = Ask {
        vary: &["conditional-write", "referential-integrity", "self-heal"],
        fixed: &["own-age"],
        recovery: true,
        ..part(Instance::new(1, 2, 4))
    };
    let lattice = ask.lattice();
    let expected = [["referential-integrity"], ["self-heal"]];
    assert_eq!(minimal(&lattice, RECOVERS), expected);
}

/// What a naive search says of one set.
fn judge(system: &DnsSystem) -> [Option<u64>; 2] {
    let naive = Naive::explore(system);
    let empty = naive.shortest(|s| !s.store.all_resolve());
    let regress = naive.shortest_step(system, |s, a, t| !never_regresses(s, a, t));
    [empty, regress].map(|steps| steps.map(|steps| steps as u64))
}

/// Every set, every verdict, every length.
#[test]
fn a_naive_search_agrees_on_every_set() {
    let five = [
        "conditional-write",
        "exists-on-write",
        "skip-in-use",
        "own-age",
        "never-abandon",
    ];
    let wide = Ask {
        vary: &five,
        fixed: &[],
        ..part(Instance::new(1, 2, 5))
    };
    let whole = all_nine(rolled_back(Instance::new(1, 2, 4)));
    for ask in [part(Instance::default()), wide, whole] {
        let lattice = ask.lattice();
        for result in lattice.sets() {
            let variant = Protocol::as_deployed().with_safeguards(ask.full(result.on));
            let naive = judge(&variant.system(ask.instance));
            for (answer, steps) in result.answers.iter().zip(naive) {
                assert_eq!(
                    answer.steps,
                    steps,
                    "{:?}",
                    result.on.names(lattice.safeguards())
                );
                assert_eq!(answer.outcome == Outcome::Holds, steps.is_none());
            }
        }
    }
}

/// Each schedule that an absence admits, through the model alone.
fn empties_at_last(system: &DnsSystem, path: &str) -> bool {
    let trace = Trace::replay(system, path).expect("it replays");
    let (last, before) = trace.states().split_last().expect("a state");
    before.iter().all(|state| state.store.all_resolve()) && !last.store.all_resolve()
}

#[test]
fn every_absence_has_its_schedule() {
    let ask = all_nine(Instance::new(1, 2, 5));
    let lattice = ask.lattice();
    let mut schedules = 0;
    for minimal in told(&lattice, NEVER_EMPTY).minimal {
        for absence in minimal.absences {
            let shown = absence.counterexample;
            let system = Protocol::as_deployed()
                .with_safeguards(ask.full(shown.on))
                .system(ask.instance);
            let path = shown.answer.replay.expect("a schedule");
            assert!(empties_at_last(&system, &path), "{path}");
            schedules += 1;
        }
    }
    assert_eq!(schedules, 6);
}
