//! Standard output that may be closed.

use std::fmt;
use std::io::{ErrorKind, Write as _};

/// The exit code of a program that a closed pipe has ended, by convention of the shell.
const PIPE_CLOSED: i32 = 141;

/// Prints a line on standard output. A reader that has gone away, as in `| head`, ends the program
/// without a message.
///
/// # Panics
///
/// If standard output fails for another reason.
pub fn print_line(line: fmt::Arguments<'_>) {
    if let Err(error) = writeln!(std::io::stdout(), "{line}") {
        if error.kind() == ErrorKind::BrokenPipe {
            std::process::exit(PIPE_CLOSED);
        }
        panic!("standard output: {error}");
    }
}

/// As [`println!`], for a standard output that may be closed; see [`print_line`].
#[macro_export]
macro_rules! say {
    ($($argument:tt)*) => {
        $crate::print_line(format_args!($($argument)*))
    };
}
