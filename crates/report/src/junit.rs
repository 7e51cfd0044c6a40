//! Properties as test cases.

use planwright_checker::{Claim, Outcome, PropertyKind};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::Document;
use crate::document::NO_PROPERTY;

impl Document {
    /// The verdicts as JUnit's XML: a suite for the configuration, a case for each property.
    ///
    /// A violated property fails, with its timeline and the command that replays it; so does something
    /// that should be possible and is not. What is undecided is an error and never passes, nor does a check without a property. States,
    /// depth, completeness, probability of a collision and vacuity are properties of the case.
    ///
    /// # Panics
    ///
    /// Never: it is written to memory.
    pub fn to_junit(&self) -> String {
        let mut report = Report::new("planwright");
        let mut suite = TestSuite::new(self.title.as_str());
        for claim in &self.claims {
            suite.add_test_case(self.case(claim));
        }
        if self.claims.is_empty() {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_type("undecided");
            status.set_message(NO_PROPERTY);
            suite.add_test_case(TestCase::new("no property", status));
        }
        report.add_test_suite(suite);
        report.to_string().expect("memory can be written to")
    }

    fn case(&self, claim: &Claim) -> TestCase {
        let status = match claim.outcome {
            Outcome::Holds => TestCaseStatus::success(),
            Outcome::Violated => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status.set_type("violated");
                match claim.kind {
                    PropertyKind::Sometimes => status.set_message("never happens"),
                    _ => status.set_message(format!("violated: {}", claim.property)),
                };
                status.set_description(self.body(claim));
                status
            }
            Outcome::Undecided => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
                status.set_type("undecided");
                status.set_message(
                    claim
                        .cause
                        .clone()
                        .unwrap_or_else(|| "undecided".to_owned()),
                );
                if let Some(fault) = &claim.fault {
                    status.set_description(fault.lines().join("\n"));
                }
                status
            }
        };
        let mut case = TestCase::new(claim.property.as_str(), status);
        case.set_classname(match claim.model.as_str() {
            "" => self.title.as_str(),
            model => model,
        });
        let facts = [
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
        ];
        for (name, value) in &facts {
            case.add_property((*name, value.as_str()));
        }
        case
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
