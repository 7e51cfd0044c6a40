//! Violations as results of static analysis.

use planwright_checker::{Claim, Outcome};
use planwright_model::Count;
use serde_json::{Value, json};

use crate::{Document, Story};

impl Document {
    /// The verdicts as SARIF 2.1.0, the format of code-scanning tools
    /// (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/>): a rule for each property and a result for each
    /// verdict. A counterexample is a code flow with one thread flow for each process, whose steps carry
    /// their places in the schedule. Protocols have no lines of code, so places have names only.
    ///
    /// # Panics
    ///
    /// Never: it is written to memory.
    pub fn to_sarif(&self) -> String {
        let rules = self.claims.iter().map(|claim| {
            json!({
                "id": claim.property,
                "shortDescription": { "text": claim.property },
                "properties": { "kind": claim.kind },
            })
        });
        let results = self.claims.iter().enumerate();
        let results = results.map(|(place, claim)| self.result(place, claim));
        let version = self
            .claims
            .first()
            .map(|claim| claim.versions.planwright.clone());
        let sarif = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "Planwright",
                    "version": version.unwrap_or_else(|| env!("CARGO_PKG_VERSION").to_owned()),
                    "rules": rules.collect::<Vec<_>>(),
                } },
                "results": results.collect::<Vec<_>>(),
                "columnKind": "unicodeCodePoints",
            }],
        });
        let text = serde_json::to_string_pretty(&sarif);
        text.expect("a tree of values can be written") + "\n"
    }

    fn result(&self, place: usize, claim: &Claim) -> Value {
        let story = self.story_of(&claim.property);
        let (kind, level, text) = match claim.outcome {
            Outcome::Holds => ("pass", "none", format!("holds: {}", claim.property)),
            Outcome::Violated => {
                let text =
                    story.map_or_else(|| "never happens".to_owned(), |story| summary(claim, story));
                ("fail", "error", text)
            }
            Outcome::Undecided => {
                let cause = claim.cause.as_deref().unwrap_or("no reason was given");
                (
                    "open",
                    "none",
                    format!("undecided: {}: {cause}", claim.property),
                )
            }
        };
        let mut result = json!({
            "ruleId": claim.property,
            "ruleIndex": place,
            "kind": kind,
            "level": level,
            "message": { "text": text },
            "locations": [{ "logicalLocations": [{ "name": self.title, "kind": "module" }] }],
            "properties": {
                "states": claim.states,
                "depth": claim.depth,
                "complete": claim.complete,
                "vacuous": claim.vacuous,
            },
        });
        if let (Outcome::Violated, Some(story)) = (claim.outcome, story) {
            result["codeFlows"] = json!([code_flow(story)]);
            result["partialFingerprints"] = json!({ "schedule/v1": story.replay });
        }
        result
    }
}

fn summary(claim: &Claim, story: &Story) -> String {
    let steps = Count(story.steps.len() as u64, "step");
    let damage = story.steps.last().and_then(|step| {
        let mut remarks = step.remarks.iter();
        remarks.find(|remark| remark.kind == planwright_model::RemarkKind::Damage)
    });
    let mut text = format!("violated in {steps}: {}", claim.property);
    if let Some(damage) = damage {
        text += &format!(": {}", damage.text);
    }
    if let Some(aftermath) = &story.aftermath {
        text += &format!("\n\n{}", aftermath.to_string().trim_end());
    }
    text
}

/// One thread flow for each process that does something.
fn code_flow(story: &Story) -> Value {
    let flow = |(lane, name): (usize, &String)| {
        let own = (1..)
            .zip(&story.steps)
            .filter(|(_, step)| step.lane == lane);
        let locations = own.map(|(number, step): (u64, _)| {
            let mut text = format!("{name} {}", step.deed);
            for remark in &step.remarks {
                text += &format!("; {}", remark.text);
            }
            let importance = match step.remarks.is_empty() {
                true => "important",
                false => "essential",
            };
            json!({
                "executionOrder": number,
                "importance": importance,
                "location": {
                    "message": { "text": text },
                    "logicalLocations": [{ "name": name, "kind": "function" }],
                },
            })
        });
        let locations: Vec<_> = locations.collect();
        (!locations.is_empty()).then(|| json!({ "id": name, "locations": locations }))
    };
    let flows = story.lanes.iter().enumerate().filter_map(flow);
    json!({ "threadFlows": flows.collect::<Vec<_>>() })
}
