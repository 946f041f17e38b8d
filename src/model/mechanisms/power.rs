//! Power: how much each member's voice weighs in the joint goals and in votes.
//!
//! # Does
//! Gives each member a voice by its size, by what the others depend on it for, by what it has contributed and by whether it leads;
//! caps it; and takes from small members what tokenism makes of their say: who is heard for show gives for show.
//!
//! # Why
//! Seats are equal on paper. Resources, and the lack of alternatives to them, give power, which rules can bound and bad practice can widen.
//!
//! # Equation
//! Share of all voice before the rules `∝ days^a · D^b · lead`, with `D` the others' dependence on a member against the mean; then
//! `(1 − p)·share + p·share of all contributed so far`; then nobody above the cap, what is cut going to the others in proportion. The
//! voice is that share times the number of members, so one on average. It counts `1 − tokenism` for members smaller
//! than the mean, and these lose `tokenism · withdrawal` of what they promised on its way into joint work.
//!
//! # Reads
//! Ordinary days, contributions so far, `active` of partners; dependence.
//!
//! # Writes
//! `voice`, `leads` of each partner, and what is lost of its contribution.
//!
//! # References
//! Power from dependence: Emerson 1962 (M14); inclusion, seats and voice: Choi and Robertson 2014; Arnstein 1969 on tokenism;
//! procedural justice, trust and withdrawal: Colquitt and others 2001.

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::coordination;
use crate::model::mechanisms::dependence::Dependence;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::Partner;
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] =
    &[&BY_SIZE, &BY_DEPENDENCE, &PARTICIPATION, &LEAD_VOICE, &CAP, &TOKENISM, &WITHDRAWAL];

pub(crate) const BY_SIZE: Parameter = Parameter {
    key: "power.voice_by_size",
    meaning: "How strongly voice follows resources: 0 one member one voice, 1 in proportion to ordinary days.",
    unit: "exponent",
    domain: Domain::Number { low: 0.0, high: 3.0, default: Uncertainty::Fixed(0.0) },
    source: "M14 Emerson (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const BY_DEPENDENCE: Parameter = Parameter {
    key: "power.voice_by_dependence",
    meaning: "How strongly voice follows what the others depend on a member for: 0 not at all, 1 in proportion.",
    unit: "exponent",
    domain: Domain::Number { low: 0.0, high: 3.0, default: Uncertainty::Fixed(0.0) },
    source: "M14 Emerson (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const PARTICIPATION: Parameter = Parameter {
    key: "power.participation",
    meaning: "Share of all voice that is given by contributions so far, the rest by right.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept B18; Choi & Robertson 2014 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const LEAD_VOICE: Parameter = Parameter {
    key: "power.lead_voice",
    meaning: "Voice of the lead organisation against that of another member, where one partner leads.",
    unit: "ratio",
    domain: Domain::Number { low: 0.0, high: 20.0, default: Uncertainty::Fixed(1.0) },
    source: "M8 Provan & Kenis (value ours)",
    grade: Grade::Assumption,
};

pub(crate) const CAP: Parameter = Parameter {
    key: "power.cap",
    meaning: "Greatest share of all voice that one member may have; at least an equal share.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(1.0) },
    source: "concept D9; M14 (inclusion rule)",
    grade: Grade::Assumption,
};

pub(crate) const TOKENISM: Parameter = Parameter {
    key: "power.tokenism",
    meaning: "Share of the say of the users, and of members smaller than the mean, that does not count in the end.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concepts D9, E5; Arnstein 1969 (form ours)",
    grade: Grade::Assumption,
};

pub(crate) const WITHDRAWAL: Parameter = Parameter {
    key: "power.withdrawal",
    meaning: "Share of its promised contribution that a member does not give when its say counts for nothing at all.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "concept E5; Colquitt 2001 on procedural justice (direction; value ours)",
    grade: Grade::Assumption,
};

/// Passes that bring all voices under the cap: each fills up at least one member to it, and few can be there.
const PASSES: usize = 8;

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Power<const L: usize> {
    by_size: Lane<L>,
    by_dependence: Option<Lane<L>>,
    participation: Lane<L>,
    lead_voice: Lane<L>,
    cap: Lane<L>,
    tokenism: Lane<L>,
    withdrawal: Lane<L>,
}

impl<const L: usize> Power<L> {
    /// The values in force, where voices can differ.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let leads = coordination::is_led(drawn);
        let power = Power {
            by_size: drawn.number(&BY_SIZE, 0),
            by_dependence: drawn.used(&BY_DEPENDENCE, 0),
            participation: drawn.number(&PARTICIPATION, 0),
            lead_voice: if leads { drawn.number(&LEAD_VOICE, 0) } else { Lane::ONE },
            cap: drawn.number(&CAP, 0),
            tokenism: drawn.number(&TOKENISM, 0),
            withdrawal: drawn.number(&WITHDRAWAL, 0),
        };
        // A cap alone changes nothing: equal voices are below it.
        let unequal = [&BY_SIZE, &BY_DEPENDENCE, &PARTICIPATION, &TOKENISM];
        let on = unequal.iter().any(|parameter| drawn.is_set(parameter, 0)) || leads && drawn.is_set(&LEAD_VOICE, 0);
        on.then_some(power)
    }
}

/// One month of power.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>) {
    let World { partners, partnership, rules, scratch, .. } = world;
    let Some(power) = &rules.power else { return };
    scratch.clear();
    scratch.resize(partners.len(), Lane::ZERO);
    by_right(power, partners, scratch);
    by_contribution(power.participation, partners, scratch);
    cap(power.cap, partners, scratch);
    let (members, mean) = size(partners);
    let (tokenism, withdrawal, alive) = (power.tokenism, power.withdrawal, partnership.alive);
    for (partner, &share) in partners.iter_mut().zip(scratch.iter()) {
        let lost = partner.influences.lost;
        (partner.voice, partner.influences.lost) = Lane::from_fn2(|r| {
            let unheard = if partner.normal_days[r] < mean[r] * SMALLER { tokenism[r] } else { 0.0 };
            let say = share[r] * members[r] * (1.0 - unheard);
            let left = (1.0 - lost[r]) * (1.0 - unheard * withdrawal[r]);
            (if alive[r] > 0.0 { say } else { partner.voice[r] }, 1.0 - left)
        });
    }
}

/// A member is smaller than the mean when it is so by more than rounding.
const SMALLER: f64 = 1.0 - 1e-9;

/// Members, and their mean of ordinary days.
#[inline(always)]
fn size<const L: usize>(partners: &[Partner<L>]) -> (Lane<L>, Lane<L>) {
    let (members, days) = partners.iter().fold((Lane::ZERO, Lane::ZERO), |(members, days), partner| {
        (members + partner.active, days + partner.active * partner.normal_days)
    });
    (members, days.zip(members, |days, members| days / math::max(members, 1.0)))
}

/// Shares of all voice by size, dependence and lead.
#[inline(always)]
fn by_right<const L: usize>(power: &Power<L>, partners: &[Partner<L>], shares: &mut [Lane<L>]) {
    let (_, mean) = size(partners);
    let (by_size, lead_voice) = (power.by_size, power.lead_voice);
    for (share, partner) in shares.iter_mut().zip(partners) {
        let lead = partner.leads.zip(lead_voice, |leads, voice| if leads > 0.0 { voice } else { 1.0 });
        *share = partner.active * lead * relative(partner.normal_days, mean, by_size);
    }
    if let Some(exponent) = power.by_dependence {
        let needed = Dependence::so_far(partners).on_each();
        let mean = needed.iter().fold(Lane::ZERO, |sum, &one| sum + one) * (1.0 / partners.len() as f64);
        for (share, needed) in shares.iter_mut().zip(needed) {
            // At the start nobody depends on anybody, and all have the same.
            *share *= relative(needed.map(|needed| needed + 1e-6), mean.map(|mean| mean + 1e-6), exponent);
        }
    }
    let sum = shares.iter().fold(Lane::ZERO, |sum, &share| sum + share);
    shares.iter_mut().for_each(|share| *share = share.zip(sum, |share, sum| share / math::max(sum, 1e-300)));
}

/// A quantity against its mean, to the power of an exponent.
#[inline(always)]
fn relative<const L: usize>(own: Lane<L>, mean: Lane<L>, exponent: Lane<L>) -> Lane<L> {
    own.zip(mean, |own, mean| math::max(own, 1e-9) / math::max(mean, 1e-9)).pow(exponent)
}

/// Mixes in the shares of all that was contributed so far.
#[inline(always)]
fn by_contribution<const L: usize>(participation: Lane<L>, partners: &[Partner<L>], shares: &mut [Lane<L>]) {
    let given = partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.active * partner.total.contributed);
    for (share, partner) in shares.iter_mut().zip(partners) {
        *share = Lane::from_fn(|r| {
            let own = partner.active[r] * partner.total.contributed[r];
            let earned = if given[r] > 0.0 { own / given[r] } else { share[r] };
            share[r] + participation[r] * (earned - share[r])
        });
    }
}

/// Holds every share under the cap; what is cut goes to the others in proportion to theirs.
#[inline(always)]
fn cap<const L: usize>(cap: Lane<L>, partners: &[Partner<L>], shares: &mut [Lane<L>]) {
    let (members, _) = size(partners);
    let cap = cap.zip(members, |cap, members| math::max(cap, 1.0 / math::max(members, 1.0)));
    for _ in 0..PASSES.min(partners.len()) {
        let (mut full, mut free) = (Lane::ZERO, Lane::ZERO);
        for share in shares.iter() {
            full += share.zip(cap, |share, cap| if share >= cap { cap } else { 0.0 });
            free += share.zip(cap, |share, cap| if share >= cap { 0.0 } else { share });
        }
        let stretch = full.zip(free, |full, free| if free > 0.0 { (1.0 - full) / free } else { 1.0 });
        for share in shares.iter_mut() {
            *share = Lane::from_fn(|r| if share[r] >= cap[r] { cap[r] } else { share[r] * stretch[r] });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::Setting;
    use crate::model::mechanisms::small_world;
    use crate::model::uncertainty::Uncertainty::Fixed;

    /// Voices of four partners of 60, 20, 10 and 10 staff.
    fn voices(values: &[(&'static str, f64)]) -> Vec<f64> {
        let mut inputs = small_world(4, values);
        for (partner, staff) in inputs.partners.iter_mut().zip([60.0, 20.0, 10.0, 10.0]) {
            partner.values.insert("partner.resources.staff", Setting::Number(Fixed(staff)));
            partner.values.insert("partner.resources.money", Setting::Number(Fixed(1000.0)));
        }
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        for (partner, days) in world.partners.iter_mut().zip([60.0, 20.0, 10.0, 10.0]) {
            partner.normal_days = Lane([days]);
        }
        step(&mut world);
        world.partners.iter().map(|partner| partner.voice[0]).collect()
    }

    fn near(found: &[f64], expected: &[f64]) {
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?} {expected:?}");
    }

    #[test]
    fn each_has_one_voice_when_nothing_sets_them_apart() {
        assert_eq!(voices(&[]), [1.0; 4]);
        assert_eq!(voices(&[("power.cap", 0.3)]), [1.0; 4]);
    }

    #[test]
    fn voice_in_proportion_to_days_is_on_average_one() {
        near(&voices(&[("power.voice_by_size", 1.0)]), &[2.4, 0.8, 0.4, 0.4]);
    }

    #[test]
    fn a_cap_cuts_the_greatest_voice_and_the_others_share_what_is_cut() {
        // The greatest keeps 0.3; the rest has 0.7, half of it for the one of 20: that is above the cap as well.
        near(&voices(&[("power.voice_by_size", 1.0), ("power.cap", 0.4)]), &[1.6, 1.2, 0.6, 0.6]);
        near(&voices(&[("power.voice_by_size", 1.0), ("power.cap", 0.3)]), &[1.2, 1.2, 0.8, 0.8]);
        near(&voices(&[("power.voice_by_size", 1.0), ("power.cap", 0.0)]), &[1.0; 4]);
    }

    #[test]
    fn tokenism_takes_from_the_small_alone() {
        near(&voices(&[("power.tokenism", 0.75)]), &[1.0, 0.25, 0.25, 0.25]);
    }

    #[test]
    fn who_is_heard_for_show_gives_for_show() {
        let mut inputs = small_world(2, &[("power.tokenism", 0.5), ("power.withdrawal", 0.4)]);
        inputs.partners[0].values.insert("partner.resources.staff", Setting::Number(Fixed(2.0)));
        inputs.partners[0].values.insert("partner.resources.money", Setting::Number(Fixed(10.0)));
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        world.partners[0].influences.lost = Lane([0.5]);
        step(&mut world);
        // Of the half that was left, a fifth is lost.
        assert!((world.partners[0].influences.lost[0] - 0.6).abs() < 1e-12);
        assert_eq!(world.partners[1].influences.lost[0], 0.0);
    }

    #[test]
    fn who_gave_more_has_more_voice_by_participation() {
        let mut world = World::<1>::new(&small_world(2, &[("power.participation", 0.5)]), Draws::new(1, 0));
        step(&mut world);
        near(&[world.partners[0].voice[0], world.partners[1].voice[0]], &[1.0, 1.0]);
        (world.partners[0].total.contributed, world.partners[1].total.contributed) = (Lane([3.0]), Lane([1.0]));
        step(&mut world);
        near(&[world.partners[0].voice[0], world.partners[1].voice[0]], &[1.25, 0.75]);
    }

    #[test]
    fn on_whom_the_others_depend_has_more_voice() {
        let mut world = World::<1>::new(&small_world(3, &[("power.voice_by_dependence", 1.0)]), Draws::new(1, 0));
        for (partner, given) in world.partners.iter_mut().zip([8.0, 1.0, 1.0]) {
            (partner.total.contributed, partner.total.benefit) = (Lane([given]), Lane([10.0]));
            partner.total.alone = Lane([20.0]);
        }
        step(&mut world);
        assert!(world.partners[0].voice[0] > 2.0 * world.partners[1].voice[0]);
    }
}
