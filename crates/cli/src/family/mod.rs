//! What a family of protocols is, and the program that each one has.
//!
//! A family implements [`Family`], and its `main` is one call of [`run`].

mod check;
mod command;
mod tour;
mod verdicts;

use std::fmt;
use std::hash::Hash;

use clap::Args;
use planwright_checker::{Checker, Encode, Model, Symmetric};
use planwright_model::ActionClasses;

pub use command::run;
pub use verdicts::{Cell, Verdicts, verdicts};

/// A family of protocols: one as deployed, and what was proposed to repair it. All have the same
/// properties and the same bounds.
pub trait Family {
    /// One of the protocols.
    type Protocol: Copy;

    /// The options that bound the model. They are `global`, so that they may follow a command, and
    /// `clap` refuses what no model can have.
    type Size: SizeOptions;

    /// The name of the package, as `cargo run -p` takes it.
    const PACKAGE: &'static str;

    /// What the program does, in one line for `--help`.
    const ABOUT: &'static str;

    /// Every variant, in the order of the table; the first is the one as deployed.
    fn variants() -> Vec<Variant<Self::Protocol>>;

    /// What the program shows when it is run without a command.
    fn tour() -> Tour<Self::Size>;

    /// Builds the model of a protocol at a size, with a checker of the family's properties, and
    /// hands both to the visitor: the type of the model may depend on the size.
    fn visit<V: ModelVisitor>(protocol: Self::Protocol, size: &Self::Size, visitor: V)
    -> V::Output;
}

/// The bounds under which verdicts hold. `Default` is the size of the tour, `Display` tells the
/// size in words.
pub trait SizeOptions: Args + Clone + Default + fmt::Display {
    /// Each option without its dashes, and its value.
    fn options(&self) -> Vec<(&'static str, u64)>;

    /// The command line that gives the same size, where it is not the default one.
    fn command_line(&self) -> String {
        let defaults = Self::default().options();
        let pairs = self.options().into_iter().zip(defaults);
        let given = pairs.filter(|(given, default)| given != default);
        given
            .map(|((name, value), _)| format!(" --{name} {value}"))
            .collect()
    }
}

/// A protocol of a family, with what the family declares of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant<P> {
    /// What `--variant` takes.
    pub name: &'static str,
    /// What it does, in a few words.
    pub what: &'static str,
    /// The protocol.
    pub protocol: P,
    /// The names of the properties that it violates at the size of the tour; all others hold.
    pub violates: &'static [&'static str],
}

/// What the program shows when it is run without a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tour<S> {
    /// The incident, in a few lines.
    pub incident: &'static str,
    /// Schedules worth seeing.
    pub exhibits: &'static [Exhibit],
    /// The variant that suffices.
    pub fix: &'static str,
    /// The size at which it is checked once more.
    pub larger: S,
    /// What the verdicts assume and leave out, in a few lines.
    pub assumed: &'static str,
}

/// A schedule worth seeing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhibit {
    /// The variant.
    pub variant: &'static str,
    /// The property that it violates.
    pub property: &'static str,
    /// What the schedule teaches, in a few lines.
    pub lesson: &'static str,
}

/// A model with all that the shared options can switch on: a name for bounds, nothing more.
pub trait FamilyModel:
    ActionClasses
    + Encode
    + Symmetric
    + Model<
        State: Clone + fmt::Debug + Hash + PartialEq + Send + Sync,
        Action: Clone + fmt::Debug + PartialEq + Send + Sync,
    > + Sync
{
}

impl<M> FamilyModel for M
where
    M: ActionClasses + Encode + Symmetric + Sync,
    M::State: Clone + fmt::Debug + Hash + PartialEq + Send + Sync,
    M::Action: Clone + fmt::Debug + PartialEq + Send + Sync,
{
}

/// What is done with a model of a family, whatever its type.
pub trait ModelVisitor {
    /// What comes of it.
    type Output;

    /// Does it. The checker has the family's properties and nothing else.
    fn visit<'m, M: FamilyModel>(self, model: &'m M, checker: Checker<'m, M>) -> Self::Output;
}

/// The variant of this name.
///
/// # Errors
///
/// If there is none; the message lists those that there are.
pub(crate) fn variant<F: Family>(name: &str) -> Result<Variant<F::Protocol>, String> {
    let variants = F::variants();
    let known: Vec<_> = variants.iter().map(|variant| variant.name).collect();
    let found = variants.iter().find(|variant| variant.name == name);
    found.copied().ok_or_else(|| {
        format!(
            "--variant: there is no `{name}`; choose one of {}",
            known.join(", ")
        )
    })
}

/// A number with its noun, as in "2 servers".
///
/// ```
/// assert_eq!(planwright_cli::counted(1, "entry", "entries"), "1 entry");
/// assert_eq!(planwright_cli::counted(2, "entry", "entries"), "2 entries");
/// ```
pub fn counted(number: u64, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}
