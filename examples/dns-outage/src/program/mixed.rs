//! Whether one variant can be rolled out while another still runs.

use planwright_checker::ablation::SafeguardSet;
use planwright_cli::mixed::{MixedOptions, answer};
use planwright_cli::{Exit, SearchOptions, say};

use crate::program::size::in_words;
use crate::{Instance, Replacement, SAFEGUARDS, Variant};

/// A row of the table, "fix", or safeguards with `+` between them, for those enactors that are as deployed
/// otherwise.
pub(crate) fn parse_version(text: &str) -> Result<Variant, String> {
    if let Some(variant) = Variant::by_row(text) {
        return Ok(variant);
    }
    let mut on = SafeguardSet::NONE;
    for name in ["own-age", "never-abandon"]
        .into_iter()
        .chain(text.split('+'))
    {
        let place = SAFEGUARDS
            .iter()
            .position(|safeguard| safeguard.name == name);
        let Some(place) = place else {
            let rows = Variant::all();
            let rows: Vec<_> = rows.iter().map(|variant| variant.row).collect();
            let names: Vec<_> = SAFEGUARDS.iter().map(|s| s.name).collect();
            return Err(format!(
                "`{name}` is neither a row ({}, fix) nor a safeguard ({}); several safeguards are \
                 joined by +",
                rows.join(", "),
                names.join(", ")
            ));
        };
        on = on.with(place);
    }
    Ok(Variant::with_safeguards(on))
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
    say!("old: {}", describe(&old.1));
    say!("new: {}", describe(&new.1));
    say!("{}\n", in_words(&instance));
    let versions = Replacement {
        old: old.1,
        new: new.1,
        instance,
    };
    answer(&versions, asked, search)
}

fn describe(variant: &Variant) -> String {
    let on = variant.safeguards;
    let mut names = Vec::new();
    for (is_on, name) in [
        (on.conditional_write, "conditional write"),
        (
            on.recheck_before_write,
            "check again before each write, not atomic",
        ),
        (on.exists_on_write, "write only a plan that exists"),
        (
            on.skip_in_use != crate::SkipInUse::Never,
            "clean-up spares plans in use",
        ),
        (on.self_heal, "self-heal"),
        (on.lock, "lock"),
        (on.atomic_cleanup, "last write and clean-up in one step"),
        (on.grace, "grace"),
        (
            on.referential_integrity,
            "at the store, referential integrity",
        ),
        (variant.weaknesses.abandon_writes, "writes may be given up"),
        (
            variant.weaknesses.age_from_published,
            "age from the published plan",
        ),
        (variant.weaknesses.edge_triggered, "edge-triggered"),
    ] {
        names.extend(is_on.then_some(name));
    }
    match names.is_empty() {
        true => "as deployed".to_owned(),
        false => names.join(", "),
    }
}
