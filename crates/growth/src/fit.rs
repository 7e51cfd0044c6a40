//! The curve through a series, and what it says of other instances.

use serde::{Deserialize, Serialize};

use crate::least_squares::Polynomial;
use crate::{Quantity, Series};

/// Of two curves, the one with curvature must be better by more than rounding.
const ROUNDING: f64 = 1e-9;

/// The curve through a series: ln y = a + bx, or ln y = a + bx + cx².
///
/// Growth is usually a bit below exponential. With four measurements or more, each curve is fitted
/// without the last measurement and has to predict it; the one that comes closer is fitted to all.
/// A tie goes to the line.
///
/// An interval takes the chosen curve for granted. Where the points hardly tell the two curves
/// apart, it holds the next point about nine times in ten, and not 95 times in a hundred.
///
/// ```
/// use planwright_growth::{Fit, Measurement, Quantity, Series};
///
/// let measurements = (1..=3).map(|x| Measurement::new(x, 10u64.pow(x), 0, x, 0.0, None));
/// let faults = Series::new("faults", measurements.collect())?;
/// let fit: Fit = Fit::of(&faults, Quantity::States)?;
/// assert!((fit.factor_at(3) - 10.0).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    curve: Polynomial,
}

impl Fit {
    /// Fits a quantity of a series. Measurements without it are left out.
    ///
    /// ```
    /// use planwright_growth::{Fit, Measurement, Quantity, Series};
    ///
    /// let measured = |value, states| Measurement::new(value, states, states, 9, 0.1, None);
    /// let series = Series::new("faults", vec![measured(0, 100), measured(1, 700)])?;
    /// let fit = Fit::of(&series, Quantity::States)?;
    /// assert!((fit.predict(2).value - 4_900.0).abs() < 1e-6);
    ///
    /// let error = Fit::of(&series, Quantity::Bytes).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "faults: peak memory is known of 0 values, and a fit needs 2: explore more instances"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If fewer than two measurements have the quantity, or one of them has none of it, which has
    /// no logarithm.
    pub fn of(series: &Series, quantity: Quantity) -> Result<Self, FitError> {
        let parameter = || series.parameter().to_owned();
        let mut points = Vec::new();
        for measured in series.measurements() {
            let value = measured.value;
            match quantity.of(measured) {
                Some(amount) if amount > 0.0 => points.push((f64::from(value), amount.ln())),
                Some(_) => {
                    return Err(FitError::NoLogarithm {
                        parameter: parameter(),
                        value,
                        quantity,
                    });
                }
                None => {}
            }
        }
        let degree = if bends(&points) { 2 } else { 1 };
        let curve = Polynomial::fit(&points, degree).ok_or_else(|| FitError::TooFew {
            parameter: parameter(),
            quantity,
            found: points.len(),
        })?;
        Ok(Self { curve })
    }

    /// By what the quantity is multiplied from `x` to `x + 1`.
    ///
    /// ```
    /// # use planwright_growth::{Fit, Measurement, Quantity, Series};
    /// # let measured = |value, states| Measurement::new(value, states, states, 9, 0.1, None);
    /// let series = Series::new("faults", vec![measured(0, 100), measured(1, 700)])?;
    /// let fit = Fit::of(&series, Quantity::States)?;
    /// assert!((fit.factor_at(5) - 7.0).abs() < 1e-9);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn factor_at(&self, x: u32) -> f64 {
        let x = f64::from(x);
        (self.curve.at(x + 1.0) - self.curve.at(x)).exp()
    }

    /// The coefficient of x²: below 0 if growth slows down, 0 if it is exponential. The logarithm
    /// of the growth factor changes by twice as much from one value to the next.
    ///
    /// ```
    /// # use planwright_growth::{Fit, Measurement, Quantity, Series};
    /// # let measured = |value, states| Measurement::new(value, states, states, 9, 0.1, None);
    /// // Ten times as many states, then five times, then two and a half.
    /// let states = [(1, 8), (2, 80), (3, 400), (4, 1_000)];
    /// let series = Series::new("faults", states.map(|(x, y)| measured(x, y)).to_vec())?;
    /// let fit = Fit::of(&series, Quantity::States)?;
    /// assert!((fit.curvature() - 0.5_f64.ln() / 2.0).abs() < 1e-9);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn curvature(&self) -> f64 {
        self.curve.curvature()
    }

    /// What an instance will have of the quantity.
    ///
    /// ```
    /// # use planwright_growth::{Fit, Measurement, Quantity, Series};
    /// # let measured = |value, states| Measurement::new(value, states, states, 9, 0.1, None);
    /// let series = Series::new("faults", vec![measured(0, 100), measured(1, 700)])?;
    /// let next = Fit::of(&series, Quantity::States)?.predict(2);
    /// assert_eq!(next.low, None, "two points leave nothing to judge the line by");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn predict(&self, x: u32) -> Prediction {
        let x = f64::from(x);
        let logarithm = self.curve.at(x);
        let half = self.curve.half_width(x);
        Prediction {
            value: logarithm.exp(),
            low: half.map(|half| (logarithm - half).exp()),
            high: half.map(|half| (logarithm + half).exp()),
        }
    }
}

/// Whether the last point is predicted better with curvature than without.
fn bends(points: &[(f64, f64)]) -> bool {
    let Some(((x, y), before)) = points.split_last() else {
        return false;
    };
    let error = |degree| Polynomial::fit(before, degree).map(|curve| (curve.at(*x) - y).abs());
    match (error(1), error(2)) {
        (Some(line), Some(parabola)) => parabola < line - ROUNDING,
        _ => false,
    }
}

/// What an instance is expected to have of a quantity.
///
/// Numbers too large for an `f64` are infinite.
///
/// ```
/// use planwright_growth::{Fit, Measurement, Quantity, Series};
///
/// let states = [(1, 100), (2, 290), (3, 1_000)];
/// let measured = states.map(|(x, y)| Measurement::new(x, y, y, 9, 0.1, None));
/// let series = Series::new("faults", measured.to_vec())?;
/// let next = Fit::of(&series, Quantity::States)?.predict(4);
/// assert!(next.low < Some(next.value) && Some(next.value) < next.high);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Prediction {
    /// The middle of the interval, by logarithm.
    pub value: f64,
    /// The lower end of the 95 % prediction interval; `None` if the curve goes through all points
    /// whatever they are, so that nothing says how far off it is.
    pub low: Option<f64>,
    /// The upper end of the interval.
    pub high: Option<f64>,
}

impl Prediction {
    /// What is known, and not predicted.
    pub(crate) fn known(value: f64) -> Self {
        Self {
            value,
            low: Some(value),
            high: Some(value),
        }
    }

    /// So much of another quantity for each one of this.
    pub(crate) fn times(&self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            low: self.low.map(|low| low * factor),
            high: self.high.map(|high| high * factor),
        }
    }

    /// The upper end, or the value where there is no interval.
    pub(crate) fn at_most(&self) -> f64 {
        self.high.unwrap_or(self.value)
    }
}

/// Why a series has no fit.
///
/// ```
/// use planwright_growth::{Fit, FitError, Measurement, Quantity, Series};
///
/// let series = Series::new("faults", vec![Measurement::new(0, 1, 0, 0, 0.0, None)])?;
/// let error = Fit::of(&series, Quantity::States).unwrap_err();
/// assert!(matches!(error, FitError::TooFew { found: 1, .. }));
/// let error = Fit::of(&series, Quantity::Transitions).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "faults = 0 has no transitions, and 0 has no logarithm: leave this instance out"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FitError {
    /// Fewer than two measurements have the quantity.
    #[error(
        "{parameter}: {quantity} is known of {found} value{}, and a fit needs 2: explore more \
         instances",
        if *found == 1 { "" } else { "s" }
    )]
    TooFew {
        /// The name of the parameter.
        parameter: String,
        /// What was to be fitted.
        quantity: Quantity,
        /// How many measurements have it.
        found: usize,
    },
    /// A measurement has 0 of the quantity.
    #[error(
        "{parameter} = {value} has no {quantity}, and 0 has no logarithm: leave this instance out"
    )]
    NoLogarithm {
        /// The name of the parameter.
        parameter: String,
        /// The value of the instance.
        value: u32,
        /// What it has none of.
        quantity: Quantity,
    },
}
