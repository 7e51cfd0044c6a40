//! Which of a family's safeguards suffice.

use planwright_checker::ablation::{Ablation, Lattice, SafeguardSet};
use planwright_report::Story;

use super::check::Replay;
use crate::ablate::Question;
use crate::family::{Family, SizeOptions, guarded};
use crate::{
    AblateOptions, Exit, Named, Safeguard, ScheduleOptions, SearchOptions, preventions,
    print_table, say,
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
    let question = Question {
        configuration: &format!("{}: {size}", F::PACKAGE),
        out: options.out.as_deref(),
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
    let build = |on| guarded::<F>(on, size);
    let found = varied.ablate(search, question, build, F::checker)?;
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
    replay.print(&guarded::<F>(on, size))
}

/// Explores a family under every set of its [`safeguards`](Family::safeguards); `None` if it names none.
pub fn lattice<F: Family>(size: &F::Size) -> Option<Lattice> {
    let safeguards = named::<F>().ok()?;
    let ablation = Ablation::new(safeguards.iter().map(|s| s.name));
    let lattice = ablation.run(|on| guarded::<F>(on, size), F::checker);
    Some(lattice.expect("only a file of results can be refused, and there is none"))
}

/// Tells what would have prevented a schedule, a property with its path.
pub(super) fn prevent<F: Family>(
    on: SafeguardSet,
    size: &F::Size,
    story: &Story,
    search: &SearchOptions,
) {
    let build = |on| guarded::<F>(on, size);
    preventions(&F::safeguards(), on, story, search, build, F::checker);
}
