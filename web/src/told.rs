//! What happened in a replication, as data for the page's words: the strands that the story of `partnersim trace` tells.

use partnersim::analyse::happenings::strands::{Strand, Told, told};
use partnersim::analyse::happenings::{Happening, Leaving, Spell, What};
use partnersim::model::outcomes::ENDINGS;
use serde::Serialize;

/// The story of a replication.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Story {
    /// In the order of the months.
    pub lines: Vec<Line>,
    /// How many of lesser weight are left out.
    pub left_out: usize,
}

/// What happened once or again and again. Beside `kind` it has what that kind needs to be told.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Line {
    /// The month of the first, from 1.
    pub month: usize,
    /// The months of the others; of `left` those in which further partners left.
    pub again: Vec<usize>,
    /// What happened, a word that stays the same from version to version.
    pub kind: &'static str,
    /// Position of the partner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner: Option<usize>,
    /// Why a partner left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
    /// Position of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<usize>,
    /// Position of the intervention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intervention: Option<usize>,
    /// How many months it lasted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<usize>,
    /// Whether it lasted to the horizon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lasts: Option<bool>,
    /// A share: of money that was lost, of a promise that was kept, of a grant that goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// A number of partners or of improvements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    /// Morale, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub morale: Option<f64>,
    /// Why the partnership dissolved, a name as in the results.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ending: Option<&'static str>,
}

/// The story of a replication.
pub fn story(happenings: &[Happening]) -> Story {
    let Told { strands, left_out } = told(happenings);
    Story { lines: strands.iter().map(line).collect(), left_out }
}

fn line(strand: &Strand) -> Line {
    let Happening { month, what } = strand.first;
    Line { month, again: strand.again.clone(), ..kind(what) }
}

/// A happening without its months.
fn kind(what: What) -> Line {
    let bare = |kind| Line { kind, ..Line::default() };
    let of_partner = |kind, partner| Line { partner: Some(partner), ..bare(kind) };
    match what {
        What::IncomeFell { partner, spell } => lasting(of_partner("income_fell", partner), spell),
        What::ReserveRanOut { partner } => of_partner("reserve_ran_out", partner),
        What::PromiseBroken { partner, kept } => Line { share: Some(kept), ..of_partner("promise_broken", partner) },
        What::Joined { partner } => of_partner("joined", partner),
        What::Left { partner, why } => Line { why: Some(reason(why)), ..of_partner("left", partner) },
        What::GrantFell { spell } => lasting(bare("grant_fell"), spell),
        What::GrantEnded => bare("grant_ended"),
        What::GrantGoesOn { share } => Line { share: Some(share), ..bare("grant_goes_on") },
        What::EventBegan { event, spell } => lasting(Line { event: Some(event), ..bare("event_began") }, spell),
        What::InterventionStarted { intervention } => {
            Line { intervention: Some(intervention), ..bare("intervention_started") }
        }
        What::InterventionEnded { intervention } => {
            Line { intervention: Some(intervention), ..bare("intervention_ended") }
        }
        What::PlanAgreed => bare("plan_agreed"),
        What::PlanRenewed => bare("plan_renewed"),
        What::NeverAgreed => bare("never_agreed"),
        What::ReviewFoundLoss => bare("review_found_loss"),
        What::TermEnded { renewed } => Line { count: Some(renewed), ..bare("term_ended") },
        What::Innovated { all } => Line { count: Some(all), ..bare("innovated") },
        What::TrustFell => bare("trust_fell"),
        What::TrustRose => bare("trust_rose"),
        What::MoraleLowest(morale) => Line { morale: Some(morale), ..bare("morale_lowest") },
        What::MoraleHighest(morale) => Line { morale: Some(morale), ..bare("morale_highest") },
        What::AheadOfTwin => bare("ahead_of_twin"),
        What::BehindTwin => bare("behind_twin"),
        What::Dissolved(ending) => Line { ending: Some(ENDINGS[ending].0), ..bare("dissolved") },
        What::NeverFormed => bare("never_formed"),
        What::WorkedOn(members) => Line { count: Some(members), ..bare("worked_on") },
    }
}

fn lasting(line: Line, spell: Spell) -> Line {
    Line { months: Some(spell.months), lasts: Some(spell.lasts), share: Some(spell.lost), ..line }
}

/// Why a partner left, a word that stays the same from version to version.
pub fn reason(why: Leaving) -> &'static str {
    match why {
        Leaving::CalledAway => "called_away",
        Leaving::NotRenewed => "not_renewed",
        Leaving::LittleAdvantage => "little_advantage",
        Leaving::LittleTrust => "little_trust",
        Leaving::Inequity => "inequity",
        Leaving::Hurt => "hurt",
        Leaving::Drift => "drift",
        Leaving::Luck => "luck",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setup::tests::setup;
    use partnersim::analyse::happenings::happenings;
    use partnersim::simulate::trace::trace;

    #[test]
    fn a_line_has_its_kind_and_what_that_kind_needs_and_nothing_else() {
        let spell = Spell { months: 3, lasts: false, lost: 0.5 };
        let of = |what| serde_json::to_value(kind(what)).unwrap();
        assert_eq!(
            of(What::IncomeFell { partner: 1, spell }),
            serde_json::json!({ "month": 0, "again": [], "kind": "income_fell", "partner": 1, "months": 3, "lasts": false, "share": 0.5 })
        );
        assert_eq!(
            of(What::Left { partner: 2, why: Leaving::LittleTrust }),
            serde_json::json!({ "month": 0, "again": [], "kind": "left", "partner": 2, "why": "little_trust" })
        );
        assert_eq!(
            of(What::Dissolved(1)),
            serde_json::json!({ "month": 0, "again": [], "kind": "dissolved", "ending": "too_few_partners" })
        );
    }

    #[test]
    fn the_page_tells_what_the_command_line_tells() {
        let scenario = setup("town", &[("trust.initial", "0.1")]).load(0, &[]).unwrap();
        let mut lines = 0;
        for replication in 0..20 {
            let trace = trace(&scenario.inputs, scenario.seed, replication);
            let happenings = happenings(&trace);
            let (here, there) = (story(&happenings), partnersim::output::story::story(&scenario, &happenings));
            assert_eq!((here.lines.len(), here.left_out), (there.lines.len(), there.left_out));
            for (here, there) in here.lines.iter().zip(&there.lines) {
                assert!(there.starts_with(&format!("Month {}: ", here.month)), "{here:?} {there}");
            }
            lines += here.lines.len();
        }
        assert!(lines > 40, "the story has more than its end: {lines}");
    }
}
