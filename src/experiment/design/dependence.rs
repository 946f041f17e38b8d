//! Factors that do not vary independently: ranks that go together, and shares of one sum.

use crate::model::math;

/// Keeps a place off the ends of the unit interval, by half a step of a sequence of 32 bits.
const EDGE: f64 = 1.0 / 8_589_934_592.0;

/// What ties factors together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dependence {
    /// Lower triangle that turns independent normal numbers into dependent ones; empty where all are independent.
    triangle: Vec<Vec<f64>>,
    /// Sums that factors share.
    shares: Vec<Share>,
}

/// How the ranks of two factors go together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// Position of one factor.
    pub first: usize,
    /// Position of the other.
    pub second: usize,
    /// Spearman's rank correlation, between -1 and 1.
    pub rank: f64,
}

/// A sum of which each of some factors gets a share, every division equally likely.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Positions of the factors.
    pub factors: Vec<usize>,
    /// The sum.
    pub sum: f64,
    /// The least that each gets.
    pub floor: f64,
}

impl Dependence {
    /// Puts together what is said of `n` factors.
    ///
    /// The ranks go together by a Gaussian copula, whose normal numbers have Pearson's correlation 2 sin(π ρ / 6) where Spearman's is to
    /// be ρ (Kruskal 1958).
    ///
    /// # Errors
    /// The position of the first factor whose correlations with those before it cannot all hold at once.
    pub fn new(n: usize, correlations: &[Correlation], shares: Vec<Share>) -> Result<Dependence, usize> {
        if correlations.is_empty() {
            return Ok(Dependence { triangle: Vec::new(), shares });
        }
        let mut matrix: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
        for &Correlation { first, second, rank } in correlations {
            let r = 2.0 * libm::sin(std::f64::consts::PI * rank / 6.0);
            (matrix[first][second], matrix[second][first]) = (r, r);
        }
        Ok(Dependence { triangle: cholesky(&matrix)?, shares })
    }

    /// A place of independent coordinates moved to where dependent ones lie.
    pub(super) fn applied(&self, at: Vec<f64>) -> Vec<f64> {
        if self.triangle.is_empty() {
            return at;
        }
        let normal: Vec<f64> = at.iter().map(|&u| math::normal_quantile(math::clamp(u, EDGE, 1.0 - EDGE))).collect();
        let moved = |(k, row): (usize, &Vec<f64>)| {
            // What depends on nothing before it keeps its place to the last bit.
            if row[..k].iter().all(|&weight| weight == 0.0) {
                return at[k];
            }
            below(row.iter().zip(&normal).map(|(weight, z)| weight * z).sum())
        };
        self.triangle.iter().enumerate().map(moved).collect()
    }

    /// What falls to a factor of the sum that it shares; `None` where it shares none.
    ///
    /// Exponential numbers over their sum are a uniform draw from the simplex (Devroye 1986, chapter XI).
    pub(super) fn shared(&self, factor: usize, at: &[f64]) -> Option<f64> {
        let share = self.shares.iter().find(|share| share.factors.contains(&factor))?;
        let exponential = |k: usize| -libm::log1p(-math::clamp(at[k], EDGE, 1.0 - EDGE));
        let total: f64 = share.factors.iter().map(|&k| exponential(k)).sum();
        let free = share.sum - share.floor * share.factors.len() as f64;
        Some(share.floor + free * exponential(factor) / total)
    }
}

/// Probability that a standard normal number is below `z`.
fn below(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// The lower triangle whose product with its transpose is the matrix.
fn cholesky(matrix: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, usize> {
    let n = matrix.len();
    let mut triangle = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| triangle[i][k] * triangle[j][k]).sum();
            let left = matrix[i][j] - sum;
            triangle[i][j] = match (i == j, left) {
                (true, left) if left <= 1e-10 => return Err(i),
                (true, left) => left.sqrt(),
                (false, left) => left / triangle[j][j],
            };
        }
    }
    Ok(triangle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::design::Design;
    use crate::experiment::design::marginal::Level;
    use crate::experiment::design::tests::unit;

    fn sample(dependence: &Dependence, points: usize) -> Vec<Vec<f64>> {
        let factors = [unit("a"), unit("b"), unit("c")];
        let design = Design::Sobol { points, scrambled: true, skip: 0 };
        let number = |level: &Option<Level>| if let Some(Level::Number(x)) = level { *x } else { f64::NAN };
        let points = design.points(&factors, dependence, 11);
        points.iter().map(|point| point.values.iter().map(number).collect()).collect()
    }

    /// Of uniform numbers Pearson's correlation is Spearman's.
    fn correlation(points: &[Vec<f64>], a: usize, b: usize) -> f64 {
        let n = points.len() as f64;
        12.0 * points.iter().map(|point| (point[a] - 0.5) * (point[b] - 0.5)).sum::<f64>() / n
    }

    #[test]
    fn the_ranks_have_the_correlation_that_was_asked_for() {
        let correlations =
            [Correlation { first: 0, second: 1, rank: 0.5 }, Correlation { first: 1, second: 2, rank: -0.8 }];
        let points = sample(&Dependence::new(3, &correlations, Vec::new()).unwrap(), 8192);
        assert!((correlation(&points, 0, 1) - 0.5).abs() < 0.01, "{}", correlation(&points, 0, 1));
        assert!((correlation(&points, 1, 2) + 0.8).abs() < 0.01, "{}", correlation(&points, 1, 2));
    }

    #[test]
    fn a_copula_of_a_half_has_the_exact_correlations_of_spearman_and_kendall() {
        // Of a Gaussian copula with ρ = .5: Spearman (6/π)·asin(1/4) = .482584, Kendall (2/π)·asin(1/2) = 1/3.
        let asked = [Correlation { first: 0, second: 1, rank: 0.482_584 }];
        let points = sample(&Dependence::new(3, &asked, Vec::new()).unwrap(), 2048);
        assert!((correlation(&points, 0, 1) - 0.482_584).abs() < 0.01, "{}", correlation(&points, 0, 1));
        let pairs = (0..2048).flat_map(|i| (0..i).map(move |j| (i, j)));
        let agree = pairs.map(|(i, j)| ((points[i][0] - points[j][0]) * (points[i][1] - points[j][1])).signum());
        let kendall = agree.sum::<f64>() / (2048.0 * 2047.0 / 2.0);
        assert!((kendall - 1.0 / 3.0).abs() < 0.01, "{kendall}");
    }

    #[test]
    fn correlations_that_contradict_each_other_are_refused_with_the_factor() {
        let pair = |first, second, rank| Correlation { first, second, rank };
        let impossible = [pair(0, 1, 0.9), pair(1, 2, 0.9), pair(0, 2, -0.9)];
        assert_eq!(Dependence::new(3, &impossible, Vec::new()), Err(2));
        assert_eq!(Dependence::new(2, &[pair(0, 1, 1.0)], Vec::new()), Err(1));
    }

    #[test]
    fn shares_sum_to_the_sum_and_are_uniform_on_the_simplex() {
        let share = Share { factors: vec![0, 1, 2], sum: 2.0, floor: 0.1 };
        let points = sample(&Dependence::new(3, &[], vec![share]).unwrap(), 4096);
        for point in &points {
            assert!((point.iter().sum::<f64>() - 2.0).abs() < 1e-12);
            assert!(point.iter().all(|x| *x >= 0.1));
        }
        // A third each on average; a coordinate of a uniform point of the triangle has variance 1/18 of the free sum squared.
        let free = 2.0 - 0.3;
        for k in 0..3 {
            let mean = points.iter().map(|point| point[k]).sum::<f64>() / 4096.0;
            let variance = points.iter().map(|point| (point[k] - mean) * (point[k] - mean)).sum::<f64>() / 4096.0;
            assert!((mean - 2.0 / 3.0).abs() < 2e-3, "{mean}");
            assert!((variance / (free * free) - 1.0 / 18.0).abs() < 1e-3, "{variance}");
        }
    }
}
