//! The month, one file a process: its schedule, and the registry of parameters.

pub mod absence;
pub mod contributions;
pub mod coordination;
pub mod culture;
pub mod delivery;
pub mod dialogue;
pub mod exchange;
pub mod funding;
pub mod goal_setting;
pub mod meetings;
pub mod membership;
pub mod monitoring;
pub mod morale;
pub mod replanning;
pub mod sharing;
pub mod tension;
pub mod trust;

use crate::model::influence::{Conditions, Influences};
use crate::model::parameter::Parameter;
use crate::model::world::World;
use crate::model::{distance, need, partner};

/// One month of every mechanism, in this order. Months count from 0.
#[inline(always)]
pub fn month<const L: usize>(world: &mut World<L>, month: usize) {
    begin(world);
    funding::step(world, month); //        1. money comes in, or does not
    absence::step(world, month); //        2. some stay away
    culture::step(world, month); //        3. cultures grow together by what was heard
    meetings::step(world, month); //       4. partners meet and hear each other
    exchange::step(world, month); //       5. circles, check-ins and what misunderstanding costs
    dialogue::step(world); //              6. goals move
    tension::step(world); //               7. differences build up or are spoken of
    goal_setting::step(world); //          8. goals ask for more, or for something else
    monitoring::step(world, month); //     9. reviews see who gave what
    replanning::step(world, month); //     10. reviews change plans, or end the partnership
    coordination::step(world); //          11. meetings and working links take their time
    contributions::step(world, month); //  12. promises are made and more or less kept
    delivery::step(world, month); //       13. needs are met, jointly and separately; the twin works alone
    sharing::step(world); //               14. benefits are credited and compared
    trust::step(world); //                 15. experience changes trust
    morale::step(world); //                16. achievement changes heart
    membership::step(world, month); //     17. some leave; the partnership lives on or ends
}

/// Influences of the month before no longer hold.
#[inline(always)]
fn begin<const L: usize>(world: &mut World<L>) {
    world.partnership.conditions = Conditions::default();
    for partner in &mut world.partners {
        partner.influences = Influences::default();
    }
}

/// Every parameter a scenario can set, by the part of the model that declares it, in the order of the documents.
pub const PARAMETERS: &[(&str, &[&Parameter])] = &[
    ("partner", partner::PARAMETERS),
    ("need", need::PARAMETERS),
    ("distance", distance::PARAMETERS),
    ("funding", funding::PARAMETERS),
    ("absence", absence::PARAMETERS),
    ("culture", culture::PARAMETERS),
    ("meetings", meetings::PARAMETERS),
    ("exchange", exchange::PARAMETERS),
    ("dialogue", dialogue::PARAMETERS),
    ("tension", tension::PARAMETERS),
    ("goal_setting", goal_setting::PARAMETERS),
    ("monitoring", monitoring::PARAMETERS),
    ("replanning", replanning::PARAMETERS),
    ("coordination", coordination::PARAMETERS),
    ("contributions", contributions::PARAMETERS),
    ("delivery", delivery::PARAMETERS),
    ("sharing", sharing::PARAMETERS),
    ("trust", trust::PARAMETERS),
    ("morale", morale::PARAMETERS),
    ("membership", membership::PARAMETERS),
];

/// Every parameter a scenario can set.
pub fn parameters() -> impl Iterator<Item = &'static Parameter> {
    PARAMETERS.iter().flat_map(|(_, parameters)| parameters.iter().copied())
}

/// Inputs for tests: `n` equal partners, one need, two skills, everything else by default but for the values given.
#[cfg(test)]
pub fn small_world(n: usize, values: &[(&'static str, f64)]) -> crate::model::inputs::Inputs {
    use crate::model::inputs::{Inputs, NeedInputs, PartnerInputs, Setting};
    use crate::model::uncertainty::Uncertainty::Fixed;
    let partner = |i| PartnerInputs {
        name: format!("partner {i}"),
        sector: "council".into(),
        skills: vec![Fixed(0.5), Fixed(0.5)],
        goals: vec![Some(Fixed(0.5))],
        ..PartnerInputs::default()
    };
    let need = NeedInputs { name: "care".into(), skills: vec![Fixed(0.5), Fixed(0.5)], ..NeedInputs::default() };
    let mut inputs = Inputs {
        horizon_months: 24,
        partners: (0..n).map(partner).collect(),
        needs: vec![need],
        skills: vec!["clinical".into(), "social".into()],
        ..Inputs::default()
    };
    for &(key, value) in values {
        inputs.set(key, Setting::Number(Fixed(value)));
    }
    inputs
}
