//! Roles: who takes on what, what falls between all of them, and what is done by two.
//!
//! # Does
//! Lets each member take on each of the partnership's tasks or leave it to the others; a task on the map of roles has exactly
//! one owner. What nobody owns holds joint work back, and what several own wastes some of it.
//!
//! # Why
//! Where it is not written down who does what, everybody thinks that somebody else is on it, or several are.
//!
//! # Equation
//! A member takes on a task with chance `c`, decided once. A task is on the map with chance `m` plus this month's clarity; then a
//! single member owns it, as the map is kept when members change. Of the other tasks talk settles a share `t·informed` this month,
//! `informed` the mean share of the others that members heard. Of what is not settled `n` members leave a share `(1 − c)^n` to
//! nobody, and `nc` owners are expected. Output of joint work `· (1 − g·gaps) · (1 − d·duplicates)`, with `gaps` the share of
//! tasks nobody owns and `duplicates` the owners beyond the first of each task as a share of all. A leaver's tasks stay undone
//! unless others had taken them on too, or it is settled who does.
//!
//! # Reads
//! Members and their `informed`; role clarity that interventions lend.
//!
//! # Writes
//! `gaps`, `duplicates` and `owners` of the tasks, the partnership's totals of the first two; the factor on output.
//!
//! # References
//! Independent claims (M21, analytic); role ambiguity and performance: Gilboa and others 2008; mapping of roles: Klein and
//! others 2009. Neither gives the size for whole organisations.

use crate::model::drawn::Drawn;
use crate::model::draws::{Draws, Purpose};
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::meetings::mean_informed;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::{self, World};

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] =
    &[&TASKS, &CLAIM_CHANCE, &MAPPING, &TALK_EFFECT, &GAP_EFFECT, &DUPLICATE_EFFECT, &DIVISION];

pub(crate) const TASKS: Parameter = Parameter {
    key: "roles.tasks",
    meaning: "Tasks of the partnership that somebody has to take on; 0 leaves roles out of the model.",
    unit: "tasks",
    domain: Domain::Whole { low: 0, high: 1000, default: 0 },
    source: "M21",
    grade: Grade::Assumption,
};

pub(crate) const CLAIM_CHANCE: Parameter = Parameter {
    key: "roles.claim_chance",
    meaning: "Chance that a partner takes a task to be its own when nothing is written down.",
    unit: "chance",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "M21 (value ours)",
    grade: Grade::Assumption,
};

pub(crate) const MAPPING: Parameter = Parameter {
    key: "roles.mapping",
    meaning: "Share of the tasks that are on a map of roles from the start, each with one owner.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "M21; concepts A12, B7",
    grade: Grade::Assumption,
};

pub(crate) const TALK_EFFECT: Parameter = Parameter {
    key: "roles.talk_effect",
    meaning: "Share of the tasks not on the map that get one owner in a month in which all members hear each other.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "concept A6 (form and value ours)",
    grade: Grade::Assumption,
};

pub(crate) const GAP_EFFECT: Parameter = Parameter {
    key: "roles.gap_effect",
    meaning: "Share of the output of joint work that is lost when nobody owns any task.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "Gilboa 2008 (that ambiguity harms; size ours)",
    grade: Grade::Assumption,
};

pub(crate) const DUPLICATE_EFFECT: Parameter = Parameter {
    key: "roles.duplicate_effect",
    meaning: "Share of the work of owners beyond the first of a task that is wasted.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "concept A12 (size ours)",
    grade: Grade::Assumption,
};

/// Read by delivery.
pub(crate) const DIVISION: Parameter = Parameter {
    key: "roles.division",
    meaning: "Share of joint work divided by expertise; of the rest everybody does a bit of everything with its own skills.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(1.0) },
    source: "concept A3",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Roles<const L: usize> {
    n_tasks: usize,
    claim_chance: Lane<L>,
    mapping: Lane<L>,
    talk_effect: Lane<L>,
    gap_effect: Lane<L>,
    duplicate_effect: Lane<L>,
}

impl<const L: usize> Roles<L> {
    /// The values in force; nothing where there are no tasks.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let n_tasks = drawn.number(&TASKS, 0)[0] as usize;
        (n_tasks > 0).then(|| Roles {
            n_tasks,
            claim_chance: drawn.number(&CLAIM_CHANCE, 0),
            mapping: drawn.number(&MAPPING, 0),
            talk_effect: drawn.number(&TALK_EFFECT, 0),
            gap_effect: drawn.number(&GAP_EFFECT, 0),
            duplicate_effect: drawn.number(&DUPLICATE_EFFECT, 0),
        })
    }
}

/// The partnership's tasks, and who holds them this month.
#[derive(Debug, Clone)]
pub struct Tasks<const L: usize> {
    /// 1 where a partner takes a task to be its own: task by task, partner by partner within.
    claims: Vec<Lane<L>>,
    /// How far each task is from being on the map, uniform.
    off_map: Vec<Lane<L>>,
    /// Share of the tasks that nobody owns this month.
    pub gaps: Lane<L>,
    /// Owners beyond the first of each task, as a share of all owners this month.
    pub duplicates: Lane<L>,
    /// Owners of a task this month, on average.
    pub owners: Lane<L>,
}

impl<const L: usize> Tasks<L> {
    /// The tasks before the first month.
    pub fn new(rules: &Roles<L>, draws: &Draws<L>, n_partners: usize) -> Self {
        let claim = |at: usize| {
            let luck = draws.uniform(Purpose::Claim, 0, at / n_partners, at % n_partners);
            luck.zip(rules.claim_chance, |luck, chance| if luck < chance { 1.0 } else { 0.0 })
        };
        let claims = (0..rules.n_tasks * n_partners).map(claim).collect();
        let off_map = (0..rules.n_tasks).map(|task| draws.uniform(Purpose::Mapping, 0, task, 0)).collect();
        Tasks { claims, off_map, gaps: Lane::ZERO, duplicates: Lane::ZERO, owners: Lane::ZERO }
    }
}

/// One month of roles.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>) {
    let World { tasks, partners, partnership, rules, .. } = world;
    let (Some(tasks), Some(rules)) = (tasks, &rules.roles) else { return };
    let clarity = partnership.conditions.role_clarity;
    let informed = mean_informed(partners);
    let settled: Lane<L> =
        Lane::from_fn(|r| settled(rules.mapping[r] + clarity[r], rules.talk_effect[r] * informed[r]));
    let members = world::members(partners);
    let (mut gaps, mut owners, mut extra) = (Lane::ZERO, Lane::ZERO, Lane::ZERO);
    for (claims, off_map) in tasks.claims.chunks(partners.len()).zip(&tasks.off_map) {
        let mut claimants: Lane<L> = Lane::ZERO;
        for (partner, &claim) in partners.iter().zip(claims) {
            claimants += claim * partner.active;
        }
        let held: Lane<L> = Lane::from_fn(|r| held(claimants[r], off_map[r] < settled[r], members[r]));
        gaps += held.map(|owners| if owners > 0.0 { 0.0 } else { 1.0 });
        extra += held.map(|owners| math::max(owners - 1.0, 0.0));
        owners += held;
    }
    let one_of_all = 1.0 / rules.n_tasks as f64;
    (tasks.gaps, tasks.owners) = (gaps * one_of_all, owners * one_of_all);
    tasks.duplicates = extra.zip(owners, |extra, owners| extra / math::max(owners, 1.0));
    let (gaps, duplicates) = (tasks.gaps, tasks.duplicates);
    partnership.conditions.output *=
        Lane::from_fn(|r| (1.0 - rules.gap_effect[r] * gaps[r]) * (1.0 - rules.duplicate_effect[r] * duplicates[r]));
    partnership.total.gaps += partnership.alive * gaps;
    partnership.total.duplicates += partnership.alive * duplicates;
}

/// Share of the tasks with one owner: those on the map, and of the others those that talk has settled.
#[inline(always)]
fn settled(mapping: f64, by_talk: f64) -> f64 {
    let mapping = math::unit(mapping);
    mapping + (1.0 - mapping) * by_talk
}

/// Owners of a task, by how many members claim it and whether it is settled who owns it.
#[inline(always)]
fn held(claimants: f64, settled: bool, members: f64) -> f64 {
    if settled { math::min(members, 1.0) } else { claimants }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::mechanisms::small_world;

    /// A world after a month of roles among `n` partners.
    fn after(n: usize, replication: u64, values: &[(&'static str, f64)]) -> World<1> {
        let mut world = World::new(&small_world(n, values), Draws::new(4, replication));
        step(&mut world);
        world
    }

    /// Mean of a number over replications, and its standard error.
    fn mean(n: u64, of: impl Fn(u64) -> f64) -> (f64, f64) {
        let values: Vec<f64> = (0..n).map(of).collect();
        let mean = values.iter().sum::<f64>() / n as f64;
        let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1) as f64;
        (mean, (variance / n as f64).sqrt())
    }

    #[test]
    fn without_tasks_nothing_happens() {
        let world = after(3, 0, &[]);
        assert!(world.tasks.is_none());
        assert_eq!(world.partnership.conditions.output, Lane::ONE);
    }

    #[test]
    fn four_partners_leave_the_gaps_and_have_the_owners_that_chance_gives() {
        let values = [("roles.tasks", 10.0), ("roles.claim_chance", 0.3)];
        let (gaps, error) = mean(400, |r| after(4, r, &values).tasks.map_or(0.0, |tasks| tasks.gaps[0]));
        assert!((gaps - 0.2401).abs() < 4.0 * error, "{gaps} ± {error}");
        let (owners, error) = mean(400, |r| after(4, r, &values).tasks.map_or(0.0, |tasks| tasks.owners[0]));
        assert!((owners - 1.2).abs() < 4.0 * error, "{owners} ± {error}");
    }

    #[test]
    fn a_task_on_the_map_has_one_owner_while_there_is_a_member() {
        let mut world = after(4, 0, &[("roles.tasks", 10.0), ("roles.claim_chance", 0.6)]);
        assert!(world.tasks.as_ref().is_some_and(|tasks| tasks.duplicates[0] > 0.0));
        world.partnership.conditions = Default::default();
        world.partnership.conditions.role_clarity = Lane::ONE;
        step(&mut world);
        let tasks = world.tasks.as_ref().expect("tasks");
        assert_eq!((tasks.gaps[0], tasks.duplicates[0], tasks.owners[0]), (0.0, 0.0, 1.0));
        assert_eq!(world.partnership.conditions.output[0], 1.0);
    }

    #[test]
    fn talk_settles_what_is_not_on_the_map() {
        assert!((settled(0.2, 0.3 * 0.5) - 0.32).abs() < 1e-12);
        assert_eq!((settled(0.0, 0.0), settled(1.7, 0.0)), (0.0, 1.0));
        let mut world = after(4, 0, &[("roles.tasks", 30.0), ("roles.talk_effect", 1.0)]);
        assert!(world.tasks.as_ref().is_some_and(|tasks| tasks.gaps[0] > 0.0));
        world.partners.iter_mut().for_each(|partner| partner.informed = Lane::ONE);
        step(&mut world);
        assert!(world.tasks.is_some_and(|tasks| (tasks.gaps[0], tasks.owners[0]) == (0.0, 1.0)));
    }

    #[test]
    fn what_nobody_and_what_two_own_costs_output_by_hand() {
        // All claim everything: of four owners three are one too many, at an effect of one half.
        let values = [("roles.tasks", 5.0), ("roles.claim_chance", 1.0)];
        assert!((after(4, 0, &values).partnership.conditions.output[0] - (1.0 - 0.5 * 0.75)).abs() < 1e-12);
        // Nobody claims anything.
        let values = [("roles.tasks", 5.0), ("roles.claim_chance", 0.0), ("roles.gap_effect", 0.8)];
        assert!((after(4, 0, &values).partnership.conditions.output[0] - 0.2).abs() < 1e-12);
    }

    #[test]
    fn who_leaves_leaves_gaps() {
        let mut world = after(4, 0, &[("roles.tasks", 40.0)]);
        let gaps = |world: &World<1>| world.tasks.as_ref().map_or(0.0, |tasks| tasks.gaps[0]);
        let before = gaps(&world);
        world.partners[2].active = Lane::ZERO;
        world.partners[3].active = Lane::ZERO;
        step(&mut world);
        assert!(gaps(&world) > before && gaps(&world) < 1.0);
    }
}
