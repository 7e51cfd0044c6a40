//! The least that must be done by hand.

use std::collections::HashSet;
use std::hash::Hash;

/// A shortest sequence of repairs after which a broken state works, each with the state it leads to;
/// empty if the state works as it is, `None` if no sequence of at most `most` repairs makes it work.
///
/// Breadth first over `repairs`, which are not actions of the model; `works` is asked once about each
/// state, and would run a [`Checker`](crate::Checker) from there on
/// ([`Checker::starting_at`](crate::Checker::starting_at)). So the time is that of one check for each state that can
/// be reached by fewer repairs.
///
/// ```
/// use planwright_checker::shortest_repair;
///
/// // A counter is repaired by adding 3 or 5; multiples of 7 work.
/// let repairs = |n: &u32| vec![("+3", n + 3), ("+5", n + 5)];
/// let found = shortest_repair(1, 4, repairs, |n| n % 7 == 0);
/// assert_eq!(found, Some(vec![("+3", 4), ("+3", 7)]));
/// ```
pub fn shortest_repair<S, R>(
    broken: S,
    most: usize,
    repairs: impl Fn(&S) -> Vec<(R, S)>,
    mut works: impl FnMut(&S) -> bool,
) -> Option<Vec<(R, S)>>
where
    S: Clone + Eq + Hash,
    R: Clone,
{
    if works(&broken) {
        return Some(Vec::new());
    }
    let mut seen = HashSet::from([broken.clone()]);
    let mut frontier = vec![(broken, Vec::new())];
    for _ in 0..most {
        let mut next = Vec::new();
        for (state, done) in frontier {
            for (repair, repaired) in repairs(&state) {
                if !seen.insert(repaired.clone()) {
                    continue;
                }
                let mut done = done.clone();
                done.push((repair, repaired.clone()));
                if works(&repaired) {
                    return Some(done);
                }
                next.push((repaired, done));
            }
        }
        frontier = next;
    }
    None
}
