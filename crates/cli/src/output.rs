//! Standard output: for people, lines that a terminal shows as they are; for programs, text as it
//! is. It may be closed.

use std::fmt;
use std::io::{ErrorKind, Write as _};

use planwright_model::printable;

/// The exit code of a program that a closed pipe has ended, by convention of the shell.
const PIPE_CLOSED: i32 = 141;

/// Prints lines for people on standard output, [`printable`] but for their ends. A reader that has gone away,
/// as in `| head`, ends the program without a message.
///
/// # Panics
///
/// If standard output fails for another reason.
pub fn print_line(text: fmt::Arguments<'_>) {
    let text = text.to_string();
    let lines = text.split('\n').map(printable);
    print_verbatim(&lines.collect::<Vec<_>>().join("\n"));
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
