//! The graph of a model, for tools that compare behaviours.

use std::fmt::Write as _;
use std::hash::Hash;

use planwright_model::Depict;

use crate::graph::{Graph, GraphError, GraphLimits};

/// How long a label may be: CADP reads no longer ones.
const LONGEST: usize = 5000;

/// The graph of a model in Aldebaran's format (<https://www.mcrl2.org/web/user_manual/tools/lts.html>), which
/// mCRL2 and CADP read: they compare the behaviour of two protocols, and check modal formulas.
///
/// The label of a step is who acts and what is done. If there are several initial states, a state is added
/// before them, with a step `start` to each, because the format has one.
///
/// # Errors
///
/// [`GraphError`] if there are more states than the limit. Takes time and memory in proportion to the graph.
///
/// # Panics
///
/// If the model has no initial state within its boundary.
pub fn graph_to_aldebaran<'a, M>(
    model: &M,
    limits: impl Into<GraphLimits<'a>>,
) -> Result<String, GraphError>
where
    M: Depict,
    M::State: Clone + Eq + Hash,
    M::Action: Clone,
{
    let graph = Graph::of(model, limits.into())?;
    assert!(graph.initial > 0, "the model has an initial state");
    let states = graph.states.len();
    let starts = match graph.initial {
        1 => 0..0,
        several => 0..several,
    };
    let (first, all) = match starts.is_empty() {
        true => (0, states),
        false => (states, states + 1),
    };
    let transitions = graph.steps.len() + starts.len();
    let mut text = format!("des ({first},{transitions},{all})\n");
    for to in starts {
        let _ = writeln!(text, "({first},\"start\",{to})");
    }
    for (from, label, to) in &graph.steps {
        let _ = writeln!(text, "({from},\"{}\",{to})", safe(label));
    }
    Ok(text)
}

/// A label that no reader ends early.
fn safe(label: &str) -> String {
    let letters = label.chars().map(|letter| match letter {
        '"' => '\'',
        letter if letter.is_control() => ' ',
        letter => letter,
    });
    letters.take(LONGEST).collect()
}
