//! The Sobol' sequence: points that fill a space evenly, however many of them are taken.
//!
//! In the order of Antonov and Saleev (1979) with the direction numbers of Joe and Kuo (2008), as other programs give it. The crates
//! that there are hold 24 bits, or bring in mathematics of the platform; the sequence itself is a few lines.

use super::Place;
use super::joe_kuo::DIMENSIONS;
use crate::model::draws::{Draws, Purpose};

/// Most dimensions that the sequence has.
pub const MOST_DIMENSIONS: usize = DIMENSIONS.len() + 1;

/// Most points that are taken of it.
pub const MOST_POINTS: usize = 1 << 31;

const BITS: usize = 32;
const STEP: f64 = 1.0 / 4_294_967_296.0;

/// Tells the draws of a scrambling from other draws of a design.
const SCRAMBLING: usize = 1 << 31;

/// Points `skip` and following of the sequence in `n` dimensions.
pub(super) fn places(points: usize, n: usize, scrambled: bool, skip: usize, seed: u64) -> Vec<Place> {
    let directions: Vec<[u32; BITS]> = (0..n).map(directions).collect();
    let coordinate = |number: usize, dimension: usize| {
        let bits = bits(number, &directions[dimension]);
        if scrambled { scrambled_number(bits, dimension, number, seed) } else { f64::from(bits) * STEP }
    };
    let place = |number| Place::new((0..n).map(|dimension| coordinate(number, dimension)).collect());
    (skip..skip + points).map(place).collect()
}

/// The first 32 binary digits of a coordinate.
fn bits(number: usize, directions: &[u32; BITS]) -> u32 {
    let gray = number ^ (number >> 1);
    (0..BITS).filter(|bit| gray >> bit & 1 == 1).fold(0, |sum, bit| sum ^ directions[bit])
}

/// The direction numbers of a dimension, counted from 0.
fn directions(dimension: usize) -> [u32; BITS] {
    let mut directions = [0; BITS];
    let Some((polynomial, first)) = dimension.checked_sub(1).and_then(|k| DIMENSIONS.get(k)) else {
        directions.iter_mut().enumerate().for_each(|(bit, direction)| *direction = 1 << (BITS - 1 - bit));
        return directions;
    };
    let degree = first.len();
    for bit in 0..BITS {
        directions[bit] = match first.get(bit) {
            Some(number) => number << (BITS - 1 - bit),
            None => {
                let before = directions[bit - degree];
                let inner = (1..degree).filter(|k| polynomial >> (degree - k) & 1 == 1);
                inner.fold(before ^ (before >> degree), |sum, k| sum ^ directions[bit - k])
            }
        };
    }
    directions
}

/// Owen's nested uniform scrambling (1995): each digit is flipped or not by a draw that is addressed by the digits before it. Below
/// the digits that are held the coordinate is uniform, so that it is never 0 or 1.
fn scrambled_number(bits: u32, dimension: usize, number: usize, seed: u64) -> f64 {
    let draws = Draws::<1>::new(seed, dimension as u64);
    let mut flipped = 0;
    for digit in 0..BITS {
        let before = if digit == 0 { 0 } else { bits >> (BITS - digit) };
        let (draw, _) = draws.bits(Purpose::Design, digit, SCRAMBLING, before as usize);
        flipped |= ((draw.0[0] >> 63) as u32) << (BITS - 1 - digit);
    }
    let rest = draws.uniform(Purpose::Design, BITS, SCRAMBLING, number)[0];
    (f64::from(bits ^ flipped) + rest) * STEP
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::design::Design;
    use crate::experiment::design::tests::numbers;

    #[test]
    fn points_are_those_of_joe_and_kuo() {
        let design = Design::Sobol { points: 1001, scrambled: false, skip: 0 };
        let three = numbers(&design, 3, 1);
        let printed = [[0.0, 0.0, 0.0], [0.5, 0.5, 0.5], [0.75, 0.25, 0.25], [0.25, 0.75, 0.75]];
        assert_eq!(three[..4], printed);
        // SciPy 1.16, qmc.Sobol(256, scramble=False).
        let many = numbers(&design, MOST_DIMENSIONS, 1);
        let of = |point: usize, dimensions: &[usize]| -> Vec<f64> {
            dimensions.iter().map(|&dimension| (many[point][dimension] * 1e8).round() / 1e8).collect()
        };
        let last = [0.21972656, 0.09667969, 0.35253906, 0.76855469, 0.75292969, 0.24902344];
        assert_eq!(of(1000, &[0, 1, 50, 100, 200, 255]), last);
        assert_eq!(of(777, &[3, 33, 133, 233]), [0.27441406, 0.00292969, 0.78222656, 0.59863281]);
    }

    #[test]
    fn every_stratum_of_a_power_of_two_has_its_point_scrambled_or_not() {
        for scrambled in [false, true] {
            let points = numbers(&Design::Sobol { points: 256, scrambled, skip: 0 }, 20, 5);
            for dimension in 0..20 {
                let mut strata: Vec<usize> = points.iter().map(|point| (point[dimension] * 256.0) as usize).collect();
                strata.sort_unstable();
                assert_eq!(strata, (0..256).collect::<Vec<_>>());
            }
            // A net in two dimensions: each of 16 by 16 boxes holds one point.
            let mut boxes: Vec<(usize, usize)> =
                points.iter().map(|point| ((point[0] * 16.0) as usize, (point[1] * 16.0) as usize)).collect();
            boxes.sort_unstable();
            boxes.dedup();
            assert_eq!(boxes.len(), 256);
        }
    }

    #[test]
    fn scrambled_points_are_inside_and_uniform_over_seeds() {
        let n = 4_000;
        let first = |seed| numbers(&Design::Sobol { points: 1, scrambled: true, skip: 0 }, 2, seed)[0].clone();
        let firsts: Vec<Vec<f64>> = (0..n).map(first).collect();
        assert!(firsts.iter().flatten().all(|x| (0.0..1.0).contains(x) && *x > 0.0));
        for dimension in 0..2 {
            let mean = firsts.iter().map(|point| point[dimension]).sum::<f64>() / n as f64;
            // Four standard errors of the mean of a uniform.
            assert!((mean - 0.5).abs() < 4.0 * (1.0 / 12.0 / n as f64).sqrt(), "{mean}");
        }
    }
}
