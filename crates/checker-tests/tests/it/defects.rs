//! Four defects that public models of the outage had, each as a small model, and each reported by
//! name: a fixed model that still regresses, a safeguard that does nothing, a property that sees
//! the harm only in passing, a process that is blocked by accident.

use planwright_checker::{
    Checker, Fate, Model, Mutant, MutantKind, MutationReport, Outcome, PropertyKind,
};
use planwright_oracle::Naive;

/// Two enactors put plans 1 and 2 live at one endpoint, which is at plan 0, and delete older plans
/// that have been live.
#[derive(Clone, Copy, Debug)]
struct Updater {
    /// An enactor checks, once, that its plan is newer than the live one.
    checks: bool,
    /// An enactor whose plan is not newer has finished; otherwise it waits for ever.
    skips_stale: bool,
    /// The write and the clean-up are one step.
    atomic: bool,
    /// Clean-up spares the live plan.
    spares_live: bool,
    /// Deleting the live plan clears the endpoint at once, not in a step of its own.
    clears_at_once: bool,
}

/// The published fix: the clean-up in one step with the write, sparing the live plan.
const FIXED: Updater = Updater {
    checks: true,
    skips_stale: true,
    atomic: true,
    spares_live: true,
    clears_at_once: false,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum At {
    Start,
    Writing,
    Cleaning,
    Clearing,
    Finished,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct World {
    live: Option<u8>,
    was_live: [bool; 3],
    exists: [bool; 3],
    enactors: [At; 2],
}

impl World {
    fn names_a_deleted_plan(&self) -> bool {
        self.live
            .is_some_and(|plan| !self.exists[usize::from(plan)])
    }
}

impl Model for Updater {
    type State = World;
    type Action = usize;

    fn init_states(&self) -> Vec<World> {
        vec![World {
            live: Some(0),
            was_live: [true, false, false],
            exists: [true; 3],
            enactors: [At::Start; 2],
        }]
    }

    fn actions(&self, _: &World, actions: &mut Vec<usize>) {
        actions.extend(0..2);
    }

    fn next_state(&self, world: &World, enactor: usize) -> Option<World> {
        let mut next = *world;
        let plan = enactor as u8 + 1;
        next.enactors[enactor] = match world.enactors[enactor] {
            At::Start if !self.checks || world.live < Some(plan) => At::Writing,
            At::Start if self.skips_stale => At::Finished,
            At::Writing => {
                next.live = Some(plan);
                next.was_live[usize::from(plan)] = true;
                if self.atomic {
                    self.clean(&mut next, plan)
                } else {
                    At::Cleaning
                }
            }
            At::Cleaning => self.clean(&mut next, plan),
            At::Clearing => {
                next.live = None;
                At::Finished
            }
            At::Start | At::Finished => return None,
        };
        Some(next)
    }
}

impl Updater {
    fn clean(&self, world: &mut World, than: u8) -> At {
        for plan in 0..than {
            let spared = self.spares_live && world.live == Some(plan);
            let plan = usize::from(plan);
            if world.was_live[plan] && !spared {
                world.exists[plan] = false;
            }
        }
        match (world.names_a_deleted_plan(), self.clears_at_once) {
            (false, _) => At::Finished,
            (true, false) => At::Clearing,
            (true, true) => {
                world.live = None;
                At::Finished
            }
        }
    }

    /// The model without each of its safeguards.
    fn mutants(self) -> Vec<(Mutant, Self)> {
        let without = |on: bool, name, change: fn(&mut Self)| {
            let mut mutant = self;
            change(&mut mutant);
            on.then(|| (Mutant::without(MutantKind::Safeguard, name), mutant))
        };
        let mutants = [
            without(self.checks, "without the check", |m| m.checks = false),
            without(self.atomic, "without atomic clean-up", |m| m.atomic = false),
            without(self.spares_live, "without sparing", |m| {
                m.spares_live = false
            }),
            without(self.skips_stale, "without the else", |m| {
                m.skips_stale = false
            }),
        ];
        mutants.into_iter().flatten().collect()
    }
}

const CLEARED: &str = "the endpoint is never cleared";
const NAMES: &str = "the endpoint names no deleted plan";
const REGRESSES: &str = "the live plan never gets older";

/// The two properties that the published models have.
fn published(model: &Updater) -> Checker<'_, Updater> {
    Checker::new(model)
        .always(CLEARED, |world| world.live.is_some())
        .always(NAMES, |world| !world.names_a_deleted_plan())
}

fn enactor_ends(enactor: usize) -> String {
    format!("enactor {enactor} has finished when nothing can happen any more")
}

fn ends(model: &Updater) -> Checker<'_, Updater> {
    (0..2).fold(published(model), |checker, enactor| {
        checker.always_implies(
            enactor_ends(enactor),
            |world| model.next_states(world).is_empty(),
            move |world| world.enactors[enactor] == At::Finished,
        )
    })
}

type Check = fn(&Updater) -> Checker<'_, Updater>;

fn mutate(model: Updater, check: Check) -> MutationReport {
    let mut report = MutationReport::of(&check(&model).exhaustive().run());
    for (mutant, changed) in model.mutants() {
        report.test(mutant, &model, || check(&changed));
    }
    report
}

fn fate(report: &MutationReport, mutant: &str) -> Fate {
    let mut results = report.results().iter();
    let result = results.find(|result| result.mutant.name == mutant);
    result.expect("there is such a mutant").fate.clone()
}

fn verdict(report: &MutationReport, property: &str) -> Outcome {
    let mut properties = report.properties().iter();
    let standing = properties.find(|standing| standing.name == property);
    standing.expect("there is such a property").outcome
}

fn assert_says(report: &MutationReport, line: &str) {
    let text = report.conclusions().to_string();
    let said = text.lines().any(|said| said.trim() == line);
    assert!(said, "`{line}` is missing in:\n{text}");
}

#[test]
fn a_fixed_model_that_still_regresses() {
    let naive = Naive::explore(&FIXED);
    assert_eq!(naive.shortest(|world| world.live.is_none()), None);
    assert_eq!(naive.shortest(World::names_a_deleted_plan), None);
    let regresses = |before: &World, _: &usize, after: &World| after.live < before.live;
    let steps = naive.shortest_step(&FIXED, regresses);
    assert_eq!(steps, Some(4));
    let settled = |world: &World| world.enactors == [At::Finished; 2] && world.live == Some(1);
    assert!(
        naive.shortest(settled).is_some(),
        "the old plan stays for good"
    );

    // The published properties hold, and say nothing about the check that matters.
    published(&FIXED).run().assert_holds();
    let report = mutate(FIXED, published);
    assert_eq!(fate(&report, "without the check"), Fate::Survived);
    let survivors: Vec<_> = report.survivors().map(|r| r.mutant.name.as_str()).collect();
    assert_eq!(
        survivors,
        [
            "without the check",
            "without atomic clean-up",
            "without the else"
        ]
    );
    assert_says(
        &report,
        "the set of properties is too weak: it does not notice",
    );
    assert_says(&report, "safeguard: without the check");

    // A property of steps sees it at once.
    let report = published(&FIXED)
        .always_step(REGRESSES, |before, _, after| after.live >= before.live)
        .run();
    assert_eq!(Some(report.assert_violated(REGRESSES).len()), steps);
}

#[test]
fn a_safeguard_that_does_nothing() {
    let unspared = Updater {
        spares_live: false,
        ..FIXED
    };
    let (with, without) = (Naive::explore(&FIXED), Naive::explore(&unspared));
    assert_eq!(with.states, without.states);
    for world in &with.states {
        assert_eq!(FIXED.next_states(world), unspared.next_states(world));
    }

    let report = mutate(FIXED, published);
    assert_eq!(fate(&report, "without sparing"), Fate::Redundant);
    assert_says(
        &report,
        "redundant: no property notices, since no reachable step changes: safeguard: without sparing",
    );

    // Where the clean-up is a step of its own it does something, and that is noticed.
    let apart = Updater {
        atomic: false,
        ..FIXED
    };
    let by = vec![CLEARED.to_owned(), NAMES.to_owned()];
    assert_eq!(
        fate(&mutate(apart, published), "without sparing"),
        Fate::Killed { by }
    );
}

#[test]
fn a_property_that_sees_the_harm_only_in_passing() {
    let in_two_steps = Updater {
        atomic: false,
        spares_live: false,
        ..FIXED
    };
    let at_once = Updater {
        clears_at_once: true,
        ..in_two_steps
    };
    // The harm is the same, but only in two steps does the endpoint name a deleted plan.
    for (model, names) in [(in_two_steps, Some(5)), (at_once, None)] {
        let naive = Naive::explore(&model);
        assert!(naive.shortest(|world| world.live.is_none()).is_some());
        assert_eq!(naive.shortest(World::names_a_deleted_plan), names);
    }

    let properties: Check = |model| {
        published(model).always_implies(
            "whoever has deleted the live plan clears the endpoint",
            |world| world.enactors.contains(&At::Clearing),
            |world| world.live.is_some(),
        )
    };
    let report = mutate(in_two_steps, properties);
    assert_eq!(verdict(&report, NAMES), Outcome::Violated);
    let report = mutate(at_once, properties);
    assert_eq!(verdict(&report, CLEARED), Outcome::Violated);
    assert_eq!(verdict(&report, NAMES), Outcome::Holds);
    assert_says(
        &report,
        "suspect: no mutant makes it fail: the endpoint names no deleted plan",
    );
    assert_says(
        &report,
        "suspect: no mutant makes it fail; it is never put to the test even without them: whoever \
         has deleted the live plan clears the endpoint",
    );
    let suspects: Vec<_> = report.suspects().map(|standing| standing.kind).collect();
    assert_eq!(
        suspects,
        [PropertyKind::Always, PropertyKind::AlwaysImplies]
    );
}

/// That a process can be blocked for ever while others go on is a question of liveness; here all
/// others have finished.
#[test]
fn a_process_that_is_blocked_by_accident() {
    let forgotten = Updater {
        skips_stale: false,
        ..FIXED
    };
    let naive = Naive::explore(&forgotten);
    let blocked = |enactor: usize| {
        naive.shortest(|world| {
            forgotten.next_states(world).is_empty() && world.enactors[enactor] != At::Finished
        })
    };
    assert_eq!((blocked(0), blocked(1)), (Some(2), None));

    // No invariant of the published ones notices; the question who has finished does, by name.
    published(&forgotten).run().assert_holds();
    let report = ends(&forgotten).run();
    assert_eq!(
        Some(report.assert_violated(&enactor_ends(0)).len()),
        blocked(0)
    );
    assert!(report.finding(&enactor_ends(1)).is_some_and(|f| f.holds()));

    ends(&FIXED).run().assert_holds();
    let by = vec![enactor_ends(0)];
    assert_eq!(
        fate(&mutate(FIXED, ends), "without the else"),
        Fate::Killed { by }
    );
    assert_eq!(
        fate(&mutate(FIXED, published), "without the else"),
        Fate::Survived
    );
}
