//! How the state space grows with one option of the size.

use planwright_cli::{Exit, GrowthOptions, SearchOptions, growth as grow, say};

use crate::program::check::named;
use crate::program::claims::ClaimOptions;
use crate::program::forecast::Size;
use crate::{Instance, Variant};

/// An option of the size with how it is set.
type Setter = (&'static str, fn(&mut Instance, u32));

const SETTERS: [Setter; 6] = [
    ("enactors", |instance, value| {
        instance.enactors = value as usize
    }),
    ("endpoints", |instance, value| {
        instance.endpoints = value as usize
    }),
    ("generations", |instance, value| {
        instance.generations = value as usize
    }),
    ("crashes", |instance, value| {
        instance.faults.crashes = value as u8
    }),
    ("lost-acks", |instance, value| {
        instance.faults.lost_acknowledgements = value as u8
    }),
    ("rollbacks", |instance, value| {
        instance.faults.rollbacks = value as u8
    }),
];

/// The `growth` command.
pub(crate) fn growth(
    variant: &Variant,
    instance: Instance,
    options: &GrowthOptions,
    search: &SearchOptions,
) -> Result<Exit, String> {
    let setter = SETTERS.iter().find(|(name, _)| *name == options.option);
    let (name, set) = setter.ok_or_else(|| {
        let names = SETTERS.map(|(name, _)| name).join(", ");
        format!(
            "there is no option `{}` that grows; choose one of {names}",
            options.option
        )
    })?;
    say!("{}, but for {name}\n", named(variant, &instance));
    let system = |value| {
        let mut sized = instance;
        set(&mut sized, value);
        variant.system(sized)
    };
    let exists = |value| system(value).validate().is_ok();
    grow(options, exists, |value| {
        let size = Size {
            value,
            claims: ClaimOptions::SAFETY,
            search,
        };
        size.run(system(value))
    })
}
