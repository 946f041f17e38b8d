//! Inequality of gain: how evenly the net benefit of partnership falls on the partners.

use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::outcomes::{Better, Outcome};
use crate::model::partner::Partner;
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "inequality",
    column: "inequality_gini",
    title: "Inequality of gain",
    meaning: "Gini index of what each partner won or lost against its twin, for a day of its ordinary capacity: 0 equal. Losses count in full.",
    unit: "index, 0 to 1",
    better: Better::Lower,
    target: 0.3,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let gains: Vec<Lane<L>> = world.partners.iter().map(gain_for_capacity).collect();
    let mut apart = Lane::ZERO;
    for (i, &gain) in gains.iter().enumerate() {
        for &other in &gains[i + 1..] {
            apart += (gain - other).map(math::abs);
        }
    }
    // Of absolute values: with some who lose the plain sum could be nothing or less (Raffinetti and others 2015).
    let sum = gains.iter().fold(Lane::ZERO, |sum, gain| sum + gain.map(math::abs));
    apart.zip(sum, |apart, sum| if sum > 0.0 { apart / (sum * gains.len() as f64) } else { 0.0 })
}

/// Net benefit together less net benefit alone, for each day of ordinary capacity.
fn gain_for_capacity<const L: usize>(partner: &Partner<L>) -> Lane<L> {
    let gain = partner.total.net_together - partner.total.net_alone;
    gain.zip(partner.normal_days, |gain, days| if days > 0.0 { gain / days } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    fn index(gains: [f64; 4]) -> f64 {
        let mut world = World::<1>::new(&small_world(4, &[]), Draws::new(1, 0));
        for (partner, gain) in world.partners.iter_mut().zip(gains) {
            partner.total.net_alone = Lane([50.0]);
            partner.total.net_together = partner.total.net_alone + partner.normal_days * gain;
        }
        measure(&world)[0]
    }

    #[test]
    fn the_gini_index_of_one_two_three_four_is_a_quarter() {
        assert!((index([1.0, 2.0, 3.0, 4.0]) - 0.25).abs() < 1e-12);
        assert_eq!(index([0.0; 4]), 0.0);
    }

    #[test]
    fn who_loses_as_much_as_another_wins_makes_for_much_inequality_and_never_more_than_one() {
        // Differences 2 + 4·1 of absolute gains 2, over four partners.
        assert!((index([1.0, -1.0, 0.0, 0.0]) - 6.0 / 8.0).abs() < 1e-12);
        assert!(index([5.0, -1.0, -2.0, -3.0]) < 1.0);
    }
}
