//! Meetings: who hears whom this month, and how well it understands.
//!
//! # Does
//! Decides for each ordered pair of members whether a message got through this month, draws what decides whether it was
//! understood, and counts for each member how many of the others it heard and how much its working links weigh.
//!
//! # Why
//! Trust, agreement and fair expectation all travel by what is heard. Quality counts more than frequency.
//!
//! # Equation
//! One meeting carries a message with chance `p = quality · richness(channel) · e^(−γ·d)`; in a month of `f` meetings
//! at least one does with chance `1 − (1 − p)^f`, less what low morale costs in attention. Where a share `b` of what lies between
//! sectors is bridged, that part of the distance shrinks by it and the chance goes that share of the way to what it would be without.
//! A meeting of `n` partners with time for `a` others hears a share `min(1, a/(n − 1))` of them. With chance `reciprocity` one draw
//! decides for both directions, which leaves the chance of each as it is. A working link weighs `1 + d`. The time meetings take is
//! booked by coordination.
//!
//! # Reads
//! Members, their morale, distances, chances of contact; the effect of morale from the contributions.
//!
//! # Writes
//! `heard`, `noise` of each tie; `peers`, `informed`, `link_load` of each partner.
//!
//! # References
//! Message success falling with distance `d` is M24; airtime: Fay, Garrod and Carletta 2000; channel richness from Balliet 2010 (M5); Marlow 2018 on quality.

use crate::model::distance::Distances;
use crate::model::drawn::Drawn;
use crate::model::draws::Purpose;
use crate::model::inputs::Inputs;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::{DAY_HOURS, Partner};
use crate::model::tie::Tie;
use crate::model::uncertainty::Uncertainty;
use crate::model::world::{self, Rules, World};

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] =
    &[&QUALITY, &CHANNEL, &MEETINGS, &MEETING_HOURS, &DISTANCE_DECAY, &AIRTIME, &RECIPROCITY];

pub(crate) const QUALITY: Parameter = Parameter {
    key: "communication.quality",
    meaning: "Quality of communication: chance that a message to a near partner gets through, and is understood.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.6) },
    source: "M24; Marlow 2018 (that quality matters; value ours)",
    grade: Grade::Assumption,
};

pub(crate) const CHANNEL: Parameter = Parameter {
    key: "communication.channel",
    meaning: "How partners meet; the richer the channel, the more gets through.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("face_to_face", "richness 1"),
            ("video", "richness 0.7"),
            ("written", "richness 0.38: the effect of written talk against talk face to face"),
        ],
        default: 0,
    },
    source: "M5 Balliet 2010 (written: effect .46 / 1.21, converted; video ours)",
    grade: Grade::Assumption,
};

pub(crate) const MEETINGS: Parameter = Parameter {
    key: "communication.meetings",
    meaning: "Meetings of the whole partnership.",
    unit: "meetings a month",
    domain: Domain::Number { low: 0.0, high: 30.0, default: Uncertainty::Fixed(1.0) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const MEETING_HOURS: Parameter = Parameter {
    key: "communication.meeting_hours",
    meaning: "Time one meeting takes each partner, with preparation and travel.",
    unit: "hours",
    domain: Domain::Number { low: 0.0, high: 40.0, default: Uncertainty::Fixed(6.0) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const DISTANCE_DECAY: Parameter = Parameter {
    key: "communication.distance_decay",
    meaning: "How fast the chance of being heard falls with distance.",
    unit: "per unit of distance",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(0.5) },
    source: "M24",
    grade: Grade::Assumption,
};

pub(crate) const AIRTIME: Parameter = Parameter {
    key: "communication.airtime",
    meaning: "How many other partners a meeting has time to hear; among more, each is heard in proportion less.",
    unit: "partners",
    domain: Domain::Number { low: 0.5, high: 1000.0, default: Uncertainty::Fixed(7.0) },
    source: "Fay, Garrod & Carletta 2000 (groups of 5 talk with one another, groups of 10 listen to a few; the limit between ours)",
    grade: Grade::General,
};

pub(crate) const RECIPROCITY: Parameter = Parameter {
    key: "communication.reciprocity",
    meaning: "How far hearing is mutual: at 0 whether one hears the other says nothing of the reverse, at 1 both hear or neither.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept D17 (form ours)",
    grade: Grade::Assumption,
};

/// Richness of each channel, in the order of its words.
const RICHNESS: [f64; 3] = [1.0, 0.7, 0.38];

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Meetings<const L: usize> {
    /// Chance that what was heard was also understood.
    pub quality: Lane<L>,
    /// Days a month that meetings take a member.
    pub days: Lane<L>,
    meetings: Lane<L>,
    /// Chance that one meeting carries a message without distance.
    success: Lane<L>,
    decay: Lane<L>,
    airtime: Lane<L>,
    reciprocity: Option<Lane<L>>,
}

impl<const L: usize> Meetings<L> {
    /// The values in force.
    pub fn new(drawn: &Drawn<L>) -> Self {
        let (meetings, quality) = (drawn.number(&MEETINGS, 0), drawn.number(&QUALITY, 0));
        Meetings {
            quality,
            days: meetings * drawn.number(&MEETING_HOURS, 0) * (1.0 / DAY_HOURS),
            meetings,
            success: quality * RICHNESS[drawn.choice(&CHANNEL, 0)],
            decay: drawn.number(&DISTANCE_DECAY, 0),
            airtime: drawn.number(&AIRTIME, 0),
            reciprocity: drawn.used(&RECIPROCITY, 0),
        }
    }

    /// Chance of hearing a partner at a distance at least once in a month of undivided attention.
    #[inline(always)]
    pub fn contact(&self, distance: Lane<L>) -> Lane<L> {
        contact(self.success, self.decay, distance, self.meetings)
    }
}

/// Every pair of partners, with its distance and its chance of contact.
#[inline(always)]
pub fn ties<const L: usize>(drawn: &Drawn<L>, inputs: &Inputs, rules: &Rules<L>) -> Vec<Tie<L>> {
    let n = inputs.partners.len();
    let distances = Distances::new(drawn, inputs);
    let mut ties = Vec::with_capacity(n * n.saturating_sub(1) / 2);
    for i in 0..n {
        for j in i + 1..n {
            let apart = if inputs.partners[i].sector == inputs.partners[j].sector { 0.0 } else { 1.0 };
            let distance = distances.between(i, j, apart);
            let mut tie = Tie::new((i, j), apart, distance, rules.meetings.contact(distance), rules.trust.initial);
            tie.culture = distances.between_sectors(apart);
            tie.bridged_contact = rules.meetings.contact(distance - tie.culture);
            ties.push(tie);
        }
    }
    ties
}

/// One month of meetings.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let World { partners, ties, draws, rules, partnership, scratch, .. } = world;
    let present = world::members(partners);
    let groups = rules.exchange.as_ref().map_or(1.0, |exchange| exchange.groups as f64);
    let airtime = Lane::from_fn(|r| airtime(present[r] / groups, rules.meetings.airtime[r]));
    let hearing = partnership.conditions.hearing * airtime;
    let bridging = partnership.conditions.bridging;
    let bridges = rules.interventions.as_ref().is_some_and(|interventions| interventions.bridge());
    let morale_effect = rules.contributions.morale_effect;
    scratch.clear();
    for partner in partners.iter_mut() {
        (partner.peers, partner.informed, partner.link_load) = (Lane::ZERO, Lane::ZERO, Lane::ZERO);
        scratch.push(partner.influences.presence());
    }
    for tie in ties.iter_mut() {
        let (i, j) = tie.ends;
        let (first, second) = draws.bits(Purpose::Contact, month, i, j);
        let second = match rules.meetings.reciprocity {
            None => second,
            Some(share) => {
                let mutual = draws.uniform(Purpose::Mutuality, month, i, j);
                second.or(first, |r| mutual[r] < share[r])
            }
        };
        let both = partners[i].active * partners[j].active;
        let attendance = hearing * scratch[i] * scratch[j];
        let (mut contact, mut distance) = (tie.contact, tie.distance);
        if bridges {
            contact += bridging * (tie.bridged_contact - contact);
            distance -= bridging * tie.culture;
        }
        let load = both * distance.map(|distance| 1.0 + distance);
        for (direction, listener, bits) in [(0, i, first), (1, j, second)] {
            let morale = partners[listener].morale;
            (tie.heard[direction], tie.noise[direction]) = Lane::from_fn2(|r| {
                let (luck, noise) = math::open_units(bits[r]);
                let chance = contact[r] * attendance[r] * attention(morale[r], morale_effect[r]);
                (if luck < chance { both[r] } else { 0.0 }, noise)
            });
            let partner = &mut partners[listener];
            partner.peers += both;
            partner.informed += tie.heard[direction];
            partner.link_load += load;
        }
    }
    for partner in partners.iter_mut() {
        partner.informed = partner.informed.zip(partner.peers, |heard, peers| heard / math::max(peers, 1.0));
    }
}

/// Chance that at least one of a month's meetings carries a message over a distance.
#[inline(always)]
fn contact<const L: usize>(success: Lane<L>, decay: Lane<L>, distance: Lane<L>, meetings: Lane<L>) -> Lane<L> {
    let once = success * (-decay * distance).exponential();
    // A perfect channel would take the logarithm of zero.
    let missed = once.map(|once| math::max(1.0 - once, 1e-300)).pow(meetings);
    missed.zip(meetings, |missed, meetings| if meetings > 0.0 { 1.0 - missed } else { 0.0 })
}

/// Share of the other members that a member heard this month, on average.
#[inline(always)]
pub fn mean_informed<const L: usize>(partners: &[Partner<L>]) -> Lane<L> {
    let (sum, members) = partners.iter().fold((Lane::ZERO, Lane::ZERO), |(sum, members), partner| {
        (sum + partner.informed * partner.active, members + partner.active)
    });
    sum.zip(members, |sum, members| sum / math::max(members, 1.0))
}

/// Share of the others whom a meeting of so many partners has time to hear.
#[inline(always)]
fn airtime(present: f64, room: f64) -> f64 {
    math::min(1.0, room / math::max(present - 1.0, 1e-9))
}

/// Share of its attention a partner gives, by its morale.
#[inline(always)]
pub fn attention(morale: f64, effect: f64) -> f64 {
    1.0 - effect * (1.0 - morale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    fn contact(success: f64, decay: f64, distance: f64, meetings: f64) -> f64 {
        super::contact(Lane([success]), Lane([decay]), Lane([distance]), Lane([meetings]))[0]
    }

    #[test]
    fn nothing_is_heard_without_meetings_or_quality() {
        assert_eq!(contact(0.6, 0.5, 0.0, 0.0), 0.0);
        assert_eq!(contact(0.0, 0.5, 0.0, 4.0), 0.0);
    }

    #[test]
    fn two_meetings_at_six_tenths_miss_sixteen_times_in_a_hundred() {
        assert!((contact(0.6, 0.5, 0.0, 2.0) - 0.84).abs() < 1e-12);
    }

    #[test]
    fn contact_falls_with_distance_and_rises_with_meetings() {
        assert!(contact(0.6, 0.5, 1.0, 2.0) < contact(0.6, 0.5, 0.0, 2.0));
        assert!(contact(0.6, 0.5, 1.0, 3.0) > contact(0.6, 0.5, 1.0, 2.0));
        assert!((0.0..=1.0).contains(&contact(1.0, 0.5, 0.0, 30.0)));
    }

    #[test]
    fn a_meeting_with_time_for_all_hears_all_and_else_its_share() {
        assert_eq!(airtime(8.0, 7.0), 1.0);
        assert_eq!(airtime(1.0, 7.0), 1.0);
        assert_eq!(airtime(15.0, 7.0), 0.5);
    }

    #[test]
    fn mutual_hearing_leaves_each_direction_its_chance() {
        let heard = |reciprocity: f64| {
            let inputs = small_world(2, &[("communication.reciprocity", reciprocity), ("communication.quality", 0.5)]);
            let (mut first, mut second, mut same) = (0.0, 0.0, 0.0);
            let mut world = World::<16>::new(&inputs, Draws::new(1, 0));
            for month in 0..200 {
                step(&mut world, month);
                let [a, b] = world.ties[0].heard;
                first += a.0.iter().sum::<f64>() / 3200.0;
                second += b.0.iter().sum::<f64>() / 3200.0;
                same += (0..16).filter(|&r| a[r] == b[r]).count() as f64 / 3200.0;
            }
            [first, second, same]
        };
        let ([first, second, same], [mutual_first, mutual_second, always]) = (heard(0.0), heard(1.0));
        // Four standard errors of a share of one half in 3,200, twice over.
        assert_eq!(first, mutual_first);
        assert!((second - mutual_second).abs() < 0.05 && same < 0.65 && (always - 1.0).abs() < 1e-9);
    }

    #[test]
    fn who_left_hears_nobody_and_is_not_heard() {
        let inputs = small_world(3, &[("communication.quality", 1.0), ("contributions.morale_effect", 0.0)]);
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        world.partners[2].active = Lane::ZERO;
        step(&mut world, 0);
        let state = |of: fn(&Partner<1>) -> Lane<1>| world.partners.iter().map(|p| of(p)[0]).collect::<Vec<_>>();
        assert_eq!(state(|p| p.informed), [1.0, 1.0, 0.0]);
        assert_eq!(state(|p| p.peers), [1.0, 1.0, 0.0]);
        assert_eq!(state(|p| p.link_load), [1.0, 1.0, 0.0]);
    }

    #[test]
    fn low_morale_takes_its_share_of_attention() {
        assert_eq!(attention(1.0, 0.4), 1.0);
        assert_eq!(attention(0.2, 0.0), 1.0);
        assert!((attention(0.5, 0.4) - 0.8).abs() < 1e-15);
    }
}
