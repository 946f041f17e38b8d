//! What it makes of a quantity to set one factor to one of its levels: main effects, from paired replications.

use super::batches::{Batches, Difference, paired};
use super::findings::CONFIDENCE;

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
