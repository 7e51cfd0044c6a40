//! A report, printed.

use std::fmt::{self, Debug};

use planwright_model::Model;

use crate::{Aftermath, Finding, Report, Trace};

/// A finding of a model's.
pub(crate) type FindingOf<M> = Finding<<M as Model>::State, <M as Model>::Action>;

/// A schedule of a model's.
pub(crate) type TraceOf<M> = Trace<<M as Model>::State, <M as Model>::Action>;

impl<M: Model> Report<'_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    /// The printed report with the schedules of its violations, and what comes after them, in other words,
    /// which `schedule` finds.
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
    /// let told = report.told_by(&|_, trace| format!("it counts to {}", trace.len())).to_string();
    /// assert!(told.starts_with("violated: at most 3 (shortest schedule: 4 steps)\nit counts to 4\n"));
    /// ```
    pub fn told_by<'r>(
        &'r self,
        schedule: &'r (dyn Fn(&FindingOf<M>, &TraceOf<M>) -> String + 'r),
    ) -> impl fmt::Display + 'r {
        Told {
            report: self,
            schedule,
        }
    }

    /// The finding of this name in words, with its schedule, as the whole report prints it: lines that
    /// each end. `None` if there is no such property.
    pub fn told(&self, name: &str) -> Option<impl fmt::Display> {
        self.finding(name).map(|finding| Alone(self, finding))
    }

    /// As [`told`](Self::told), with the schedule of a violation in other words, as for
    /// [`told_by`](Self::told_by).
    pub fn finding_told_by<'r>(
        &'r self,
        name: &str,
        schedule: &'r (dyn Fn(&FindingOf<M>, &TraceOf<M>) -> String + 'r),
    ) -> Option<impl fmt::Display + 'r> {
        self.finding(name).map(|finding| AloneBy {
            report: self,
            finding,
            schedule,
        })
    }

    /// Schedules as tables.
    fn as_tables(&self) -> impl Fn(&FindingOf<M>, &TraceOf<M>) -> String {
        |finding, trace| {
            let tell = |action: &M::Action| self.model().format_action(action);
            let aftermath = Aftermath::of(finding, tell);
            trace.display(self.model()).then(aftermath).to_string()
        }
    }
}

impl<M: Model> fmt::Display for Report<'_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.told_by(&self.as_tables()), f)
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
        self.0.write_finding(f, self.1, &self.0.as_tables())
    }
}

/// One finding of a report, its schedule told in another way.
struct AloneBy<'r, 'm, M: Model> {
    report: &'r Report<'m, M>,
    finding: &'r FindingOf<M>,
    schedule: &'r Teller<'r, M>,
}

impl<M: Model> fmt::Display for AloneBy<'_, '_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.report.write_finding(f, self.finding, self.schedule)
    }
}

/// A report with its schedules told in another way: see [`Report::told_by`].
struct Told<'r, 'm, M: Model> {
    report: &'r Report<'m, M>,
    schedule: &'r Teller<'r, M>,
}

/// Words for the schedule of a violation.
pub(crate) type Teller<'r, M> = dyn Fn(&FindingOf<M>, &TraceOf<M>) -> String + 'r;

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
            self.report.write_finding(f, finding, self.schedule)?;
        }
        write!(f, "{}", self.report.coverage())
    }
}
