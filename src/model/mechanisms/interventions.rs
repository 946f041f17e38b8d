//! Interventions: what is done to make the partnership work better, from a month to a month, at a cost.
//!
//! # Does
//! Lets the effect of each intervention stand at its dose while it runs and fade after it has ended, and turns it into
//! what the other mechanisms read: goals and hopes that come together, clear roles, heart and skill, meetings that get
//! more across, cultures that draw nearer, learning, broken trust mended, help for those at the margin. Books its cost.
//!
//! # Why
//! Each has its advocates; only beside its cost, its target and its decay can it be compared with doing nothing.
//!
//! # Equation
//! Level `e ← max((1 − decay)·e, dose)` while it runs, `(1 − decay)·e` afterwards; `w` the size of its effect at full dose, a
//! parameter of each kind. Purpose: `goal ← goal + w·e·(joint goal − goal)`, hopes likewise towards the achievement of the
//! month before. Conflict: `broken ← broken·(1 − w·e)` in the ties of its partners. The others add `w·e` to an influence of its
//! partners, or to a condition for all by the share of the partners who take part. Cost falls due while it runs, whatever the dose.
//!
//! # Reads
//! The interventions of the scenario; goals, joint goals, hopes, `active`, ordinary days, joint and intended value.
//!
//! # Writes
//! `interventions` of the world; goals, hopes; `broken` of ties; `urge`, `lift`, `voice_skill`, `support`, `relief`,
//! `days_away` of partners; `hearing`, `clearing`, `role_clarity`, `bridging`, `learning`, `spent` among the conditions.
//!
//! # References
//! Coaching: Theeboom 2014 (g .43 to .74); facilitation: Tannenbaum and Cerasoli 2013 (d .67); role clarification as team
//! building: Klein 2009. No source gives rates of decay. Concepts D12, E7, E8.

mod effects;

use crate::model::drawn::Drawn;
use crate::model::influence::both;
use crate::model::intervention;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::morale::achievement;
use crate::model::partner::Partner;
use crate::model::world::World;
use effects::Effects;
pub use effects::PARAMETERS;

/// The interventions of a scenario and the parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Interventions<const L: usize> {
    list: Vec<Intervention<L>>,
    effects: Effects<L>,
}

/// One intervention.
#[derive(Debug, Clone)]
struct Intervention<const L: usize> {
    kind: Kind,
    /// Positions of the partners it is meant for.
    concerns: Vec<usize>,
    /// Their share of all partners.
    part: f64,
    start: Lane<L>,
    end: Lane<L>,
    dose: Lane<L>,
    cost: Lane<L>,
    kept: Lane<L>,
}

/// What is done, in the order of the words of `intervention.kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    ResetPurpose,
    MapRoles,
    Coaching,
    FacilitatedEvents,
    Secondment,
    LearningSets,
    ConflictResolution,
    CultureWork,
    ExternalSupport,
}

const KINDS: [Kind; 9] = [
    Kind::ResetPurpose,
    Kind::MapRoles,
    Kind::Coaching,
    Kind::FacilitatedEvents,
    Kind::Secondment,
    Kind::LearningSets,
    Kind::ConflictResolution,
    Kind::CultureWork,
    Kind::ExternalSupport,
];

impl<const L: usize> Interventions<L> {
    /// The interventions of the scenario; `None` where it has none.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let inputs = drawn.inputs();
        let list = inputs.interventions.iter().enumerate().map(|(at, given)| {
            let concerns = inputs.concerned(given);
            Intervention {
                kind: KINDS[drawn.choice(&intervention::KIND, at)],
                part: concerns.len() as f64 / inputs.partners.len().max(1) as f64,
                concerns,
                start: drawn.number(&intervention::START, at),
                end: drawn.number(&intervention::END, at),
                dose: drawn.number(&intervention::DOSE, at),
                cost: drawn.number(&intervention::COST, at),
                kept: Lane::ONE - drawn.number(&intervention::DECAY, at),
            }
        });
        let list: Vec<_> = list.collect();
        (!list.is_empty()).then(|| Interventions { list, effects: Effects::new(drawn) })
    }

    /// 1 where the intervention at a position of the scenario's list is being done in a month counted from 0.
    #[inline(always)]
    pub fn running(&self, at: usize, month: usize) -> Lane<L> {
        let (now, start, end) = (month as f64 + 1.0, self.list[at].start, self.list[at].end);
        Lane::from_fn(|r| if now >= start[r] && now <= end[r] { 1.0 } else { 0.0 })
    }

    /// Whether any of them brings cultures nearer.
    pub fn bridge(&self) -> bool {
        self.list.iter().any(|one| matches!(one.kind, Kind::Secondment | Kind::CultureWork))
    }
}

/// One month of interventions.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let Some(rules) = world.rules.interventions.take() else { return };
    for (at, one) in rules.list.iter().enumerate() {
        let running = rules.running(at, month);
        let before = world.interventions[at];
        let level = Lane::from_fn(|r| math::max(one.kept[r] * before[r], one.dose[r] * running[r]));
        world.interventions[at] = level;
        world.partnership.conditions.spent += one.cost * running;
        if level.any() {
            on_the_whole(world, &rules.effects, one, level);
            on_partners(world, &rules.effects, one, level);
            if one.kind == Kind::ResetPurpose {
                reset_purpose(world, &one.concerns, rules.effects.purpose * level, month > 0);
            }
        }
    }
    world.rules.interventions = Some(rules);
}

/// What an intervention at a level does to what all share.
#[inline(always)]
fn on_the_whole<const L: usize>(world: &mut World<L>, effects: &Effects<L>, one: &Intervention<L>, level: Lane<L>) {
    let conditions = &mut world.partnership.conditions;
    let level = level * one.part;
    match one.kind {
        Kind::MapRoles => conditions.role_clarity = both(conditions.role_clarity, level),
        Kind::LearningSets => conditions.learning = both(conditions.learning, level),
        Kind::Secondment => conditions.bridging = both(conditions.bridging, effects.secondment * level),
        Kind::CultureWork => conditions.bridging = both(conditions.bridging, effects.culture * level),
        Kind::FacilitatedEvents => {
            let effect = effects.facilitation * level;
            // A chance that this lifts above one is one.
            conditions.hearing *= Lane::ONE + effect;
            conditions.clearing = both(conditions.clearing, effect);
        }
        _ => {}
    }
}

/// What an intervention at a level does to the partners it is meant for.
#[inline(always)]
fn on_partners<const L: usize>(world: &mut World<L>, effects: &Effects<L>, one: &Intervention<L>, level: Lane<L>) {
    for &i in &one.concerns {
        let Partner { influences, normal_days, .. } = &mut world.partners[i];
        match one.kind {
            Kind::Coaching => {
                influences.urge += effects.coaching * level;
                influences.lift += effects.coaching_morale * level;
                influences.voice_skill = both(influences.voice_skill, level);
            }
            Kind::Secondment => influences.days_away += effects.secondment_days * level * *normal_days,
            Kind::LearningSets => influences.days_away += effects.learning_days * level * *normal_days,
            Kind::ExternalSupport => {
                influences.urge += effects.support * level;
                influences.support = both(influences.support, level);
                influences.relief = both(influences.relief, effects.support_relief * level);
            }
            _ => {}
        }
    }
    if one.kind == Kind::ConflictResolution {
        let kept = Lane::ONE - effects.resolution * level;
        let concerned = |i: usize| one.concerns.contains(&i);
        for tie in world.ties.iter_mut().filter(|tie| concerned(tie.ends.0) || concerned(tie.ends.1)) {
            tie.broken[0] *= kept;
            tie.broken[1] *= kept;
        }
    }
}

/// Goals of members go a share of the way to the joint ones, hopes to what was achieved last month, if there was one.
#[inline(always)]
fn reset_purpose<const L: usize>(world: &mut World<L>, concerns: &[usize], share: Lane<L>, achieved_before: bool) {
    let n_needs = world.n_needs();
    let World { partners, partnership, goals, .. } = world;
    let achieved =
        partnership.joint_value.zip(partnership.intended_value, |joint, intended| achievement(joint, intended));
    for &i in concerns {
        let partner = &mut partners[i];
        let share = share * partner.active;
        for k in 0..n_needs {
            let own = &mut goals[i * n_needs + k];
            *own += share * (partnership.goals[k] - *own);
        }
        if achieved_before {
            partner.hopes += share * (achieved - partner.hopes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::{DatedInputs, Inputs, Setting};
    use crate::model::mechanisms::{self, small_world};
    use crate::model::uncertainty::Uncertainty;

    /// Three partners and an intervention of a kind at full dose in months 2 and 3, meant for some of them.
    fn under(kind: usize, partners: &[usize]) -> Inputs {
        let mut inputs = small_world(3, &[("communication.sector_distance", 2.0)]);
        inputs.partners[2].sector = "charity".into();
        let mut given = DatedInputs { name: "it".into(), partners: partners.to_vec(), ..DatedInputs::default() };
        given.values.insert("intervention.kind", Setting::Choice(kind));
        let numbers = [("start", 2.0), ("end", 3.0), ("dose", 1.0), ("cost", 5.0), ("decay", 0.5)];
        for (key, value) in numbers {
            let key = intervention::PARAMETERS.iter().find(|parameter| parameter.local_key() == key).unwrap().key;
            given.values.insert(key, Setting::Number(Uncertainty::Fixed(value)));
        }
        inputs.interventions.push(given);
        inputs
    }

    fn after(kind: usize, partners: &[usize], months: usize) -> World<1> {
        let mut world = World::new(&under(kind, partners), Draws::new(1, 0));
        (0..months).for_each(|month| mechanisms::month(&mut world, month));
        world
    }

    #[test]
    fn the_level_stands_at_the_dose_and_fades_by_half_and_cost_falls_due_while_it_runs() {
        let months: Vec<_> = (1..6).map(|months| after(1, &[], months)).collect();
        let levels: Vec<f64> = months.iter().map(|world| world.interventions[0][0]).collect();
        assert_eq!(levels, [0.0, 1.0, 1.0, 0.5, 0.25]);
        let spent: Vec<f64> = months.iter().map(|world| world.partnership.conditions.spent[0]).collect();
        assert_eq!(spent, [0.0, 5.0, 5.0, 0.0, 0.0]);
        assert_eq!(months[4].partnership.total.levied[0], 10.0);
    }

    #[test]
    fn what_was_done_without_a_dose_or_a_cost_changes_nothing() {
        for kind in 0..KINDS.len() {
            let mut idle = under(kind, &[]);
            for key in ["intervention.dose", "intervention.cost"] {
                idle.set(key, Setting::Number(Uncertainty::Fixed(0.0)));
            }
            let [a, b] = [idle.clone(), Inputs { interventions: vec![], ..idle }].map(|inputs| {
                let mut world = World::<4>::new(&inputs, Draws::new(1, 0));
                (0..24).for_each(|month| mechanisms::month(&mut world, month));
                (world.partnership.total.value, world.partners[2].goodwill, world.goals[0])
            });
            assert_eq!(a, b, "{kind}");
        }
    }

    #[test]
    fn each_reaches_what_it_is_meant_for_and_no_more() {
        let whole = |kind| after(kind, &[0], 2).partnership.conditions;
        // One of three takes part.
        assert!((whole(1).role_clarity[0] - 1.0 / 3.0).abs() < 1e-12 && whole(2).role_clarity[0] == 0.0);
        assert!((whole(5).learning[0] - 1.0 / 3.0).abs() < 1e-12 && whole(4).learning[0] == 0.0);
        assert!(whole(4).bridging[0] > 0.0 && whole(7).bridging[0] > 0.0 && whole(5).bridging[0] == 0.0);
        assert!(whole(3).hearing[0] > 1.0 && whole(3).clearing[0] > 0.0 && whole(8).hearing[0] == 1.0);
        let coached = after(2, &[0], 2);
        assert!(coached.partners[0].influences.urge[0] > 0.0 && coached.partners[1].influences.urge[0] == 0.0);
        let supported = after(8, &[0], 2);
        assert_eq!(supported.partners[0].influences.support[0], 1.0);
        assert!(supported.partners[0].coordination_days_gross[0] < supported.partners[1].coordination_days_gross[0]);
    }

    #[test]
    fn secondment_brings_far_cultures_within_hearing_and_takes_days() {
        let [before, then] = [1, 2].map(|months| after(4, &[], months));
        assert_eq!(before.partners[0].influences.days_away[0], 0.0);
        // Full dose: a twentieth of the ordinary days, half the distance of 2 to the charity.
        let days = then.partners[0].influences.days_away[0];
        assert!((days - 0.05 * then.partners[0].normal_days[0]).abs() < 1e-9);
        assert!((then.partners[2].link_load[0] - 4.0).abs() < 1e-12 && before.partners[2].link_load[0] == 6.0);
    }

    #[test]
    fn a_reset_of_purpose_draws_goals_together_and_hopes_down_worked_by_hand() {
        let mut world = after(0, &[], 1);
        (world.goals[0], world.partners[0].hopes) = (Lane([0.9]), Lane([0.8]));
        world.partnership.goals[0] = Lane([0.4]);
        (world.partnership.joint_value, world.partnership.intended_value) = (Lane([3.0]), Lane([10.0]));
        step(&mut world, 1);
        // A fifth of the way at full dose: 0.9 − 0.2·0.5 and 0.8 − 0.2·0.5.
        assert!((world.goals[0][0] - 0.8).abs() < 1e-12 && (world.partners[0].hopes[0] - 0.7).abs() < 1e-12);
    }

    #[test]
    fn a_mediator_mends_a_fifth_of_what_was_broken_with_those_concerned() {
        let mut world = after(6, &[0], 1);
        world.ties.iter_mut().for_each(|tie| tie.broken = [Lane([1.0]); 2]);
        step(&mut world, 1);
        let broken: Vec<_> = world.ties.iter().map(|tie| tie.broken[0][0]).collect();
        assert_eq!(broken, [0.8, 0.8, 1.0]);
    }
}
