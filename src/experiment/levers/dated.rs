//! Events and interventions of two set-ups: a lever each, and the list of a set-up in between.

use super::{Lever, Part, written};
use crate::model::inputs::{DatedInputs, Inputs};
use crate::model::mechanisms;
use crate::model::parameter::Scope;
use std::collections::BTreeSet;

fn list(inputs: &Inputs, scope: Scope) -> &[DatedInputs] {
    if scope == Scope::Event { &inputs.events } else { &inputs.interventions }
}

/// The events or interventions that differ, one lever each.
pub fn levers(first: &Inputs, second: &Inputs, scope: Scope) -> Vec<Lever> {
    let word = if scope == Scope::Event { "event" } else { "intervention" };
    let Some(order) = merged(list(first, scope), list(second, scope)) else {
        let (from, to) = (list(first, scope).len(), list(second, scope).len());
        let change = format!("{from} → {to}, in another order");
        return vec![Lever { key: format!("{word}s"), change, part: Part::AllDated(scope) }];
    };
    let lever = |name: String| {
        let (from, to) = (told_dated(first, scope, &name), told_dated(second, scope, &name));
        let change = match (&from, &to) {
            (Some(from), Some(to)) if from == to => return None,
            (Some(_), Some(_)) => "changed".to_string(),
            (None, _) => "added".to_string(),
            (_, None) => "left out".to_string(),
        };
        Some(Lever { key: format!("{word}.{name}"), change, part: Part::Dated(scope, name) })
    };
    order.into_iter().filter_map(lever).collect()
}

/// All that is in force of an event or intervention: equal where it is the same.
fn told_dated(inputs: &Inputs, scope: Scope, name: &str) -> Option<Vec<String>> {
    let index = list(inputs, scope).iter().position(|dated| dated.name == name)?;
    let parameters = mechanisms::parameters().filter(|parameter| parameter.scope() == scope);
    let mut told: Vec<String> = parameters.map(|parameter| written(inputs, parameter, index)).collect();
    let concerned = &list(inputs, scope)[index].partners;
    told.extend(concerned.iter().map(|&partner| inputs.partners[partner].name.clone()));
    Some(told)
}

/// The names of both lists in an order that is that of each; nothing where they disagree on it or a name stands twice.
fn merged(first: &[DatedInputs], second: &[DatedInputs]) -> Option<Vec<String>> {
    let names = |list: &[DatedInputs]| list.iter().map(|dated| dated.name.clone()).collect::<Vec<_>>();
    let (first, second) = (names(first), names(second));
    if [&first, &second].into_iter().any(|names| names.iter().collect::<BTreeSet<_>>().len() < names.len()) {
        return None;
    }
    let mut order = Vec::new();
    let mut rest = second.as_slice();
    for name in &first {
        if second.contains(name) {
            let at = rest.iter().position(|other| other == name)?;
            order.extend_from_slice(&rest[..at]);
            rest = &rest[at + 1..];
        }
        order.push(name.clone());
    }
    order.extend_from_slice(rest);
    Some(order)
}

/// The events or interventions of a set-up in between, each from the first or, where its change is made, from the second.
pub fn mixed(
    first: &Inputs,
    second: &Inputs,
    scope: Scope,
    partners: &[&str],
    is_made: &dyn Fn(&str) -> bool,
) -> Vec<DatedInputs> {
    let Some(order) = merged(list(first, scope), list(second, scope)) else {
        let source = if is_made("") { second } else { first };
        return list(source, scope).iter().filter_map(|dated| concerning(dated, source, partners)).collect();
    };
    let one = |name: &String| {
        let source = if is_made(name) { second } else { first };
        let dated = list(source, scope).iter().find(|dated| dated.name == *name)?;
        concerning(dated, source, partners)
    };
    order.iter().filter_map(one).collect()
}

/// With the partners it concerns at their places in another list; nothing where none of them is in it.
fn concerning(dated: &DatedInputs, source: &Inputs, partners: &[&str]) -> Option<DatedInputs> {
    let place = |position: &usize| partners.iter().position(|name| *name == source.partners[*position].name);
    let places: Vec<usize> = dated.partners.iter().filter_map(place).collect();
    // An empty list would mean all of them.
    let is_lost = places.is_empty() && !dated.partners.is_empty();
    (!is_lost).then(|| DatedInputs { partners: places, ..dated.clone() })
}
