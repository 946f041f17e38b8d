//! Inequality of benefit.

use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::outcomes::{Better, Outcome};
use crate::model::partner::Partner;
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "inequality",
    column: "inequality_gini",
    title: "Inequality of benefit",
    meaning: "Gini index of the benefit each partner drew from joint work for a day of its ordinary capacity: 0 equal.",
    unit: "index, 0 to 1",
    better: Better::Lower,
    target: 0.3,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let gains: Vec<Lane<L>> = world.partners.iter().map(benefit_for_capacity).collect();
    let mut apart = Lane::ZERO;
    for (i, &gain) in gains.iter().enumerate() {
        for &other in &gains[i + 1..] {
            apart += (gain - other).map(math::abs);
        }
    }
    let sum = gains.iter().fold(Lane::ZERO, |sum, &gain| sum + gain);
    apart.zip(sum, |apart, sum| if sum > 0.0 { apart / (sum * gains.len() as f64) } else { 0.0 })
}

/// Benefit drawn from joint work for each day of ordinary capacity.
fn benefit_for_capacity<const L: usize>(partner: &Partner<L>) -> Lane<L> {
    partner.total.benefit.zip(partner.normal_days, |benefit, days| if days > 0.0 { benefit / days } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn the_gini_index_of_one_two_three_four_is_a_quarter() {
        let mut world = World::<1>::new(&small_world(4, &[]), Draws::new(1, 0));
        for (i, partner) in world.partners.iter_mut().enumerate() {
            partner.total.benefit = partner.normal_days * (1.0 + i as f64);
        }
        assert!((measure(&world)[0] - 0.25).abs() < 1e-12);
    }
}
