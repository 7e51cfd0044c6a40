//! What a series refuses, and what is made of it.

use planwright_growth::{
    Measurement, Quantity, Series, SeriesError, cheapest_way_to_fit, table, to_csv,
};

fn measured(value: u32, states: u64) -> Measurement {
    Measurement::new(
        value,
        states,
        3 * states,
        9,
        0.1 + states as f64 / 3e6,
        Some(50 * states),
    )
}

fn series(parameter: &str, states: &[(u32, u64)]) -> Series {
    let measurements = states
        .iter()
        .map(|(value, states)| measured(*value, *states));
    Series::new(parameter, measurements.collect()).expect("a series")
}

#[test]
fn bad_measurements_are_refused_by_name_and_with_a_remedy() {
    let with = |change: fn(&mut Measurement)| {
        let mut bad = measured(4, 100);
        change(&mut bad);
        let error = Series::new("faults", vec![measured(3, 10), bad]).expect_err("refused");
        error.to_string()
    };
    assert_eq!(
        with(|bad| bad.value = 3),
        "faults = 3 was measured twice: keep one of the two measurements"
    );
    assert_eq!(
        with(|bad| bad.states = 0),
        "faults = 4 has 0 states: an explored instance has at least an initial state, so leave this \
         one out"
    );
    assert_eq!(
        with(|bad| bad.seconds = -1.0),
        "faults = 4 took -1 seconds: give a time of 0 or more"
    );
    assert_eq!(
        with(|bad| bad.seconds = f64::NAN),
        "faults = 4 took NaN seconds: give a time of 0 or more"
    );
    assert_eq!(
        with(|bad| bad.peak_bytes = Some(0)),
        "faults = 4 has a peak of 0 bytes: give none where memory is not known"
    );
    let empty = Series::new("faults", Vec::new());
    assert!(matches!(empty, Err(SeriesError::Empty { .. })));
}

#[test]
fn a_series_that_is_read_back_is_checked() {
    let series = series("faults", &[(1, 10), (2, 100)]);
    let json = serde_json::to_string(&series).expect("JSON");
    let read: Series = serde_json::from_str(&json).expect("the series");
    assert_eq!(read, series);
    let twice = json.replace("\"value\":2", "\"value\":1");
    let error = serde_json::from_str::<Series>(&twice).expect_err("refused");
    assert!(
        error.to_string().contains("faults = 1 was measured twice"),
        "{error}"
    );
}

#[test]
fn comma_separated_values_are_read_back() {
    let awkward = series("faults, \"late\"", &[(1, 7), (2, 1_234_567)]);
    let all = [series("enactors", &[(2, 10), (3, 100)]), awkward];
    let text = to_csv(&all).expect("comma-separated values");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let read: Vec<(String, Measurement)> = reader
        .deserialize::<(String, u32, u64, u64, u32, f64, Option<u64>)>()
        .map(|row| row.expect("a row"))
        .map(
            |(name, value, states, transitions, depth, seconds, bytes)| {
                (
                    name,
                    Measurement::new(value, states, transitions, depth, seconds, bytes),
                )
            },
        )
        .collect();
    let written: Vec<(String, Measurement)> = all
        .iter()
        .flat_map(|series| {
            let name = series.parameter().to_owned();
            series
                .measurements()
                .iter()
                .map(move |measured| (name.clone(), *measured))
        })
        .collect();
    assert_eq!(read, written);
    assert_eq!(to_csv(&[]).expect("nothing"), "");
}

#[test]
fn a_table_ends_with_the_next_instance() {
    let cells = table(&series(
        "faults",
        &[(0, 32_000), (1, 100_000), (2, 310_000), (3, 1_000_000)],
    ));
    assert_eq!(cells.rows.len(), 4);
    assert_eq!(
        cells.rows[3],
        ["3", "1,000,000", "3.23", "3,000,000", "9", "0.433", "47.7"]
    );
    let predicted = cells.predicted.expect("a prediction");
    assert_eq!(predicted[0], "4");
    assert_eq!(predicted[1], "≈ 3,180,000 (2,170,000 to 4,660,000)");
    assert_eq!(predicted[2], "3.19");
    assert!(predicted[6].starts_with("≈ 152 ("), "{}", predicted[6]);

    let alone = table(&series("faults", &[(u32::MAX, 10)]));
    assert_eq!(alone.predicted, None);
    assert_eq!(alone.rows[0][2], "");
}

#[test]
fn reductions_stay_within_the_budget_and_keep_most() {
    let generations = series(
        "generations",
        &[(3, 1_000), (4, 7_100), (5, 48_900), (6, 330_000)],
    );
    let enactors = series("enactors", &[(1, 900), (2, 330_000)]);
    let faults = series("faults", &[(0, 20_000_000), (1, 90_000_000)]);
    let lone = series("endpoints", &[(1, 400)]);
    let wanted = [(&generations, 9), (&enactors, 3), (&faults, 2), (&lone, 9)];
    let found = cheapest_way_to_fit(&wanted, 10_000_000);

    let names: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        names,
        [
            "enactors: 2 instead of 3",
            "generations: 7 instead of 9",
            "endpoints: 1 instead of 9"
        ],
        "fewest steps first, and nothing of faults, which is over the budget everywhere"
    );
    let seven = found[1].states;
    assert!(!found[1].measured && seven.high.is_some_and(|high| high <= 1e7));
    let fit = planwright_growth::Fit::of(&generations, Quantity::States).expect("a fit");
    assert!(
        fit.predict(8).high.is_some_and(|high| high > 1e7),
        "8 would not have fitted"
    );
    assert!(found[0].measured && found[0].states.high == Some(330_000.0));
}

#[test]
fn reductions_stop_before_a_measurement_over_the_budget() {
    let series = series("faults", &[(1, 100), (2, 200), (6, 50_000)]);
    let found = cheapest_way_to_fit(&[(&series, 20)], 10_000);
    assert!((2..6).contains(&found[0].value), "{found:?}");
    assert_eq!(
        cheapest_way_to_fit(&[(&series, 1)], 10_000),
        [],
        "nothing is below the smallest"
    );
    assert_eq!(cheapest_way_to_fit(&[(&series, 2)], 10_000)[0].value, 1);
}

#[test]
fn flat_growth_is_not_followed_for_ever() {
    let flat = series("faults", &[(1, 100), (2, 100), (3, 100)]);
    let found = cheapest_way_to_fit(&[(&flat, u32::MAX)], 1_000);
    assert_eq!(found[0].value, 1_003);
}
