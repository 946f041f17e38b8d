//! What it makes of a quantity to set one factor to one of its levels: main effects, from paired replications.

use super::batches::{Batches, Difference, paired};
use super::findings::CONFIDENCE;
use super::point::PointFinding;
use crate::experiment::design::marginal::Level;
use crate::experiment::design::{Design, Point};
use crate::experiment::file::Experiment;

/// The effect of one level of one factor on one quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Position of the factor.
    pub factor: usize,
    /// The level.
    pub level: Level,
    /// The level it is held against; `None` for the scenario as it is.
    pub against: Option<Level>,
    /// Position of the quantity.
    pub quantity: usize,
    /// What the level makes of it.
    pub difference: Difference,
}

/// The main effects of a design of levels: of a factorial against the first level of each factor, one at a time against the scenario
/// as it is. None for other designs. `findings` are point by point, within a point policy by policy.
pub fn effects(experiment: &Experiment, findings: &[PointFinding]) -> Vec<Effect> {
    if !matches!(experiment.design, Design::Factorial | Design::OneAtATime) {
        return Vec::new();
    }
    let points = experiment.points();
    let n_quantities = findings.first().map_or(0, |finding| finding.quantities.len());
    let is_factorial = experiment.design == Design::Factorial;
    let mut effects = Vec::new();
    for (k, factor) in experiment.factors.iter().enumerate() {
        let levels = factor.marginal.levels();
        let against = levels.first().filter(|_| is_factorial);
        for level in levels.iter().skip(usize::from(is_factorial)) {
            for quantity in 0..n_quantities {
                let at = |wanted| batches_at(&points, findings, experiment.policies.len(), k, wanted, quantity);
                if let Some(difference) = main_effect(at(Some(level)).into_iter(), at(against).into_iter()) {
                    let against = against.cloned();
                    effects.push(Effect { factor: k, level: level.clone(), against, quantity, difference });
                }
            }
        }
    }
    effects
}

/// The batches of a quantity at every point where a factor has a level; without one, at the point where no factor is set.
fn batches_at<'f>(
    points: &[Point],
    findings: &'f [PointFinding],
    n_policies: usize,
    factor: usize,
    level: Option<&Level>,
    quantity: usize,
) -> Vec<&'f Batches> {
    let holds = |point: &Point| match level {
        Some(_) => point.values[factor].as_ref() == level,
        None => point.values.iter().all(Option::is_none),
    };
    let found = points.iter().zip(findings.chunks(n_policies)).filter(|(point, _)| holds(point));
    found.flat_map(|(_, policies)| policies).map(|one| &one.quantities[quantity].batches).collect()
}

/// The mean over some set-ups less the mean over others, paired by the replications that all of them ran. `None` where either
/// has none.
///
/// In a factorial the set-ups of a level differ from those of another in nothing else, on average, so the difference is the level's main
/// effect. The interval covers the luck of the replications; that the others factors have the levels they have is taken as given.
///
/// ```
/// use partnersim::analyse::batches::Batches;
/// use partnersim::analyse::effects::main_effect;
/// let of = |values: &[f64]| Batches::of(values);
/// let (low, high) = ([of(&[1.0, 2.0]), of(&[3.0, 4.0])], [of(&[2.0, 3.5]), of(&[4.0, 5.5])]);
/// let effect = main_effect(high.iter(), low.iter()).unwrap();
/// assert_eq!(effect.estimate.value, 1.25);
/// ```
pub fn main_effect<'b>(
    level: impl Iterator<Item = &'b Batches>,
    against: impl Iterator<Item = &'b Batches>,
) -> Option<Difference> {
    let (level, against) = (Batches::mean(level), Batches::mean(against));
    (!level.sums.is_empty() && !against.sums.is_empty()).then(|| paired(&level, &against, CONFIDENCE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_factors_average_out_of_a_main_effect() {
        // y = 3 a + 10 b + luck of the replication, on the square of a and b.
        let luck = [0.3, -0.2, 0.5, 0.1];
        let at = |a: f64, b: f64| Batches::of(&luck.map(|luck| 3.0 * a + 10.0 * b + luck));
        let (low, high) = ([at(0.0, 0.0), at(0.0, 1.0)], [at(1.0, 0.0), at(1.0, 1.0)]);
        let effect = main_effect(high.iter(), low.iter()).unwrap();
        assert!((effect.estimate.value - 3.0).abs() < 1e-12);
        assert!(effect.estimate.mc_standard_error < 1e-12, "what is paired shares its luck");
        assert_eq!(main_effect([].iter(), low.iter()), None);
    }
}
