//! Whether one variant can be rolled out while another still runs.

use crate::family::{Family, SizeOptions as _, variant};
use crate::mixed::{MixedOptions, Versions, answer};
use crate::{Exit, Named, SearchOptions, say};

/// The `mixed` command.
pub(super) fn mixed<F: Family>(
    [old, new]: [&str; 2],
    options: &MixedOptions,
    size: &F::Size,
    search: &SearchOptions,
) -> Result<Exit, String> {
    let pair = (variant::<F>(old)?, variant::<F>(new)?);
    say!("Can {new} be rolled out while {old} still runs somewhere?");
    say!("old: {}", pair.0.what);
    say!("new: {}", pair.1.what);
    say!("{size}\n");
    let title = format!("{old} and {new}: {size}");
    let identity = format!("{} {old} {new}: {:?}", F::PACKAGE, size.options());
    let question = MixedQuestion {
        named: Named::new(title, &identity),
        options,
        search,
    };
    F::mixed((pair.0.protocol, pair.1.protocol), size, question).ok_or_else(|| {
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
