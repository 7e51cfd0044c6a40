//! Which safeguards suffice, on the command line.

use std::path::{Path, PathBuf};

use clap::Args;
use planwright_checker::Listener as _;
use planwright_checker::ablation::{
    Ablation, AblationProgress, Lattice, ResultFile, SafeguardSet, SetResult, Sufficiency,
};
use serde::{Deserialize, Serialize};

use crate::family::chosen::{Chosen, replay_command};
use crate::family::claims::Claims;
use crate::{Exit, Family, JsonOption, ProgressDisplay, SearchOptions, counted, say, table};

/// A safeguard of a family, which may be on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Safeguard {
    /// What `--vary`, `--on` and reports call it.
    pub name: &'static str,
    /// What it does when it is on, in a few words.
    pub what: &'static str,
}

/// What to ask of a family's safeguards.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Safeguards")]
pub(crate) struct AblateOptions {
    /// The safeguards to switch on and off, in all combinations, or `all` [default: the usual ones]
    #[arg(long, value_name = "NAME,..", value_delimiter = ',')]
    pub(crate) vary: Vec<String>,

    /// Safeguards that stay on; those that are named nowhere stay off
    #[arg(long, value_name = "NAME,..", value_delimiter = ',')]
    pub(crate) on: Vec<String>,

    /// Append every result to this file as it comes, one JSON object a line, and go on from what is in it
    ///
    /// A file of another configuration or another build of the program is refused. Limits may differ: what they left undecided is explored
    /// again.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,

    /// Where the finished answer goes.
    #[command(flatten)]
    pub(crate) json: JsonOption,
}

/// Which of a family's safeguards vary, and which stay on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Varied {
    all: Vec<Safeguard>,
    vary: Vec<usize>,
    on: SafeguardSet,
}

/// Everything that was found out about some safeguards.
///
/// Sets are numbers whose bit 0 is the lattice's first safeguard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ablated {
    /// The model, its bounds, and the safeguards that were always on, in words.
    pub(crate) configuration: String,
    /// For each property, what suffices.
    pub(crate) sufficiency: Vec<Sufficiency>,
    /// The verdicts under every set.
    pub(crate) lattice: Lattice,
}

impl Ablated {
    /// How to end: well if everything is decided.
    pub(crate) fn exit(&self) -> Exit {
        match self.lattice.is_decided() {
            true => Exit::Holds,
            false => Exit::Undecided,
        }
    }
}

impl AblateOptions {
    /// Which safeguards vary: of `all` those that are asked for, or else the first `usual` ones.
    ///
    /// # Errors
    ///
    /// If there are none, or a name is not among them, or is given twice.
    pub(crate) fn varied(&self, all: &[Safeguard], usual: usize) -> Result<Varied, String> {
        let known = || all.iter().map(|s| s.name).collect::<Vec<_>>().join(", ");
        let place = |option: &str, name: &String| {
            let place = all.iter().position(|safeguard| safeguard.name == name);
            place.ok_or_else(|| {
                format!(
                    "{option}: there is no safeguard `{name}`; choose from {}",
                    known()
                )
            })
        };
        let on = self.on.iter().map(|name| place("--on", name));
        let on: SafeguardSet = on.collect::<Result<_, _>>()?;
        let vary = match self.vary.as_slice() {
            [] => (0..usual).filter(|s| !on.contains(*s)).collect(),
            [name] if name == "all" => (0..all.len()).filter(|s| !on.contains(*s)).collect(),
            names => {
                let places = names.iter().map(|name| place("--vary", name));
                places.collect::<Result<Vec<_>, _>>()?
            }
        };
        for (number, safeguard) in vary.iter().enumerate() {
            let name = all[*safeguard].name;
            if on.contains(*safeguard) {
                return Err(format!(
                    "`{name}` cannot both vary and stay on; name it once"
                ));
            }
            if vary[..number].contains(safeguard) {
                return Err(format!("--vary: `{name}` comes twice; name it once"));
            }
        }
        let all = all.to_vec();
        Ok(Varied { all, vary, on })
    }
}

impl Varied {
    /// The family's safeguards that are on when these varied ones are.
    pub(crate) fn widened(&self, varied: SafeguardSet) -> SafeguardSet {
        let varied = varied.iter().map(|place| self.vary[place]);
        self.on.iter().chain(varied).collect()
    }

    /// What each name means, as a table.
    pub(crate) fn legend(&self) -> String {
        let rows = self.vary.iter().map(|place| {
            let Safeguard { name, what } = self.all[*place];
            vec![name.to_owned(), what.to_owned()]
        });
        let mut legend = table(&["safeguard", "when it is on"], &[], rows);
        if !self.on.is_empty() {
            let on = self.on.iter().map(|place| self.all[place].name);
            legend += &format!("\n always on: {}", on.collect::<Vec<_>>().join(", "));
        }
        legend
    }

    /// Explores every set at a size, and prints what follows for each property.
    ///
    /// # Errors
    ///
    /// If the file for the results cannot be used; nothing was explored then.
    pub(crate) fn ablate<F: Family>(
        &self,
        claims: Claims,
        size: &F::Size,
        out: Option<&Path>,
        search: &SearchOptions,
    ) -> Result<Ablated, String> {
        let mut configuration = format!("{}: {size}", F::PACKAGE);
        if let Some(way) = claims.fairness {
            configuration += &format!("; fairness: {way}");
        }
        let on = self.on.iter().map(|place| self.all[place].name);
        let on = on.collect::<Vec<_>>().join(", ");
        configuration += &format!("; always on: {{{on}}}");
        let mut ablation = Ablation::new(self.vary.iter().map(|place| self.all[*place].name));
        if let Some(threads) = search.threads {
            ablation = ablation.threads(threads);
        }
        if let Some(path) = out {
            let file = ResultFile::open(path, configuration.clone());
            let file = file.map_err(|error| error.to_string())?;
            ablation = ablation.results(file);
        }
        if !search.no_progress {
            let mut display = ProgressDisplay::on_stderr();
            ablation = ablation.listener(move |progress: &AblationProgress| {
                let AblationProgress { settled, sets, .. } = progress;
                display.retitle(format_args!("{settled} of {sets} sets"));
                display.progress(&progress.search);
            });
        }
        let quiet = SearchOptions {
            no_progress: true,
            ..search.clone()
        };
        let chosen = |set| Chosen::<F>::with_safeguards(self.widened(set), size);
        let lattice = ablation
            .run(
                |set| chosen(set).model(),
                |model| quiet.apply_all(claims.checker::<F>(model)),
            )
            .map_err(|error| error.to_string())?;
        let line = |set, path: &str| {
            let chosen = chosen(set);
            format!("{}{}", chosen.options, chosen.named().line(path))
        };
        say!("{}", lattice.tell_with(line));
        let (replay, numbers) = (replay_command::<F>("", size), numbers(&lattice));
        say!("\nprint a schedule: {replay} WHAT-STANDS-IN-PARENTHESES\n{numbers}");
        if let Some(error) = lattice.not_saved() {
            eprintln!("warning: results were not saved: {error}");
        }
        Ok(Ablated {
            configuration,
            sufficiency: lattice.sufficiency(),
            lattice,
        })
    }
}

fn numbers(lattice: &Lattice) -> String {
    let states = lattice.sets().iter().map(|set| set.states).sum();
    let undecided = lattice
        .sets()
        .iter()
        .filter(|set| !set.is_decided())
        .count();
    // The interruption, or the limit, came before these.
    let unexplored = |set: &&SetResult| set.states == 0 && !set.is_decided();
    let unexplored = lattice.sets().iter().filter(unexplored).count();
    let explored = lattice.sets().len() - unexplored;
    let unexplored = match unexplored {
        0 => String::new(),
        unexplored => format!(", {unexplored} not begun"),
    };
    let undecided = match undecided {
        0 => String::new(),
        undecided => format!(
            "; {undecided} undecided, because of a limit, an interruption or a fault: raise limits, or \
             go on with --out"
        ),
    };
    format!(
        "{} explored, with {}{unexplored}{undecided}",
        counted(explored as u64, "set"),
        counted(states, "state")
    )
}
