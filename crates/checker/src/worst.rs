//! The worst that can happen, beside the soonest.

use std::hash::Hash;

use indexmap::IndexMap;
use planwright_model::Model;

use crate::explore::Watch;
use crate::{Checkable, Checker, Limit, Trace};

/// The worst that can happen in a model, by a measure of harm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worst<S, A> {
    /// The most harm there is in any state, and a shortest schedule to it; `None` if there is never any.
    pub most: Option<Harm<S, A>>,
    /// The state from which it takes longest until there is no harm, among those from which that can be;
    /// `None` if there never is any.
    pub longest: Option<WayBack<S, A>>,
    /// A shortest schedule to a state from which nothing leads back to one without harm.
    pub for_ever: Option<Trace<S, A>>,
    /// How many states were looked at.
    pub states: usize,
    /// What ended the search early. Then there may be worse, and nothing is said of ways back.
    pub limit: Option<Limit>,
}

/// A harm, and how it comes about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Harm<S, A> {
    /// How much, by the measure.
    pub harm: u64,
    /// A shortest schedule to it.
    pub trace: Trace<S, A>,
}

/// A way back to a state without harm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayBack<S, A> {
    /// The schedule: a shortest one to a state with harm, and from there a shortest one back.
    pub trace: Trace<S, A>,
    /// How many steps come before the way back.
    pub harmed_after: usize,
}

impl<S, A> WayBack<S, A> {
    /// How many steps it takes at least.
    pub fn steps(&self) -> usize {
        self.trace.len() - self.harmed_after
    }
}

/// How many states are looked at between two looks at the clock.
const STATES_A_LOOK: usize = 1 << 10;

/// Of states that do not lead to one without harm.
const NEVER: u32 = u32::MAX;

impl<'m, M: Checkable<State: Eq>> Checker<'m, M> {
    /// The worst that can happen, by a measure of harm that is 0 where all is well.
    ///
    /// The soonest violation is the easiest to understand; the worst says what is at stake: how much is
    /// broken at once, and how long it takes until nothing is.
    ///
    /// This looks at all states within the model's boundary, breadth first on one thread, and keeps them
    /// whole: it takes more memory than [`run`](Self::run). It heeds the limits of states, time and memory and
    /// the interrupt. Time and memory are linear in the number of transitions.
    ///
    /// # Panics
    ///
    /// If the model panics, or is not deterministic.
    ///
    /// # Example
    ///
    /// ```
    /// use planwright_checker::{Checker, Limit, Model};
    ///
    /// /// Two lamps that fail one after the other, and are repaired one at a time.
    /// struct Lamps;
    ///
    /// impl Model for Lamps {
    ///     type State = u8;
    ///     type Action = i8;
    ///     fn init_states(&self) -> Vec<u8> {
    ///         vec![2]
    ///     }
    ///     fn actions(&self, lit: &u8, actions: &mut Vec<i8>) {
    ///         actions.extend((*lit > 0).then_some(-1));
    ///         actions.extend((*lit < 2).then_some(1));
    ///     }
    ///     fn next_state(&self, lit: &u8, change: i8) -> Option<u8> {
    ///         lit.checked_add_signed(change)
    ///     }
    /// }
    ///
    /// let worst = Checker::new(&Lamps).worst(|lit| u64::from(2 - lit));
    /// let most = worst.most.expect("lamps fail");
    /// assert_eq!((most.harm, most.trace.len()), (2, 2));
    /// let longest = worst.longest.expect("they are repaired");
    /// assert_eq!(longest.trace.states(), [2, 1, 0, 1, 2]);
    /// assert_eq!(longest.steps(), 2);
    /// assert!(worst.for_ever.is_none());
    ///
    /// let few = Checker::new(&Lamps).max_states(2).worst(|lit| u64::from(2 - lit));
    /// assert_eq!((few.states, few.limit), (2, Some(Limit::States(2))));
    /// ```
    pub fn worst(&self, harm: impl Fn(&M::State) -> u64) -> Worst<M::State, M::Action> {
        let options = &self.options;
        let watch = Watch::new(options.time_limit, options.memory_limit, options.interrupt);
        let mut reached = Reached {
            model: &self.model,
            states: IndexMap::new(),
            steps: Vec::new(),
        };
        let limit = reached.everything(&watch, options.max_states);
        let harms: Vec<u64> = reached.states.keys().map(harm).collect();
        // The first of those with the most is the nearest.
        let most = (0..harms.len()).rev().max_by_key(|place| harms[*place]);
        let most = most.filter(|place| harms[*place] > 0);
        // What was not looked at may lead back, or do so sooner.
        let ways = match limit {
            None => reached.ways_back(&harms),
            Some(_) => Vec::new(),
        };
        let returning = (0..ways.len())
            .rev()
            .filter(|place| ways[*place].0 != NEVER);
        let longest = returning.max_by_key(|place| ways[*place].0);
        let longest = longest.filter(|place| harms[*place] > 0);
        let for_ever = ways.iter().position(|(steps, _)| *steps == NEVER);
        Worst {
            most: most.map(|place| Harm {
                harm: harms[place],
                trace: reached.trace(place, &[]),
            }),
            longest: longest.map(|place| WayBack {
                harmed_after: reached.ordinals(place).1.len(),
                trace: reached.trace(place, &ways),
            }),
            for_ever: for_ever.map(|place| reached.trace(place, &[])),
            states: reached.states.len(),
            limit,
        }
    }
}

/// All reachable states.
struct Reached<'m, M: Model> {
    model: &'m M,
    /// In the order in which they were reached: each with the place of its parent and the ordinal of the
    /// action, or of the initial state, which is its own parent.
    states: IndexMap<M::State, (usize, u32)>,
    /// All steps: from, to, the ordinal of the action.
    steps: Vec<(usize, usize, u32)>,
}

/// To the nearest state without harm: the number of steps, and the first one: its ordinal and where it
/// leads.
type Way = (u32, Option<(u32, usize)>);

impl<M> Reached<'_, M>
where
    M: Model,
    M::State: Clone + Hash + Eq,
    M::Action: Clone,
{
    fn everything(&mut self, watch: &Watch<'_>, most: Option<u64>) -> Option<Limit> {
        for (ordinal, state) in (0..).zip(self.model.init_states()) {
            if self.model.within_boundary(&state) {
                let place = self.states.len();
                self.states.entry(state).or_insert((place, ordinal));
            }
        }
        let (mut place, mut actions) = (0, Vec::new());
        while let Some((state, _)) = self.states.get_index(place) {
            if place % STATES_A_LOOK == 0 && watch.look_at_memory(0) {
                return watch.limit();
            }
            if let Some(most) = most.filter(|most| self.states.len() as u64 >= *most) {
                return Some(Limit::States(most));
            }
            let state = state.clone();
            self.model.actions(&state, &mut actions);
            for (ordinal, action) in (0..).zip(actions.drain(..)) {
                let next = self.model.next_state(&state, action);
                let Some(next) = next.filter(|next| self.model.within_boundary(next)) else {
                    continue;
                };
                let entry = self.states.entry(next);
                self.steps.push((place, entry.index(), ordinal));
                entry.or_insert((place, ordinal));
            }
            place += 1;
        }
        None
    }

    /// From each state the nearest way to one without harm: backwards from those, breadth first.
    fn ways_back(&self, harms: &[u64]) -> Vec<Way> {
        let mut first_into = vec![0_usize; harms.len() + 1];
        for (_, to, _) in &self.steps {
            first_into[to + 1] += 1;
        }
        for place in 0..harms.len() {
            first_into[place + 1] += first_into[place];
        }
        let mut into = vec![(0, 0); self.steps.len()];
        let mut free = first_into.clone();
        for (from, to, ordinal) in &self.steps {
            into[free[*to]] = (*from, *ordinal);
            free[*to] += 1;
        }
        let way = |harm: &u64| if *harm == 0 { (0, None) } else { (NEVER, None) };
        let mut ways: Vec<Way> = harms.iter().map(way).collect();
        let mut queue: Vec<usize> = (0..harms.len())
            .filter(|place| harms[*place] == 0)
            .collect();
        let mut next = 0;
        while let Some(&to) = queue.get(next) {
            next += 1;
            for (from, ordinal) in &into[first_into[to]..first_into[to + 1]] {
                if ways[*from].0 == NEVER {
                    ways[*from] = (ways[to].0 + 1, Some((*ordinal, to)));
                    queue.push(*from);
                }
            }
        }
        ways
    }

    /// The initial state and the ordinals of a shortest schedule to a place.
    fn ordinals(&self, mut place: usize) -> (u32, Vec<u32>) {
        let mut ordinals = Vec::new();
        loop {
            let (parent, ordinal) = self.states[place];
            if parent == place {
                ordinals.reverse();
                return (ordinal, ordinals);
            }
            ordinals.push(ordinal);
            place = parent;
        }
    }

    /// A shortest schedule to a place, and on along these ways.
    fn trace(&self, mut place: usize, ways: &[Way]) -> Trace<M::State, M::Action> {
        let (initial, mut ordinals) = self.ordinals(place);
        while let Some((_, Some((ordinal, to)))) = ways.get(place) {
            ordinals.push(*ordinal);
            place = *to;
        }
        Trace::follow(self.model, initial, &ordinals)
            .expect("a deterministic model replays what it did")
    }
}
