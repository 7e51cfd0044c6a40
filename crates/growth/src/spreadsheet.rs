//! Series as comma-separated values.

use serde::Serialize;

use crate::Series;

/// One measurement in a row.
#[derive(Serialize)]
struct Row<'a> {
    parameter: &'a str,
    value: u32,
    states: u64,
    transitions: u64,
    depth: u32,
    seconds: f64,
    peak_bytes: Option<u64>,
}

/// All measurements as comma-separated values, one in a row, under a header.
///
/// Numbers are written so that reading them back gives the same ones. An unknown peak is empty.
///
/// ```
/// use planwright_growth::{Measurement, Series, to_csv};
///
/// let series = Series::new("faults", vec![Measurement::new(2, 90, 200, 9, 0.5, None)])?;
/// assert_eq!(
///     to_csv(&[series])?,
///     "parameter,value,states,transitions,depth,seconds,peak_bytes\nfaults,2,90,200,9,0.5,\n"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// If the writer of comma-separated values fails, which it has no reason to.
pub fn to_csv(series: &[Series]) -> Result<String, CsvError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for series in series {
        for measured in series.measurements() {
            let row = Row {
                parameter: series.parameter(),
                value: measured.value,
                states: measured.states,
                transitions: measured.transitions,
                depth: measured.depth,
                seconds: measured.seconds,
                peak_bytes: measured.peak_bytes,
            };
            writer.serialize(row).map_err(CsvError::because)?;
        }
    }
    let bytes = writer.into_inner().map_err(CsvError::because)?;
    String::from_utf8(bytes).map_err(CsvError::because)
}

/// Why series could not be written as comma-separated values.
///
/// ```
/// fn explain(error: &planwright_growth::CsvError) -> String {
///     error.to_string()
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the series could not be written as comma-separated values: {reason}")]
#[non_exhaustive]
pub struct CsvError {
    /// What the writer said.
    pub reason: String,
}

impl CsvError {
    fn because(error: impl std::fmt::Display) -> Self {
        Self {
            reason: error.to_string(),
        }
    }
}
