//! Decisions: a plan is voted on, approved level by level, and is in force until it is decided on anew.
//!
//! # Does
//! Where a scenario has a rule of decision, joint work waits for a plan. Each month without one under way the members vote on the
//! mean of their goals; what passes goes through the levels of approval, at most one a month, and through the office's queue.
//!
//! # Why
//! Agreement takes time and staff before anything is delivered, the more so the more have to agree and the longer the lines of accountability.
//!
//! # Equation
//! A member votes yes with chance `support·(1 − dissent·(1 − fit))`. The vote passes when the voices in favour are at least the quota
//! of all voices (consensus: all of them; lead: its voice alone). Then in every later month the next of `k` levels approves with
//! chance `p`: from the vote to the plan `k/p` months on average, variance `k(1 − p)/p²`. With an office its own work on the plan
//! waits its turn in the queue. Joint work goes ahead in full with a plan, else by `1 − (1 − discretion)(1 − before)`. In
//! force the plan moves by `1 − rigidity` of the way to the members' mean each month; after the months of renewal it is voted on again.
//!
//! # Reads
//! The joint goals that dialogue made, fit, `voice`, `active` of partners; the users' voice and priorities; the office's queue.
//!
//! # Writes
//! `goals` and `plan` of the partnership, its condition of being at work; days away and `fit` of partners; work for the office.
//!
//! # References
//! Choi and Robertson 2014 (M15); approvals in series are analytic (M24); of independent voters the binomial distribution holds.

pub mod parameters;

use crate::model::drawn::Drawn;
use crate::model::draws::Purpose;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::{administration, coordination, dialogue, users};
use crate::model::partner::{DAY_HOURS, Partner};
use crate::model::world::World;
pub use parameters::PARAMETERS;
use parameters::*;

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Decisions<const L: usize> {
    /// Who decides.
    pub rule: Rule,
    /// Share of all voices a decision takes.
    pub quota: Lane<L>,
    support: Lane<L>,
    dissent: Lane<L>,
    days: Lane<L>,
    levels: Lane<L>,
    approval: Lane<L>,
    waiting_work: Lane<L>,
    renewal: Lane<L>,
    rigidity: Lane<L>,
}

/// Who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// All, by voices.
    Vote,
    /// The lead organisation.
    Lead,
}

/// The plan: what was decided, and what is on its way.
#[derive(Debug, Clone, Default)]
pub struct Plan<const L: usize> {
    /// Goals decided on, need by need.
    pub goals: Vec<Lane<L>>,
    /// 1 once there is a plan.
    pub in_force: Lane<L>,
    /// Months since it came into force.
    pub age: Lane<L>,
    /// Months that went by without a plan.
    pub waited: Lane<L>,
    /// Share of the members who voted for it.
    pub backing: Lane<L>,
    /// 1 in the month in which the first plan came into force.
    pub first: Lane<L>,
    /// What was voted and is not in force yet.
    proposal: Vec<Lane<L>>,
    /// 1 while something is on its way.
    pending: Lane<L>,
    /// Share of the members who voted for what is on its way.
    pending_backing: Lane<L>,
    /// Levels that have not approved yet.
    levels_left: Lane<L>,
    /// Hours of the office's work before it is through; below zero while it has not reached the office.
    ahead: Lane<L>,
}

impl<const L: usize> Plan<L> {
    /// No plan for so many needs.
    pub fn new(n_needs: usize) -> Self {
        Plan { goals: vec![Lane::ZERO; n_needs], proposal: vec![Lane::ZERO; n_needs], ..Plan::default() }
    }
}

impl<const L: usize> Decisions<L> {
    /// The values in force, where there is a rule and a form of governance that keeps to one.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let (rule, quota) = match drawn.choice(&RULE, 0) {
            0 => return None,
            1 => (Rule::Vote, drawn.number(&QUOTA, 0)),
            2 => (Rule::Vote, Lane::ONE),
            _ => (Rule::Lead, Lane::ONE),
        };
        let unfree = (Lane::ONE - drawn.number(&DISCRETION, 0)) * (Lane::ONE - drawn.number(&BEFORE_AGREEMENT, 0));
        coordination::has_plans(drawn).then(|| Decisions {
            rule,
            quota,
            support: drawn.number(&SUPPORT, 0),
            dissent: drawn.number(&DISSENT, 0),
            days: drawn.number(&HOURS, 0) * (1.0 / DAY_HOURS),
            levels: drawn.number(&APPROVAL_LEVELS, 0),
            approval: drawn.number(&APPROVAL_CHANCE, 0),
            waiting_work: Lane::ONE - unfree,
            renewal: drawn.number(&RENEWAL_MONTHS, 0),
            rigidity: drawn.number(&RIGIDITY, 0),
        })
    }

    /// Weight of a partner's vote.
    #[inline(always)]
    pub fn weight(&self, partner: &Partner<L>) -> Lane<L> {
        match self.rule {
            Rule::Vote => partner.voice,
            Rule::Lead => partner.leads,
        }
    }
}

/// One month of decisions.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    if world.rules.decisions.is_none() {
        return;
    }
    follow(world);
    approve(world, month);
    vote(world, month);
    pass_the_office(world);
    take_effect(world);
    dialogue::fit(world);
}

/// The plan in force follows the members' mean as far as it may, and grows older.
#[inline(always)]
fn follow<const L: usize>(world: &mut World<L>) {
    let World { partnership, rules, .. } = world;
    let Some(decisions) = &rules.decisions else { return };
    let plan = &mut partnership.plan;
    let (rigidity, alive) = (decisions.rigidity, partnership.alive);
    for (planned, &mean) in plan.goals.iter_mut().zip(&partnership.goals) {
        *planned += (Lane::ONE - rigidity) * (mean - *planned);
    }
    plan.age += plan.in_force * alive;
}

/// The next level approves what is on its way, or does not yet: at most one a month, the first in the month after the vote.
#[inline(always)]
fn approve<const L: usize>(world: &mut World<L>, month: usize) {
    let World { partnership, rules, draws, .. } = world;
    let Some(decisions) = &rules.decisions else { return };
    let luck = draws.uniform(Purpose::Approval, month, 0, 0);
    let (plan, approval, alive) = (&mut partnership.plan, decisions.approval, partnership.alive);
    plan.levels_left = Lane::from_fn(|r| {
        let approved = luck[r] < approval[r] && alive[r] * plan.pending[r] * plan.levels_left[r] > 0.0;
        if approved { plan.levels_left[r] - 1.0 } else { plan.levels_left[r] }
    });
}

/// Where nothing is on its way and a plan is due, members and users vote on the mean of the goals.
#[inline(always)]
fn vote<const L: usize>(world: &mut World<L>, month: usize) {
    let users_fit = if world.rules.users.is_some() { users::fit(world) } else { Lane::ZERO };
    let World { partners, partnership, rules, draws, .. } = world;
    let Some(decisions) = &rules.decisions else { return };
    let plan = &mut partnership.plan;
    let (renewal, alive) = (decisions.renewal, partnership.alive);
    let due = Lane::from_fn(|r| {
        let wanted = is_wanted(plan.in_force[r], plan.age[r], renewal[r]);
        if wanted && plan.pending[r] == 0.0 { alive[r] } else { 0.0 }
    });
    let (support, dissent) = (decisions.support, decisions.dissent);
    let says_yes = |fit: Lane<L>, who: usize| {
        let luck = draws.uniform(Purpose::Vote, month, who, 0);
        Lane::from_fn(|r| if luck[r] < assent(support[r], dissent[r], fit[r]) { 1.0 } else { 0.0 })
    };
    let (mut yes, mut all, mut heads) = (Lane::ZERO, Lane::ZERO, Lane::ZERO);
    for (i, partner) in partners.iter_mut().enumerate() {
        let (favour, weight) = (says_yes(partner.fit, i), partner.active * decisions.weight(partner));
        yes += favour * weight;
        all += weight;
        heads += favour * partner.active;
        partner.influences.days_away += due * partner.active * decisions.days;
    }
    if rules.users.is_some() && decisions.rule == Rule::Vote {
        yes += says_yes(users_fit, partners.len()) * partnership.users_voice;
        all += partnership.users_voice;
    }
    let quota = decisions.quota;
    let passed = Lane::from_fn(|r| if passes(yes[r], all[r], quota[r]) { due[r] } else { 0.0 });
    let backing = heads.zip(partnership.members, |heads, members| heads / math::max(members, 1.0));
    start(plan, passed, backing, decisions.levels, &partnership.goals);
}

/// What has passed the vote is on its way.
#[inline(always)]
fn start<const L: usize>(plan: &mut Plan<L>, passed: Lane<L>, backing: Lane<L>, levels: Lane<L>, goals: &[Lane<L>]) {
    let replace = |old: Lane<L>, new: Lane<L>| Lane::from_fn(|r| if passed[r] > 0.0 { new[r] } else { old[r] });
    plan.pending += passed;
    plan.levels_left = replace(plan.levels_left, levels);
    plan.pending_backing = replace(plan.pending_backing, backing);
    plan.ahead = replace(plan.ahead, Lane::splat(-1.0));
    for (proposal, &goal) in plan.proposal.iter_mut().zip(goals) {
        *proposal = replace(*proposal, goal);
    }
}

/// What every level has approved joins the office's queue, and is served in its turn.
#[inline(always)]
fn pass_the_office<const L: usize>(world: &mut World<L>) {
    let World { partnership, rules, .. } = world;
    let (plan, office, alive) = (&mut partnership.plan, &mut partnership.office, partnership.alive);
    let (work, served) = match &rules.administration {
        Some(administration) => (administration.decision_hours, administration.capacity),
        None => (Lane::ZERO, Lane::ZERO),
    };
    let ready = plan.pending.zip(plan.levels_left, |pending, left| if left > 0.0 { 0.0 } else { pending }) * alive;
    let arrives = ready.zip(plan.ahead, |ready, ahead| if ahead < 0.0 { ready } else { 0.0 });
    let before = office.backlog;
    office.decisions = arrives * work;
    plan.ahead = Lane::from_fn(|r| {
        let now = if arrives[r] > 0.0 { before[r] + work[r] } else { plan.ahead[r] };
        // What is left over is kept at zero, below which would mean that it has not arrived.
        if ready[r] > 0.0 { administration::left(now, served[r]) } else { now }
    });
}

/// What is through comes into force; joint work goes ahead as far as it may.
#[inline(always)]
fn take_effect<const L: usize>(world: &mut World<L>) {
    let World { partnership, rules, .. } = world;
    let Some(decisions) = &rules.decisions else { return };
    let (plan, alive) = (&mut partnership.plan, partnership.alive);
    let through = Lane::from_fn(|r| {
        let ready = alive[r] * plan.pending[r] > 0.0 && plan.levels_left[r] == 0.0 && plan.ahead[r] == 0.0;
        if ready { 1.0 } else { 0.0 }
    });
    let replace = |old: Lane<L>, new: Lane<L>| Lane::from_fn(|r| if through[r] > 0.0 { new[r] } else { old[r] });
    plan.first = through * (Lane::ONE - plan.in_force);
    plan.in_force = replace(plan.in_force, Lane::ONE);
    plan.pending = replace(plan.pending, Lane::ZERO);
    plan.age = replace(plan.age, Lane::ZERO);
    plan.backing = replace(plan.backing, plan.pending_backing);
    plan.waited += Lane::ONE - plan.in_force;
    for ((planned, &proposal), joint) in plan.goals.iter_mut().zip(&plan.proposal).zip(&mut partnership.goals) {
        *planned = replace(*planned, proposal);
        *joint = Lane::from_fn(|r| if plan.in_force[r] > 0.0 { planned[r] } else { joint[r] });
    }
    let free = decisions.waiting_work;
    partnership.conditions.at_work *= Lane::from_fn(|r| if plan.in_force[r] > 0.0 { 1.0 } else { free[r] });
}

/// Chance that a member votes for a proposal.
#[inline(always)]
fn assent(support: f64, dissent: f64, fit: f64) -> f64 {
    support * (1.0 - dissent * (1.0 - fit))
}

/// Whether voices in favour are at least the quota of all; rounding does not decide.
#[inline(always)]
fn passes(yes: f64, all: f64, quota: f64) -> bool {
    all > 0.0 && yes >= all * (quota - 1e-9)
}

/// Whether a plan is to be decided on.
#[inline(always)]
fn is_wanted(in_force: f64, age: f64, renewal: f64) -> bool {
    in_force == 0.0 || renewal > 0.0 && age >= renewal
}

#[cfg(test)]
mod tests {
    //! Among them exact answers of the binomial and of trials in series.

    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::Setting;
    use crate::model::mechanisms::{month, small_world};

    /// Words of the rule by position.
    const VOTE: usize = 1;
    const CONSENSUS: usize = 2;
    const LEAD: usize = 3;

    fn world<const L: usize>(n: usize, rule: usize, values: &[(&'static str, f64)], first: u64) -> World<L> {
        let mut inputs = small_world(n, values);
        inputs.values.insert("decisions.rule", Setting::Choice(rule));
        World::new(&inputs, Draws::new(1, first))
    }

    /// One month up to and with the decisions, without anything else that could end the partnership.
    fn decide<const L: usize>(world: &mut World<L>, month: usize) {
        world.partnership.conditions = Default::default();
        dialogue::agree(world);
        step(world, month);
    }

    /// Share of replications in which a plan is in force after one month.
    fn passed_at_once(rule: usize, values: &[(&'static str, f64)], n: usize) -> f64 {
        let mut passed = 0.0;
        for group in 0..n / 16 {
            let mut world = world::<16>(9, rule, values, 16 * group as u64);
            decide(&mut world, 0);
            passed += world.partnership.plan.in_force.0.iter().sum::<f64>();
        }
        passed / n as f64
    }

    #[test]
    fn r9_nine_voters_pass_as_often_as_the_binomial_says() {
        let values = [("decisions.support", 0.8), ("decisions.dissent", 0.0), ("decisions.quota", 6.0 / 9.0)];
        let n = 16_000;
        for (rule, exact) in [(VOTE, 0.914_358), (CONSENSUS, 0.134_218)] {
            let error = (exact * (1.0 - exact) / n as f64).sqrt();
            let share = passed_at_once(rule, &values, n);
            assert!((share - exact).abs() < 4.0 * error, "{share}, exact {exact}, standard error {error}");
        }
    }

    #[test]
    fn r14_levels_of_approval_take_the_mean_and_the_variance_of_trials_in_series() {
        let (k, p, n) = (3.0, 0.4, 8_000);
        let values = [
            ("decisions.support", 1.0),
            ("decisions.dissent", 0.0),
            ("decisions.approval_levels", k),
            ("decisions.approval_chance", p),
        ];
        let (mut sum, mut squares) = (0.0, 0.0);
        for group in 0..n / 16 {
            let mut world = world::<16>(3, VOTE, &values, 16 * group as u64);
            (0..80).for_each(|month| decide(&mut world, month));
            for waited in world.partnership.plan.waited.0 {
                sum += waited;
                squares += waited * waited;
            }
        }
        let (mean, exact) = (sum / n as f64, k / p);
        let (variance, exact_variance) = (squares / n as f64 - mean * mean, k * (1.0 - p) / (p * p));
        assert!((mean - exact).abs() < 4.0 * (exact_variance / n as f64).sqrt(), "{mean}, exact {exact}");
        // Fourth moment of the negative binomial: variance² (3 + 6/k + p²/(k(1 − p))).
        let kurtosis = 3.0 + 6.0 / k + p * p / (k * (1.0 - p));
        let error = exact_variance * ((kurtosis - 1.0) / n as f64).sqrt();
        assert!((variance - exact_variance).abs() < 4.0 * error, "{variance}, exact {exact_variance}");
    }

    #[test]
    fn without_a_rule_there_is_no_plan_and_work_goes_ahead() {
        let mut world = world::<1>(3, 0, &[], 0);
        decide(&mut world, 0);
        assert_eq!((world.partnership.plan.in_force[0], world.partnership.conditions.at_work[0]), (0.0, 1.0));
        assert_eq!((world.partnership.plan.waited[0], world.partners[0].influences.days_away[0]), (0.0, 0.0));
    }

    #[test]
    fn joint_work_waits_for_the_plan_but_for_what_is_left_to_the_front_line() {
        let never = [("decisions.support", 0.0), ("decisions.discretion", 0.2), ("decisions.before_agreement", 0.5)];
        let mut world = world::<1>(3, VOTE, &never, 0);
        decide(&mut world, 0);
        assert!((world.partnership.conditions.at_work[0] - 0.6).abs() < 1e-12);
        decide(&mut world, 1);
        assert_eq!(world.partnership.plan.waited[0], 2.0);
        // Six hours a member and attempt.
        assert!((world.partners[0].influences.days_away[0] - 2.0 * 0.8).abs() < 1e-12);
    }

    #[test]
    fn an_assent_worked_by_hand() {
        assert!((assent(0.9, 1.0, 0.8) - 0.72).abs() < 1e-15);
        assert_eq!(assent(0.8, 0.0, 0.1), 0.8);
        assert!(passes(6.0, 9.0, 6.0 / 9.0) && !passes(5.0, 9.0, 6.0 / 9.0) && !passes(0.0, 0.0, 0.5));
    }

    #[test]
    fn the_lead_alone_decides_where_that_is_the_rule() {
        let values = [("decisions.support", 0.8), ("decisions.dissent", 0.0)];
        let share = passed_at_once(LEAD, &values, 4_000);
        assert!((share - 0.8).abs() < 4.0 * (0.16_f64 / 4_000.0).sqrt(), "{share}");
    }

    #[test]
    fn a_rigid_plan_stays_as_it_was_decided_and_a_flexible_one_follows() {
        let sure = [("decisions.support", 1.0), ("decisions.dissent", 0.0), ("decisions.renewal_months", 3.0)];
        let goal_after = |rigidity: f64, months: usize| {
            let mut world = world::<1>(2, VOTE, &[&sure[..], &[("decisions.rigidity", rigidity)]].concat(), 0);
            decide(&mut world, 0);
            world.goals.iter_mut().for_each(|goal| *goal = Lane([0.9]));
            (1..=months).for_each(|month| decide(&mut world, month));
            world.partnership.goals[0][0]
        };
        assert_eq!(goal_after(1.0, 2), 0.5);
        assert!((goal_after(0.5, 1) - 0.7).abs() < 1e-12);
        assert_eq!(goal_after(0.0, 1), 0.9);
        // Decided on anew in the third month after.
        assert_eq!(goal_after(1.0, 3), 0.9);
    }

    #[test]
    fn a_decision_waits_its_turn_in_the_queue_of_the_office() {
        let values = [
            ("decisions.support", 1.0),
            ("decisions.dissent", 0.0),
            ("administration.load", 1.0),
            ("administration.decision_hours", 30.0),
            ("administration.staff", 13.75 / 137.5),
            ("administration.variation", 0.0),
        ];
        let mut world = world::<1>(2, VOTE, &values, 0);
        let mut in_force = Vec::new();
        for month in 0..3 {
            decide(&mut world, month);
            administration::step(&mut world, month);
            in_force.push(world.partnership.plan.in_force[0]);
        }
        // Thirty hours at 13.75 a month.
        assert_eq!(in_force, [0.0, 0.0, 1.0]);
    }

    #[test]
    fn a_partnership_that_ended_without_a_plan_never_has_one() {
        let mut world = world::<4>(3, VOTE, &[("membership.closure_hazard", 1.0), ("decisions.support", 0.0)], 0);
        (0..12).for_each(|at| month(&mut world, at));
        assert!(world.partnership.plan.waited.0.iter().all(|&waited| waited == 12.0));
    }
}
