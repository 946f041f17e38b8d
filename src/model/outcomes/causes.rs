//! Why a partnership failed: one cause for each that dissolved before the horizon or was not worth what was put into it.
//!
//! The rule, in this order:
//! 1. A partnership ended from outside failed by a shock.
//! 2. One that dissolved as a partner left without whom the others could not go on, even all of them, failed because the wrong
//!    partner left, unless one loss alone had taken more than half of all that was agreed to be done so far.
//! 3. Any other failed by what it lost most joint worth to, by the ledger of losses kept month by month.

use crate::model::lanes::Lane;
use crate::model::losses::KINDS;
use crate::model::outcomes::net_value;
use crate::model::world::World;

/// A cause of failure.
#[derive(Debug)]
pub struct Cause {
    /// Its name in tables.
    pub name: &'static str,
    /// What is said of a partnership that failed by it: `broken trust`.
    pub words: &'static str,
    /// What counts as such.
    pub meaning: &'static str,
}

const fn cause(name: &'static str, words: &'static str, meaning: &'static str) -> Cause {
    Cause { name, words, meaning }
}

/// The causes. Position 0 is that of a partnership that did not fail; the others are in the order of the ledger of losses.
pub const CAUSES: [Cause; KINDS + 1] = [
    cause("none", "no failure", "worked to the horizon and was worth more than was put into it"),
    cause("money", "money ran out", "members were short of money or diverted it, or the grant did not arrive in full"),
    cause("agreement", "no agreement", "goals that differ, and joint work that waited for a decision"),
    cause(
        "trust",
        "broken trust",
        "control that members kept, little trust in what the others will give, and less given than people usually would",
    ),
    cause("heart", "lost heart", "morale was low"),
    cause("partner_left", "the wrong partner left", "what those who left would have given"),
    cause(
        "coordination",
        "the cost of coordination",
        "coordination that the members paid for, and joint work done twice or left undone for want of it",
    ),
    cause("shock", "a shock", "what events took away, and any end from outside"),
    cause(
        "ambition",
        "ambition",
        "what would have been missing even if all had given what was agreed: joint work could not be worth what was hoped, or not its cost",
    ),
];

/// The position in `outcomes::ENDINGS` of an end from outside.
const CLOSED: f64 = 3.0;
/// Positions in [`CAUSES`].
const PARTNER_LEFT: usize = 5;
const SHOCK: usize = 7;
const AMBITION: usize = 8;

/// The position in [`CAUSES`] of each replication's cause at the horizon.
pub fn measure<const L: usize>(world: &World<L>) -> Lane<L> {
    let partnership = &world.partnership;
    let (net_value, losses) = (net_value::measure(world), partnership.losses.by_cause());
    Lane::from_fn(|r| {
        let failed = partnership.ending[r] > 0.0 || net_value[r] <= 0.0;
        let lost = std::array::from_fn(|kind| losses[kind][r]);
        let half = 0.5 * partnership.losses.planned[r];
        let cause = position(partnership.ending[r], partnership.losses.vital_left[r] > 0.0, half, &lost);
        if failed { cause as f64 } else { 0.0 }
    })
}

/// The rule, for what was `lost` of twice the `half` that was planned.
fn position(ending: f64, vital_left: bool, half: f64, lost: &[f64; KINDS]) -> usize {
    if ending == CLOSED {
        return SHOCK;
    }
    // Where nothing at all was lost there was nothing to win either.
    let (mut largest, mut cause) = (0.0, AMBITION);
    for (kind, &loss) in lost.iter().enumerate() {
        if loss > largest {
            (largest, cause) = (loss, kind + 1);
        }
    }
    if vital_left && largest <= half { PARTNER_LEFT } else { cause }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::{Inputs, Setting};
    use crate::model::mechanisms::{month, small_world};
    use crate::model::outcomes::ENDINGS;
    use crate::model::uncertainty::Uncertainty::Fixed;

    #[test]
    fn an_end_from_outside_is_a_shock_and_the_largest_loss_decides_otherwise() {
        assert_eq!(ENDINGS[CLOSED as usize].0, "closed_from_outside");
        let lost = [1.0, 2.0, 9.0, 3.0, 0.0, 1.0, 0.0, 4.0];
        let name =
            |ending, vital_left, half, lost: &[f64; KINDS]| CAUSES[position(ending, vital_left, half, lost)].name;
        assert_eq!(name(CLOSED, true, 10.0, &lost), "shock");
        assert_eq!(name(0.0, false, 10.0, &lost), "trust");
        assert_eq!(name(2.0, true, 10.0, &lost), "partner_left");
        assert_eq!(name(2.0, true, 8.0, &lost), "trust");
        assert_eq!(name(1.0, false, 0.0, &[0.0; KINDS]), "ambition");
    }

    /// Three equal partners in a sound partnership: worth while, as effective as agreed, nothing that disturbs it.
    const SOUND: &[(&str, f64)] = &[
        ("need.value", 3000.0),
        ("need.demand", 1000.0),
        ("delivery.effectiveness", 1.0),
        ("delivery.duplication", 0.1),
        ("contributions.free_rider_share", 0.0),
        ("contributions.diversion_rate", 0.0),
        ("funding.uptime", 1.0),
        ("trust.initial", 0.7),
        ("morale.initial", 0.8),
        ("governance.link_hours", 1.0),
        ("membership.drift", 0.0),
        ("membership.volatility", 0.5),
        ("membership.exit_hazard", 0.0),
        ("membership.closure_hazard", 0.0),
    ];

    fn sound(values: &[(&'static str, f64)]) -> Inputs {
        small_world(3, &[SOUND, values].concat())
    }

    /// Of 64 replications, how many failed and how many of those by the cause that is named.
    fn failures(inputs: &Inputs, name: &str) -> (usize, usize, Vec<&'static str>) {
        let causes: Vec<&str> = (0..4)
            .flat_map(|block| {
                let mut world = World::<16>::new(inputs, Draws::new(1, 16 * block));
                (0..inputs.horizon_months).for_each(|now| month(&mut world, now));
                measure(&world).0.map(|position| CAUSES[position as usize].name)
            })
            .collect();
        let failed: Vec<&str> = causes.into_iter().filter(|cause| *cause != "none").collect();
        (failed.len(), failed.iter().filter(|cause| **cause == name).count(), failed)
    }

    /// Asserts that most replications fail, and most of these by the cause named.
    fn fails_by(inputs: &Inputs, name: &str) {
        let (failed, by_it, causes) = failures(inputs, name);
        assert!(failed > 32 && 2 * by_it > failed, "{name}: {by_it} of {failed}, {causes:?}");
    }

    #[test]
    fn a_sound_partnership_does_not_fail() {
        let (failed, _, causes) = failures(&sound(&[]), "");
        assert!(failed < 8, "{causes:?}");
    }

    #[test]
    fn each_cause_in_turn_is_the_evident_one() {
        // Income fails often and wholly, with nothing put by.
        let poor = [("funding.uptime", 0.3), ("funding.outage_depth", 1.0), ("partner.resources.reserves", 0.0)];
        fails_by(&sound(&[&poor[..], &[("funding.outage_months", 6.0), ("membership.drift", 0.8)]].concat()), "money");

        let mut divided =
            sound(&[("contributions.goal_effect", 1.0), ("partner.stubbornness", 1.0), ("membership.drift", 0.8)]);
        divided
            .partners
            .iter_mut()
            .zip([0.0, 1.0, 0.0])
            .for_each(|(partner, goal)| partner.goals = vec![Some(Fixed(goal))]);
        fails_by(&divided, "agreement");

        let mut selfish = sound(&[("trust.initial", 0.3), ("membership.trust_effect", 3.0)]);
        selfish.set("partner.contributor", Setting::Choice(3));
        fails_by(&selfish, "trust");

        let hopes = [
            ("morale.aspiration", 2.0),
            ("morale.response", 1.0),
            ("morale.adaptation", 0.02),
            ("contributions.morale_effect", 1.0),
        ];
        fails_by(&sound(&[&hopes[..], &[("membership.drift", 0.8)]].concat()), "heart");

        let mut one_large = sound(&[("membership.minimum_share", 0.5)]);
        for (key, value) in [("partner.resources.money", 600.0), ("partner.resources.staff", 100.0)] {
            one_large.partners[0].values.insert(key, Setting::Number(Fixed(value)));
        }
        one_large.set("membership.exit_hazard", Setting::Number(Fixed(0.1)));
        fails_by(&one_large, "partner_left");

        fails_by(&sound(&[("governance.link_hours", 160.0), ("need.value", 1200.0)]), "coordination");
        fails_by(&sound(&[("membership.closure_hazard", 0.2)]), "shock");
        fails_by(&sound(&[("delivery.effectiveness", 0.1)]), "ambition");
    }
}
