//! Ctrl-C.

use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

static FLAG: AtomicBool = AtomicBool::new(false);
static INSTALL: Once = Once::new();

/// A flag that Ctrl-C raises. The first one lets the exploration print what it reached; a second
/// one ends the program at once.
///
/// Where no handler can be installed, Ctrl-C keeps its ordinary meaning.
pub fn flag() -> &'static AtomicBool {
    INSTALL.call_once(|| {
        let installed = ctrlc::set_handler(|| {
            if FLAG.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        });
        if let Err(error) = installed {
            eprintln!("warning: Ctrl-C will end the program without a report ({error})");
        }
    });
    &FLAG
}

/// Whether Ctrl-C was pressed.
pub fn interrupted() -> bool {
    FLAG.load(Ordering::Relaxed)
}
