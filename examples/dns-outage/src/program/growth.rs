//! How the state space grows with one option of the size.

use planwright_cli::{
    Exit, GrowthOptions, SearchOptions, SizeOptions as _, growth as grow, say, sizes,
};

use crate::program::check::named;
use crate::program::claims::ClaimOptions;
use crate::program::forecast::explored;
use crate::{Instance, Variant};

/// The `growth` command.
pub(crate) fn growth(
    variant: &Variant,
    instance: Instance,
    options: &GrowthOptions,
    search: &SearchOptions,
) -> Result<Exit, String> {
    let name = &options.option;
    let sized = sizes::<Instance>(&instance.options(), name)?;
    say!("{}, but for {name}\n", named(variant, &instance));
    let exists = |value| sized(value).is_some();
    grow(options, exists, |value| {
        let system = variant.system(sized(value)?);
        explored(&system, ClaimOptions::SAFETY, search, value)
    })
}
