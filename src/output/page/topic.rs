//! What a result is told about, in order: each topic with the pictures and tables that belong to it.
//!
//! A picture or table goes to the first topic that names it; what none names comes at the end, so that nothing is lost.

use super::grid::{self, Caption, Head};
use super::{Section, Told, picture, run_tables};
use crate::output::chart::Chart;
use crate::output::sheet::Sheet;
use crate::scenario::wording::wording;
use maud::{Markup, html};

/// What a result may be told about.
struct Topic {
    id: &'static str,
    title: &'static str,
    /// How to read it.
    lead: &'static str,
    /// How the names of its pictures begin.
    charts: &'static [&'static str],
    /// The tables that belong to it.
    sheets: &'static [&'static str],
    /// How the sentences begin that were found about it.
    found: &'static [&'static str],
    /// What else it shows.
    more: Option<fn(Told) -> Option<Markup>>,
    /// The kinds of results in which it is missed, and why it is not there.
    missed: Option<(&'static str, &'static str)>,
}

const TOPICS: &[Topic] = &[
    Topic {
        id: "changes",
        title: "What was compared",
        lead: "Every set-up is the first one with these changes. All live through the same worlds: replication 17 of one meets the same luck as replication 17 of any other.",
        charts: &[],
        sheets: &["changes"],
        found: &[],
        more: Some(changes),
        missed: None,
    },
    Topic {
        id: "varied",
        title: "What was varied",
        lead: "Inputs that somebody decides are choices; those that nobody knows are uncertain. Each point is one set of their values.",
        charts: &[],
        sheets: &["factors"],
        found: &[],
        more: None,
        missed: None,
    },
    Topic {
        id: "differences",
        title: "What differs, in the same worlds",
        lead: "Each difference is taken within a replication, so that luck which both share cancels out. Where an interval reaches across zero there is no clear difference.",
        charts: &["differences", "same_world", "groups"],
        sheets: &["paired", "comparison"],
        found: &[],
        more: None,
        missed: Some(("comparison", "The result holds no paired differences.")),
    },
    Topic {
        id: "levers",
        title: "Which change makes the difference",
        lead: "The longest bar moves the outcome furthest. Where a set-up changes several things at once, its difference is divided among them by what each adds in every order of making the changes (Shapley's value).",
        charts: &["levers", "tornado"],
        sheets: &["levers", "effects"],
        found: &[],
        more: None,
        missed: Some((
            "comparison",
            "The difference was not divided among the changes: with one change there is nothing to divide, and without --why or among too many changes it is not looked for.",
        )),
    },
    Topic {
        id: "lasting",
        title: "How long it lasts",
        lead: "The share of the replications in which the partnership still works together, month by month, with its 95 % interval.",
        charts: &["survival"],
        sheets: &["lasting"],
        found: &[],
        more: None,
        missed: Some(("run", "The result holds no survival table.")),
    },
    Topic {
        id: "premium",
        title: "Is it better than working alone?",
        lead: "The premium is what the partners have together, less what the same organisations would have working alone in the same world.",
        charts: &["distribution_premium"],
        sheets: &[],
        found: &["Beats working alone", "Premium: "],
        more: None,
        missed: None,
    },
    Topic {
        id: "partners",
        title: "Who gains and who loses",
        lead: "What each partner has from the partnership, less what it would have working alone in the same world.",
        charts: &["gains"],
        sheets: &[],
        found: &[],
        more: Some(run_tables::partners),
        missed: Some(("run", "The result holds no table of partners.")),
    },
    Topic {
        id: "causes",
        title: "Why it fails",
        lead: "A partnership fails when it dissolves or was not worth what was put into it. What contributed most is counted as its cause.",
        charts: &["causes"],
        sheets: &[],
        found: &[],
        more: Some(run_tables::causes),
        missed: None,
    },
    Topic {
        id: "outcomes",
        title: "What comes of it",
        lead: "Each outcome over all replications. The middle replication is typical; 9 in 10 lie within the outer range, half within the inner one.",
        charts: &["distribution", "spread"],
        sheets: &["setups"],
        found: &[],
        more: Some(run_tables::outcomes),
        missed: Some(("run", "The result holds no summary of outcomes.")),
    },
    Topic {
        id: "months",
        title: "Month by month",
        lead: "The line is the middle replication; half of the replications lie within the inner band, 9 in 10 within the outer one.",
        charts: &["monthly"],
        sheets: &[],
        found: &[],
        more: None,
        missed: None,
    },
    Topic {
        id: "evaluation",
        title: "What an evaluation would find",
        lead: "What somebody who evaluates the partnership would see, beside what is true in the model.",
        charts: &["evaluation"],
        sheets: &["evaluation"],
        found: &[],
        more: None,
        missed: None,
    },
    Topic {
        id: "policies",
        title: "Which policy",
        lead: "How each policy does over all worlds, on average and where it goes badly. Regret is what a policy gives up against the best one in the same world.",
        charts: &["policies", "trade_off", "regret", "information"],
        sheets: &["policies", "choosing", "pareto", "dominance", "information", "regret"],
        found: &[],
        more: None,
        missed: None,
    },
    Topic {
        id: "sensitivity",
        title: "What outcomes depend on",
        lead: "How much of what differs from point to point goes with each input. An influence is clear when its interval leaves out what chance alone would give.",
        charts: &["sensitivity", "variance", "response"],
        sheets: &["sensitivity", "variance", "convergence", "basis"],
        found: &[],
        more: None,
        missed: None,
    },
    Topic {
        id: "discovery",
        title: "Where it happens",
        lead: "A box is a few limits on the inputs within which it happens far more often than elsewhere. Density is how often inside, coverage how many of all cases are inside.",
        charts: &["boxes", "worlds", "tree", "peeling"],
        sheets: &["boxes", "restrictions", "tree", "trajectory"],
        found: &["Where "],
        more: None,
        missed: Some(("discovery", "No box was found.")),
    },
    Topic {
        id: "threshold",
        title: "Where it tips",
        lead: "The value beyond which the condition holds, and how sure that is.",
        charts: &["threshold"],
        sheets: &["threshold", "curve"],
        found: &[],
        more: None,
        missed: Some(("threshold", "The result holds no curve.")),
    },
    Topic {
        id: "search",
        title: "The best that was found",
        lead: "Candidates that no other beats in every respect. The winner of a search owes part of its place to luck: believe what fresh replications say of it.",
        charts: &["front", "search"],
        sheets: &["front", "reevaluated", "history"],
        found: &[],
        more: None,
        missed: None,
    },
    Topic {
        id: "calibration",
        title: "What the data say of the inputs",
        lead: "What was believed beforehand, what is believed after seeing the data, and how well the calibrated model shows them.",
        charts: &["posterior", "fit"],
        sheets: &["prior_posterior", "fit", "generations", "posterior", "particles"],
        found: &[],
        more: None,
        missed: None,
    },
];

/// How the names of pictures begin that are told with the assumptions.
pub const LEANING: &str = "leans_on";

/// A table of at most so many rows is seen without unfolding it.
const SHORT: usize = 24;

/// What has no topic of its own.
const REST: Topic = Topic {
    id: "tables",
    title: "Further tables and pictures",
    lead: "",
    charts: &[""],
    sheets: &[],
    found: &[],
    more: None,
    missed: None,
};

/// Tables that are told elsewhere, or that are there for programs.
const ELSEWHERE: &[&str] =
    &["assumptions", "influence", "distributions", "survival", "series", "partners", "design", "points", "worlds"];

/// The topics that a result has something for.
pub fn sections(told: Told) -> Vec<Section> {
    TOPICS.iter().chain([&REST]).filter_map(|topic| section(told, topic)).collect()
}

fn section(told: Told, topic: &Topic) -> Option<Section> {
    let reported = told.reported;
    let is_told_here = |chart: &&Chart| !chart.name.starts_with(LEANING) && topic_of(chart).id == topic.id;
    let charts: Vec<&Chart> = reported.charts.iter().filter(is_told_here).collect();
    let sheets: Vec<&Sheet> = reported.kept.sheets.iter().filter(|sheet| is_told_in(told, sheet, topic)).collect();
    let more = topic.more.and_then(|more| more(told));
    let is_of_it = |sentence: &&String| topic.found.iter().any(|begins| sentence.starts_with(begins));
    let found: Vec<&String> = reported.kept.about.findings.iter().filter(is_of_it).collect();
    let is_empty = charts.is_empty() && sheets.is_empty() && more.is_none() && found.is_empty();
    let why = topic.missed.filter(|(kind, _)| is_empty && *kind == reported.kept.about.kind).map(|(_, why)| why);
    if is_empty && why.is_none() {
        return None;
    }
    let body = html! {
        @if let Some(why) = why { p { (why) } } @else if !topic.lead.is_empty() { p.note { (topic.lead) } }
        // A picture says the same in its own words.
        @if charts.is_empty() { @for sentence in &found { p { (sentence) } } }
        @for chart in &charts { (picture::picture(told, chart)) }
        @if let Some(more) = &more { (more) }
        @for (k, sheet) in sheets.iter().enumerate() { (table(sheet, k == 0 && charts.is_empty() && more.is_none())) }
    };
    Some(Section { id: told.id(topic.id), title: topic.title.to_string(), body })
}

/// A table, seen at once where nothing else shows what it holds and it is short.
fn table(sheet: &Sheet, is_alone: bool) -> Markup {
    let (summary, file) = (format!("Table: {}", sheet.title), sheet.file());
    let caption = Caption { title: &sheet.title, summary: &summary, file: Some(&file) };
    if is_alone && sheet.rows.len() <= SHORT { grid::grid(sheet, &caption) } else { grid::folded(sheet, &caption) }
}

/// What each set-up of a comparison changes, a row a change.
fn changes(told: Told) -> Option<Markup> {
    let sheet = told.reported.kept.sheet("levers")?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for row in &sheet.rows {
        let [setup, lever, change] = ["setup", "lever", "change"].map(|column| sheet.words(row, column).to_string());
        let row = vec![setup, wording(&lever).words, change];
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    let heads = [Head::words("Set-up"), Head::words("What is changed"), Head::words("Change")];
    (!rows.is_empty()).then(|| grid::table("What each set-up changes", &heads, rows))
}

/// The topic that a picture belongs to.
fn topic_of(chart: &Chart) -> &'static Topic {
    let is_named = |topic: &&Topic| topic.charts.iter().any(|begins| chart.name.starts_with(begins));
    TOPICS.iter().find(is_named).unwrap_or(&REST)
}

fn is_told_in(told: Told, sheet: &Sheet, topic: &Topic) -> bool {
    let name = sheet.name.as_str();
    let is_run = told.reported.kept.about.kind == "run";
    let has_topic = TOPICS.iter().any(|topic| topic.sheets.contains(&name));
    let is_elsewhere = ELSEWHERE.contains(&name) || (is_run && name == "summary");
    let is_rest = topic.id == REST.id && !has_topic && !is_elsewhere;
    !sheet.rows.is_empty() && (topic.sheets.contains(&name) || is_rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_topic_has_an_identifier_of_its_own() {
        let ids: BTreeSet<&str> = TOPICS.iter().chain([&REST]).map(|topic| topic.id).collect();
        assert_eq!(ids.len(), TOPICS.len() + 1);
    }

    #[test]
    fn no_table_is_claimed_by_two_topics_and_none_that_is_told_elsewhere() {
        let claimed: Vec<&str> = TOPICS.iter().flat_map(|topic| topic.sheets.iter().copied()).collect();
        assert_eq!(claimed.iter().collect::<BTreeSet<_>>().len(), claimed.len());
        assert!(claimed.iter().all(|name| !ELSEWHERE.contains(name)));
    }
}
