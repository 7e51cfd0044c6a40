//! Each form, read by somebody else.

use std::collections::{BTreeSet, HashMap};

use planwright_checker::{Checker, Outcome};
use planwright_report::{Document, Format, GraphError, Story, graph_to_dot};
use quick_junit::{NonSuccessKind, TestCaseStatus};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::graphs::transitions;
use crate::sample::Clerks;

fn both() -> [Document; 2] {
    [Clerks::plain().document(), Clerks::hostile().document()]
}

/// Whether a value satisfies the published schema.
fn satisfies(value: &Value) -> Result<(), String> {
    let schema: Value = serde_json::from_str(Document::JSON_SCHEMA).expect("the schema is JSON");
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    let place = "report.schema.json";
    compiler
        .add_resource(place, schema)
        .expect("it is a schema");
    let index = compiler
        .compile(place, &mut schemas)
        .expect("it is a schema");
    schemas
        .validate(value, index)
        .map_err(|error| error.to_string())
}

#[test]
fn json_is_as_the_schema_says() {
    for document in both() {
        let value: Value = serde_json::from_str(&document.to_json()).expect("it is JSON");
        satisfies(&value).unwrap();
        // The schema is no formality.
        for (place, wrong) in [
            ("/outcome", json!("Perhaps")),
            ("/claims/0/states", json!(-1)),
            ("/stories/0/steps/0/lane", json!("ann")),
            ("/format", json!("planwright-report/2")),
        ] {
            let mut other = value.clone();
            *other.pointer_mut(place).expect("there is such a place") = wrong;
            assert!(satisfies(&other).is_err(), "{place}");
        }
        let back: Document = serde_json::from_value(value).expect("it can be read back");
        assert_eq!(back, document);
    }
}

#[test]
fn a_build_server_sees_what_was_violated() {
    for document in both() {
        let text = document.to_junit();
        let report = quick_junit::Report::deserialize_from_str(&text).expect("it is JUnit's XML");
        let suite = &report.test_suites[0];
        assert_eq!(suite.test_cases.len(), document.claims.len());
        assert_eq!((suite.failures, suite.errors), (2, 0));
        for (case, claim) in suite.test_cases.iter().zip(&document.claims) {
            let holds = matches!(case.status, TestCaseStatus::Success { .. });
            assert_eq!(holds, claim.answer.outcome == Outcome::Holds);
            if let TestCaseStatus::NonSuccess { description, .. } = &case.status {
                let body = description.as_ref().expect("a timeline").as_str();
                assert!(body.contains("clerks replay 0/"), "{body}");
            }
            let states = case
                .properties
                .iter()
                .find(|fact| fact.name.as_str() == "states");
            assert_eq!(states.map(|fact| fact.value.as_str()), Some("5"));
        }
    }
}

/// What is undecided never passes.
#[test]
fn a_limit_is_an_error() {
    let clerks = Clerks::plain();
    let checker = Checker::new(&clerks).max_states(1);
    let report = checker.always("nothing yet", |_| true).run();
    let document = Document::new("clerks", &report);
    let read = quick_junit::Report::deserialize_from_str(&document.to_junit()).expect("XML");
    let status = &read.test_suites[0].test_cases[0].status;
    let is_error = matches!(
        status,
        TestCaseStatus::NonSuccess {
            kind: NonSuccessKind::Error,
            ..
        }
    );
    assert!(is_error, "{status:?}");
}

#[test]
fn junit_holds_every_character_but_those_that_xml_has_no_place_for() {
    let clerks = Clerks::plain();
    let name = "a < b & \"c\" > 'd'\n\te \u{202e}";
    let report = Checker::new(&clerks).always(name, |_| true).run();
    let document = Document::new(format!("{name}\u{1b}"), &report);
    let text = document.to_junit();
    let read = roxmltree::Document::parse(&text).expect("XML");
    let name_of = |element| {
        let mut all = read.descendants();
        let found = all.find(|node| node.has_tag_name(element));
        found.and_then(|node| node.attribute("name"))
    };
    assert_eq!(name_of("testsuite"), Some(&*format!("{name}\u{fffd}")));
    assert_eq!(name_of("testcase"), Some(name));
}

#[derive(Debug, Deserialize)]
struct Shown {
    shelves: HashMap<String, Thing>,
    step: i64,
    #[serde(rename = "mbt::actionTaken")]
    taken: String,
}

#[derive(Debug, Deserialize)]
struct Thing {
    text: String,
    standing: String,
    refers_to: BTreeSet<String>,
}

#[test]
fn apalache_and_quint_read_schedules() {
    let document = Clerks::plain().document();
    for story in &document.stories {
        let trace: itf::Trace<Shown> = itf::trace_from_value(story.to_itf()).expect("it is ITF");
        assert_eq!(trace.states.len(), story.steps.len() + 1);
        assert_eq!(
            trace.loop_index,
            story.cycle_start().map(|start| start as u64)
        );
        let steps =
            std::iter::once("init").chain(story.steps.iter().map(|step| step.deed.as_str()));
        for ((state, deed), number) in trace.states.iter().zip(steps).zip(0..) {
            assert_eq!(state.value.taken, deed);
            assert_eq!(state.value.step, number);
            assert_eq!(state.meta.index, Some(number as u64));
            let shelf = &state.value.shelves["shelf"];
            assert_eq!(
                (shelf.text.as_str(), shelf.standing.as_str()),
                ("there", "Fine")
            );
            assert!(shelf.refers_to.is_empty());
        }
    }
    for story in &Clerks::hostile().document().stories {
        let trace: itf::Trace<itf::Value> =
            serde_json::from_value(story.to_itf()).expect("it is ITF");
        assert_eq!(trace.states.len(), story.steps.len() + 1);
    }
}

/// Whether another program's parser takes it for a graph; how many edges it has.
fn read_dot(text: &str) -> usize {
    let mut parser = layout::gv::DotParser::new(text);
    let tree = parser
        .process()
        .unwrap_or_else(|error| panic!("{error}:\n{text}"));
    let mut builder = layout::gv::GraphBuilder::new();
    builder.visit_graph(&tree);
    drop(builder.get());
    text.lines().filter(|line| line.contains("->")).count()
}

#[test]
fn graphviz_reads_schedules_and_graphs() {
    for document in both() {
        for story in &document.stories {
            let closing = usize::from(story.cycle_start().is_some());
            assert_eq!(read_dot(&story.to_dot()), story.steps.len() + closing);
        }
    }
    for clerks in [Clerks::plain(), Clerks::hostile()] {
        let graph = graph_to_dot(&clerks, 5).expect("there are five states");
        assert_eq!(read_dot(&graph), transitions(&clerks));
        let refused = graph_to_dot(&clerks, 4);
        assert_eq!(refused, Err(GraphError::TooLarge { most: 4 }));
    }
}

/// A statement on each line, frames that are closed, and no name that ends a label.
#[test]
fn a_diagram_is_well_formed() {
    for document in both() {
        for story in &document.stories {
            let text = story.to_mermaid();
            let mut lines = text.lines();
            assert_eq!(lines.next(), Some("sequenceDiagram"));
            let (mut open, mut arrows) = (0, 0);
            for line in lines.map(str::trim) {
                match line.split(' ').next().expect("a word") {
                    "loop" | "rect" => open += 1,
                    "end" => open -= 1,
                    "autonumber" | "participant" | "Note" => {}
                    _ => {
                        let (parties, label) = line.split_once(": ").expect("a label");
                        assert!(parties.contains("->>"), "{line}");
                        assert!(!label.contains([':', '<', '"', '%']), "{line}");
                        arrows += 1;
                    }
                }
                assert!(open >= 0, "{text}");
            }
            assert_eq!((open, arrows), (0, story.steps.len()), "{text}");
        }
    }
}

#[test]
fn formats_have_names() {
    for format in Format::ALL {
        assert_eq!(format.to_string().parse(), Ok(format));
        let mut text = Vec::new();
        Clerks::plain()
            .document()
            .write(format, &mut text)
            .expect("memory");
        assert!(!text.is_empty());
    }
    let error = "yaml".parse::<Format>().expect_err("there is none");
    assert!(error.to_string().contains("choose text, json or junit"));
}

#[test]
fn text_is_pinned() {
    let text = Clerks::plain().document().to_text();
    expect_test::expect![[r#"
        clerks

        violated: the sum stays small

              ann
              │ bob
            1 ● │  adds 1  sum: 0 → 1
            2 │ ●  adds 2  sum: 1 → 3
              │ │    ~ stale: bob has not looked
              │ │    ! the shelf breaks
              │ │    ✗ violated: the sum stays small (sum 3)
         then  shelves  shelf there
               sums     sum 3
        replay: 0/0/1

        violated: the sum gets to 4

              ann
              │ bob
            1 ● │  adds 1          sum: 0 → 1
        ┌   2 ● │  adds 1          sum: 1 → 2
        └   3 │ ●  takes one away  sum: 2 → 1
         then  shelves  shelf there
               sums     sum 1
        steps 2 to 3 repeat for ever
        fair: all takes step 2
        replay: 0/0/0/2

        holds: the sum gets to 2

              ann
              │ bob
            1 │ ●  adds 2  sum: 0 → 2
         then  shelves  shelf there
               sums     sum 2
        replay: 0/1

        complete: 5 states, 9 transitions, depth 2
    "#]]
    .assert_eq(&text);
}

/// The trap, how large it is, what still happens there and what is refused, in every form.
#[test]
fn a_trap_is_told_everywhere() {
    let document = Clerks::plain().trapped();
    expect_test::expect![[r#"
        clerks

        violated: the sum can get to 2

              ann
              │ bob
            1 ● │  adds 1  sum: 0 → 1
            2 │ ●  adds 2  sum: 1 → 3
              │ │    ~ stale: bob has not looked
              │ │    ! the shelf breaks
         then  shelves  shelf there
               sums     sum 3
        trap: 2 states can follow, none of them good; in 1 of them nothing can happen
        still running there:
             ann adds 1
             bob adds 2
        refused there:
             bob takes one away: the shelf is broken
        in all, 2 states of the model cannot be recovered from
        replay: 0/0/1

        complete: 5 states, 9 transitions, depth 2
    "#]]
    .assert_eq(&document.to_text());
    let story = &document.stories[0];
    let told = story.aftermath.as_ref().expect("a trap").to_string();
    assert!(
        document
            .to_junit()
            .contains(told.lines().last().expect("a line"))
    );
    assert_eq!(story.to_itf()["#meta"]["aftermath"], json!(told));
    let (mermaid, dot) = (story.to_mermaid(), story.to_dot());
    for line in told.lines().map(str::trim) {
        assert!(
            mermaid.contains(&line.replace(';', "#59;").replace(':', "#58;")),
            "{mermaid}"
        );
        assert!(dot.contains(line), "{dot}");
    }
    for document in [document, Clerks::hostile().trapped()] {
        let value: Value = serde_json::from_str(&document.to_json()).expect("it is JSON");
        satisfies(&value).unwrap();
        let aftermath = &value["stories"][0]["aftermath"];
        assert_eq!(aftermath["trap"]["states"], json!(2));
        assert_eq!(aftermath["refusals"].as_array().map(Vec::len), Some(1));
        assert_eq!(read_dot(&document.stories[0].to_dot()), 2);
    }
}

/// What is wrong with a model, in which state and after which step, in every form that tells verdicts.
#[test]
fn the_place_of_a_fault_is_told_everywhere() {
    let clerks = Clerks::plain();
    let checker = Checker::new(&clerks)
        .always("small", |sum| {
            assert!(*sum < 3, "the abacus breaks");
            true
        })
        .always("also", |_| true);
    let report = checker.run();
    let document = Document::new("clerks", &report);
    let value: Value = serde_json::from_str(&document.to_json()).expect("it is JSON");
    satisfies(&value).unwrap();
    let place = json!({
        "state": "3", "read_back": null, "action": "(1, 2)", "replay": "0/0/1",
    });
    assert_eq!(value["claims"][0]["fault"], place);
    assert_eq!(value["claims"][1]["fault"], place);
    let lines = ["in state: 3", "after action: (1, 2)", "replay: 0/0/1"];
    for line in lines {
        assert_eq!(document.to_text().matches(line).count(), 1, "once for all");
        let card = report.claims()[1].to_string();
        assert!(card.contains(line), "{card}");
        assert!(document.to_html().contains("\"read_back\":null"));
    }
    let read = quick_junit::Report::deserialize_from_str(&document.to_junit()).expect("XML");
    let TestCaseStatus::NonSuccess { description, .. } = &read.test_suites[0].test_cases[0].status
    else {
        panic!("it is undecided");
    };
    let body = description.as_ref().expect("a place").as_str();
    assert_eq!(body, lines.join("\n"));
    let summary = serde_json::to_value(report.summary()).expect("plain data");
    assert_eq!(summary["findings"][0]["fault"], place);
}

/// A story without a property can be written in every form as well.
#[test]
fn a_schedule_that_shows_nothing_is_a_schedule() {
    let clerks = Clerks::plain();
    let trace = planwright_checker::Trace::replay(&clerks, "0/0").expect("a step");
    let story = Story::of_trace(&clerks, &trace);
    assert!(story.to_itf()["#meta"]["property"].is_null());
    assert_eq!(read_dot(&story.to_dot()), 1);
    assert!(story.to_mermaid().contains("ann") && !story.to_mermaid().contains("violated"));
}
