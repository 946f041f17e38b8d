//! Replanning: what a review changes in hopes and plans, and when it ends the partnership.
//!
//! # Does
//! At each review brings hopes to what was achieved, joint work to the needs where another day helps most, and ends the partnership
//! after so many reviews in a row that found it not worth its cost.
//!
//! # Why
//! Who looks at results can do something about them; who never stops what does not work pays for it.
//!
//! # Equation
//! With adjustment `a`, hopes `A ← A + a(P − A)`, `P` being joint over intended value last month. The weight of need `k` in joint work is
//! its goal times `1 − a + a·min(3, w_k/mean w)`, with `w` the worth of one more day: value · people a day · share of them unhelped. A review counts a
//! loss when net value fell since the last one; `exit_rule` losses in a row end the partnership.
//!
//! # Reads
//! Reviews of monitoring; joint, intended value and totals of the partnership; hopes; needs and how far they were met last month.
//!
//! # Writes
//! `hopes` of partners; `emphasis` and `losing_reviews` of the partnership, and whether it is wound up this month.
//!
//! # References
//! Monitoring and adjustment M20; stopping what is not worth its cost: concept C6, March on exploration (form ours).

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::morale::achievement;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&ADJUSTMENT, &EXIT_RULE];

pub(crate) const ADJUSTMENT: Parameter = Parameter {
    key: "monitoring.adjustment",
    meaning: "How far a review brings hopes and plans to what was achieved and to where joint work would help most.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "M20; concepts A14, C6 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const EXIT_RULE: Parameter = Parameter {
    key: "monitoring.exit_rule",
    meaning: "Reviews in a row with a net loss after which the partners end the partnership; 0 for never.",
    unit: "reviews",
    domain: Domain::Whole { low: 0, high: 100, default: 0 },
    source: "concept C6 (form ours)",
    grade: Grade::Assumption,
};

/// Most that a plan lets a need weigh against the mean of all.
const MOST_WEIGHT: f64 = 3.0;

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Replanning<const L: usize> {
    adjustment: Lane<L>,
    /// Losses in a row that end the partnership, if any do.
    exit_rule: Option<usize>,
}

impl<const L: usize> Replanning<L> {
    /// The values in force; `None` where reviews change no plans.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let exit_rule = Some(drawn.whole(&EXIT_RULE)).filter(|reviews| *reviews > 0);
        let used = exit_rule.is_some() || drawn.is_set(&ADJUSTMENT, 0);
        used.then(|| Replanning { adjustment: drawn.number(&ADJUSTMENT, 0), exit_rule })
    }
}

/// One month of plans: something changes only where there is a review.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let reviewed = world.rules.monitoring.as_ref().is_some_and(|monitoring| monitoring.reviews(month));
    if !reviewed || world.rules.replanning.is_none() {
        return;
    }
    adjust(world);
    stop(world);
}

#[inline(always)]
fn adjust<const L: usize>(world: &mut World<L>) {
    let World { partners, partnership, rules, needs, scratch, .. } = world;
    let Some(rules) = &rules.replanning else { return };
    let adjustment = rules.adjustment;
    let achieved = partnership.joint_value.zip(partnership.intended_value, |joint, meant| achievement(joint, meant));
    for partner in partners.iter_mut() {
        partner.hopes += partner.active * adjustment * (achieved - partner.hopes);
    }
    scratch.clear();
    scratch.extend(needs.iter().map(|need| need.value * need.people_a_day * (Lane::ONE - need.met)));
    let mean = scratch.iter().fold(Lane::ZERO, |sum, &worth| sum + worth) * (1.0 / needs.len() as f64);
    for (plan, worth) in partnership.emphasis.iter_mut().zip(scratch.iter()) {
        *plan = Lane::from_fn(|r| weight(worth[r], mean[r], adjustment[r]));
    }
}

/// Factor on a need's weight in joint work.
#[inline(always)]
fn weight(worth: f64, mean: f64, adjustment: f64) -> f64 {
    let wanted = if mean > 0.0 { math::min(worth / mean, MOST_WEIGHT) } else { 1.0 };
    1.0 - adjustment + adjustment * wanted
}

#[inline(always)]
fn stop<const L: usize>(world: &mut World<L>) {
    let World { partnership, rules, .. } = world;
    let Some(limit) = rules.replanning.as_ref().and_then(|rules| rules.exit_rule) else { return };
    let (net, before) = (partnership.total.net_value(), partnership.net_at_review);
    let limit = limit as f64;
    partnership.losing_reviews =
        Lane::from_fn(|r| if net[r] < before[r] { partnership.losing_reviews[r] + 1.0 } else { 0.0 });
    partnership.net_at_review = net;
    partnership.conditions.wound_up = partnership.losing_reviews.map(|losses| if losses >= limit { 1.0 } else { 0.0 });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::Setting;
    use crate::model::mechanisms::small_world;

    fn world(values: &[(&'static str, f64)], exit_rule: u64) -> World<1> {
        let mut inputs = small_world(2, values);
        inputs.set("monitoring.interval", Setting::Whole(2));
        inputs.set("monitoring.exit_rule", Setting::Whole(exit_rule));
        World::new(&inputs, Draws::new(1, 0))
    }

    #[test]
    fn plans_go_where_another_day_helps_most() {
        assert_eq!(weight(2.0, 2.0, 0.7), 1.0);
        assert_eq!(weight(9.0, 2.0, 0.0), 1.0);
        assert_eq!(weight(9.0, 2.0, 1.0), MOST_WEIGHT);
        assert!((weight(1.0, 2.0, 0.5) - 0.75).abs() < 1e-12);
        assert_eq!(weight(0.0, 0.0, 1.0), 1.0);
    }

    #[test]
    fn hopes_come_down_at_a_review_alone() {
        let mut world = world(&[("monitoring.adjustment", 0.5)], 0);
        (world.partnership.joint_value, world.partnership.intended_value) = (Lane([2.0]), Lane([10.0]));
        step(&mut world, 1);
        assert_eq!(world.partners[0].hopes[0], 0.6);
        step(&mut world, 2);
        assert!((world.partners[0].hopes[0] - 0.4).abs() < 1e-12);
    }

    #[test]
    fn losses_in_a_row_end_it_and_a_gain_between_them_does_not() {
        let wound_up = |net: [f64; 3]| {
            let mut world = world(&[], 2);
            net.iter().enumerate().for_each(|(review, net)| {
                world.partnership.total.joint_value = Lane([*net]);
                step(&mut world, 2 * (review + 1));
            });
            world.partnership.conditions.wound_up[0]
        };
        assert_eq!(wound_up([5.0, 3.0, 1.0]), 1.0);
        assert_eq!(wound_up([-1.0, 1.0, 0.0]), 0.0);
    }

    #[test]
    fn reviews_that_change_nothing_leave_the_plan_as_it_is() {
        let mut world = world(&[], 0);
        step(&mut world, 2);
        assert!(world.rules.replanning.is_none() && world.partnership.emphasis[0][0] == 1.0);
    }
}
