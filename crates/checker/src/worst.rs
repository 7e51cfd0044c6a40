//! The worst that can happen, beside the soonest.

use std::sync::{Arc, Mutex, PoisonError};

use crate::judge::follow;
use crate::properties::PropertiesOf;
use crate::{Checkable, Checker, Completion, Limit, Properties, Trace};

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

impl<'m, M: Checkable> Checker<'m, M> {
    /// The worst that can happen, by a measure of harm that is 0 where all is well.
    ///
    /// The soonest violation is the easiest to understand; the worst says what is at stake: how much is
    /// broken at once, and how long it takes until nothing is.
    ///
    /// This explores all states within the model's boundary, with the graph of their steps, and then again up to
    /// the most harm. It heeds the limits of states, time and memory and the interrupt.
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
    pub fn worst(
        &self,
        harm: impl Fn(&M::State) -> u64 + Send + Sync + 'm,
    ) -> Worst<M::State, M::Action> {
        let (harm, most) = (Arc::new(harm), Arc::new(Mutex::new(0)));
        let (measure, seen) = (Arc::clone(&harm), Arc::clone(&most));
        let ways = Properties::new().ways_back("harmless", move |state| {
            let harm = measure(state);
            // Nothing panics while it holds the lock.
            let mut most = seen.lock().unwrap_or_else(PoisonError::into_inner);
            *most = harm.max(*most);
            harm == 0
        });
        let report = self.looking_for(ways).run();
        let (longest, for_ever) = report.ways_back.clone().unwrap_or_default();
        let model = &self.model;
        let most = *most.lock().unwrap_or_else(PoisonError::into_inner);
        let expected = "a deterministic model replays what it did";
        let nearest = |least: u64| {
            let harm = Arc::clone(&harm);
            let less = Properties::new().always("less", move |state| harm(state) < least);
            let report = self.looking_for(less).run();
            report.findings()[0].verdict.trace().cloned()
        };
        // A limit may end this search sooner than the first; some harm is nearer than the most.
        let found = (most > 0).then(|| nearest(most).or_else(|| nearest(1)));
        Worst {
            most: found.flatten().map(|trace| Harm {
                harm: harm(trace.last_state()),
                trace,
            }),
            longest: longest.map(|(there, back)| WayBack {
                harmed_after: there.actions.len(),
                trace: follow(model, &there, &back).expect(expected),
            }),
            for_ever: for_ever.map(|there| follow(model, &there, &[]).expect(expected)),
            states: report.statistics().states as usize,
            limit: limit_of(report.completion()),
        }
    }

    fn looking_for(&self, asked: PropertiesOf<'m, M>) -> Self {
        let mut checker = self.asking(asked);
        checker.options.max_states = self.options.max_states;
        checker
    }
}

/// The limit that ended an exploration.
///
/// # Panics
///
/// If a fault did.
fn limit_of(completion: &Completion) -> Option<Limit> {
    match completion {
        Completion::Stopped(limit) => Some(*limit),
        Completion::Faulted(fault) => panic!("{fault}"),
        _ => None,
    }
}
