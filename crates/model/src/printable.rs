//! Text that a terminal shows as it is.

use std::borrow::Cow;

/// Text of a model as it may be printed in a line: control characters, line ends among them, and what turns
/// the direction of writing round are written as escapes of Rust.
///
/// Every text form of a schedule or report prints names and descriptions through this, so that none of them
/// moves the cursor, colours what follows, begins another line or reorders it.
///
/// ```
/// use planwright_model::printable;
///
/// assert_eq!(printable("enactor 0"), "enactor 0");
/// assert_eq!(printable("two\nlines"), "two\\nlines");
/// assert_eq!(printable("\u{1b}[31mred \u{202e}tfel"), "\\u{1b}[31mred \\u{202e}tfel");
/// ```
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(misleads) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' => safe.extend(letter.escape_default()),
            letter if misleads(letter) => safe.extend(letter.escape_unicode()),
            letter => safe.push(letter),
        }
    }
    Cow::Owned(safe)
}

/// Control characters, separators of lines, and the controls of the Unicode Bidirectional Algorithm.
fn misleads(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}
