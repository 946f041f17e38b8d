//! One replication lived again with everything written down month by month: the same bits as among many.

use super::dispatch;
use crate::model::draws::Draws;
use crate::model::inputs::Inputs;
use crate::model::lanes::Lane;
use crate::model::losses::{KINDS, Losses};
use crate::model::mechanisms;
use crate::model::mechanisms::events::EventState;
use crate::model::mechanisms::membership::{self, Account};
use crate::model::outcomes::{self, OUTCOMES, causes, monthly, partner_measures, seats};
use crate::model::partner;
use crate::model::world::{Total, World};
use crate::simulate::LANES;

/// Lanes that it is lived in, as few as are possible; it is the first.
const LIVED: usize = LANES[0];

/// One replication, month by month.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Which one.
    pub replication: u64,
    /// Mean trust before the first month.
    pub starting_trust: f64,
    /// Mean morale before the first month.
    pub starting_morale: f64,
    /// Share of an income that is lost while it does not arrive in full.
    pub outage_depth: f64,
    /// What each partner has to give, in the scenario's order.
    pub endowments: Vec<Endowment>,
    /// Every month from the first to the horizon.
    pub months: Vec<Month>,
    /// Its outcomes, in the order of `model::outcomes::OUTCOMES`.
    pub outcomes: Vec<f64>,
    /// Measures of each partner, in the order of `model::outcomes::PARTNER_MEASURES`.
    pub partners: Vec<Vec<f64>>,
    /// Why it stopped, position in `model::outcomes::ENDINGS`.
    pub ending: usize,
    /// Why it failed, position in `model::outcomes::CAUSES`; 0 when it did not.
    pub cause: usize,
    /// Whether it dissolved as a partner left without whom the others could not go on.
    pub vital_left: bool,
    /// Whether joint work waits for plans that have to be decided on.
    pub decides: bool,
    /// Worth that the work agreed on was intended to have while the partnership was at work.
    pub planned: f64,
    /// What of it was lost, in the order of `model::outcomes::CAUSES` after the first.
    pub losses: [f64; KINDS],
}

/// What a partner has to give, as it was drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Endowment {
    /// Income, in thousand pounds a month.
    pub money: f64,
    /// Days a month when that arrives in full.
    pub days: f64,
    /// Cost of one staff-day, in thousand pounds.
    pub day_cost: f64,
}

/// A whole replication beside its twin, the same organisations in the same months working alone. All in thousand pounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BesideTwin {
    /// Worth of all help given.
    pub value: f64,
    /// Part of it that joint work gave.
    pub joint: f64,
    /// Worth of the help that the twin gave.
    pub alone: f64,
    /// Grant that arrived.
    pub grant: f64,
    /// What it was worth more than the twin, less the grant.
    pub premium: f64,
}

/// The partnership at the end of a month. Money and worth are in thousand pounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Month {
    /// The monthly measures, in the order of `model::outcomes::MONTHLY`.
    pub measures: Vec<f64>,
    /// Grant that the sponsor promised for this month.
    pub grant_due: f64,
    /// Grant that arrived.
    pub grant: f64,
    /// Worth of all help given, by joint and by separate work.
    pub value: f64,
    /// Part of it that joint work gave.
    pub joint_value: f64,
    /// Worth of the help that the twin gave working alone.
    pub alone_value: f64,
    /// Joint worth lost in the month, in the order of `model::outcomes::CAUSES` after the first.
    pub losses: [f64; KINDS],
    /// How each event stands, in the scenario's order.
    pub events: Vec<Event>,
    /// Whether each intervention is being done, in the scenario's order.
    pub interventions: Vec<bool>,
    /// Whether a plan is in force.
    pub planned: bool,
    /// Whether it came into force this month, the first or a later one.
    pub new_plan: bool,
    /// Reviews in a row so far that found joint work not worth its cost, where such reviews can end the partnership.
    pub losing_reviews: usize,
    /// Whether contracts ended with this month.
    pub term_ended: bool,
    /// Improvements of the way of working adopted in the month.
    pub innovations: usize,
    /// Its partners, in the scenario's order.
    pub partners: Vec<Partner>,
    /// Trust of every partner in every other, row by row: that of partner `i` in partner `j` stands at `i * n + j` of `n * n`. None in
    /// itself, nor where either is no member.
    pub ties: Vec<Option<f64>>,
}

/// An event in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Whether it began this month.
    pub begins: bool,
    /// Whether it was under way, its first month included.
    pub running: bool,
}

/// A partner at the end of a month.
#[derive(Debug, Clone, PartialEq)]
pub struct Partner {
    /// Whether it is still a member of a living partnership.
    pub member: bool,
    /// Whether it is still to join.
    pub waiting: bool,
    /// Whether its income arrived in full.
    pub funded: bool,
    /// Money put by.
    pub reserve: f64,
    /// Days it had.
    pub days: f64,
    /// Days of them in meetings and on working links, less what the grant refunded.
    pub coordination_days: f64,
    /// Days of them put into joint work.
    pub contributed_days: f64,
    /// Share of its promise it kept.
    pub kept: f64,
    /// Its mean trust in the other members.
    pub trust: f64,
    /// The other members' mean trust in it.
    pub trust_received: f64,
    /// Closeness of its own goals to the joint ones.
    pub fit: f64,
    /// Its morale.
    pub morale: f64,
    /// Its goodwill towards the partnership.
    pub goodwill: f64,
    /// What moved its goodwill this month.
    pub account: Account,
    /// Inequity it felt.
    pub inequity: f64,
    /// Its share of the worth of joint work.
    pub benefit: f64,
    /// Worth of its separate work.
    pub own_value: f64,
    /// Worth of the work of its twin.
    pub alone_value: f64,
}

impl Trace {
    /// All its months together, beside the twin.
    pub fn beside_twin(&self) -> BesideTwin {
        let sum = |of: fn(&Month) -> f64| self.months.iter().map(of).sum::<f64>();
        let premium = OUTCOMES.iter().position(|outcome| outcome.name == "premium");
        BesideTwin {
            value: sum(|month| month.value),
            joint: sum(|month| month.joint_value),
            alone: sum(|month| month.alone_value),
            grant: sum(|month| month.grant),
            premium: premium.map_or(0.0, |at| self.outcomes[at]),
        }
    }
}

/// Lives one replication of a scenario under a seed.
///
/// ```
/// use partnersim::model::inputs::{Inputs, NeedInputs, PartnerInputs};
/// let inputs = Inputs {
///     horizon_months: 6,
///     partners: vec![PartnerInputs::default(); 2],
///     needs: vec![NeedInputs::default()],
///     ..Inputs::default()
/// };
/// let trace = partnersim::simulate::trace::trace(&inputs, 1, 17);
/// assert_eq!((trace.months.len(), trace.months[0].partners.len()), (6, 2));
/// ```
pub fn trace(inputs: &Inputs, seed: u64, replication: u64) -> Trace {
    let mut world = dispatch::beginning(inputs, Draws::<LIVED>::new(seed, replication));
    let mut trace = Trace {
        replication,
        starting_trust: world.followed.trust[0],
        starting_morale: world.followed.morale[0],
        outage_depth: world.rules.funding.depth[0],
        endowments: world.partners.iter().map(Endowment::new).collect(),
        months: Vec::with_capacity(inputs.horizon_months),
        outcomes: Vec::new(),
        partners: Vec::new(),
        ending: 0,
        cause: 0,
        vital_left: false,
        decides: world.rules.decisions.is_some(),
        planned: 0.0,
        losses: [0.0; KINDS],
    };
    for month in 0..inputs.horizon_months {
        let before = (world.partnership.total, world.partnership.losses);
        mechanisms::month(&mut world, month);
        let measures = monthly::follow(&mut world);
        trace.months.push(taken_down(&world, &before, month, &measures));
    }
    seats::weigh(&mut world);
    trace.outcomes = plain(&outcomes::measure(&world));
    trace.partners = world.partners.iter().map(|partner| plain(&partner_measures::measure(partner))).collect();
    trace.ending = world.partnership.ending[0] as usize;
    trace.cause = causes::measure(&world)[0] as usize;
    let losses = &world.partnership.losses;
    (trace.vital_left, trace.planned) = (losses.vital_left[0] > 0.0, losses.planned[0]);
    trace.losses = losses.by_cause().map(|loss| loss[0]);
    trace
}

/// The month that `world` has just lived, where `before` are its totals and losses before it.
fn taken_down(
    world: &World<LIVED>,
    before: &(Total<LIVED>, Losses<LIVED>),
    month: usize,
    measures: &[Lane<LIVED>],
) -> Month {
    let partnership = &world.partnership;
    let ((before, lost_before), lost) = (before, partnership.losses.by_cause());
    let lost_before = lost_before.by_cause();
    let partners = world.partners.iter().enumerate();
    let plan = &partnership.plan;
    let worked = partnership.total.months[0] > before.months[0];
    Month {
        measures: plain(measures),
        grant_due: partnership.grant_due[0],
        grant: partnership.grant[0],
        value: partnership.total.value[0] - before.value[0],
        joint_value: partnership.joint_value[0],
        alone_value: partnership.total.alone_value[0] - before.alone_value[0],
        losses: std::array::from_fn(|kind| lost[kind][0] - lost_before[kind][0]),
        events: world.events.iter().map(Event::new).collect(),
        interventions: (0..world.interventions.len()).map(|at| is_running(world, month, at)).collect(),
        planned: plan.in_force[0] > 0.0,
        new_plan: worked && plan.in_force[0] > 0.0 && plan.age[0] == 0.0,
        losing_reviews: partnership.losing_reviews[0] as usize,
        term_ended: partnership.term_ends[0] > 0.0,
        innovations: (partnership.total.innovations[0] - before.innovations[0]) as usize,
        partners: partners.map(|(i, partner)| Partner::new(partner, membership::account(world, month, i))).collect(),
        ties: ties(world),
    }
}

fn ties(world: &World<LIVED>) -> Vec<Option<f64>> {
    let n = world.partners.len();
    let mut trust = vec![None; n * n];
    let is_member = |partner: usize| world.partners[partner].active[0] > 0.0;
    for tie in world.ties.iter().filter(|tie| is_member(tie.ends.0) && is_member(tie.ends.1)) {
        let (one, other) = tie.ends;
        trust[one * n + other] = Some(tie.trust[0][0]);
        trust[other * n + one] = Some(tie.trust[1][0]);
    }
    trust
}

fn is_running(world: &World<LIVED>, month: usize, at: usize) -> bool {
    world.rules.interventions.as_ref().is_some_and(|interventions| interventions.running(at, month)[0] > 0.0)
}

impl Endowment {
    fn new(partner: &partner::Partner<LIVED>) -> Endowment {
        Endowment { money: partner.money[0], days: partner.normal_days[0], day_cost: partner.day_cost[0] }
    }
}

impl Event {
    fn new(state: &EventState<LIVED>) -> Event {
        Event { begins: state.begins[0] > 0.0, running: state.running[0] > 0.0 }
    }
}

impl Partner {
    fn new(partner: &partner::Partner<LIVED>, account: Account) -> Partner {
        Partner {
            member: partner.active[0] > 0.0,
            waiting: partner.waiting[0] > 0.0,
            funded: partner.funded[0] > 0.0,
            reserve: partner.reserves[0],
            days: partner.days[0],
            coordination_days: partner.coordination_days[0],
            contributed_days: partner.contributed[0],
            kept: partner.kept[0],
            trust: partner.trust[0],
            trust_received: partner.trusted[0],
            fit: partner.fit[0],
            morale: partner.morale[0],
            goodwill: partner.goodwill[0],
            account,
            inequity: partner.inequity[0],
            benefit: partner.benefit[0],
            own_value: partner.own_value[0],
            alone_value: partner.alone_value[0],
        }
    }
}

fn plain(lanes: &[Lane<LIVED>]) -> Vec<f64> {
    lanes.iter().map(|lane| lane[0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::mechanisms::small_world;

    fn outcome(trace: &Trace, name: &str) -> f64 {
        trace.outcomes[OUTCOMES.iter().position(|outcome| outcome.name == name).unwrap()]
    }

    #[test]
    fn the_months_add_up_to_the_outcomes() {
        let trace = trace(&small_world(4, &[("funding.grant", 20.0), ("funding.grant_end", 7.0)]), 3, 11);
        let sum = |of: fn(&Month) -> f64| trace.months.iter().map(of).sum::<f64>();
        assert!((sum(|month| month.value) - outcome(&trace, "value")).abs() < 1e-6);
        let premium = sum(|month| month.value - month.alone_value - month.grant);
        assert!((premium - outcome(&trace, "premium")).abs() < 1e-6);
        assert_eq!(trace.months.iter().filter(|month| month.grant_due == 20.0).count(), 7);
        assert!(trace.months.iter().all(|month| month.grant <= month.grant_due));
    }

    #[test]
    fn who_trusts_whom_is_what_the_means_are_made_of() {
        let trace = trace(&small_world(4, &[("communication.quality", 0.3)]), 3, 11);
        let n = trace.months[0].partners.len();
        let mut one_sided = 0;
        for month in &trace.months {
            assert_eq!(month.ties.len(), n * n);
            for (i, partner) in month.partners.iter().enumerate() {
                let given: Vec<f64> = month.ties[i * n..(i + 1) * n].iter().copied().flatten().collect();
                assert_eq!(month.ties[i * n + i], None);
                if !partner.member {
                    assert!(given.is_empty(), "nobody else is a member with it");
                    continue;
                }
                let others = month.partners.iter().filter(|other| other.member).count() - 1;
                assert_eq!(given.len(), others);
                if others == n - 1 {
                    let mean = given.iter().sum::<f64>() / others as f64;
                    assert!((mean - partner.trust).abs() < 1e-12, "{mean} {}", partner.trust);
                    let received: f64 = (0..n).filter_map(|j| month.ties[j * n + i]).sum();
                    assert!((received / others as f64 - partner.trust_received).abs() < 1e-12);
                    one_sided += usize::from((0..n).any(|j| month.ties[i * n + j] != month.ties[j * n + i]));
                }
            }
        }
        assert!(one_sided > 0, "trust is not always returned, so that the two directions can be told apart");
    }

    #[test]
    fn what_is_written_down_changes_nothing_and_depends_on_the_replication_alone() {
        let inputs = small_world(3, &[]);
        assert_eq!(trace(&inputs, 1, 5), trace(&inputs, 1, 5));
        assert_ne!(trace(&inputs, 1, 5).outcomes, trace(&inputs, 1, 6).outcomes);
        assert_ne!(trace(&inputs, 1, 5).outcomes, trace(&inputs, 2, 5).outcomes);
    }
}
