//! The graph of a small model, for Graphviz.

use std::fmt::{self, Write as _};
use std::hash::Hash;

use planwright_model::Depict;

use crate::graph::{Graph, GraphError, GraphLimits};

/// How many states a graph may have that people are to look at.
pub const STATES_TO_LOOK_AT: usize = 250;

/// The graph of a model for Graphviz (<https://graphviz.org/doc/info/lang.html>): a node for each state,
/// with what is in it, and an edge for each step.
///
/// # Errors
///
/// [`GraphError`] if there are more states than the limit; [`STATES_TO_LOOK_AT`] is what people can make
/// sense of. Takes time and memory in proportion to the graph.
pub fn graph_to_dot<'a, M>(
    model: &M,
    limits: impl Into<GraphLimits<'a>>,
) -> Result<String, GraphError>
where
    M: Depict,
    M::State: Clone + Eq + Hash,
    M::Action: Clone,
{
    let graph = Graph::of(model, limits.into())?;
    let mut text = "digraph states {\n  node [shape=box, fontname=\"Helvetica\"];\n".to_owned();
    for (number, state) in graph.states.iter().enumerate() {
        let picture = model.picture(state);
        let items = picture
            .items()
            .map(|item| format!("{}: {}", item.name, item.text));
        let label = items.collect::<Vec<_>>().join("\n");
        let style = match number < graph.initial {
            true => ", penwidth=2",
            false => "",
        };
        let _ = writeln!(text, "  s{number} [label={}{style}];", quoted(&label));
    }
    for (from, label, to) in &graph.steps {
        let _ = writeln!(text, "  s{from} -> s{to} [label={}];", quoted(label));
    }
    Ok(text + "}\n")
}

/// A text in quotes, as Graphviz reads it: line ends stay, nothing else is taken for an escape.
pub(crate) fn quoted(text: &str) -> Quoted<'_> {
    Quoted(text)
}

pub(crate) struct Quoted<'t>(&'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for letter in self.0.chars() {
            match letter {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                letter if letter.is_control() => f.write_char(' ')?,
                letter => f.write_char(letter)?,
            }
        }
        f.write_char('"')
    }
}
