//! Saltelli's sample (2002; 2010) for Sobol' indices, in the order of SALib: of each base row A, then A with one factor from B each,
//! then, for effects of pairs, B with one factor from A each, then B.

use super::{Factor, Place};

/// Points of one base row.
pub(super) fn parts(n: usize, second_order: bool) -> usize {
    if second_order { 2 * n + 2 } else { n + 2 }
}

/// The points of rows in twice as many dimensions as there are factors: A, then B.
pub(super) fn places(rows: &[Place], factors: &[Factor], second_order: bool) -> Vec<Place> {
    let n = factors.len();
    let mut places = Vec::with_capacity(rows.len() * parts(n, second_order));
    for (group, row) in rows.iter().enumerate() {
        let (a, b) = row.at.split_at(n);
        let mut place = |at: Vec<f64>, part: String| places.push(Place { at, group, part });
        let with = |one: &[f64], k: usize, other: &[f64]| {
            let mut at = one.to_vec();
            at[k] = other[k];
            at
        };
        place(a.to_vec(), "A".to_string());
        for (k, factor) in factors.iter().enumerate() {
            place(with(a, k, b), format!("AB_{}", factor.name));
        }
        for (k, factor) in factors.iter().enumerate().filter(|_| second_order) {
            place(with(b, k, a), format!("BA_{}", factor.name));
        }
        place(b.to_vec(), "B".to_string());
    }
    places
}

#[cfg(test)]
mod tests {
    use crate::experiment::design::Design;
    use crate::experiment::design::tests::numbers;

    #[test]
    fn rows_are_those_of_salib() {
        // SALib 1.5, saltelli.sample of two factors on 0 to 1, N = 4, skip_values = 4, rows 1 to 12.
        let printed = [
            [0.375, 0.375],
            [0.625, 0.375],
            [0.375, 0.875],
            [0.375, 0.875],
            [0.625, 0.375],
            [0.625, 0.875],
            [0.875, 0.875],
            [0.125, 0.875],
            [0.875, 0.375],
            [0.875, 0.375],
            [0.125, 0.875],
            [0.125, 0.375],
        ];
        let design = |second_order| Design::Saltelli { base: 4, second_order, scrambled: false, skip: 4 };
        assert_eq!(numbers(&design(true), 2, 1)[..12], printed);
        let first_order = numbers(&design(false), 2, 1);
        assert_eq!(first_order[..4], [printed[0], printed[1], printed[2], printed[5]]);
    }
}
