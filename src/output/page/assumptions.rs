//! What a result rests on: its assumptions, those first that are least supported and matter most.

use super::grid::{Head, table};
use super::{Section, Told, frame, heading, picture, topic};
use crate::model::parameter::Grade;
use crate::output::assumptions;
use crate::output::figure::{counted, grouped};
use crate::output::manifest::VERSION;
use crate::output::sheet::{Sheet, Value};
use crate::scenario;
use crate::scenario::wording::wording;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The grade of a value that the scenario sets.
const GIVEN: &str = "given";

/// The outcome whose influences are told, or what comes first where it is not looked at.
const MAIN: &str = "premium";

/// Assumptions without a known influence that are listed.
const LISTED: usize = 40;

/// Uncertain values that are seen without unfolding them.
const FIRST: usize = 6;

/// The assumptions, by evidence and influence.
pub fn section(told: Told) -> Section {
    let body = match sheet(told) {
        Some(sheet) => html! {
            (grades(&sheet))
            (leaning(told))
            (weakest(told, &sheet))
        },
        None => html! {
            p { (missing(told)) }
        },
    };
    Section { id: told.id("assumptions"), title: "What this rests on".to_string(), body }
}

/// The table of assumptions: of the result, or of the first scenario it keeps, read by the version that wrote it.
fn sheet(told: Told) -> Option<Sheet> {
    let kept = told.reported.kept;
    if let Some(sheet) = kept.sheet("assumptions") {
        return Some(sheet.clone());
    }
    let text = &kept.about.scenarios.first()?.text;
    if text.is_empty() || kept.about.version != VERSION {
        return None;
    }
    let no_files = |name: &str| Err(format!("{name} is not kept"));
    let scenario = scenario::load(text, &kept.about.name, &[], &no_files).ok()?;
    let mut sheet = Sheet::new("assumptions", "Every parameter in force", assumptions::columns());
    sheet.rows = assumptions::rows(&scenario);
    Some(sheet)
}

fn missing(told: Told) -> &'static str {
    match told.reported.kept.about.scenarios.is_empty() {
        true => {
            "The result is about data that were given and not about a scenario: it rests on these data and on the method."
        }
        false => {
            "The result holds no table of assumptions, and was written by another version of the program than this one."
        }
    }
}

/// How many values are how well supported.
fn grades(sheet: &Sheet) -> Markup {
    let mut counts: BTreeMap<(usize, &str), u64> = BTreeMap::new();
    for row in &sheet.rows {
        let grade = sheet.words(row, "grade");
        *counts.entry((place(grade), grade)).or_default() += 1;
    }
    let rows = counts
        .iter()
        .map(|((_, grade), n)| vec![(*grade).to_string(), grouped(*n as f64, 0), meaning(grade).to_string()]);
    let n_assumed = counts.get(&(0, Grade::Assumption.word())).copied().unwrap_or(0);
    html! {
        p {
            "Of " (counted(sheet.rows.len() as u64, "value")) " in force " (grouped(n_assumed as f64, 0))
            " are assumptions that no study supports. They are stated so that they can be questioned: each can be set in the scenario."
        }
        (table("Values by how well they are supported", &[Head::words("Grade"), Head::figures("Values", ""), Head::words("Meaning")], rows))
    }
}

/// The least supported first.
fn place(grade: &str) -> usize {
    let order =
        [Grade::Assumption.word(), Grade::General.word(), GIVEN, Grade::Computed.word(), Grade::Published.word()];
    order.iter().position(|word| *word == grade).unwrap_or(order.len())
}

fn meaning(grade: &str) -> &'static str {
    match grade {
        "published" => "a published study or synthesis that was read",
        "computed" => "follows from an equation",
        "general knowledge" => "general knowledge of the field, not checked against a source",
        "assumption" => "a choice of partnersim, stated so that it can be questioned",
        GIVEN => "set by the scenario; how good its evidence is, its author must say",
        _ => "",
    }
}

/// How doubtful a grade makes a value, for the order in which values are listed.
fn doubt(grade: &str) -> f64 {
    [1.0, 0.75, 0.5, 0.25, 0.25].get(place(grade)).copied().unwrap_or(1.0)
}

/// Which uncertain inputs the conclusion leans on, where the result says.
fn leaning(told: Told) -> Markup {
    let kept = told.reported.kept;
    let Some(sheet) = kept.sheet("influence").filter(|sheet| !sheet.rows.is_empty()) else {
        return html! {
            p.note {
                "How much each uncertain value moves the outcomes is not part of this result, so the list below goes by evidence alone. "
                @if kept.about.kind == "run" { "No uncertain value in it moves an outcome, or the result was written by an earlier version." }
                @else { "A run of the scenario, or an experiment that varies the values, tells it." }
            }
        };
    };
    let outcome = main_outcome(sheet);
    let mut rows: Vec<&[Value]> = sheet.rows_with("outcome", outcome).collect();
    let weight = |row: &[Value]| sheet.number(row, "share_of_variance") * doubt(sheet.words(row, "grade"));
    rows.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    let title = rows.first().map_or("", |row| sheet.words(row, "title")).to_string();
    let charts = || told.reported.charts.iter().filter(|chart| chart.name.starts_with(topic::LEANING));
    html! {
        // A picture says it in its own words.
        @if charts().next().is_none() {
            (heading(told.level + 1, &format!("What {} leans on", lower(&title))))
            (told_leaning(sheet, &rows, &title))
        }
        @for chart in charts() { (picture::picture(told, chart)) }
        (influences(sheet, &rows[..rows.len().min(FIRST)], &title))
        @if rows.len() > FIRST {
            details.numbers {
                summary { "Further uncertain values, by evidence and influence on " (lower(&title)) }
                (influences(sheet, &rows[FIRST..rows.len().min(LISTED)], &title))
                @if rows.len() > LISTED { p.note { "The first " (LISTED) " of " (rows.len()) " with those above; all are in influence.csv." } }
            }
        }
        p.note {
            "Listed by the share of what differs that goes with a value, weighted by doubt: assumptions count fully, general knowledge "
            "three quarters, values the scenario gives half, computed and published ones a quarter. The weights only order the list."
        }
        (others(sheet, outcome))
    }
}

fn main_outcome(sheet: &Sheet) -> &str {
    let outcomes = || sheet.rows.iter().map(|row| sheet.words(row, "outcome"));
    outcomes().find(|outcome| outcome.starts_with(MAIN)).or_else(|| outcomes().next()).unwrap_or("")
}

/// Whether the interval of a row leaves out no correlation at all.
fn is_clear(sheet: &Sheet, row: &[Value]) -> bool {
    sheet.number(row, "low") > 0.0 || sheet.number(row, "high") < 0.0
}

/// Whether nobody has given evidence for a value, be it the program or the scenario.
fn is_doubtful(sheet: &Sheet, row: &[Value]) -> bool {
    place(sheet.words(row, "grade")) <= place(GIVEN)
}

fn told_leaning(sheet: &Sheet, rows: &[&[Value]], title: &str) -> Markup {
    let leans: Vec<&&[Value]> =
        rows.iter().filter(|row| is_clear(sheet, row) && is_doubtful(sheet, row)).take(3).collect();
    let input = |row: &[Value]| {
        let share = 100.0 * sheet.number(row, "share_of_variance");
        let share = if share < 1.0 { "less than 1".to_string() } else { grouped(share, 0) };
        let grade = sheet.words(row, "grade");
        let grade = if grade == GIVEN { "given by the scenario" } else { grade };
        format!(
            "{} ({share} % of what differs in its ranks; {grade})",
            frame::shortened(&wording(sheet.words(row, "input")).words, 80)
        )
    };
    let words: Vec<String> = leans.iter().map(|row| input(row)).collect();
    html! {
        @match &words[..] {
            [] => p { "No uncertain value moves " (lower(title)) " clearly: what differs between replications is luck." },
            [only] => p { "This conclusion leans on " strong { (only) } "." },
            [first @ .., last] => p { "This conclusion leans on " strong { (first.join(", ")) " and " (last) } "." },
        }
    }
}

fn influences(sheet: &Sheet, rows: &[&[Value]], title: &str) -> Markup {
    let heads = [
        Head::words("Uncertain value"),
        Head::words("How uncertain"),
        Head::words("Evidence"),
        Head::figures("Goes with the outcome", "rank correlation, 95 % interval"),
        Head::figures("Share of what differs", "%"),
        Head::words("Source"),
    ];
    let row = |row: &&[Value]| {
        let [correlation, low, high] =
            ["rank_correlation", "low", "high"].map(|column| grouped(sheet.number(row, column), 2));
        let clear = if is_clear(sheet, row) { "" } else { ", not clear" };
        let words = ["input", "value", "grade", "source"].map(|column| sheet.words(row, column).to_string());
        let [input, value, grade, source] = words;
        let (input, value) = (wording(&input).words, spread(&value));
        let share = grouped(100.0 * sheet.number(row, "share_of_variance"), 1);
        vec![input, value, grade, format!("{correlation} ({low} to {high}){clear}"), share, source]
    };
    html! {
        (table(&format!("Uncertain values by evidence and influence on {}", lower(title)), &heads, rows.iter().map(row)))
    }
}

/// An uncertainty in words, where it has the shape of a range; else as a scenario writes it.
fn spread(value: &str) -> String {
    let parts = value.trim_matches(['{', '}', ' ']).split_once(" = [");
    let Some((kind, numbers)) = parts.and_then(|(kind, rest)| Some((kind, rest.strip_suffix(']')?))) else {
        return value.to_string();
    };
    let numbers: Vec<&str> = numbers.split(", ").collect();
    match (kind, &numbers[..]) {
        ("uniform", [low, high]) => format!("{low} to {high}"),
        ("pert" | "triangular", [low, mode, high]) => format!("{low} to {high}, most likely {mode}"),
        _ => value.to_string(),
    }
}

/// What the other outcomes lean on most, a row each.
fn others(sheet: &Sheet, main: &str) -> Markup {
    let is_first =
        |row: &&Vec<Value>| sheet.number(row, "influence_rank") == 1.0 && sheet.words(row, "outcome") != main;
    let heads = [
        Head::words("Outcome"),
        Head::words("Goes most with"),
        Head::words("Evidence"),
        Head::figures("Rank correlation", "95 % interval"),
        Head::figures("Share of what differs", "%"),
    ];
    let row = |row: &Vec<Value>| {
        let [correlation, low, high] =
            ["rank_correlation", "low", "high"].map(|column| grouped(sheet.number(row, column), 2));
        let [title, input, grade] = ["title", "input", "grade"].map(|column| sheet.words(row, column).to_string());
        let words = [title, wording(&input).words, grade];
        let share = grouped(100.0 * sheet.number(row, "share_of_variance"), 1);
        words.into_iter().chain([format!("{correlation} ({low} to {high})"), share]).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = sheet.rows.iter().filter(is_first).map(row).collect();
    html! {
        @if !rows.is_empty() {
            details.numbers {
                summary { "What the other outcomes go with most" }
                (table("The uncertain value that each other outcome goes with most", &heads, rows))
            }
        }
    }
}

/// The parameters at defaults that are assumptions, those alike told once.
fn weakest(told: Told, sheet: &Sheet) -> Markup {
    let mut alike: BTreeMap<(usize, &str, &str), (u64, &[Value])> = BTreeMap::new();
    for row in sheet.rows.iter().filter(|row| place(sheet.words(row, "grade")) <= place(Grade::General.word())) {
        let key = (place(sheet.words(row, "grade")), sheet.words(row, "parameter"), sheet.words(row, "value"));
        alike.entry(key).or_insert((0, row)).0 += 1;
    }
    let heads = ["Parameter", "Value", "Unit", "Evidence", "Source"].map(Head::words);
    let rows = alike.values().take(LISTED).map(|(n, row)| {
        let words =
            ["parameter", "value", "unit", "grade", "source"].map(|column| sheet.words(row, column).to_string());
        let [parameter, value, unit, grade, source] = words;
        let parameter = if *n > 1 { format!("{parameter} (of {n})") } else { parameter };
        vec![parameter, value, unit, grade, source]
    });
    let is_kept = told.reported.kept.sheet("assumptions").is_some();
    let where_all = if is_kept { "all are in assumptions.csv" } else { "`partnersim run` writes all of them" };
    html! {
        details.numbers {
            summary { "The least supported values, " (alike.len()) " of them" }
            (table("Values that are assumptions or general knowledge", &heads, rows))
            @if alike.len() > LISTED { p.note { "The first " (LISTED) " of " (alike.len()) "; " (where_all) "." } }
        }
    }
}

/// A title within a sentence.
fn lower(title: &str) -> String {
    let mut signs = title.chars();
    signs.next().map_or(String::new(), |first| first.to_lowercase().chain(signs).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_told_in_words_and_anything_else_as_it_is_written() {
        assert_eq!(spread("{ pert = [0.1, 0.7, 1.5] }"), "0.1 to 1.5, most likely 0.7");
        assert_eq!(spread("{ uniform = [0.15, 0.45] }"), "0.15 to 0.45");
        for other in ["{ beta = [6, 6] }", "{ discrete = [[0, 0.3], [0.5, 0.7]] }", "0.5", "\"word\"", ""] {
            assert_eq!(spread(other), other);
        }
    }
}
