//! Curves through points by ordinary least squares.

use std::f64::consts::FRAC_PI_2;

/// The share of new points that a prediction interval is to hold.
const COVERAGE: f64 = 0.95;

/// The most terms that a curve has: 1, x, ln(x + 1).
const TERMS: usize = 3;

/// A combination of the first terms. The columns that they make of the points are orthonormalised
/// (by modified Gram-Schmidt), because x and ln(x + 1) are nearly parallel far from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Curve {
    terms: usize,
    /// The triangle that turns the orthonormal columns into those of the terms.
    triangle: [[f64; TERMS]; TERMS],
    /// With respect to the orthonormal columns.
    coefficients: [f64; TERMS],
    residual_squares: f64,
    points: usize,
}

fn terms_at(x: f64) -> [f64; TERMS] {
    [1.0, x, x.ln_1p()]
}

impl Curve {
    /// The best curve of up to three terms, of as many as there are points; `None` if that is less
    /// than two. No two points may have the same x, and no x may be negative.
    pub(crate) fn fit(points: &[(f64, f64)]) -> Option<Self> {
        let terms = points.len().min(TERMS);
        if terms < 2 {
            return None;
        }
        let mut fit = Self {
            terms,
            triangle: [[0.0; TERMS]; TERMS],
            coefficients: [0.0; TERMS],
            residual_squares: 0.0,
            points: points.len(),
        };
        let mut columns: Vec<Vec<f64>> = Vec::with_capacity(terms);
        let mut left: Vec<f64> = points.iter().map(|(_, y)| *y).collect();
        for term in 0..terms {
            let mut column: Vec<f64> = points.iter().map(|(x, _)| terms_at(*x)[term]).collect();
            for (before, other) in columns.iter().enumerate() {
                let share = dot(other, &column);
                fit.triangle[before][term] = share;
                subtract(&mut column, share, other);
            }
            let norm = dot(&column, &column).sqrt();
            fit.triangle[term][term] = norm;
            column.iter_mut().for_each(|entry| *entry /= norm);
            // What the earlier terms leave, not y itself, so that rounding does not add up.
            fit.coefficients[term] = dot(&column, &left);
            subtract(&mut left, fit.coefficients[term], &column);
            columns.push(column);
        }
        fit.residual_squares = dot(&left, &left);
        Some(fit)
    }

    /// What the orthonormal columns would have at x.
    fn orthonormal_at(&self, x: f64) -> [f64; TERMS] {
        let mut row = terms_at(x);
        for term in 0..self.terms {
            let earlier: f64 = (0..term).map(|k| self.triangle[k][term] * row[k]).sum();
            row[term] = (row[term] - earlier) / self.triangle[term][term];
        }
        row[self.terms..].fill(0.0);
        row
    }

    /// The value at x.
    pub(crate) fn at(&self, x: f64) -> f64 {
        dot(&self.orthonormal_at(x), &self.coefficients)
    }

    /// The coefficients of 1, x and ln(x + 1).
    pub(crate) fn terms(&self) -> [f64; TERMS] {
        let mut terms = self.coefficients;
        for term in (0..self.terms).rev() {
            let later = term + 1..self.terms;
            let rest: f64 = later.map(|k| self.triangle[term][k] * terms[k]).sum();
            terms[term] = (terms[term] - rest) / self.triangle[term][term];
        }
        terms
    }

    /// Points beyond those that the coefficients need.
    pub(crate) fn freedom(&self) -> usize {
        self.points - self.terms
    }

    /// Half the width of the prediction interval of a new point at x; `None` without freedom.
    pub(crate) fn half_width(&self, x: f64) -> Option<f64> {
        let freedom = self.freedom();
        if freedom == 0 {
            return None;
        }
        let row = self.orthonormal_at(x);
        let variance = self.residual_squares / freedom as f64;
        Some(student_t(freedom) * (variance * (1.0 + dot(&row, &row))).sqrt())
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

fn subtract(from: &mut [f64], share: f64, column: &[f64]) {
    for (entry, other) in from.iter_mut().zip(column) {
        *entry -= share * other;
    }
}

/// The quantile of Student's t that leaves half of 1 - [`COVERAGE`] above it, by bisection of the angle.
fn student_t(freedom: usize) -> f64 {
    let (mut low, mut high) = (0.0, FRAC_PI_2);
    for _ in 0..f64::MANTISSA_DIGITS {
        let middle = f64::midpoint(low, high);
        match within(middle, freedom) < COVERAGE {
            true => low = middle,
            false => high = middle,
        }
    }
    (freedom as f64).sqrt() * low.tan()
}

/// The probability that Student's t with n degrees of freedom is between -t and t, for t = sqrt(n) tan
/// `angle`: Abramowitz and Stegun, 26.7.3 and 26.7.4.
fn within(angle: f64, freedom: usize) -> f64 {
    let (sine, cosine) = angle.sin_cos();
    let odd = freedom % 2;
    // The powers of the cosine below n - 1 whose parity is that of n, with their coefficients.
    let mut term = if odd == 1 { cosine } else { 1.0 };
    let mut sum = 0.0;
    for power in (odd..freedom.saturating_sub(1)).step_by(2) {
        sum += term;
        term *= cosine * cosine * (power + 1) as f64 / (power + 2) as f64;
    }
    match odd {
        0 => sine * sum,
        _ => (angle + sine * sum) / FRAC_PI_2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_as_in_every_table() {
        for (freedom, expected) in [
            (1, 12.706),
            (2, 4.303),
            (3, 3.182),
            (4, 2.776),
            (5, 2.571),
            (10, 2.228),
            (30, 2.042),
            (120, 1.980),
        ] {
            let found = student_t(freedom);
            assert!((found - expected).abs() < 5.1e-4, "{freedom}: {found}");
        }
    }

    #[test]
    fn the_terms_are_found_near_and_far() {
        for start in [0.0, 1.0, 30.0, 500.0_f64] {
            let points: Vec<(f64, f64)> = [0.0, 1.0, 2.0, 4.0, 7.0_f64]
                .iter()
                .map(|x| start + x)
                .map(|x| (x, 3.0 - 2.0 * x + 0.5 * x.ln_1p()))
                .collect();
            let fit = Curve::fit(&points).expect("five points");
            let [constant, linear, logarithmic] = fit.terms();
            assert!((constant - 3.0).abs() < 1e-5, "{start}: {constant}");
            assert!((linear + 2.0).abs() < 1e-7, "{start}: {linear}");
            assert!((logarithmic - 0.5).abs() < 1e-5, "{start}: {logarithmic}");
            assert!(fit.half_width(start + 8.0).is_some_and(|half| half < 1e-6));
        }
    }

    #[test]
    fn as_many_points_as_terms_leave_no_freedom() {
        let points = [(1.0, 1.0), (2.0, 5.0), (3.0, 2.0)];
        assert_eq!(Curve::fit(&points[..1]), None);
        for count in 2..=3 {
            let fit = Curve::fit(&points[..count]).expect("enough points");
            assert_eq!(fit.freedom(), 0);
            assert_eq!(fit.half_width(4.0), None);
            assert!((fit.at(2.0) - 5.0).abs() < 1e-12);
        }
    }
}
