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
//! at least one does with chance `1 − (1 − p)^f`, less what low morale costs in attention. Distance is
//! `d = kilometres/scale + sector step`; where a share `b` of the distance between cultures is bridged, the step shrinks to
//! `(1 − b)` of it and the chance goes that share of the way to what it would be without. A working link weighs `1 + d`. The time meetings take is booked by coordination.
//!
//! # Reads
//! Members, their morale, distances, chances of contact; the effect of morale from the contributions.
//!
//! # Writes
//! `heard`, `noise` of each tie; `peers`, `informed`, `link_load` of each partner.
//!
//! # References
//! Message success falling with distance is M24; channel richness from Balliet 2010 (M5); Marlow 2018 on quality.

use crate::model::drawn::Drawn;
use crate::model::draws::Purpose;
use crate::model::inputs::Inputs;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::{self, DAY_HOURS, Partner};
use crate::model::tie::Tie;
use crate::model::uncertainty::Uncertainty;
use crate::model::world::{Rules, World};

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] =
    &[&QUALITY, &CHANNEL, &MEETINGS, &MEETING_HOURS, &DISTANCE_SCALE, &SECTOR_DISTANCE, &DISTANCE_DECAY];

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

pub(crate) const DISTANCE_SCALE: Parameter = Parameter {
    key: "communication.distance_scale",
    meaning: "Kilometres that count as one unit of distance.",
    unit: "kilometres",
    domain: Domain::Number { low: 1.0, high: 40000.0, default: Uncertainty::Fixed(100.0) },
    source: "M24",
    grade: Grade::Assumption,
};

pub(crate) const SECTOR_DISTANCE: Parameter = Parameter {
    key: "communication.sector_distance",
    meaning: "Distance between partners of different sectors, in the same unit.",
    unit: "distance",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(0.3) },
    source: "M24; Hunoldt",
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
}

impl<const L: usize> Meetings<L> {
    /// The values in force.
    pub fn new(drawn: &Drawn<L>) -> Self {
        let meetings = drawn.number(&MEETINGS, 0);
        Meetings {
            quality: drawn.number(&QUALITY, 0),
            days: meetings * drawn.number(&MEETING_HOURS, 0) * (1.0 / DAY_HOURS),
            meetings,
        }
    }
}

/// Every pair of partners, with its distance and its chance of contact.
#[inline(always)]
pub fn ties<const L: usize>(drawn: &Drawn<L>, inputs: &Inputs, rules: &Rules<L>) -> Vec<Tie<L>> {
    let n = inputs.partners.len();
    let places: Vec<_> =
        (0..n).map(|i| (drawn.number(&partner::LOCATION_X, i), drawn.number(&partner::LOCATION_Y, i))).collect();
    let (scale, step) = (drawn.number(&DISTANCE_SCALE, 0), drawn.number(&SECTOR_DISTANCE, 0));
    let decay = drawn.number(&DISTANCE_DECAY, 0);
    let success = rules.meetings.quality * RICHNESS[drawn.choice(&CHANNEL, 0)];
    let meetings = rules.meetings.meetings;
    let mut ties = Vec::with_capacity(n * n.saturating_sub(1) / 2);
    for i in 0..n {
        for j in i + 1..n {
            let same_sector = inputs.partners[i].sector == inputs.partners[j].sector;
            let distance = Lane::from_fn(|r| {
                let (x, y) = (places[i].0[r] - places[j].0[r], places[i].1[r] - places[j].1[r]);
                (x * x + y * y).sqrt() / scale[r] + if same_sector { 0.0 } else { step[r] }
            });
            let contact = Lane::from_fn(|r| contact(success[r], decay[r], distance[r], meetings[r]));
            let mut tie = Tie::new((i, j), distance, contact, rules.trust.initial);
            if !same_sector {
                tie.culture = step;
                tie.bridged_contact =
                    Lane::from_fn(|r| self::contact(success[r], decay[r], distance[r] - step[r], meetings[r]));
            }
            ties.push(tie);
        }
    }
    ties
}

/// One month of meetings.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let World { partners, ties, draws, rules, partnership, .. } = world;
    let (hearing, bridging) = (partnership.conditions.hearing, partnership.conditions.bridging);
    let bridges = rules.interventions.as_ref().is_some_and(|interventions| interventions.bridge());
    let morale_effect = rules.contributions.morale_effect;
    for partner in partners.iter_mut() {
        (partner.peers, partner.informed, partner.link_load) = (Lane::ZERO, Lane::ZERO, Lane::ZERO);
    }
    for tie in ties.iter_mut() {
        let (i, j) = tie.ends;
        let (first, second) = draws.bits(Purpose::Contact, month, i, j);
        let both = partners[i].active * partners[j].active;
        let attendance = hearing * partners[i].influences.presence() * partners[j].influences.presence();
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
fn contact(success: f64, decay: f64, distance: f64, meetings: f64) -> f64 {
    let once = success * math::exp(-decay * distance);
    // A perfect channel would take the logarithm of zero.
    let missed = math::max(1.0 - once, 1e-300);
    if meetings > 0.0 { 1.0 - math::pow(missed, meetings) } else { 0.0 }
}

/// Share of the other members that a member heard this month, on average.
#[inline(always)]
pub fn mean_informed<const L: usize>(partners: &[Partner<L>]) -> Lane<L> {
    let (sum, members) = partners.iter().fold((Lane::ZERO, Lane::ZERO), |(sum, members), partner| {
        (sum + partner.informed * partner.active, members + partner.active)
    });
    sum.zip(members, |sum, members| sum / math::max(members, 1.0))
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
