//! The nearest state, from anywhere in the model, at which a property is decided.

use crate::reading::value;
use crate::{Cause, Checkable, Checker, Limit, PropertyKind, Trace, Verdict};

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

impl<M: Checkable> Checker<'_, M> {
    /// The nearest violation of a property after a schedule; of a `sometimes` property, the nearest
    /// witness. What the schedule itself violates before its end does not count.
    ///
    /// This is [`run`](Self::run) from the end of the schedule on, with the same storage, threads, limits of time
    /// and memory, and interrupt. States outside the model's boundary are left out.
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
        let asked = self.asked().only(|name| name == property);
        let Some(wanted) = asked.find(property) else {
            return Err(NearestError::NoSuchProperty(property.to_owned()));
        };
        if wanted.kind.needs_graph() {
            return Err(NearestError::AboutRuns(property.to_owned()));
        }
        let (here, step) = (trace.last_state(), trace.steps().next_back());
        let step = step.map(|(before, action, _)| (before, action));
        let goal = wanted.kind == PropertyKind::Sometimes;
        if value(&self.model, wanted, step, here) == Some(goal) {
            return Ok(Nearest::Found(trace.clone()));
        }
        let mut search = self.asking(asked);
        search.model = self.model.clone().starting_at(vec![here.clone()]);
        let report = search.run();
        let statistics = report.statistics();
        let states = statistics.states as usize;
        Ok(match &report.findings()[0].verdict {
            Verdict::Undecided(Cause::Limit(limit)) => Nearest::Undecided {
                limit: *limit,
                states,
                depth: statistics.complete_depth.unwrap_or(0) as usize,
            },
            Verdict::Undecided(Cause::Fault(fault)) => panic!("{fault}"),
            verdict => match verdict.trace() {
                Some(found) => {
                    let ordinals = [trace.ordinals(), found.ordinals()].concat();
                    let continued = Trace::follow(&self.model, trace.initial(), &ordinals);
                    Nearest::Found(continued.expect("a deterministic model replays what it did"))
                }
                None => Nearest::None { states },
            },
        })
    }
}
