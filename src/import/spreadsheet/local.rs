//! Keys of the scenario language as heads of columns and as paths in cells.

use super::draft::Local;
use super::sheets::Role;
use super::value::{Expected, expected};
use crate::model::outcomes::OUTCOMES;
use crate::model::parameter::Scope;
use crate::scenario::check::{fields, keys};
use crate::scenario::parse::overrides::words;

/// What may stand behind a key.
pub(super) fn expected_of(scope: Scope, local: &Local) -> Expected {
    match local.group {
        Some(_) => Expected::Number,
        None => expected(scope, &local.key),
    }
}

/// The groups of free names within a scope.
pub(super) fn groups(scope: Scope) -> &'static [&'static str] {
    match scope {
        Scope::Partner => &["skills", "goals"],
        Scope::Need => &["skills"],
        _ => &[],
    }
}

/// The keys of a scope, without groups of free names.
pub(super) fn known(scope: Scope) -> Vec<&'static str> {
    let own: &[&'static str] = match scope {
        Scope::Partnership => fields::TOP,
        Scope::Partner => fields::PARTNER,
        Scope::Need => fields::NEED,
        Scope::Event | Scope::Intervention => fields::DATED,
    };
    let own = own.iter().copied().filter(|key| !groups(scope).contains(key) && *key != "targets");
    own.chain(keys(scope)).collect()
}

/// The key that a path within a scope means.
pub(super) fn local(scope: Scope, path: &[String]) -> Option<Local> {
    let first = path.first()?.as_str();
    if let Some(group) = groups(scope).iter().find(|group| **group == first) {
        let name = path[1..].join(".");
        return (!name.trim().is_empty()).then_some(Local { group: Some(group), key: name });
    }
    if scope == Scope::Partnership && first == "targets" {
        let known = path.len() == 2 && OUTCOMES.iter().any(|outcome| outcome.name == path[1]);
        return known.then(|| Local { group: None, key: path.join(".") });
    }
    let joined = path.join(".");
    known(scope).contains(&joined.as_str()).then_some(Local { group: None, key: joined })
}

/// The words of a key; a source may be called one, and of every partner it need not be said again in the sheet of that name.
pub(super) fn path(text: &str, role: Role) -> Vec<String> {
    if role == Role::EveryPartner {
        let local = text.strip_prefix("every_partner.").unwrap_or(text);
        let split = local.split_once('.').filter(|(stem, _)| ["skills", "goals"].contains(stem));
        let within = split.map_or(vec![local.to_owned()], |(stem, name)| vec![stem.to_owned(), unquoted(name)]);
        return std::iter::once("every_partner".to_owned()).chain(within).collect();
    }
    if text == "source" { vec!["sources".to_owned()] } else { words(text) }
}

pub(super) fn unquoted(name: &str) -> String {
    let name = name.trim();
    name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(name).to_owned()
}

/// A path as after `--set`.
pub(super) fn dotted(path: &[String]) -> String {
    let quoted = |word: &String| if word.contains(['.', ' ', '=']) { format!("\"{word}\"") } else { word.clone() };
    path.iter().map(quoted).collect::<Vec<_>>().join(".")
}
