//! `--set path=value`: changes to a scenario as written, before anything in it is checked.

use crate::model::mechanisms;
use crate::model::outcomes::OUTCOMES;
use crate::model::parameter::Scope;
use crate::scenario::Override;
use crate::scenario::check::fields;
use crate::scenario::faults::Faults;
use crate::scenario::nearest::nearest;
use crate::scenario::parse::tree::{Base, Entry, Item, Value, item};
use crate::scenario::parse::{Parsed, Table, find};
use crate::scenario::source::{Kind, Mark};
use toml::de::DeValue;

impl Override {
    /// Takes `path=value` apart at the first `=` outside quotes.
    ///
    /// ```
    /// use partnersim::scenario::Override;
    /// let change = Override::parse("communication.quality=0.8").unwrap();
    /// assert_eq!((change.path.as_str(), change.value.as_str()), ("communication.quality", "0.8"));
    /// ```
    ///
    /// # Errors
    /// A sentence, when there is no `=` or nothing before it.
    pub fn parse(text: &str) -> Result<Override, String> {
        let mut quoted = false;
        let at = text.char_indices().find(|(_, character)| {
            quoted ^= *character == '"';
            *character == '=' && !quoted
        });
        match at {
            Some((at, _)) if !text[..at].trim().is_empty() => {
                Ok(Override { path: text[..at].trim().to_owned(), value: text[at + 1..].trim().to_owned() })
            }
            _ => Err(format!("`{text}` is not of the form path=value, as in communication.quality=0.8")),
        }
    }
}

/// The words of a dotted path; a word in double quotes may hold dots: `need."home.care".demand`.
pub fn words(path: &str) -> Vec<String> {
    let mut quoted = false;
    let split = path.split(|character: char| {
        quoted ^= character == '"';
        character == '.' && !quoted
    });
    split.map(|word| word.replace('"', "").trim().to_owned()).collect()
}

/// Applies each override in turn; a later one wins.
pub fn apply(parsed: &mut Parsed, overrides: &[Override], faults: &mut Faults) {
    for change in overrides {
        let text = format!("{}={}", change.path, change.value);
        let source = faults.sources.add("--set", &text, Kind::Set);
        let base = Base { source, offset: 0 };
        let path_mark = base.mark(0..change.path.len(), faults);
        let value = value(&change.value, Base { source, offset: change.path.len() + 1 }, faults);
        let path = words(&change.path);
        let entry = Entry { key: String::new(), mark: path_mark, item: value };
        if !set(parsed, &path, entry) {
            let known = paths(parsed);
            let help = match nearest(&change.path, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`partnersim describe` lists every parameter".to_owned(),
            };
            faults.fault(path_mark, format!("nothing is called `{}`", change.path), help);
        }
    }
}

/// The value as TOML; what is not TOML is taken as a word, so that `--set sharing.rule=equal` needs no quotes.
pub(crate) fn value(text: &str, base: Base, faults: &mut Faults) -> Item {
    let (parsed, errors) = DeValue::parse_recoverable(text);
    let Some(error) = errors.first() else {
        return item(&parsed, base, faults);
    };
    let mark = base.mark(0..text.len(), faults);
    if text.starts_with(['{', '[', '"', '\'']) {
        let at = base.mark(error.span().unwrap_or(0..0), faults);
        faults.fault(at, error.message().to_owned(), "the value is not valid TOML here");
    }
    Item { value: Value::Text(text.to_owned()), mark }
}

/// Puts the value at its path; false when there is no such path.
fn set(parsed: &mut Parsed, path: &[String], entry: Entry) -> bool {
    let (first, rest) = (path[0].as_str(), &path[1..]);
    if let ([_, name], Value::Table(_)) = (path, &entry.item.value)
        && let Some(tables) = named(parsed, first)
    {
        return set_whole(tables, name, entry);
    }
    match first {
        "every_partner" => fields::in_partner(rest, false) && put(&mut parsed.every_partner, rest, entry),
        "partner" => path.len() > 2 && fields::in_partner(&path[2..], true) && set_partner(parsed, path, &entry),
        "need" => path.len() > 2 && is_of_need(parsed, &path[2..]) && set_named(&mut parsed.needs, path, &entry),
        "event" => {
            path.len() > 2 && fields::in_dated(Scope::Event, &path[2..]) && set_named(&mut parsed.events, path, &entry)
        }
        "intervention" => {
            let known = path.len() > 2 && fields::in_dated(Scope::Intervention, &path[2..]);
            known && set_named(&mut parsed.interventions, path, &entry)
        }
        "targets" => {
            let known = rest.len() == 1 && OUTCOMES.iter().any(|outcome| outcome.name == rest[0]);
            known && put(&mut parsed.top, path, entry)
        }
        _ => fields::in_partnership(path) && put(&mut parsed.top, path, entry),
    }
}

/// The tables of a kind that have names.
fn named<'p>(parsed: &'p mut Parsed, kind: &str) -> Option<&'p mut Vec<Table>> {
    match kind {
        "partner" => Some(&mut parsed.partners),
        "need" => Some(&mut parsed.needs),
        "event" => Some(&mut parsed.events),
        "intervention" => Some(&mut parsed.interventions),
        _ => None,
    }
}

/// Puts a whole table in place of the one of that name, or adds it where there is none.
fn set_whole(tables: &mut Vec<Table>, name: &str, entry: Entry) -> bool {
    let Entry { mark, item: Item { value: Value::Table(mut entries), .. }, .. } = entry else { return false };
    entries.retain(|inner| inner.key != "name");
    entries.push(Entry { key: "name".to_owned(), mark, item: Item { value: Value::Text(name.to_owned()), mark } });
    let table = Table { mark, entries, copies: Vec::new() };
    match tables.iter_mut().find(|known| known.name() == Some(name)) {
        Some(known) => *known = table,
        None => tables.push(table),
    }
    true
}

fn set_partner(parsed: &mut Parsed, path: &[String], entry: &Entry) -> bool {
    let (name, rest) = (path[1].as_str(), &path[2..]);
    let mut found = false;
    for table in &mut parsed.partners {
        if table.name() == Some(name) {
            found |= put(&mut table.entries, rest, entry.clone());
        } else if let Some(copy) = copy_number(table, name).filter(|_| rest[0] != "count") {
            found |= put(copy_entries(table, copy), rest, entry.clone());
        }
    }
    found
}

/// Which copy of a template a name like `practice-2` means.
fn copy_number(table: &Table, name: &str) -> Option<u64> {
    let copy: u64 = name.strip_prefix(table.name()?)?.strip_prefix('-')?.parse().ok()?;
    (table.count() > 1 && (1..=table.count()).contains(&copy)).then_some(copy)
}

fn copy_entries(table: &mut Table, copy: u64) -> &mut Vec<Entry> {
    let at = table.copies.iter().position(|(number, _)| *number == copy).unwrap_or_else(|| {
        table.copies.push((copy, Vec::new()));
        table.copies.len() - 1
    });
    &mut table.copies[at].1
}

fn is_of_need(parsed: &Parsed, path: &[String]) -> bool {
    path.len() == 2 && path[0] == "skills" && skills(parsed).contains(&path[1]) || fields::in_need(path)
}

/// Sets the same in every table of the name that a path holds.
fn set_named(tables: &mut [Table], path: &[String], entry: &Entry) -> bool {
    let (name, rest) = (path[1].as_str(), &path[2..]);
    let mut found = false;
    for table in tables.iter_mut().filter(|table| table.name() == Some(name)) {
        found |= put(&mut table.entries, rest, entry.clone());
    }
    found
}

/// Replaces or adds the value at a path that is known to be valid.
fn put(entries: &mut Vec<Entry>, path: &[String], mut entry: Entry) -> bool {
    let joined = path.join(".");
    let free = matches!(path[0].as_str(), "skills" | "goals" | "targets") && path.len() > 1;
    if let Some(old) = entries.iter_mut().find(|old| old.key == joined && !free) {
        entry.key = joined;
        *old = entry;
        return true;
    }
    if let Some(Entry { item: Item { value: Value::Table(inner), .. }, .. }) =
        entries.iter_mut().find(|old| old.key == path[0] && path.len() > 1)
    {
        return put(inner, &path[1..], entry);
    }
    if free {
        entries.retain(|old| old.key != path[0]);
        let mark: Mark = entry.mark;
        let inner = Entry { key: path[1..].join("."), ..entry };
        let item = Item { value: Value::Table(vec![inner]), mark };
        entries.push(Entry { key: path[0].clone(), mark, item });
    } else {
        entry.key = joined;
        entries.push(entry);
    }
    true
}

/// Names of the skills that the needs ask for, as far as they can be read.
fn skills(parsed: &Parsed) -> Vec<String> {
    let tables = parsed.needs.iter().filter_map(|need| find(&need.entries, "skills"));
    let keys = tables.filter_map(|entry| match &entry.item.value {
        Value::Table(entries) => Some(entries.iter().map(|entry| entry.key.clone())),
        _ => None,
    });
    keys.flatten().collect()
}

/// Every path that a `--set` can have in this scenario.
fn paths(parsed: &Parsed) -> Vec<String> {
    let mut paths: Vec<String> = fields::top_keys().map(str::to_owned).collect();
    paths.extend(OUTCOMES.iter().map(|outcome| format!("targets.{}", outcome.name)));
    let skills = skills(parsed);
    let needs: Vec<&str> = parsed.needs.iter().filter_map(Table::name).collect();
    let mut partners: Vec<String> = parsed.partners.iter().filter_map(Table::name).map(str::to_owned).collect();
    partners.push("every_partner".to_owned());
    for name in &partners {
        let stem = if name == "every_partner" { name.clone() } else { format!("partner.{}", quoted(name)) };
        let local = mechanisms::parameters().filter(|parameter| parameter.scope() == Scope::Partner);
        paths.extend(local.map(|parameter| format!("{stem}.{}", parameter.local_key())));
        paths.extend(skills.iter().map(|skill| format!("{stem}.skills.{}", quoted(skill))));
        paths.extend(needs.iter().map(|need| format!("{stem}.goals.{}", quoted(need))));
    }
    for (what, scope, tables) in [
        ("need", Scope::Need, &parsed.needs),
        ("event", Scope::Event, &parsed.events),
        ("intervention", Scope::Intervention, &parsed.interventions),
    ] {
        for name in tables.iter().filter_map(Table::name) {
            let local = fields::parameters(scope);
            paths.extend(local.map(|parameter| format!("{what}.{}.{}", quoted(name), parameter.local_key())));
        }
    }
    paths
}

fn quoted(name: &str) -> String {
    if name.contains(['.', ' ', '"']) { format!("\"{name}\"") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_word_keeps_its_dots() {
        assert_eq!(words("need.\"home. care\".demand"), ["need", "home. care", "demand"]);
    }

    #[test]
    fn an_override_without_an_equals_sign_is_refused() {
        assert!(Override::parse("communication.quality").is_err());
        assert!(Override::parse("=3").is_err());
        assert_eq!(Override::parse("a.\"b=c\".d=e=f").unwrap().value, "e=f");
    }
}
