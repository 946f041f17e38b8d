//! What sets two results apart: what was asked, what was found, and, where both estimate the same, whether they agree within error.

mod tables;

use super::comparison::sheets::differing;
use super::figure::{counted, grouped};
use super::kept::{About, Kept, Open};
use super::manifest::Entry;
use crate::analyse::agreement::{Draws, agreements};
use crate::analyse::findings::Estimate;
use crate::model::outcomes::OUTCOMES;
use crate::scenario::{Scenario, load};
use std::io;

/// Changes of a scenario that are named, at most.
const MOST_CHANGES: usize = 20;
/// Keys of a scenario that say how it is simulated and not what.
const OF_THE_RUN: [&str; 2] = ["replications", "seed"];

/// A result that is held against another.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// What it is called: its folder.
    pub name: &'a str,
    /// What it holds.
    pub kept: &'a Kept,
    /// Its files, with their hashes.
    pub files: &'a [Entry],
    /// Files that are not as they were written.
    pub changed: &'a [String],
    /// Opens its tables of rows.
    pub open: Open<'a>,
}

/// What sets two results apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Whether the same was asked and found.
    pub is_same: bool,
    /// What to tell: headings, each with its sentences.
    pub told: Vec<(String, Vec<String>)>,
}

/// Holds two results against each other.
///
/// # Errors
/// What reading their tables of rows reports.
pub fn difference(sides: [Side; 2]) -> io::Result<Difference> {
    let asked = asked(sides);
    let tables = tables::compared(sides)?;
    let is_same =
        asked.of_result.is_empty() && tables.differing.is_empty() && sides.iter().all(|side| side.changed.is_empty());
    let mut told = vec![(String::new(), vec![in_short(sides, &asked, &tables, is_same)])];
    told.push(("What was asked".to_string(), [asked.of_result, asked.aside].concat()));
    told.push(("Changed since they were written".to_string(), changed(sides)));
    told.push(("Tables".to_string(), [tables.differing, tables.aside].concat()));
    told.push((
        "Do they agree within error?".to_string(),
        if is_same { Vec::new() } else { agree(sides, asked.scenarios_differ) },
    ));
    told.retain(|(_, sentences)| !sentences.is_empty());
    Ok(Difference { is_same, told })
}

/// What was asked differently.
struct Asked {
    /// What decides a result.
    of_result: Vec<String>,
    /// What does not.
    aside: Vec<String>,
    /// Whether the scenarios differ in more than seed and number of replications.
    scenarios_differ: bool,
}

fn in_short(sides: [Side; 2], asked: &Asked, tables: &tables::Compared, is_same: bool) -> String {
    let [one, other] = sides.map(|side| side.name);
    let changed = sides.iter().any(|side| !side.changed.is_empty());
    match (is_same, asked.of_result.is_empty(), tables.differing.is_empty()) {
        (true, _, _) if !tables.renamed.is_empty() => {
            format!("{one} and {other} are the same but for the scenario's name, or for where its values were set.")
        }
        (true, _, _) if tables.aside.is_empty() => {
            format!("{one} and {other} are the same, {} byte for byte.", counted(tables.same as u64, "table"))
        }
        (true, _, _) => format!("{one} and {other} are the same but for the order of columns."),
        (_, true, true) if changed => {
            "The same was asked and their tables are the same, but files were changed since they were written."
                .to_string()
        }
        (_, true, false) => "They differ, although the same was asked.".to_string(),
        (_, false, true) => "Something else was asked, and their tables are the same all the same.".to_string(),
        _ => "They differ: something else was asked.".to_string(),
    }
}

fn asked(sides: [Side; 2]) -> Asked {
    let [one, other] = sides.map(|side| &side.kept.about);
    let mut of_result = Vec::new();
    let mut aside = Vec::new();
    let of = |what: &str, values: [&str; 2]| {
        let told = |value: &str| if value.is_empty() { "nothing".to_string() } else { value.to_string() };
        (values[0] != values[1]).then(|| format!("{what}: {} against {}.", told(values[0]), told(values[1])))
    };
    of_result.extend(of("Kind of result", [&one.kind, &other.kind]));
    let (scenarios, scenarios_differ) = scenarios([one, other]);
    of_result.extend(scenarios);
    of_result.extend(of("Seed", [&one.seed, &other.seed]));
    let replications = [one, other].map(|about| grouped(about.replications as f64, 0));
    of_result.extend(of("Replications", [&replications[0], &replications[1]]));
    of_result.extend(settings([one, other]));
    of_result
        .extend(of("Ended", [one, other].map(|about| if about.is_interrupted { "interrupted" } else { "complete" })));
    aside.extend(of("Version", [&one.version, &other.version]));
    aside.extend(of("Title", [&one.title, &other.title]));
    Asked { of_result, aside, scenarios_differ }
}

/// Settings that only one has, or that have other values.
fn settings([one, other]: [&About; 2]) -> Vec<String> {
    let value = |about: &About, setting: &str| {
        about.settings.iter().find(|(name, _)| name == setting).map(|(_, value)| value.clone())
    };
    let mut names: Vec<&str> = one.settings.iter().chain(&other.settings).map(|(name, _)| name.as_str()).collect();
    // Told above with what was done.
    names.retain(|name| *name != "replications" || one.kind != "run");
    let mut told: Vec<String> = Vec::new();
    for name in names {
        let values = [one, other].map(|about| value(about, name));
        let line = format!("{name}: {} against {}.", said(&values[0]), said(&values[1]));
        if values[0] != values[1] && !told.contains(&line) {
            told.push(line);
        }
    }
    told
}

fn said(value: &Option<String>) -> String {
    match value.as_deref() {
        None => "not set".to_string(),
        Some("") => "nothing".to_string(),
        Some(value) => value.to_string(),
    }
}

/// What sets the scenarios apart, seed and number of replications aside, and whether anything does.
fn scenarios(abouts: [&About; 2]) -> (Vec<String>, bool) {
    let [one, other] = abouts.map(|about| &about.scenarios);
    let mut told = Vec::new();
    if one.len() != other.len() {
        told.push(format!("Scenarios: {} against {}.", one.len(), other.len()));
    }
    for (first, second) in one.iter().zip(other) {
        if first.digest == second.digest {
            continue;
        }
        let of = if one.len() > 1 { format!("Scenario {}, ", first.name) } else { String::new() };
        match [&first.text, &second.text].map(|text| read(text)) {
            [Some(first), Some(second)] => told.extend(changes(&of, &first, &second)),
            _ => told.push(format!("{of}the scenarios differ; what they set cannot be read with this version.")),
        }
    }
    let differ = !told.is_empty();
    (told, differ)
}

/// A scenario as the folder of a result holds it.
fn read(text: &str) -> Option<Scenario> {
    let none = |name: &str| Err(format!("{name} is not kept"));
    if text.is_empty() { None } else { load(text, "scenario.toml", &[], &none).ok() }
}

fn changes(of: &str, first: &Scenario, second: &Scenario) -> Vec<String> {
    let found: Vec<[&str; 5]> =
        differing(first, second).into_iter().filter(|change| !OF_THE_RUN.contains(&change[0])).collect();
    let line = |[key, belongs_to, before, after, unit]: &[&str; 5]| {
        let owner = if belongs_to.is_empty() { String::new() } else { format!(" of {belongs_to}") };
        let value = |value: &str| if value.is_empty() { "not there".to_string() } else { value.to_string() };
        let unit = if unit.is_empty() || *unit == "word" { String::new() } else { format!(" ({unit})") };
        format!("{of}{key}{owner}: {} against {}{unit}.", value(before), value(after))
    };
    let mut told: Vec<String> = found.iter().take(MOST_CHANGES).map(line).collect();
    if found.len() > MOST_CHANGES {
        told.push(format!("{of}{} more.", counted((found.len() - MOST_CHANGES) as u64, "change")));
    }
    told
}

fn changed(sides: [Side; 2]) -> Vec<String> {
    let of = |side: &Side| {
        let name = side.name.to_string();
        side.changed
            .iter()
            .map(move |file| format!("{name}: {file} is not what its manifest says, or is gone."))
            .collect::<Vec<_>>()
    };
    sides.iter().flat_map(of).collect()
}

/// Whether two runs of the same scenario with other draws agree on the means of the outcomes.
fn agree(sides: [Side; 2], scenarios_differ: bool) -> Vec<String> {
    let [one, other] = sides.map(|side| &side.kept.about);
    if one.kind != "run" || other.kind != "run" {
        return Vec::new();
    }
    if scenarios_differ {
        return vec!["Their scenarios differ, so they estimate different things; `partnersim compare` tells how far apart these are, in the same worlds.".to_string()];
    }
    let draws = if one.seed == other.seed { Draws::Nested } else { Draws::Apart };
    if draws == Draws::Nested && one.replications == other.replications {
        return Vec::new();
    }
    let (mut names, mut pairs) = (Vec::new(), Vec::new());
    for outcome in OUTCOMES {
        let found = sides.map(|side| estimate(side.kept, outcome.column));
        if let [Some(first), Some(second)] = found
            && (first.mc_standard_error > 0.0 || second.mc_standard_error > 0.0)
        {
            names.push(outcome.title);
            pairs.push([first, second]);
        }
    }
    let found = agreements(&pairs, draws);
    let basis = match draws {
        Draws::Apart => {
            "Both simulate the same scenario with draws of their own, so they are two estimates of the same thing."
        }
        Draws::Nested => {
            "Both simulate the same scenario with the same seed: the replications of the smaller are among those of the larger, which is simply more precise."
        }
    };
    let clear: Vec<String> = found
        .iter()
        .zip(&names)
        .filter(|(found, _)| found.p < 0.05)
        .map(|(found, name)| format!("{name} ({} standard errors apart)", grouped(found.apart, 1)))
        .collect();
    let furthest = found.iter().zip(&names).max_by(|a, b| a.0.apart.total_cmp(&b.0.apart));
    let furthest = furthest.map_or_else(String::new, |(found, name)| {
        format!(" Furthest apart: {name}, by {} standard errors of the difference.", grouped(found.apart, 1))
    });
    let n = counted(names.len() as u64, "outcome");
    let told = match clear.is_empty() {
        true => format!("They agree within error on the means of all {n} that vary.{furthest}"),
        false => format!(
            "They do not agree within error on {} of {n} that vary (95 %, Holm): {}.",
            clear.len(),
            clear.join(", ")
        ),
    };
    vec![basis.to_string(), told]
}

/// The mean of an outcome as the summary of a run holds it.
fn estimate(kept: &Kept, outcome: &str) -> Option<Estimate> {
    let sheet = kept.sheet("summary")?;
    let row = sheet.rows_with("outcome", outcome).next()?;
    let [value, mc_standard_error] = ["mean", "mc_standard_error"].map(|column| sheet.number(row, column));
    value.is_finite().then_some(Estimate { value, mc_standard_error })
}
