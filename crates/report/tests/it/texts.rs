//! Texts that are empty, that would move a terminal's cursor, and that are too long for a line.

use planwright_checker::{Checker, Model, Trace};
use planwright_model::{Depict, Group, Item, Picture};
use planwright_report::{CheckerExt as _, Document, Story};
use serde_json::json;

/// A note whose text is, after each step, the next of these; there is none where it is `None`.
struct Board(Vec<Option<&'static str>>);

impl Model for Board {
    type State = usize;
    type Action = ();

    fn init_states(&self) -> Vec<usize> {
        vec![0]
    }

    fn actions(&self, _: &usize, actions: &mut Vec<()>) {
        actions.push(());
    }

    fn next_state(&self, place: &usize, (): ()) -> Option<usize> {
        Some(place + 1).filter(|next| *next < self.0.len())
    }
}

impl Depict for Board {
    fn lanes(&self) -> Vec<String> {
        vec!["clerk".to_owned()]
    }

    fn actor(&self, (): &()) -> String {
        "clerk".to_owned()
    }

    fn deed(&self, (): &()) -> String {
        "turns the page".to_owned()
    }

    fn picture(&self, place: &usize) -> Picture {
        let note = self.0[*place].map(|text| Item::new("note", text));
        Picture::from([Group::new("notes", note)])
    }
}

fn story(board: &Board) -> Story {
    let path = "/0".repeat(board.0.len() - 1);
    Story::of_trace(
        board,
        &Trace::replay(board, &format!("0{path}")).expect("a schedule"),
    )
}

#[test]
fn an_empty_text_is_not_an_absent_item() {
    let story = story(&Board(vec![
        Some("one event"),
        Some(""),
        None,
        Some(""),
        Some("two"),
    ]));
    expect_test::expect![[r#"
              clerk
            1 ●  turns the page  note: one event → (empty)
            2 ●  turns the page  note: no longer (empty)
            3 ●  turns the page  note: (empty)
            4 ●  turns the page  note: (empty) → two
         then  notes  note two
        replay: 0/0/0/0/0"#]]
    .assert_eq(&story.timeline().to_string());
    let change = |step: usize| serde_json::to_value(&story.steps[step].changes[0]).expect("data");
    assert_eq!(
        change(0),
        json!({ "item": "note", "before": "one event", "after": "" })
    );
    assert_eq!(
        change(1),
        json!({ "item": "note", "before": "", "after": null })
    );
    assert_eq!(
        change(2),
        json!({ "item": "note", "before": null, "after": "" })
    );
}

const CONTROL: &str = "red \u{1b}[31m\u{7} and\nforged: line \u{202e}dnuor denrut\u{2066}";

#[test]
fn no_text_controls_the_terminal() {
    let board = Board(vec![Some("plain"), Some(CONTROL)]);
    let checker = || Checker::new(&board).always(CONTROL, |place| *place < 1);
    let report = checker().run();
    let depicted = checker().depict().run();
    let document = Document::new(CONTROL, &report);
    let card = report.claims()[0].to_string();
    for text in [
        report.to_string(),
        depicted.to_string(),
        document.to_text(),
        card,
    ] {
        let controls = text.chars().find(|letter| {
            letter.is_control() && *letter != '\n' || matches!(letter, '\u{202e}' | '\u{2066}')
        });
        assert_eq!(controls, None, "{text}");
        assert!(
            !text.lines().any(|line| line.starts_with("forged")),
            "{text}"
        );
        assert!(
            text.contains("red \\u{1b}[31m\\u{7} and\\nforged: line \\u{202e}"),
            "{text}"
        );
    }
    // Programs get the text as it is.
    let back: Document = serde_json::from_str(&document.to_json()).expect("JSON");
    assert_eq!(back.title, CONTROL);
}

#[test]
fn a_timeline_fits_into_80_columns() {
    const LONG: &str = "a text of many words that goes on and on, past the end of the line and further, \
                        until nobody remembers how it began, and then some more";
    let board = Board(vec![Some(LONG), Some("short"), Some(LONG)]);
    let report = Checker::new(&board).always(LONG, |place| *place < 2).run();
    let story = Story::of_finding(&board, &report.findings()[0]).expect("a schedule");
    let text = story.timeline().to_string();
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    // Nothing is lost, and lanes go on beside the lines.
    let words = |text: &str| text.split_whitespace().filter(|word| *word != "│").count();
    let flat = text.replace('│', " ");
    assert!(words(&flat) > 3 * words(LONG), "{text}");
    assert_eq!(text.matches("remembers").count(), 4, "{text}");
}
