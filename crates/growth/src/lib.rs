//! How a state space grows with one parameter, and what the next instance will take.
//!
//! Explore a few small instances, put what they took into a [`Series`], and ask before the large
//! one is started.
//!
//! ```
//! use planwright_growth::{Fit, Measurement, Quantity, Series, predict_cost};
//!
//! let series = Series::new(
//!     "generations",
//!     vec![
//!         Measurement::new(3, 5_012, 14_300, 21, 0.01, None),
//!         Measurement::new(4, 30_480, 91_900, 27, 0.06, None),
//!         Measurement::new(5, 171_350, 539_000, 33, 0.36, None),
//!         Measurement::new(6, 905_200, 2_960_000, 39, 2.1, None),
//!     ],
//! )?;
//! let fit = Fit::of(&series, Quantity::States)?;
//! assert!(fit.power() > 0.0, "a bit below exponential");
//! let next = fit.predict(7);
//! assert!((4.4e6..4.7e6).contains(&next.value));
//! assert!(next.low.is_some_and(|low| low > 3.8e6));
//! let cost = predict_cost(&series, 7)?;
//! assert!((9.0..11.0).contains(&cost.seconds.value));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | question | answer |
//! |---|---|
//! | what was measured | [`Measurement`], [`Series`], [`Quantity`] |
//! | how fast does it grow | [`Fit`] |
//! | what will an instance take | [`Fit::predict`], [`predict_cost`] |
//! | which parameter to reduce | [`cheapest_way_to_fit`] |
//! | how to show it | [`table()`], [`to_csv`], [`to_svg`] |
//!
//! # What a prediction rests on
//!
//! The logarithm of a count is taken to be a sum of a line and a logarithm in the parameter, with
//! errors that are independent and equally large. State counts have no random errors: the interval
//! says how far the measurements were from the curve, not what the model must do. An interval holds
//! for the next instance or two; far beyond the measurements nothing warrants the curve.

mod budget;
mod cost;
mod fit;
mod least_squares;
mod measurement;
#[cfg(feature = "plots")]
mod plot;
mod quantity;
mod series;
mod spreadsheet;
mod table;

pub use budget::{Reduction, cheapest_way_to_fit};
pub use cost::{CostPrediction, predict_cost};
pub use fit::{Fit, FitError, Prediction};
pub use measurement::Measurement;
#[cfg(feature = "plots")]
pub use plot::{PlotError, to_svg};
pub use quantity::Quantity;
pub use series::{Series, SeriesError};
pub use spreadsheet::{CsvError, to_csv};
pub use table::{Table, table};
