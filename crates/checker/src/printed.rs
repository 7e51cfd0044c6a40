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

impl<'m, M: Model> Report<'m, M> {
    /// The report in words, all of it or the finding on one property.
    ///
    /// ```
    /// # use planwright_checker::{Checker, Model, Trace};
    /// # struct Counter;
    /// # impl Model for Counter {
    /// #     type State = u8;
    /// #     type Action = ();
    /// #     fn init_states(&self) -> Vec<u8> { vec![0] }
    /// #     fn actions(&self, _: &u8, actions: &mut Vec<()>) { actions.push(()); }
    /// #     fn next_state(&self, state: &u8, _: ()) -> Option<u8> { state.checked_add(1) }
    /// # }
    /// let report = Checker::new(&Counter).always("at most 3", |state| *state <= 3).run();
    /// let words = |_: &_, trace: &Trace<u8, ()>| format!("it counts to {}", trace.len());
    /// let printed = report.printed().finding("at most 3").schedules(&words).to_string();
    /// assert_eq!(printed, "violated: at most 3 (shortest schedule: 4 steps)\nit counts to 4\n");
    /// ```
    pub fn printed(&self) -> Printed<'_, 'm, M> {
        Printed {
            report: self,
            only: None,
            schedule: None,
            replay: None,
        }
    }
}

/// A [`Report`] in words. Lines that each end, but the last one of a whole report.
pub struct Printed<'r, 'm, M: Model> {
    report: &'r Report<'m, M>,
    only: Option<&'r str>,
    schedule: Option<&'r Teller<'r, M>>,
    replay: Option<&'r ReplayLine<'r>>,
}

impl<'r, M: Model> Printed<'r, '_, M> {
    /// Only the finding on this property; nothing if there is no such property.
    pub fn finding(mut self, property: &'r str) -> Self {
        self.only = Some(property);
        self
    }

    /// Schedules of violations, and what comes after them, in these words instead of those that
    /// [the checker was given](Checker::tell_schedules), or a table of states.
    pub fn schedules(mut self, words: &'r Teller<'r, M>) -> Self {
        self.schedule = Some(words);
        self
    }

    /// The line that replays a witness, or the way to a fault, made of its [path](Trace::path).
    pub fn replays(mut self, line: &'r ReplayLine<'r>) -> Self {
        self.replay = Some(line);
        self
    }
}

impl<M: Model> Printed<'_, '_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    pub(crate) fn schedule(&self, finding: &FindingOf<M>, trace: &TraceOf<M>) -> String {
        match (self.schedule, &self.report.teller) {
            (Some(words), _) => words(finding, trace),
            (None, Some(words)) => words(finding, trace),
            (None, None) => {
                let model = self.report.model();
                let aftermath = Aftermath::of(finding, |action| model.format_action(action));
                trace.display(model).then(aftermath).to_string()
            }
        }
    }

    pub(crate) fn replay(&self, path: &str) -> String {
        self.replay
            .map_or_else(|| path.to_owned(), |line| line(path))
    }
}

impl<M: Model> fmt::Display for Printed<'_, '_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.report;
        if let Some(property) = self.only {
            return match report.finding(property) {
                Some(finding) => report.write_finding(f, finding, self),
                None => Ok(()),
            };
        }
        if report.findings().is_empty() {
            writeln!(
                f,
                "undecided: there is no property to check; add one with `always`, `always_step` or \
                 `sometimes`"
            )?;
        }
        for finding in report.findings() {
            report.write_finding(f, finding, self)?;
        }
        f.write_str(&report.coverage(self))
    }
}

impl<M: Model> fmt::Debug for Printed<'_, '_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Printed").field(self.report).finish()
    }
}

impl<M: Model> fmt::Display for Report<'_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.printed(), f)
    }
}

/// Words for the schedule of a violation.
type Teller<'r, M> = dyn Fn(&FindingOf<M>, &TraceOf<M>) -> String + 'r;

/// Makes a replay line of a path.
type ReplayLine<'r> = dyn Fn(&str) -> String + 'r;

/// Words for schedules, of a checker that is sent to another thread.
pub(crate) type SharedTeller<'m, M> =
    dyn Fn(&FindingOf<M>, &TraceOf<M>) -> String + Send + Sync + 'm;
