use std::fmt::Write as _;

use crate::{ExplicitGraph, Formula, Strength};

/// The graph, and the formulas about it, as a Promela program for Spin; `None` for a formula that LTL
/// has no words for. The formula at position 3 becomes the claim `f3`.
///
/// One process holds the number of the graph's state, `s`, the label of the step that led there,
/// `by`, and which predicates and which fairness conditions' steps are enabled there, as `bits`. A
/// step changes them together (`d_step`), so that a claim never sees half a step. A state in which a
/// run may stop has a step to itself, and no other has: that is progress.
///
/// Spin's own weak fairness is about processes, of which there is only one, and it has no strong
/// fairness; and claims that spell fairness out become automata too large to make. So a counter,
/// `stage`, watches: it waits for each condition in turn, until a step of it is taken or, if it is
/// weak, none is enabled, and then begins a new `round`. Each claim says: if rounds never end, the
/// formula holds. For a strong condition the run may declare, once and at any moment, that its steps
/// are never enabled again; the counter no longer waits for it then, and stops for ever if they are.
/// So rounds of a run never end for some declaration just if the run is fair.
///
/// Before the first step there is one more state, from which the process picks an initial one; in it
/// no predicate holds and nothing is enabled. `always` and `until` are told not to mind it, and
/// nothing else minds.
///
/// ```
/// use planwright_oracle::{DieHard, ExplicitGraph, Pour, promela};
///
/// let puzzle = ExplicitGraph::explore(&DieHard, &["pour"], |_: &Pour| 0, &[]);
/// assert!(promela(&puzzle, &[]).contains("int s = 16;"));
/// ```
///
/// # Panics
///
/// If the graph lacks a predicate that a formula names, or has more than 31 predicates and fairness
/// conditions.
pub fn promela(graph: &ExplicitGraph, formulas: &[Formula]) -> String {
    let before = graph.states();
    let mut text = format!(
        "/* {} */\nint s = {before};\nbyte by = 0;\nint bits = 0;\n",
        graph.name
    );
    let predicates = graph.predicates.len();
    assert!(
        predicates + graph.fair_conditions().count() <= 31,
        "an int has 31 bits"
    );
    for number in 0..predicates {
        let bit = 1_u32 << number;
        writeln!(text, "#define p{number} ((bits & {bit}) != 0)").expect("writes");
    }
    for (number, fair) in graph.fair_conditions().enumerate() {
        let bit = 1_u32 << (predicates + number);
        let labels = fair
            .labels
            .iter()
            .map(|label| format!("by == {}", label + 1));
        let taken: Vec<String> = labels.collect();
        let taken = taken.join(" || ");
        writeln!(text, "#define e{number} ((bits & {bit}) != 0)").expect("writes");
        writeln!(text, "#define t{number} ({taken})").expect("writes");
    }
    writeln!(text, "#define started (s != {before})").expect("writes");
    text.push_str("byte stage = 0;\nbit round = 0;\n");
    for number in strong(graph) {
        writeln!(text, "bit over{number} = 0;").expect("writes");
    }
    text.push_str("active proctype graph() {\n  do :: if\n");
    for &state in &graph.initial {
        writeln!(text, "{}", step(graph, before, 0, state)).expect("writes");
    }
    for state in 0..before {
        if graph.may_rest(state) {
            writeln!(text, "{}", step(graph, state, 0, state)).expect("writes");
        }
        for edge in &graph.edges[state] {
            let by = graph.exported_label(edge.label);
            writeln!(text, "{}", step(graph, state, by, edge.target)).expect("writes");
        }
    }
    for number in strong(graph) {
        writeln!(text, "  :: d_step {{ !over{number} -> over{number} = 1 }}").expect("writes");
    }
    writeln!(text, "  fi;\n{}  od\n}}", watch(graph)).expect("writes");
    for (number, formula) in formulas.iter().enumerate() {
        if let Some(claim) = claim(graph, *formula) {
            writeln!(text, "ltl f{number} {{ {claim} }}").expect("writes");
        }
    }
    text
}

/// One step, as an option of the loop.
fn step(graph: &ExplicitGraph, from: usize, by: usize, to: usize) -> String {
    let predicates = graph.predicates.iter().map(|p| p.holds[to]);
    let enabled = graph.fair_conditions().map(|fair| graph.enables(to, fair));
    let bits = predicates.chain(enabled).enumerate();
    let bits: u32 = bits.map(|(bit, set)| u32::from(set) << bit).sum();
    format!("  :: d_step {{ s == {from} -> s = {to}; by = {by}; bits = {bits} }}")
}

/// The claim that every fair run meets the formula.
fn claim(graph: &ExplicitGraph, formula: Formula) -> Option<String> {
    let name = |predicate: &str| {
        let number = graph.predicate_number(predicate);
        match formula {
            Formula::Always(_) => format!("(p{number} || !started)"),
            Formula::Until(p, _) if p == predicate => format!("(p{number} || !started)"),
            _ => format!("p{number}"),
        }
    };
    let formula = formula.ltl(["[]", "<>"], name)?;
    Some(if graph.fair_conditions().count() == 0 {
        formula
    } else {
        format!("([]<>(round == 1)) -> ({formula})")
    })
}

/// The numbers of the strong conditions.
fn strong(graph: &ExplicitGraph) -> impl Iterator<Item = usize> {
    let conditions = graph.fair_conditions().enumerate();
    conditions
        .filter(|(_, fair)| fair.strength == Strength::Strong)
        .map(|(number, _)| number)
}

/// What the counter does after each step.
fn watch(graph: &ExplicitGraph) -> String {
    let last = graph.fair_conditions().count();
    if last == 0 {
        return String::new();
    }
    let mut text = String::from("  d_step {\n    round = 0;\n");
    for (number, fair) in graph.fair_conditions().enumerate() {
        let done = match fair.strength {
            Strength::Weak => format!("(!e{number} || t{number})"),
            _ => format!("(over{number} || t{number})"),
        };
        let (next, stopped) = (number + 1, last + 1);
        if fair.strength == Strength::Strong {
            writeln!(
                text,
                "    if :: over{number} && e{number} -> stage = {stopped} :: else -> skip fi;"
            )
            .expect("writes");
        }
        writeln!(
            text,
            "    if :: stage == {number} && {done} -> stage = {next} :: else -> skip fi;"
        )
        .expect("writes");
    }
    writeln!(
        text,
        "    if :: stage == {last} -> stage = 0; round = 1 :: else -> skip fi\n  }}"
    )
    .expect("writes");
    text
}
