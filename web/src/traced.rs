//! One replication for the living picture: who is in it month by month, who trusts whom, what is given and what comes of it.

use crate::described::{Dated, dated};
use crate::named::Named;
use crate::setup::{Fault, Setup};
use crate::told::{Story, reason, story};
use partnersim::analyse::happenings::{Happening, What, happenings, measure};
use partnersim::model::outcomes::{CAUSES, ENDINGS, OUTCOMES};
use partnersim::model::parameter::Scope;
use partnersim::scenario::Scenario;
use partnersim::simulate::trace::{self, Endowment, Trace, trace};
use serde::Serialize;

/// A replication, month by month. Money and worth are in thousand pounds.
#[derive(Debug, Clone, Serialize)]
pub struct Traced {
    replication: u64,
    horizon_months: usize,
    ending: &'static str,
    /// Why it failed; `none` where it did not.
    cause: &'static str,
    lasted_months: f64,
    /// Whether it dissolved as a partner left without whom the others could not go on.
    vital_left: bool,
    /// Worth that the agreed work was to have while it lasted.
    planned: f64,
    premium: f64,
    partners: Vec<Partner>,
    months: Vec<Month>,
    story: Story,
    beside_twin: BesideTwin,
    /// Worth of joint work that was lost, by cause.
    losses: Named<f64>,
    events: Vec<Dated>,
    interventions: Vec<Dated>,
}

#[derive(Debug, Clone, Serialize)]
struct Partner {
    name: String,
    sector: String,
    days_a_month: f64,
    money: f64,
    day_cost: f64,
    /// When and why it left.
    left: Option<Left>,
}

#[derive(Debug, Clone, Serialize)]
struct Left {
    /// From 1.
    month: usize,
    why: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct Month {
    alive: bool,
    grant: f64,
    joint_value: f64,
    alone_value: f64,
    value: f64,
    premium_so_far: f64,
    trust: f64,
    morale: f64,
    planned: bool,
    /// Positions of the events that are under way.
    events: Vec<usize>,
    /// Positions of the interventions that are being done.
    interventions: Vec<usize>,
    partners: Vec<PartnerMonth>,
    /// Trust of every partner in every other, row by row; `null` where not both are members.
    ties: Vec<Option<f64>>,
}

#[derive(Debug, Clone, Serialize)]
struct PartnerMonth {
    member: bool,
    waiting: bool,
    funded: bool,
    trust: f64,
    trust_received: f64,
    morale: f64,
    goodwill: f64,
    /// What it put into joint work, at what its days cost.
    contributed: f64,
    benefit: f64,
    kept: f64,
    fit: f64,
}

#[derive(Debug, Clone, Serialize)]
struct BesideTwin {
    value: f64,
    joint: f64,
    alone: f64,
    grant: f64,
    premium: f64,
}

/// Lives a replication of a set-up.
///
/// # Errors
/// Every fault of the set-up.
pub fn traced(setup: &Setup, replication: u64) -> Result<Traced, Vec<Fault>> {
    let scenario = setup.load(0, &[])?;
    let inputs = &scenario.inputs;
    let trace = trace(inputs, scenario.seed, replication);
    let outcome =
        |name: &str| OUTCOMES.iter().position(|outcome| outcome.name == name).map_or(f64::NAN, |at| trace.outcomes[at]);
    let (twin, happenings) = (trace.beside_twin(), happenings(&trace));
    Ok(Traced {
        replication,
        horizon_months: inputs.horizon_months,
        ending: ENDINGS[trace.ending].0,
        cause: CAUSES[trace.cause].name,
        lasted_months: outcome("months_survived"),
        vital_left: trace.vital_left,
        planned: trace.planned,
        premium: outcome("premium"),
        partners: partners(&scenario, &trace, &happenings),
        months: months(&trace),
        story: story(&happenings),
        beside_twin: BesideTwin {
            value: twin.value,
            joint: twin.joint,
            alone: twin.alone,
            grant: twin.grant,
            premium: twin.premium,
        },
        losses: CAUSES[1..].iter().zip(trace.losses).map(|(cause, loss)| (cause.name, loss)).collect(),
        events: dated(inputs, Scope::Event, &inputs.events),
        interventions: dated(inputs, Scope::Intervention, &inputs.interventions),
    })
}

fn partners(scenario: &Scenario, trace: &Trace, happenings: &[Happening]) -> Vec<Partner> {
    let left = |at: usize| {
        happenings.iter().find_map(|happening| match happening.what {
            What::Left { partner, why } if partner == at => Some(Left { month: happening.month, why: reason(why) }),
            _ => None,
        })
    };
    let partners = scenario.inputs.partners.iter().zip(&trace.endowments).enumerate();
    partners
        .map(|(at, (partner, &Endowment { money, days, day_cost }))| Partner {
            name: partner.name.clone(),
            sector: partner.sector.clone(),
            days_a_month: days,
            money,
            day_cost,
            left: left(at),
        })
        .collect()
}

fn months(trace: &Trace) -> Vec<Month> {
    let columns = ["alive_share", "premium_thousand_pounds", "trust_share", "morale_share"];
    let [alive, premium, trust, morale] = columns.map(|column| measure(trace, column).collect::<Vec<f64>>());
    let month = |(at, month): (usize, &trace::Month)| Month {
        alive: alive[at] > 0.0,
        grant: month.grant,
        joint_value: month.joint_value,
        alone_value: month.alone_value,
        value: month.value,
        premium_so_far: premium[at],
        trust: trust[at],
        morale: morale[at],
        planned: month.planned,
        events: positions(month.events.iter().map(|event| event.running)),
        interventions: positions(month.interventions.iter().copied()),
        partners: month.partners.iter().zip(&trace.endowments).map(partner_month).collect(),
        ties: month.ties.clone(),
    };
    trace.months.iter().enumerate().map(month).collect()
}

fn positions(are: impl Iterator<Item = bool>) -> Vec<usize> {
    are.enumerate().filter(|(_, is)| *is).map(|(at, _)| at).collect()
}

fn partner_month((partner, endowment): (&trace::Partner, &Endowment)) -> PartnerMonth {
    PartnerMonth {
        member: partner.member,
        waiting: partner.waiting,
        funded: partner.funded,
        trust: partner.trust,
        trust_received: partner.trust_received,
        morale: partner.morale,
        goodwill: partner.goodwill,
        contributed: partner.contributed_days * endowment.day_cost,
        benefit: partner.benefit,
        kept: partner.kept,
        fit: partner.fit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setup::tests::setup;

    #[test]
    fn a_trace_is_told_month_by_month_with_every_tie() {
        let traced = traced(&setup("town", &[("funding.grant", "20")]), 17).unwrap();
        let told = serde_json::to_value(&traced).unwrap();
        let months = told["months"].as_array().unwrap();
        assert_eq!((told["replication"].as_u64(), months.len()), (Some(17), 12));
        assert_eq!(told["partners"][2]["name"], "charity <b>");
        assert!(told["partners"][0]["days_a_month"].as_f64().unwrap() > 0.0);
        let first = &months[0];
        assert_eq!((first["partners"].as_array().unwrap().len(), first["ties"].as_array().unwrap().len()), (3, 9));
        assert!(first["ties"][0].is_null() && first["ties"][1].is_number());
        assert!(first["partners"][0]["contributed"].as_f64().unwrap() > 0.0);
        assert_eq!(months[3]["events"], serde_json::json!([0]), "the reform is in month 4");
        assert_eq!(
            (&first["interventions"], &months[1]["interventions"]),
            (&serde_json::json!([]), &serde_json::json!([0]))
        );
        let sum = |key: &str| months.iter().map(|month| month[key].as_f64().unwrap()).sum::<f64>();
        let premium = sum("value") - sum("alone_value") - sum("grant");
        assert!((premium - told["premium"].as_f64().unwrap()).abs() < 1e-6);
        assert!((premium - months[11]["premium_so_far"].as_f64().unwrap()).abs() < 1e-6);
        assert!((premium - told["beside_twin"]["premium"].as_f64().unwrap()).abs() < 1e-6);
        assert!(told["story"]["lines"].as_array().unwrap().len() > 1);
    }

    #[test]
    fn every_partner_that_left_says_when_and_why_however_many_the_story_tells() {
        let mut leavers = 0;
        for replication in 0..30 {
            let traced =
                traced(&setup("town", &[("trust.initial", "0.1"), ("membership.initial_goodwill", "1")]), replication)
                    .unwrap();
            for (at, partner) in traced.partners.iter().enumerate() {
                let line = traced.story.lines.iter().find(|line| line.kind == "left" && line.partner == Some(at));
                let told = line.map(|line| (line.month, line.why.unwrap()));
                assert_eq!(partner.left.as_ref().map(|left| (left.month, left.why)), told, "replication {replication}");
                leavers += usize::from(told.is_some());
            }
            assert!(traced.planned > 0.0, "replication {replication}: {}", traced.planned);
        }
        assert!(leavers > 5, "{leavers}");
    }

    #[test]
    fn faults_of_its_set_up_are_told() {
        assert!(traced(&setup("town", &[("trust.initial", "7")]), 0).is_err());
    }
}
