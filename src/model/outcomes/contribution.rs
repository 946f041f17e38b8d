//! Contribution to joint work.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "contribution",
    column: "contribution_share",
    title: "Contribution to joint work",
    meaning: "Days put into joint work as a share of all days of all partners, over the months alive.",
    unit: "share of days",
    better: Better::Higher,
    target: 0.1,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let given = world.partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.total.contributed);
    given.zip(world.partnership.total.days, |given, days| if days > 0.0 { given / days } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn days_given_are_counted_against_those_of_all() {
        let mut world = World::<1>::new(&small_world(2, &[]), Draws::new(1, 0));
        assert_eq!(measure(&world)[0], 0.0);
        world.partnership.total.days = Lane([400.0]);
        world.partners[0].total.contributed = Lane([30.0]);
        world.partners[1].total.contributed = Lane([50.0]);
        assert_eq!(measure(&world)[0], 0.2);
    }
}
