//! Which protocol of a family, and how it is named.

use clap::Args;
use planwright_checker::ablation::SafeguardSet;

use crate::Named;
use crate::family::{Family, SizeOptions as _, Variant};

/// Which protocol.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Protocol")]
pub(super) struct ProtocolOptions {
    /// The variant; list them with `variants` [default: the one as deployed]
    #[arg(long, value_name = "NAME")]
    variant: Option<String>,

    /// Safeguards to add to it; list them with `variants`
    #[arg(long, value_name = "NAME,..", value_delimiter = ',')]
    safeguard: Vec<String>,

    /// Safeguards to take from it
    #[arg(long, value_name = "NAME,..", value_delimiter = ',')]
    without: Vec<String>,
}

impl ProtocolOptions {
    /// The protocol, at this size.
    ///
    /// # Errors
    ///
    /// If there is no such variant or safeguard, or the variant has no safeguards to change.
    pub(crate) fn choose<F: Family>(&self, size: &F::Size) -> Result<Chosen<F>, String> {
        let base = match &self.variant {
            Some(name) => variant::<F>(name)?,
            None => deployed::<F>(),
        };
        if self.safeguard.is_empty() && self.without.is_empty() {
            return Ok(Chosen::of(&base, size));
        }
        let added = places::<F>("--safeguard", &self.safeguard)?;
        let taken = places::<F>("--without", &self.without)?;
        if let Some(place) = added.iter().find(|place| taken.contains(*place)) {
            let name = F::safeguards()[place].name;
            return Err(format!(
                "`{name}` is both added and taken away; name it once"
            ));
        }
        let on = safeguards_of::<F>(base.protocol).ok_or_else(|| {
            format!(
                "the safeguards of variant `{}` cannot be changed one by one; choose another variant",
                base.name
            )
        })?;
        let on = on.minus(taken).iter().chain(added.iter()).collect();
        Ok(Chosen::with(&base, on, size))
    }
}

/// A protocol of a family at a size, with its name.
pub(crate) struct Chosen<F: Family> {
    pub(crate) protocol: F::Protocol,
    /// The size at which it is explored.
    pub(crate) size: F::Size,
    /// What it is called, without the size.
    pub(crate) title: String,
    /// The options that choose it again, with a space behind each.
    pub(crate) options: String,
    /// What prints a schedule again, if its path is appended.
    pub(crate) replay: String,
}

impl<F: Family> Chosen<F> {
    /// A variant as it is.
    pub(crate) fn of(variant: &Variant<F::Protocol>, size: &F::Size) -> Self {
        let nothing = [SafeguardSet::NONE; 2];
        Self::new(variant, nothing, variant.protocol, size)
    }

    /// The protocol as deployed, but with exactly these safeguards on.
    ///
    /// # Panics
    ///
    /// If it has no safeguards that could be changed.
    pub(crate) fn with_safeguards(on: SafeguardSet, size: &F::Size) -> Self {
        Self::with(&deployed::<F>(), on, size)
    }

    fn with(base: &Variant<F::Protocol>, on: SafeguardSet, size: &F::Size) -> Self {
        let had = safeguards_of::<F>(base.protocol)
            .expect("who changes safeguards has asked whether they can be");
        let protocol = F::with_safeguards(base.protocol, on);
        Self::new(base, [on.minus(had), had.minus(on)], protocol, size)
    }

    fn new(
        base: &Variant<F::Protocol>,
        [added, taken]: [SafeguardSet; 2],
        protocol: F::Protocol,
        size: &F::Size,
    ) -> Self {
        let changes = |add: &str, take: &str, between: &str| {
            let changes = [(add, added), (take, taken)].into_iter();
            let changes = changes.filter(|(_, names)| !names.is_empty());
            let changes = changes.map(|(word, on)| format!("{word} {}", names::<F>(on, between)));
            changes.collect::<Vec<_>>()
        };
        let variants = std::iter::once(*base).chain(F::variants());
        let mut same = variants.filter(|variant| variant.protocol == protocol);
        let title = match same.next() {
            Some(Variant { name, what, .. }) => format!("variant {name}, {what}"),
            None => {
                let changes = changes("with", "without", ", ").join(", ");
                format!("variant {} {changes}", base.name)
            }
        };
        let mut options = format!("--variant {} ", base.name);
        for change in changes("--safeguard", "--without", ",") {
            options += &format!("{change} ");
        }
        Self {
            protocol,
            size: F::sized(protocol, size),
            title,
            replay: replay_command::<F>(options.trim_end(), size),
            options,
        }
    }

    /// Its name, with the size. One protocol has one digest, whatever options name it.
    pub(crate) fn named(&self) -> Named {
        let Self {
            protocol,
            size,
            title,
            ..
        } = self;
        let identity = format!("{} {protocol:?}: {:?}", F::PACKAGE, size.options());
        Named::new(format!("{title}: {size}"), &identity)
    }

    pub(crate) fn model(&self) -> F::Model {
        F::model(self.protocol, &self.size)
    }

    /// The model with exactly these safeguards on.
    pub(crate) fn guarded(&self, on: SafeguardSet) -> F::Model {
        F::model(F::with_safeguards(self.protocol, on), &self.size)
    }

    /// The safeguards that are on; `None` if they cannot be changed one by one.
    pub(crate) fn safeguards(&self) -> Option<SafeguardSet> {
        safeguards_of::<F>(self.protocol)
    }
}

/// What prints a schedule of the protocol that these options choose, if its path is appended.
pub(crate) fn replay_command<F: Family>(options: &str, size: &F::Size) -> String {
    let words = format!("{options}{}", size.command_line());
    let words = words.trim();
    format!("cargo run --release -p {} -- replay {words}", F::PACKAGE)
        .trim_end()
        .to_owned()
}

/// The names of safeguards.
fn names<F: Family>(on: SafeguardSet, between: &str) -> String {
    let safeguards = F::safeguards();
    let names: Vec<_> = on.iter().map(|place| safeguards[place].name).collect();
    names.join(between)
}

/// The safeguards of a protocol; `None` if they cannot be changed one by one.
pub(super) fn safeguards_of<F: Family>(protocol: F::Protocol) -> Option<SafeguardSet> {
    let safeguards = F::safeguards();
    if safeguards.is_empty() {
        return None;
    }
    let mut sets = SafeguardSet::all(safeguards.len());
    sets.find(|on| F::with_safeguards(protocol, *on) == protocol)
}

/// The places of safeguards that an option names.
fn places<F: Family>(option: &str, names: &[String]) -> Result<SafeguardSet, String> {
    let safeguards = F::safeguards();
    let place = |name: &String| {
        let place = safeguards.iter().position(|s| s.name == name);
        place.ok_or_else(|| {
            let known: Vec<_> = safeguards.iter().map(|s| s.name).collect();
            match known.is_empty() {
                true => without_safeguards::<F>(),
                false => format!(
                    "{option}: there is no safeguard `{name}`; choose from {}",
                    known.join(", ")
                ),
            }
        })
    };
    names.iter().map(place).collect()
}

/// What there is to do in a family without safeguards.
pub(super) fn without_safeguards<F: Family>() -> String {
    let package = F::PACKAGE;
    format!(
        "{package} names no safeguards that can be on or off; compare its variants instead: \
         cargo run --release -p {package}"
    )
}

/// The variant as deployed.
pub(super) fn deployed<F: Family>() -> Variant<F::Protocol> {
    F::variants()[0]
}

/// The variant of this name.
///
/// # Errors
///
/// If there is none; the message lists those that there are.
pub(super) fn variant<F: Family>(name: &str) -> Result<Variant<F::Protocol>, String> {
    let variants = F::variants();
    let known: Vec<_> = variants.iter().map(|variant| variant.name).collect();
    let found = variants.iter().find(|variant| variant.name == name);
    found.copied().ok_or_else(|| {
        format!(
            "there is no variant `{name}`; choose one of {}",
            known.join(", ")
        )
    })
}

/// A version for `mixed`, with words for it: a variant, or safeguards joined by `+` in addition to what is
/// deployed.
///
/// # Errors
///
/// If it is neither; the message lists what there is.
pub(super) fn version<F: Family>(text: &str) -> Result<(F::Protocol, String), String> {
    if let Ok(variant) = variant::<F>(text) {
        return Ok((variant.protocol, variant.what.to_owned()));
    }
    let names: Vec<_> = text.split('+').map(str::to_owned).collect();
    let added = places::<F>("", &names).map_err(|_| {
        let variants: Vec<_> = F::variants().iter().map(|variant| variant.name).collect();
        let safeguards: Vec<_> = F::safeguards().iter().map(|s| s.name).collect();
        let variants = variants.join(", ");
        match safeguards.is_empty() {
            true => format!("there is no variant `{text}`; choose one of {variants}"),
            false => format!(
                "`{text}` is neither a variant ({variants}) nor safeguards joined by + ({})",
                safeguards.join(", ")
            ),
        }
    })?;
    let base = deployed::<F>();
    let had = safeguards_of::<F>(base.protocol).unwrap_or(SafeguardSet::NONE);
    let on = had.iter().chain(added.iter()).collect();
    let words = format!("{}, with {}", base.what, names.join(", "));
    Ok((F::with_safeguards(base.protocol, on), words))
}
