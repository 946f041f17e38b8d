//! Tests of decisions, among them exact answers of the binomial and of trials in series.

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
        let error = (exact * (1.0 - exact) / n as f64 as f64).sqrt();
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
