//! The month, one file a process: its schedule, and the registry of parameters.

pub mod administration;
pub mod contributions;
pub mod coordination;
pub mod decisions;
pub mod delivery;
pub mod dependence;
pub mod dialogue;
pub mod entry;
pub mod events;
pub mod formality;
pub mod funding;
pub mod interventions;
pub mod learning;
pub mod meetings;
pub mod membership;
pub mod morale;
pub mod power;
pub mod release;
pub mod roles;
pub mod sharing;
pub mod staff;
pub mod terms;
pub mod trust;
pub mod users;

use crate::model::influence::{Conditions, Influences};
use crate::model::losses;
use crate::model::parameter::Parameter;
use crate::model::world::World;
use crate::model::{evaluation, event, intervention, need, partner};

/// One month of every mechanism, in this order. Months count from 0.
#[inline(always)]
pub fn month<const L: usize>(world: &mut World<L>, month: usize) {
    begin(world);
    events::step(world, month); //          1. what befalls the partners from outside begins, lasts, ends
    entry::step(world, month); //           2. newcomers come in
    funding::step(world, month); //         3. money comes in, or does not
    release::step(world, month); //         4. money for joint work is set free, or not yet, or refunded
    staff::step(world, month); //           5. people who knew each other leave
    terms::step(world, month); //           6. contracts end or go on, mandates bind
    interventions::step(world, month); //   7. what is done about it takes effect
    power::step(world); //                  8. voices get their weight
    dependence::step(world); //             9. who needs whom binds or divides
    users::step(world, month); //          10. users take part, or do not yet
    meetings::step(world, month); //       11. partners meet and hear each other
    dialogue::step(world); //              12. goals move
    decisions::step(world, month); //      13. plans are voted on, approved and come into force
    administration::step(world, month); // 14. paperwork is done, or waits
    formality::step(world, month); //      15. contracts bind, and cost
    learning::step(world, month); //       16. better ways of working are looked for
    coordination::step(world); //          17. meetings and working links take their time
    roles::step(world); //                 18. tasks are taken on, left, or done twice
    contributions::step(world, month); //  19. promises are made and more or less kept
    delivery::step(world, month); //       20. needs are met, jointly and separately; the twin works alone
    losses::book(world);
    evaluation::count(world, month);
    sharing::step(world); //               21. benefits are credited and compared
    trust::step(world); //                 22. experience changes trust
    morale::step(world); //                23. achievement changes heart
    membership::step(world, month); //     24. some leave; the partnership lives on or ends
}

/// Influences of the month before no longer hold, and who led may have left.
#[inline(always)]
fn begin<const L: usize>(world: &mut World<L>) {
    world.partnership.conditions = Conditions::default();
    for partner in &mut world.partners {
        partner.influences = Influences::default();
    }
    coordination::appoint(world);
}

/// Every parameter a scenario can set, by the part of the model that declares it, in the order of the documents.
pub const PARAMETERS: &[(&str, &[&Parameter])] = &[
    ("partner", partner::PARAMETERS),
    ("need", need::PARAMETERS),
    ("event", event::PARAMETERS),
    ("intervention", intervention::PARAMETERS),
    ("events", events::PARAMETERS),
    ("entry", entry::PARAMETERS),
    ("funding", funding::PARAMETERS),
    ("release", release::PARAMETERS),
    ("staff", staff::PARAMETERS),
    ("terms", terms::PARAMETERS),
    ("interventions", interventions::PARAMETERS),
    ("power", power::PARAMETERS),
    ("dependence", dependence::PARAMETERS),
    ("users", users::PARAMETERS),
    ("meetings", meetings::PARAMETERS),
    ("dialogue", dialogue::PARAMETERS),
    ("decisions", decisions::PARAMETERS),
    ("administration", administration::PARAMETERS),
    ("formality", formality::PARAMETERS),
    ("learning", learning::PARAMETERS),
    ("coordination", coordination::PARAMETERS),
    ("roles", roles::PARAMETERS),
    ("contributions", contributions::PARAMETERS),
    ("delivery", delivery::PARAMETERS),
    ("sharing", sharing::PARAMETERS),
    ("trust", trust::PARAMETERS),
    ("morale", morale::PARAMETERS),
    ("membership", membership::PARAMETERS),
    ("evaluation", evaluation::PARAMETERS),
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
