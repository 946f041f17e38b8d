//! Who is helped when several work beside each other: joint and separate work on one need, and the twin's.
//!
//! Reach that is independent overlaps by chance, among all who are in need. Reach that overlaps more lies among fewer: among a share
//! [`within_reach`] of them, down to the widest reach of any partner, where all know the same people.

use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::partner::Partner;
use crate::model::production::{covered, credit, inverse};
use crate::model::world::World;

/// Share of the people in need among whom the reach of all partners lies, when `overlap` of them is the same people.
pub fn within_reach<const L: usize>(reach: impl Iterator<Item = Lane<L>>, overlap: Lane<L>) -> Lane<L> {
    let widest = reach.fold(Lane::ZERO, |widest, reach| widest.zip(reach, |a, b| math::max(a, b)));
    overlap.zip(widest, |overlap, widest| 1.0 - overlap * (1.0 - widest))
}

/// Share of the people in need whom the members reach between them.
#[inline(always)]
pub fn joint_reach<const L: usize>(partners: &[Partner<L>], within: Lane<L>) -> Lane<L> {
    let inverse = within.map(|within| inverse(within));
    let missed = partners
        .iter()
        .fold(Lane::ONE, |missed, partner| missed * (Lane::ONE - partner.reach * partner.active * inverse));
    (Lane::ONE - missed) * within
}

/// Joint and separate work on one need side by side; joint work helps a share `among` of those it reaches, `joint` of all.
#[inline(always)]
pub fn meet_together<const L: usize>(world: &mut World<L>, k: usize, among: Lane<L>, joint: Lane<L>) {
    let n_needs = world.needs.len();
    let World { partners, needs, priorities, yields, partnership, scratch, rules, .. } = world;
    let (need, within) = (&needs[k], rules.delivery.within_reach);
    let within_inverse = within.map(|within| inverse(within));
    let at = scratch.len();
    let effect = need.people_a_day * need.demand_inverse;
    // Those nobody's separate work helps, and those among them whom no member reaches.
    let (mut missed, mut beyond, mut sum) = (Lane::ONE, Lane::ONE, joint);
    for (i, partner) in partners.iter().enumerate() {
        let capacity = partner.own_days() * priorities[i * n_needs + k] * yields[i * n_needs + k] * effect;
        let share = Lane::from_fn(|r| covered(capacity[r], partner.reach[r], partner.reach_inverse[r]));
        missed *= Lane::ONE - share * within_inverse;
        beyond *= Lane::ONE - share * within_inverse - partner.active * (partner.reach - share) * within_inverse;
        sum += share;
        scratch.push(share);
    }
    let union = (Lane::ONE - missed + among * (missed - beyond)) * within;
    let credit = credit(union, sum);
    let worth = credit * need.demand * need.value;
    // What one provider alone can give of it.
    let alone = need.joint_only.map(|joint_only| 1.0 - joint_only);
    for (partner, &share) in partners.iter_mut().zip(&scratch[at..]) {
        partner.own_value += share * worth * alone;
    }
    scratch.truncate(at);
    partnership.joint_value += joint * worth;
    let total = &mut partnership.total;
    total.people += union * need.demand;
    total.joint_people += joint * credit * need.demand;
    total.value += union * need.demand * need.value - need.joint_only * (sum - joint) * worth;
    total.demand += need.demand;
    needs[k].met = union;
}

/// The twin: the same partners on one need, each by itself.
#[inline(always)]
pub fn meet_alone<const L: usize>(world: &mut World<L>, k: usize) {
    let n_needs = world.needs.len();
    let World { partners, needs, priorities, yields, partnership, scratch, rules, .. } = world;
    let (need, within) = (&needs[k], rules.delivery.within_reach);
    let within_inverse = within.map(|within| inverse(within));
    let at = scratch.len();
    let effect = need.people_a_day * need.demand_inverse;
    let (mut missed, mut sum) = (Lane::ONE, Lane::ZERO);
    for (i, partner) in partners.iter().enumerate() {
        let capacity = partner.alone.days * priorities[i * n_needs + k] * yields[i * n_needs + k] * effect;
        let share = Lane::from_fn(|r| covered(capacity[r], partner.reach[r], partner.reach_inverse[r]));
        missed *= Lane::ONE - share * within_inverse;
        sum += share;
        scratch.push(share);
    }
    let union = (Lane::ONE - missed) * within;
    let alone = need.joint_only.map(|joint_only| 1.0 - joint_only);
    let worth = credit(union, sum) * need.demand * need.value;
    for (partner, &share) in partners.iter_mut().zip(&scratch[at..]) {
        partner.alone_value += share * worth * alone;
    }
    scratch.truncate(at);
    partnership.total.alone_people += union * need.demand;
    partnership.total.alone_value += union * need.demand * need.value * alone;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::{delivery, small_world};

    fn partners(reach: &[f64]) -> Vec<Partner<1>> {
        let partner = |&reach: &f64| Partner { reach: Lane([reach]), active: Lane::ONE, ..Partner::default() };
        reach.iter().map(partner).collect()
    }

    fn reached(reach: &[f64], overlap: f64) -> f64 {
        let partners = partners(reach);
        joint_reach(&partners, within_reach(partners.iter().map(|partner| partner.reach), Lane([overlap])))[0]
    }

    #[test]
    fn independent_reach_is_one_less_the_product_of_what_each_misses() {
        assert_eq!(reached(&[0.5, 0.4], 0.0), 1.0 - 0.5 * 0.6);
    }

    #[test]
    fn partners_who_know_the_same_people_reach_no_more_than_the_widest() {
        assert!((reached(&[0.4, 0.4, 0.4], 1.0) - 0.4).abs() < 1e-12);
        assert!((reached(&[0.1, 0.4], 1.0) - 0.4).abs() < 1e-12);
        // Half way, by hand: among 1 − 0.5·0.6 = 0.7 of all, 0.7·(1 − (1 − 0.4/0.7)²).
        assert!((reached(&[0.4, 0.4], 0.5) - 0.7 * (1.0 - (3.0_f64 / 7.0) * (3.0 / 7.0))).abs() < 1e-12);
        assert_eq!(reached(&[0.0, 0.0], 1.0), 0.0);
    }

    /// The world after a month of delivery in which two partners give a third of their days.
    fn delivered(values: &[(&'static str, f64)]) -> World<1> {
        let base = [("delivery.effectiveness", 1.0), ("delivery.demand_variation", 0.0)];
        let mut world = World::<1>::new(&small_world(2, &[&base, values].concat()), Draws::new(1, 0));
        for partner in &mut world.partners {
            (partner.informed, partner.days, partner.contributed) = (Lane::ONE, Lane([90.0]), Lane([30.0]));
            partner.alone.days = partner.days;
        }
        delivery::step(&mut world, 0);
        world
    }

    #[test]
    fn overlapping_reach_helps_fewer_people_together_and_alone() {
        let [apart, same] =
            [0.0, 1.0].map(|overlap| delivered(&[("delivery.reach_overlap", overlap)]).partnership.total);
        assert!(same.people[0] < apart.people[0] && same.alone_value[0] < apart.alone_value[0]);
        // Both reach the same 40 of 100, and 180 days would help 90: 40·(1 − e^(−90/40)) for the twin.
        let demand = same.demand[0];
        let alone = 0.4 * (1.0 - libm::exp(-90.0 / (0.4 * demand)));
        assert!((same.alone_value[0] - alone * demand * 0.8).abs() < 1e-9);
    }

    #[test]
    fn what_only_joint_work_can_give_is_lost_to_separate_work_and_every_pound_is_credited() {
        let [none, half, all] = [0.0, 0.5, 1.0].map(|share| delivered(&[("need.joint_only", share)]));
        let alone = |world: &World<1>| world.partnership.total.alone_value[0];
        assert!((alone(&half) / alone(&none) - 0.5).abs() < 1e-12 && alone(&all) == 0.0);
        assert_eq!(half.partnership.joint_value, none.partnership.joint_value);
        for world in [none, half, all] {
            let own: f64 = world.partners.iter().map(|partner| partner.own_value[0]).sum();
            let credited = own + world.partnership.joint_value[0];
            assert!((credited - world.partnership.total.value[0]).abs() < 1e-9 * credited);
        }
    }

    #[test]
    fn people_helped_by_joint_work_are_worth_what_it_is_credited_with() {
        let world = delivered(&[]);
        let people = world.partnership.total.joint_people[0];
        assert!(people > 0.0 && people < world.partnership.total.people[0]);
        assert!((people * world.needs[0].value[0] - world.partnership.joint_value[0]).abs() < 1e-12);
    }
}
