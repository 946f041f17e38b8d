//! What happened in one replication: the turns of its story, found in its months and told elsewhere; one file a kind.

mod agreements;
mod dated;
mod innovations;
mod members;
mod money;
mod premium;
mod spirit;
pub mod strands;

use crate::model::outcomes::{MONTHLY, NEVER_FORMED};
use crate::simulate::trace::Trace;

/// Something that happened, and in which month, from 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Happening {
    /// The month.
    pub month: usize,
    /// What happened.
    pub what: What,
}

/// What can happen. Partners are named by their position in the scenario.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum What {
    /// A member's income stopped arriving in full.
    IncomeFell {
        /// Whose.
        partner: usize,
        /// How long.
        spell: Spell,
    },
    /// A member used up what it had put by.
    ReserveRanOut {
        /// Whose.
        partner: usize,
    },
    /// A member kept less than half of what it had promised.
    PromiseBroken {
        /// Who.
        partner: usize,
        /// The share it kept.
        kept: f64,
    },
    /// A partner that was none before became a member.
    Joined {
        /// Who.
        partner: usize,
    },
    /// A member left.
    Left {
        /// Who.
        partner: usize,
        /// Why.
        why: Leaving,
    },
    /// The sponsor's money did not arrive in full.
    GrantFell {
        /// How long.
        spell: Spell,
    },
    /// The grant came to its end while the partnership was at work.
    GrantEnded,
    /// Only a share of the grant went on after its end.
    GrantGoesOn {
        /// The share.
        share: f64,
    },
    /// Something befell the partners from outside.
    EventBegan {
        /// Position of the event in the scenario.
        event: usize,
        /// How long; what it takes is not counted here.
        spell: Spell,
    },
    /// An intervention was begun.
    InterventionStarted {
        /// Its position in the scenario.
        intervention: usize,
    },
    /// An intervention was no longer done.
    InterventionEnded {
        /// Its position in the scenario.
        intervention: usize,
    },
    /// The first plan came into force.
    PlanAgreed,
    /// A later plan came into force.
    PlanRenewed,
    /// No plan came into force as long as the partnership worked, though joint work waited for one.
    NeverAgreed,
    /// A review found joint work not worth its cost, where such reviews can end the partnership.
    ReviewFoundLoss,
    /// Contracts came to their end.
    TermEnded {
        /// Members that there were afterwards.
        renewed: usize,
    },
    /// The way of working was improved for the first time.
    Innovated {
        /// How often in all.
        all: usize,
    },
    /// Mean trust between members fell clearly below one half.
    TrustFell,
    /// It rose clearly above one half.
    TrustRose,
    /// Mean morale was never lower.
    MoraleLowest(f64),
    /// Mean morale was never higher.
    MoraleHighest(f64),
    /// The premium so far was above zero for the first time.
    AheadOfTwin,
    /// The premium so far was below zero for the first time.
    BehindTwin,
    /// The partnership ended for the reason at this position of `model::outcomes::ENDINGS`.
    Dissolved(usize),
    /// No partnership was formed.
    NeverFormed,
    /// The horizon came, with so many members still at work.
    WorkedOn(usize),
}

/// Months in a row in which money did not arrive in full.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spell {
    /// How many.
    pub months: usize,
    /// Whether it lasted to the horizon, so that nobody knows its end.
    pub lasts: bool,
    /// Share of the money that was lost.
    pub lost: f64,
}

/// Why a member left: the greatest part in the loss of its goodwill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// For reasons outside the model, whatever its goodwill.
    CalledAway,
    /// Its contract came to an end, and it had too little goodwill to renew it.
    NotRenewed,
    /// Joint work returned less than the same resources would have returned alone.
    LittleAdvantage,
    /// It did not trust the others.
    LittleTrust,
    /// It felt the benefits to be shared unfairly.
    Inequity,
    /// The others criticised or punished it.
    Hurt,
    /// Its zeal wore off with time.
    Drift,
    /// A run of bad luck.
    Luck,
}

/// Below this share a promise counts as badly broken.
pub const BADLY_BROKEN: f64 = 0.5;

/// Less money than this is none: a pound.
const NOTHING: f64 = 0.001;

/// All that happened, month by month; within a month causes before effects.
pub fn happenings(trace: &Trace) -> Vec<Happening> {
    let mut found = Vec::new();
    dated::events(trace, &mut found);
    if trace.ending == NEVER_FORMED {
        found.push(Happening { month: 1, what: What::NeverFormed });
    } else {
        together(trace, &mut found);
    }
    found.sort_by_key(|happening| happening.month);
    found
}

/// What happens to a partnership that was formed.
fn together(trace: &Trace, found: &mut Vec<Happening>) {
    let n_partners = trace.months.first().map_or(0, |month| month.partners.len());
    money::grant(trace, found);
    (0..n_partners).for_each(|partner| money::money(trace, partner, found));
    found.extend((0..n_partners).filter_map(|partner| members::joining(trace, partner)));
    dated::interventions(trace, found);
    agreements::plans(trace, found);
    (0..n_partners).for_each(|partner| spirit::promises(trace, partner, found));
    spirit::trust(trace, found);
    spirit::morale(trace, found);
    found.extend(innovations::innovations(trace));
    agreements::reviews(trace, found);
    agreements::terms(trace, found);
    found.extend((0..n_partners).filter_map(|partner| members::leaving(trace, partner)));
    premium::premium(trace, found);
    found.extend(members::end(trace));
}

/// A monthly measure by its column, month by month.
pub fn measure<'a>(trace: &'a Trace, column: &str) -> impl Iterator<Item = f64> + use<'a> {
    let position = MONTHLY.iter().position(|measure| measure.column == column);
    trace.months.iter().map(move |month| position.map_or(f64::NAN, |position| month.measures[position]))
}

/// Months, from 0, in which the partnership was at work when they began.
fn at_work(trace: &Trace) -> usize {
    let alive = measure(trace, "alive_share").take_while(|alive| *alive > 0.0).count();
    (alive + 1).min(trace.months.len())
}

/// Months, from 0, before the first that a partner did not begin as a member: those in which it was still to join are among them.
fn membership(trace: &Trace, partner: usize) -> usize {
    let member =
        |month: &crate::simulate::trace::Month| month.partners[partner].member || month.partners[partner].waiting;
    let stayed = trace.months.iter().take_while(|month| member(month)).count();
    (stayed + 1).min(trace.months.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::inputs::{DatedInputs, Setting};
    use crate::model::mechanisms::{coordination, small_world};
    use crate::model::parameter::Domain;
    use crate::model::uncertainty::Uncertainty;
    use crate::simulate::trace::trace;

    /// Values under which nothing but what a test adds moves anybody: no outage, no diversion, nobody leaves.
    const STILL: [(&str, f64); 5] = [
        ("funding.uptime", 1.0),
        ("contributions.diversion_rate", 0.0),
        ("membership.volatility", 0.0),
        ("membership.exit_hazard", 0.0),
        ("membership.closure_hazard", 0.0),
    ];

    fn lived(values: &[(&'static str, f64)]) -> Trace {
        trace(&small_world(3, &[&STILL, values].concat()), 1, 0)
    }

    fn what(trace: &Trace) -> Vec<(usize, What)> {
        happenings(trace).into_iter().map(|happening| (happening.month, happening.what)).collect()
    }

    fn count(trace: &Trace, is: fn(&What) -> bool) -> usize {
        happenings(trace).iter().filter(|happening| is(&happening.what)).count()
    }

    #[test]
    fn in_a_still_world_nobody_loses_breaks_or_leaves_anything() {
        let trace = lived(&[]);
        assert_eq!(what(&trace).last(), Some(&(24, What::WorkedOn(3))));
        let loud = |what: &What| {
            matches!(
                what,
                What::IncomeFell { .. } | What::ReserveRanOut { .. } | What::PromiseBroken { .. } | What::Left { .. }
            )
        };
        assert!(!what(&trace).iter().any(|(_, what)| loud(what)), "{:?}", what(&trace));
    }

    #[test]
    fn a_spell_of_reduced_income_has_its_length_and_empties_the_reserve() {
        let mut trace = lived(&[]);
        trace.outage_depth = 0.5;
        for month in [4, 5, 6, 23] {
            trace.months[month].partners[1].funded = false;
        }
        trace.months[5].partners[1].reserve = 0.0;
        let of = |months, lasts| What::IncomeFell { partner: 1, spell: Spell { months, lasts, lost: 0.5 } };
        let found = what(&trace);
        assert!(found.contains(&(5, of(3, false))) && found.contains(&(24, of(1, true))), "{found:?}");
        assert!(found.contains(&(6, What::ReserveRanOut { partner: 1 })));
        assert_eq!(count(&trace, |what| matches!(what, What::IncomeFell { .. })), 2);
    }

    #[test]
    fn outages_of_the_model_are_found() {
        let trace =
            lived(&[("funding.uptime", 0.5), ("funding.outage_depth", 1.0), ("partner.resources.reserves", 1.0)]);
        assert!(count(&trace, |what| matches!(what, What::IncomeFell { spell: Spell { lost: 1.0, .. }, .. })) > 0);
        assert!(count(&trace, |what| matches!(what, What::ReserveRanOut { .. })) > 0);
    }

    #[test]
    fn a_promise_kept_to_less_than_half_is_badly_broken_and_only_a_members() {
        let broken = lived(&[("contributions.diversion_rate", 1.0), ("contributions.diversion_size", 0.8)]);
        assert!(count(&broken, |what| matches!(what, What::PromiseBroken { kept, .. } if *kept < 0.5)) == 3 * 24);
        let mut left = lived(&[]);
        left.months[7..].iter_mut().for_each(|month| month.partners[0].member = false);
        left.months[7].partners[0].kept = 0.4;
        left.months[8].partners[0].kept = 0.4;
        assert_eq!(count(&left, |what| matches!(what, What::PromiseBroken { .. })), 1);
    }

    #[test]
    fn a_partner_leaves_for_what_cost_it_most_goodwill() {
        let leaving = |values: &[(&'static str, f64)]| {
            let trace = lived(&[&[("membership.initial_goodwill", 1.0)], values].concat());
            happenings(&trace).into_iter().find_map(|happening| match happening.what {
                What::Left { why, .. } => Some(why),
                _ => None,
            })
        };
        let no_pull = [("membership.advantage_effect", 0.0), ("membership.trust_effect", 0.0)];
        assert_eq!(leaving(&[&no_pull[..], &[("membership.drift", 0.5)]].concat()), Some(Leaving::Drift));
        assert_eq!(leaving(&[("membership.trust_effect", 9.0), ("trust.initial", 0.05)]), Some(Leaving::LittleTrust));
        assert_eq!(leaving(&[&no_pull[..], &[("membership.volatility", 5.0)]].concat()), Some(Leaving::Luck));
        assert_eq!(leaving(&[("membership.exit_hazard", 1.0)]), Some(Leaving::CalledAway));
        let poor =
            [("membership.trust_effect", 0.0), ("membership.advantage_effect", 5.0), ("governance.link_hours", 100.0)];
        assert_eq!(leaving(&poor), Some(Leaving::LittleAdvantage));
        let mut trace = lived(&[]);
        let last = &mut trace.months[9].partners[2];
        (last.member, last.goodwill, last.account.inequity) = (false, -1.0, -50.0);
        trace.months[10..].iter_mut().for_each(|month| month.partners[2].member = false);
        assert!(what(&trace).contains(&(10, What::Left { partner: 2, why: Leaving::Inequity })));
    }

    #[test]
    fn a_grant_ends_and_fails_to_arrive_only_while_the_partnership_works() {
        let grant = [("funding.grant", 10.0), ("funding.grant_end", 6.0)];
        let mut trace = lived(&grant);
        assert!(what(&trace).contains(&(7, What::GrantEnded)));
        trace.outage_depth = 1.0;
        (trace.months[2].grant, trace.months[3].grant) = (0.0, 0.0);
        let spell = Spell { months: 2, lasts: false, lost: 1.0 };
        assert!(what(&trace).contains(&(3, What::GrantFell { spell })));
        let closed = lived(&[&grant[..], &[("membership.closure_hazard", 1.0)]].concat());
        assert_eq!(count(&closed, |what| matches!(what, What::GrantEnded | What::GrantFell { .. })), 0);
    }

    #[test]
    fn trust_is_told_as_it_crosses_one_half_and_morale_at_its_marks() {
        let mut trace = lived(&[]);
        (trace.starting_trust, trace.starting_morale) = (0.6, 0.6);
        for (month, lived) in trace.months.iter_mut().enumerate() {
            lived.measures[2] = if (5..8).contains(&month) { 0.4 } else { 0.6 };
            lived.measures[4] = [0.6, 0.4, 0.62, 0.9][month % 4];
        }
        let found = what(&trace);
        for expected in
            [(6, What::TrustFell), (9, What::TrustRose), (2, What::MoraleLowest(0.4)), (4, What::MoraleHighest(0.9))]
        {
            assert!(found.contains(&expected), "{expected:?} not in {found:?}");
        }
    }

    #[test]
    fn trust_that_moves_a_little_around_one_half_is_not_told() {
        let mut trace = lived(&[]);
        trace.starting_trust = 0.51;
        for (month, lived) in trace.months.iter_mut().enumerate() {
            lived.measures[2] = if month % 2 == 0 { 0.49 } else { 0.51 };
        }
        assert_eq!(count(&trace, |what| matches!(what, What::TrustFell | What::TrustRose)), 0);
        trace.months[9].measures[2] = 0.47;
        assert_eq!(count(&trace, |what| matches!(what, What::TrustFell | What::TrustRose)), 1);
    }

    #[test]
    fn the_premium_is_told_when_it_first_turns_either_way() {
        let mut trace = lived(&[]);
        for (month, lived) in trace.months.iter_mut().enumerate() {
            lived.measures[8] = if (4..=20).contains(&month) { 1.0 } else { -1.0 };
        }
        let turns: Vec<_> = what(&trace);
        assert!(turns.contains(&(1, What::BehindTwin)) && turns.contains(&(5, What::AheadOfTwin)));
        assert_eq!(count(&trace, |what| matches!(what, What::BehindTwin | What::AheadOfTwin)), 2);
    }

    #[test]
    fn a_partnership_dissolves_for_the_reason_it_had_and_takes_nobody_with_it() {
        let trace = lived(&[("membership.closure_hazard", 1.0)]);
        assert_eq!(what(&trace).last(), Some(&(1, What::Dissolved(3))));
        assert_eq!(count(&trace, |what| matches!(what, What::Left { .. })), 0);
        let trace = lived(&[("membership.exit_hazard", 1.0)]);
        let found = what(&trace);
        assert_eq!(found.last(), Some(&(1, What::Dissolved(1))));
        assert_eq!(count(&trace, |what| matches!(what, What::Left { why: Leaving::CalledAway, .. })), 3);
    }

    #[test]
    fn events_and_interventions_are_told_as_they_begin_and_end() {
        let number = |value| Setting::Number(Uncertainty::Fixed(value));
        let mut inputs = small_world(3, &STILL);
        let event = [("event.kind", Setting::Choice(5)), ("event.month", number(4.0)), ("event.months", number(6.0))];
        inputs.events.push(DatedInputs { name: "cut".into(), partners: vec![1], values: event.into() });
        let given = [("intervention.start", number(3.0)), ("intervention.end", number(5.0))];
        inputs.interventions.push(DatedInputs { name: "aid".into(), values: given.into(), ..Default::default() });
        let found = what(&trace(&inputs, 1, 0));
        let spell = Spell { months: 6, lasts: false, lost: 0.0 };
        for expected in [
            (4, What::EventBegan { event: 0, spell }),
            (3, What::InterventionStarted { intervention: 0 }),
            (6, What::InterventionEnded { intervention: 0 }),
        ] {
            assert_eq!(found.iter().filter(|told| **told == expected).count(), 1, "{expected:?} not in {found:?}");
        }
    }

    #[test]
    fn a_partner_that_joins_is_told_and_not_its_money_troubles_before() {
        let mut inputs = small_world(3, &STILL);
        inputs.partners[2].values.insert("partner.joins", Setting::Number(Uncertainty::Fixed(9.0)));
        let mut trace = trace(&inputs, 1, 0);
        trace.outage_depth = 0.5;
        for month in [2, 7, 8] {
            trace.months[month].partners[2].funded = false;
        }
        trace.months[3].partners[2].reserve = 0.0;
        let found = what(&trace);
        assert!(found.contains(&(9, What::Joined { partner: 2 })), "{found:?}");
        let spell = Spell { months: 1, lasts: false, lost: 0.5 };
        assert!(found.contains(&(9, What::IncomeFell { partner: 2, spell })), "{found:?}");
        assert_eq!(count(&trace, |what| matches!(what, What::IncomeFell { .. } | What::ReserveRanOut { .. })), 1);
    }

    #[test]
    fn plans_are_told_as_they_come_into_force_or_never_do() {
        let decided = |support: f64| {
            let mut inputs = small_world(3, &STILL);
            inputs.set("decisions.rule", Setting::Choice(2));
            for (key, value) in
                [("decisions.support", support), ("decisions.dissent", 0.0), ("decisions.renewal_months", 10.0)]
            {
                inputs.set(key, Setting::Number(Uncertainty::Fixed(value)));
            }
            what(&trace(&inputs, 1, 0))
        };
        let found = decided(1.0);
        assert!(found.contains(&(1, What::PlanAgreed)), "{found:?}");
        assert_eq!(found.iter().filter(|(_, what)| *what == What::PlanRenewed).count(), 2, "{found:?}");
        assert!(decided(0.0).contains(&(24, What::NeverAgreed)));
    }

    #[test]
    fn contracts_that_end_reviews_and_innovations_are_told() {
        let found = what(&lived(&[("governance.term_months", 12.0), ("membership.renewal_hurdle", 0.0)]));
        assert!(found.contains(&(12, What::TermEnded { renewed: 3 })), "{found:?}");
        let mut trace = lived(&[]);
        (trace.months[5].losing_reviews, trace.months[6].losing_reviews, trace.months[11].losing_reviews) = (1, 1, 2);
        (trace.months[3].innovations, trace.months[8].innovations) = (1, 2);
        assert!(what(&trace).contains(&(4, What::Innovated { all: 3 })));
        assert_eq!(count(&trace, |what| *what == What::ReviewFoundLoss), 2);
    }

    #[test]
    fn of_a_partnership_that_was_never_formed_nothing_else_is_told() {
        let mut inputs = small_world(3, &[("funding.uptime", 0.5)]);
        inputs.set("governance.form", alone());
        assert_eq!(what(&trace(&inputs, 1, 0)), [(1, What::NeverFormed)]);
    }

    fn alone() -> Setting {
        let Domain::Choice { options, .. } = coordination::FORM.domain else { panic!("a form is a word") };
        Setting::Choice(options.iter().position(|(word, _)| *word == "alone").unwrap_or_default())
    }

    #[test]
    fn of_a_grant_that_goes_on_in_part_the_part_is_told() {
        let mut trace = lived(&[("funding.grant", 10.0)]);
        trace.months[12..].iter_mut().for_each(|month| (month.grant_due, month.grant) = (4.0, 4.0));
        let found = what(&trace);
        assert!(found.contains(&(13, What::GrantGoesOn { share: 0.4 })), "{found:?}");
        assert!(!found.iter().any(|(_, what)| *what == What::GrantEnded));
    }
}
