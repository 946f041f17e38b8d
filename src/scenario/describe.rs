//! Explanations by name: the declarations, and the documentation that heads each mechanism's file.

use crate::model::mechanisms;
use crate::model::outcomes::{CAUSES, OUTCOMES, Outcome};
use crate::model::parameter::{Domain, Parameter};
use crate::scenario::check::fields::{NAMES, Names};
use crate::scenario::concepts;
use crate::scenario::forms::{FORMS, Form};
use crate::scenario::notation::{default, number};
use crate::scenario::reference::better;

/// Parts of the model with the text of the file each is written in, whose head explains it.
pub(crate) const PARTS: &[(&str, &str)] = &[
    ("partner", include_str!("../model/partner.rs")),
    ("need", include_str!("../model/need.rs")),
    ("event", include_str!("../model/event.rs")),
    ("intervention", include_str!("../model/intervention.rs")),
    ("distance", include_str!("../model/distance.rs")),
    ("events", include_str!("../model/mechanisms/events.rs")),
    ("entry", include_str!("../model/mechanisms/entry.rs")),
    ("funding", include_str!("../model/mechanisms/funding.rs")),
    ("release", include_str!("../model/mechanisms/release.rs")),
    ("staff", include_str!("../model/mechanisms/staff.rs")),
    ("terms", include_str!("../model/mechanisms/terms.rs")),
    ("interventions", include_str!("../model/mechanisms/interventions.rs")),
    ("power", include_str!("../model/mechanisms/power.rs")),
    ("dependence", include_str!("../model/mechanisms/dependence.rs")),
    ("users", include_str!("../model/mechanisms/users.rs")),
    ("absence", include_str!("../model/mechanisms/absence.rs")),
    ("culture", include_str!("../model/mechanisms/culture.rs")),
    ("meetings", include_str!("../model/mechanisms/meetings.rs")),
    ("exchange", include_str!("../model/mechanisms/exchange.rs")),
    ("dialogue", include_str!("../model/mechanisms/dialogue.rs")),
    ("decisions", include_str!("../model/mechanisms/decisions/mod.rs")),
    ("tension", include_str!("../model/mechanisms/tension.rs")),
    ("goal_setting", include_str!("../model/mechanisms/goal_setting.rs")),
    ("monitoring", include_str!("../model/mechanisms/monitoring.rs")),
    ("replanning", include_str!("../model/mechanisms/replanning.rs")),
    ("administration", include_str!("../model/mechanisms/administration.rs")),
    ("formality", include_str!("../model/mechanisms/formality.rs")),
    ("learning", include_str!("../model/mechanisms/learning.rs")),
    ("coordination", include_str!("../model/mechanisms/coordination.rs")),
    ("roles", include_str!("../model/mechanisms/roles.rs")),
    ("contributions", include_str!("../model/mechanisms/contributions.rs")),
    ("delivery", include_str!("../model/mechanisms/delivery.rs")),
    ("sharing", include_str!("../model/mechanisms/sharing.rs")),
    ("trust", include_str!("../model/mechanisms/trust.rs")),
    ("morale", include_str!("../model/mechanisms/morale.rs")),
    ("membership", include_str!("../model/mechanisms/membership.rs")),
    ("evaluation", include_str!("../model/evaluation.rs")),
];

/// The name under which the causes of failure are explained, and the file in which their rule is written.
const WHY: &str = "causes";
const CAUSES_FILE: &str = include_str!("../model/outcomes/causes.rs");

/// Everything that goes by a name; `None` when nothing does. A name can belong to a mechanism and to an outcome.
pub fn describe(name: &str) -> Option<String> {
    let named = |parameter: &&'static Parameter| parameter.key == name || parameter.local_key() == name;
    let mut found: Vec<String> = mechanisms::parameters().filter(named).map(parameter).collect();
    found.extend(PARTS.iter().filter(|(part, _)| *part == name).map(|(part, source)| mechanism(part, source)));
    found.extend(OUTCOMES.iter().filter(|outcome| outcome.name == name || outcome.column == name).map(outcome));
    found.extend(FORMS.iter().filter(|form| form.name == name).map(uncertainty));
    found.extend(NAMES.iter().filter(|names| names.key == name).map(|names| {
        let Names { key, meaning, example } = names;
        format!("{key} (partners)\n  {meaning}\n  as in    {example}\n")
    }));
    found.extend(concepts::describe(name));
    found.extend((name == WHY).then(causes));
    let table = mechanisms::parameters().filter(|parameter| parameter.key.split('.').next() == Some(name));
    let table: String = table.map(short).collect();
    if found.is_empty() && !table.is_empty() {
        found.push(format!("{name} (table of a scenario)\n{table}"));
    }
    (!found.is_empty()).then(|| found.join("\n"))
}

/// Every name that can be described.
pub fn names() -> impl Iterator<Item = &'static str> {
    let parameters = mechanisms::parameters().map(|parameter| parameter.key);
    let parts = PARTS.iter().map(|(part, _)| *part);
    let others = NAMES.iter().map(|names| names.key).chain(FORMS.iter().map(|form| form.name)).chain([WHY]);
    parameters.chain(parts).chain(OUTCOMES.iter().map(|outcome| outcome.name)).chain(others)
}

/// All names, each with what it means.
pub fn index() -> String {
    let mut text = String::new();
    for (part, parameters) in mechanisms::PARAMETERS {
        text.push_str(&format!("{part}\n{}\n", parameters.iter().copied().map(short).collect::<String>()));
    }
    text.push_str("outcomes\n");
    OUTCOMES.iter().for_each(|outcome| text.push_str(&format!("  {:<36} {}\n", outcome.name, outcome.meaning)));
    text.push_str("\nnames of partners\n");
    NAMES.iter().for_each(|names| text.push_str(&format!("  {:<36} {}\n", names.key, names.meaning)));
    text.push_str("\nuncertainties\n");
    FORMS.iter().for_each(|form| text.push_str(&format!("  {:<36} {}\n", form.name, form.meaning)));
    text.push_str(&format!("\nconcepts\n{}", concepts::index()));
    text.push_str(&format!("\n{WHY}\n  {WHY:<36} Why a partnership failed: the causes, and the rule that decides.\n"));
    text
}

fn short(parameter: &Parameter) -> String {
    format!("  {:<36} {}\n", parameter.key, parameter.meaning)
}

fn parameter(parameter: &'static Parameter) -> String {
    let mut text = format!("{} (parameter)\n  {}\n", parameter.key, parameter.meaning);
    match &parameter.domain {
        Domain::Number { low, high, .. } => {
            text.push_str(&format!(
                "  unit     {}\n  allowed  {} to {}, or an uncertainty\n",
                parameter.unit,
                number(*low),
                number(*high)
            ));
        }
        Domain::Whole { low, high, .. } => {
            text.push_str(&format!("  unit     {}\n  allowed  whole numbers {low} to {high}\n", parameter.unit));
        }
        Domain::Choice { options, .. } => {
            text.push_str("  allowed\n");
            options.iter().for_each(|(word, meaning)| text.push_str(&format!("    \"{word}\": {meaning}\n")));
        }
    }
    text.push_str(&format!("  default  {}\n", default(parameter)));
    text.push_str(&format!("  source   {} ({})\n", parameter.source, parameter.grade.word()));
    text
}

/// The documentation at the head of a file, line by line.
pub(crate) fn head(source: &str) -> impl Iterator<Item = &str> {
    source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim_start)
}

/// The documentation at the head of the file, then the parameters.
fn mechanism(part: &str, source: &str) -> String {
    let own =
        mechanisms::PARAMETERS.iter().filter(|(name, _)| *name == part).flat_map(|(_, parameters)| parameters.iter());
    let own = own.copied().map(short).collect::<String>();
    format!("{part} (part of the model)\n{}\n  Parameters\n{own}", indented(source))
}

/// The documentation at the head of a file, as it stands in an explanation.
fn indented(source: &str) -> String {
    head(source).map(|line| format!("  {line}\n").replace("  \n", "\n")).collect()
}

/// The causes of failure and the rule.
fn causes() -> String {
    let listed = CAUSES.iter().map(|cause| format!("  {:<14} {}: {}\n", cause.name, cause.words, cause.meaning));
    format!("{WHY} (why a partnership failed)\n{}\n  Causes\n{}", indented(CAUSES_FILE), listed.collect::<String>())
}

fn outcome(outcome: &Outcome) -> String {
    let Outcome { name, column, meaning, unit, target, .. } = outcome;
    format!(
        "{name} (outcome)\n  {meaning}\n  column   {column}\n  unit     {unit}\n  better   {}\n  target   {}\n",
        better(outcome),
        number(*target)
    )
}

fn uncertainty(form: &Form) -> String {
    let Form { name, shape, meaning, example } = form;
    format!("{name} (uncertainty)\n  {meaning}\n  write    {name} = {shape}\n  as in    {example}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_an_explanation() {
        names().for_each(|name| assert!(describe(name).is_some_and(|text| text.len() > 40), "{name}"));
        assert_eq!(describe("nothing of the kind"), None);
    }

    #[test]
    fn every_part_of_the_registry_is_explained_from_its_file() {
        let parts: Vec<&str> = PARTS.iter().map(|(part, _)| *part).collect();
        let registry: Vec<&str> = mechanisms::PARAMETERS.iter().map(|(part, _)| *part).collect();
        assert_eq!(parts, registry);
    }

    #[test]
    fn a_table_and_a_local_key_are_found_too() {
        assert!(describe("communication").unwrap().contains("communication.quality"));
        assert!(describe("resources.money").unwrap().starts_with("partner.resources.money (parameter)"));
    }
}
