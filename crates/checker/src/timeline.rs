//! A schedule as a table for people.

use std::fmt::{self, Debug};

use planwright_model::{Model, printable};

use crate::{Aftermath, Trace};

/// Characters of an action that states stand beside; below longer ones.
const WIDE: usize = 76;

/// A [`Trace`] in words: for each step its number, the action, and the state after it, then the
/// line that replays it.
///
/// Actions are worded by [`Model::format_action`], states by [`Model::format_step`] where the model
/// has one of its own, else by their `Debug`. Further lines of a step's text stand below it.
pub struct Timeline<'t, M: Model> {
    trace: &'t Trace<M::State, M::Action>,
    model: &'t M,
    aftermath: Option<Aftermath>,
}

impl<S, A> Trace<S, A> {
    /// The schedule in words.
    pub fn display<'t, M>(&'t self, model: &'t M) -> Timeline<'t, M>
    where
        M: Model<State = S, Action = A>,
    {
        Timeline {
            trace: self,
            model,
            aftermath: None,
        }
    }
}

impl<M: Model> Timeline<'_, M> {
    /// The same, with what comes after it; steps that repeat for ever are marked.
    pub(crate) fn then(mut self, aftermath: Option<Aftermath>) -> Self {
        self.aftermath = aftermath;
        self
    }
}

impl<M: Model> Timeline<'_, M>
where
    M::State: Debug,
    M::Action: Debug + Clone,
{
    /// Each row's action and the lines about its state.
    fn rows(&self) -> Vec<(String, Vec<String>)> {
        let start = format!("{:?}", self.trace.states()[0]);
        let mut rows = vec![(String::new(), vec![printable(&start).into_owned()])];
        for (before, action, after) in self.trace.steps() {
            let text = self
                .model
                .format_step(before, action.clone())
                .filter(|text| *text != format!("{after:#?}"))
                .unwrap_or_else(|| format!("{after:?}"));
            let lines = text.lines().map(|line| printable(line).into_owned());
            let action = self.model.format_action(action);
            rows.push((printable(&action).into_owned(), lines.collect()));
        }
        rows
    }
}

impl<M: Model> fmt::Display for Timeline<'_, M>
where
    M::State: Debug,
    M::Action: Debug + Clone,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.rows();
        let number = rows.len().to_string().len().max(3);
        let widths = rows.iter().map(|(action, _)| action.chars().count());
        let width = widths.filter(|width| *width <= WIDE).max().unwrap_or(0);
        let cycle_start = self.aftermath.as_ref().and_then(Aftermath::cycle_start);
        for (step, (action, lines)) in rows.iter().enumerate() {
            let mark = match cycle_start {
                Some(start) if step > start => "| ",
                Some(_) => "  ",
                None => "",
            };
            let mut lines = lines.iter();
            // The state stands below an action that would push all states aside.
            let first = match action.chars().count() <= width {
                true => lines.next().map_or("", String::as_str),
                false => "",
            };
            let row = format!("{mark}{step:>number$}  {action:width$}  {first}");
            writeln!(f, "{}", row.trim_end())?;
            for line in lines {
                writeln!(f, "{mark}{:number$}  {:width$}  {line}", "", "")?;
            }
        }
        if let Some(aftermath) = &self.aftermath {
            write!(f, "{aftermath}")?;
        }
        write!(f, "replay: {}", self.trace.path())
    }
}

impl<M: Model> Debug for Timeline<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Timeline").field(&self.trace.path()).finish()
    }
}
