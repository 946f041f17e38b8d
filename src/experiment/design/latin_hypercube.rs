//! Latin hypercube (McKay, Beckman and Conover 1979): of as many strata as there are points, each factor meets each once.

use super::Place;
use crate::model::draws::{Draws, Purpose};

/// Hypercubes of which the one with the furthest nearest points is taken.
const CANDIDATES: usize = 20;

/// So many points in `n` dimensions.
pub(super) fn places(points: usize, n: usize, centred: bool, maximin: bool, seed: u64) -> Vec<Place> {
    let candidates = if maximin { CANDIDATES } else { 1 };
    let cubes = (0..candidates).map(|candidate| cube(points, n, centred, candidate, seed));
    let mut best: Option<(f64, Vec<Vec<f64>>)> = None;
    for cube in cubes {
        let apart = if maximin { nearest(&cube) } else { 0.0 };
        if best.as_ref().is_none_or(|(most, _)| apart > *most) {
            best = Some((apart, cube));
        }
    }
    best.map_or(Vec::new(), |(_, cube)| cube.into_iter().map(Place::new).collect())
}

fn cube(points: usize, n: usize, centred: bool, candidate: usize, seed: u64) -> Vec<Vec<f64>> {
    let orders: Vec<Vec<usize>> = (0..n).map(|dimension| shuffled(points, dimension, candidate, seed)).collect();
    let within = |point: usize, dimension: usize| {
        let draws = Draws::<1>::new(seed, point as u64);
        if centred { 0.5 } else { draws.uniform(Purpose::Design, candidate, 1 + dimension, 1)[0] }
    };
    let coordinate =
        |point: usize, dimension: usize| (orders[dimension][point] as f64 + within(point, dimension)) / points as f64;
    (0..points).map(|point| (0..n).map(|dimension| coordinate(point, dimension)).collect()).collect()
}

/// The strata of a dimension in the order of the points, by the shuffle of Fisher and Yates.
fn shuffled(points: usize, dimension: usize, candidate: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..points).collect();
    for at in (1..points).rev() {
        let draw = Draws::<1>::new(seed, at as u64).uniform(Purpose::Design, candidate, 1 + dimension, 0)[0];
        order.swap(at, ((draw * (at + 1) as f64) as usize).min(at));
    }
    order
}

/// The square of the least distance between two points.
fn nearest(cube: &[Vec<f64>]) -> f64 {
    let apart = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum::<f64>();
    let from = |k: usize| cube[k + 1..].iter().map(|other| apart(&cube[k], other)).fold(f64::INFINITY, f64::min);
    (0..cube.len()).map(from).fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::design::Design;
    use crate::experiment::design::tests::numbers;

    #[test]
    fn each_stratum_of_each_factor_holds_one_point() {
        for (centred, maximin) in [(false, false), (true, false), (false, true)] {
            let points = numbers(&Design::LatinHypercube { points: 50, centred, maximin }, 4, 9);
            for dimension in 0..4 {
                let mut strata: Vec<usize> = points.iter().map(|point| (point[dimension] * 50.0) as usize).collect();
                strata.sort_unstable();
                assert_eq!(strata, (0..50).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn centred_points_lie_in_the_middle_of_their_strata() {
        let points = numbers(&Design::LatinHypercube { points: 10, centred: true, maximin: false }, 1, 1);
        assert!(points.iter().all(|point| ((point[0] * 10.0).fract() - 0.5).abs() < 1e-9));
    }

    #[test]
    fn maximin_keeps_the_nearest_points_further_apart() {
        let apart = |maximin| nearest(&numbers(&Design::LatinHypercube { points: 30, centred: false, maximin }, 3, 4));
        assert!(apart(true) > apart(false), "{} {}", apart(true), apart(false));
    }
}
