//! Whether one variant can be rolled out while another still runs.

use crate::family::chosen::version;
use crate::family::{Family, SizeOptions as _};
use crate::mixed::{MixedOptions, Versions, answer};
use crate::{Exit, Named, SearchOptions, say};

/// The `mixed` command.
pub(super) fn mixed<F: Family>(
    [old, new]: [&str; 2],
    options: &MixedOptions,
    size: &F::Size,
    search: &SearchOptions,
) -> Result<Exit, String> {
    let [(old_one, old_words), (new_one, new_words)] = [version::<F>(old)?, version::<F>(new)?];
    say!("Can {new} be rolled out while {old} still runs somewhere?");
    say!("old: {}", old_words);
    say!("new: {}", new_words);
    say!("{size}\n");
    let title = format!("{old} and {new}: {size}");
    let identity = format!(
        "{} {old_one:?} {new_one:?}: {:?}",
        F::PACKAGE,
        size.options()
    );
    let question = MixedQuestion {
        named: Named::new(title, &identity),
        options,
        search,
    };
    F::mixed((old_one, new_one), size, question).ok_or_else(|| {
        let package = F::PACKAGE;
        format!(
            "the variants of {package} do not run side by side in this model; compare them instead: cargo \
             run --release -p {package}"
        )
    })
}

/// What the command `mixed` asks of two versions of a protocol.
#[derive(Debug)]
pub struct MixedQuestion<'a> {
    named: Named,
    options: &'a MixedOptions,
    search: &'a SearchOptions,
}

impl MixedQuestion<'_> {
    /// Explores every mix of the two versions, and tells what is found.
    pub fn answer(&self, versions: &impl Versions) -> Exit {
        answer(versions, &self.named, self.options, self.search)
    }
}
