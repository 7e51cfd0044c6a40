//! Which safeguards suffice, without and with operators that roll back.

use std::path::{Path, PathBuf};

use planwright_cli::{
    AblateOptions, Ablated, Exit, Question, SearchOptions, Varied, distinct, print_table, say,
};

use crate::program::check::named;
use crate::program::claims::ClaimOptions;
use crate::program::options::Options;
use crate::program::size::{SizeOptions, in_words};
use crate::switches::USUAL;
use crate::{DnsSystem, Instance, Variant, checker, safeguards};

/// With fewer, no plan that is newer than the cleaner's own is ever old by the published age, and sparing
/// plans in use seems to make up for that age.
const GENERATIONS: usize = 5;

/// The `ablate` command. Faults are no safeguards, so there are two lattices: one without operator
/// rollbacks, and one with as many as are asked for, or one.
pub(crate) fn ablate(claims: ClaimOptions, asked: &AblateOptions, options: &Options) -> Exit {
    let size = options.size.or_generations(GENERATIONS);
    let instance = match size.instance() {
        Ok(instance) => instance,
        Err(error) => return Exit::bad_input(error),
    };
    let varied = match asked.varied(&safeguards(), USUAL) {
        Ok(varied) => varied,
        Err(error) => return Exit::bad_input(error),
    };
    let out = asked.out.as_deref();
    let with_out = out.map(|path| beside(path, "rollback"));
    let files = [
        ("--json", asked.json.json.as_deref()),
        (
            "--out, of what is with operator rollback,",
            with_out.as_deref(),
        ),
    ];
    let named = files
        .into_iter()
        .filter_map(|(option, path)| Some((option, path?)));
    if let Err(error) = distinct(named) {
        return Exit::bad_input(error);
    }
    let json = match asked.json.prepare() {
        Ok(json) => json,
        Err(error) => return Exit::bad_input(error),
    };
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
        if let Err(error) = writable {
            return Exit::bad_input(format_args!("--out: {}: {error}", path.display()));
        }
    }
    let mut found = Vec::new();
    for (instance, title, out) in [
        (without, "without operator rollback", out),
        (with, "with operator rollback", with_out.as_deref()),
    ] {
        let configuration = format!("dns-outage: {}", in_words(&instance));
        say!("\n== {title}: {}\n", in_words(&instance));
        let visitor = Ablate {
            claims,
            search: &options.search,
            size: size.with_rollbacks(instance.faults.rollbacks),
            instance,
            varied: &varied,
            configuration,
            out,
        };
        match visitor.run(Variant::as_deployed().system(instance)) {
            Ok(ablated) => found.push(ablated),
            Err(error) => return Exit::bad_input(error),
        }
    }
    let written = json.write(&found);
    let mut ends = found.iter().map(Ablated::exit);
    let exit = ends.find(|end| *end != Exit::Holds);
    exit.unwrap_or(Exit::Holds).even_if(written)
}

/// `results.rollback.json` for `results.json`.
fn beside(path: &Path, word: &str) -> PathBuf {
    match path.extension() {
        Some(extension) => path.with_extension(format!("{word}.{}", extension.to_string_lossy())),
        None => path.with_extension(word),
    }
}

struct Ablate<'a> {
    claims: ClaimOptions,
    search: &'a SearchOptions,
    size: SizeOptions,
    instance: Instance,
    varied: &'a Varied,
    configuration: String,
    out: Option<&'a Path>,
}

impl Ablate<'_> {
    fn run(self, system: DnsSystem) -> Result<Ablated, String> {
        let conditions = self.claims.conditions(&system);
        let mut configuration = self.configuration;
        if !conditions.is_empty() {
            configuration += &format!("; fairness: {conditions:?}");
        }
        let size = self.size.command_line();
        let replay = format!("cargo run --release -p dns-outage -- replay{size}");
        let question = Question {
            configuration: &configuration,
            out: self.out,
            replay: &replay,
            safeguards: &|on| Variant::with_safeguards(on).options(),
            named: &|on| named(&Variant::with_safeguards(on), &self.instance),
        };
        self.varied.ablate(
            self.search,
            question,
            |on| Variant::with_safeguards(on).system(self.instance),
            |model| {
                let models = (model, model);
                self.claims.apply(checker(model), models, &conditions)
            },
        )
    }
}
