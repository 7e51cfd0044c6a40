use std::fmt::Write as _;

use crate::{ExplicitGraph, Fairness, Formula, Strength};

/// The graph, and the formulas about it, as a NuSMV program.
///
/// Its state is the number of the graph's state, `s`, and the label of the step that led there, `by`,
/// which is 0 at first, after a stuttering step, and after a step that no fairness condition covers.
/// A state in which a run may stop has a step to itself, and so progress needs no words of its own: the
/// other states have none. A weak condition is a `JUSTICE` constraint, "none of its
/// steps is enabled here, or one of them led here"; a strong one a `COMPASSION` constraint.
///
/// [`nusmv_specifications`] tells which specifications a formula becomes. NuSMV's CTL quantifies over
/// fair runs, the oracle's `can reach` over all; the verdicts are the same, because every finite
/// schedule has a fair continuation.
///
/// ```
/// use planwright_oracle::{DieHard, ExplicitGraph, Pour, nusmv};
///
/// let puzzle = ExplicitGraph::explore(&DieHard, &["pour"], |_: &Pour| 0, &[]);
/// assert!(nusmv(&puzzle, &[]).contains("s : 0..15;"));
/// ```
///
/// # Panics
///
/// If the graph lacks a predicate that a formula names.
pub fn nusmv(graph: &ExplicitGraph, formulas: &[Formula]) -> String {
    let mut text = format!("-- {}\nMODULE main\nVAR\n", graph.name);
    let last = graph.states() - 1;
    let labels = graph.labels.len();
    writeln!(text, "  s : 0..{last};\n  by : 0..{labels};").expect("writes");
    text.push_str("DEFINE\n");
    for (number, predicate) in graph.predicates.iter().enumerate() {
        let states = one_of("s", graph.numbers(|state| predicate.holds[state]));
        writeln!(text, "  p{number} := {states};").expect("writes");
    }
    for (number, fair) in graph.fair_conditions().enumerate() {
        let states = one_of("s", graph.numbers(|state| graph.enables(state, fair)));
        let labels = fair.labels.iter().map(|label| (label + 1).to_string());
        let taken = one_of("by", labels.collect());
        writeln!(text, "  e{number} := {states};\n  t{number} := {taken};").expect("writes");
    }
    let initial = one_of("s", graph.initial.iter().map(usize::to_string).collect());
    writeln!(text, "INIT by = 0 & {initial}\nTRANS case").expect("writes");
    for state in 0..graph.states() {
        writeln!(text, "  s = {state} : {};", steps(graph, state)).expect("writes");
    }
    text.push_str("  TRUE : FALSE;\nesac\n");
    for (number, fair) in graph.fair_conditions().enumerate() {
        let constraint = match fair.strength {
            Strength::Weak => format!("JUSTICE !e{number} | t{number};"),
            _ => format!("COMPASSION (e{number}, t{number});"),
        };
        writeln!(text, "{constraint}").expect("writes");
    }
    for formula in formulas {
        let [ctl, ltl] = nusmv_specifications(graph, *formula);
        let ctl = ctl.map(|spec| format!("SPEC {spec};\n"));
        let ltl = ltl.map(|spec| format!("LTLSPEC {spec};\n"));
        text.extend([ctl, ltl].into_iter().flatten());
    }
    text
}

/// The formula in CTL and in LTL, as far as NuSMV can be asked: its CTL ignores strong fairness, so
/// that only formulas that do not depend on fairness are put in CTL then, and LTL has no words for
/// what can happen.
///
/// ```
/// use planwright_oracle::{DieHard, ExplicitGraph, Formula, Jugs, Pour, nusmv_specifications};
///
/// let four: &dyn Fn(&Jugs) -> bool = &|jugs| jugs.big == 4;
/// let puzzle = ExplicitGraph::explore(&DieHard, &["pour"], |_: &Pour| 0, &[("four", four)]);
/// let [ctl, ltl] = nusmv_specifications(&puzzle, Formula::Recoverable("four"));
/// assert_eq!((ctl.as_deref(), ltl), (Some("AG EF p0"), None));
/// ```
///
/// # Panics
///
/// If the graph lacks a predicate that the formula names.
pub fn nusmv_specifications(graph: &ExplicitGraph, formula: Formula) -> [Option<String>; 2] {
    let name = |predicate: &str| format!("p{}", graph.predicate_number(predicate));
    let ctl = match formula {
        Formula::Always(p) => Some(format!("AG {}", name(p))),
        Formula::Reachable(p) => Some(format!("EF {}", name(p))),
        Formula::Recoverable(p) => Some(format!("AG EF {}", name(p))),
        Formula::Eventually(p) => Some(format!("AF {}", name(p))),
        Formula::LeadsTo(p, q) => Some(format!("AG ({} -> AF {})", name(p), name(q))),
        Formula::AlwaysEventually(p) => Some(format!("AG AF {}", name(p))),
        // Not a formula of CTL: AF AG says more.
        Formula::EventuallyAlways(_) => None,
        Formula::Until(p, q) => Some(format!("A [{} U {}]", name(p), name(q))),
    };
    let strong = |fair: &Fairness| fair.strength == Strength::Strong;
    let faithful = formula.is_branching() || !graph.fairness.iter().any(strong);
    [ctl.filter(|_| faithful), formula.ltl(["G", "F"], name)]
}

/// The steps from a state, as a condition on the next one.
fn steps(graph: &ExplicitGraph, state: usize) -> String {
    let rests = graph.may_rest(state);
    let rests = rests.then(|| format!("next(by) = 0 & next(s) = {state}"));
    let steps = graph.edges[state].iter().map(|edge| {
        let by = graph.exported_label(edge.label);
        format!("next(by) = {by} & next(s) = {}", edge.target)
    });
    steps.chain(rests).collect::<Vec<_>>().join(" | ")
}

/// That the variable has one of these values.
fn one_of(variable: &str, values: Vec<String>) -> String {
    if values.is_empty() {
        "FALSE".to_owned()
    } else {
        format!("{variable} in {{{}}}", values.join(","))
    }
}
