//! Turnover of the people whom partners send.

use crate::model::lanes::Lane;
use crate::model::outcomes::{Better, Outcome};
use crate::model::world::World;

/// The declaration.
pub const OUTCOME: Outcome = Outcome {
    name: "turnover",
    column: "turnover_people_a_year",
    title: "Staff turnover",
    meaning: "Times a year that the person a member sent left, mean over the time of all members.",
    unit: "people a year",
    better: Better::Lower,
    target: 0.1,
};

/// Its value in each replication at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let (lost, months) = world.partners.iter().fold((Lane::ZERO, Lane::ZERO), |(lost, months), partner| {
        (lost + partner.total.staff_lost, months + partner.total.months)
    });
    lost.zip(months, |lost, months| if months > 0.0 { 12.0 * lost / months } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn three_people_lost_in_five_partner_years_are_six_tenths_a_year() {
        let mut world = World::<1>::new(&small_world(2, &[]), Draws::new(1, 0));
        for (partner, lost, months) in [(0, 1.0, 24.0), (1, 2.0, 36.0)] {
            let total = &mut world.partners[partner].total;
            (total.staff_lost, total.months) = (Lane([lost]), Lane([months]));
        }
        assert!((measure(&world)[0] - 0.6).abs() < 1e-12);
    }
}
