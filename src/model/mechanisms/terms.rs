//! Terms: contracts that end and are renewed or not, and mandates that bind.
//!
//! # Does
//! At the end of each term lets every member that has too little goodwill go; while a mandate binds, keeps members who would
//! leave, and takes some of the will to give that they would have had of their own accord.
//!
//! # Why
//! The end of a contract is when staying has to be chosen; who must stay stays, but with half a heart.
//!
//! # Equation
//! In every `n`-th month, with terms of `n` months, a member renews if its goodwill is at least the hurdle. With a mandate of
//! strength `m` both this hurdle and the goodwill at which it leaves (zero without a mandate) are lower by `S₀·m/(1 − m)`, it
//! leaves for reasons of its own with `(1 − m)` of the chance, and its urge to give falls by `w·m`.
//!
//! # Reads
//! `goodwill` and `active` of partners.
//!
//! # Writes
//! `renews`, `held` and `urge` of partners; `term_ends` of the partnership.
//!
//! # References
//! Motivation crowded out by control: Deci, Koestner and Ryan 1999 (d about −.4 for what is controlled); concepts A7, B15, C8, D6.

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::mechanisms::membership::{INITIAL_GOODWILL, leaving_point};
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&TERM_MONTHS, &RENEWAL_HURDLE, &MANDATE, &CROWDING];

pub(crate) const TERM_MONTHS: Parameter = Parameter {
    key: "governance.term_months",
    meaning: "Length of a contract, at whose end each member renews it or leaves; 0 for one without end.",
    unit: "months",
    domain: Domain::Number { low: 0.0, high: 1200.0, default: Uncertainty::Fixed(0.0) },
    source: "concept C8",
    grade: Grade::Assumption,
};

pub(crate) const RENEWAL_HURDLE: Parameter = Parameter {
    key: "membership.renewal_hurdle",
    meaning: "Goodwill that a member needs to renew its contract.",
    unit: "goodwill",
    domain: Domain::Number { low: 0.0, high: 1000.0, default: Uncertainty::Fixed(3.0) },
    source: "M13 (scale ours)",
    grade: Grade::Assumption,
};

pub(crate) const MANDATE: Parameter = Parameter {
    key: "governance.mandate",
    meaning: "How firmly a mandate binds partners to take part: 0 not at all, 1 nobody can leave.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concepts B15, D6",
    grade: Grade::Assumption,
};

pub(crate) const CROWDING: Parameter = Parameter {
    key: "governance.crowding",
    meaning: "What a full mandate takes from what a partner means to give.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.08) },
    source: "Deci, Koestner & Ryan 1999 (d about −.4; 0.2 of the pooled share for a d of 1)",
    grade: Grade::General,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Terms<const L: usize> {
    months: Lane<L>,
    hurdle: Lane<L>,
    mandate: Lane<L>,
    crowding: Lane<L>,
}

impl<const L: usize> Terms<L> {
    /// The values in force; `None` where there is neither a term nor a mandate.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let (months, mandate) = (drawn.number(&TERM_MONTHS, 0), drawn.number(&MANDATE, 0));
        let lowest = drawn.number(&INITIAL_GOODWILL, 0).zip(mandate, |initial, held| leaving_point(initial, held));
        (months.any() || mandate.any()).then(|| Terms {
            months,
            hurdle: drawn.number(&RENEWAL_HURDLE, 0) + lowest,
            mandate,
            crowding: drawn.number(&CROWDING, 0) * mandate,
        })
    }
}

/// One month of contracts and mandates.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let World { partners, partnership, rules, .. } = world;
    let Some(rules) = &rules.terms else { return };
    let ends = rules.months.map(|months| term_ends(month, months));
    partnership.term_ends = ends;
    for partner in partners.iter_mut() {
        let goodwill = partner.goodwill;
        let influences = &mut partner.influences;
        influences.renews = Lane::from_fn(|r| if ends[r] > 0.0 && goodwill[r] < rules.hurdle[r] { 0.0 } else { 1.0 });
        influences.held = rules.mandate;
        influences.urge -= rules.crowding;
    }
}

/// 1 in the last month of a term, months counted from 0.
#[inline(always)]
fn term_ends(month: usize, term: f64) -> f64 {
    // Terms that have ended by the end of this month and of the one before.
    let ended = |months: f64| if term > 0.0 { (months / term) as u64 } else { 0 };
    if ended(month as f64 + 1.0) > ended(month as f64) { 1.0 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::Setting;
    use crate::model::mechanisms::{self, small_world};

    /// Three partners with goodwill 8, 2 and −2 before a last month of a term of one month, in which nothing else moves them.
    fn members(values: &[(&'static str, f64)]) -> [f64; 3] {
        let still = [
            ("membership.drift", 0.0),
            ("membership.volatility", 0.0),
            ("membership.exit_hazard", 0.0),
            ("membership.closure_hazard", 0.0),
            ("membership.advantage_effect", 0.0),
            ("membership.minimum_share", 0.0),
        ];
        let mut inputs = small_world(3, &[&still, values].concat());
        inputs.values.insert("membership.minimum_partners", Setting::Whole(1));
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        let goodwill = [8.0, 2.0, -2.0];
        world.partners.iter_mut().zip(goodwill).for_each(|(partner, goodwill)| partner.goodwill = Lane([goodwill]));
        mechanisms::month(&mut world, 0);
        [0, 1, 2].map(|i| world.partners[i].active[0])
    }

    #[test]
    fn without_term_and_mandate_there_is_nothing_to_do() {
        assert!(World::<1>::new(&small_world(2, &[]), Draws::new(1, 0)).rules.terms.is_none());
    }

    #[test]
    fn a_term_ends_in_every_nth_month() {
        let ends: Vec<usize> = (0..13).filter(|&month| term_ends(month, 4.0) > 0.0).collect();
        assert_eq!(ends, [3, 7, 11]);
        assert_eq!((term_ends(0, 1.0), term_ends(5, 0.0)), (1.0, 0.0));
    }

    #[test]
    fn who_lacks_goodwill_at_the_end_of_a_term_goes_and_a_mandate_holds_it() {
        assert_eq!(members(&[]), [1.0, 1.0, 0.0]);
        assert_eq!(members(&[("governance.term_months", 1.0)]), [1.0, 0.0, 0.0]);
        assert_eq!(members(&[("governance.term_months", 2.0)]), [1.0, 1.0, 0.0]);
        // By hand: with a mandate of a tenth one leaves at −10·0.1/0.9 = −1.1 and renews from 3 − 1.1.
        assert_eq!(members(&[("governance.mandate", 0.1)]), [1.0, 1.0, 0.0]);
        assert_eq!(members(&[("governance.mandate", 0.1), ("governance.term_months", 1.0)]), [1.0, 1.0, 0.0]);
        assert_eq!(members(&[("governance.mandate", 0.5)]), [1.0, 1.0, 1.0]);
        assert_eq!(members(&[("governance.mandate", 1.0), ("governance.term_months", 1.0)]), [1.0, 1.0, 1.0]);
    }

    #[test]
    fn a_mandate_takes_its_part_of_the_will_to_give() {
        let mut world = World::<1>::new(&small_world(2, &[("governance.mandate", 0.5)]), Draws::new(1, 0));
        step(&mut world, 0);
        assert!((world.partners[0].influences.urge[0] + 0.04).abs() < 1e-12);
        assert_eq!(world.partners[0].influences.held[0], 0.5);
    }
}
