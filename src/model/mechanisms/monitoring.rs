//! Monitoring: reviews see what partners gave, and hold them to it.
//!
//! # Does
//! Every so many months reviews what each member gave and kept of its promises. Who was seen gives more until the next review,
//! who was seen to break too much bears a sanction, who was seen to give more than the others is acknowledged.
//!
//! # Why
//! What is seen is given more of, more so in public; free riders give when it has a price; those who carry the others want that
//! to be noticed.
//!
//! # Equation
//! A review sees a member with chance `visibility`. Until the next one it adds `f·a` to what it means to give (`f` the factor of a
//! public review), `f·s·e` more when its mean of kept promises lay below `1 − tolerance` (sanction of strength `s`), `r·g` more when it
//! gave more than the members' mean, in days or for what it had agreed (recognition `r`). The sanctioned loses `s·resentment` of
//! goodwill, and of what it announces beyond what it means to give a share `s` each time; the acknowledged wins `r·lift` of morale a month and feels `1 − r` of the inequity.
//!
//! # Reads
//! `kept`, `given`, `contributed`, `active` of each partner in the months before.
//!
//! # Writes
//! `standing`, urge, warmth, lift, soothed and days away of each partner; how far it announces more than it means to give.
//!
//! # References
//! Monitoring of goal progress: Harkin and others 2016 (M20); rewards and punishments: Balliet and others 2011 (M5).

use crate::model::drawn::Drawn;
use crate::model::draws::Purpose;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::DAY_HOURS;
use crate::model::uncertainty::Uncertainty;
use crate::model::world::{self, World};

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[
    &INTERVAL,
    &VISIBILITY,
    &HOURS,
    &PUBLICATION,
    &PUBLICATION_FACTOR,
    &ACCOUNTABILITY_EFFECT,
    &TOLERANCE,
    &SANCTION,
    &SANCTION_EFFECT,
    &RESENTMENT,
    &RECOGNITION,
    &RECOGNITION_EFFECT,
    &RECOGNITION_LIFT,
];

pub(crate) const INTERVAL: Parameter = Parameter {
    key: "monitoring.interval",
    meaning: "Months between reviews of what each partner gave and what came of it; 0 for none.",
    unit: "months",
    domain: Domain::Whole { low: 0, high: 120, default: 0 },
    source: "M20; concept A14",
    grade: Grade::Assumption,
};

pub(crate) const VISIBILITY: Parameter = Parameter {
    key: "monitoring.visibility",
    meaning: "Chance that a review sees what a partner gave.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.7) },
    source: "M20 (value ours)",
    grade: Grade::Assumption,
};

pub(crate) const HOURS: Parameter = Parameter {
    key: "monitoring.hours",
    meaning: "Time a review takes each partner, with its reporting.",
    unit: "hours",
    domain: Domain::Number { low: 0.0, high: 400.0, default: Uncertainty::Fixed(7.5) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const PUBLICATION: Parameter = Parameter {
    key: "monitoring.publication",
    meaning: "Who learns what a review saw.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("private", "the partner it concerns"),
            ("public", "everybody: what a review does to giving counts for more by monitoring.publication_factor"),
        ],
        default: 0,
    },
    source: "Harkin 2016 (larger when public)",
    grade: Grade::Assumption,
};

pub(crate) const PUBLICATION_FACTOR: Parameter = Parameter {
    key: "monitoring.publication_factor",
    meaning: "How much more a public review does to giving than a private one.",
    unit: "ratio",
    domain: Domain::Number { low: 1.0, high: 5.0, default: Uncertainty::Fixed(1.5) },
    source: "Harkin 2016 (that it is larger; value ours)",
    grade: Grade::Assumption,
};

pub(crate) const ACCOUNTABILITY_EFFECT: Parameter = Parameter {
    key: "monitoring.accountability_effect",
    meaning: "What a partner adds to its contribution after a review has seen it, until the next.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.08) },
    source: "M20 Harkin 2016 (d = .40, at 0.2 for d = 1)",
    grade: Grade::Assumption,
};

pub(crate) const TOLERANCE: Parameter = Parameter {
    key: "monitoring.tolerance",
    meaning: "Share of its promises a partner may break between two reviews without being called to account.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.25) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const SANCTION: Parameter = Parameter {
    key: "monitoring.sanction",
    meaning: "How hard a review comes down on a partner that it saw break more of its promises than is tolerated.",
    unit: "strength, 0 to 1",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "M5; concept B10",
    grade: Grade::Assumption,
};

pub(crate) const SANCTION_EFFECT: Parameter = Parameter {
    key: "monitoring.sanction_effect",
    meaning: "What a partner under the full sanction adds to its contribution until the next review.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.14) },
    source: "M5 Balliet 2011 (d = .70, at 0.2 for d = 1)",
    grade: Grade::Assumption,
};

pub(crate) const RESENTMENT: Parameter = Parameter {
    key: "monitoring.resentment",
    meaning: "Goodwill that the full sanction costs a partner at once.",
    unit: "goodwill",
    domain: Domain::Number { low: 0.0, high: 100.0, default: Uncertainty::Fixed(0.5) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const RECOGNITION: Parameter = Parameter {
    key: "monitoring.recognition",
    meaning: "How far a review acknowledges partners that it saw give more than the others.",
    unit: "strength, 0 to 1",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "M5; concept A16",
    grade: Grade::Assumption,
};

pub(crate) const RECOGNITION_EFFECT: Parameter = Parameter {
    key: "monitoring.recognition_effect",
    meaning: "What a fully acknowledged partner adds to its contribution until the next review.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.1) },
    source: "M5 Balliet 2011 (rewards, d = .51, at 0.2 for d = 1)",
    grade: Grade::Assumption,
};

pub(crate) const RECOGNITION_LIFT: Parameter = Parameter {
    key: "monitoring.recognition_lift",
    meaning: "Morale a fully acknowledged partner wins a month until the next review; it then feels no inequity either.",
    unit: "morale a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.02) },
    source: "concept A16 (value ours)",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Monitoring<const L: usize> {
    /// Months between reviews.
    interval: usize,
    visibility: Lane<L>,
    days: Lane<L>,
    /// Urge of who was seen, of who is sanctioned, of who is acknowledged.
    accountability: Lane<L>,
    sanction_urge: Lane<L>,
    recognition_urge: Lane<L>,
    least_kept: Lane<L>,
    sanction: Lane<L>,
    resentment: Lane<L>,
    recognition: Lane<L>,
    lift: Lane<L>,
}

/// What reviews made of a partner.
#[derive(Debug, Clone, Copy, Default)]
pub struct Standing<const L: usize> {
    /// Sum of the kept shares of its promises since the last review.
    pub kept: Lane<L>,
    /// Sum of what it gave since the last review, each month as a share of what it had agreed could be pooled.
    pub given: Lane<L>,
    /// Sum of the days it gave since the last review.
    pub days: Lane<L>,
    /// 1 where the last review saw it.
    pub seen: Lane<L>,
    /// 1 while sanctioned.
    pub sanctioned: Lane<L>,
    /// 1 while acknowledged.
    pub acknowledged: Lane<L>,
}

impl<const L: usize> Monitoring<L> {
    /// The values in force; `None` where nothing is ever reviewed.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let interval = drawn.whole(&INTERVAL);
        let public = drawn.choice(&PUBLICATION, 0) == 1;
        let factor = if public { drawn.number(&PUBLICATION_FACTOR, 0) } else { Lane::ONE };
        let (sanction, recognition) = (drawn.number(&SANCTION, 0), drawn.number(&RECOGNITION, 0));
        (interval > 0).then(|| Monitoring {
            interval,
            visibility: drawn.number(&VISIBILITY, 0),
            days: drawn.number(&HOURS, 0) * (1.0 / DAY_HOURS),
            accountability: factor * drawn.number(&ACCOUNTABILITY_EFFECT, 0),
            sanction_urge: factor * sanction * drawn.number(&SANCTION_EFFECT, 0),
            recognition_urge: recognition * drawn.number(&RECOGNITION_EFFECT, 0),
            least_kept: Lane::ONE - drawn.number(&TOLERANCE, 0),
            sanction,
            resentment: sanction * drawn.number(&RESENTMENT, 0),
            recognition,
            lift: recognition * drawn.number(&RECOGNITION_LIFT, 0),
        })
    }

    /// Whether there is a review in a month.
    pub fn reviews(&self, month: usize) -> bool {
        month > 0 && month.is_multiple_of(self.interval)
    }
}

/// One month under the last review, or with a new one.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let World { partners, rules, .. } = world;
    let Some(rules) = &rules.monitoring else { return };
    if month > 0 {
        for partner in partners.iter_mut() {
            partner.standing.kept += partner.kept;
            partner.standing.given += partner.given;
            partner.standing.days += partner.contributed;
        }
    }
    if rules.reviews(month) {
        review(world, month);
    }
    let World { partners, rules, .. } = world;
    let Some(rules) = &rules.monitoring else { return };
    for partner in partners.iter_mut() {
        let (standing, influences) = (&partner.standing, &mut partner.influences);
        influences.urge += standing.seen * rules.accountability
            + standing.sanctioned * rules.sanction_urge
            + standing.acknowledged * rules.recognition_urge;
        influences.lift += standing.acknowledged * rules.lift;
        influences.soothed =
            Lane::from_fn(|r| math::unit(influences.soothed[r] + standing.acknowledged[r] * rules.recognition[r]));
    }
}

/// Looks at the months since the last review and begins to count anew.
#[inline(always)]
fn review<const L: usize>(world: &mut World<L>, month: usize) {
    let World { partners, rules, draws, .. } = world;
    let Some(rules) = &rules.monitoring else { return };
    let months = 1.0 / rules.interval as f64;
    let members = world::members(partners);
    let mean = |of: fn(&Standing<L>) -> Lane<L>| {
        let sum = partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.active * of(&partner.standing));
        sum.zip(members, |sum, members| sum / math::max(members, 1.0))
    };
    let (given, days) = (mean(|standing| standing.given), mean(|standing| standing.days));
    for (i, partner) in partners.iter_mut().enumerate() {
        let luck = draws.uniform(Purpose::Review, month, i, 0);
        let before = partner.standing;
        let (seen, sanctioned, acknowledged) = Lane::from_fn3(|r| {
            let seen = luck[r] < rules.visibility[r] && partner.active[r] > 0.0;
            let broken = rules.sanction[r] > 0.0 && before.kept[r] * months < rules.least_kept[r];
            let more = before.given[r] > given[r] || before.days[r] > days[r];
            let verdict = [seen, seen && broken, seen && more];
            let [seen, sanctioned, acknowledged] = verdict.map(|so| if so { 1.0 } else { 0.0 });
            (seen, sanctioned, acknowledged)
        });
        partner.standing = Standing { seen, sanctioned, acknowledged, ..Standing::default() };
        partner.influences.days_away += rules.days;
        partner.influences.warmth -= sanctioned * rules.resentment;
        partner.announces_more *= Lane::ONE - sanctioned * rules.sanction;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::Setting;
    use crate::model::mechanisms::small_world;

    const REVIEWED: &[(&str, f64)] = &[("monitoring.visibility", 1.0)];

    /// Three partners reviewed every second month, after three months: the first gives and keeps most, the last least.
    fn reviewed(values: &[(&'static str, f64)], public: bool) -> World<1> {
        let mut inputs = small_world(3, &[REVIEWED, values].concat());
        inputs.set("monitoring.interval", Setting::Whole(2));
        inputs.set("monitoring.publication", Setting::Choice(usize::from(public)));
        let mut world = World::new(&inputs, Draws::new(1, 0));
        for (partner, share) in world.partners.iter_mut().zip([0.9, 0.8, 0.4]) {
            (partner.kept, partner.given, partner.announces_more) = (Lane([share]), Lane([share]), Lane::ONE);
        }
        for month in 0..3 {
            world.partners.iter_mut().for_each(|partner| partner.influences = Default::default());
            step(&mut world, month);
        }
        world
    }

    fn influence(world: &World<1>, of: fn(&crate::model::influence::Influences<1>) -> Lane<1>) -> Vec<f64> {
        world.partners.iter().map(|partner| of(&partner.influences)[0]).collect()
    }

    #[test]
    fn who_is_seen_gives_more_in_public_more_so() {
        assert_eq!(influence(&reviewed(&[], false), |of| of.urge), [0.08; 3]);
        assert!(influence(&reviewed(&[], true), |of| of.urge).iter().all(|urge| (urge - 0.12).abs() < 1e-12));
        assert_eq!(influence(&reviewed(&[("monitoring.visibility", 0.0)], true), |of| of.urge), [0.0; 3]);
        assert_eq!(influence(&reviewed(&[], false), |of| of.days_away), [1.0; 3]);
    }

    #[test]
    fn only_who_breaks_more_than_is_tolerated_is_sanctioned() {
        let world = reviewed(&[("monitoring.sanction", 0.5)], false);
        let urge = influence(&world, |of| of.urge);
        assert!((urge[2] - 0.15).abs() < 1e-12 && urge[..2] == [0.08; 2]);
        assert_eq!(influence(&world, |of| of.warmth), [0.0, 0.0, -0.25]);
        let announces: Vec<f64> = world.partners.iter().map(|partner| partner.announces_more[0]).collect();
        assert_eq!(announces, [1.0, 1.0, 0.5]);
    }

    #[test]
    fn who_gave_more_than_the_mean_is_acknowledged() {
        // The mean is 0.7: the first two gave more.
        let world = reviewed(&[("monitoring.recognition", 0.5)], false);
        assert_eq!(influence(&world, |of| of.soothed), [0.5, 0.5, 0.0]);
        assert_eq!(influence(&world, |of| of.lift), [0.01, 0.01, 0.0]);
    }

    #[test]
    fn nothing_is_reviewed_at_an_interval_of_nought_nor_in_the_first_month() {
        let mut world = World::<1>::new(&small_world(2, REVIEWED), Draws::new(1, 0));
        step(&mut world, 5);
        assert_eq!(influence(&world, |of| of.urge), [0.0; 2]);
        let rules = reviewed(&[], false).rules.monitoring.expect("it reviews");
        assert_eq!([0, 1, 2, 3, 4].map(|month| rules.reviews(month)), [false, false, true, false, true]);
    }
}
