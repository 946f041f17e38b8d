//! The designs of levels: every combination, or one factor at a time.

use super::marginal::Level;
use super::{Factor, Point};

/// Every combination of levels; the last factor changes fastest.
pub(super) fn all(factors: &[Factor]) -> Vec<Point> {
    let mut rows: Vec<Vec<Option<Level>>> = vec![Vec::new()];
    for factor in factors {
        let longer = rows.iter().flat_map(|row| {
            factor.marginal.levels().iter().map(|level| row.iter().cloned().chain([Some(level.clone())]).collect())
        });
        rows = longer.collect();
    }
    rows.into_iter().map(|values| Point { values, group: 0, part: String::new() }).collect()
}

/// The scenario as it is, then each factor at each of its levels by itself.
pub(super) fn one_at_a_time(factors: &[Factor]) -> Vec<Point> {
    let mut points = vec![Point { values: vec![None; factors.len()], group: 0, part: "base".to_string() }];
    for (k, factor) in factors.iter().enumerate() {
        points.extend(factor.marginal.levels().iter().map(|level| {
            let mut values = vec![None; factors.len()];
            values[k] = Some(level.clone());
            Point { values, group: 1 + k, part: factor.name.clone() }
        }));
    }
    points
}

#[cfg(test)]
mod tests {
    use crate::experiment::design::marginal::{Level, Marginal};
    use crate::experiment::design::tests::unit;
    use crate::experiment::design::{Dependence, Design, Factor};

    fn factor(name: &str, levels: &[f64]) -> Factor {
        let levels = levels.iter().map(|&level| Level::Number(level)).collect();
        Factor { marginal: Marginal::Levels(levels), ..unit(name) }
    }

    #[test]
    fn a_factorial_has_every_combination_once() {
        let factors = [factor("a", &[1.0, 2.0]), factor("b", &[3.0, 4.0, 5.0])];
        let points = Design::Factorial.points(&factors, &Dependence::default(), 1);
        let rows: Vec<String> = points
            .iter()
            .map(|point| point.values.iter().flatten().map(Level::text).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(rows, ["1 3", "1 4", "1 5", "2 3", "2 4", "2 5"]);
        assert_eq!(Design::Factorial.size(&factors), 6);
    }

    #[test]
    fn one_at_a_time_begins_with_the_base_and_leaves_the_others_alone() {
        let factors = [factor("a", &[1.0, 2.0]), factor("b", &[3.0])];
        let points = Design::OneAtATime.points(&factors, &Dependence::default(), 1);
        assert_eq!(points.len(), 4);
        assert!(points[0].values.iter().all(Option::is_none));
        assert_eq!(points[2].values, [Some(Level::Number(2.0)), None]);
        assert_eq!((points[3].part.as_str(), &points[3].values[0]), ("b", &None));
    }
}
