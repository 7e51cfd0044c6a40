//! The builder's properties, and what they assume.

use crate::properties::PropertiesOf;
use crate::{Checkable, Checker, Strength};

impl<'m, M: Checkable> Checker<'m, M> {
    /// Adds these properties, and conditions on runs.
    pub fn properties(mut self, properties: &PropertiesOf<'m, M>) -> Self {
        self.asked = self.asked.and(properties);
        self
    }

    /// What is asked, the model's own properties first.
    pub fn asked(&self) -> PropertiesOf<'m, M> {
        match self.local_only {
            true => self.asked.clone().without_temporal(),
            false => self.asked.clone(),
        }
    }

    fn ask(mut self, more: impl FnOnce(PropertiesOf<'m, M>) -> PropertiesOf<'m, M>) -> Self {
        self.asked = more(self.asked);
        self
    }

    /// Adds an invariant: `holds` is true in every reachable state.
    pub fn always(
        self,
        name: impl Into<String>,
        holds: impl Fn(&M::State) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.ask(|asked| asked.always(name, holds))
    }

    /// Adds an invariant that is about some states only: wherever `when` is true, so is `then`.
    ///
    /// The report says how often `when` was true; if never, the property holds vacuously, and
    /// [`Report::assert_holds`](crate::Report::assert_holds) refuses it.
    pub fn always_implies(
        self,
        name: impl Into<String>,
        when: impl Fn(&M::State) -> bool + Send + Sync + 'm,
        then: impl Fn(&M::State) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.ask(|asked| asked.always_implies(name, when, then))
    }

    /// Adds a property of steps: `holds` is true of every state, action and next state. Also known
    /// as an action invariant or transition property.
    ///
    /// A step from a state within the model's boundary to one outside is a step as well, although that next
    /// state is not explored and no property of states is asked there.
    pub fn always_step(
        self,
        name: impl Into<String>,
        holds: impl Fn(&M::State, &M::Action, &M::State) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.ask(|asked| asked.always_step(name, holds))
    }

    /// Adds a reachability property: `holds` is true in some reachable state.
    pub fn sometimes(
        self,
        name: impl Into<String>,
        holds: impl Fn(&M::State) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.ask(|asked| asked.sometimes(name, holds))
    }

    /// Adds the absence of deadlocks: in every reachable state that is not final, some action changes
    /// something. An action that the model ignores, or that leads back to the same state, does not.
    pub fn no_deadlock(
        self,
        name: impl Into<String>,
        is_final: impl Fn(&M::State) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.ask(|asked| asked.no_deadlock(name, is_final))
    }

    /// Adds recoverability: whatever has happened, a good state can still be reached. `AG EF good` in
    /// CTL; also known as resettability. Fairness has no part in it.
    ///
    /// If it is violated, the counterexample is a shortest schedule into a
    /// [`Trap`](crate::Trap). See `recoverable` and `leads_to` in an example at
    /// [`weakly_fair`](Self::weakly_fair).
    ///
    /// This, and everything about runs, needs the graph of all reachable states: about five bytes a
    /// step and 30 a state more, and decides after the whole exploration. A limit that ends it first
    /// leaves the property undecided, and so does the model's boundary if the answer depends on what
    /// lies outside.
    pub fn recoverable(
        self,
        name: impl Into<String>,
        good: impl Fn(&M::State) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.ask(|asked| asked.recoverable(name, good))
    }

    /// Adds a property of runs: every fair run comes to a state in which `holds` is true. `F` in LTL.
    ///
    /// A run starts in an initial state and goes on for ever by steps that change something, or stops: its
    /// last state then stays for ever. **Nothing has to happen unless it is declared**: a run may stop
    /// wherever no action is enabled that [`progress`](Self::progress), [`weakly_fair`](Self::weakly_fair) or
    /// [`strongly_fair`](Self::strongly_fair) covers; without any such condition, in every state. A run is
    /// fair if it meets every condition. A violation is shown as a [`Lasso`](crate::Lasso): a shortest way
    /// to where a fair run never does, and a cycle there, or where it may [rest](crate::Rest).
    ///
    /// The model's own properties of this kind, Stateright's `Property::eventually`, are judged as its users
    /// expect: a run stops only where nothing can happen. The [`Claim`](crate::Claim) says so. Unlike
    /// Stateright, cycles count too.
    pub fn eventually(
        self,
        name: impl Into<String>,
        holds: impl Fn(&M::State) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.ask(|asked| asked.eventually(name, holds))
    }

    /// Adds a property of runs: whenever `when` is true, `then` is true in that state or a later one,
    /// on every fair run. `G (when -> F then)` in LTL.
    ///
    /// The report says in how many states `when` was true; if in none, the property holds vacuously.
    pub fn leads_to(
        self,
        name: impl Into<String>,
        when: impl Fn(&M::State) -> bool + Send + Sync + 'm,
        then: impl Fn(&M::State) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.ask(|asked| asked.leads_to(name, when, then))
    }

    /// Adds a property of runs: `holds` is true again and again on every fair run. `G F` in LTL.
    pub fn always_eventually(
        self,
        name: impl Into<String>,
        holds: impl Fn(&M::State) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.ask(|asked| asked.always_eventually(name, holds))
    }

    /// Adds a property of runs: from some point on, `holds` stays true on every fair run. `F G` in
    /// LTL. Also known as stability, or as coming to rest.
    pub fn eventually_always(
        self,
        name: impl Into<String>,
        holds: impl Fn(&M::State) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.ask(|asked| asked.eventually_always(name, holds))
    }

    /// Adds a property of runs: every fair run comes to a state in which `then` is true, and in all
    /// states before it `first` is. `first U then` in LTL.
    pub fn until(
        self,
        name: impl Into<String>,
        first: impl Fn(&M::State) -> bool + Send + Sync + 'm,
        then: impl Fn(&M::State) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.ask(|asked| asked.until(name, first, then))
    }

    /// Assumes of runs that they do not stop while an action of the condition is enabled. They may go on for
    /// ever by other actions instead: for "whoever can act does, in the end" there is
    /// [`weakly_fair`](Self::weakly_fair), which asks for more. Give it to those that never stop working, and
    /// to no crash, operator or user, which may act and need not.
    ///
    /// An action is enabled where it leads to another state.
    ///
    /// # Panics
    ///
    /// If there are 64 conditions already.
    ///
    /// ```
    /// use planwright_checker::{Checker, Model, Rest};
    ///
    /// /// A service is stuck. It may find out itself, or an operator may restart it.
    /// struct Stuck;
    ///
    /// impl Model for Stuck {
    ///     type State = bool;
    ///     type Action = &'static str;
    ///     fn init_states(&self) -> Vec<bool> {
    ///         vec![false]
    ///     }
    ///     fn actions(&self, works: &bool, actions: &mut Vec<&'static str>) {
    ///         if !works {
    ///             actions.extend(["the operator restarts it", "it finds out"]);
    ///         }
    ///     }
    ///     fn next_state(&self, _: &bool, _: &'static str) -> Option<bool> {
    ///         Some(true)
    ///     }
    /// }
    ///
    /// let checker = || Checker::new(&Stuck).eventually("it works", |works| *works);
    /// // Both may act, and neither must.
    /// let report = checker().run();
    /// assert_eq!(report.assert_violated("it works").len(), 0);
    /// let lasso = report.findings()[0].lasso.as_ref().expect("it stops");
    /// assert_eq!(lasso.rests, Some(Rest::Anywhere));
    ///
    /// checker().progress("service", |by| *by == "it finds out").run().assert_holds();
    /// ```
    #[track_caller]
    pub fn progress(
        self,
        name: impl Into<String>,
        covers: impl Fn(&M::Action) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.fair(name, Strength::Progress, covers)
    }

    /// Assumes of runs that they stop only where nothing can happen any more: [`progress`](Self::progress)
    /// of every action. It suits models in which all that can happen must go on: threads, computations. In a
    /// model with faults, operators or users it takes for granted that they act.
    ///
    /// # Panics
    ///
    /// If there are 64 conditions already.
    #[track_caller]
    pub fn progress_of_all(self) -> Self {
        self.progress("all", |_| true)
    }

    /// Assumes of runs that what stays enabled is taken: if from some point on an action of the
    /// condition is enabled in every state, one of them is taken again and again. Give one condition
    /// to each process that never stops working, and none to crashes, operators and planners, which
    /// need not do anything: where only they can act, a run may stop.
    ///
    /// An action is enabled where it leads to another state.
    ///
    /// # Panics
    ///
    /// If there are 64 conditions already.
    ///
    /// ```
    /// use planwright_checker::{Checker, Model};
    ///
    /// /// A lamp that someone may switch, and that a caretaker switches on.
    /// struct Lamp;
    ///
    /// #[derive(Clone, Debug, PartialEq)]
    /// enum By {
    ///     Anyone,
    ///     Caretaker,
    /// }
    ///
    /// impl Model for Lamp {
    ///     type State = (bool, u8);
    ///     type Action = By;
    ///     fn init_states(&self) -> Vec<(bool, u8)> {
    ///         vec![(false, 0)]
    ///     }
    ///     fn actions(&self, (on, _): &(bool, u8), actions: &mut Vec<By>) {
    ///         actions.push(By::Anyone);
    ///         if !on {
    ///             actions.push(By::Caretaker);
    ///         }
    ///     }
    ///     fn next_state(&self, (on, turns): &(bool, u8), by: By) -> Option<(bool, u8)> {
    ///         match by {
    ///             By::Anyone => Some((*on, (turns + 1) % 3)),
    ///             By::Caretaker => Some((true, *turns)),
    ///         }
    ///     }
    /// }
    ///
    /// let checker = || Checker::new(&Lamp).eventually("light", |(on, _)| *on).progress_of_all();
    /// // Something happens, but anyone may play for ever.
    /// let report = checker().run();
    /// let finding = report.finding("light").expect("it was asked for");
    /// let lasso = finding.lasso.as_ref().expect("a run that goes on for ever");
    /// assert_eq!(lasso.cycle_start, 0);
    /// assert_eq!(report.assert_violated("light").len(), 3);
    ///
    /// let fair = checker().weakly_fair("caretaker", |by| *by == By::Caretaker);
    /// fair.recoverable("light, one day", |(on, _)| *on).run().assert_holds();
    /// ```
    #[track_caller]
    pub fn weakly_fair(
        self,
        name: impl Into<String>,
        covers: impl Fn(&M::Action) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.fair(name, Strength::Weak, covers)
    }

    /// Assumes of runs that what is enabled again and again is taken again and again: an action of the
    /// condition is taken infinitely often, or none is enabled any more from some point on. It asks
    /// more of those who carry it out than [`weakly_fair`](Self::weakly_fair): someone who keeps
    /// losing a conditional write must win it one day.
    ///
    /// # Panics
    ///
    /// If there are 64 conditions already.
    #[track_caller]
    pub fn strongly_fair(
        self,
        name: impl Into<String>,
        covers: impl Fn(&M::Action) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.fair(name, Strength::Strong, covers)
    }

    /// One of [`progress`](Self::progress), [`weakly_fair`](Self::weakly_fair) and
    /// [`strongly_fair`](Self::strongly_fair), by its strength.
    ///
    /// # Panics
    ///
    /// If there are 64 conditions already.
    #[track_caller]
    pub fn fair(
        mut self,
        name: impl Into<String>,
        strength: Strength,
        covers: impl Fn(&M::Action) -> bool + Send + Sync + 'm,
    ) -> Self {
        self.asked = self.asked.fair(name, strength, covers);
        self
    }

    /// Leaves out the conditions of this name: without one of them, does what rests on it still hold?
    pub fn without_fairness(mut self, name: &str) -> Self {
        self.asked
            .fairness
            .retain(|condition| condition.name != name);
        self
    }
}
