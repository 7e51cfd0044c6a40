//! Polynomials through points by ordinary least squares.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// The share of new points that a prediction interval is to hold.
const COVERAGE: f64 = 0.95;

/// A polynomial of degree at most 2, in the basis that is orthogonal on the points: 1, x - m, and
/// (x - m)(x - a) - b. The basis makes the normal equations diagonal, so that nothing is solved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Polynomial {
    degree: usize,
    /// m, a and b.
    basis: [f64; 3],
    coefficients: [f64; 3],
    /// The squared norms of the basis on the points.
    norms: [f64; 3],
    residual_squares: f64,
    points: usize,
}

impl Polynomial {
    /// The best polynomial of degree 1 or 2; `None` if there are not more points than its degree.
    /// No two points may have the same x.
    pub(crate) fn fit(points: &[(f64, f64)], degree: usize) -> Option<Self> {
        let count = points.len();
        if count <= degree || !(1..=2).contains(&degree) {
            return None;
        }
        let n = count as f64;
        let mean = points.iter().map(|(x, _)| x).sum::<f64>() / n;
        let squares = sum(points, |x, _| (x - mean).powi(2));
        let cubes = sum(points, |x, _| x * (x - mean).powi(2));
        let mut fit = Self {
            degree,
            basis: [mean, cubes / squares, squares / n],
            coefficients: [0.0; 3],
            norms: [n, squares, 0.0],
            residual_squares: 0.0,
            points: count,
        };
        fit.norms[2] = sum(points, |x, _| fit.basis_at(x)[2].powi(2));
        for k in 0..=degree {
            // What the lower degrees leave, not y itself, so that rounding does not add up.
            let left = sum(points, |x, y| (y - fit.at(x)) * fit.basis_at(x)[k]);
            fit.coefficients[k] = left / fit.norms[k];
        }
        fit.residual_squares = sum(points, |x, y| (y - fit.at(x)).powi(2));
        Some(fit)
    }

    fn basis_at(&self, x: f64) -> [f64; 3] {
        let [mean, a, b] = self.basis;
        let linear = x - mean;
        [1.0, linear, linear * (x - a) - b]
    }

    /// The value at x.
    pub(crate) fn at(&self, x: f64) -> f64 {
        let basis = self.basis_at(x);
        self.coefficients
            .iter()
            .zip(basis)
            .map(|(c, p)| c * p)
            .sum()
    }

    /// The coefficient of x².
    pub(crate) fn curvature(&self) -> f64 {
        self.coefficients[2]
    }

    /// Points beyond those that the coefficients need.
    pub(crate) fn freedom(&self) -> usize {
        self.points - self.degree - 1
    }

    /// Half the width of the prediction interval of a new point at x; `None` without freedom.
    pub(crate) fn half_width(&self, x: f64) -> Option<f64> {
        let freedom = self.freedom();
        if freedom == 0 {
            return None;
        }
        let basis = self.basis_at(x);
        let leverage: f64 = (0..=self.degree)
            .map(|k| basis[k].powi(2) / self.norms[k])
            .sum();
        let variance = self.residual_squares / freedom as f64;
        Some(student_t(freedom)? * (variance * (1.0 + leverage)).sqrt())
    }
}

fn sum(points: &[(f64, f64)], term: impl Fn(f64, f64) -> f64) -> f64 {
    points.iter().map(|(x, y)| term(*x, *y)).sum()
}

/// The quantile of Student's t that leaves half of 1 - [`COVERAGE`] above it.
fn student_t(freedom: usize) -> Option<f64> {
    let distribution = StudentsT::new(0.0, 1.0, freedom as f64).ok()?;
    Some(distribution.inverse_cdf(0.5 + COVERAGE / 2.0))
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
            let found = student_t(freedom).expect("a quantile");
            assert!((found - expected).abs() < 5.1e-4, "{freedom}: {found}");
        }
    }

    #[test]
    fn a_parabola_is_found_far_from_the_origin() {
        let points: Vec<(f64, f64)> = [1.0, 2.0, 4.0, 7.0, 11.0]
            .iter()
            .map(|x| (1e6 + x, 3.0 - 2.0 * x + 0.5 * x * x))
            .collect();
        let fit = Polynomial::fit(&points, 2).expect("five points");
        assert!((fit.curvature() - 0.5).abs() < 1e-9);
        assert!((fit.at(1e6 + 20.0) - 163.0).abs() < 1e-6);
        assert!(fit.half_width(1e6 + 20.0).is_some_and(|half| half < 1e-6));
    }

    #[test]
    fn as_many_points_as_coefficients_leave_no_freedom() {
        let points = [(1.0, 1.0), (2.0, 5.0), (3.0, 2.0)];
        assert_eq!(Polynomial::fit(&points[..1], 1), None);
        assert_eq!(Polynomial::fit(&points[..2], 2), None);
        let fit = Polynomial::fit(&points, 2).expect("three points");
        assert_eq!(fit.freedom(), 0);
        assert_eq!(fit.half_width(4.0), None);
        assert!((fit.at(2.0) - 5.0).abs() < 1e-12);
    }
}
