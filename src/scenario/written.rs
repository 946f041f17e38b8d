//! The canonical text of a scenario: what was set, wherever it was set, as one file in the scenario language.
//!
//! Values of a partner table and changes of a `--set` stand in it like any other; a default that nobody set does not. Loading
//! the text gives the same scenario again: the same inputs and the same digest.

mod partners;

use crate::model::parameter::Scope;
use crate::scenario::notation::{key, quoted};
use crate::scenario::resolve::assumptions::DEFAULT;
use crate::scenario::{Assumption, Scenario};

/// Columns that a line of the text may fill.
const WIDTH: usize = 100;

/// The text of a scenario, which loads as the same scenario.
///
/// ```
/// use partnersim::scenario::{load, shipped::find, written::toml};
/// let scenario = find("business_alliance").unwrap().load().unwrap();
/// let text = toml(&scenario);
/// assert!(text.contains("name = \"Calder Controls\""), "the rows of its partner table are part of the text");
/// let again = load(&text, "again.toml", &[], &|_| Err("it names no file".to_owned())).unwrap();
/// assert_eq!(again.digest, scenario.digest);
/// ```
pub fn toml(scenario: &Scenario) -> String {
    let mut text = opening(scenario);
    text.push_str(&partners::partners(scenario));
    for need in &scenario.inputs.needs {
        text.push_str(&named("need", Scope::Need, &need.name, scenario));
    }
    for event in &scenario.inputs.events {
        text.push_str(&named("event", Scope::Event, &event.name, scenario));
    }
    for intervention in &scenario.inputs.interventions {
        text.push_str(&named("intervention", Scope::Intervention, &intervention.name, scenario));
    }
    text.push_str(&tables(scenario));
    text
}

/// A key with its value as a line, or as several where one would be too long and the value is a list or holds one.
///
/// ```
/// use partnersim::scenario::written::setting;
/// assert_eq!(setting("seed", "7"), "seed = 7\n");
/// let names: Vec<String> = (0..20).map(|i| format!("\"partner {i}\"")).collect();
/// let text = setting("partners", &format!("[{}]", names.join(", ")));
/// assert!(text.starts_with("partners = [\n  \"partner 0\", ") && text.ends_with(",\n]\n"));
/// ```
pub fn setting(key: &str, value: &str) -> String {
    let line = format!("{key} = {value}\n");
    let list = value.find('[').zip(value.rfind(']'));
    let Some((open, close)) = list.filter(|_| line.chars().count() > WIDTH && !value.starts_with('"')) else {
        return line;
    };
    let mut text = format!("{key} = {}", &value[..=open]);
    let mut filled = WIDTH;
    for item in items(&value[open + 1..close]) {
        let length = item.chars().count() + 2;
        if filled + length > WIDTH {
            text.push_str("\n  ");
            filled = 1;
        } else {
            text.push(' ');
        }
        text.push_str(item);
        text.push(',');
        filled += length;
    }
    format!("{text}\n{}\n", &value[close..])
}

/// A table of names with values as a line in braces, or with a line for each name where that would be too long.
pub fn braces(name: &str, entries: &[(&str, &str)]) -> String {
    let inner: Vec<String> = entries.iter().map(|(inner, value)| format!("{} = {value}", key(inner))).collect();
    let line = format!("{name} = {{ {} }}\n", inner.join(", "));
    if line.chars().count() <= WIDTH {
        return line;
    }
    entries.iter().map(|(inner, value)| setting(&format!("{name}.{}", key(inner)), value)).collect()
}

/// What stands between the commas of a list that are in neither quotes nor brackets.
fn items(list: &str) -> Vec<&str> {
    let (mut is_quoted, mut is_escaped, mut depth) = (false, false, 0_usize);
    let split = list.split(|character: char| {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '[' | '{' if !is_quoted => depth += 1,
            ']' | '}' if !is_quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        character == ',' && !is_quoted && depth == 0
    });
    split.map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// What stands above the first table.
fn opening(scenario: &Scenario) -> String {
    let mut text = setting("title", &quoted(&scenario.title));
    if !scenario.question.is_empty() {
        text.push_str(&setting("question", &quoted(&scenario.question)));
    }
    if !scenario.sources.is_empty() {
        text.push_str(&setting("sources", &texts(&scenario.sources)));
    }
    if !scenario.concepts.is_empty() {
        text.push_str(&setting("concepts", &texts(&scenario.concepts)));
    }
    let run = set(scenario, "").filter(|line| !line.key.contains('.'));
    let run: String = run.map(|line| setting(&line.key, &whole(&line.value))).collect();
    if run.is_empty() { text } else { format!("{text}\n{run}") }
}

fn texts(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A whole number; in quotes where it is beyond the whole numbers of TOML, as a seed may be.
fn whole(digits: &str) -> String {
    if digits.parse::<i64>().is_ok() { digits.to_owned() } else { quoted(digits) }
}

/// The lines of the assumptions log that somebody set, of what has a name or, without one, of the partnership.
fn set<'s>(scenario: &'s Scenario, belongs_to: &'s str) -> impl Iterator<Item = &'s Assumption> {
    scenario.assumptions.iter().filter(move |line| line.belongs_to == belongs_to && line.set_by != DEFAULT)
}

/// A need, an event or an intervention.
fn named(table: &str, scope: Scope, name: &str, scenario: &Scenario) -> String {
    let mut text = format!("\n[[{table}]]\n{}", setting("name", &quoted(name)));
    let (mut skills, stem) = (Vec::new(), format!("{table}."));
    for line in set(scenario, name).filter(|line| Scope::of(&line.key) == scope) {
        let local = line.key.strip_prefix(&stem).unwrap_or(&line.key);
        match local.strip_prefix("skills.") {
            Some(skill) => skills.push((skill, line.value.as_str())),
            None => text.push_str(&setting(local, &line.value)),
        }
    }
    if !skills.is_empty() {
        text.push_str(&braces("skills", &skills));
    }
    text
}

/// The tables of the partnership's own parameters and of the targets, each with all its lines.
fn tables(scenario: &Scenario) -> String {
    let lines: Vec<(&str, &str, &str)> = set(scenario, "")
        .filter_map(|line| line.key.split_once('.').map(|(table, local)| (table, local, line.value.as_str())))
        .collect();
    let mut names: Vec<&str> = Vec::new();
    for (table, _, _) in &lines {
        names.extend((!names.contains(table)).then_some(*table));
    }
    let table = |name: &&str| {
        let lines = lines.iter().filter(|(table, _, _)| table == name);
        let lines: String = lines.map(|(_, local, value)| setting(local, value)).collect();
        format!("\n[{name}]\n{lines}")
    };
    // What the results are held against comes last.
    let (targets, others): (Vec<&str>, Vec<&str>) = names.iter().partition(|name| **name == "targets");
    others.iter().chain(&targets).map(table).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_goes_over_several_lines_and_its_items_stay_whole() {
        let item = "[0.25, 1]".to_owned();
        let value = format!("{{ discrete = [{}] }}", vec![item; 30].join(", "));
        let text = setting("rate", &value);
        assert!(text.lines().count() > 3 && text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert_eq!(toml::from_str::<toml::Table>(&text).unwrap()["rate"]["discrete"].as_array().unwrap().len(), 30);
    }

    #[test]
    fn a_text_with_brackets_and_commas_is_not_taken_apart() {
        let title = quoted(&format!("[{}]", "a, \"b\", ".repeat(40)));
        assert_eq!(setting("title", &title).lines().count(), 1);
        let list = format!("[{title}, \"x\"]");
        let text = setting("sources", &list);
        assert_eq!(toml::from_str::<toml::Table>(&text).unwrap()["sources"].as_array().unwrap().len(), 2, "{text}");
    }

    #[test]
    fn many_names_in_braces_become_a_line_each() {
        let names: Vec<String> = (0..16).map(|i| format!("skill number {i}")).collect();
        let entries: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "0.0625")).collect();
        let text = braces("skills", &entries);
        assert_eq!(text.lines().count(), 16);
        assert_eq!(toml::from_str::<toml::Table>(&text).unwrap()["skills"].as_table().unwrap().len(), 16);
    }
}
