//! One replication told in plain words: dated lines of what happened, and how it came out beside the others and its twin.

use super::figure::{counted, grouped, money};
use crate::analyse::happenings::strands::{Strand, Told, told};
use crate::analyse::happenings::{Happening, Leaving, Spell, What};
use crate::analyse::standing::Standing;
use crate::model::inputs::DatedInputs;
use crate::model::outcomes::causes::Cause;
use crate::model::outcomes::{CAUSES, ENDINGS, NEVER_FORMED};
use crate::model::{event, intervention};
use crate::scenario::Scenario;
use crate::simulate::trace::{BesideTwin, Trace};

/// Where the usual ones lie.
const MIDDLE: &str = "in the middle half";

/// A story that a reader takes in in a minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Dated lines in the order of the months.
    pub lines: Vec<String>,
    /// How many of lesser weight were left out.
    pub left_out: usize,
}

/// Tells what happened: what repeats itself in one line, the weightiest lines where there are too many.
pub fn story(scenario: &Scenario, happenings: &[Happening]) -> Story {
    let Told { strands, left_out } = told(happenings);
    Story { lines: strands.iter().map(|strand| line(scenario, strand)).collect(), left_out }
}

fn line(scenario: &Scenario, strand: &Strand) -> String {
    let again = match (strand.first.what, &strand.again[..]) {
        (What::Left { .. }, [last]) => format!("; 1 other leaves later, in month {last}"),
        (What::Left { .. }, [.., last]) => {
            let others = counted(strand.again.len() as u64, "other");
            format!("; {others} leave later, the last in month {last}")
        }
        (_, later) => again(later),
    };
    format!("Month {}: {}{again}.", strand.first.month, sentence(scenario, &strand.first.what))
}

/// `; again in months 12, 30, 31 and 4 later ones`, where there is an again.
fn again(later: &[usize]) -> String {
    let shown = if later.len() <= 4 { later.len() } else { 3 };
    let mut months: Vec<String> = later[..shown].iter().map(usize::to_string).collect();
    if later.len() > shown {
        months.push(counted((later.len() - shown) as u64, "later one"));
    }
    match months.as_slice() {
        [] => String::new(),
        [month] => format!("; again in month {month}"),
        [before @ .., last] => format!("; again in months {} and {last}", before.join(", ")),
    }
}

fn sentence(scenario: &Scenario, what: &What) -> String {
    let partners = &scenario.inputs.partners;
    let name = |partner: usize| partners.get(partner).map_or("a partner", |partner| partner.name.as_str());
    match *what {
        What::IncomeFell { partner, spell } => {
            format!("{} loses {} of its income {}", name(partner), part(spell.lost), lasting(&spell))
        }
        What::ReserveRanOut { partner } => format!("{} has used up its reserve", name(partner)),
        What::PromiseBroken { partner, kept } => {
            format!("{} keeps only {} of its promise", name(partner), percent(kept))
        }
        What::Joined { partner } => format!("{} joins", name(partner)),
        What::Left { partner, why } => format!("{} leaves: {}", name(partner), reason(why)),
        What::GrantFell { spell } => format!("{} of the grant does not arrive {}", part(spell.lost), lasting(&spell)),
        What::GrantEnded => "the grant has ended".to_string(),
        What::GrantGoesOn { share } => format!("the grant has ended; {} of it goes on", percent(share)),
        What::EventBegan { event, spell } => event_begins(scenario, event, &spell),
        What::InterventionStarted { intervention } => intervention_starts(scenario, intervention),
        What::InterventionEnded { intervention } => {
            format!("\"{}\" ends; what it did fades from here on", scenario.inputs.interventions[intervention].name)
        }
        What::PlanAgreed => "the first plan is in force".to_string(),
        What::PlanRenewed => "a new plan is in force".to_string(),
        What::NeverAgreed => "no plan has been in force, and joint work has waited for one".to_string(),
        What::ReviewFoundLoss => "a review finds joint work not worth its cost".to_string(),
        What::TermEnded { renewed } => {
            format!("contracts end; {} stay on", counted(renewed as u64, "partner"))
        }
        What::Innovated { all: 1 } => "a better way of working is adopted, the only one".to_string(),
        What::Innovated { all } => format!("a better way of working is adopted, the first of {all}"),
        What::TrustFell => "trust between the partners falls below one half".to_string(),
        What::TrustRose => "trust between the partners rises above one half".to_string(),
        What::MoraleLowest(morale) => format!("morale is at its lowest, {}", grouped(morale, 2)),
        What::MoraleHighest(morale) => format!("morale is at its highest, {}", grouped(morale, 2)),
        What::AheadOfTwin => "the partnership gets ahead of its twin: the premium so far turns positive".to_string(),
        What::BehindTwin => "the partnership falls behind its twin: the premium so far turns negative".to_string(),
        What::NeverFormed => "no partnership is formed; each organisation works alone to the horizon".to_string(),
        What::Dissolved(ending) => format!("the partnership dissolves: {}", ENDINGS[ending].1),
        What::WorkedOn(members) => {
            let of = counted(partners.len() as u64, "partner");
            format!("the horizon; {members} of {of} still work together")
        }
    }
}

/// `"reform" begins: policy changes for all partners, for 6 months`.
fn event_begins(scenario: &Scenario, event: usize, spell: &Spell) -> String {
    let given = &scenario.inputs.events[event];
    let whom = whom(scenario, given);
    // What some events do is done at once; the sponsor's withdrawal is the same for all.
    let (what, lasts) = match scenario.inputs.word(&event::KIND, event) {
        "policy_change" => (format!("policy changes for {whom}"), true),
        "restructuring" => {
            (format!("{whom} {} through a reorganisation", if given.partners.len() == 1 { "goes" } else { "go" }), true)
        }
        "staff_turnover" => (format!("people who knew the others leave {whom}"), false),
        "sponsor_loss" => ("the sponsor withdraws for good".to_string(), false),
        "crisis" => (format!("more people need help, and own duties come first for {whom}"), true),
        _ => (format!("part of the income of {whom} is missing"), true),
    };
    let how_long = if lasts { format!(", {}", lasting(spell)) } else { String::new() };
    format!("\"{}\" begins: {what}{how_long}", given.name)
}

/// `"away days" starts: facilitated events for council and practice`.
fn intervention_starts(scenario: &Scenario, intervention: usize) -> String {
    let given = &scenario.inputs.interventions[intervention];
    let kind = scenario.inputs.word(&intervention::KIND, intervention).replace('_', " ");
    format!("\"{}\" starts: {kind} for {}", given.name, whom(scenario, given))
}

/// Whom an event or an intervention concerns.
fn whom(scenario: &Scenario, given: &DatedInputs) -> String {
    let name = |&at: &usize| scenario.inputs.partners[at].name.as_str();
    match &given.partners[..] {
        [] => "all partners".to_string(),
        [one] => name(one).to_string(),
        [one, other] => format!("{} and {}", name(one), name(other)),
        [one, other, last] => format!("{}, {} and {}", name(one), name(other), name(last)),
        [one, others @ ..] => format!("{} and {} others", name(one), others.len()),
    }
}

fn reason(why: Leaving) -> &'static str {
    match why {
        Leaving::CalledAway => "for reasons outside the partnership",
        Leaving::NotRenewed => "its contract came to an end, and it does not renew it",
        Leaving::LittleAdvantage => "joint work has returned it less than working alone would",
        Leaving::LittleTrust => "it does not trust the others",
        Leaving::Inequity => "it finds the benefits shared unfairly",
        Leaving::Hurt => "criticism and sanctions by the others have hurt it",
        Leaving::Drift => "its zeal has worn off with time",
        Leaving::Luck => "a run of setbacks has used up its goodwill",
    }
}

fn part(share: f64) -> String {
    match share {
        0.5 => "half".to_string(),
        share if share >= 1.0 => "all".to_string(),
        share => percent(share),
    }
}

fn percent(share: f64) -> String {
    format!("{} %", grouped(100.0 * share, 0))
}

fn lasting(spell: &Spell) -> String {
    if spell.lasts { "to the horizon".to_string() } else { format!("for {}", counted(spell.months as u64, "month")) }
}

/// Whether an outcome lies anywhere but in the middle half.
pub fn stands_out(standing: &Standing) -> bool {
    place(standing) != MIDDLE
}

/// Where an outcome lies among other replications.
pub fn place(standing: &Standing) -> String {
    let of_100 = |share: f64| grouped(100.0 * share, 0);
    match *standing {
        Standing { same, .. } if same >= 0.995 => "as in all".to_string(),
        Standing { same, .. } if same >= 0.1 => format!("as in {} of 100", of_100(same)),
        Standing { lower, .. } if lower < 0.05 => "among the lowest 5 of 100".to_string(),
        Standing { higher, .. } if higher < 0.05 => "among the highest 5 of 100".to_string(),
        Standing { lower, .. } if lower < 0.25 => "in the lowest quarter".to_string(),
        Standing { higher, .. } if higher < 0.25 => "in the highest quarter".to_string(),
        _ => MIDDLE.to_string(),
    }
}

/// The replication beside its twin.
pub fn beside_twin(trace: &Trace) -> Vec<String> {
    let BesideTwin { value, joint, alone, grant, premium } = trace.beside_twin();
    let less = if grant > 0.0 { format!(", less the grant of {}", money(grant)) } else { String::new() };
    let word = if premium < 0.0 { "less" } else { "more" };
    vec![
        format!("Together: help worth {}, {} of it by joint work{less}.", money(value), money(joint)),
        format!("Its twin, the same organisations in the same months working alone: {}.", money(alone)),
        format!("Premium: {} {word} than working alone.", money(premium)),
    ]
}

/// Why it failed, by the rule; `None` when it did not.
pub fn why(trace: &Trace) -> Option<String> {
    // What was never formed cannot fail.
    let cause = CAUSES.get(trace.cause).filter(|_| trace.cause > 0 && trace.ending != NEVER_FORMED)?;
    let mut losses: Vec<_> = CAUSES[1..].iter().zip(trace.losses).filter(|(_, loss)| *loss > 0.0).collect();
    losses.sort_by(|a, b| b.1.total_cmp(&a.1));
    let told: Vec<String> =
        losses.iter().take(3).map(|(cause, loss)| format!("{} to {}", money(*loss), to(cause))).collect();
    let ledger = format!(
        "The agreed work was to be worth {} while it lasted; most was lost so: {}.",
        money(trace.planned),
        if told.is_empty() { "nothing".to_string() } else { told.join(", ") }
    );
    let rule = match cause.name {
        "shock" if ENDINGS[trace.ending].0 == "closed_from_outside" => " It was ended from outside.",
        "partner_left" if trace.vital_left => {
            " It dissolved as a partner left without whom the others could not go on, even all of them."
        }
        _ => "",
    };
    Some(format!("Why it failed: {}.{rule} {ledger}", cause.words))
}

/// What a loss went to, within a sentence.
fn to(cause: &Cause) -> &'static str {
    match cause.name {
        "money" => "lack or diversion of money",
        "agreement" => "lack of agreement",
        "trust" => "lack of trust",
        "heart" => "lack of heart",
        "partner_left" => "partners who left",
        "coordination" => "coordination",
        "shock" => "shocks",
        _ => "hopes that joint work could not fulfil",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::happenings::strands::{MOST_LEAVERS, MOST_STRANDS};
    use crate::experiment::fake;
    use crate::model::inputs::Setting;
    use crate::model::mechanisms::small_world;

    fn told(happenings: &[(usize, What)]) -> Story {
        let scenario = Scenario { inputs: small_world(3, &[]), ..fake::scenario() };
        let happenings: Vec<Happening> = happenings.iter().map(|&(month, what)| Happening { month, what }).collect();
        story(&scenario, &happenings)
    }

    #[test]
    fn each_happening_has_its_sentence() {
        let spell = Spell { months: 3, lasts: false, lost: 0.5 };
        let last = Spell { months: 1, lasts: true, lost: 1.0 };
        let story = told(&[
            (2, What::IncomeFell { partner: 1, spell }),
            (3, What::ReserveRanOut { partner: 0 }),
            (4, What::PromiseBroken { partner: 2, kept: 0.4 }),
            (5, What::Left { partner: 2, why: Leaving::LittleTrust }),
            (6, What::GrantFell { spell: last }),
            (7, What::GrantEnded),
            (8, What::TrustFell),
            (9, What::MoraleLowest(0.314)),
            (10, What::BehindTwin),
            (11, What::Dissolved(1)),
        ]);
        let expected = [
            "Month 2: partner 1 loses half of its income for 3 months.",
            "Month 3: partner 0 has used up its reserve.",
            "Month 4: partner 2 keeps only 40 % of its promise.",
            "Month 5: partner 2 leaves: it does not trust the others.",
            "Month 6: all of the grant does not arrive to the horizon.",
            "Month 7: the grant has ended.",
            "Month 8: trust between the partners falls below one half.",
            "Month 9: morale is at its lowest, 0.31.",
            "Month 10: the partnership falls behind its twin: the premium so far turns negative.",
            "Month 11: the partnership dissolves: fewer partners were left than the minimum.",
        ];
        assert_eq!(story.lines, expected);
        assert_eq!(
            told(&[(24, What::WorkedOn(2))]).lines,
            ["Month 24: the horizon; 2 of 3 partners still work together."]
        );
    }

    #[test]
    fn events_and_what_is_done_are_told_with_whom_they_concern() {
        let mut inputs = small_world(4, &[]);
        let dated = |name: &str, partners: &[usize], kind| DatedInputs {
            name: name.to_string(),
            partners: partners.to_vec(),
            values: [("event.kind", Setting::Choice(kind)), ("intervention.kind", Setting::Choice(kind))].into(),
        };
        inputs.events = vec![dated("reform", &[], 0), dated("merger", &[1], 1), dated("exit", &[], 3)];
        inputs.interventions =
            vec![dated("help", &[0, 1], 2), dated("away", &[0, 1, 3], 5), dated("all", &[0, 1, 2, 3], 0)];
        let scenario = Scenario { inputs, ..fake::scenario() };
        let spell = Spell { months: 1, lasts: false, lost: 0.0 };
        let begins = |event| sentence(&scenario, &What::EventBegan { event, spell });
        let starts = |intervention| sentence(&scenario, &What::InterventionStarted { intervention });
        assert_eq!(begins(0), "\"reform\" begins: policy changes for all partners, for 1 month");
        assert_eq!(begins(1), "\"merger\" begins: partner 1 goes through a reorganisation, for 1 month");
        assert_eq!(begins(2), "\"exit\" begins: the sponsor withdraws for good");
        assert_eq!(starts(0), "\"help\" starts: coaching for partner 0 and partner 1");
        assert_eq!(starts(1), "\"away\" starts: learning sets for partner 0, partner 1 and partner 3");
        assert_eq!(starts(2), "\"all\" starts: reset purpose for partner 0 and 3 others");
        let spell = Spell { lasts: true, ..spell };
        assert!(sentence(&scenario, &What::EventBegan { event: 0, spell }).ends_with(", to the horizon"));
    }

    #[test]
    fn a_failure_is_told_with_its_cause_and_what_was_lost() {
        let lived = |values| crate::simulate::trace::trace(&small_world(3, values), 1, 0);
        let closed = why(&lived(&[("membership.closure_hazard", 1.0)])).unwrap();
        assert!(
            closed.starts_with("Why it failed: a shock. It was ended from outside. The agreed work was to be worth £"),
            "{closed}"
        );
        let weak = why(&lived(&[("delivery.effectiveness", 0.1)])).unwrap();
        assert!(weak.starts_with("Why it failed: ambition. The agreed work was to be worth £"), "{weak}");
        assert!(weak.contains(" most was lost so: £") && weak.contains(" to hopes that joint work could not fulfil,"));
        let sound = lived(&[("delivery.effectiveness", 1.5), ("need.value", 9000.0), ("need.demand", 1000.0)]);
        assert_eq!((sound.cause, why(&sound)), (0, None));
    }

    #[test]
    fn what_repeats_itself_is_told_in_one_line() {
        let broken = |month: usize| (month, What::PromiseBroken { partner: 0, kept: 0.4 });
        let line = |months: &[usize]| told(&months.iter().copied().map(broken).collect::<Vec<_>>()).lines.remove(0);
        assert!(line(&[3, 9]).ends_with("promise; again in month 9."));
        assert!(line(&[3, 9, 10]).ends_with("promise; again in months 9 and 10."));
        assert!(line(&[3, 9, 10, 11, 20]).ends_with("promise; again in months 9, 10, 11 and 20."));
        assert!(line(&[3, 9, 10, 11, 12, 20]).ends_with("promise; again in months 9, 10, 11 and 2 later ones."));
    }

    #[test]
    fn of_too_many_lines_the_weightiest_are_told_in_the_order_of_time() {
        let broken = (0..30).map(|partner| (partner + 1, What::PromiseBroken { partner, kept: 0.4 }));
        let story = told(
            &broken
                .chain([(40, What::Left { partner: 0, why: Leaving::Drift }), (41, What::Dissolved(2))])
                .collect::<Vec<_>>(),
        );
        assert_eq!((story.lines.len(), story.left_out), (MOST_STRANDS, 12));
        assert!(story.lines[MOST_STRANDS - 1].starts_with("Month 41: the partnership dissolves"));
        assert!(story.lines[MOST_STRANDS - 2].ends_with("leaves: its zeal has worn off with time."));
    }

    #[test]
    fn of_many_leavers_the_later_ones_share_a_line() {
        let left = |partner| (partner + 1, What::Left { partner, why: Leaving::CalledAway });
        let story = told(&(0..12).map(left).collect::<Vec<_>>());
        assert_eq!((story.lines.len(), story.left_out), (MOST_LEAVERS + 1, 0));
        assert!(
            story.lines[MOST_LEAVERS]
                .ends_with("for reasons outside the partnership; 3 others leave later, the last in month 12.")
        );
    }

    #[test]
    fn where_an_outcome_lies_is_told_in_words() {
        let at = |lower: f64, same: f64| place(&Standing { lower, same, higher: 1.0 - lower - same });
        assert_eq!(at(0.32, 0.68), "as in 68 of 100");
        assert_eq!(at(0.0, 1.0), "as in all");
        assert_eq!(
            [at(0.02, 0.0), at(0.2, 0.0), at(0.5, 0.0), at(0.8, 0.0), at(0.97, 0.0)],
            [
                "among the lowest 5 of 100",
                "in the lowest quarter",
                "in the middle half",
                "in the highest quarter",
                "among the highest 5 of 100"
            ]
        );
    }
}
