//! A schedule as a picture.

use std::fmt::Write as _;

use crate::Depict;

/// Pixels between lanes, and between steps.
const LANE: usize = 22;
const ROW: usize = 26;

/// Pixels above the first step, for the names of the lanes.
const HEAD: usize = 34;

/// A schedule as a timeline in SVG: a lane for each process, a dot for each step, what is done, and what a
/// reader should not miss. `steps` are the states in order, each with the action that was taken in it;
/// the last has none.
///
/// It is what [`Model::as_svg`](crate::Model::as_svg) of a model that can depict itself should return, so that
/// Stateright's Explorer shows it:
///
/// ```
/// # use planwright_model::{Depict, Model, timeline_svg};
/// fn as_svg<M: Depict>(model: &M, path: stateright::Path<M::State, M::Action>) -> Option<String> {
///     Some(timeline_svg(model, &path.into_vec()))
/// }
/// ```
pub fn timeline_svg<M: Depict>(model: &M, steps: &[(M::State, Option<M::Action>)]) -> String {
    let mut lanes = model.lanes();
    let taken: Vec<_> = steps
        .windows(2)
        .filter_map(|pair| {
            pair[0]
                .1
                .as_ref()
                .map(|action| (&pair[0].0, action, &pair[1].0))
        })
        .map(|(before, action, after)| {
            let actor = model.actor(action);
            let known = lanes.iter().position(|lane| *lane == actor);
            let lane = known.unwrap_or_else(|| {
                lanes.push(actor.clone());
                lanes.len() - 1
            });
            let remarks = model.remarks(before, action, after).into_iter();
            let remarks: String = remarks.map(|remark| format!("; {}", remark.text)).collect();
            (lane, format!("{actor} {}", model.deed(action)), remarks)
        })
        .collect();
    let x = |lane: usize| 16 + lane * LANE;
    let bottom = HEAD + taken.len() * ROW;
    let text = x(lanes.len()) + 6;
    let letters = taken
        .iter()
        .map(|(_, deed, remarks)| deed.chars().count() + remarks.chars().count());
    let (width, height) = (text + 8 * letters.max().unwrap_or(0) + 60, bottom + 12);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"sans-serif\" font-size=\"13\">"
    );
    for (lane, name) in lanes.iter().enumerate() {
        let (x, name) = (x(lane), Escaped(name));
        let _ = write!(
            svg,
            "<line x1=\"{x}\" x2=\"{x}\" y1=\"{}\" y2=\"{bottom}\" stroke=\"#bbb\"><title>{name}</title></line>\
             <text x=\"{x}\" y=\"20\" text-anchor=\"middle\" fill=\"#666\">{lane}<title>{name}</title></text>",
            HEAD - 8
        );
    }
    for (row, (lane, deed, remarks)) in taken.iter().enumerate() {
        let (x, y) = (x(*lane), HEAD + row * ROW + ROW / 2);
        let _ = write!(
            svg,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"#2456c9\"/><text x=\"{text}\" y=\"{}\">{}. {}\
             <tspan fill=\"#b3261e\">{}</tspan></text>",
            y + 4,
            row + 1,
            Escaped(deed),
            Escaped(remarks)
        );
    }
    svg + "</svg>"
}

/// Text that cannot be taken for markup.
struct Escaped<'t>(&'t str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.chars().try_for_each(|letter| match letter {
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '&' => f.write_str("&amp;"),
            '"' => f.write_str("&quot;"),
            // XML has no way to write these.
            letter if letter.is_control() => f.write_str(" "),
            letter => f.write_char(letter),
        })
    }
}
