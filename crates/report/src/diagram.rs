//! Schedules as diagrams for documents.

use std::fmt::Write as _;

use planwright_model::{RemarkKind, Standing};

use crate::Story;
use crate::dot::quoted;

impl Story {
    /// The schedule as a sequence diagram of Mermaid (<https://mermaid.js.org/syntax/sequenceDiagram.html>),
    /// which wikis and code hosts draw: a participant for each process and one for what they share, an
    /// arrow for each step, a note for each remark and for what comes after, and a red frame around the step
    /// that violates.
    ///
    /// Names cannot end a line or a label: what the syntax would take for its own is written as an entity.
    pub fn to_mermaid(&self) -> String {
        let cycle_start = self.cycle_start();
        let mut text = "sequenceDiagram\n    autonumber\n".to_owned();
        for (place, lane) in self.lanes.iter().enumerate() {
            let _ = writeln!(text, "    participant p{place} as {}", entity(lane));
        }
        text += "    participant shared as what there is\n";
        for (index, step) in self.steps.iter().enumerate() {
            let violates = step.property == Some(false);
            if cycle_start == Some(index) {
                text += "    loop for ever\n";
            }
            if violates {
                text += "    rect rgb(252, 226, 224)\n";
            }
            let (from, deed) = (step.lane, entity(&step.deed));
            let own = |name: &String| self.lanes.contains(name);
            let to = match step.changes.iter().all(|change| own(&change.item)) {
                true => format!("p{from}"),
                false => "shared".to_owned(),
            };
            let _ = writeln!(text, "    p{from}->>{to}: {deed}");
            for remark in &step.remarks {
                let sign = match remark.kind {
                    RemarkKind::StaleKnowledge => "stale: ",
                    RemarkKind::Damage => "damage: ",
                    RemarkKind::Note => "",
                };
                let _ = writeln!(
                    text,
                    "    Note over p{from}: {sign}{}",
                    entity(&remark.text)
                );
            }
            if violates {
                if let Some(property) = &self.property {
                    let name = entity(&property.name);
                    let _ = writeln!(text, "    Note over shared: violated: {name}");
                }
                text += "    end\n";
            }
        }
        if cycle_start.is_some() {
            text += "    end\n";
        }
        if let Some(aftermath) = &self.aftermath {
            for line in aftermath.to_string().lines() {
                let _ = writeln!(text, "    Note over shared: {}", entity(line.trim()));
            }
        }
        text
    }

    /// The schedule as a graph of Graphviz (<https://graphviz.org/doc/info/lang.html>): a node for each
    /// state with what is in it, an edge for each step, for a lasso the edge that closes it, and below it what
    /// comes after.
    pub fn to_dot(&self) -> String {
        let mut text =
            "digraph schedule {\n  rankdir=LR;\n  node [shape=box, fontname=\"Helvetica\"];\n"
                .to_owned();
        let pictures =
            std::iter::once(&self.start).chain(self.steps.iter().map(|step| &step.picture));
        for (number, picture) in pictures.enumerate() {
            let broken = picture
                .items()
                .any(|item| item.standing == Standing::Broken);
            let items = picture
                .items()
                .map(|item| format!("{}: {}", item.name, item.text));
            let label = items.collect::<Vec<_>>().join("\n");
            let style = match broken {
                true => ", color=red, penwidth=2",
                false => "",
            };
            let _ = writeln!(text, "  s{number} [label={}{style}];", quoted(&label));
        }
        for (index, step) in self.steps.iter().enumerate() {
            let label = format!("{}. {} {}", index + 1, self.lanes[step.lane], step.deed);
            let style = match step
                .remarks
                .iter()
                .any(|remark| remark.kind == RemarkKind::Damage)
            {
                true => ", color=red, fontcolor=red",
                false => "",
            };
            let _ = writeln!(
                text,
                "  s{index} -> s{} [label={}{style}];",
                index + 1,
                quoted(&label)
            );
        }
        if let Some(start) = self.closes() {
            let last = self.steps.len();
            let _ = writeln!(
                text,
                "  s{last} -> s{start} [style=dashed, label=\"for ever\"];"
            );
        }
        if let Some(aftermath) = &self.aftermath {
            let label = aftermath.to_string();
            let _ = writeln!(text, "  labelloc=b;\n  label={};", quoted(&label));
        }
        text + "}\n"
    }
}

/// Text as Mermaid's labels take it: nothing that ends a statement, begins a comment or is a tag.
fn entity(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '#' | ';' | ':' | '<' | '>' | '&' | '"' | '%' | '{' | '}' | '\\' | '`' => {
                let _ = write!(safe, "#{};", u32::from(letter));
            }
            letter if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') => {
                safe.push(' ')
            }
            letter => safe.push(letter),
        }
    }
    // A message that is the word `end` would close a frame.
    match safe.trim().eq_ignore_ascii_case("end") {
        true => format!("#{};{}", u32::from('e'), &safe.trim()[1..]),
        false => safe,
    }
}
