//! Events: what befalls the partners from outside, on a date or by chance.
//!
//! # Does
//! Lets each event of the scenario begin, last and end, and does to the partners it concerns what it does: moves mandates
//! and makes joint work be redone (change of policy), takes days, heart and acquaintance (restructuring), takes
//! acquaintance alone (staff who leave), ends the grant (a sponsor withdraws), raises demand and calls partners to their own
//! duties (crisis), or cuts incomes.
//!
//! # Why
//! Partnerships are planned for ordinary years and live through the others.
//!
//! # Equation
//! An event begins in the month it is scheduled for, and besides with chance `rate` in each month in which it is not under way; it
//! lasts `months`. With `s` its size: mandate `← mandate + s·z`, held between 0 and 1, `z` standard normal, once; share of joint
//! work lost `s` while it lasts; experience in a tie `← (1 − s)·experience`, once; morale `− m·s`, once; days
//! `·(1 − d·s)`, demand `·(1 + s)`, income `·(1 − s)` while it lasts. What acts at once on one partner adds up without counting
//! twice, `1 − Π(1 − s)`.
//!
//! # Reads
//! The events of the scenario.
//!
//! # Writes
//! `events` of the world; mandates; experience in ties; `lost`, `lift`, `busy`, `income` of partners; `demand` and `sponsor`
//! among the conditions.
//!
//! # References
//! Exceptions and rework by policy: the virtual design team (Levitt); forgetting by turnover M22; concepts B5, B6, B13, D21.

use crate::model::drawn::Drawn;
use crate::model::draws::Purpose;
use crate::model::event;
use crate::model::influence::both;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&RESTRUCTURING_MORALE, &RESTRUCTURING_DAYS];

pub(crate) const RESTRUCTURING_MORALE: Parameter = Parameter {
    key: "events.restructuring_morale",
    meaning: "Morale that a complete restructuring takes at once.",
    unit: "morale",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.2) },
    source: "concept B13 (scale ours)",
    grade: Grade::Assumption,
};

pub(crate) const RESTRUCTURING_DAYS: Parameter = Parameter {
    key: "events.restructuring_days",
    meaning: "Share of its days that a complete restructuring takes a partner while it lasts, with or without the partnership.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.1) },
    source: "concept B13 (scale ours)",
    grade: Grade::Assumption,
};

/// The events of a scenario and the parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Events<const L: usize> {
    list: Vec<Event<L>>,
    restructuring_morale: Lane<L>,
    restructuring_days: Lane<L>,
}

/// One event.
#[derive(Debug, Clone)]
struct Event<const L: usize> {
    kind: Kind,
    /// Positions of the partners it concerns.
    concerns: Vec<usize>,
    month: Lane<L>,
    rate: Lane<L>,
    size: Lane<L>,
    months: Lane<L>,
}

/// What happens, in the order of the words of `event.kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    PolicyChange,
    Restructuring,
    StaffTurnover,
    SponsorLoss,
    Crisis,
    FundingCut,
}

const KINDS: [Kind; 6] =
    [Kind::PolicyChange, Kind::Restructuring, Kind::StaffTurnover, Kind::SponsorLoss, Kind::Crisis, Kind::FundingCut];

/// How one event stands, in the scenario's order.
#[derive(Debug, Clone, Copy, Default)]
pub struct EventState<const L: usize> {
    /// 1 in the month in which it begins.
    pub begins: Lane<L>,
    /// 1 while it lasts, its first month included.
    pub running: Lane<L>,
    /// Months it still lasts.
    left: Lane<L>,
}

impl<const L: usize> Events<L> {
    /// The events of the scenario; `None` where it has none.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let inputs = drawn.inputs();
        let event = |(at, given): (usize, &crate::model::inputs::DatedInputs)| Event {
            kind: KINDS[drawn.choice(&event::KIND, at)],
            concerns: inputs.concerned(given),
            month: drawn.number(&event::MONTH, at),
            rate: drawn.number(&event::RATE, at),
            size: drawn.number(&event::SIZE, at),
            months: drawn.number(&event::MONTHS, at),
        };
        let list: Vec<_> = inputs.events.iter().enumerate().map(event).collect();
        (!list.is_empty()).then(|| Events {
            list,
            restructuring_morale: drawn.number(&RESTRUCTURING_MORALE, 0),
            restructuring_days: drawn.number(&RESTRUCTURING_DAYS, 0),
        })
    }
}

/// One month of events.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let Some(rules) = world.rules.events.take() else { return };
    for (at, event) in rules.list.iter().enumerate() {
        let luck = world.draws.uniform(Purpose::Event, month, at, 0);
        let state = &mut world.events[at];
        // A sponsor who has left does not come back.
        let for_good = event.kind == Kind::SponsorLoss;
        (state.begins, state.running, state.left) = Lane::from_fn3(|r| {
            let due = is_due(month, event.month[r]) || luck[r] < event.rate[r];
            let months = if for_good { f64::MAX } else { event.months[r] };
            goes_on(state.left[r], due, months)
        });
        let state = *state;
        if state.running.any() {
            take_effect(world, &rules, event, state, (month, at));
        }
    }
    world.rules.events = Some(rules);
}

/// Whether an event scheduled for a month counted from 1, 0 for none, falls in `month` counted from 0.
#[inline(always)]
fn is_due(month: usize, scheduled: f64) -> bool {
    let month = month as f64;
    scheduled > month && scheduled <= month + 1.0
}

/// Whether an event begins, whether it is under way, and how many months are then left.
#[inline(always)]
fn goes_on(left: f64, due: bool, months: f64) -> (f64, f64, f64) {
    let begins = due && left <= 0.0;
    let left = if begins { months } else { left };
    let running = left > 0.0;
    (if begins { 1.0 } else { 0.0 }, if running { 1.0 } else { 0.0 }, math::max(left - 1.0, 0.0))
}

/// What an event under way does this month; `(month, at)` addresses its draws.
#[inline(always)]
fn take_effect<const L: usize>(
    world: &mut World<L>,
    rules: &Events<L>,
    event: &Event<L>,
    state: EventState<L>,
    address: (usize, usize),
) {
    let (lasting, once) = (event.size * state.running, event.size * state.begins);
    let conditions = &mut world.partnership.conditions;
    match event.kind {
        Kind::SponsorLoss => conditions.sponsor *= Lane::ONE - state.running,
        Kind::Crisis => conditions.demand *= Lane::ONE + lasting,
        Kind::PolicyChange if state.begins.any() => move_mandates(world, event, state.begins, address),
        Kind::Restructuring | Kind::StaffTurnover if state.begins.any() => {
            event.concerns.iter().for_each(|&i| forget(world, i, once));
        }
        _ => {}
    }
    for &i in &event.concerns {
        let influences = &mut world.partners[i].influences;
        match event.kind {
            Kind::PolicyChange | Kind::Crisis => influences.lost = both(influences.lost, lasting),
            Kind::Restructuring => {
                influences.lift -= rules.restructuring_morale * once;
                influences.busy = both(influences.busy, rules.restructuring_days * lasting);
            }
            Kind::FundingCut => influences.income *= Lane::ONE - lasting,
            Kind::StaffTurnover | Kind::SponsorLoss => {}
        }
    }
}

/// Each mandate of those concerned moves by a draw of its own.
#[inline(always)]
fn move_mandates<const L: usize>(world: &mut World<L>, event: &Event<L>, begins: Lane<L>, at: (usize, usize)) {
    let n_needs = world.n_needs();
    for &i in &event.concerns {
        for k in 0..n_needs {
            let luck = world.draws.normal(Purpose::Mandate, at.0, i, at.1 * n_needs + k);
            let mandate = &mut world.mandates[i * n_needs + k];
            *mandate = Lane::from_fn(|r| math::unit(mandate[r] + begins[r] * event.size[r] * luck[r]));
        }
    }
}

/// A partner and the others forget a share of what they have seen of each other.
#[inline(always)]
pub fn forget<const L: usize>(world: &mut World<L>, i: usize, share: Lane<L>) {
    for tie in world.ties.iter_mut().filter(|tie| tie.ends.0 == i || tie.ends.1 == i) {
        tie.forget(share);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::{DatedInputs, Inputs, Setting};
    use crate::model::mechanisms::{self, small_world};

    /// Three partners under one event of a kind with the given numbers, which concerns the first of them.
    fn under(kind: usize, values: &[(&'static str, f64)]) -> Inputs {
        let still = [("funding.uptime", 1.0), ("delivery.demand_variation", 0.0)];
        let mut inputs = small_world(3, &still);
        let mut event = DatedInputs { name: "event".into(), partners: vec![0], ..DatedInputs::default() };
        event.values.insert("event.kind", Setting::Choice(kind));
        for &(key, value) in values {
            event.values.insert(key, Setting::Number(Uncertainty::Fixed(value)));
        }
        inputs.events.push(event);
        inputs
    }

    /// The world in its third month, in which an event of size 0.4 begins that lasts two months.
    fn in_month_three(kind: usize, months: usize) -> World<1> {
        let dated = [("event.month", 3.0), ("event.size", 0.4), ("event.months", 2.0)];
        let mut world = World::new(&under(kind, &dated), Draws::new(1, 0));
        (0..months).for_each(|month| mechanisms::month(&mut world, month));
        world
    }

    #[test]
    fn an_event_begins_when_it_is_due_and_lasts_its_months() {
        let running: Vec<_> = (1..6).map(|months| in_month_three(5, months).events[0].running[0]).collect();
        assert_eq!(running, [0.0, 0.0, 1.0, 1.0, 0.0]);
        assert!(!is_due(3, 0.0) && is_due(0, 1.0) && !is_due(1, 1.0) && is_due(6, 6.3));
    }

    #[test]
    fn an_event_that_neither_is_due_nor_has_a_chance_changes_nothing() {
        let never = World::<4>::new(&under(4, &[]), Draws::new(1, 0));
        let without = World::<4>::new(&Inputs { events: vec![], ..under(4, &[]) }, Draws::new(1, 0));
        let [a, b] = [never, without].map(|mut world| {
            (0..24).for_each(|month| mechanisms::month(&mut world, month));
            (world.partnership.total.value, world.partners[0].goodwill, world.partnership.total.alone_value)
        });
        assert_eq!(a, b);
    }

    #[test]
    fn an_event_of_chance_comes_as_often_as_stated() {
        let inputs = under(2, &[("event.rate", 0.1), ("event.months", 1.0)]);
        let mut world = World::<16>::new(&inputs, Draws::new(1, 0));
        let mut begun = 0.0;
        for month in 0..500 {
            step(&mut world, month);
            begun += world.events[0].begins.0.iter().sum::<f64>();
        }
        // A month in ten of 8,000; four standard errors.
        assert!((begun - 800.0).abs() < 4.0 * (8000.0 * 0.09_f64).sqrt(), "{begun}");
    }

    #[test]
    fn a_cut_and_a_crisis_hit_the_twin_as_well() {
        let [before, cut] = [2, 3].map(|months| in_month_three(5, months).partners[0].alone);
        // Two fifths of an income of 60 are gone: 36 comes in, and what wages take beyond it comes from the reserve.
        assert!(cut.spent[0] < before.spent[0]);
        assert!((cut.spent[0] + cut.reserves[0] - before.reserves[0] - 36.0).abs() < 1e-9);
        let [before, crisis, after] = [2, 3, 5].map(|months| in_month_three(4, months).needs[0].demand[0]);
        assert!((crisis - 1.4 * before).abs() < 1e-9 && before == after);
    }

    #[test]
    fn a_crisis_or_a_change_of_policy_takes_its_share_of_what_those_concerned_give() {
        for kind in [0, 4] {
            let world = in_month_three(kind, 3);
            let lost = [0, 1].map(|i| world.partners[i].influences.lost[0]);
            assert_eq!(lost, [0.4, 0.0]);
        }
    }

    #[test]
    fn a_change_of_policy_moves_the_mandate_of_those_concerned_once() {
        let [before, then, later] = [2, 3, 5].map(|months| in_month_three(0, months).mandates);
        assert!(before[0] != then[0] && before[1] == then[1] && then == later);
        assert!(then.iter().all(|mandate| (0.0..=1.0).contains(&mandate[0])));
    }

    #[test]
    fn a_sponsor_who_left_pays_no_more() {
        let mut inputs = under(3, &[("event.month", 3.0), ("event.months", 1.0)]);
        inputs.set("funding.grant", Setting::Number(Uncertainty::Fixed(9.0)));
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        let grants: Vec<f64> = (0..6)
            .map(|month| {
                mechanisms::month(&mut world, month);
                world.partnership.grant[0]
            })
            .collect();
        assert_eq!(grants, [9.0, 9.0, 0.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn restructuring_worked_by_hand() {
        let mut world = in_month_three(1, 2);
        world.ties[0].kept = [Lane([4.0]); 2];
        step(&mut world, 2);
        let influences = &world.partners[0].influences;
        // Size 0.4: four tenths are forgotten, morale falls by 0.2·0.4, 0.1·0.4 of the days are gone.
        assert!((world.ties[0].kept[0][0] - 2.4).abs() < 1e-12);
        assert!((influences.busy[0] - 0.04).abs() < 1e-12 && (influences.lift[0] + 0.08).abs() < 1e-12);
        assert_eq!(world.partners[1].influences.busy[0], 0.0);
        step(&mut world, 3);
        assert!((world.ties[0].kept[0][0] - 2.4).abs() < 1e-12, "once");
    }
}
