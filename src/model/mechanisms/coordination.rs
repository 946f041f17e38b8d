//! Coordination: the time that meetings and working links take, by who coordinates, and what of it the grant refunds.
//!
//! # Does
//! Takes the time of meetings and working links off each member's days, at most half of them, and lets the grant pay for as
//! much of it as it can; what is left of the grant goes to joint work.
//!
//! # Why
//! Coordination eats part of what joint work wins, and among equals it grows with the square of their number.
//!
//! # Equation
//! Days `= meetings + κ·Σ(1 + d)` over a member's working links. Shared governance: every pair is a link, `n(n − 1)/2` in
//! all. Lead organisation: `n − 1`, all with the lead; at the others' ends a link counts with the mean distance of a member's ties.
//! When the lead leaves, the next member listed leads. Administrative office: `n`, without distance, the members bearing both ends.
//! An informal network: only the links to those heard this month, and a share of the joint work. Alone: no partnership. Never more
//! than half of a member's days. Where all govern together that may add to what they give, in proportion to their trust. What else
//! takes days of the partnership, and what money it spends as such, counts as coordination; the grant refunds a share
//! `min(1, grant/cost)` of it all, and the members bear the rest of the money by their capacity.
//!
//! # Reads
//! `leads`, `link_load`, `peers`, `informed`, trust, `active`, days and their cost, days away of each partner; time of meetings;
//! money spent; the grant.
//!
//! # Writes
//! `coordination_days`, `coordination_days_gross`, `levy`, urge and, as a month begins, `leads` of each partner; `grant_for_work`, the
//! condition of being at work and totals of the partnership.
//!
//! # References
//! Links by form of governance: Provan and Kenis 2008 (M8); process loss: Ingham 1974 (M9); shared leadership: D'Innocenzo and others 2016.

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::{DAY_HOURS, Partner};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::{self, World};

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&FORM, &LINK_HOURS, &NETWORK_SCOPE, &OWNERSHIP];

pub(crate) const FORM: Parameter = Parameter {
    key: "governance.form",
    meaning: "Who coordinates, hence how many working links there are among n partners.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("shared", "every partner with every other: n(n-1)/2 links"),
            (
                "lead",
                "one partner leads, by its name in `governance.lead` or else the first listed: n-1 links, all with it",
            ),
            ("administrative", "a separate office coordinates: n links, the office side paid by the partnership"),
            (
                "network",
                "an informal network: links only with those heard this month, no decisions, no contract, less scope",
            ),
            ("alone", "no partnership: each works by itself"),
        ],
        default: 0,
    },
    source: "M8 Provan & Kenis (links of each form; which one is ours)",
    grade: Grade::Assumption,
};

pub(crate) const LINK_HOURS: Parameter = Parameter {
    key: "governance.link_hours",
    meaning: "Time one working link takes at each end, before distance.",
    unit: "hours a month",
    domain: Domain::Number { low: 0.0, high: 160.0, default: Uncertainty::Fixed(3.0) },
    source: "M8 (scale ours)",
    grade: Grade::Assumption,
};

pub(crate) const NETWORK_SCOPE: Parameter = Parameter {
    key: "governance.network_scope",
    meaning: "Share of the joint work agreed on that an informal network can take on.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "concept C2 (value ours)",
    grade: Grade::Assumption,
};

pub(crate) const OWNERSHIP: Parameter = Parameter {
    key: "governance.ownership",
    meaning: "What governing together, where every partner does, adds to a contribution at full trust.",
    unit: "share of the pooled share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "M8; shared leadership and performance: correlation .34, d = .72, would be .145 (D'Innocenzo 2016, converted)",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Coordination<const L: usize> {
    form: Form,
    lead: usize,
    link_days: Lane<L>,
    network_scope: Lane<L>,
    ownership: Option<Lane<L>>,
}

/// Who coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Shared,
    Lead,
    Administrative,
    Network,
    Alone,
}

impl Form {
    fn new<const L: usize>(drawn: &Drawn<L>) -> Self {
        [Form::Shared, Form::Lead, Form::Administrative, Form::Network, Form::Alone][drawn.choice(&FORM, 0)]
    }
}

impl<const L: usize> Coordination<L> {
    /// The values in force.
    pub fn new(drawn: &Drawn<L>) -> Self {
        Coordination {
            lead: drawn.lead(),
            form: Form::new(drawn),
            link_days: drawn.number(&LINK_HOURS, 0) * (1.0 / DAY_HOURS),
            network_scope: drawn.number(&NETWORK_SCOPE, 0),
            ownership: drawn.used(&OWNERSHIP, 0),
        }
    }

    /// Whether there is a partnership at all.
    pub fn is_partnership(&self) -> bool {
        self.form != Form::Alone
    }
}

/// Whether one organisation leads.
pub fn is_led<const L: usize>(drawn: &Drawn<L>) -> bool {
    Form::new(drawn) == Form::Lead
}

/// Whether the form of governance is one that can decide on plans and rest on a contract.
pub fn has_plans<const L: usize>(drawn: &Drawn<L>) -> bool {
    !matches!(Form::new(drawn), Form::Network | Form::Alone)
}

/// Says who leads this month: the lead while it is a member, then the first of the others listed that still is.
///
/// Somebody is first in line in every form of governance; which mechanisms ask for it is theirs to say. Who led a partnership
/// that has ended stays named.
#[inline(always)]
pub fn appoint<const L: usize>(world: &mut World<L>) {
    let World { partners, rules, .. } = world;
    let lead = rules.coordination.lead;
    let members = world::members(partners);
    let mut vacant = Lane::ONE;
    let others = (0..partners.len()).filter(|&i| i != lead);
    for i in std::iter::once(lead).chain(others) {
        let partner = &mut partners[i];
        let leads = vacant * partner.active;
        vacant *= Lane::ONE - partner.active;
        partner.leads = Lane::from_fn(|r| if members[r] > 0.0 { leads[r] } else { partner.leads[r] });
    }
}

/// One month of coordination.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>) {
    govern(world);
    let World { partners, partnership, rules, .. } = world;
    let (meeting, link) = (rules.meetings.days, rules.coordination.link_days);
    let mut cost = Lane::ZERO;
    for partner in partners.iter_mut() {
        let load = links(rules.coordination.form, partner);
        partner.coordination_days_gross = Lane::from_fn(|r| {
            let together = (meeting[r] + link[r] * load[r]) * (1.0 - partner.influences.relief[r]);
            let wanted = partner.active[r] * (together + partner.influences.days_away[r]);
            math::min(wanted, 0.5 * partner.days[r])
        });
        cost += partner.coordination_days_gross * partner.day_cost;
    }
    let spent = partnership.conditions.spent * partnership.alive;
    cost += spent;
    let refund = partnership.grant.zip(cost, |grant, cost| math::unit(grant / math::max(cost, 1e-9)));
    let levied = spent * (Lane::ONE - refund);
    let capacity = world::capacity(partners).map(|capacity| 1.0 / math::max(capacity, 1e-9));
    for partner in partners.iter_mut() {
        partner.coordination_days = partner.coordination_days_gross * (Lane::ONE - refund);
        partner.levy = levied * partner.active * partner.normal_days * capacity;
    }
    let refunded = refund * cost;
    partnership.grant_for_work = partnership.grant.zip(refunded, |grant, refunded| math::max(grant - refunded, 0.0));
    partnership.total.coordination += cost;
    partnership.total.refunded += refunded;
    partnership.total.levied += levied;
    partnership.total.grant += partnership.grant;
}

/// What a form of governance means beside the time it takes.
#[inline(always)]
fn govern<const L: usize>(world: &mut World<L>) {
    let World { partners, partnership, rules, .. } = world;
    let rules = &rules.coordination;
    match (rules.form, rules.ownership) {
        (Form::Network, _) => partnership.conditions.at_work *= rules.network_scope,
        (Form::Shared, Some(ownership)) => {
            partners.iter_mut().for_each(|partner| partner.influences.urge += ownership * partner.trust);
        }
        _ => {}
    }
}

/// Weight of a member's working links under a form of governance.
#[inline(always)]
fn links<const L: usize>(form: Form, partner: &Partner<L>) -> Lane<L> {
    match form {
        Form::Shared => partner.link_load,
        // The lead has a link with every other member; the others one each, as far away as their links are on average.
        Form::Lead => Lane::from_fn(|r| {
            let mean = partner.link_load[r] / math::max(partner.peers[r], 1.0);
            if partner.leads[r] > 0.0 { partner.link_load[r] } else { mean }
        }),
        // Its own end of the link with the office, and its part of the office's end.
        Form::Administrative => Lane::splat(2.0),
        // Those heard, at the mean distance of all.
        Form::Network => partner.link_load * partner.informed,
        Form::Alone => Lane::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::{meetings, small_world};

    /// Coordination days of each of four equal partners at no distance, without meetings and at a full day a link.
    fn days(form: Form, values: &[(&'static str, f64)]) -> Vec<f64> {
        let base = [("communication.meetings", 0.0), ("governance.link_hours", 7.5)];
        let inputs = small_world(4, &[&base, values].concat());
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        world.rules.coordination.form = form;
        world.partners.iter_mut().for_each(|partner| partner.days = Lane([100.0]));
        appoint(&mut world);
        meetings::step(&mut world, 0);
        step(&mut world);
        world.partners.iter().map(|partner| partner.coordination_days[0]).collect()
    }

    #[test]
    fn links_are_counted_as_published_for_each_form() {
        // Four partners: 6 links, or 3 with the lead, or 4 with the office; each takes a day at both ends.
        assert_eq!(days(Form::Shared, &[]), [3.0; 4]);
        assert_eq!(days(Form::Lead, &[]), [3.0, 1.0, 1.0, 1.0]);
        assert_eq!(days(Form::Administrative, &[]), [2.0; 4]);
    }

    #[test]
    fn a_network_keeps_links_with_those_heard_and_takes_on_a_share_of_the_work() {
        assert_eq!(days(Form::Network, &[]), [0.0; 4]);
        let heard = [("communication.meetings", 1.0), ("communication.meeting_hours", 0.0)];
        let all = [("communication.quality", 1.0), ("contributions.morale_effect", 0.0)];
        assert_eq!(days(Form::Network, &[heard, all].concat()), [3.0; 4]);
        let mut world = World::<1>::new(&small_world(4, &[]), Draws::new(1, 0));
        world.rules.coordination.form = Form::Network;
        step(&mut world);
        assert_eq!(world.partnership.conditions.at_work[0], 0.5);
    }

    #[test]
    fn governing_together_adds_to_what_is_given_in_proportion_to_trust() {
        let mut world = World::<1>::new(&small_world(4, &[("governance.ownership", 0.2)]), Draws::new(1, 0));
        step(&mut world);
        assert!((world.partners[0].influences.urge[0] - 0.1).abs() < 1e-15);
        let mut led = World::<1>::new(&small_world(4, &[("governance.ownership", 0.2)]), Draws::new(1, 0));
        led.rules.coordination.form = Form::Lead;
        step(&mut led);
        assert_eq!(led.partners[0].influences.urge[0], 0.0);
    }

    #[test]
    fn links_that_take_no_time_and_no_meetings_cost_nothing() {
        assert_eq!(days(Form::Shared, &[("governance.link_hours", 0.0)]), [0.0; 4]);
    }

    #[test]
    fn coordination_never_takes_more_than_half_the_days() {
        assert_eq!(
            days(Form::Shared, &[("governance.link_hours", 160.0), ("communication.meetings", 30.0)]),
            [50.0; 4]
        );
    }

    #[test]
    fn a_grant_refunds_coordination_before_it_buys_work() {
        let mut world = World::<1>::new(&small_world(2, &[]), Draws::new(1, 0));
        world.partners.iter_mut().for_each(|partner| partner.days = Lane([100.0]));
        world.partnership.grant = Lane([1000.0]);
        meetings::step(&mut world, 0);
        step(&mut world);
        let cost = world.partnership.total.coordination[0];
        assert!(cost > 0.0 && world.partners.iter().all(|partner| partner.coordination_days[0] == 0.0));
        assert!((world.partnership.grant_for_work[0] - (1000.0 - cost)).abs() < 1e-9);
    }

    #[test]
    fn who_left_bears_nothing_and_the_lead_passes_to_the_next() {
        let days = |lead: usize, left: &[usize]| {
            let mut inputs = small_world(4, &[("communication.meetings", 0.0), ("governance.link_hours", 7.5)]);
            inputs.lead = lead;
            let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
            world.rules.coordination.form = Form::Lead;
            world.partners.iter_mut().for_each(|partner| partner.days = Lane([100.0]));
            left.iter().for_each(|&i| world.partners[i].active = Lane::ZERO);
            appoint(&mut world);
            meetings::step(&mut world, 0);
            step(&mut world);
            world.partners.iter().map(|partner| partner.coordination_days[0]).collect::<Vec<f64>>()
        };
        assert_eq!(days(0, &[0]), [0.0, 2.0, 1.0, 1.0]);
        assert_eq!(days(2, &[]), [1.0, 1.0, 3.0, 1.0]);
        assert_eq!(days(2, &[2]), [2.0, 1.0, 0.0, 1.0]);
        assert_eq!(days(2, &[0, 2]), [0.0, 1.0, 0.0, 1.0]);
    }

    #[test]
    fn one_member_leads_and_the_last_stays_named() {
        let mut world = World::<1>::new(&small_world(3, &[]), Draws::new(1, 0));
        world.rules.coordination.lead = 1;
        for leads in [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0]] {
            appoint(&mut world);
            assert_eq!([0, 1, 2].map(|i| world.partners[i].leads[0]), leads);
            world.partners.iter_mut().for_each(|partner| partner.active *= Lane::ONE - partner.leads);
        }
    }
}
