//! A report, printed.

use std::fmt::{self, Debug};

use planwright_model::Model;

use crate::{Aftermath, Checker, Finding, Report, Trace};

/// A finding of a model's.
pub(crate) type FindingOf<M> = Finding<<M as Model>::State, <M as Model>::Action>;

/// A schedule of a model's.
pub(crate) type TraceOf<M> = Trace<<M as Model>::State, <M as Model>::Action>;

impl<'m, M: Model> Checker<'m, M> {
    /// The model.
    pub fn model(&self) -> &'m M {
        self.model.model()
    }

    /// The report prints the schedules of violations, and what comes after them, in the words that `tell`
    /// finds, instead of as tables of states.
    ///
    /// For models that can depict themselves, `planwright_report::CheckerExt::depict` calls this with
    /// timelines.
    ///
    /// ```
    /// # use planwright_checker::{Checker, Model};
    /// # struct Counter;
    /// # impl Model for Counter {
    /// #     type State = u8;
    /// #     type Action = ();
    /// #     fn init_states(&self) -> Vec<u8> { vec![0] }
    /// #     fn actions(&self, _: &u8, actions: &mut Vec<()>) { actions.push(()); }
    /// #     fn next_state(&self, state: &u8, _: ()) -> Option<u8> { state.checked_add(1) }
    /// # }
    /// let checker = Checker::new(&Counter).always("at most 3", |state| *state <= 3);
    /// let checker = checker.tell_schedules(|_, trace| format!("it counts to {}", trace.len()));
    /// let told = checker.run().to_string();
    /// assert!(told.starts_with("violated: at most 3 (shortest schedule: 4 steps)\nit counts to 4\n"));
    /// ```
    pub fn tell_schedules(
        mut self,
        tell: impl Fn(&FindingOf<M>, &TraceOf<M>) -> String + Send + Sync + 'm,
    ) -> Self {
        self.teller = Some(Box::new(tell));
        self
    }
}

impl<M: Model> Report<'_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    /// The printed report with the schedules of its violations, and what comes after them, in other words,
    /// which `schedule` finds; and with other lines to replay its witnesses and the way to a fault, which `replay`
    /// makes of a [path](Trace::path).
    ///
    /// ```
    /// # use planwright_checker::{Checker, Model};
    /// # struct Counter;
    /// # impl Model for Counter {
    /// #     type State = u8;
    /// #     type Action = ();
    /// #     fn init_states(&self) -> Vec<u8> { vec![0] }
    /// #     fn actions(&self, _: &u8, actions: &mut Vec<()>) { actions.push(()); }
    /// #     fn next_state(&self, state: &u8, _: ()) -> Option<u8> { state.checked_add(1) }
    /// # }
    /// let report = Checker::new(&Counter).always("at most 3", |state| *state <= 3).run();
    /// let tell = |_: &_, trace: &planwright_checker::Trace<u8, ()>| format!("it counts to {}", trace.len());
    /// let told = report.told_by(&tell, &|path| format!("counter {path}")).to_string();
    /// assert!(told.starts_with("violated: at most 3 (shortest schedule: 4 steps)\nit counts to 4\n"));
    /// ```
    pub fn told_by<'r>(
        &'r self,
        schedule: &'r Teller<'r, M>,
        replay: &'r ReplayLine<'r>,
    ) -> impl fmt::Display + 'r {
        Told {
            report: self,
            words: Words { schedule, replay },
        }
    }

    /// The finding of this name in words, with its schedule, as the whole report prints it: lines that
    /// each end. `None` if there is no such property.
    pub fn told(&self, name: &str) -> Option<impl fmt::Display> {
        self.finding(name).map(|finding| Alone(self, finding))
    }

    /// As [`told`](Self::told), in other words, as for [`told_by`](Self::told_by).
    pub fn finding_told_by<'r>(
        &'r self,
        name: &str,
        schedule: &'r Teller<'r, M>,
        replay: &'r ReplayLine<'r>,
    ) -> Option<impl fmt::Display + 'r> {
        self.finding(name).map(|finding| AloneBy {
            report: self,
            finding,
            words: Words { schedule, replay },
        })
    }

    /// The schedule of a violation in the checker's words: a table, unless it was
    /// [given others](Checker::tell_schedules).
    fn schedule(&self, finding: &FindingOf<M>, trace: &TraceOf<M>) -> String {
        if let Some(teller) = &self.teller {
            return teller(finding, trace);
        }
        let tell = |action: &M::Action| self.model().format_action(action);
        let aftermath = Aftermath::of(finding, tell);
        trace.display(self.model()).then(aftermath).to_string()
    }
}

impl<M: Model> fmt::Display for Report<'_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(
            &self.told_by(
                &|finding, trace| self.schedule(finding, trace),
                &str::to_owned,
            ),
            f,
        )
    }
}

impl<M: Model> Report<'_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    /// What ended the exploration, in which state, and the action that led there.
    pub(crate) fn fault_lines(&self, replay: &ReplayLine<'_>) -> Vec<String> {
        let Some(fault) = self.completion().fault() else {
            return Vec::new();
        };
        let mut lines = vec![format!("fault: {fault}")];
        if let Some(mut location) = self.location(fault) {
            location.replay = replay(&location.replay);
            lines.extend(location.lines());
        }
        lines
    }
}

/// One finding of a report in words.
struct Alone<'r, 'm, M: Model>(&'r Report<'m, M>, &'r FindingOf<M>);

impl<M: Model> fmt::Display for Alone<'_, '_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(report, finding) = self;
        let schedule = |finding: &_, trace: &_| report.schedule(finding, trace);
        let replay = str::to_owned;
        let words = Words {
            schedule: &schedule,
            replay: &replay,
        };
        report.write_finding(f, finding, words)
    }
}

/// One finding of a report, its schedule told in another way.
struct AloneBy<'r, 'm, M: Model> {
    report: &'r Report<'m, M>,
    finding: &'r FindingOf<M>,
    words: Words<'r, M>,
}

impl<M: Model> fmt::Display for AloneBy<'_, '_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.report.write_finding(f, self.finding, self.words)
    }
}

/// A report with its schedules told in another way: see [`Report::told_by`].
struct Told<'r, 'm, M: Model> {
    report: &'r Report<'m, M>,
    words: Words<'r, M>,
}

/// How schedules are told.
pub(crate) struct Words<'r, M: Model> {
    pub(crate) schedule: &'r Teller<'r, M>,
    pub(crate) replay: &'r ReplayLine<'r>,
}

impl<M: Model> Clone for Words<'_, M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M: Model> Copy for Words<'_, M> {}

/// Words for the schedule of a violation.
pub(crate) type Teller<'r, M> = dyn Fn(&FindingOf<M>, &TraceOf<M>) -> String + 'r;

/// Makes a replay line of a path.
pub(crate) type ReplayLine<'r> = dyn Fn(&str) -> String + 'r;

/// The same, of a checker that is sent to another thread.
pub(crate) type SharedTeller<'m, M> =
    dyn Fn(&FindingOf<M>, &TraceOf<M>) -> String + Send + Sync + 'm;

impl<M: Model> fmt::Display for Told<'_, '_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.report.findings().is_empty() {
            writeln!(
                f,
                "undecided: there is no property to check; add one with `always`, `always_step` or \
                 `sometimes`"
            )?;
        }
        for finding in self.report.findings() {
            self.report.write_finding(f, finding, self.words)?;
        }
        write!(f, "{}", self.report.coverage(self.words.replay))
    }
}
