//! Exchange: in what circles partners talk, whether they make sure of being understood, and what misunderstanding costs.
//!
//! # Does
//! Lets only representatives speak across sub-groups; lets language stand in the way between sectors, and asking back and
//! check-ins put it right; has joint work done again for what was misunderstood; pays for messages.
//!
//! # Why
//! Smaller circles save meetings and links and lose voices. Who hears an answer knows whether he was understood, and what
//! nobody noticed comes back as an exception that somebody has to mend.
//!
//! # Equation
//! Partner `i` of `g` sub-groups sits in `i mod g`; its first member represents it. What is heard across sectors is not
//! understood with chance `language`; what is not understood is put right with chance `feedback` where both heard each other, and
//! with chance `check-in` everywhere. With `x` the share of what was heard that stays misunderstood, joint work achieves
//! `1 − rework·x` of what it would. In a sub-group of `m` with say `v` for the others, the representative counts `1 + (1 − v)(m − 1)`.
//!
//! # Reads
//! `heard`, `noise` and `distance` of ties; `active` and `peers` of partners; quality of communication.
//!
//! # Writes
//! `heard`, `noise` of ties; `informed`, `link_load`, days away and say of partners; conditions of this month.
//!
//! # References
//! Exceptions and rework: the Virtual Design Team (M24); sub-groups: concept E4, Johnston; the forms are ours.

use crate::model::drawn::Drawn;
use crate::model::draws::{Draws, Purpose};
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::{DAY_HOURS, Partner};
use crate::model::tie::Tie;
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] =
    &[&SUBGROUPS, &SUBGROUP_SAY, &LANGUAGE_DISTANCE, &FEEDBACK, &CHECK_IN, &CHECK_IN_HOURS, &REWORK, &MESSAGE_COST];

pub(crate) const SUBGROUPS: Parameter = Parameter {
    key: "communication.subgroups",
    meaning: "Groups in which the partners meet; only one representative of each deals with the other groups.",
    unit: "groups",
    domain: Domain::Whole { low: 1, high: 1000, default: 1 },
    source: "concept E4; Johnston",
    grade: Grade::Assumption,
};

pub(crate) const SUBGROUP_SAY: Parameter = Parameter {
    key: "communication.subgroup_say",
    meaning: "Weight in the joint goals of a member that is represented by another; the representative has the rest of it.",
    unit: "share of its voice",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "concept E4 (value ours)",
    grade: Grade::Assumption,
};

pub(crate) const LANGUAGE_DISTANCE: Parameter = Parameter {
    key: "communication.language_distance",
    meaning: "Share of what would be understood that is not between partners of different sectors, whose words differ.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept B14; M24",
    grade: Grade::Assumption,
};

pub(crate) const FEEDBACK: Parameter = Parameter {
    key: "communication.feedback",
    meaning: "Chance that a misunderstanding is put right where the two heard each other: two-way communication.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept D17 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const CHECK_IN: Parameter = Parameter {
    key: "communication.check_in",
    meaning: "Chance that a misunderstanding is put right at once because partners check in with each other.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept A17; M24 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const CHECK_IN_HOURS: Parameter = Parameter {
    key: "communication.check_in_hours",
    meaning: "Time that checking in often enough to put everything right would take each partner.",
    unit: "hours a month",
    domain: Domain::Number { low: 0.0, high: 160.0, default: Uncertainty::Fixed(4.0) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const REWORK: Parameter = Parameter {
    key: "communication.rework",
    meaning: "Share of joint work that is done again when nothing of what is heard is understood.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "M24 Virtual Design Team (that exceptions make rework; scale ours)",
    grade: Grade::Assumption,
};

pub(crate) const MESSAGE_COST: Parameter = Parameter {
    key: "communication.message_cost",
    meaning: "Cost of getting a month’s messages of one partner through to another: calls, travel, interpreters.",
    unit: "pounds",
    domain: Domain::Number { low: 0.0, high: 1e5, default: Uncertainty::Fixed(0.0) },
    source: "concept D13",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Exchange<const L: usize> {
    /// Sub-groups in which partners meet.
    pub groups: usize,
    say: Lane<L>,
    language: Lane<L>,
    feedback: Lane<L>,
    check_in: Lane<L>,
    /// Days a month that checking in takes each member.
    check_in_days: Lane<L>,
    rework: Lane<L>,
    /// Thousand pounds for each partner heard.
    message_cost: Lane<L>,
}

impl<const L: usize> Exchange<L> {
    /// The values in force; `None` where all meet in one circle and nothing here costs or helps.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let groups = drawn.whole(&SUBGROUPS);
        let levers = [&LANGUAGE_DISTANCE, &FEEDBACK, &CHECK_IN, &REWORK, &MESSAGE_COST];
        let used = groups > 1 || levers.iter().any(|lever| drawn.is_set(lever, 0));
        let check_in = drawn.number(&CHECK_IN, 0);
        used.then(|| Exchange {
            groups,
            say: drawn.number(&SUBGROUP_SAY, 0),
            language: drawn.number(&LANGUAGE_DISTANCE, 0),
            feedback: drawn.number(&FEEDBACK, 0),
            check_in,
            check_in_days: check_in * drawn.number(&CHECK_IN_HOURS, 0) * (1.0 / DAY_HOURS),
            rework: drawn.number(&REWORK, 0),
            message_cost: drawn.number(&MESSAGE_COST, 0) * 0.001,
        })
    }
}

/// One month of exchange.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    if world.rules.exchange.is_none() {
        return;
    }
    divide(world);
    let misread = understand(world, month);
    let World { partners, partnership, rules, ties, .. } = world;
    let Some(exchange) = &rules.exchange else { return };
    let heard = ties.iter().fold(Lane::ZERO, |sum, tie| sum + tie.heard[0] + tie.heard[1]);
    for partner in partners.iter_mut() {
        partner.influences.days_away += exchange.check_in_days;
    }
    let conditions = &mut partnership.conditions;
    conditions.confusion += misread - (Lane::ONE - rules.meetings.quality);
    conditions.clearing = conditions.clearing.zip(exchange.check_in, both_chances);
    conditions.spent += heard * exchange.message_cost;
    conditions.output *= Lane::from_fn(|r| 1.0 - exchange.rework[r] * misread[r] * (1.0 - conditions.clearing[r]));
}

/// Chance that at least one of two independent things happens.
#[inline(always)]
fn both_chances(first: f64, second: f64) -> f64 {
    first + second * (1.0 - first)
}

/// Members of different sub-groups hear each other and keep a working link only where both represent theirs.
#[inline(always)]
fn divide<const L: usize>(world: &mut World<L>) {
    let World { partners, ties, rules, scratch, .. } = world;
    let Some(exchange) = &rules.exchange else { return };
    let groups = exchange.groups.min(partners.len());
    if groups < 2 {
        return;
    }
    represent(partners, groups, exchange.say, scratch);
    for partner in partners.iter_mut() {
        (partner.informed, partner.link_load) = (Lane::ZERO, Lane::ZERO);
    }
    for tie in ties.iter_mut() {
        let (i, j) = tie.ends;
        let linked = if i % groups == j % groups { Lane::ONE } else { scratch[i] * scratch[j] };
        let load = linked * partners[i].active * partners[j].active * tie.distance.map(|distance| 1.0 + distance);
        for (direction, listener) in [(0, i), (1, j)] {
            tie.heard[direction] *= linked;
            partners[listener].informed += tie.heard[direction];
            partners[listener].link_load += load;
        }
    }
    for partner in partners.iter_mut() {
        partner.informed = partner.informed.zip(partner.peers, |heard, peers| heard / math::max(peers, 1.0));
    }
}

/// Finds who represents its sub-group, into `representatives`, and what say each member then has.
#[inline(always)]
fn represent<const L: usize>(
    partners: &mut [Partner<L>],
    groups: usize,
    say: Lane<L>,
    representatives: &mut Vec<Lane<L>>,
) {
    representatives.clear();
    representatives.resize(partners.len(), Lane::ZERO);
    for group in 0..groups {
        let members = || (group..partners.len()).step_by(groups);
        let mut nobody_before = Lane::ONE;
        for i in members() {
            representatives[i] = nobody_before * partners[i].active;
            nobody_before *= Lane::ONE - partners[i].active;
        }
        let size = members().fold(Lane::ZERO, |sum, i| sum + partners[i].active);
        for i in (group..partners.len()).step_by(groups) {
            partners[i].influences.say *= Lane::from_fn(|r| voice_in_group(representatives[i][r], size[r], say[r]));
        }
    }
}

/// Weight of a member's voice: what the others do not have themselves their representative has.
#[inline(always)]
fn voice_in_group(represents: f64, size: f64, say: f64) -> f64 {
    if represents > 0.0 { 1.0 + (1.0 - say) * (size - 1.0) } else { say }
}

/// Draws anew what decides whether was understood what language or asking back changed; gives the share misunderstood.
#[inline(always)]
fn understand<const L: usize>(world: &mut World<L>, month: usize) -> Lane<L> {
    let World { ties, rules, draws, .. } = world;
    let quality = rules.meetings.quality;
    let Some(exchange) = &rules.exchange else { return Lane::ONE - quality };
    let (mut heard, mut misread) = (Lane::ZERO, Lane::ZERO);
    for tie in ties.iter_mut() {
        let language = exchange.language * tie.sectors_apart;
        let feedback = tie.heard[0] * tie.heard[1] * exchange.feedback;
        remake_noise(tie, draws, month, quality, (language, feedback));
        let missed = Lane::from_fn(|r| (1.0 - quality[r] * (1.0 - language[r])) * (1.0 - feedback[r]));
        heard += tie.heard[0] + tie.heard[1];
        misread += (tie.heard[0] + tie.heard[1]) * missed;
    }
    Lane::from_fn(|r| if heard[r] > 0.0 { misread[r] / heard[r] } else { 1.0 - quality[r] })
}

#[inline(always)]
fn remake_noise<const L: usize>(
    tie: &mut Tie<L>,
    draws: &Draws<L>,
    month: usize,
    quality: Lane<L>,
    (language, feedback): (Lane<L>, Lane<L>),
) {
    let (i, j) = tie.ends;
    for (direction, from, to) in [(0, i, j), (1, j, i)] {
        let (foreign, asked) = draws.uniforms(Purpose::Understanding, month, from, to);
        let noise = tie.noise[direction];
        tie.noise[direction] = Lane::from_fn(|r| {
            let blurred = foreign[r] < language[r];
            renoised(noise[r], quality[r], blurred, asked[r] < feedback[r])
        });
    }
}

/// Noise that lies below the quality where something was understood, and beyond it, evenly spread, where it was not.
#[inline(always)]
fn renoised(noise: f64, quality: f64, blurred: bool, put_right: bool) -> f64 {
    // A perfect channel has no room beyond its quality: a sliver of it keeps the guess, which trust stretches, evenly spread.
    let beyond = quality + math::max(1.0 - quality, 1e-9) * noise * (1.0 - 1e-6);
    let heard = if blurred { beyond } else { noise };
    if put_right { noise * quality } else { heard }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::mechanisms::{meetings, small_world};

    /// Four partners, all heard, after a month of meetings and exchange.
    fn after_a_month(values: &[(&'static str, f64)], sectors: [&str; 4]) -> World<1> {
        let base = [("communication.quality", 1.0), ("contributions.morale_effect", 0.0)];
        let mut inputs = small_world(4, &[&base, values].concat());
        inputs.partners.iter_mut().zip(sectors).for_each(|(partner, sector)| partner.sector = sector.into());
        inputs.set("communication.sector_distance", crate::model::inputs::Setting::Number(Uncertainty::Fixed(0.0)));
        let mut world = World::new(&inputs, Draws::new(1, 0));
        meetings::step(&mut world, 0);
        step(&mut world, 0);
        world
    }

    fn read(world: &World<1>, of: fn(&Partner<1>) -> Lane<1>) -> Vec<f64> {
        world.partners.iter().map(|partner| of(partner)[0]).collect()
    }

    #[test]
    fn one_circle_without_levers_does_nothing() {
        let world = after_a_month(&[], ["a"; 4]);
        assert!(world.rules.exchange.is_none());
        assert_eq!(read(&world, |partner| partner.informed), [1.0; 4]);
        assert_eq!(world.partnership.conditions.output[0], 1.0);
    }

    #[test]
    fn only_representatives_deal_with_the_other_group() {
        // Groups {0, 2} and {1, 3}: the first of each hears its fellow and the other first, the rest their fellow alone.
        let world = after_a_month(&[("communication.subgroups", 2.0)], ["a"; 4]);
        assert_eq!(read(&world, |partner| partner.link_load), [2.0, 2.0, 1.0, 1.0]);
        assert_eq!(read(&world, |partner| partner.informed), [2.0 / 3.0, 2.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0]);
        assert_eq!(read(&world, |partner| partner.influences.say), [1.5, 1.5, 0.5, 0.5]);
    }

    #[test]
    fn the_voices_of_a_group_add_up_to_its_members() {
        for (size, say) in [(5.0, 0.0), (3.0, 0.4), (2.0, 1.0)] {
            let sum = voice_in_group(1.0, size, say) + (size - 1.0) * voice_in_group(0.0, size, say);
            assert!((sum - size).abs() < 1e-12);
        }
    }

    #[test]
    fn language_confuses_sectors_alone_and_rework_follows_by_hand() {
        // All pairs of different sectors: half is misunderstood, and 0.4 of that is done again.
        let values = [("communication.language_distance", 0.5), ("communication.rework", 0.4)];
        let apart = after_a_month(&values, ["a", "b", "c", "d"]).partnership.conditions;
        assert!((apart.confusion[0] - 0.5).abs() < 1e-12 && (apart.output[0] - 0.8).abs() < 1e-12);
        let alike = after_a_month(&values, ["a"; 4]).partnership.conditions;
        assert_eq!((alike.confusion[0], alike.output[0]), (0.0, 1.0));
    }

    #[test]
    fn checking_in_puts_right_and_takes_time() {
        let values =
            [("communication.language_distance", 0.5), ("communication.rework", 0.4), ("communication.check_in", 0.5)];
        let world = after_a_month(&values, ["a", "b", "c", "d"]);
        assert!((world.partnership.conditions.output[0] - 0.9).abs() < 1e-12);
        assert!((world.partners[0].influences.days_away[0] - 2.0 / DAY_HOURS).abs() < 1e-12);
    }

    #[test]
    fn asking_back_puts_right_what_both_heard() {
        let values = [("communication.language_distance", 1.0), ("communication.feedback", 0.75)];
        let world = after_a_month(&values, ["a", "b", "c", "d"]);
        assert!((world.partnership.conditions.confusion[0] - 0.25).abs() < 1e-12);
    }

    #[test]
    fn noise_lies_on_the_side_of_the_quality_that_it_should() {
        for noise in [0.01, 0.5, 0.99] {
            assert_eq!(renoised(noise, 0.6, false, false), noise);
            assert!(renoised(noise, 0.6, true, false) >= 0.6);
            assert!(renoised(noise, 0.6, true, true) < 0.6);
        }
    }

    #[test]
    fn messages_are_paid_by_the_piece() {
        let world = after_a_month(&[("communication.message_cost", 50.0)], ["a"; 4]);
        assert!((world.partnership.conditions.spent[0] - 12.0 * 0.05).abs() < 1e-12);
    }
}
