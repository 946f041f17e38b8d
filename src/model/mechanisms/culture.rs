//! Culture: what sets partners of different kinds apart, and how contact bridges it.
//!
//! # Does
//! Adds to the distance between partners of different sectors, and takes a share of what is left of it away in every month in
//! which they hear each other, or in which something else bridges it.
//!
//! # Why
//! Organisations have their own words, habits and codes of practice. Working together brings them nearer, which takes time.
//!
//! # Equation
//! `c ← c·(1 − min(1, integration·h + bridging))`, with `h` the mean of the two directions heard last month; distance is what
//! it would be otherwise, plus `c`. Contact follows from the distance as in meetings.
//!
//! # Reads
//! `heard` of each tie last month; what bridges cultures this month.
//!
//! # Writes
//! `distance` and `contact` of each tie; the distance of cultures left; months in which more than half of it was left.
//!
//! # References
//! Concept B23; Hunoldt; Reus (that cultures take time to integrate; form and values ours).

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::tie::Tie;
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&CULTURE_DISTANCE, &INTEGRATION];

pub(crate) const CULTURE_DISTANCE: Parameter = Parameter {
    key: "communication.culture_distance",
    meaning: "Distance between the cultures of partners of different sectors at the start; contact wears it down.",
    unit: "distance",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(0.0) },
    source: "concept B23; Hunoldt, Reus (direction)",
    grade: Grade::Assumption,
};

pub(crate) const INTEGRATION: Parameter = Parameter {
    key: "communication.integration",
    meaning: "Share of the distance of cultures that a month in which both hear each other takes away: effort put into integration.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.05) },
    source: "concept B23 (value ours: half of it gone in about two years of usual contact)",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Culture<const L: usize> {
    distance: Lane<L>,
    integration: Lane<L>,
}

impl<const L: usize> Culture<L> {
    /// The values in force; `None` where all are of one culture.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let distance = drawn.used(&CULTURE_DISTANCE, 0)?;
        Some(Culture { distance, integration: drawn.number(&INTEGRATION, 0) })
    }

    /// Distance of cultures of each pair at the start.
    pub fn at_start(&self, ties: &[Tie<L>]) -> Vec<Lane<L>> {
        ties.iter().map(|tie| self.distance * tie.sectors_apart).collect()
    }
}

/// One month of growing together.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let World { ties, rules, cultures, partnership, .. } = world;
    let Some(culture) = &rules.culture else { return };
    let (integration, bridging) = (culture.integration, partnership.conditions.bridging);
    let (mut left, mut across) = (Lane::ZERO, 0.0);
    for (tie, apart) in ties.iter_mut().zip(cultures.iter_mut()) {
        let heard = (tie.heard[0] + tie.heard[1]) * 0.5;
        let before = *apart;
        *apart = Lane::from_fn(|r| nearer(before[r], integration[r] * heard[r] + bridging[r]));
        // Before the first month the distance does not hold the part of culture yet.
        tie.distance += if month == 0 { *apart } else { *apart - before };
        tie.contact = rules.meetings.contact(tie.distance);
        left += *apart;
        across += tie.sectors_apart;
    }
    let half = culture.distance * (0.5 * across);
    partnership.total.integrating += left.zip(half, |left, half| if left > half { 1.0 } else { 0.0 });
}

#[inline(always)]
fn nearer(apart: f64, share: f64) -> f64 {
    apart * (1.0 - math::unit(share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    /// Two partners of different sectors, both heard every month, after some months.
    fn after(months: usize, values: &[(&'static str, f64)]) -> World<1> {
        let mut inputs = small_world(2, &[&[("communication.culture_distance", 0.8)], values].concat());
        inputs.partners[1].sector = "business".into();
        let mut world = World::new(&inputs, Draws::new(1, 0));
        for month in 0..months {
            step(&mut world, month);
            world.ties[0].heard = [Lane::ONE; 2];
        }
        world
    }

    #[test]
    fn distance_between_cultures_worked_by_hand() {
        assert!((after(1, &[]).ties[0].distance[0] - 1.1).abs() < 1e-12);
        // Two months of contact at 0.05 each leave 0.8·0.95².
        let world = after(3, &[]);
        assert!((world.ties[0].distance[0] - 0.3 - 0.8 * 0.9025).abs() < 1e-12);
        assert!(world.ties[0].contact[0] > after(1, &[]).ties[0].contact[0]);
    }

    #[test]
    fn integration_shortens_the_months_until_half_is_gone() {
        // 0.95^13 is above one half and 0.95^14 below it: with the month before any contact, 14 months.
        assert_eq!(after(60, &[]).partnership.total.integrating[0], 14.0);
        assert_eq!(after(60, &[("communication.integration", 0.5)]).partnership.total.integrating[0], 1.0);
        assert_eq!(after(60, &[("communication.integration", 0.0)]).partnership.total.integrating[0], 60.0);
    }

    #[test]
    fn one_culture_has_nothing_to_bridge() {
        assert!(after(1, &[("communication.culture_distance", 0.0)]).rules.culture.is_none());
        assert_eq!(nearer(0.8, 0.0), 0.8);
        assert_eq!(nearer(0.8, 7.0), 0.0);
    }
}
