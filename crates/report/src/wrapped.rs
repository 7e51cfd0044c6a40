//! Lines that fit.

use textwrap::{Options, WordSeparator, WordSplitter};

/// A line as lines of at most so many columns, all but the first indented by two more than it is.
///
/// Words are not broken, so that a name, a path or a replay line can be copied; one that is too long stands
/// alone.
///
/// ```
/// use planwright_report::wrapped;
///
/// let lines = wrapped("  not one of the three states that can follow is good", 30);
/// assert_eq!(lines, ["  not one of the three states", "    that can follow is good"]);
/// assert_eq!(wrapped("  it fits", 9), ["  it fits"]);
/// ```
pub fn wrapped(line: &str, columns: usize) -> Vec<String> {
    if textwrap::core::display_width(line) <= columns {
        return vec![line.to_owned()];
    }
    let margin = line.len() - line.trim_start_matches(' ').len();
    let indent = " ".repeat(margin + 2);
    let options = Options::new(columns)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .subsequent_indent(&indent);
    let lines = textwrap::wrap(line, options).into_iter();
    lines.map(std::borrow::Cow::into_owned).collect()
}
