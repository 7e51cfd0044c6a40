//! The questions that the page asks, and their answers.

use std::any::Any;
use std::collections::HashMap;
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};

use planwright_checker::{Checkable, Checker, Nearest, Trace};
use planwright_model::Depict;
use planwright_report::page;
use serde::Serialize;
use serde_json::{Value, json};

use crate::View;
use crate::answer::Answer;

const PAGE: &str = include_str!("page/explore.html");
const STYLE: &str = include_str!("page/explore.css");
const SCRIPT: &str = include_str!("page/explore.js");

/// A model that is walked through: with the properties that are read on the way, and what the page says
/// of it.
///
/// See [`Server`](crate::Server).
#[derive(Debug)]
pub struct Walk<'a, 'm, M: Depict> {
    model: &'m M,
    checker: &'a Checker<'m, M>,
    about: About,
}

/// What the page says of the model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct About {
    /// What is walked through, in words.
    pub title: String,
    /// The command that prints a schedule, if its replay line is appended.
    pub replay_command: String,
    /// Where the walk starts: a replay line.
    pub path: String,
}

impl<'a, 'm, M> Walk<'a, 'm, M>
where
    M: Depict + Checkable<State: Debug + Eq, Action: Debug>,
{
    /// A walk through the checker's model. A search for the nearest violation takes as long, and as much
    /// memory, as the checker's limits allow.
    pub fn new(model: &'m M, checker: &'a Checker<'m, M>, about: About) -> Self {
        Self {
            model,
            checker,
            about,
        }
    }

    /// The answer to what a browser asks for: the path and the query of an address.
    pub(crate) fn answer(&self, path: &str, query: &HashMap<String, String>) -> Answer {
        let asked = |name: &str| query.get(name).map(String::as_str);
        let line = asked("path").unwrap_or(&self.about.path);
        match path {
            "/" => Answer::page(PAGE),
            "/explore.css" => Answer::style([page::STYLE, STYLE].concat()),
            "/explore.js" => Answer::script([page::SCRIPT, SCRIPT].concat()),
            "/about" => Answer::json(&self.about),
            "/view" => {
                let step = asked("step").and_then(|step| step.parse().ok());
                let view = || View::new(self.model, self.checker, line, step.unwrap_or(usize::MAX));
                answered(|| view().map_err(|error| error.to_string()))
            }
            "/nearest" => answered(|| self.nearest(line, asked("property").unwrap_or_default())),
            _ => Answer::not_found(),
        }
    }

    fn nearest(&self, line: &str, property: &str) -> Result<Value, String> {
        let trace = Trace::replay(self.model, line).map_err(|error| error.to_string())?;
        let nearest = self.checker.nearest(property, &trace);
        Ok(match nearest.map_err(|error| error.to_string())? {
            Nearest::Found(found) => json!({ "path": found.path() }),
            Nearest::None { states } => json!({ "none": states }),
            Nearest::Undecided {
                limit,
                states,
                depth,
            } => json!({ "undecided": limit.to_string(), "states": states, "depth": depth }),
        })
    }
}

/// What the model says, even if it panics.
fn answered<T: Serialize>(ask: impl FnOnce() -> Result<T, String>) -> Answer {
    match catch_unwind(AssertUnwindSafe(ask)) {
        Ok(Ok(told)) => Answer::json(&told),
        Ok(Err(error)) => Answer::refused(&error),
        Err(panic) => Answer::refused(&format!("the model panicked: {}", message(&*panic))),
    }
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a message")
}
