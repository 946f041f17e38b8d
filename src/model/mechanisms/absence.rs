//! Absence: partners that stay away from the month's meetings.
//!
//! # Does
//! Draws for each member whether something keeps it away this month; then it hears nobody and nobody hears it.
//!
//! # Why
//! Calls cost money, families need care, staff are pulled elsewhere: who is not there cannot be heard.
//!
//! # Equation
//! Attendance is 0 with chance `absence`, else as it was. The time the meetings take goes to what kept the partner away.
//!
//! # Reads
//! Nothing.
//!
//! # Writes
//! Attendance of each partner.
//!
//! # References
//! Concept D13 (infrastructure, cost of calls, worries about families); form ours.

use crate::model::drawn::Drawn;
use crate::model::draws::Purpose;
use crate::model::lanes::Lane;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&ABSENCE];

pub(crate) const ABSENCE: Parameter = Parameter {
    key: "partner.absence",
    meaning: "Chance a month that a partner takes part in no meeting.",
    unit: "chance a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept D13",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Absence<const L: usize> {
    /// Chance a month of staying away, partner by partner.
    chances: Vec<Lane<L>>,
}

impl<const L: usize> Absence<L> {
    /// The values in force; `None` where every partner always comes.
    pub fn new(drawn: &Drawn<L>, n_partners: usize) -> Option<Self> {
        let used = (0..n_partners).any(|i| drawn.is_set(&ABSENCE, i));
        used.then(|| Absence { chances: (0..n_partners).map(|i| drawn.number(&ABSENCE, i)).collect() })
    }
}

/// One month of being there or not.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let World { partners, draws, rules, .. } = world;
    let Some(absence) = &rules.absence else { return };
    for (i, partner) in partners.iter_mut().enumerate() {
        let luck = draws.uniform(Purpose::Absence, month, i, 0);
        let chance = absence.chances[i];
        partner.influences.attendance *= luck.zip(chance, |luck, chance| if luck < chance { 0.0 } else { 1.0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::{meetings, small_world};

    /// Share of partners and months with somebody heard.
    fn informed(absence: f64) -> f64 {
        let inputs = small_world(3, &[("partner.absence", absence), ("communication.quality", 1.0)]);
        let mut world = World::<16>::new(&inputs, Draws::new(1, 0));
        let mut sum = 0.0;
        for month in 0..100 {
            world.partners.iter_mut().for_each(|partner| partner.influences.attendance = Lane::ONE);
            step(&mut world, month);
            meetings::step(&mut world, month);
            sum += world.partners.iter().map(|partner| partner.informed.0.iter().sum::<f64>()).sum::<f64>();
        }
        sum / 4800.0
    }

    #[test]
    fn nobody_is_away_at_nought_and_nobody_comes_at_one() {
        let inputs = small_world(3, &[("partner.absence", 0.0)]);
        assert!(World::<1>::new(&inputs, Draws::new(1, 0)).rules.absence.is_none());
        assert_eq!(informed(1.0), 0.0);
    }

    #[test]
    fn both_have_to_come_for_one_to_hear_the_other() {
        // Each comes with chance 0.7, both with 0.49; four standard errors of 4,800 dependent pairs.
        assert!((informed(0.3) / informed(0.0) - 0.49).abs() < 0.04);
    }
}
