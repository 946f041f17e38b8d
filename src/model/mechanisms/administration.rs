//! Administration: paperwork, and an office whose queue delays decisions and service.
//!
//! # Does
//! Takes the time of paperwork off every member, and lets an office work through what it brings; errors come back; what waits
//! delays decisions and holds up part of joint work.
//!
//! # Why
//! Stable administrative support is what partnerships miss most; too much to administer for too few people slows all the rest.
//!
//! # Equation
//! Arrivals `A = members · load · share · e^(v·z − v²/2) + hours for decisions`; due `D = B + A`; served `S = min(D, capacity)`;
//! backlog `B' = D − S·(1 − error)`. Of the joint work `1 − needs·(1 − S/D)` goes ahead. What is done right this month is
//! `s = S·(1 − error)/D` of what was due, and what is not waits on: months waited `w' = (1 − s)(w + 1)`.
//!
//! # Reads
//! `active`, cost of a day of partners; work that decisions bring.
//!
//! # Writes
//! `office` of the partnership, its conditions of being at work and of money spent; days away of partners.
//!
//! # References
//! Queue and rework M17 (errors .05 to .10, from the Virtual Design Team); administrative support: Bitterman and Koliba.

use crate::model::drawn::Drawn;
use crate::model::draws::Purpose;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::{DAY_HOURS, WORKING_DAYS};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&LOAD, &OFFICE_SHARE, &STAFF, &DECISION_HOURS, &ERROR, &VARIATION, &NEEDED];

pub(crate) const LOAD: Parameter = Parameter {
    key: "administration.load",
    meaning: "Paperwork of the partnership that each member has to do.",
    unit: "hours a month",
    domain: Domain::Number { low: 0.0, high: 1000.0, default: Uncertainty::Fixed(0.0) },
    source: "concept B22; M17",
    grade: Grade::Assumption,
};

pub(crate) const OFFICE_SHARE: Parameter = Parameter {
    key: "administration.office_share",
    meaning: "Hours of the office that an hour of a member’s paperwork takes.",
    unit: "ratio",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(1.0) },
    source: "M17 (value ours)",
    grade: Grade::Assumption,
};

pub(crate) const STAFF: Parameter = Parameter {
    key: "administration.staff",
    meaning: "Staff of the office, paid by the partnership at the members’ mean cost of a day.",
    unit: "full-time equivalents",
    domain: Domain::Number { low: 0.0, high: 1000.0, default: Uncertainty::Fixed(0.5) },
    source: "concept B21; M17 (value ours)",
    grade: Grade::Assumption,
};

pub(crate) const DECISION_HOURS: Parameter = Parameter {
    key: "administration.decision_hours",
    meaning: "Hours of the office that it takes to bring a decision into force.",
    unit: "hours",
    domain: Domain::Number { low: 0.0, high: 1000.0, default: Uncertainty::Fixed(20.0) },
    source: "M17 (value ours)",
    grade: Grade::Assumption,
};

pub(crate) const ERROR: Parameter = Parameter {
    key: "administration.error",
    meaning: "Share of the office’s work that comes back and has to be done again.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.07) },
    source: "M17 (.05 to .10, Virtual Design Team)",
    grade: Grade::General,
};

pub(crate) const VARIATION: Parameter = Parameter {
    key: "administration.variation",
    meaning: "Standard deviation of the logarithm of what a month brings to the office.",
    unit: "log points",
    domain: Domain::Number { low: 0.0, high: 2.0, default: Uncertainty::Fixed(0.3) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const NEEDED: Parameter = Parameter {
    key: "administration.needed",
    meaning: "Share of the joint work that cannot go ahead without its paperwork.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Administration<const L: usize> {
    /// Hours that the office can work in a month.
    pub capacity: Lane<L>,
    /// Hours of it that a decision takes.
    pub decision_hours: Lane<L>,
    load: Lane<L>,
    office_share: Lane<L>,
    staff: Lane<L>,
    error: Lane<L>,
    variation: Lane<L>,
    needed: Lane<L>,
}

/// The office of the partnership.
#[derive(Debug, Clone, Copy, Default)]
pub struct Office<const L: usize> {
    /// Hours of work that wait.
    pub backlog: Lane<L>,
    /// Hours that decisions brought this month.
    pub decisions: Lane<L>,
    /// Months that what waits has waited on average.
    pub waited: Lane<L>,
}

impl<const L: usize> Administration<L> {
    /// The values in force, where there is paperwork.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        drawn.is_set(&LOAD, 0).then(|| Administration {
            capacity: drawn.number(&STAFF, 0) * (WORKING_DAYS * DAY_HOURS),
            decision_hours: drawn.number(&DECISION_HOURS, 0),
            load: drawn.number(&LOAD, 0),
            office_share: drawn.number(&OFFICE_SHARE, 0),
            staff: drawn.number(&STAFF, 0),
            error: drawn.number(&ERROR, 0),
            variation: drawn.number(&VARIATION, 0),
            needed: drawn.number(&NEEDED, 0),
        })
    }
}

/// One month of administration.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let World { partners, partnership, rules, draws, .. } = world;
    let Some(rules) = &rules.administration else { return };
    let (mut members, mut day_cost) = (Lane::ZERO, Lane::ZERO);
    for partner in partners.iter_mut() {
        partner.influences.days_away += partner.active * rules.load * (1.0 / DAY_HOURS);
        members += partner.active;
        day_cost += partner.active * partner.day_cost;
    }
    let luck = draws.normal(Purpose::Paperwork, month, 0, 0);
    let (variation, share, load) = (rules.variation, rules.office_share, rules.load);
    let brought = Lane::from_fn(|r| {
        let more = math::exp(variation[r] * luck[r] - 0.5 * variation[r] * variation[r]);
        members[r] * load[r] * share[r] * more
    });
    let (office, alive) = (&mut partnership.office, partnership.alive);
    let due = office.backlog + brought + office.decisions;
    let served = due.zip(rules.capacity, math::min);
    let (error, before) = (rules.error, *office);
    (office.backlog, office.waited) = Lane::from_fn2(|r| {
        let right = done(served[r] * (1.0 - error[r]), due[r]);
        // An office whose partnership has ended stays as it was.
        let next = (due[r] - served[r] * (1.0 - error[r]), waits(before.waited[r], right));
        if alive[r] > 0.0 { next } else { (before.backlog[r], before.waited[r]) }
    });
    let needed = rules.needed;
    partnership.conditions.at_work *= Lane::from_fn(|r| 1.0 - needed[r] * (1.0 - done(served[r], due[r])));
    let cost = day_cost.zip(members, |cost, members| cost / math::max(members, 1.0));
    partnership.conditions.spent += alive * rules.staff * cost * WORKING_DAYS;
}

/// Hours of a queue left after a month's service, 0 when it is worked off.
#[inline(always)]
pub fn left(queue: f64, served: f64) -> f64 {
    math::max(queue - served, 0.0)
}

/// Share of what was due that was done; all of it where nothing was due.
#[inline(always)]
fn done(served: f64, due: f64) -> f64 {
    if due > 0.0 { served / due } else { 1.0 }
}

/// Mean months waited by what waits, when a share gets through each month whatever its age.
#[inline(always)]
pub fn waits(before: f64, through: f64) -> f64 {
    (1.0 - through) * (before + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    /// Two members with ten hours each, an office of fifteen hours, a tenth of the work coming back, no luck.
    const CASE: [(&str, f64); 4] = [
        ("administration.load", 10.0),
        ("administration.staff", 15.0 / (WORKING_DAYS * DAY_HOURS)),
        ("administration.error", 0.1),
        ("administration.variation", 0.0),
    ];

    fn months(values: &[(&'static str, f64)], n: usize) -> World<1> {
        let mut world = World::<1>::new(&small_world(2, values), Draws::new(1, 0));
        (0..n).for_each(|month| {
            (world.partnership.conditions, world.partners[0].influences) = Default::default();
            step(&mut world, month);
        });
        world
    }

    #[test]
    fn without_paperwork_nothing_happens() {
        let world = months(&[], 3);
        assert_eq!((world.partnership.office.backlog[0], world.partnership.conditions.spent[0]), (0.0, 0.0));
    }

    #[test]
    fn a_queue_worked_by_hand() {
        // 20 hours come, 15 are worked, 1.5 of them come back: 6.5 wait. Then 26.5 are due, and 13 wait.
        let office = months(&CASE, 1).partnership.office;
        assert!((office.backlog[0] - 6.5).abs() < 1e-9);
        assert!((office.waited[0] - 6.5 / 20.0).abs() < 1e-9);
        let world = months(&CASE, 2);
        assert!((world.partnership.office.backlog[0] - 13.0).abs() < 1e-9);
        let held_up = 0.3 * (1.0 - 15.0 / 26.5);
        assert!((world.partnership.conditions.at_work[0] - (1.0 - held_up)).abs() < 1e-9);
        assert!((world.partners[0].influences.days_away[0] - 10.0 / 7.5).abs() < 1e-12);
    }

    #[test]
    fn an_office_with_time_to_spare_holds_nothing_up_but_its_errors_come_back() {
        let world = months(&[CASE[0], ("administration.staff", 1.0), ("administration.error", 0.1), CASE[3]], 200);
        assert_eq!(world.partnership.conditions.at_work[0], 1.0);
        // A share e of what is due comes back: the backlog settles at e·A/(1 − e), and the wait at e/(1 − e).
        assert!((world.partnership.office.backlog[0] - 2.0 / 0.9).abs() < 1e-9);
        assert!((world.partnership.office.waited[0] - 0.1 / 0.9).abs() < 1e-9);
    }

    #[test]
    fn an_office_without_staff_costs_nothing_and_serves_nobody() {
        let world = months(&[CASE[0], ("administration.staff", 0.0)], 3);
        assert_eq!(world.partnership.conditions.spent[0], 0.0);
        assert!((world.partnership.conditions.at_work[0] - 0.7).abs() < 1e-12);
    }
}
