//! The concepts of partnership working that the model covers, as data: what is moved, what carries it, what shows it, which
//! way it should go, and the runs that hold this.
//!
//! The one source is `concepts.toml` beside this file. `describe` and `docs/concepts.md` are written from it, and a test
//! walks it and lives every run it names.

use crate::model::mechanisms;
use crate::model::outcomes::OUTCOMES;
use crate::scenario::{Override, Scenario, load, shipped};
use serde::Deserialize;
use std::collections::BTreeMap;

const TEXT: &str = include_str!("concepts.toml");

/// The base of a check that names none.
const USUAL_BASE: &str = "town";

/// What a scenario can set that is no parameter of its own in the registry, by the key it would have there.
pub const OF_THE_LANGUAGE: &[&str] = &[
    "horizon_months",
    "partner.count",
    "partner.variation",
    "partner.sector",
    "partner.skills",
    "partner.goals",
    "need.skills",
    "governance.lead",
    "governance.partners",
];

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concepts {
    /// Scenarios that checks start from, by name.
    pub bases: BTreeMap<String, String>,
    /// Every concept, in the order of its id.
    pub concept: Vec<Concept>,
}

/// One concept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Letter and number: `A13`.
    pub id: String,
    /// What it says, in a sentence.
    pub concept: String,
    /// Keys of the parameters that are its lever.
    #[serde(default)]
    pub parameters: Vec<String>,
    /// Parts of the model that carry it.
    #[serde(default)]
    pub mechanisms: Vec<String>,
    /// Outcomes that show it.
    #[serde(default)]
    pub outcomes: Vec<String>,
    /// Which way the outcomes go as the lever goes up.
    #[serde(default)]
    pub direction: String,
    /// Where the expectation comes from.
    pub source: String,
    /// Where the model disagrees with the expectation, and why, as far as we know.
    pub differs: Option<String>,
    /// Ready-made scenarios that show it.
    #[serde(default)]
    pub scenarios: Vec<String>,
    /// Names of tests that hold it besides.
    #[serde(default)]
    pub tests: Vec<String>,
    /// Runs that hold it.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// Waits for parameters, mechanisms or outcomes that do not exist yet.
    #[serde(default)]
    pub pending: bool,
}

/// Runs on the same draws, and what is seen in them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Name of a base or of a ready-made scenario; the usual base when it is empty.
    #[serde(default)]
    pub base: String,
    /// Settings of all sides, as `key=value`.
    #[serde(default)]
    pub with: Vec<String>,
    /// The low side; `base=NAME` among the settings starts it from another base.
    #[serde(default)]
    pub low: Vec<String>,
    /// The high side.
    #[serde(default)]
    pub high: Vec<String>,
    /// Three sides or more, in place of the two.
    #[serde(default)]
    pub levels: Vec<Vec<String>>,
    /// What each outcome does: `+` or `-` from low to high, `none` (no difference worth speaking of), `cap` (highest in the
    /// middle), `cup` (lowest in the middle), `S` (steepest in the middle), or, of one side alone, bounds of the share of
    /// replications at or below zero, as in `0.1 to 0.9`.
    pub expect: BTreeMap<String, String>,
    /// Why what is seen is not what a reader may expect.
    pub differs: Option<String>,
    /// Waits for parameters or outcomes that do not exist yet.
    #[serde(default)]
    pub pending: bool,
}

impl Concepts {
    /// The table of the program.
    ///
    /// # Panics
    /// When it is not what it should be, which a test excludes.
    pub fn of_the_program() -> Concepts {
        Concepts::read(TEXT).unwrap_or_else(|fault| panic!("concepts.toml: {fault}"))
    }

    /// Reads a table.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn read(text: &str) -> Result<Concepts, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// The concept with an id.
    pub fn find(&self, id: &str) -> Option<&Concept> {
        self.concept.iter().find(|concept| concept.id == id)
    }

    /// The scenario of one side of a check.
    ///
    /// # Errors
    /// What is wrong with its settings.
    pub fn scenario(&self, check: &Check, side: &[String]) -> Result<Scenario, String> {
        let base_of_side = side.iter().find_map(|setting| setting.strip_prefix("base="));
        let base = base_of_side.unwrap_or(&check.base);
        let base = if base.is_empty() { USUAL_BASE } else { base };
        let settings = check.with.iter().chain(side).filter(|setting| !setting.starts_with("base="));
        let overrides = settings.map(|setting| Override::parse(setting)).collect::<Result<Vec<_>, _>>()?;
        let ready_made = shipped::find(base);
        let text = self.bases.get(base).map(String::as_str).or(ready_made.map(|one| one.text));
        let text = text.ok_or_else(|| format!("no base is called `{base}`"))?;
        let table = |name: &str| {
            let tables = ready_made.map_or(&[][..], |one| one.tables);
            let found = tables.iter().find(|(table, _)| *table == name);
            found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| "it is not part of the program".to_owned())
        };
        load(text, base, &overrides, &table)
            .map_err(|faults| faults.iter().map(|fault| fault.message.clone()).collect::<Vec<_>>().join("; "))
    }
}

impl Check {
    /// Every side of it, in order.
    pub fn sides(&self) -> Vec<&[String]> {
        if self.levels.is_empty() {
            return [&self.low, &self.high].into_iter().filter(|side| !side.is_empty()).map(Vec::as_slice).collect();
        }
        self.levels.iter().map(Vec::as_slice).collect()
    }

    /// Keys of the parameters in which its sides differ.
    pub fn levers(&self) -> Vec<String> {
        let sides = self.sides();
        let shared = |setting: &String| sides.iter().all(|side| side.contains(setting));
        let moved = sides.iter().copied().flatten().filter(|setting| !shared(setting) && !setting.starts_with("base="));
        let mut keys: Vec<String> = moved.map(|setting| key(setting)).collect();
        keys.sort();
        keys.dedup();
        keys
    }

    /// The check in a line: base, sides, what is seen.
    fn told(&self) -> String {
        let sides: Vec<String> = self.sides().iter().map(|side| format!("`{}`", side.join(", "))).collect();
        let base = if self.base.is_empty() { USUAL_BASE } else { &self.base };
        let with = if self.with.is_empty() { String::new() } else { format!(" with `{}`", self.with.join(", ")) };
        let seen: Vec<String> = self.expect.iter().map(|(outcome, way)| format!("{outcome} {}", sign(way))).collect();
        let what = if sides.is_empty() { "as it is".to_owned() } else { sides.join(" → ") };
        let differs = self.differs.as_ref().map_or(String::new(), |why| format!(" **Differs:** {why}"));
        format!("{base}{with}: {what}: {}.{differs}", seen.join(", "))
    }
}

/// The registry's key of what a setting sets: names of partners and needs are left out.
fn key(setting: &str) -> String {
    let path = Override::parse(setting).map_or_else(|_| setting.to_owned(), |change| change.path);
    let words = crate::scenario::parse::overrides::words(&path);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let local = match words[..] {
        ["every_partner", ..] => [&["partner"], &words[1..]].concat(),
        ["partner" | "need" | "event" | "intervention", _, ..] => [&words[..1], &words[2..]].concat(),
        _ => words,
    };
    match local[..] {
        [scope, "skills" | "goals", _] => format!("{scope}.{}", local[1]),
        _ => local.join("."),
    }
}

/// A direction in the sign a reader knows.
fn sign(way: &str) -> &str {
    match way {
        "-" => "−",
        "none" => "the same",
        "cap" => "∩",
        "cup" => "∪",
        way => way,
    }
}

/// The row of an id, for a terminal; `None` when there is none.
pub fn describe(id: &str) -> Option<String> {
    let concepts = Concepts::of_the_program();
    let concept = concepts.find(id)?;
    let mut text = format!("{id} (concept)\n  {}\n", concept.concept);
    let mut line = |head: &str, told: &str| {
        if !told.is_empty() {
            text.push_str(&format!("  {head:<10} {told}\n"));
        }
    };
    line("lever", &concept.parameters.join(", "));
    line("mechanism", &concept.mechanisms.join(", "));
    line("outcome", &concept.outcomes.join(", "));
    line("direction", &concept.direction);
    line("source", &concept.source);
    line("scenarios", &concept.scenarios.join(", "));
    line("differs", concept.differs.as_deref().unwrap_or(""));
    line("missing", if concept.pending { "not yet in the model in full" } else { "" });
    for check in concept.checks.iter().filter(|check| !check.pending) {
        line("held by", &check.told());
    }
    Some(text)
}

/// Every id with what it says, a line each.
pub fn index() -> String {
    let line = |concept: Concept| format!("  {:<36} {}\n", concept.id, concept.concept);
    Concepts::of_the_program().concept.into_iter().map(line).collect()
}

/// The whole table as Markdown: `docs/concepts.md`.
pub fn markdown() -> String {
    let concepts = Concepts::of_the_program();
    let mut text = String::from(HEAD);
    for concept in &concepts.concept {
        text.push_str(&row(concept));
    }
    text.push_str(CHECKS);
    for concept in &concepts.concept {
        let held = held_by(concept);
        if !held.is_empty() {
            text.push_str(&format!("\n**{}**\n\n{}\n", concept.id, held.join("\n")));
        }
    }
    text.push_str("\n## The scenarios that checks start from\n");
    for (name, base) in &concepts.bases {
        text.push_str(&format!("\n### {name}\n\n```toml\n{}\n```\n", base.trim()));
    }
    text
}

const HEAD: &str = "# Concepts\n\n\
    Written by `partnersim document` from `src/scenario/concepts.toml`; do not edit by hand.\n\n\
    Every concept of partnership working that the model is to cover: the parameters that are its lever, the part of the model that\n\
    carries it, the outcomes that show it, and which way they go as the lever goes up: + more, − less, ∩ most in the middle, ∪ least\n\
    in the middle, S steepest in the middle, ± it depends. Short names of sources are those of [science.md](science.md).\n\n\
    | id | concept | lever | mechanism | outcome | direction | source |\n|---|---|---|---|---|---|---|\n";

const CHECKS: &str = "\n## What holds each\n\n\
    `cargo test --test engine concepts` lives every run below: both sides on the same draws, in 2,048 replications, or in 512 where a\n\
    direction is clear by then. A direction is there when the mean paired difference lies more than four of its standard errors from\n\
    zero; \"the same\" when it is less than a twentieth of the outcome's standard deviation. \"Differs\" marks what is seen and not what a\n\
    reader may expect, and says why.\n";

fn row(concept: &Concept) -> String {
    let code = |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let mut differs = concept.differs.as_ref().map_or(String::new(), |why| format!(" **Differs:** {why}"));
    if concept.pending {
        differs.push_str(" **Not yet in the model in full.**");
    }
    format!(
        "| {} | {}{differs} | {} | {} | {} | {} | {} |\n",
        concept.id,
        concept.concept.replace('|', "\\|"),
        code(&concept.parameters),
        concept.mechanisms.join(", "),
        code(&concept.outcomes),
        concept.direction,
        concept.source.replace('|', "\\|"),
    )
}

fn held_by(concept: &Concept) -> Vec<String> {
    let mut held: Vec<String> = concept.checks.iter().filter(|check| !check.pending).map(Check::told).collect();
    held.extend(concept.tests.iter().map(|test| format!("test `{test}`")));
    if !concept.scenarios.is_empty() {
        held.push(format!("ready-made scenarios {}", concept.scenarios.join(", ")));
    }
    held.iter().map(|line| format!("- {line}")).collect()
}

/// Names in a row that are neither parameter, mechanism nor outcome of the model.
pub fn unknown_names(concept: &Concept) -> Vec<String> {
    let parameter = |key: &str| mechanisms::parameters().any(|p| p.key == key) || OF_THE_LANGUAGE.contains(&key);
    let mechanism = |name: &str| mechanisms::PARAMETERS.iter().any(|(part, _)| *part == name);
    let mut unknown: Vec<String> = concept.parameters.iter().filter(|key| !parameter(key)).cloned().collect();
    unknown.extend(concept.mechanisms.iter().filter(|name| !mechanism(name)).cloned());
    unknown.extend(concept.outcomes.iter().filter(|name| !OUTCOMES.iter().any(|o| o.name == **name)).cloned());
    unknown.extend(concept.scenarios.iter().filter(|name| shipped::find(name).is_none()).cloned());
    unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_setting_is_that_of_the_registry() {
        assert_eq!(key("every_partner.autonomy=0.3"), "partner.autonomy");
        assert_eq!(key("partner.council.resources.money=3"), "partner.resources.money");
        assert_eq!(key("need.\"help at home\".demand=3"), "need.demand");
        assert_eq!(key("partner.council.skills.social=3"), "partner.skills");
        assert_eq!(key("communication.quality=0.2"), "communication.quality");
    }

    #[test]
    fn a_concept_is_described_by_its_id() {
        let text = describe("A11").unwrap();
        assert!(text.starts_with("A11 (concept)") && text.contains("communication.quality"), "{text}");
        assert_eq!(describe("Z1"), None);
    }

    #[test]
    fn the_lever_of_a_check_is_what_its_sides_differ_in() {
        let check = Check {
            low: vec!["trust.initial=0.2".into(), "funding.grant=3".into()],
            high: vec!["trust.initial=0.8".into(), "funding.grant=3".into()],
            ..Concepts::of_the_program().concept[0].checks[0].clone()
        };
        assert_eq!(check.levers(), ["trust.initial"]);
    }
}
