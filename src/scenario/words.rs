//! What the model's declarations say in words, as the end of the file of words of the playground: `web/strings/en.toml`. A translation
//! has the same keys.

use crate::model::mechanisms;
use crate::model::outcomes::{CAUSES, ENDINGS, MONTHLY, Measure, OUTCOMES, PARTNER_MEASURES};
use crate::model::parameter::{Domain, Grade, Parameter, Scope};
use crate::model::{event, intervention};
use std::collections::BTreeSet;
use toml::Value;

/// The line from which on the file is written by the program.
pub const MARK: &str = "# --- Written from the declarations in the program";

/// A file of words with its end written anew; `None` where it has no line with [`MARK`].
pub fn refreshed(file: &str) -> Option<String> {
    let start = file.find(MARK)?;
    let line = file[start..].find('\n').map_or(file.len(), |length| start + length + 1);
    Some(format!("{}\n{}", file[..line].trim_end(), text()))
}

/// The tables below the mark.
fn text() -> String {
    let parameters: Vec<&Parameter> = mechanisms::parameters().filter(|parameter| is_told(parameter)).collect();
    let groups: BTreeSet<&str> = parameters.iter().filter_map(|parameter| parameter.key.split('.').next()).collect();
    let groups = groups.into_iter().map(|group| (group, capitalised(&spaced(group))));
    let grades = [Grade::Published, Grade::Computed, Grade::General, Grade::Assumption];
    let mut text = table("model.grades", grades.map(|grade| (grade.word(), grade.word().to_string())));
    text.push_str(&table("model.groups", groups));
    parameters.iter().for_each(|parameter| text.push_str(&of_parameter(parameter)));
    for outcome in OUTCOMES {
        let told = [("title", outcome.title), ("meaning", outcome.meaning), ("unit", outcome.unit)];
        text.push_str(&table(&format!("model.outcomes.{}", outcome.name), told.map(owned)));
    }
    MONTHLY.iter().for_each(|measure| text.push_str(&of_measure("months", measure)));
    PARTNER_MEASURES.iter().for_each(|measure| text.push_str(&of_measure("partners", measure)));
    text.push_str(&table("model.endings", ENDINGS.iter().copied().map(owned)));
    text.push_str(&table("model.causes", CAUSES.iter().map(|cause| (cause.name, cause.words.to_string()))));
    for (name, kind) in [("events", &event::KIND), ("interventions", &intervention::KIND)] {
        let told = options(kind).iter().map(|(word, _)| (*word, spaced(word)));
        text.push_str(&table(&format!("model.kinds.{name}"), told));
        text.push_str(&table(&format!("model.meanings.{name}"), options(kind).iter().copied().map(owned)));
    }
    text
}

/// Whether the page tells of a parameter: of those with one value for the partnership.
fn is_told(parameter: &Parameter) -> bool {
    parameter.scope() == Scope::Partnership
}

fn of_parameter(parameter: &Parameter) -> String {
    let told = [
        ("name", name(parameter.key)),
        ("meaning", parameter.meaning.to_string()),
        ("unit", parameter.unit.to_string()),
        ("source", parameter.source.to_string()),
        ("grade", parameter.grade.word().to_string()),
    ];
    let heading = format!("model.parameters.{}", Value::from(parameter.key));
    let mut text = table(&heading, told);
    for (word, meaning) in options(parameter) {
        text.push_str(&line(&format!("options.{word}"), meaning));
    }
    text
}

/// `communication.quality` for people: `Communication: quality`.
fn name(key: &str) -> String {
    match key.split_once('.') {
        Some((group, own)) => format!("{}: {}", capitalised(&spaced(group)), spaced(&own.replace('.', ", "))),
        None => capitalised(&spaced(key)),
    }
}

fn of_measure(kind: &str, measure: &Measure) -> String {
    let told = [("title", measure.title), ("meaning", measure.meaning), ("unit", measure.unit)];
    table(&format!("model.{kind}.{}", measure.column), told.map(owned))
}

fn options(parameter: &Parameter) -> &'static [(&'static str, &'static str)] {
    match parameter.domain {
        Domain::Choice { options, .. } => options,
        Domain::Number { .. } | Domain::Whole { .. } => &[],
    }
}

fn table<'a>(heading: &str, lines: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let lines: String = lines.into_iter().map(|(key, told)| line(&quoted_where_needed(key), &told)).collect();
    format!("\n[{heading}]\n{lines}")
}

fn line(key: &str, told: &str) -> String {
    format!("{key} = {}\n", Value::from(told))
}

/// A key may go without quotation marks where it is one plain word.
fn quoted_where_needed(key: &str) -> String {
    let is_plain = key.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
    if is_plain { key.to_string() } else { Value::from(key).to_string() }
}

fn owned((key, told): (&'static str, &'static str)) -> (&'static str, String) {
    (key, told.to_string())
}

fn spaced(word: &str) -> String {
    word.replace('_', " ")
}

fn capitalised(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_toml_and_tell_of_every_parameter_outcome_and_option() {
        let words: toml::Table = toml::from_str(&text()).unwrap();
        let model = &words["model"];
        for parameter in mechanisms::parameters().filter(|parameter| parameter.scope() == Scope::Partnership) {
            let told = &model["parameters"][parameter.key];
            assert_eq!(told["meaning"].as_str(), Some(parameter.meaning), "{}", parameter.key);
            for (word, meaning) in options(parameter) {
                assert_eq!(told["options"][*word].as_str(), Some(*meaning), "{}", parameter.key);
            }
        }
        assert!(
            OUTCOMES.iter().all(|outcome| model["outcomes"][outcome.name]["title"].as_str() == Some(outcome.title))
        );
        assert_eq!(model["parameters"]["communication.quality"]["name"].as_str(), Some("Communication: quality"));
        assert_eq!(model["causes"]["trust"].as_str(), Some("broken trust"));
        assert_eq!(model["kinds"]["events"]["policy_change"].as_str(), Some("policy change"));
    }

    #[test]
    fn only_what_stands_below_the_mark_is_written_anew() {
        let file = format!("[page]\ntitle = \"T\"\n\n{MARK}; more ---\n\n[model.old]\nx = \"y\"\n");
        let fresh = refreshed(&file).unwrap();
        assert!(
            fresh.starts_with(&format!("[page]\ntitle = \"T\"\n\n{MARK}; more ---\n\n[model.grades]\n")),
            "{fresh:.200}"
        );
        assert!(!fresh.contains("model.old"));
        assert_eq!(refreshed(&fresh), Some(fresh));
        assert_eq!(refreshed("[page]\n"), None);
    }
}
