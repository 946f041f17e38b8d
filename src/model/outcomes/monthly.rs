//! What is followed month by month, and what of it is kept once a partnership has dissolved.

use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::outcomes::{Measure, course};
use crate::model::world::{self, World};

/// What is followed month by month.
pub const MONTHLY: &[Measure] = &[
    Measure {
        column: "alive_share",
        title: "Alive",
        meaning: "1 while the partnership works together, else 0; its mean is the survival curve.",
        unit: "0 or 1",
    },
    Measure { column: "partners", title: "Partners", meaning: "Partners who are members.", unit: "partners" },
    Measure {
        column: "trust_share",
        title: "Trust",
        meaning: "Mean trust between members; the last value once dissolved.",
        unit: "share",
    },
    Measure {
        column: "goal_agreement_share",
        title: "Goal agreement",
        meaning: "One less the spread of the members’ goals; the last value once dissolved.",
        unit: "share",
    },
    Measure {
        column: "morale_share",
        title: "Morale",
        meaning: "Mean morale of members; the last value once dissolved.",
        unit: "share",
    },
    Measure {
        column: "contribution_share",
        title: "Contribution",
        meaning: "Days put into joint work as a share of all days of all partners.",
        unit: "share",
    },
    Measure {
        column: "need_met_share",
        title: "Need met",
        meaning: "Share of the people in need this month who were helped.",
        unit: "share",
    },
    Measure {
        column: "coordination_cost_thousand_pounds",
        title: "Cost of coordination",
        meaning: "Cost of coordination in the month.",
        unit: "thousand pounds",
    },
    Measure {
        column: "premium_thousand_pounds",
        title: "Premium so far",
        meaning: "Premium over working alone, from the start to this month.",
        unit: "thousand pounds",
    },
];

/// The state at the end of the last month that the partnership outlived; as it began when that was none.
#[derive(Debug, Clone, Copy, Default)]
pub struct Followed<const L: usize> {
    /// Mean trust between members.
    pub trust: Lane<L>,
    /// One less the members' spread of goals, as a share of the greatest possible.
    pub agreement: Lane<L>,
    /// Mean morale of members.
    pub morale: Lane<L>,
    /// Members.
    pub members_when_working: Lane<L>,
    demand: Lane<L>,
    people: Lane<L>,
    coordination: Lane<L>,
}

/// Takes stock at the end of a month; gives the monthly measures in the order of [`MONTHLY`].
#[inline(always)]
pub fn follow<const L: usize>(world: &mut World<L>) -> [Lane<L>; MONTHLY.len()] {
    take_stock(world);
    course::observe(world);
    let (partnership, before) = (&world.partnership, world.followed);
    let total = &partnership.total;
    let (contributed, days) = world
        .partners
        .iter()
        .fold((Lane::ZERO, Lane::ZERO), |(given, all), partner| (given + partner.contributed, all + partner.days));
    let members = world::members(&world.partners);
    let measures = [
        partnership.alive,
        members,
        before.trust,
        before.agreement,
        before.morale,
        ratio(contributed, days),
        ratio(total.people - before.people, total.demand - before.demand),
        total.coordination - before.coordination,
        total.value - total.grant - total.levied - total.subsidy - total.alone_value,
    ];
    let total = *total;
    let followed = &mut world.followed;
    (followed.people, followed.demand, followed.coordination) = (total.people, total.demand, total.coordination);
    measures
}

/// Means over those who are members, where the partnership works.
#[inline(always)]
pub fn take_stock<const L: usize>(world: &mut World<L>) {
    let n_needs = world.needs.len();
    let World { partners, partnership, goals, followed, .. } = world;
    let (mut trust, mut morale, mut squares) = (Lane::ZERO, Lane::ZERO, Lane::ZERO);
    let mut members = Lane::ZERO;
    for (i, partner) in partners.iter().enumerate() {
        let active = partner.active;
        trust += active * partner.trust;
        morale += active * partner.morale;
        members += active;
        for k in 0..n_needs {
            let apart = goals[i * n_needs + k] - partnership.goals[k];
            squares += active * apart * apart;
        }
    }
    let keep =
        |next: Lane<L>, last: Lane<L>| Lane::from_fn(|r| if members[r] > 0.0 { next[r] / members[r] } else { last[r] });
    followed.trust = keep(trust, followed.trust);
    followed.morale = keep(morale, followed.morale);
    // The greatest standard deviation on the unit interval is one half.
    let agreement = squares.zip(members, |squares, members| {
        members * (1.0 - math::min(2.0 * (squares / math::max(members * n_needs as f64, 1.0)).sqrt(), 1.0))
    });
    followed.agreement = keep(agreement, followed.agreement);
    followed.members_when_working =
        Lane::from_fn(|r| if members[r] > 0.0 { members[r] } else { followed.members_when_working[r] });
}

#[inline(always)]
fn ratio<const L: usize>(above: Lane<L>, below: Lane<L>) -> Lane<L> {
    above.zip(below, |above, below| if below > 0.0 { above / below } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::{month, small_world};

    #[test]
    fn a_partnership_closed_in_its_first_month_keeps_the_state_it_began_with() {
        let inputs = small_world(3, &[("membership.closure_hazard", 1.0), ("trust.initial", 0.4)]);
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        month(&mut world, 0);
        follow(&mut world);
        let state = &world.followed;
        assert!((state.trust[0] - 0.4).abs() < 1e-12 && (state.morale[0] - 0.65).abs() < 1e-12);
        assert_eq!((state.agreement[0], state.members_when_working[0]), (1.0, 3.0));
    }

    #[test]
    fn the_greatest_spread_of_goals_is_no_agreement() {
        let mut world = World::<1>::new(&small_world(2, &[]), Draws::new(1, 0));
        (world.goals[0], world.goals[1]) = (Lane([0.0]), Lane([1.0]));
        take_stock(&mut world);
        assert_eq!(world.followed.agreement[0], 0.0);
    }
}
