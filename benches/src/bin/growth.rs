//! How state spaces grow with each parameter: measured, predicted, and how good the prediction was.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use bytesize::ByteSize;
use clap::{Parser, Subcommand};
use planwright_benches::growth::{Instance, STUDIES, Study};
use planwright_cli::{say, table, thousands};
use planwright_growth::{
    CostPrediction, Measurement, Prediction, Quantity, Series, predict_cost, to_csv, to_svg,
};

/// Explores dns-outage and the reference model, as deployed, at growing values of each parameter;
/// predicts each instance from the smaller ones before it is explored; and writes a CSV file and
/// plots
///
/// Every instance is explored by a process of its own, so that its peak memory can be told.
#[derive(Debug, Parser)]
struct Options {
    /// Go on while the next instance is predicted to have at most this many states
    #[arg(long, value_name = "N", default_value_t = 3_000_000)]
    states: u64,

    /// Threads that explore
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    threads: u16,

    /// Where the CSV files and the plots go; made if it does not exist
    #[arg(long, value_name = "DIR", default_value = "growth-study")]
    out: PathBuf,

    #[command(subcommand)]
    command: Option<Measure>,
}

#[derive(Debug, Subcommand)]
enum Measure {
    /// Explore one instance, and print the measurement as JSON
    #[command(hide = true)]
    Measure { instance: Instance, value: u32 },
}

/// A measurement, and what was predicted before it.
struct Row {
    measured: Measurement,
    predicted: Option<CostPrediction>,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let options = Options::parse();
    if let Some(Measure::Measure { instance, value }) = &options.command {
        let measured = instance.measure(*value, options.threads.into());
        println!("{}", serde_json::to_string(&measured)?);
        return Ok(ExitCode::SUCCESS);
    }
    // Before the long run, so that it is not lost to a wrong path.
    if let Err(error) = prepare(&options.out) {
        eprintln!(
            "error: --out {}: {error}; name a directory that can be written to",
            options.out.display()
        );
        return Ok(ExitCode::from(2));
    }
    let mut families: Vec<(&str, Vec<Series>)> = Vec::new();
    for study in &STUDIES {
        let rows = explore(study, &options)?;
        print(study, &rows);
        let measured = rows.into_iter().map(|row| row.measured).collect();
        let series = Series::new(study.parameter, measured)?;
        match families.last_mut() {
            Some((family, all)) if *family == study.family => all.push(series),
            _ => families.push((study.family, vec![series])),
        }
    }
    for (family, series) in &families {
        write(&options.out, family, series)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn prepare(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let probe = folder.join("growth.unfinished");
    fs::write(&probe, "")?;
    fs::remove_file(probe)
}

/// Explores instances until the next one is predicted to be too large.
fn explore(study: &Study, options: &Options) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut rows: Vec<Row> = Vec::new();
    for value in study.values.0..=study.values.1 {
        let measured: Vec<Measurement> = rows.iter().map(|row| row.measured).collect();
        let predicted = Series::new(study.parameter, measured).ok();
        let predicted = predicted.and_then(|series| predict_cost(&series, value).ok());
        if predicted.is_some_and(|cost| cost.states.value > options.states as f64) {
            break;
        }
        eprintln!("{} with {value} {}", study.family, study.parameter);
        let measured = measure(&(study.instance)(value), value, options.threads)?;
        rows.push(Row {
            measured,
            predicted,
        });
    }
    Ok(rows)
}

/// Measures an instance in another process.
fn measure(instance: &Instance, value: u32, threads: u16) -> Result<Measurement, Box<dyn Error>> {
    let output = Command::new(env::current_exe()?)
        .args(["--threads", &threads.to_string()])
        .args(["measure", &instance.to_string(), &value.to_string()])
        .output()?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{instance} was not explored: {errors}").into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn print(study: &Study, rows: &[Row]) {
    say!("{}, {}\n", study.family, study.parameter);
    let header = [
        study.parameter,
        "states",
        "predicted before",
        "interval (95 %)",
        "off by",
        "",
        "transitions",
        "depth",
        "seconds",
        "bytes a state",
    ];
    let cells = rows.iter().map(|row| {
        let measured = &row.measured;
        let bytes = measured.peak_bytes.filter(|_| measured.states >= 100_000);
        let bytes = bytes.map(|bytes| format!("{:.0}", bytes as f64 / measured.states as f64));
        let [predicted, interval, off, inside] = judged(row);
        vec![
            measured.value.to_string(),
            thousands(measured.states),
            predicted,
            interval,
            off,
            inside,
            thousands(measured.transitions),
            measured.depth.to_string(),
            format!("{:.3}", measured.seconds),
            bytes.unwrap_or_default(),
        ]
    });
    say!("{}\n", table(&header, &[0, 1, 2, 3, 4, 6, 7, 8, 9], cells));
    if let Some(last) = rows.last()
        && let Some(cost) = last.predicted
    {
        let Measurement { value, states, .. } = last.measured;
        let seconds = last.measured.seconds;
        let found = last.measured.peak_bytes.map(ByteSize::b);
        let found = found.map_or_else(String::new, |bytes| format!(", {bytes}"));
        say!("{value} {} predicted: {}", study.parameter, in_words(&cost));
        say!(
            "  and found: {} states, {seconds:.1} s{found}",
            thousands(states)
        );
    }
    let measured = rows.iter().map(|row| row.measured).collect();
    let next = rows.last().map_or(0, |row| row.measured.value + 1);
    let cost = Series::new(study.parameter, measured).ok();
    let cost = cost.and_then(|series| predict_cost(&series, next).ok());
    if let Some(cost) = cost.filter(|_| next <= study.values.1) {
        say!("{next} {} predicted: {}", study.parameter, in_words(&cost));
    }
    if study.parameter == "generations"
        && let Some(patterns) = (study.instance)(study.values.0).every_generation(1)
    {
        say!(
            "every number of generations: {} patterns, as many whatever the bound",
            thousands(patterns)
        );
    }
    say!("");
}

/// States, time and memory, with their intervals.
fn in_words(cost: &CostPrediction) -> String {
    let range = |prediction: Prediction, text: fn(f64) -> String, unit: &str| {
        let value = text(prediction.value);
        match prediction.low.zip(prediction.high) {
            Some((low, high)) => format!("{value} ({} to {}){unit}", text(low), text(high)),
            None => value + unit,
        }
    };
    let states = |states: f64| thousands(states.round() as u64);
    let states = range(cost.states, states, " states");
    let seconds = range(cost.seconds, |seconds| format!("{seconds:.1}"), " s");
    let mebibytes = |bytes: f64| format!("{:.0}", bytes / f64::from(1 << 20));
    let bytes = cost.bytes.map_or_else(String::new, |bytes| {
        format!(", {}", range(bytes, mebibytes, " MiB"))
    });
    format!("{states}, {seconds}{bytes}")
}

/// The prediction, its interval, how far it was off, and whether the interval had it.
fn judged(row: &Row) -> [String; 4] {
    let Some(predicted) = row.predicted.map(|cost| cost.states) else {
        return Default::default();
    };
    let states = row.measured.states as f64;
    let interval = predicted.low.zip(predicted.high);
    let whole = |number: f64| thousands(number.round() as u64);
    let within = interval.map(|(low, high)| (low..=high).contains(&states));
    [
        whole(predicted.value),
        interval.map_or_else(String::new, |(low, high)| {
            format!("{} to {}", whole(low), whole(high))
        }),
        format!("{:+.0} %", 100.0 * (predicted.value / states - 1.0)),
        within
            .map_or("", |within| if within { "inside" } else { "OUTSIDE" })
            .to_owned(),
    ]
}

fn write(folder: &Path, family: &str, series: &[Series]) -> Result<(), Box<dyn Error>> {
    let mut written = Vec::new();
    let mut put = |name: String, text: String| {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        written.push(path.display().to_string());
        Ok::<(), String>(())
    };
    put(format!("{family}.csv"), to_csv(series)?)?;
    for quantity in [Quantity::States, Quantity::Seconds, Quantity::Bytes] {
        let name = format!("{family}-{}.svg", quantity.to_string().replace(' ', "-"));
        put(name, to_svg(series, quantity)?)?;
    }
    say!("written: {}", written.join(", "));
    Ok(())
}
