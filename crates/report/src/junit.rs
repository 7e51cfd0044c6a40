//! Properties as test cases.

use std::fmt;

use planwright_checker::{Claim, Outcome, PropertyKind};

use crate::Document;
use crate::document::NO_PROPERTY;

impl Document {
    /// The verdicts as JUnit's XML: a suite for the configuration, a case for each property.
    ///
    /// A violated property fails, with its timeline and the command that replays it; so does something
    /// that should be possible and is not. What is undecided is an error and never passes, nor does a check without a property. States,
    /// depth, completeness, probability of a collision and vacuity are properties of the case.
    pub fn to_junit(&self) -> String {
        let mut cases: Vec<_> = self.claims.iter().map(|claim| self.case(claim)).collect();
        if self.claims.is_empty() {
            cases.push(Case {
                name: "no property".to_owned(),
                class: String::new(),
                facts: Vec::new(),
                problem: Some(Problem::undecided(NO_PROPERTY.to_owned(), String::new())),
            });
        }
        let with = |element| {
            let of = |case: &&Case| case.problem.as_ref().is_some_and(|p| p.element == element);
            cases.iter().filter(of).count()
        };
        let counts = format!(
            "tests=\"{}\" failures=\"{}\" errors=\"{}\"",
            cases.len(),
            with(FAILURE),
            with(ERROR)
        );
        let cases: String = cases.iter().map(Case::to_string).collect();
        let title = attribute(&self.title);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"planwright\" {counts}>\n    \
             <testsuite name=\"{title}\" {counts}>\n{cases}    </testsuite>\n</testsuites>\n"
        )
    }

    fn case(&self, claim: &Claim) -> Case {
        let problem = match claim.answer.outcome {
            Outcome::Holds => None,
            Outcome::Violated => Some(Problem {
                element: FAILURE,
                kind: "violated",
                message: match claim.kind {
                    PropertyKind::Sometimes => "never happens".to_owned(),
                    _ => format!("violated: {}", claim.property),
                },
                text: self.body(claim),
            }),
            Outcome::Undecided => {
                let cause = claim.answer.cause.clone();
                let fault = claim.fault.as_ref().map(|fault| fault.lines().join("\n"));
                let cause = cause.unwrap_or_else(|| "undecided".to_owned());
                Some(Problem::undecided(cause, fault.unwrap_or_default()))
            }
        };
        let class = match claim.model.as_str() {
            "" => &self.title,
            _ => &claim.model,
        };
        Case {
            name: claim.property.clone(),
            class: class.clone(),
            facts: vec![
                ("kind", format!("{:?}", claim.kind)),
                ("states", claim.states.to_string()),
                ("transitions", claim.transitions.to_string()),
                ("depth", claim.depth.to_string()),
                ("complete", claim.complete.to_string()),
                ("vacuous", claim.vacuous.to_string()),
                ("exact", claim.exact.to_string()),
                (
                    "collision probability",
                    claim.collision_probability.to_string(),
                ),
            ],
            problem,
        }
    }

    /// The timeline, and how to see it again.
    fn body(&self, claim: &Claim) -> String {
        let Some(story) = self.story_of(&claim.property) else {
            return "no schedule".to_owned();
        };
        let timeline = story.timeline();
        match &self.replay_command {
            Some(command) => format!("{timeline}\n{command} {}\n", story.replay),
            None => format!("{timeline}\n"),
        }
    }
}

const FAILURE: &str = "failure";
const ERROR: &str = "error";

/// One `testcase`.
struct Case {
    name: String,
    class: String,
    facts: Vec<(&'static str, String)>,
    problem: Option<Problem>,
}

/// Why a case does not pass.
struct Problem {
    element: &'static str,
    kind: &'static str,
    message: String,
    text: String,
}

impl Problem {
    fn undecided(message: String, text: String) -> Self {
        Self {
            element: ERROR,
            kind: "undecided",
            message,
            text,
        }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, class) = (attribute(&self.name), attribute(&self.class));
        writeln!(
            f,
            "        <testcase name=\"{name}\" classname=\"{class}\">"
        )?;
        if !self.facts.is_empty() {
            writeln!(f, "            <properties>")?;
            for (name, value) in &self.facts {
                let value = attribute(value);
                writeln!(
                    f,
                    "                <property name=\"{name}\" value=\"{value}\"/>"
                )?;
            }
            writeln!(f, "            </properties>")?;
        }
        if let Some(problem) = &self.problem {
            let Problem {
                element,
                kind,
                message,
                text,
            } = problem;
            let (message, text) = (attribute(message), escaped(text));
            writeln!(
                f,
                "            <{element} type=\"{kind}\" message=\"{message}\">{text}</{element}>"
            )?;
        }
        writeln!(f, "        </testcase>")
    }
}

/// The text as an element of XML 1.0 can hold it, which has no place for most control characters: the
/// replacement character stands in for them.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\n' | '\t' => escaped.push(character),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The text for an attribute, in which a line feed that is not escaped is read as a space.
fn attribute(text: &str) -> String {
    escaped(text).replace('\n', "&#10;").replace('\t', "&#9;")
}
