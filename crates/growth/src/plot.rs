//! Series as a drawing.

use plotters::coord::Shift;
use plotters::coord::combinators::LogCoord;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use crate::table::thousands;
use crate::{Fit, Prediction, Quantity, Series, predict_cost};

const SIZE: (u32, u32) = (840, 520);

/// An interval is drawn up to this factor away from the prediction, lest it flatten all lines.
const FARTHEST: f64 = 10.0;

/// How many values the axis of the parameter names at most.
const VALUE_LABELS: usize = 14;

/// Colours that colour-blind people tell apart (Okabe and Ito).
const COLOURS: [RGBColor; 6] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
    RGBColor(0, 0, 0),
];

type Chart<'a, 'b> = ChartContext<'b, SVGBackend<'a>, Cartesian2d<RangedCoordf64, LogCoord<f64>>>;

/// Draws a quantity of each series over its parameter, as SVG.
///
/// The axis of the quantity is logarithmic. Each series has a line, and markers of its own shape,
/// so that the drawing can be read without colour. A dashed line leads to the instance after the
/// largest one measured, as predicted; the shade is the 95 % interval, drawn up to ten times and
/// down to a tenth of the prediction. Time and memory are predicted through the states, as by
/// [`predict_cost`].
///
/// ```
/// use planwright_growth::{Measurement, Quantity, Series, to_svg};
///
/// let states = [(1, 100), (2, 290), (3, 1_000)];
/// let measured = states.map(|(x, y)| Measurement::new(x, y, y, 9, 0.1, None));
/// let series = Series::new("faults", measured.to_vec())?;
/// let svg = to_svg(&[series], Quantity::States)?;
/// assert!(svg.starts_with("<svg") && svg.contains("faults"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// If there is no series, or one has nothing of the quantity to draw, or 0 of it.
pub fn to_svg(series: &[Series], quantity: Quantity) -> Result<String, PlotError> {
    let curves: Result<Vec<Curve<'_>>, PlotError> = series
        .iter()
        .enumerate()
        .map(|(place, series)| Curve::of(series, quantity, place))
        .collect();
    let curves = curves?;
    let mut svg = String::new();
    draw(&mut svg, &curves, quantity)?;
    Ok(svg)
}

/// What is drawn of a series.
struct Curve<'s> {
    name: &'s str,
    points: Vec<(f64, f64)>,
    /// The last point and the predicted one.
    next: Option<((f64, f64), (f64, Prediction))>,
    place: usize,
}

impl<'s> Curve<'s> {
    fn of(series: &'s Series, quantity: Quantity, place: usize) -> Result<Self, PlotError> {
        let mut points = Vec::new();
        for measured in series.measurements() {
            match quantity.of(measured) {
                Some(amount) if amount > 0.0 => points.push((f64::from(measured.value), amount)),
                Some(_) => {
                    return Err(PlotError::NoLogarithm {
                        parameter: series.parameter().to_owned(),
                        value: measured.value,
                        quantity,
                    });
                }
                None => {}
            }
        }
        let last = *points.last().ok_or_else(|| PlotError::NotMeasured {
            parameter: series.parameter().to_owned(),
            quantity,
        })?;
        let next = series.next_value().and_then(|next| {
            let prediction = predict(series, quantity, next)?;
            let finite = prediction.value.is_normal();
            finite.then_some((last, (f64::from(next), prediction)))
        });
        Ok(Self {
            name: series.parameter(),
            points,
            next,
            place,
        })
    }

    fn colour(&self) -> RGBColor {
        COLOURS[self.place % COLOURS.len()]
    }

    /// The corners of the shade: the last point, and the interval at the next.
    fn shade(&self) -> Option<[(f64, f64); 3]> {
        let (last, (x, prediction)) = self.next?;
        let low = prediction.low?.max(prediction.value / FARTHEST);
        let high = prediction.high?.min(prediction.value * FARTHEST);
        Some([last, (x, high), (x, low)])
    }

    /// Whether the shade is less than the interval.
    fn is_cut(&self) -> bool {
        self.next.is_some_and(|(_, (_, prediction))| {
            let far = prediction.value * FARTHEST;
            prediction.high.is_some_and(|high| high > far)
        })
    }

    /// All points that the axes must hold.
    fn extent(&self) -> impl Iterator<Item = (f64, f64)> {
        let next = self.next.map(|(_, (x, prediction))| (x, prediction.value));
        let shade = self.shade().into_iter().flatten();
        self.points.iter().copied().chain(next).chain(shade)
    }
}

fn predict(series: &Series, quantity: Quantity, x: u32) -> Option<Prediction> {
    match quantity {
        Quantity::States | Quantity::Transitions => {
            Some(Fit::of(series, quantity).ok()?.predict(x))
        }
        Quantity::Seconds => Some(predict_cost(series, x).ok()?.seconds),
        Quantity::Bytes => predict_cost(series, x).ok()?.bytes,
    }
}

fn draw(svg: &mut String, curves: &[Curve<'_>], quantity: Quantity) -> Result<(), PlotError> {
    let extent = || curves.iter().flat_map(Curve::extent);
    let (left, right) = ends(extent().map(|(x, _)| x)).ok_or(PlotError::NoSeries)?;
    let (bottom, top) = ends(extent().map(|(_, y)| y)).ok_or(PlotError::NoSeries)?;
    // Whole powers of ten, at least one apart.
    let bottom = bottom.log10().floor();
    let top = top.log10().ceil().max(bottom + 1.0);

    let area = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    area.fill(&WHITE).map_err(PlotError::because)?;
    let (x_name, title) = titles(curves, quantity);
    let mut chart: Chart<'_, '_> = on(&area)
        .caption(title, ("sans-serif", 18))
        .build_cartesian_2d(
            left - 0.4..right + 0.4,
            (10f64.powf(bottom)..10f64.powf(top)).log_scale(),
        )
        .map_err(PlotError::because)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(BLACK.mix(0.05))
        .label_style(("sans-serif", 15))
        .axis_desc_style(("sans-serif", 17))
        .x_desc(x_name)
        .y_desc(format!("{} (logarithmic)", quantity.unit()))
        .x_labels(((right - left) as usize + 1).min(VALUE_LABELS))
        .x_label_formatter(&whole)
        .y_label_formatter(&|number| round(*number))
        .draw()
        .map_err(PlotError::because)?;
    for curve in curves {
        draw_curve(&mut chart, curve)?;
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .label_font(("sans-serif", 15))
        .background_style(WHITE.mix(0.8))
        .border_style(BLACK.mix(0.4))
        .draw()
        .map_err(PlotError::because)?;
    drop(chart);
    area.present().map_err(PlotError::because)
}

/// A chart with room for the labels of both axes.
fn on<'a, 'b>(
    area: &'b DrawingArea<SVGBackend<'a>, Shift>,
) -> ChartBuilder<'b, 'b, SVGBackend<'a>> {
    let mut builder = ChartBuilder::on(area);
    builder
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(110);
    builder
}

/// The name of the axis of the parameter, and the title.
fn titles(curves: &[Curve<'_>], quantity: Quantity) -> (String, String) {
    let name = match curves {
        [curve] => curve.name.to_owned(),
        _ => "value of the parameter".to_owned(),
    };
    let over = match curves {
        [curve] => curve.name,
        _ => "one parameter",
    };
    let dashed = if curves.iter().any(Curve::is_cut) {
        " (dashed: predicted; shaded: 95 % interval, cut at ×10)"
    } else if curves.iter().any(|curve| curve.shade().is_some()) {
        " (dashed: predicted; shaded: 95 % interval)"
    } else if curves.iter().any(|curve| curve.next.is_some()) {
        " (dashed: predicted)"
    } else {
        ""
    };
    let title = format!("Growth of {quantity} with {over}{dashed}");
    (name, title)
}

fn draw_curve<'a: 'b, 'b>(chart: &mut Chart<'a, 'b>, curve: &Curve<'_>) -> Result<(), PlotError> {
    let colour = curve.colour();
    let shape = marker(curve.place);
    if let Some(shade) = curve.shade() {
        let shade = Polygon::new(shade.to_vec(), colour.mix(0.2));
        chart
            .draw_series(std::iter::once(shade))
            .map_err(PlotError::because)?;
    }
    if let Some((last, (x, prediction))) = curve.next {
        let line = [last, (x, prediction.value)].into_iter();
        chart
            .draw_series(DashedLineSeries::new(line, 6, 4, colour.stroke_width(1)))
            .map_err(PlotError::because)?;
    }
    let line = curve.points.iter().copied();
    chart
        .draw_series(LineSeries::new(line, colour.stroke_width(2)))
        .map_err(PlotError::because)?;
    let markers = curve.points.iter();
    let markers = markers.map(|at| EmptyElement::at(*at) + Polygon::new(shape, colour));
    chart
        .draw_series(markers)
        .map_err(PlotError::because)?
        .label(curve.name)
        .legend(move |(x, y)| EmptyElement::at((x + 10, y)) + Polygon::new(shape, colour));
    Ok(())
}

/// The corners, around (0, 0), of the marker of the series at a place. The shapes take turns.
fn marker(place: usize) -> &'static [(i32, i32)] {
    const DISC: [(i32, i32); 8] = [
        (-2, -5),
        (2, -5),
        (5, -2),
        (5, 2),
        (2, 5),
        (-2, 5),
        (-5, 2),
        (-5, -2),
    ];
    const PLUS: [(i32, i32); 12] = [
        (-2, -6),
        (2, -6),
        (2, -2),
        (6, -2),
        (6, 2),
        (2, 2),
        (2, 6),
        (-2, 6),
        (-2, 2),
        (-6, 2),
        (-6, -2),
        (-2, -2),
    ];
    match place % 5 {
        0 => &DISC,
        1 => &[(-4, -4), (4, -4), (4, 4), (-4, 4)],
        2 => &[(0, -6), (6, 5), (-6, 5)],
        3 => &[(0, -7), (7, 0), (0, 7), (-7, 0)],
        _ => &PLUS,
    }
}

/// The smallest and the largest number.
fn ends(numbers: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    numbers.fold(None, |ends, number| {
        let (low, high) = ends.unwrap_or((number, number));
        Some((low.min(number), high.max(number)))
    })
}

/// A value of the parameter; nothing between two values.
fn whole(number: &f64) -> String {
    if (number - number.round()).abs() < 1e-6 {
        format!("{number:.0}")
    } else {
        String::new()
    }
}

/// A round number of the logarithmic axis.
fn round(number: f64) -> String {
    if (1.0..1e12).contains(&number) {
        thousands(&format!("{number:.0}"))
    } else {
        format!("{number:.0e}")
    }
}

/// Why series were not drawn.
///
/// ```
/// use planwright_growth::{Measurement, PlotError, Quantity, Series, to_svg};
///
/// assert_eq!(to_svg(&[], Quantity::States), Err(PlotError::NoSeries));
///
/// let series = Series::new("faults", vec![Measurement::new(2, 90, 200, 9, 0.5, None)])?;
/// let error = to_svg(&[series], Quantity::Bytes).unwrap_err();
/// assert_eq!(error.to_string(), "faults has no measured peak memory: leave this series out");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlotError {
    /// There is nothing to draw.
    #[error("there is no series to draw: give at least one")]
    NoSeries,
    /// No measurement of a series has the quantity.
    #[error("{parameter} has no measured {quantity}: leave this series out")]
    NotMeasured {
        /// The name of the parameter.
        parameter: String,
        /// What was to be drawn.
        quantity: Quantity,
    },
    /// A measurement has 0 of the quantity.
    #[error(
        "{parameter} = {value} has no {quantity}, and a logarithmic axis has no 0: leave this \
         instance out"
    )]
    NoLogarithm {
        /// The name of the parameter.
        parameter: String,
        /// The value of the instance.
        value: u32,
        /// What it has none of.
        quantity: Quantity,
    },
    /// The drawing itself failed.
    #[error("the series could not be drawn: {reason}")]
    Drawing {
        /// What the drawing library said.
        reason: String,
    },
}

impl PlotError {
    fn because(error: impl std::fmt::Display) -> Self {
        Self::Drawing {
            reason: error.to_string(),
        }
    }
}
