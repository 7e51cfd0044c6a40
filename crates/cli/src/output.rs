//! Standard output: for people, lines that fit and that a terminal shows as they are; for programs, text as it
//! is. It may be closed.

use std::fmt;
use std::io::{ErrorKind, IsTerminal as _, Write as _};

use planwright_model::printable;
use planwright_report::wrapped;

use crate::named::is_replay_line;

/// The exit code of a program that a closed pipe has ended, by convention of the shell.
const PIPE_CLOSED: i32 = 141;

/// The columns of a line of text where standard output is no terminal.
const COLUMNS: usize = 80;

/// The columns of the terminal; `None` where standard output is none.
pub fn columns() -> Option<usize> {
    let is_terminal = std::io::stdout().is_terminal();
    is_terminal.then(textwrap::termwidth)
}

/// Prints lines for people on standard output: [`printable`] but for their ends, and [`wrapped`] to the
/// [`columns`] of the terminal, or to 80. A line with a command or a replay line stays whole, so that it can be
/// copied. A reader that has gone away, as in `| head`, ends the program without a message.
///
/// # Panics
///
/// If standard output fails for another reason.
pub fn print_line(text: fmt::Arguments<'_>) {
    print_verbatim(&fitting(&text.to_string(), columns().unwrap_or(COLUMNS)));
}

/// Prints a [`table`](crate::table()), whose lines fit already where they have to; otherwise as [`print_line`].
///
/// # Panics
///
/// As [`print_line`].
pub fn print_table(table: &str) {
    let lines = table.split('\n').map(printable);
    print_verbatim(&lines.collect::<Vec<_>>().join("\n"));
}

/// Prints paragraphs, which blank lines part, filled to the width of the terminal, or to 80 columns;
/// otherwise as [`print_line`]. The line ends inside a paragraph do not count.
///
/// # Panics
///
/// As [`print_line`].
pub fn print_prose(text: &str) {
    print_verbatim(&filled(text, columns().unwrap_or(COLUMNS)));
}

fn filled(text: &str, columns: usize) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let words: Vec<_> = paragraph.split_whitespace().collect();
        textwrap::fill(&printable(&words.join(" ")), columns)
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// The lines, made to fit.
fn fitting(text: &str, columns: usize) -> String {
    let lines = text.split('\n').map(printable).flat_map(|line| {
        match line.contains("cargo run ") || line.split([' ', '(', ')', ',']).any(is_replay_line) {
            true => vec![line.into_owned()],
            false => wrapped(&line, columns),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Prints text for programs on standard output, with a line end after it; otherwise as [`print_line`].
///
/// # Panics
///
/// If standard output fails for another reason than that it is closed.
pub fn print_verbatim(text: &str) {
    if let Err(error) = writeln!(std::io::stdout(), "{text}") {
        if error.kind() == ErrorKind::BrokenPipe {
            std::process::exit(PIPE_CLOSED);
        }
        panic!("standard output: {error}");
    }
}

/// As [`println!`], for a standard output that people read and that may be closed; see [`print_line`].
#[macro_export]
macro_rules! say {
    ($($argument:tt)*) => {
        $crate::print_line(format_args!($($argument)*))
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_filled_and_stay_apart() {
        let text = "one two\nthree four five\n\nsix\nseven";
        assert_eq!(filled(text, 13), "one two three\nfour five\n\nsix seven");
    }
    use crate::Named;

    #[test]
    fn lines_fit_a_terminal_and_commands_stay_whole() {
        let text =
            "one two three four\nagain: cargo run --release -p x -- replay 0/1\n  five six seven";
        assert_eq!(fitting(text, COLUMNS), text);
        assert_eq!(
            fitting(text, 13),
            "one two three\n  four\nagain: cargo run --release -p x -- replay 0/1\n  five six\n    seven"
        );
        assert_eq!(fitting("\u{1b}[2J", COLUMNS), "\\u{1b}[2J");
    }

    #[test]
    fn replay_lines_stay_whole() {
        let line = Named::new("lamps", "lamps").line("0/0/1/0/0/2/2/0/2/2/2");
        for text in [
            format!("replay: {line}"),
            format!("  without lock: 4 steps (--safeguards none {line})"),
            format!("  again: 1-new:{line}"),
        ] {
            assert_eq!(fitting(&text, 13), text);
        }
        assert_eq!(
            fitting("write to me@example: 0/0/1", 13),
            "write to\n  me@example:\n  0/0/1"
        );
    }
}
