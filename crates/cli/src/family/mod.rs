//! What a family of protocols is, and the program that each one has.
//!
//! A family implements [`Family`], and its `main` is one call of [`run`].

mod ablate;
mod check;
pub(crate) mod chosen;
pub(crate) mod claims;
mod command;
mod every_number;
mod forecast;
mod mixed;
mod mutate;
mod proofs;
mod sequel;
mod tour;
mod verdicts;

use std::fmt;

use clap::Args;
use planwright_checker::ablation::SafeguardSet;
use planwright_checker::{Checkable, Checker, Encode, Model, Symmetric, Trace};
use planwright_model::{ActionClasses, Count, Depict};

use crate::{Exit, Safeguard};

pub use ablate::{Lattices, lattice};
pub use command::run;
pub use mixed::MixedQuestion;
pub use mutate::{MutateQuestion, mutants};
pub use proofs::ProofQuestion;
pub use sequel::Sequel;
pub use verdicts::{Cell, Verdicts, verdicts};

/// A family of protocols: one as deployed, and what was proposed to repair it. All have the same
/// properties and the same bounds.
///
/// ```
/// use planwright_checker::Checker;
/// use planwright_cli::{Cell, Exhibit, Family, SearchOptions, SizeOptions, Tour, Variant};
/// # use std::{borrow::Cow, fmt};
/// # use planwright_model::{ActionClasses, Count, Depict, Encode, Group, Item, Model, Picture, Symmetric};
/// # #[derive(Clone, Copy, Debug)]
/// # struct Lamp { latched: bool, presses: u8 }
/// # impl Model for Lamp {
/// #     type State = u8;
/// #     type Action = u8;
/// #     fn init_states(&self) -> Vec<u8> { vec![0] }
/// #     fn actions(&self, state: &u8, actions: &mut Vec<u8>) {
/// #         actions.extend((*state < self.presses && !(self.latched && *state == 1)).then_some(0));
/// #     }
/// #     fn next_state(&self, state: &u8, _: u8) -> Option<u8> { Some(state + 1) }
/// # }
/// # impl ActionClasses for Lamp {
/// #     fn action_classes(&self) -> Vec<Cow<'static, str>> { vec!["press".into()] }
/// #     fn action_class(&self, _: &u8) -> usize { 0 }
/// # }
/// # impl Depict for Lamp {
/// #     fn lanes(&self) -> Vec<String> { vec!["hand".to_owned()] }
/// #     fn actor(&self, _: &u8) -> String { "hand".to_owned() }
/// #     fn deed(&self, _: &u8) -> String { "presses".to_owned() }
/// #     fn picture(&self, state: &u8) -> Picture {
/// #         Picture::from([Group::new("lamps", [Item::new("lamp", state.to_string())])])
/// #     }
/// # }
/// # impl Encode for Lamp {
/// #     type Code = u64;
/// #     fn encode(&self, state: &u8) -> Option<u64> { Some((*state).into()) }
/// #     fn decode(&self, code: u64) -> u8 { code as u8 }
/// # }
/// # impl Symmetric for Lamp {
/// #     type Permutation = ();
/// #     fn permutations(&self) -> Vec<()> { vec![()] }
/// #     fn permute(&self, (): &(), state: &u8) -> u8 { *state }
/// #     fn permute_action(&self, (): &(), action: &u8) -> u8 { *action }
/// #     fn canonical(&self, state: &u8) -> u8 { *state }
/// # }
///
/// /// How often the switch of a lamp is pressed, at most.
/// #[derive(clap::Args, Clone, Debug)]
/// struct Presses {
///     #[arg(long, default_value_t = 3, global = true)]
///     presses: u8,
/// }
/// # impl Default for Presses { fn default() -> Self { Self { presses: 3 } } }
/// # impl fmt::Display for Presses {
/// #     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{} presses", self.presses) }
/// # }
///
/// impl SizeOptions for Presses {
///     fn options(&self) -> Vec<(&'static str, u64)> {
///         vec![("presses", self.presses.into())]
///     }
/// }
///
/// struct Lamps;
///
/// impl Family for Lamps {
///     /// Whether the switch latches.
///     type Protocol = bool;
///     type Size = Presses;
///     type Model = Lamp;
///     const PACKAGE: &'static str = "lamps";
///     const ABOUT: &'static str = "Shows how a lamp goes out again";
///
///     fn variants() -> Vec<Variant<bool>> {
///         vec![
///             Variant::new("plain", "a switch", false, &["stays lit"]),
///             Variant::new("latched", "a switch that latches", true, &[]),
///         ]
///     }
///
///     fn tour() -> Tour<Presses> {
///         Tour {
///             incident: "It was dark.",
///             exhibits: &[Exhibit { variant: "plain", property: "stays lit", lesson: "Press once." }],
///             fix: "latched",
///             larger: Presses { presses: 9 },
///             assumed: "The lamp works.",
///         }
///     }
///
///     fn model(latched: bool, size: &Presses) -> Lamp {
///         Lamp { latched, presses: size.presses }
///     }
///
///     fn checker(lamp: &Lamp) -> Checker<'_, Lamp> {
///         Checker::new(lamp).always("stays lit", |presses| *presses < 2)
///     }
/// }
///
/// // The whole program: fn main() -> Exit { planwright_cli::run::<Lamps>() }
/// let size = Presses { presses: 2 };
/// assert_eq!(size.command_line(), " --presses 2");
/// for variant in Lamps::variants() {
///     let found = planwright_cli::verdicts::<Lamps>(variant.protocol, &size, &SearchOptions::default());
///     assert!(found.agree_with(variant.violates));
/// }
/// ```
pub trait Family: Sized {
    /// One of the protocols. Replay lines rest on its `Debug`, which tells no two protocols alike.
    type Protocol: Copy + fmt::Debug + PartialEq;

    /// The options that bound the model. They are `global`, so that they may follow a command, and
    /// `clap` refuses what no model can have.
    type Size: SizeOptions;

    /// The model of a protocol at a size.
    type Model: FamilyModel;

    /// The name of the package, as `cargo run -p` takes it.
    const PACKAGE: &'static str;

    /// What the program does, in one line for `--help`.
    const ABOUT: &'static str;

    /// Every variant, in the order of the table; the first is the one as deployed.
    fn variants() -> Vec<Variant<Self::Protocol>>;

    /// What the program shows when it is run without a command.
    fn tour() -> Tour<Self::Size>;

    /// Builds the model of a protocol at a size.
    fn model(protocol: Self::Protocol, size: &Self::Size) -> Self::Model;

    /// A checker of the family's properties and nothing else. One that [describes](Checker::describe) its
    /// model puts bounds and assumptions on the cards of `check --card`.
    fn checker(model: &Self::Model) -> Checker<'_, Self::Model>;

    /// The size at which a protocol is explored, and that headings tell: the given one, unless a protocol
    /// brings bounds of its own, such as faults.
    fn sized(_protocol: Self::Protocol, size: &Self::Size) -> Self::Size {
        size.clone()
    }

    /// Ways in which processes may be taken to be fair, and what each means, for `--fairness`; none if no property
    /// depends on such a choice.
    fn fairness() -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// [`checker`](Self::checker), with the properties that depend on one of the ways of
    /// [`fairness`](Self::fairness), and its conditions.
    fn fair_checker<'m>(model: &'m Self::Model, _way: &str) -> Checker<'m, Self::Model> {
        Self::checker(model)
    }

    /// Classes of actions without which the verdicts say little, and how to bring each about: for warnings.
    fn exercised() -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// Answers `check --mutate`; for systems of plans and enactors there is
    /// [`of_system`](MutateQuestion::of_system).
    fn mutate(question: MutateQuestion<'_, Self>) -> Exit {
        question.of_any()
    }

    /// The safeguards that can be on or off independently of one another, at most 16, for `--safeguard`,
    /// `--without`, `ablate`, `explain` and `check --mutate`; none unless a family names them.
    fn safeguards() -> Vec<Safeguard> {
        Vec::new()
    }

    /// This protocol with exactly these [`safeguards`](Self::safeguards) on, by their places, and the same in
    /// all else. The one as deployed must be such a protocol, of itself.
    fn with_safeguards(protocol: Self::Protocol, _on: SafeguardSet) -> Self::Protocol {
        protocol
    }

    /// What `ablate` explores unless options say otherwise: all safeguards, at the size of the tour.
    fn lattices() -> Lattices<Self::Size> {
        Lattices {
            vary: Self::safeguards().len(),
            sizes: vec![("", Self::Size::default())],
        }
    }

    /// Answers the command `every-generation`; `None` unless a family has such proofs.
    fn every_generation(_question: ProofQuestion<'_, Self>) -> Option<Exit> {
        None
    }

    /// Answers the command `every-number`; `None` unless a family has such proofs. For systems of plans and
    /// enactors there is [`every_number_of_system`](ProofQuestion::every_number_of_system).
    fn every_number() -> Option<fn(ProofQuestion<'_, Self>) -> Exit> {
        None
    }

    /// Tells, in the tour, what can follow a schedule that it has shown: nothing by default. For systems of plans
    /// and enactors there is [`of_system`](Sequel::of_system).
    fn sequel(_sequel: Sequel<'_, Self>) {}

    /// Answers the command `mixed` about fleets of which some processes run the first of two protocols and
    /// some the second; `None` unless a family has such fleets.
    fn mixed(
        _versions: (Self::Protocol, Self::Protocol),
        _size: &Self::Size,
        _question: MixedQuestion<'_>,
    ) -> Option<Exit> {
        None
    }
}

/// A schedule of a model.
pub(crate) type TraceOf<M> = Trace<<M as Model>::State, <M as Model>::Action>;

/// The bounds under which verdicts hold. `Default` is the size of the tour, `Display` tells the
/// size in words.
pub trait SizeOptions: Args + Clone + Default + fmt::Display + Sync {
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

impl<P> Variant<P> {
    /// A variant with all that it consists of.
    pub fn new(
        name: &'static str,
        what: &'static str,
        protocol: P,
        violates: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            what,
            protocol,
            violates,
        }
    }
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
    ActionClasses + Depict + Encode + Symmetric + Checkable<State: Eq + fmt::Debug, Action: fmt::Debug>
{
}

impl<M> FamilyModel for M where
    M: ActionClasses
        + Depict
        + Encode
        + Symmetric
        + Checkable<State: Eq + fmt::Debug, Action: fmt::Debug>
{
}

/// A number with its noun, given in the singular, as in "2 servers".
///
/// ```
/// assert_eq!(planwright_cli::counted(1, "entry"), "1 entry");
/// assert_eq!(planwright_cli::counted(2, "entry"), "2 entries");
/// ```
pub fn counted(number: u64, noun: &str) -> String {
    Count(number, noun).to_string()
}
