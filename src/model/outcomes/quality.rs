//! Quality of solution.

use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "quality",
    column: "quality_share",
    title: "Quality of solution",
    meaning: "Mean quality of the way of working over the months alive, against the best conceivable; one half, what chance gives, without joint search.",
    unit: "share",
    better: Better::Higher,
    target: 0.6,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let total = &world.partnership.total;
    match world.search {
        Some(_) => total.quality.zip(total.months, |quality, months| quality / math::max(months, 1.0)),
        None => Lane::splat(0.5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn it_is_the_mean_over_the_months_and_one_half_without_joint_search() {
        let of = |features: f64| {
            let inputs = small_world(2, &[("learning.features", features), ("membership.closure_hazard", 0.0)]);
            let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
            let mut sum = 0.0;
            for month in 0..3 {
                crate::model::mechanisms::month(&mut world, month);
                sum += world.search.as_ref().map_or(0.0, |search| search.quality[0]);
            }
            (measure(&world)[0], sum / 3.0)
        };
        let (told, mean) = of(8.0);
        assert!((told - mean).abs() < 1e-12 && told > 0.0);
        assert_eq!(of(0.0).0, 0.5);
    }
}
