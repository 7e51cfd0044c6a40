//! A series in the cells of a table.

use crate::{Fit, Measurement, Prediction, Quantity, Series, predict_cost};

const MEBIBYTE: f64 = (1 << 20) as f64;

/// The cells of a table; the caller lays them out.
///
/// ```
/// use planwright_growth::{Measurement, Series, Table, table};
///
/// let series = Series::new("faults", vec![Measurement::new(2, 90, 200, 9, 0.5, None)])?;
/// let cells: Table = table(&series);
/// assert_eq!(cells.header.len(), cells.rows[0].len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Table {
    /// The heads of the columns.
    pub header: Vec<String>,
    /// A row for each measurement.
    pub rows: Vec<Vec<String>>,
    /// A row for the instance after the largest one measured; `None` without a fit.
    pub predicted: Option<Vec<String>>,
}

/// A series in the cells of a table, and the next instance as predicted.
///
/// The column "growth" has the factor by which one more of the parameter multiplies the states;
/// where values were skipped, it is the mean factor over the gap.
///
/// ```
/// use planwright_growth::{Measurement, Series, table};
///
/// let measured = |value, states| Measurement::new(value, states, 3 * states, 9, 0.5, None);
/// let series = Series::new("faults", vec![measured(1, 1_000), measured(3, 16_000)])?;
/// let cells = table(&series);
/// assert_eq!(
///     cells.header,
///     ["faults", "states", "growth", "transitions", "depth", "seconds", "peak MiB"]
/// );
/// assert_eq!(cells.rows[1], ["3", "16,000", "4.00", "48,000", "9", "0.500", ""]);
/// let predicted = cells.predicted.expect("two points have a fit");
/// assert_eq!(predicted, ["4", "≈ 64,000", "4.00", "", "", "≈ 17.0", ""]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn table(series: &Series) -> Table {
    let header = [
        series.parameter(),
        "states",
        "growth",
        "transitions",
        "depth",
        "seconds",
        "peak MiB",
    ];
    let measurements = series.measurements();
    let before = std::iter::once(None).chain(measurements.iter().map(Some));
    Table {
        header: header.map(str::to_owned).to_vec(),
        rows: before
            .zip(measurements)
            .map(|(before, measured)| row(before, measured))
            .collect(),
        predicted: predicted(series),
    }
}

fn row(before: Option<&Measurement>, measured: &Measurement) -> Vec<String> {
    let growth = before.map(|before| {
        let factor = measured.states as f64 / before.states as f64;
        factor.powf(1.0 / f64::from(measured.value - before.value))
    });
    vec![
        measured.value.to_string(),
        thousands(&measured.states.to_string()),
        growth.map_or_else(String::new, three_digits),
        thousands(&measured.transitions.to_string()),
        measured.depth.to_string(),
        three_digits(measured.seconds),
        measured
            .peak_bytes
            .map_or_else(String::new, |bytes| three_digits(bytes as f64 / MEBIBYTE)),
    ]
}

fn predicted(series: &Series) -> Option<Vec<String>> {
    let next = series.next_value()?;
    let fit = Fit::of(series, Quantity::States).ok()?;
    let cost = predict_cost(series, next).ok()?;
    Some(vec![
        next.to_string(),
        about(cost.states),
        three_digits(fit.factor_at(next - 1)),
        String::new(),
        String::new(),
        about(cost.seconds),
        cost.bytes
            .map_or_else(String::new, |bytes| about(bytes.times(1.0 / MEBIBYTE))),
    ])
}

/// A prediction in words.
fn about(prediction: Prediction) -> String {
    let value = three_digits(prediction.value);
    match (prediction.low, prediction.high) {
        (Some(low), Some(high)) => {
            format!(
                "≈ {value} ({} to {})",
                three_digits(low),
                three_digits(high)
            )
        }
        _ => format!("≈ {value}"),
    }
}

/// A number that is not below 0, with three significant digits.
fn three_digits(number: f64) -> String {
    if number > 0.0 && !(1e-3..1e15).contains(&number) {
        return if number.is_finite() {
            format!("{number:.2e}")
        } else {
            "∞".to_owned()
        };
    }
    let magnitude = number.max(1e-3).log10().floor() as i32;
    let unit = 10f64.powi((magnitude - 2).max(0));
    let rounded = (number / unit).round() * unit;
    let decimals = usize::try_from(2 - magnitude).unwrap_or(0).min(3);
    match decimals {
        0 => thousands(&format!("{rounded:.0}")),
        _ => format!("{number:.decimals$}"),
    }
}

/// Separators between the digits of an integer.
pub(crate) fn thousands(digits: &str) -> String {
    let count = digits.len();
    let mut separated = String::with_capacity(count + count / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (count - place).is_multiple_of(3) {
            separated.push(',');
        }
        separated.push(digit);
    }
    separated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_people() {
        for (number, expected) in [
            (0.0, "0.000"),
            (0.0123, "0.012"),
            (0.5, "0.500"),
            (9.87, "9.87"),
            (17.0, "17.0"),
            (123.4, "123"),
            (4_567.0, "4,570"),
            (1_234_567.0, "1,230,000"),
            (2.5e20, "2.50e20"),
            (2.5e-7, "2.50e-7"),
            (f64::INFINITY, "∞"),
        ] {
            assert_eq!(three_digits(number), expected);
        }
    }
}
