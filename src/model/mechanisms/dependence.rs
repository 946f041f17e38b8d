//! Dependence: what each member has at stake with each other one, how mutual that is, and what it does to joint work.
//!
//! # Does
//! Works out how much each member depends on each other from all that has happened so far, raises joint output with dependence
//! that is mutual, and lowers what the stronger side of a one-sided one puts in.
//!
//! # Why
//! Who is needed and can do without the others has power over them. Mutual dependence binds; an advantage is used.
//!
//! # Equation
//! `x_ij = benefit_i/alone_i · given_j/Σ_{k≠i} given_k`, the stake over the alternative, split by who provided it; `D_ij = x/(1 + x)`.
//! Output is multiplied by `1 + a·mean(D_ij + D_ji)/2` over the pairs of members; a member's wish to give falls by
//! `b·mean over the others of max(D_ji − D_ij, 0)`.
//!
//! # Reads
//! Totals of benefit, contributions and alone value, `active` of partners.
//!
//! # Writes
//! The condition of joint output; the urge of each partner.
//!
//! # References
//! Emerson 1962 (M14); Gulati and Sytch 2007: joint dependence helps, the strong side's advantage lowers its own performance.

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::Partner;
use crate::model::uncertainty::Uncertainty;
use crate::model::world::{self, World};

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&JOINT_EFFECT, &ASYMMETRY_EFFECT];

pub(crate) const JOINT_EFFECT: Parameter = Parameter {
    key: "power.joint_effect",
    meaning: "What full mutual dependence adds to the output of a day of joint work.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 2.0, default: Uncertainty::Fixed(0.0) },
    source: "M14 Gulati & Sytch 2007 (direction; scale ours)",
    grade: Grade::Assumption,
};

pub(crate) const ASYMMETRY_EFFECT: Parameter = Parameter {
    key: "power.asymmetry_effect",
    meaning: "What a member on whom the others depend one-sidedly takes off its contribution.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 2.0, default: Uncertainty::Fixed(0.0) },
    source: "M14 Gulati & Sytch 2007 (direction; scale ours)",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Effects<const L: usize> {
    joint: Lane<L>,
    asymmetry: Lane<L>,
}

impl<const L: usize> Effects<L> {
    /// The values in force, where dependence has an effect.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let on = [&JOINT_EFFECT, &ASYMMETRY_EFFECT].iter().any(|parameter| drawn.is_set(parameter, 0));
        on.then(|| Effects { joint: drawn.number(&JOINT_EFFECT, 0), asymmetry: drawn.number(&ASYMMETRY_EFFECT, 0) })
    }
}

/// How much each partner depends on each other one.
#[derive(Debug, Clone)]
pub struct Dependence<const L: usize> {
    /// What each has at stake against its alternative.
    stakes: Vec<Lane<L>>,
    given: Vec<Lane<L>>,
    all_given: Lane<L>,
}

impl<const L: usize> Dependence<L> {
    /// From all that has happened so far.
    #[inline(always)]
    pub fn so_far(partners: &[Partner<L>]) -> Self {
        let stake = |partner: &Partner<L>| {
            partner.total.benefit.zip(partner.total.alone, |benefit, alone| benefit / math::max(alone, 1e-9))
        };
        let given: Vec<Lane<L>> = partners.iter().map(|partner| partner.total.contributed).collect();
        Dependence {
            stakes: partners.iter().map(stake).collect(),
            all_given: given.iter().fold(Lane::ZERO, |sum, &one| sum + one),
            given,
        }
    }

    /// How much `i` depends on `j`, between 0 and 1.
    #[inline(always)]
    pub fn of(&self, i: usize, j: usize) -> Lane<L> {
        let (stake, given, own) = (self.stakes[i], self.given[j], self.given[i]);
        let all = self.all_given;
        Lane::from_fn(|r| dependence(stake[r], given[r], all[r] - own[r]))
    }

    /// How much the others depend on each.
    #[inline(always)]
    pub fn on_each(&self) -> Vec<Lane<L>> {
        let n = self.stakes.len();
        let mut sums = vec![Lane::ZERO; n];
        for i in 0..n {
            for (j, sum) in sums.iter_mut().enumerate().filter(|(j, _)| *j != i) {
                *sum += self.of(i, j);
            }
        }
        sums
    }
}

/// Sums over all pairs of partners of their dependence on each other, and of the difference between the two.
pub fn pairs<const L: usize>(world: &World<L>) -> (Lane<L>, Lane<L>) {
    let dependence = Dependence::so_far(&world.partners);
    let (mut sum, mut difference) = (Lane::ZERO, Lane::ZERO);
    for i in 0..world.partners.len() {
        for j in i + 1..world.partners.len() {
            let (forth, back) = (dependence.of(i, j), dependence.of(j, i));
            sum += forth + back;
            difference += (forth - back).map(math::abs);
        }
    }
    (sum, difference)
}

/// One month of what dependence does.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>) {
    let World { partners, partnership, rules, scratch, .. } = world;
    let Some(effects) = &rules.dependence else { return };
    let dependence = Dependence::so_far(partners);
    scratch.clear();
    scratch.resize(partners.len(), Lane::ZERO);
    let (mut joint, mut pairs) = (Lane::ZERO, Lane::ZERO);
    for i in 0..partners.len() {
        for j in i + 1..partners.len() {
            let both = partners[i].active * partners[j].active;
            let (forth, back) = (dependence.of(i, j), dependence.of(j, i));
            joint += both * (forth + back) * 0.5;
            pairs += both;
            scratch[i] += both * (back - forth).map(|ahead| math::max(ahead, 0.0));
            scratch[j] += both * (forth - back).map(|ahead| math::max(ahead, 0.0));
        }
    }
    let mean = joint.zip(pairs, |joint, pairs| joint / math::max(pairs, 1.0));
    partnership.conditions.output *= Lane::ONE + effects.joint * mean;
    let members = world::members(partners);
    let others = members.map(|members| 1.0 / math::max(members - 1.0, 1.0));
    for (partner, &ahead) in partners.iter_mut().zip(scratch.iter()) {
        partner.influences.urge -= effects.asymmetry * ahead * others;
    }
}

/// Stake over alternative, of what one of the others provided, held between 0 and 1.
#[inline(always)]
fn dependence(stake: f64, given: f64, given_by_others: f64) -> f64 {
    let ratio = math::max(stake, 0.0) * given / math::max(given_by_others, 1e-9);
    if given > 0.0 { ratio / (1.0 + ratio) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    /// Three partners: the first gave twelve days of eighteen; all had ten at stake against ten alone.
    fn world(values: &[(&'static str, f64)]) -> World<1> {
        let mut world = World::<1>::new(&small_world(3, values), Draws::new(1, 0));
        for (partner, given) in world.partners.iter_mut().zip([12.0, 3.0, 3.0]) {
            (partner.total.contributed, partner.total.benefit) = (Lane([given]), Lane([10.0]));
            partner.total.alone = Lane([10.0]);
        }
        world
    }

    #[test]
    fn dependence_worked_by_hand() {
        let dependence = Dependence::so_far(&world(&[]).partners);
        // The second has a stake of 1, of which 12/15 came from the first: 0.8/1.8. The first: half of its stake from the second.
        assert!((dependence.of(1, 0)[0] - 0.8 / 1.8).abs() < 1e-12);
        assert!((dependence.of(0, 1)[0] - 0.5 / 1.5).abs() < 1e-12);
        assert!((dependence.of(1, 2)[0] - 0.2 / 1.2).abs() < 1e-12);
    }

    #[test]
    fn without_effects_nothing_changes() {
        let mut world = world(&[]);
        step(&mut world);
        assert_eq!((world.partnership.conditions.output[0], world.partners[0].influences.urge[0]), (1.0, 0.0));
    }

    #[test]
    fn mutual_dependence_raises_output_and_the_strong_side_gives_less() {
        let mut world = world(&[("power.joint_effect", 0.3), ("power.asymmetry_effect", 0.5)]);
        step(&mut world);
        assert!(world.partnership.conditions.output[0] > 1.0);
        let urge: Vec<f64> = world.partners.iter().map(|partner| partner.influences.urge[0]).collect();
        assert!((urge[0] + 0.5 * (0.8 / 1.8 - 0.5 / 1.5)).abs() < 1e-12, "{urge:?}");
        assert_eq!(urge[1..], [0.0, 0.0]);
    }

    #[test]
    fn nobody_depends_on_who_gives_nothing_and_dependence_stays_below_one() {
        assert_eq!(dependence(5.0, 0.0, 0.0), 0.0);
        assert!(dependence(1e12, 5.0, 5.0) <= 1.0);
    }
}
