//! Goal setting: how specific the joint goals are, and to what each partner is held.
//!
//! # Does
//! Adds to what members mean to give for specific and demanding joint goals, and for individual goals that serve them; takes off
//! it for individual goals that serve the partner itself.
//!
//! # Why
//! People work for what they are asked for. Goals of one's own pull against the group's unless they are parts of them.
//!
//! # Equation
//! `urge += specificity·e + group − own`, with the effects converted from standard deviations at 0.2 of the pooled share for one.
//!
//! # Reads
//! Nothing.
//!
//! # Writes
//! Urge of each partner.
//!
//! # References
//! Kleingeld, van Mierlo and Arends 2011, a meta-analysis of goals in groups.

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] =
    &[&SPECIFICITY, &SPECIFICITY_EFFECT, &INDIVIDUAL_GOALS, &GROUP_GOAL_EFFECT, &OWN_GOAL_EFFECT];

pub(crate) const SPECIFICITY: Parameter = Parameter {
    key: "dialogue.goal_specificity",
    meaning: "How specific and demanding the joint goals are: 0 do your best, 1 numbers that are hard to reach.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "Kleingeld 2011; concept C4",
    grade: Grade::Assumption,
};

pub(crate) const SPECIFICITY_EFFECT: Parameter = Parameter {
    key: "dialogue.specificity_effect",
    meaning: "What fully specific joint goals add to a contribution.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.16) },
    source: "Kleingeld 2011 (d = .80, at 0.2 for d = 1)",
    grade: Grade::Assumption,
};

pub(crate) const INDIVIDUAL_GOALS: Parameter = Parameter {
    key: "monitoring.individual_goals",
    meaning: "What goals each partner is held to beside the joint ones.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("none", "none of its own"),
            ("group", "what it is to add to the joint result"),
            ("own", "what it is to achieve for itself"),
        ],
        default: 0,
    },
    source: "Kleingeld 2011; concept D18",
    grade: Grade::Assumption,
};

pub(crate) const GROUP_GOAL_EFFECT: Parameter = Parameter {
    key: "monitoring.group_goal_effect",
    meaning: "What goals for each partner’s part in the joint result add to a contribution.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.24) },
    source: "Kleingeld 2011 (groupcentric, d = 1.20, at 0.2 for d = 1)",
    grade: Grade::Assumption,
};

pub(crate) const OWN_GOAL_EFFECT: Parameter = Parameter {
    key: "monitoring.own_goal_effect",
    meaning: "What goals that partners have for themselves take off a contribution.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.35) },
    source: "Kleingeld 2011 (egocentric, d = −1.75, at 0.2 for d = 1)",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct GoalSetting<const L: usize> {
    /// What goals add to every contribution, all together.
    urge: Lane<L>,
}

impl<const L: usize> GoalSetting<L> {
    /// The values in force; `None` where goals are as vague as they can be and nobody has its own.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let specific = drawn.number(&SPECIFICITY, 0) * drawn.number(&SPECIFICITY_EFFECT, 0);
        let word = drawn.choice(&INDIVIDUAL_GOALS, 0);
        let used = word > 0 || drawn.is_set(&SPECIFICITY, 0);
        let individual = match word {
            0 => Lane::ZERO,
            1 => drawn.number(&GROUP_GOAL_EFFECT, 0),
            _ => -drawn.number(&OWN_GOAL_EFFECT, 0),
        };
        used.then(|| GoalSetting { urge: specific + individual })
    }
}

/// One month under the goals set.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>) {
    let World { partners, rules, .. } = world;
    let Some(goals) = &rules.goal_setting else { return };
    for partner in partners.iter_mut() {
        partner.influences.urge += goals.urge;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::Setting;
    use crate::model::mechanisms::small_world;

    fn urge(specificity: f64, individual: usize) -> f64 {
        let mut inputs = small_world(2, &[("dialogue.goal_specificity", specificity)]);
        inputs.set("monitoring.individual_goals", Setting::Choice(individual));
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        step(&mut world);
        world.partners[1].influences.urge[0]
    }

    #[test]
    fn vague_goals_and_none_of_ones_own_do_nothing() {
        assert_eq!(urge(0.0, 0), 0.0);
    }

    #[test]
    fn goals_for_the_group_add_and_goals_for_oneself_take_more_off() {
        assert!((urge(0.5, 0) - 0.08).abs() < 1e-12);
        assert!((urge(0.5, 1) - 0.32).abs() < 1e-12);
        assert!((urge(0.5, 2) + 0.27).abs() < 1e-12);
    }
}
