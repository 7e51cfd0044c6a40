use std::fmt::Write as _;

use crate::{ExplicitGraph, Fairness, Formula, Strength};

/// The name of the module that [`tla`] writes, which must be the file's name too.
pub const TLA_MODULE: &str = "Graph";

/// The graph, and the formulas about it, as a TLA+ module for TLC. The formula at position 3 becomes
/// the property `F3`; [`tla_configuration`] asks for it.
///
/// A state is the number of the graph's state, `s`, and the label of the step that led there, `by`.
/// In TLA+ every state may stutter for ever unless fairness of some step forbids it, and so it is here.
/// A condition's `WF` or `SF` is about the steps with its labels; those always change `s`, so that
/// "enabled" means the same as in the graph. Progress is weak fairness of all steps from the states
/// that enable one of its own; of everything, that of all steps. TLC must not look for deadlocks.
///
/// TLA+ has no words for what can happen, and TLC none for `until`.
///
/// ```
/// use planwright_oracle::{DieHard, ExplicitGraph, Pour, tla};
///
/// let puzzle = ExplicitGraph::explore(&DieHard, &["pour"], |_: &Pour| 0, &[]);
/// assert!(tla(&puzzle, &[]).starts_with("---- MODULE Graph ----"));
/// ```
///
/// # Panics
///
/// If the graph lacks a predicate that a formula names.
pub fn tla(graph: &ExplicitGraph, formulas: &[Formula]) -> String {
    let mut text = format!("---- MODULE {TLA_MODULE} ----\n\\* {}\n", graph.name);
    text.push_str("EXTENDS Naturals\nVARIABLES s, by\nvars == <<s, by>>\n");
    let initial = set(graph.initial.iter().map(usize::to_string));
    writeln!(text, "Init == by = 0 /\\ s \\in {initial}").expect("writes");
    let steps = graph.edges.iter().map(|edges| {
        let step = |edge: &crate::Edge| {
            format!("<<{},{}>>", graph.exported_label(edge.label), edge.target)
        };
        set(edges.iter().map(step))
    });
    let steps: Vec<String> = steps.collect();
    writeln!(text, "Steps == <<\n{}>>", steps.join(",\n")).expect("writes");
    text.push_str(
        "Step(L) == \\E e \\in Steps[s + 1] : e[1] \\in L /\\ by' = e[1] /\\ s' = e[2]\n",
    );
    let labels = graph.labels.len();
    writeln!(text, "Next == Step(0..{labels})").expect("writes");
    text.push_str("Spec == Init /\\ [][Next]_vars");
    let progress = |fair: &&Fairness| fair.strength == Strength::Progress;
    for fair in graph.fairness.iter().filter(progress) {
        let next = match (0..labels).all(|label| fair.covers(label)) {
            true => "Next".to_owned(),
            false => {
                let states = graph.numbers(|state| graph.enables(state, fair));
                format!("s \\in {} /\\ Next", set(states.into_iter()))
            }
        };
        write!(text, " /\\ WF_vars({next})").expect("writes");
    }
    text.push('\n');
    for fair in graph.fair_conditions() {
        let operator = match fair.strength {
            Strength::Strong => "SF_vars",
            _ => "WF_vars",
        };
        let labels = set(fair.labels.iter().map(|label| (label + 1).to_string()));
        writeln!(text, "  /\\ {operator}(Step({labels}))").expect("writes");
    }
    for (number, predicate) in graph.predicates.iter().enumerate() {
        let states = set(graph.numbers(|state| predicate.holds[state]).into_iter());
        writeln!(text, "P{number} == s \\in {states}").expect("writes");
    }
    for (number, formula) in formulas.iter().enumerate() {
        if let Some(property) = property(graph, *formula) {
            writeln!(text, "F{number} == {property}").expect("writes");
        }
    }
    text.push_str("====\n");
    text
}

/// The configuration that asks TLC for the formulas at these positions.
///
/// ```
/// assert!(planwright_oracle::tla_configuration(&[0, 3]).ends_with("PROPERTIES F0 F3\n"));
/// ```
pub fn tla_configuration(positions: &[usize]) -> String {
    let names: Vec<String> = positions
        .iter()
        .map(|number| format!("F{number}"))
        .collect();
    format!("SPECIFICATION Spec\nPROPERTIES {}\n", names.join(" "))
}

fn property(graph: &ExplicitGraph, formula: Formula) -> Option<String> {
    let name = |predicate: &str| format!("P{}", graph.predicate_number(predicate));
    match formula {
        Formula::Until(..) => None,
        Formula::LeadsTo(p, q) => Some(format!("{} ~> {}", name(p), name(q))),
        _ => formula.ltl(["[]", "<>"], name),
    }
}

fn set(members: impl Iterator<Item = String>) -> String {
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}
