//! Trajectories of Morris (1991): from a random point of a grid each factor moves once, in random order, by the same step.

use super::{Factor, Place};
use crate::model::draws::{Draws, Purpose};

/// So many trajectories of one point more than there are factors. A trajectory is addressed by its number.
pub(super) fn places(trajectories: usize, levels: usize, factors: &[Factor], seed: u64) -> Vec<Place> {
    (0..trajectories).flat_map(|trajectory| one(trajectory, levels, factors, seed)).collect()
}

fn one(trajectory: usize, levels: usize, factors: &[Factor], seed: u64) -> Vec<Place> {
    let draws = Draws::<1>::new(seed, trajectory as u64);
    let n = factors.len();
    // The step of half the levels makes every level equally likely.
    let (half, last) = (levels / 2, (levels - 1) as f64);
    let chosen = |k: usize, of: usize, purpose: usize| {
        let draw = draws.uniform(Purpose::Design, purpose, k, 0)[0];
        ((draw * of as f64) as usize).min(of - 1)
    };
    let rises: Vec<bool> = (0..n).map(|k| chosen(k, 2, 1) == 1).collect();
    let mut at: Vec<usize> = (0..n).map(|k| chosen(k, half, 0) + if rises[k] { 0 } else { half }).collect();
    let mut order: Vec<usize> = (0..n).collect();
    for k in (1..n).rev() {
        order.swap(k, chosen(k, k + 1, 2));
    }
    let place = |at: &[usize], part: &str| {
        let at = at.iter().map(|&level| level as f64 / last).collect();
        Place { at, group: trajectory, part: part.to_string() }
    };
    let mut places = vec![place(&at, "start")];
    for k in order {
        if rises[k] {
            at[k] += half;
        } else {
            at[k] -= half;
        }
        places.push(place(&at, &factors[k].name));
    }
    places
}

#[cfg(test)]
mod tests {
    use crate::experiment::design::Design;
    use crate::experiment::design::tests::numbers;

    #[test]
    fn each_step_of_a_trajectory_moves_one_factor_by_the_same_distance_and_each_factor_once() {
        let points = numbers(&Design::Morris { trajectories: 30, levels: 4 }, 5, 2);
        for trajectory in points.chunks(6) {
            let mut moved = Vec::new();
            for pair in trajectory.windows(2) {
                let steps: Vec<f64> = pair[0].iter().zip(&pair[1]).map(|(from, to)| to - from).collect();
                let changed: Vec<usize> = (0..5).filter(|&k| steps[k] != 0.0).collect();
                assert_eq!(changed.len(), 1);
                assert!((steps[changed[0]].abs() - 2.0 / 3.0).abs() < 1e-12);
                moved.extend(changed);
            }
            moved.sort_unstable();
            assert_eq!(moved, [0, 1, 2, 3, 4]);
        }
    }

    #[test]
    fn every_level_is_as_likely_as_any_other() {
        let points = numbers(&Design::Morris { trajectories: 2_000, levels: 4 }, 2, 7);
        let starts: Vec<f64> = points.iter().step_by(3).map(|point| point[0]).collect();
        for level in 0..4 {
            let n = starts.iter().filter(|start| (**start * 3.0 - f64::from(level)).abs() < 1e-9).count();
            // Four standard errors of a quarter of 2,000.
            assert!((n as f64 - 500.0).abs() < 4.0 * (2_000.0f64 * 0.1875).sqrt(), "{level}: {n}");
        }
    }
}
