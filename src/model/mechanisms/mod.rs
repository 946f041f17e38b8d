//! The month, one file a process: its schedule, and the registry of parameters.

pub mod absence;
pub mod administration;
pub mod contributions;
pub mod coordination;
pub mod culture;
pub mod decisions;
pub mod delivery;
pub mod dependence;
pub mod dialogue;
pub mod entry;
pub mod events;
pub mod exchange;
pub mod formality;
pub mod funding;
pub mod goal_setting;
pub mod interventions;
pub mod learning;
pub mod meetings;
pub mod membership;
pub mod monitoring;
pub mod morale;
pub mod power;
pub mod release;
pub mod replanning;
pub mod roles;
pub mod sharing;
pub mod staff;
pub mod tension;
pub mod terms;
pub mod trust;
pub mod users;

use crate::model::code::{Code, Part, Portable};
use crate::model::influence::{Conditions, Influences};
use crate::model::losses;
use crate::model::parameter::Parameter;
use crate::model::world::World;
use crate::model::{distance, evaluation, event, intervention, need, partner};

/// One month of every mechanism in portable code. Months count from 0.
pub fn month<const L: usize>(world: &mut World<L>, month: usize) {
    month_in::<Portable, L>(world, month);
}

/// Declares the month: each line becomes a part of it, compiled as a function of its own.
macro_rules! schedule {
    ($($mechanism:ident::$verb:ident($world:ident $(, $month:ident)?);)*) => {
        /// One month of every mechanism, in this order, in the code given.
        pub fn month_in<C: Code, const L: usize>(world: &mut World<L>, month: usize) {
            begin(world);
            $({
                struct Step<'a, const L: usize>(&'a mut World<L>, usize);
                impl<const L: usize> Part for Step<'_, L> {
                    type Output = ();
                    #[inline(always)]
                    fn live(self) {
                        let Step($world, _month) = self;
                        $(let $month = _month;)?
                        $mechanism::$verb($world $(, $month)?);
                    }
                }
                C::run(Step(&mut *world, month));
            })*
        }
    };
}

schedule! {
    events::step(world, month);         //  1. what befalls the partners from outside begins, lasts, ends
    entry::step(world, month);          //  2. newcomers come in
    funding::step(world, month);        //  3. money comes in, or does not
    release::step(world, month);        //  4. money for joint work is set free, or not yet, or refunded
    staff::step(world, month);          //  5. people who knew each other leave
    terms::step(world, month);          //  6. contracts end or go on, mandates bind
    interventions::step(world, month);  //  7. what is done about it takes effect
    power::step(world);                 //  8. voices get their weight
    dependence::step(world);            //  9. who needs whom binds or divides
    users::step(world, month);          // 10. users take part, or do not yet
    absence::step(world, month);        // 11. some stay away
    culture::step(world, month);        // 12. cultures grow together by what was heard
    meetings::step(world, month);       // 13. partners meet and hear each other
    exchange::step(world, month);       // 14. circles, check-ins and what misunderstanding costs
    dialogue::step(world);              // 15. goals move
    decisions::step(world, month);      // 16. plans are voted on, approved and come into force
    tension::step(world);               // 17. differences build up or are spoken of
    goal_setting::step(world);          // 18. goals ask for more, or for something else
    monitoring::step(world, month);     // 19. reviews see who gave what
    replanning::step(world, month);     // 20. reviews change plans, or end the partnership
    administration::step(world, month); // 21. paperwork is done, or waits
    formality::step(world, month);      // 22. contracts bind, and cost
    learning::step(world, month);       // 23. better ways of working are looked for
    coordination::step(world);          // 24. meetings and working links take their time
    roles::step(world);                 // 25. tasks are taken on, left, or done twice
    contributions::step(world, month);  // 26. promises are made and more or less kept
    delivery::step(world, month);       // 27. needs are met, jointly and separately; the twin works alone
    losses::book(world);
    evaluation::count(world, month);
    sharing::step(world);               // 28. benefits are credited and compared
    trust::step(world);                 // 29. experience changes trust
    morale::step(world);                // 30. achievement changes heart
    membership::step(world, month);     // 31. some leave; the partnership lives on or ends
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
    ("distance", distance::PARAMETERS),
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
    ("absence", absence::PARAMETERS),
    ("culture", culture::PARAMETERS),
    ("meetings", meetings::PARAMETERS),
    ("exchange", exchange::PARAMETERS),
    ("dialogue", dialogue::PARAMETERS),
    ("decisions", decisions::PARAMETERS),
    ("tension", tension::PARAMETERS),
    ("goal_setting", goal_setting::PARAMETERS),
    ("monitoring", monitoring::PARAMETERS),
    ("replanning", replanning::PARAMETERS),
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
