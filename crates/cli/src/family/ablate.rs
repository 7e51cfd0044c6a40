//! Which of a family's safeguards suffice.

use std::path::Path;

use planwright_checker::Checker;
use planwright_checker::ablation::{Ablation, Lattice, SafeguardSet};
use planwright_report::Story;

use super::check::Replay;
use crate::ablate::Question;
use crate::family::{AblationVisitor, Family, FamilyModel, SizeOptions};
use crate::{
    AblateOptions, Ablated, Exit, Named, Safeguard, ScheduleOptions, SearchOptions, Varied,
    preventions, print_table, say,
};

/// The `ablate` command.
pub(super) fn ablate<F: Family>(
    options: &AblateOptions,
    size: &F::Size,
    search: &SearchOptions,
) -> Result<Exit, String> {
    let safeguards = named::<F>()?;
    let varied = options.varied(&safeguards, safeguards.len())?;
    say!("{}: {size}", F::PACKAGE);
    print_table(&varied.legend());
    say!("");
    let ablate = Ablate {
        varied,
        out: options.out.as_deref(),
        search,
        configuration: format!("{}: {size}", F::PACKAGE),
        replay: &format!(
            "cargo run --release -p {} -- replay{}",
            F::PACKAGE,
            size.command_line()
        ),
        safeguards: &|on| {
            let names = on.iter().map(|place| safeguards[place].name);
            let names = names.collect::<Vec<_>>().join(",");
            let names = if names.is_empty() { NONE } else { &names };
            format!("--safeguards {names}")
        },
        named: &|on| with_safeguards::<F>(on, size),
    };
    let json = options.json.prepare()?;
    let found = F::ablate(size, ablate).unwrap_or_else(|| Err(without::<F>()))?;
    Ok(found.exit().even_if(json.write(&found)))
}

/// What stands for no safeguard at all.
const NONE: &str = "none";

fn named<F: Family>() -> Result<Vec<Safeguard>, String> {
    let safeguards = F::safeguards();
    if safeguards.is_empty() {
        return Err(without::<F>());
    }
    Ok(safeguards)
}

fn without<F: Family>() -> String {
    let package = F::PACKAGE;
    format!(
        "{package} names no safeguards that can be on or off; compare its variants instead: \
         cargo run --release -p {package}"
    )
}

struct Ablate<'a> {
    varied: Varied,
    out: Option<&'a Path>,
    search: &'a SearchOptions,
    configuration: String,
    replay: &'a str,
    safeguards: &'a dyn Fn(SafeguardSet) -> String,
    named: &'a dyn Fn(SafeguardSet) -> Named,
}

/// The model with these safeguards on.
pub(super) fn with_safeguards<F: Family>(on: SafeguardSet, size: &F::Size) -> Named {
    let names = F::safeguards();
    let names: Vec<_> = on.iter().map(|place| names[place].name).collect();
    let names = if names.is_empty() {
        NONE.to_owned()
    } else {
        names.join(", ")
    };
    let package = F::PACKAGE;
    let identity = format!("{package} with {names}: {:?}", size.options());
    Named::new(format!("{package}, with {names}: {size}"), &identity)
}

impl AblationVisitor for Ablate<'_> {
    type Output = Result<Ablated, String>;

    fn visit<M: FamilyModel>(
        self,
        build: impl Fn(SafeguardSet) -> M + Sync,
        check: impl for<'m> Fn(&'m M) -> Checker<'m, M> + Sync,
    ) -> Self::Output {
        let question = Question {
            configuration: &self.configuration,
            out: self.out,
            replay: self.replay,
            safeguards: self.safeguards,
            named: self.named,
        };
        self.varied.ablate(self.search, question, build, check)
    }
}

/// The `replay` command, for a schedule that `ablate` has found.
pub(super) fn replay<F: Family>(
    names: &[String],
    size: &F::Size,
    (line, schedule): (&str, ScheduleOptions),
) -> Result<Exit, String> {
    let safeguards = named::<F>()?;
    let place = |name: &String| {
        let known = || {
            safeguards
                .iter()
                .map(|s| s.name)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let place = safeguards.iter().position(|s| s.name == name);
        place.ok_or_else(|| {
            format!(
                "--safeguards: there is no `{name}`; choose from {}, or {NONE}",
                known()
            )
        })
    };
    let on: SafeguardSet = match names {
        [name] if name == NONE => SafeguardSet::NONE,
        names => names.iter().map(place).collect::<Result<_, _>>()?,
    };
    let named = with_safeguards::<F>(on, size);
    let replay = Replay::new::<F>(line, named, size, schedule);
    F::ablate(size, ReplayOne { on, replay }).unwrap_or_else(|| Err(without::<F>()))
}

struct ReplayOne<'a> {
    on: SafeguardSet,
    replay: Replay<'a>,
}

impl AblationVisitor for ReplayOne<'_> {
    type Output = Result<Exit, String>;

    fn visit<M: FamilyModel>(
        self,
        build: impl Fn(SafeguardSet) -> M + Sync,
        _: impl for<'m> Fn(&'m M) -> Checker<'m, M> + Sync,
    ) -> Self::Output {
        self.replay.print(&build(self.on))
    }
}

/// Explores a family under every set of its [`safeguards`](Family::safeguards); `None` if it names none.
pub fn lattice<F: Family>(size: &F::Size) -> Option<Lattice> {
    F::ablate(size, Explore(F::safeguards()))
}

struct Explore(Vec<Safeguard>);

impl AblationVisitor for Explore {
    type Output = Lattice;

    fn visit<M: FamilyModel>(
        self,
        build: impl Fn(SafeguardSet) -> M + Sync,
        check: impl for<'m> Fn(&'m M) -> Checker<'m, M> + Sync,
    ) -> Lattice {
        let ablation = Ablation::new(self.0.iter().map(|s| s.name));
        let lattice = ablation.run(build, check);
        lattice.expect("only a file of results can be refused, and there is none")
    }
}

/// What would have prevented a schedule, a property with its path.
pub(super) struct Prevent<'a> {
    pub(super) safeguards: Vec<Safeguard>,
    pub(super) on: SafeguardSet,
    pub(super) story: &'a Story,
    pub(super) search: &'a SearchOptions,
}

impl AblationVisitor for Prevent<'_> {
    type Output = ();

    fn visit<M: FamilyModel>(
        self,
        build: impl Fn(SafeguardSet) -> M + Sync,
        check: impl for<'m> Fn(&'m M) -> Checker<'m, M> + Sync,
    ) {
        let (safeguards, search) = (&self.safeguards, self.search);
        preventions(safeguards, self.on, self.story, search, build, check);
    }
}
