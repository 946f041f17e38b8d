//! What it takes to compute a result again, and to check that nothing in it was changed.

use super::grid::{Head, table};
use super::{Section, Told, frame, heading};
use crate::output::figure::{counted, grouped};
use crate::output::kept::{About, Kept};
use crate::output::study::ScenarioEntry;
use maud::{Markup, html};

/// A scenario's text is shown up to so many bytes; a longer one stands in its file.
const LONGEST_TEXT: usize = 60_000;

/// Longest setting that is shown.
const LONGEST_SETTING: usize = 300;

/// Command, version, seed, settings, scenarios and files.
pub fn section(told: Told) -> Section {
    let kept = told.reported.kept;
    let about = &kept.about;
    let body = html! {
        @if !about.command.is_empty() {
            p {
                "The same result, to the last digit, comes from the " @if about.scenarios.is_empty() { "same data" } @else { "scenario below" }
                " with this command:"
            }
            pre.command tabindex="0" role="group" aria-label="Command" { code { (about.command) } }
            @if let Some(what) = names(kept) {
                p.note { (what) }
            }
        }
        (table("How it was computed", &[Head::words("What"), Head::words("Value")], facts(about)))
        (scenarios(told))
        (heading(told.level + 1, "Files of the result"))
        (files(kept))
    };
    Section { id: told.id("provenance"), title: "How to repeat this".to_string(), body }
}

/// By which names the folder keeps what the command names.
fn names(kept: &Kept) -> Option<String> {
    let entries = kept.about.scenarios.iter().filter(|entry| !entry.text.is_empty());
    let scenarios =
        kept.scenarios().into_iter().zip(entries).map(|((file, _), entry)| format!("{} as {file}", entry.name));
    let given = kept.given.iter().map(|given| format!("{}.toml as {}", kept.about.name, given.file));
    let kept_as: Vec<String> = scenarios.chain(given).collect();
    (!kept_as.is_empty()).then(|| {
        format!(
            "The folder of the result keeps what goes into it: {}. Elsewhere, a copy under the name in the command serves.",
            kept_as.join("; ")
        )
    })
}

fn facts(about: &About) -> Vec<Vec<String>> {
    let mut facts = vec![
        ["Kind".to_string(), about.kind.clone()],
        ["Name".to_string(), about.name.clone()],
        ["Version".to_string(), format!("partnersim {}", about.version)],
        ["Seed".to_string(), about.seed.clone()],
        ["Replications".to_string(), grouped(about.replications as f64, 0)],
        ["Complete".to_string(), if about.is_interrupted { "no, interrupted" } else { "yes" }.to_string()],
    ];
    if about.points > 1 {
        facts.push(["Points or set-ups".to_string(), grouped(about.points as f64, 0)]);
    }
    facts.retain(|[_, value]| !value.is_empty());
    let is_new = |setting: &&(String, String)| !(setting.0 == "replications" || setting.1.is_empty());
    let settings = about.settings.iter().filter(is_new);
    facts.extend(settings.map(|(setting, value)| [setting.clone(), frame::shortened(value, LONGEST_SETTING)]));
    facts.into_iter().map(Vec::from).collect()
}

fn scenarios(told: Told) -> Markup {
    let kept = told.reported.kept;
    let files = kept.scenarios();
    html! {
        @if !kept.about.scenarios.is_empty() {
            (heading(told.level + 1, if kept.about.scenarios.len() == 1 { "The scenario" } else { "The scenarios" }))
        }
        @for (k, entry) in kept.about.scenarios.iter().enumerate() {
            @let n_before = kept.about.scenarios[..k].iter().filter(|entry| !entry.text.is_empty()).count();
            @let file = files.get(n_before).filter(|_| !entry.text.is_empty()).map(|(file, _)| file.as_str());
            @let is_told = k > 0 && kept.about.scenarios[k - 1].sources == entry.sources;
            (scenario(entry, file, is_told))
        }
    }
}

fn scenario(entry: &ScenarioEntry, file: Option<&str>, is_told: bool) -> Markup {
    let title = if entry.title.is_empty() { &entry.name } else { &entry.title };
    html! {
        div.scenario {
            p { strong { (title) } " (" (entry.name) "), digest " code.digest { (entry.digest) } }
            @if !entry.sources.is_empty() && !is_told {
                p { "Where its figures come from:" }
                ul { @for source in &entry.sources { li { (source) } } }
            } @else if is_told && !entry.sources.is_empty() {
                p { "Its figures come from where those above do." }
            }
            @if !entry.warnings.is_empty() {
                p { "What looks odd in it and is allowed:" }
                ul { @for warning in &entry.warnings { li { (warning) } } }
            }
            @match file {
                Some(file) if entry.text.len() <= LONGEST_TEXT => details.numbers {
                    summary { "The scenario as text, " (file) " of the result" }
                    pre tabindex="0" role="group" aria-label={ "Scenario " (entry.name) } { code { (entry.text) } }
                },
                Some(file) => p.note { "Its text, of " (counted(entry.text.lines().count() as u64, "line")) ", is in " (file) " of the result." },
                None => p.note { "Its text is not kept with the result." },
            }
        }
    }
}

fn files(kept: &Kept) -> Markup {
    let small = kept.sheets.iter().map(|sheet| (sheet.file(), sheet.title.clone(), sheet.rows.len() as u64));
    let large = kept.rows.iter().map(|rows| (rows.file(), rows.title.clone(), rows.n_rows));
    let row = |(file, title, n): (String, String, u64)| vec![file, title, grouped(n as f64, 0)];
    html! {
        (table("Tables of the result", &[Head::words("File"), Head::words("Holds"), Head::figures("Rows", "")], small.chain(large).map(row)))
        p.note { "data_dictionary.csv says what every column means; manifest.json holds the digest of every file." }
    }
}
