//! Whether one variant can be rolled out while another still runs.

use planwright_cli::mixed::{MixedOptions, answer};
use planwright_cli::{Exit, Named, SearchOptions, say};

use crate::switches::{SWITCHES, Switch};
use crate::{Instance, Replacement, Variant};

/// A row of the table, "fix", or safeguards with `+` between them, for those enactors that are as deployed
/// otherwise.
pub(crate) fn parse_version(text: &str) -> Result<Variant, String> {
    if let Some(variant) = Variant::by_row(text) {
        return Ok(variant);
    }
    let mut variant = Variant::as_deployed();
    for name in text.split('+') {
        let Some(switch) = Switch::named(name) else {
            let rows = Variant::all();
            let rows: Vec<_> = rows.iter().map(|variant| variant.row).collect();
            let names = SWITCHES.each_ref().map(|switch| switch.name);
            return Err(format!(
                "`{name}` is neither a row ({}, fix) nor a safeguard ({}); several safeguards are \
                 joined by +",
                rows.join(", "),
                names.join(", ")
            ));
        };
        switch.set(&mut variant, true);
    }
    Ok(variant)
}

/// The `mixed` command.
pub(crate) fn mixed(
    [old, new]: [&(String, Variant); 2],
    asked: &MixedOptions,
    instance: Instance,
    search: &SearchOptions,
) -> Exit {
    say!(
        "Can {} be rolled out while enactors of {} still run?",
        new.0,
        old.0
    );
    say!("old: {}", old.1.in_words());
    say!("new: {}", new.1.in_words());
    say!("{instance}\n");
    // What `mixed` explores of a variant is what its enactors do, and the rules of the store.
    let parts = [&old.1, &new.1].map(|variant| (variant.safeguards, variant.weaknesses));
    let [old_words, new_words] = [old.1, new.1].map(|variant| variant.in_words());
    let title = format!("{old_words} and {new_words}: {instance}");
    let named = Named::new(title, &format!("{parts:?} {instance:?}"));
    let versions = Replacement {
        old: old.1,
        new: new.1,
        instance,
    };
    answer(&versions, &named, asked, search)
}
