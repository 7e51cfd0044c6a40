//! Instances that differ in one parameter.

use serde::{Deserialize, Serialize};

use crate::Measurement;

/// Measurements of instances that differ in one parameter, by its value.
///
/// No two have the same value, and all have states. Reading a series back checks it again.
///
/// ```
/// use planwright_growth::{Measurement, Series};
///
/// let measurements = (1..=3).map(|x| Measurement::new(x, 10u64.pow(x), 0, x, 0.0, None));
/// let faults = Series::new("faults", measurements.collect())?;
/// # Ok::<(), planwright_growth::SeriesError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Series {
    parameter: String,
    measurements: Vec<Measurement>,
}

impl Series {
    /// Sorts the measurements by value and checks them.
    ///
    /// ```
    /// use planwright_growth::{Measurement, Series, SeriesError};
    ///
    /// let small = Measurement::new(2, 90, 200, 9, 0.001, None);
    /// let large = Measurement::new(3, 800, 2_100, 14, 0.004, None);
    /// let series = Series::new("enactors", vec![large, small])?;
    /// assert_eq!(series.measurements(), [small, large]);
    ///
    /// let error = Series::new("enactors", vec![small, small]).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "enactors = 2 was measured twice: keep one of the two measurements"
    /// );
    /// # Ok::<(), SeriesError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is no measurement, a value occurs twice, or a measurement cannot be one: no states,
    /// a time that is negative or not a number, a peak of 0 bytes.
    pub fn new(
        parameter: impl Into<String>,
        mut measurements: Vec<Measurement>,
    ) -> Result<Self, SeriesError> {
        let parameter = parameter.into();
        measurements.sort_by_key(|measured| measured.value);
        if measurements.is_empty() {
            return Err(SeriesError::Empty { parameter });
        }
        let mut previous = None;
        for measured in &measurements {
            let value = measured.value;
            if previous.replace(value) == Some(value) {
                return Err(SeriesError::Duplicate { parameter, value });
            }
            if measured.states == 0 {
                return Err(SeriesError::NoStates { parameter, value });
            }
            let seconds = measured.seconds;
            if !seconds.is_finite() || seconds < 0.0 {
                return Err(SeriesError::Seconds {
                    parameter,
                    value,
                    seconds,
                });
            }
            if measured.peak_bytes == Some(0) {
                return Err(SeriesError::NoBytes { parameter, value });
            }
        }
        Ok(Self {
            parameter,
            measurements,
        })
    }

    /// The name of the parameter.
    ///
    /// ```
    /// # use planwright_growth::{Measurement, Series, SeriesError};
    /// let series = Series::new("enactors", vec![Measurement::new(2, 90, 200, 9, 0.001, None)])?;
    /// assert_eq!(series.parameter(), "enactors");
    /// # Ok::<(), SeriesError>(())
    /// ```
    pub fn parameter(&self) -> &str {
        &self.parameter
    }

    /// The measurements, the smallest value first. There is at least one.
    ///
    /// ```
    /// # use planwright_growth::{Measurement, Series, SeriesError};
    /// let series = Series::new("enactors", vec![Measurement::new(2, 90, 200, 9, 0.001, None)])?;
    /// assert_eq!(series.measurements()[0].states, 90);
    /// # Ok::<(), SeriesError>(())
    /// ```
    pub fn measurements(&self) -> &[Measurement] {
        &self.measurements
    }

    /// The value after the largest one that was measured; `None` if there is no larger `u32`.
    pub(crate) fn next_value(&self) -> Option<u32> {
        let last = self.measurements.last()?;
        last.value.checked_add(1)
    }
}

/// A series as it is read, before it is checked.
#[derive(Deserialize)]
struct Unchecked {
    parameter: String,
    measurements: Vec<Measurement>,
}

impl TryFrom<Unchecked> for Series {
    type Error = SeriesError;

    fn try_from(read: Unchecked) -> Result<Self, SeriesError> {
        Self::new(read.parameter, read.measurements)
    }
}

/// Why measurements are not a series.
///
/// ```
/// use planwright_growth::{Series, SeriesError};
///
/// let error = Series::new("enactors", Vec::new()).unwrap_err();
/// assert!(matches!(error, SeriesError::Empty { .. }));
/// assert_eq!(error.to_string(), "enactors was not measured: explore at least one instance");
/// ```
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SeriesError {
    /// There is no measurement.
    #[error("{parameter} was not measured: explore at least one instance")]
    Empty {
        /// The name of the parameter.
        parameter: String,
    },
    /// Two measurements have the same value.
    #[error("{parameter} = {value} was measured twice: keep one of the two measurements")]
    Duplicate {
        /// The name of the parameter.
        parameter: String,
        /// The value that occurs twice.
        value: u32,
    },
    /// An instance has no states.
    #[error(
        "{parameter} = {value} has 0 states: an explored instance has at least an initial state, so \
         leave this one out"
    )]
    NoStates {
        /// The name of the parameter.
        parameter: String,
        /// The value of the instance.
        value: u32,
    },
    /// A time is negative or not a finite number.
    #[error("{parameter} = {value} took {seconds} seconds: give a time of 0 or more")]
    Seconds {
        /// The name of the parameter.
        parameter: String,
        /// The value of the instance.
        value: u32,
        /// The time.
        seconds: f64,
    },
    /// A peak of 0 bytes.
    #[error("{parameter} = {value} has a peak of 0 bytes: give none where memory is not known")]
    NoBytes {
        /// The name of the parameter.
        parameter: String,
        /// The value of the instance.
        value: u32,
    },
}
