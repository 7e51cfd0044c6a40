//! The worst that can happen, against distances that are computed by going round and round.

use planwright_checker::{Checker, Limit, Model, Trace};
use planwright_oracle::Naive;
use proptest::prelude::*;

use crate::generated::{System, systems};

impl System {
    /// A measure of harm.
    fn harm(&self, state: u8) -> u64 {
        let place = usize::from(state);
        u64::from(self.when[place]) + 2 * u64::from(self.bad[place])
    }
}

/// For each of these states, the number of steps to the nearest one without harm.
fn distances(system: &System, states: &[u8]) -> Vec<Option<usize>> {
    let mut found: Vec<_> = states
        .iter()
        .map(|s| (system.harm(*s) == 0).then_some(0))
        .collect();
    // So many rounds as the longest way has steps.
    for _ in states {
        for (place, state) in states.iter().enumerate() {
            let next = system.next_states(state).into_iter();
            let next = next.filter(|next| system.within_boundary(next));
            let known = next.filter_map(|next| {
                let there = states.iter().position(|state| *state == next)?;
                found[there].map(|steps: usize| steps + 1)
            });
            if let Some(shortest) = known.min()
                && found[place].is_none_or(|steps| shortest < steps)
            {
                found[place] = Some(shortest);
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_worst_is_as_bad_as_it_gets(system in systems()) {
        let naive = Naive::explore(&system);
        let distances = distances(&system, &naive.states);
        let harms: Vec<u64> = naive.states.iter().map(|state| system.harm(*state)).collect();
        let worst = Checker::new(&system).worst(|state| system.harm(*state));
        prop_assert_eq!(worst.states, naive.states.len());
        prop_assert_eq!(&worst.limit, &None);

        let most = harms.iter().copied().max().filter(|harm| *harm > 0);
        prop_assert_eq!(worst.most.as_ref().map(|most| most.harm), most);
        if let Some(found) = &worst.most {
            let soonest = naive.shortest(|state| system.harm(*state) == found.harm);
            prop_assert_eq!(Some(found.trace.len()), soonest);
            prop_assert_eq!(system.harm(*found.trace.last_state()), found.harm);
            prop_assert!(Trace::replay(&system, &found.trace.path()).is_ok());
        }

        let longest = distances.iter().flatten().copied().max().filter(|steps| *steps > 0);
        prop_assert_eq!(worst.longest.as_ref().map(|way| way.steps()), longest);
        if let Some(way) = &worst.longest {
            let harmed = way.trace.states()[way.harmed_after];
            let place = naive.states.iter().position(|state| *state == harmed).expect("reachable");
            prop_assert_eq!(distances[place], longest);
            prop_assert_eq!(naive.shortest(|state| *state == harmed), Some(way.harmed_after));
            // All the way there is harm, and none at its end.
            let back = &way.trace.states()[way.harmed_after..];
            let harms: Vec<_> = back.iter().map(|state| system.harm(*state) > 0).collect();
            prop_assert!(harms[..harms.len() - 1].iter().all(|harm| *harm));
            prop_assert_eq!(harms.last(), Some(&false));
        }

        let trapped = naive.states.iter().zip(&distances).find(|(_, steps)| steps.is_none());
        let soonest = trapped.and_then(|(trapped, _)| naive.shortest(|state| state == trapped));
        prop_assert_eq!(worst.for_ever.as_ref().map(Trace::len), soonest);
    }
}

/// Counts for ever.
struct Endless;

impl Model for Endless {
    type State = u64;
    type Action = ();
    fn init_states(&self) -> Vec<u64> {
        vec![0]
    }
    fn actions(&self, _: &u64, actions: &mut Vec<()>) {
        actions.push(());
    }
    fn next_state(&self, state: &u64, (): ()) -> Option<u64> {
        Some(state + 1)
    }
}

#[test]
fn what_a_limit_ends_says_so_and_nothing_of_ways_back() {
    let none = std::time::Duration::ZERO;
    let worst = Checker::new(&Endless)
        .time_limit(none)
        .worst(|state| *state);
    assert_eq!(worst.limit, Some(Limit::Time(none)));
    assert_eq!((worst.longest, worst.for_ever), (None, None));
}
