//! Which safeguards suffice, without and with operators that roll back.

use std::path::{Path, PathBuf};

use planwright_cli::{
    AblateOptions, Ablated, Exit, Question, SearchOptions, SizeOptions as _, distinct, print_table,
    say,
};

use crate::program::check::named;
use crate::program::claims::ClaimOptions;
use crate::switches::USUAL;
use crate::{Instance, Variant, checker, safeguards};

/// With fewer, no plan that is newer than the cleaner's own is ever old by the published age, and sparing
/// plans in use seems to make up for that age.
pub(crate) const GENERATIONS: usize = 5;

/// The `ablate` command. Faults are no safeguards, so there are two lattices: one without operator
/// rollbacks, and one with as many as are asked for, or one.
pub(crate) fn ablate(
    claims: ClaimOptions,
    asked: &AblateOptions,
    instance: Instance,
    search: &SearchOptions,
) -> Result<Exit, String> {
    let varied = asked.varied(&safeguards(), USUAL)?;
    let out = asked.out.as_deref();
    let with_out = out.map(|path| beside(path, "rollback"));
    let files = [
        ("--json", asked.json.json.as_deref()),
        (
            "--out, of what is with operator rollback,",
            with_out.as_deref(),
        ),
    ];
    let asked_for = files
        .into_iter()
        .filter_map(|(option, path)| Some((option, path?)));
    distinct(asked_for)?;
    let json = asked.json.prepare()?;
    print_table(&varied.legend());
    let mut without = instance;
    without.faults.rollbacks = 0;
    let mut with = instance;
    with.faults.rollbacks = instance.faults.rollbacks.max(1);
    // Both files, before the time is spent.
    for path in out.into_iter().chain(with_out.as_deref()) {
        let writable = std::fs::OpenOptions::new()
            .append(true)
            .create(true)
            .open(path);
        writable.map_err(|error| format!("--out: {}: {error}", path.display()))?;
    }
    let mut found = Vec::new();
    for (instance, title, out) in [
        (without, "without operator rollback", out),
        (with, "with operator rollback", with_out.as_deref()),
    ] {
        say!("\n== {title}: {instance}\n");
        let system = Variant::as_deployed().system(instance);
        let conditions = claims.conditions(&system);
        let mut configuration = format!("dns-outage: {instance}");
        if !conditions.is_empty() {
            configuration += &format!("; fairness: {conditions:?}");
        }
        let size = instance.command_line();
        let question = Question {
            configuration: &configuration,
            out,
            replay: &format!("cargo run --release -p dns-outage -- replay{size}"),
            line: &|on, path| {
                let variant = Variant::with_safeguards(on);
                let line = named(&variant, &instance).line(path);
                format!("{} {line}", variant.options()).trim().to_owned()
            },
        };
        let build = |on| Variant::with_safeguards(on).system(instance);
        let ablated = varied.ablate(search, question, build, |model| {
            claims.apply(checker(model), (model, model), &conditions)
        });
        found.push(ablated?);
    }
    let written = json.write(&found);
    let mut ends = found.iter().map(Ablated::exit);
    let exit = ends.find(|end| *end != Exit::Holds);
    Ok(exit.unwrap_or(Exit::Holds).even_if(written))
}

/// `results.rollback.json` for `results.json`.
fn beside(path: &Path, word: &str) -> PathBuf {
    match path.extension() {
        Some(extension) => path.with_extension(format!("{word}.{}", extension.to_string_lossy())),
        None => path.with_extension(word),
    }
}
