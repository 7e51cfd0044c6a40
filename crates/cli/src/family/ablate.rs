//! Which of a family's safeguards suffice.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};

use planwright_checker::ablation::{Ablation, Lattice};

use crate::family::chosen::{Chosen, without_safeguards};
use crate::family::claims::Claims;
use crate::family::{Family, SizeOptions as _};
use crate::growth::with_options;
use crate::{AblateOptions, Ablated, Exit, JsonFile, SearchOptions, distinct, print_table, say};

/// What `ablate` explores unless options say otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lattices<S> {
    /// How many of the safeguards are switched, the first ones.
    pub vary: usize,
    /// At which sizes, and for each but the first the word that tells its file of results from the first one's.
    pub sizes: Vec<(&'static str, S)>,
}

/// The `ablate` command; `given` says which options of the size were.
pub(super) fn ablate<F: Family>(
    options: &AblateOptions,
    claims: Claims,
    (size, given): (&F::Size, impl Fn(&str) -> bool),
    search: &SearchOptions,
) -> Result<Exit, String> {
    let safeguards = F::safeguards();
    if safeguards.is_empty() {
        return Err(without_safeguards::<F>());
    }
    let Lattices { vary, sizes } = F::lattices();
    let varied = options.varied(&safeguards, vary)?;
    let mut asked: Vec<(PathBuf, F::Size)> = Vec::new();
    let out = options.out.as_deref().unwrap_or(Path::new(""));
    for (word, default) in sizes {
        let values = size.options().into_iter().zip(default.options());
        let values = values.map(|(value, default)| match given(value.0) {
            true => value,
            false => default,
        });
        let size = with_options::<F::Size>(&values.collect::<Vec<_>>());
        let size = size.ok_or("there is no model of this size; give more options of it")?;
        if asked
            .iter()
            .all(|(_, known)| known.options() != size.options())
        {
            asked.push((beside(out, word), size));
        }
    }
    let json = files(options, &asked)?;
    print_table(&varied.legend());
    let mut found = Vec::new();
    for (out, size) in &asked {
        say!("\n{}: {size}\n", F::PACKAGE);
        let out = options.out.is_some().then_some(out.as_path());
        found.push(varied.ablate::<F>(claims, size, out, search)?);
    }
    let mut ends = found.iter().map(Ablated::exit);
    let exit = ends.find(|end| *end != Exit::Holds);
    Ok(exit.unwrap_or(Exit::Holds).even_if(json.write(&found)))
}

/// Sees to it that all files can be written, before the time is spent, and that they are not the same.
fn files<S>(options: &AblateOptions, asked: &[(PathBuf, S)]) -> Result<JsonFile, String> {
    let json = options.json.json.iter();
    let json = json.map(|path| ("--json", path.clone()));
    let results = asked.iter().filter(|_| options.out.is_some());
    let results = results.map(|(path, _)| ("--out", path.clone()));
    distinct(json.chain(results.clone()))?;
    let json = options.json.prepare()?;
    for (option, path) in results {
        let mut writable = OpenOptions::new();
        let writable = writable.append(true).create(true).open(&path);
        writable.map_err(|error| format!("{option}: {}: {error}", path.display()))?;
    }
    Ok(json)
}

/// `results.rollback.json` for `results.json`; the same without a word.
fn beside(path: &Path, word: &str) -> PathBuf {
    match path.extension() {
        _ if word.is_empty() => path.to_owned(),
        Some(extension) => path.with_extension(format!("{word}.{}", extension.to_string_lossy())),
        None => path.with_extension(word),
    }
}

/// Explores a family under every set of its [`safeguards`](Family::safeguards); `None` if it names none.
pub fn lattice<F: Family>(size: &F::Size) -> Option<Lattice> {
    let safeguards = F::safeguards();
    if safeguards.is_empty() {
        return None;
    }
    let ablation = Ablation::new(safeguards.iter().map(|s| s.name));
    let build = |on| Chosen::<F>::with_safeguards(on, size).model();
    let lattice = ablation.run(build, F::checker);
    Some(lattice.expect("only a file of results can be refused, and there is none"))
}
