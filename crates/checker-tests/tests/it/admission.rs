//! A schedule taken in a model that differs in one step.

use planwright_checker::{Admission, Checker, Model};
use proptest::prelude::*;

use crate::generated::{System, systems};

/// Many states, so that many systems have a schedule.
fn is_bad(state: u8) -> bool {
    state % 8 == 7
}

fn checker(system: &System) -> Checker<'_, System> {
    Checker::new(system).always("not bad", |state| !is_bad(*state))
}

/// A step out of the boundary is a step; in the model that made the schedule it is taken.
#[test]
fn a_step_out_of_the_boundary_violates_there_too() {
    struct Counter {
        most: u8,
    }

    impl Model for Counter {
        type State = u8;
        type Action = ();
        fn init_states(&self) -> Vec<u8> {
            vec![0]
        }
        fn actions(&self, _: &u8, actions: &mut Vec<()>) {
            actions.push(());
        }
        fn next_state(&self, state: &u8, (): ()) -> Option<u8> {
            Some(state + 1)
        }
        fn within_boundary(&self, state: &u8) -> bool {
            *state <= self.most
        }
    }

    let [three, two] = [3, 2].map(|most| Counter { most });
    let checker = |model| Checker::new(model).always_step("at most 3", |_, (), to| *to <= 3);
    let report = checker(&three).run();
    let trace = report.assert_violated("at most 3");
    assert_eq!(trace.states(), [0, 1, 2, 3, 4]);
    let admission = |model| checker(model).admission("at most 3", trace, |()| ());
    assert_eq!(admission(&three), Some(Admission::Violated));
    assert_eq!(admission(&two), Some(Admission::Refused(3)));
    let report = checker(&two).run();
    assert_eq!(report.findings()[0].triggered, Some(3));
    report.assert_holds();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_schedule_is_followed_as_far_as_it_can_be_taken(
        system in systems(),
        place in any::<prop::sample::Index>(),
        instead in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let report = checker(&system).run();
        let trace = report.finding("not bad").and_then(|finding| finding.verdict.trace());
        prop_assume!(trace.is_some_and(|trace| trace.len() > 0));
        let trace = trace.expect("just seen");
        let by_itself = checker(&system).admission("not bad", trace, |action| *action);
        prop_assert_eq!(by_itself, Some(Admission::Violated));
        prop_assert_eq!(checker(&system).admission("nothing", trace, |action| *action), None);

        // The schedule visits no state twice, so exactly this step of it is another.
        let step = place.index(trace.len());
        let (from, action) = (trace.states()[step], trace.actions()[step]);
        let to = instead.map(|index| index.index(system.edges.len()) as u8);
        let mut other = system.clone();
        other.edges[usize::from(from)][action] = to;
        let found = checker(&other).admission("not bad", trace, |action| *action);

        let within = |to: &u8| other.within_boundary(to);
        let expected = match to.filter(within) {
            None => Admission::Refused(step + 1),
            Some(to) if is_bad(to) => Admission::Violated,
            Some(to) if to == trace.states()[step + 1] => Admission::Violated,
            // From there on the actions are taken by their numbers.
            Some(mut state) => {
                let rest = (step + 2..).zip(&trace.actions()[step + 1..]);
                let mut ends = None;
                for (number, action) in rest {
                    let next = other.edges[usize::from(state)].get(*action).copied().flatten();
                    match next.filter(within) {
                        None => ends = Some(Admission::Refused(number)),
                        Some(next) if is_bad(next) => ends = Some(Admission::Violated),
                        Some(next) => state = next,
                    }
                    if ends.is_some() {
                        break;
                    }
                }
                ends.unwrap_or(Admission::Harmless(step + 1))
            }
        };
        prop_assert_eq!(found, Some(expected));

        // Where labels do not tell actions apart, the schedule's own state is found.
        let blurred = checker(&system).admission("not bad", trace, |_| ());
        prop_assert_eq!(blurred, Some(Admission::Violated));
    }
}
