//! The nearest state, from anywhere in the model, at which a property is decided.

use std::hash::Hash;

use indexmap::IndexMap;
use planwright_model::Model;

use crate::explore::Watch;
use crate::property::{Condition, PropertyOf};
use crate::reading::value;
use crate::{Checkable, Checker, Limit, Trace};

/// What may follow a schedule, as far as one property is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nearest<S, A> {
    /// The schedule, continued in as few steps as possible to a violation, or to a state that satisfies a
    /// `sometimes` property.
    Found(Trace<S, A>),
    /// Whatever follows, there is none.
    None {
        /// How many states follow, counting the one where the schedule ends.
        states: usize,
    },
    /// A limit ended the search before that was known.
    Undecided {
        /// Which.
        limit: Limit,
        /// How many states were looked at.
        states: usize,
        /// There is none within this many steps more.
        depth: usize,
    },
}

/// Why nothing was looked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NearestError {
    /// The checker has no such property.
    #[error("there is no property `{0}`")]
    NoSuchProperty(String),
    /// No single state or step decides it.
    #[error(
        "`{0}` is about whole runs, which no single state or step decides; check the model for it"
    )]
    AboutRuns(String),
}

/// How many states are looked at between two looks at the clock.
const STATES_A_LOOK: usize = 1 << 10;

impl<'m, M: Checkable<State: Eq>> Checker<'m, M> {
    /// The nearest violation of a property after a schedule; of a `sometimes` property, the nearest
    /// witness. What the schedule itself violates before its end does not count.
    ///
    /// This is for whoever walks through a model: it searches breadth first on one thread and keeps states
    /// whole, so it is slower and takes more memory than [`run`](Self::run). It heeds the limits of time and
    /// memory and the interrupt. States outside the model's boundary are left out.
    ///
    /// # Errors
    ///
    /// If there is no such property, or if it is about runs.
    ///
    /// # Panics
    ///
    /// If the model panics, or is not deterministic.
    ///
    /// # Example
    ///
    /// ```
    /// use planwright_checker::{Checker, Model, Nearest, Trace};
    ///
    /// struct Countdown;
    ///
    /// impl Model for Countdown {
    ///     type State = u8;
    ///     type Action = u8;
    ///     fn init_states(&self) -> Vec<u8> {
    ///         vec![9]
    ///     }
    ///     fn actions(&self, left: &u8, actions: &mut Vec<u8>) {
    ///         actions.extend([2, 3].into_iter().filter(|less| less <= left));
    ///     }
    ///     fn next_state(&self, left: &u8, less: u8) -> Option<u8> {
    ///         left.checked_sub(less)
    ///     }
    /// }
    ///
    /// let checker = Checker::new(&Countdown).always("never at 2", |left| *left != 2);
    /// let nearest = |path| {
    ///     let trace = Trace::replay(&Countdown, path).expect("a schedule of the model");
    ///     checker.nearest("never at 2", &trace)
    /// };
    /// let Ok(Nearest::Found(trace)) = nearest("0") else { panic!("it is found") };
    /// assert_eq!(trace.states(), [9, 7, 5, 2]);
    /// // From 3 nothing leads there.
    /// assert_eq!(nearest("0/1/1"), Ok(Nearest::None { states: 3 }));
    /// ```
    pub fn nearest(
        &self,
        property: &str,
        trace: &Trace<M::State, M::Action>,
    ) -> Result<Nearest<M::State, M::Action>, NearestError> {
        let asked = self.asked();
        let found = asked.find(property);
        let property = found.ok_or_else(|| NearestError::NoSuchProperty(property.to_owned()))?;
        if let Condition::Temporal(..) = property.condition {
            return Err(NearestError::AboutRuns(property.name.clone()));
        }
        let search = Search {
            model: &self.model,
            property,
            reached: IndexMap::new(),
        };
        let options = &self.options;
        let watch = Watch::new(options.time_limit, options.memory_limit, options.interrupt);
        Ok(search.run(trace, &watch))
    }
}

/// A breadth-first search from one state.
struct Search<'a, 'm, M: Model> {
    model: &'a M,
    property: &'a PropertyOf<'m, M>,
    /// In the order in which they were reached, so that it is the queue as well: each state with the place
    /// of its parent and the ordinal of the action. The first is its own parent.
    reached: IndexMap<M::State, (usize, u32)>,
}

impl<M> Search<'_, '_, M>
where
    M: Model,
    M::State: Clone + Hash + Eq,
    M::Action: Clone,
{
    fn run(
        mut self,
        trace: &Trace<M::State, M::Action>,
        watch: &Watch<'_>,
    ) -> Nearest<M::State, M::Action> {
        let step = trace.steps().next_back();
        let step = step.map(|(before, action, _)| (before, action));
        if self.decides(step, trace.last_state()) {
            return Nearest::Found(trace.clone());
        }
        self.reached.insert(trace.last_state().clone(), (0, 0));
        let (mut place, mut depth, mut level_end) = (0, 0, 1);
        let mut actions = Vec::new();
        while let Some((state, _)) = self.reached.get_index(place) {
            if place % STATES_A_LOOK == 0
                && watch.look_at_memory(0)
                && let Some(limit) = watch.limit()
            {
                let states = self.reached.len();
                return Nearest::Undecided {
                    limit,
                    states,
                    depth,
                };
            }
            let state = state.clone();
            self.model.actions(&state, &mut actions);
            for (ordinal, action) in (0..).zip(actions.drain(..)) {
                let Some(next) = self.model.next_state(&state, action.clone()) else {
                    continue;
                };
                let decides = match self.model.within_boundary(&next) {
                    true => self.decides(Some((&state, &action)), &next),
                    // A step all the same.
                    false => self.property.refuses(&state, &action, &next),
                };
                if decides {
                    return Nearest::Found(self.continued(trace, place, ordinal));
                }
                if self.model.within_boundary(&next) {
                    self.reached.entry(next).or_insert((place, ordinal));
                }
            }
            place += 1;
            if place == level_end {
                (depth, level_end) = (depth + 1, self.reached.len());
            }
        }
        Nearest::None {
            states: self.reached.len(),
        }
    }

    /// Whether this is what is looked for.
    fn decides(&self, step: Option<(&M::State, &M::Action)>, state: &M::State) -> bool {
        let wanted = matches!(self.property.condition, Condition::Sometimes(_));
        value(self.model, self.property, step, state) == Some(wanted)
    }

    /// The schedule, continued to the state at this place and by one more step.
    fn continued(
        &self,
        trace: &Trace<M::State, M::Action>,
        mut place: usize,
        last: u32,
    ) -> Trace<M::State, M::Action> {
        let mut ordinals = vec![last];
        while place > 0 {
            let (parent, ordinal) = self.reached[place];
            ordinals.push(ordinal);
            place = parent;
        }
        ordinals.extend(trace.ordinals().iter().rev());
        ordinals.reverse();
        Trace::follow(self.model, trace.initial(), &ordinals)
            .expect("a deterministic model replays what it did")
    }
}
