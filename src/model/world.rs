//! `L` replications of one partnership: partners, ties, needs, the partnership itself, and the values their rules use.

use crate::model::drawn::Drawn;
use crate::model::draws::{Draws, Purpose};
use crate::model::evaluation::{self, Evaluation};
use crate::model::influence::Conditions;
use crate::model::inputs::Inputs;
use crate::model::lanes::Lane;
use crate::model::losses::Losses;
use crate::model::math;
use crate::model::mechanisms::{
    absence, administration, contributions, coordination, culture, decisions, delivery, dependence, dialogue, entry,
    events, exchange, formality, funding, goal_setting, interventions, learning, meetings, membership, monitoring,
    morale, power, release, replanning, roles, sharing, staff, tension, terms, trust, users,
};
use crate::model::need::{self, Need};
use crate::model::outcomes::NEVER_FORMED;
use crate::model::outcomes::course::Course;
use crate::model::outcomes::monthly::{self, Followed};
use crate::model::partner::Partner;
use crate::model::production;
use crate::model::search::Search;
use crate::model::tie::Tie;

/// Everything about `L` replications at one moment.
#[derive(Debug, Clone)]
pub struct World<const L: usize> {
    /// Their random numbers.
    pub draws: Draws<L>,
    /// The organisations, in the scenario's order.
    pub partners: Vec<Partner<L>>,
    /// Every unordered pair of them.
    pub ties: Vec<Tie<L>>,
    /// Distance between the cultures of each pair that is left, in the order of the ties; empty where all are of one culture.
    pub cultures: Vec<Lane<L>>,
    /// What there is to do.
    pub needs: Vec<Need<L>>,
    /// How much each partner cares for each need, 0 to 1: partner by partner, need by need within.
    pub goals: Vec<Lane<L>>,
    /// Each partner's own mandate, in the same order: where its goals began.
    pub mandates: Vec<Lane<L>>,
    /// Share of its separate work each partner gives to each need, in the same order.
    pub priorities: Vec<Lane<L>>,
    /// Share of its days each partner has in each skill: partner by partner, skill by skill within.
    pub skills: Vec<Lane<L>>,
    /// What a day of separate work achieves for each need, against a team with exactly the right skills; as `goals`.
    pub yields: Vec<Lane<L>>,
    /// How each event stands, in the scenario's order.
    pub events: Vec<events::EventState<L>>,
    /// Level of each intervention's effect, 0 to 1, in the scenario's order.
    pub interventions: Vec<Lane<L>>,
    /// The partnership.
    pub partnership: Partnership<L>,
    /// Its tasks, where roles are part of the model.
    pub tasks: Option<roles::Tasks<L>>,
    /// Its way of working, where joint search is part of the model.
    pub search: Option<Search<L>>,
    /// Values of the mechanisms' parameters.
    pub rules: Rules<L>,
    /// What is followed month by month.
    pub followed: Followed<L>,
    /// What is averaged over the months the partnership works.
    pub course: Course<L>,
    /// Room for sums over partners and needs, reused every month.
    pub scratch: Vec<Lane<L>>,
}

/// The parameters of every mechanism.
#[derive(Debug, Clone)]
pub struct Rules<const L: usize> {
    /// What befalls the partners, where anything does.
    pub events: Option<events::Events<L>>,
    /// Income and grants.
    pub funding: funding::Funding<L>,
    /// Money that comes late, money that is refunded.
    pub release: Option<release::Release<L>>,
    /// Who joins later.
    pub entry: Option<entry::Entry<L>>,
    /// People who leave.
    pub staff: Option<staff::Staff<L>>,
    /// Contracts and mandates.
    pub terms: Option<terms::Terms<L>>,
    /// What is done to make it work better.
    pub interventions: Option<interventions::Interventions<L>>,
    /// Whose voice weighs how much, where they differ.
    pub power: Option<power::Power<L>>,
    /// What dependence does, where it does anything.
    pub dependence: Option<dependence::Effects<L>>,
    /// The users' seat, where they have one.
    pub users: Option<users::Users<L>>,
    /// Who stays away.
    pub absence: Option<absence::Absence<L>>,
    /// How cultures grow together.
    pub culture: Option<culture::Culture<L>>,
    /// Who hears whom.
    pub meetings: meetings::Meetings<L>,
    /// In what circles partners talk, and what misunderstanding costs.
    pub exchange: Option<exchange::Exchange<L>>,
    /// How goals move.
    pub dialogue: dialogue::Dialogue<L>,
    /// How plans are decided, where they are.
    pub decisions: Option<decisions::Decisions<L>>,
    /// Paperwork and an office, where there are any.
    pub administration: Option<administration::Administration<L>>,
    /// What is formal, where anything is.
    pub formality: Option<formality::Formality<L>>,
    /// How better ways of working are looked for, where they are.
    pub learning: Option<learning::Learning<L>>,
    /// How skill grows by doing, where it does.
    pub practice: Option<learning::Practice<L>>,
    /// Who takes on what, where there are tasks.
    pub roles: Option<roles::Roles<L>>,
    /// What is not spoken of.
    pub tension: Option<tension::Tension<L>>,
    /// How specific goals are and whose.
    pub goal_setting: Option<goal_setting::GoalSetting<L>>,
    /// Reviews of what was given.
    pub monitoring: Option<monitoring::Monitoring<L>>,
    /// What reviews change.
    pub replanning: Option<replanning::Replanning<L>>,
    /// What working together takes.
    pub coordination: coordination::Coordination<L>,
    /// What is promised and given.
    pub contributions: contributions::Contributions<L>,
    /// What work achieves.
    pub delivery: delivery::Delivery<L>,
    /// Who is credited with it.
    pub sharing: sharing::Sharing<L>,
    /// What experience makes of trust.
    pub trust: trust::Trust<L>,
    /// Hopes and heart.
    pub morale: morale::Morale<L>,
    /// Who stays.
    pub membership: membership::Membership<L>,
    /// Who studies it from outside, if anybody does.
    pub evaluation: Option<Evaluation<L>>,
}

/// The partnership as a whole.
#[derive(Debug, Clone, Default)]
pub struct Partnership<const L: usize> {
    /// 1 while it works together.
    pub alive: Lane<L>,
    /// 1 while the sponsor's money arrives.
    pub sponsored: Lane<L>,
    /// Grant promised for this month, whether or not it arrives.
    pub grant_due: Lane<L>,
    /// Money of a grant that the sponsor had promised for this month before it withdrew.
    pub grant_withdrawn: Lane<L>,
    /// 1 once a grant that was paid has come to its end.
    pub after_grant: Lane<L>,
    /// Money of the grant this month.
    pub grant: Lane<L>,
    /// 1 in the last month of a term.
    pub term_ends: Lane<L>,
    /// Part of it left for joint work after coordination.
    pub grant_for_work: Lane<L>,
    /// Members this month.
    pub members: Lane<L>,
    /// The goals it works for: the mean of its members', need by need.
    pub goals: Vec<Lane<L>>,
    /// Share of the pairs of members too far apart to listen to each other this month.
    pub conflict: Lane<L>,
    /// Share of their care that users give to each need.
    pub user_priorities: Vec<Lane<L>>,
    /// Weight of the users' seat this month, against one for an ordinary member.
    pub users_voice: Lane<L>,
    /// What was decided.
    pub plan: decisions::Plan<L>,
    /// Its office.
    pub office: administration::Office<L>,
    /// Factor on the weight each need has in joint work, from the last review.
    pub emphasis: Vec<Lane<L>>,
    /// Net value of joint work so far at the last review.
    pub net_at_review: Lane<L>,
    /// Reviews in a row that found a loss.
    pub losing_reviews: Lane<L>,
    /// Worth of joint work this month.
    pub joint_value: Lane<L>,
    /// Worth joint work would have if all who have joined so far gave all they had agreed could be pooled.
    pub intended_value: Lane<L>,
    /// Capacity of the founders before the first month, days.
    pub starting_capacity: Lane<L>,
    /// What holds this month.
    pub conditions: Conditions<L>,
    /// Why it stopped, position in `outcomes::ENDINGS`.
    pub ending: Lane<L>,
    /// What it lost by what, and whether a partner left that it could not do without.
    pub losses: Losses<L>,
    /// Running totals and the state followed month by month.
    pub total: Total<L>,
}

/// What is summed up over a replication for the whole partnership.
#[derive(Debug, Clone, Copy, Default)]
pub struct Total<const L: usize> {
    /// Months alive.
    pub months: Lane<L>,
    /// Months alive after the end of a grant.
    pub months_after_grant: Lane<L>,
    /// Terms that have ended, whether or not the partnership was still alive.
    pub terms: Lane<L>,
    /// Ends of a term that the partnership outlived.
    pub renewed: Lane<L>,
    /// People who needed help.
    pub demand: Lane<L>,
    /// People helped, by joint and by separate work.
    pub people: Lane<L>,
    /// Worth of that help.
    pub value: Lane<L>,
    /// People helped by the twin.
    pub alone_people: Lane<L>,
    /// Worth of the help given by the twin.
    pub alone_value: Lane<L>,
    /// Worth of the help that joint work gave.
    pub joint_value: Lane<L>,
    /// Cost of the days put into joint work.
    pub contributed: Lane<L>,
    /// Cost of coordination and money the partnership spent as such, before any refund by the grant.
    pub coordination: Lane<L>,
    /// Part of that cost refunded by the grant.
    pub refunded: Lane<L>,
    /// Money the partnership spent as such that its members bore, less what joint work earned them.
    pub levied: Lane<L>,
    /// Income that joint work earned the members.
    pub earned: Lane<L>,
    /// Grant spent.
    pub grant: Lane<L>,
    /// Days of all partners while the partnership worked.
    pub days: Lane<L>,
    /// People whom joint work helped, credit being shared with separate work.
    pub joint_people: Lane<L>,
    /// Months in which there was enough joint work to provide anything.
    pub provided: Lane<L>,
    /// Shares of the tasks nobody owned, month by month.
    pub gaps: Lane<L>,
    /// Owners beyond the first of a task as shares of all, month by month.
    pub duplicates: Lane<L>,
    /// Improvements of the way of working that were adopted.
    pub innovations: Lane<L>,
    /// Quality of the way of working, month by month.
    pub quality: Lane<L>,
    /// Part of the cost of joint work that government refunded.
    pub subsidy: Lane<L>,
    /// Share of their promises that members kept and others saw, added up over the months alive.
    pub accounted: Lane<L>,
    /// Mean cynicism of the members, added up over the months alive.
    pub cynicism: Lane<L>,
    /// Mean tension of the members, added up over the months alive.
    pub tension: Lane<L>,
    /// Share of what was heard that was misunderstood, added up over the months alive.
    pub misread: Lane<L>,
    /// Months in which more than half of the distance between cultures was left.
    pub integrating: Lane<L>,
}

impl<const L: usize> Total<L> {
    /// Worth of joint work and what it earned less the resources put into it, the coordination and the grant.
    #[inline(always)]
    pub fn net_value(&self) -> Lane<L> {
        // The grant is spent once: what it refunded of the coordination is not counted again.
        self.joint_value - self.contributed - (self.coordination - self.refunded) - self.grant + self.earned
    }

    /// A sum over the months alive as their mean.
    #[inline(always)]
    pub fn monthly_mean(&self, sum: Lane<L>) -> Lane<L> {
        sum.zip(self.months, |sum, months| sum / math::max(months, 1.0))
    }
}

impl<const L: usize> World<L> {
    /// The world of `inputs` before its first month, in the replications of `draws`. Large, and made once a replication: one copy serves all.
    #[inline(never)]
    pub fn new(inputs: &Inputs, draws: Draws<L>) -> Self {
        let drawn = Drawn::new(inputs, draws);
        let rules = Rules::new(&drawn, &draws, inputs.partners.len());
        let needs: Vec<Need<L>> = (0..inputs.needs.len()).map(|k| Need::new(&drawn, inputs, k)).collect();
        let partners = (0..inputs.partners.len()).map(|i| rules.partner(&drawn, &draws, i)).collect();
        let skills = skill_shares(&drawn, inputs);
        let mandates = starting_goals(&drawn, &draws, inputs);
        let tasks = rules.roles.as_ref().map(|roles| roles::Tasks::new(roles, &draws, inputs.partners.len()));
        let search = rules.learning.as_ref().map(|learning| learning.search(inputs, &draws, &skills));
        let ties = meetings::ties(&drawn, inputs, &rules);
        let mut world = World {
            draws,
            partners,
            cultures: rules.culture.as_ref().map_or_else(Vec::new, |culture| culture.at_start(&ties)),
            ties,
            yields: production::yields(&needs, &skills, inputs.partners.len()),
            priorities: priorities(&mandates, needs.len()),
            goals: mandates.clone(),
            mandates,
            skills,
            partnership: Partnership::new(&needs),
            events: vec![Default::default(); inputs.events.len()],
            interventions: vec![Lane::ZERO; inputs.interventions.len()],
            tasks,
            search,
            needs,
            rules,
            followed: Followed::default(),
            course: Course::default(),
            scratch: Vec::new(),
        };
        coordination::appoint(&mut world);
        world.set_out();
        evaluation::look_back(&mut world);
        monthly::take_stock(&mut world);
        if !world.rules.coordination.is_partnership() {
            world.work_alone();
        }
        world
    }

    /// The founders agree on what is to be done.
    #[inline(always)]
    fn set_out(&mut self) {
        self.partnership.starting_capacity = capacity(&self.partners);
        power::step(self);
        dialogue::agree(self);
        self.partnership.intended_value = delivery::intended_value(self);
        if self.rules.entry.is_some() {
            // What all set out to do, as far as they are there.
            let all = self.partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.normal_days);
            self.partnership.intended_value *=
                entry::joined_capacity(&self.partners) / all.map(|all| math::max(all, 1e-9));
        }
    }

    /// No partnership is formed: there are no members from the first month on.
    fn work_alone(&mut self) {
        self.partners.iter_mut().for_each(|partner| partner.active = Lane::ZERO);
        self.partnership.alive = Lane::ZERO;
        self.partnership.ending = Lane::splat(NEVER_FORMED as f64);
    }

    /// Number of needs.
    #[inline(always)]
    pub fn n_needs(&self) -> usize {
        self.needs.len()
    }
}

impl<const L: usize> Rules<L> {
    fn new(drawn: &Drawn<L>, draws: &Draws<L>, n_partners: usize) -> Self {
        Rules {
            events: events::Events::new(drawn),
            funding: funding::Funding::new(drawn),
            release: release::Release::new(drawn, draws),
            entry: entry::Entry::new(drawn),
            staff: staff::Staff::new(drawn),
            terms: terms::Terms::new(drawn),
            interventions: interventions::Interventions::new(drawn),
            power: power::Power::new(drawn),
            dependence: dependence::Effects::new(drawn),
            users: users::Users::new(drawn),
            absence: absence::Absence::new(drawn, n_partners),
            culture: culture::Culture::new(drawn),
            meetings: meetings::Meetings::new(drawn),
            exchange: exchange::Exchange::new(drawn),
            dialogue: dialogue::Dialogue::new(drawn),
            decisions: decisions::Decisions::new(drawn),
            administration: administration::Administration::new(drawn),
            formality: formality::Formality::new(drawn),
            learning: learning::Learning::new(drawn),
            practice: learning::Practice::new(drawn),
            roles: roles::Roles::new(drawn),
            tension: tension::Tension::new(drawn),
            goal_setting: goal_setting::GoalSetting::new(drawn),
            monitoring: monitoring::Monitoring::new(drawn),
            replanning: replanning::Replanning::new(drawn),
            coordination: coordination::Coordination::new(drawn),
            contributions: contributions::Contributions::new(drawn),
            delivery: delivery::Delivery::new(drawn),
            sharing: sharing::Sharing::new(drawn),
            trust: trust::Trust::new(drawn),
            morale: morale::Morale::new(drawn),
            membership: membership::Membership::new(drawn),
            evaluation: Evaluation::new(drawn),
        }
    }

    /// Partner `i` with the starting state that each mechanism gives it.
    fn partner(&self, drawn: &Drawn<L>, draws: &Draws<L>, i: usize) -> Partner<L> {
        let mut partner = Partner::new(drawn, i);
        partner.normal_days = self.funding.normal_days(&partner);
        self.contributions.character(&mut partner, drawn, draws, i);
        partner.belief = self.contributions.initial_belief;
        partner.given = self.contributions.initial_belief;
        partner.trust = self.trust.initial;
        partner.trusted = self.trust.initial;
        partner.morale = self.morale.initial;
        partner.hopes = self.morale.hopes(draws, i);
        partner.goodwill = self.membership.initial_goodwill;
        if let Some(entry) = &self.entry {
            partner.waiting = entry.waiting(i);
            partner.active = Lane::ONE - partner.waiting;
        }
        partner
    }
}

impl<const L: usize> Partnership<L> {
    fn new(needs: &[Need<L>]) -> Self {
        Partnership {
            alive: Lane::ONE,
            sponsored: Lane::ONE,
            goals: vec![Lane::ZERO; needs.len()],
            user_priorities: users::priorities(needs),
            plan: decisions::Plan::new(needs.len()),
            emphasis: vec![Lane::ONE; needs.len()],
            ..Partnership::default()
        }
    }
}

impl<const L: usize> Need<L> {
    fn new(drawn: &Drawn<L>, inputs: &Inputs, k: usize) -> Self {
        let usual_demand = drawn.number(&need::DEMAND, k);
        let skills = shares((0..inputs.needs[k].skills.len()).map(|s| drawn.need_skill(k, s)).collect());
        let exponent = drawn.number(&need::COMPLEXITY, k).map(production::exponent);
        Need {
            usual_demand,
            demand: usual_demand,
            demand_inverse: usual_demand.map(production::inverse),
            met: Lane::ZERO,
            people_a_day: drawn.number(&need::DAYS, k).map(|days| 1.0 / days),
            value: drawn.number(&need::VALUE, k) * 0.001,
            joint_only: drawn.number(&need::JOINT_ONLY, k),
            exponent,
            exponent_inverse: exponent.map(|r| 1.0 / r),
            skills_inverse: skills.iter().map(|weight| weight.map(|w| 1.0 / math::max(w, 1e-9))).collect(),
            skills,
        }
    }
}

/// How many are members.
#[inline(always)]
pub fn members<const L: usize>(partners: &[Partner<L>]) -> Lane<L> {
    partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.active)
}

/// Capacity of the members, days in an ordinary month.
pub fn capacity<const L: usize>(partners: &[Partner<L>]) -> Lane<L> {
    partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.active * partner.normal_days)
}

fn skill_shares<const L: usize>(drawn: &Drawn<L>, inputs: &Inputs) -> Vec<Lane<L>> {
    let of_partner = |(i, partner): (usize, &crate::model::inputs::PartnerInputs)| {
        shares((0..partner.skills.len()).map(|s| drawn.partner_skill(i, s)).collect())
    };
    inputs.partners.iter().enumerate().flat_map(of_partner).collect()
}

#[inline(always)]
fn starting_goals<const L: usize>(drawn: &Drawn<L>, draws: &Draws<L>, inputs: &Inputs) -> Vec<Lane<L>> {
    let spread = drawn.number(&dialogue::GOAL_SPREAD, 0) * (Lane::ONE - drawn.number(&entry::SELECTION, 0));
    let mut goals = Vec::new();
    for i in 0..inputs.partners.len() {
        for k in 0..inputs.needs.len() {
            let luck = draws.normal(Purpose::StartingGoal, 0, i, k);
            let drawn_around = || spread.zip(luck, |spread, luck| math::unit(0.5 + spread * luck));
            goals.push(drawn.partner_goal(i, k).unwrap_or_else(drawn_around));
        }
    }
    goals
}

/// Goals of each partner scaled to sum to one.
fn priorities<const L: usize>(goals: &[Lane<L>], n_needs: usize) -> Vec<Lane<L>> {
    goals.chunks(n_needs.max(1)).flat_map(|own| shares(own.to_vec())).collect()
}

/// Weights scaled to sum to one; all the same where every weight is zero.
fn shares<const L: usize>(weights: Vec<Lane<L>>) -> Vec<Lane<L>> {
    let equal = 1.0 / weights.len().max(1) as f64;
    let sum = weights.iter().fold(Lane::ZERO, |sum, &weight| sum + weight);
    let share = |weight: &Lane<L>| weight.zip(sum, |weight, sum| if sum > 0.0 { weight / sum } else { equal });
    weights.iter().map(share).collect()
}
