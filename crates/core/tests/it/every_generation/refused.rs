//! Protocols and properties that use more than patterns keep are refused by name.

use planwright_core::{
    ConfigError, Dependence, Enactor, Endpoint, EveryGeneration, Finite, Generation, Mutation,
    PlanSet, RecordStore, Steps, Survey, SystemState, Transaction, UpdateSystem,
};
use planwright_model::Model;

use super::prove::patterns;

/// The plan that an enactor writes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Finite)]
struct Picked {
    plan: Option<Generation>,
    list: PlanSet,
}

/// Ways to depend on more than patterns keep, in an enactor that is right but for these.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// None of them.
    None,
    /// Deletes the plan it writes if there are exactly this many.
    Exactly(usize),
    /// Waits while there are more plans.
    WaitsBeyond(usize),
    /// Deletes the plan it writes if it is this one.
    Equal(Generation),
    /// Works up to this generation.
    Until(Generation),
    /// Asks whether this plan exists.
    Exists(Generation),
    /// Writes this plan.
    Writes(Generation),
    /// Remembers this plan.
    Remembers(Generation),
    /// Asks whether a plan is this much older than another.
    OlderBy(u8),
    /// Looks at the number of a generation.
    Prints,
    Hashes,
    /// Takes the successor of the plan it writes.
    Successor,
    /// Remembers all old plans at once.
    Lists,
    /// Remembers this plan after a crash.
    Restarts(Generation),
}

fn digest<T: std::hash::Hash>(value: T) -> u64 {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Enactor for Way {
    type Local = Picked;

    fn steps(&self, picked: &Picked, store: &RecordStore, next: &mut Steps<Picked>) {
        let remembers = |plan| Picked {
            plan,
            list: PlanSet::EMPTY,
        };
        let Some(plan) = picked.plan else {
            let waits = match *self {
                Self::WaitsBeyond(most) => store.plans().iter().count() > most,
                Self::Until(last) => store.newest_plan() >= Some(last),
                Self::Exists(plan) => !store.plans().contains(plan),
                Self::Remembers(plan) => return next.goto(remembers(Some(plan))),
                _ => false,
            };
            if !waits {
                next.goto(remembers(store.newest_plan()));
            }
            return;
        };
        let deletes = match *self {
            Self::Exactly(wanted) => store.plans().iter().count() == wanted,
            Self::Equal(bad) => plan == bad,
            Self::OlderBy(by) => {
                let newest = store.newest_plan();
                newest.is_some_and(|newest| plan.is_older_by(by, newest))
            }
            Self::Prints => plan.to_string() == "plan 7",
            Self::Hashes => digest(plan) % 7 == 0,
            Self::Successor => plan.successor().is_err(),
            _ => false,
        };
        let written = match *self {
            Self::Writes(other) => other,
            _ => plan,
        };
        let write = Transaction::point_at(Endpoint::FIRST, written).only_if_newer();
        let write = match deletes {
            true => write.and(planwright_core::Write::Delete(plan)),
            false => write,
        };
        let mut done = remembers(None);
        if let Self::Lists = self {
            done.list = store.plans().older_by(2, plan);
        }
        next.commit(write, done, done);
    }

    fn restarted(&self, _: &Picked) -> Picked {
        Picked {
            plan: match *self {
                Self::Restarts(plan) => Some(plan),
                _ => None,
            },
            list: PlanSet::EMPTY,
        }
    }
}

fn every(way: Way) -> EveryGeneration<Way> {
    let faults = planwright_core::FaultBudget {
        crashes: 1,
        ..planwright_core::FaultBudget::NONE
    };
    UpdateSystem::new(way)
        .enactors(1)
        .faults(faults)
        .every_generation()
}

fn found(way: Way) -> Option<Dependence> {
    let found = patterns(&every(way), usize::MAX).expect("there is no limit");
    found.err()
}

fn nth(number: usize) -> Generation {
    (1..number).fold(Generation::FIRST, |generation, _| {
        generation.successor().expect("within the capacity")
    })
}

#[test]
fn a_protocol_without_them_is_explored() {
    assert_eq!(found(Way::None), None);
}

/// No pattern has ten plans, so none shows the step at ten.
#[test]
fn counting_plans_is_refused() {
    for number in [1, 4, 10, 25] {
        for way in [Way::Exactly(number), Way::WaitsBeyond(number)] {
            let found = found(way).expect("refused");
            assert!(matches!(found, Dependence::Searches { .. }), "{found}");
            let text = found.to_string();
            assert!(text.contains("more than 3 plans"), "{text}");
            assert!(text.contains("every_generation/refused.rs"), "{text}");
        }
    }
}

#[test]
fn a_generation_known_by_its_number_is_refused() {
    for number in [1, 2, 5, 20] {
        for way in [Way::Equal, Way::Until, Way::Exists] {
            let found = found(way(nth(number))).expect("refused");
            assert!(matches!(found, Dependence::Unknown { .. }), "{found}");
            assert!(found.to_string().contains("such as a constant"), "{found}");
        }
    }
}

/// A constant that happens to be the number of a plan in a pattern is refused in another pattern, and the
/// first number is in none.
#[test]
fn a_constant_in_a_transaction_or_a_memory_is_refused() {
    for number in [1, 20] {
        for way in [Way::Writes, Way::Remembers, Way::Restarts] {
            let found = found(way(nth(number))).expect("refused");
            assert!(matches!(found, Dependence::Kept { .. }), "{found}");
        }
    }
}

#[test]
fn looking_at_a_number_is_refused() {
    for way in [Way::Prints, Way::Hashes] {
        let found = found(way).expect("refused");
        assert!(
            found.to_string().contains("the number of a generation"),
            "{found}"
        );
    }
}

#[test]
fn the_successor_of_an_old_generation_is_refused() {
    let found = found(Way::Successor).expect("refused");
    assert!(found.to_string().contains("takes the successor"), "{found}");
}

#[test]
fn remembering_any_number_of_plans_is_refused() {
    let found = found(Way::Lists).expect("refused");
    assert!(matches!(found, Dependence::Searches { .. }), "{found}");
}

#[test]
fn the_largest_gap_is_found_and_more_is_refused() {
    for by in 1..=5 {
        assert_eq!(every(Way::OlderBy(by)).largest_gap(), by.max(1));
        assert_eq!(found(Way::OlderBy(by)), None);
    }
    let small = every(Way::OlderBy(4)).gaps_up_to(3);
    let found = patterns(&small, usize::MAX).expect("there is no limit");
    let text = found.expect_err("refused").to_string();
    assert!(text.contains("older by 4"), "{text}");
    assert!(text.contains("call `gaps_up_to(4)`"), "{text}");
}

fn of_start(property: impl Fn(&SystemState<Picked>) -> bool) -> String {
    let every = every(Way::None);
    let start = every.init_states()[0];
    // After a second plan, the first can go.
    let published = every.next_states(&start);
    let ask = || {
        let property = every.property(&property);
        published.iter().map(property).collect::<Vec<_>>()
    };
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(ask));
    let panic = panic.expect_err("refused");
    panic.downcast_ref::<String>().expect("a message").clone()
}

#[test]
fn a_property_of_more_than_patterns_keep_is_refused() {
    let counts = of_start(|state| state.store.plans().iter().count() < 9);
    assert!(
        counts.contains("changes with a plan that nothing refers to"),
        "{counts}"
    );
    let oldest = of_start(|state| state.store.plans().oldest() != state.newest_published());
    assert!(oldest.contains("changes with a plan"), "{oldest}");
    let constant = of_start(|state| state.store.applied(Endpoint::FIRST) == Some(nth(1)));
    assert!(constant.contains("such as a constant"), "{constant}");
    let number = of_start(|state| state.store.to_string().len() > 3);
    assert!(number.contains("the number of a generation"), "{number}");
}

#[test]
fn a_lease_is_refused() {
    struct Leader;
    impl Enactor for Leader {
        type Local = Picked;
        fn steps(&self, picked: &Picked, _: &RecordStore, next: &mut Steps<Picked>) {
            next.commit(Transaction::take_lease(), *picked, *picked);
        }
    }
    let every = UpdateSystem::new(Leader)
        .lease(planwright_core::LeaseTerm::Unlimited)
        .every_generation();
    let found = patterns(&every, usize::MAX).expect("there is no limit");
    let text = found.expect_err("refused").to_string();
    assert!(text.contains("give its planner a bound"), "{text}");
}

/// They would be those of the system without its change.
#[test]
fn a_mutant_has_no_patterns() {
    let system = UpdateSystem::new(Way::None);
    let mutation = Mutation::DisableClass("an enactor writes an endpoint".to_owned());
    let mutant = system.mutated(&mutation).expect("a mutant");
    for changed in [mutant, Survey::new().watch(&system)] {
        let every = changed.every_generation();
        assert_eq!(every.validate(), Err(ConfigError::PatternsOfMutant));
        let explored = std::panic::catch_unwind(|| drop(every.init_states()));
        assert!(explored.is_err());
    }
    assert_eq!(system.every_generation().validate(), Ok(()));
}

/// A memory whose visitor is shown only one of two generations: as if the derive forgot a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Forgets(Option<Generation>, Option<Generation>);

impl planwright_core::finite::Finite for Forgets {
    const VALUES: u64 = <Option<Generation> as Finite>::VALUES;
    const ANY: Self = Self(None, None);

    fn visit<V: planwright_core::finite::Visitor>(self, visitor: &mut V) -> Self {
        Self(self.0.visit(visitor), self.1)
    }
}

#[test]
#[should_panic(expected = "correct its `Finite`")]
fn a_memory_of_which_a_part_is_not_shown_is_refused() {
    struct Forgetful;
    impl Enactor for Forgetful {
        type Local = Forgets;
        fn steps(&self, _: &Forgets, store: &RecordStore, next: &mut Steps<Forgets>) {
            next.goto(Forgets(None, store.newest_plan()));
        }
    }
    let every = UpdateSystem::new(Forgetful).every_generation();
    let _ = patterns(&every, usize::MAX);
}
