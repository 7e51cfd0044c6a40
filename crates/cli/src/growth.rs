//! How a state space grows with one option of its size.

use std::path::PathBuf;

use clap::{ArgMatches, Args, Command};
use planwright_checker::{Model, Report};
use planwright_growth::{Measurement, Series, predict_cost, table as cells, to_csv};

use crate::family::chosen::Chosen;
use crate::target::Target;
use crate::{
    Exit, Family, SearchOptions, SizeOptions as _, counted, interrupted, print_table, say, table,
};

/// Which option of the size grows, and how far.
#[derive(Args, Clone, Debug)]
pub(crate) struct GrowthOptions {
    /// The option of the size that grows, without its dashes: for example enactors
    #[arg(value_name = "OPTION")]
    pub(crate) option: String,

    /// Go on while the next instance is predicted to have at most this many states
    #[arg(long, value_name = "N", default_value_t = 2_000_000)]
    pub(crate) most: u64,

    /// Write what was measured to this file, as comma-separated values
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
}

/// The largest value that is tried.
const MOST: u32 = 64;

/// The size that these options give, if there is one.
pub(crate) fn with_options<S: Args>(options: &[(&'static str, u64)]) -> Option<S> {
    let command = S::augment_args(Command::new("size").no_binary_name(true));
    let options = options.iter();
    let words = options.flat_map(|(name, value)| [format!("--{name}"), value.to_string()]);
    let matches: ArgMatches = command.try_get_matches_from(words).ok()?;
    S::from_arg_matches(&matches).ok()
}

/// What a finished exploration took; `None` if a limit ended it.
pub(crate) fn measured<M: Model>(value: u32, report: &Report<'_, M>) -> Option<Measurement> {
    let statistics = report.statistics();
    report.completion().is_complete().then(|| {
        Measurement::new(
            value,
            statistics.states,
            statistics.transitions,
            statistics.depth,
            statistics.elapsed.as_secs_f64(),
            None,
        )
    })
}

/// Measures growing instances until the next is predicted to be too large, there is no larger one, or one
/// is not explored to the end.
///
/// # Errors
///
/// If there is no such option, or the file cannot be written.
pub(crate) fn growth<F: Family>(
    chosen: &Chosen<F>,
    search: &SearchOptions,
    options: &GrowthOptions,
) -> Result<Exit, String> {
    let held = chosen.size.options();
    let names: Vec<_> = held.iter().map(|(name, _)| *name).collect();
    let grows = &options.option;
    if !names.contains(&&**grows) {
        return Err(format!(
            "there is no option `{grows}` of the size; choose one of {}",
            names.join(", ")
        ));
    }
    let sized = |value: u32| {
        let values = held.iter().map(|(name, held)| match name == grows {
            true => (*name, value.into()),
            false => (*name, *held),
        });
        let size = with_options::<F::Size>(&values.collect::<Vec<_>>())?;
        Some(F::sized(chosen.protocol, &size))
    };
    say!("{}, but for {grows}\n", chosen.named());
    let file = options.csv.as_deref();
    let file = file.map(|path| Target::new("--csv", path)).transpose()?;
    let mut measurements: Vec<Measurement> = Vec::new();
    let series = |measured: &[Measurement]| Series::new(&options.option, measured.to_vec()).ok();
    let mut exit = Exit::Holds;
    let mut why = format!("--{} cannot be larger", options.option);
    let mut next_exists = false;
    for value in 0..=MOST {
        let Some(size) = sized(value) else {
            match measurements.is_empty() {
                true => continue,
                false => break,
            }
        };
        let known = series(&measurements);
        let predicted = known.and_then(|series| predict_cost(&series, value).ok());
        if let Some(cost) = predicted.filter(|cost| cost.states.value > options.most as f64) {
            let states = counted(cost.states.value.round() as u64, "state");
            why = format!("about {states} are predicted for {value}; --most raises the limit");
            next_exists = true;
            break;
        }
        let model = F::model(chosen.protocol, &size);
        // What runs do is not what grows, and takes memory.
        let checker = F::checker(&model).without_temporal_properties();
        let report = search.apply_all(checker).exhaustive().run();
        let Some(found) = measured(value, &report) else {
            exit = Exit::Undecided;
            why = match interrupted() {
                true => format!("interrupted at {value}"),
                false => format!("a limit ended the exploration for {value}"),
            };
            next_exists = true;
            break;
        };
        measurements.push(found);
    }
    let Some(series) = series(&measurements) else {
        return Err(format!("nothing was explored to the end: {why}"));
    };
    let told = cells(&series);
    // Of an instance that cannot be, nothing is predicted.
    let predicted = told.predicted.filter(|_| next_exists);
    let rows = told.rows.into_iter().chain(predicted).collect();
    let (header, rows) = filled(told.header, rows);
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let right: Vec<usize> = (0..header.len()).collect();
    print_table(&table(&header, &right, rows));
    say!("stopped: {why}");
    if let Some(file) = file {
        file.write(&to_csv(&[series]).map_err(|error| error.to_string())?)?;
    }
    Ok(exit)
}

/// The table without columns in which there is nothing: what nobody measured.
fn filled(header: Vec<String>, rows: Vec<Vec<String>>) -> (Vec<String>, Vec<Vec<String>>) {
    let places = 0..header.len();
    let is_filled = |place: &usize| rows.iter().any(|row| !row[*place].is_empty());
    let kept: Vec<usize> = places.filter(is_filled).collect();
    let keep = |row: &Vec<String>| kept.iter().map(|place| row[*place].clone()).collect();
    (keep(&header), rows.iter().map(keep).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_without_anything_are_left_out() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let rows = vec![words(&["1", "", ""]), words(&["2", "3", ""])];
        let (header, rows) = filled(words(&["n", "growth", "peak"]), rows);
        assert_eq!(header, ["n", "growth"]);
        assert_eq!(rows, [["1", ""], ["2", "3"]]);
    }
}
