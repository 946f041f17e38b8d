//! One event or one intervention as the scenario describes it.

use crate::model::parameter::{Domain, Parameter, Scope};
use crate::model::{event, intervention};
use crate::scenario::check::need::parameter;
use crate::scenario::check::{Given, Values, fields, in_force, keys, name, number, spread};
use crate::scenario::faults::Faults;
use crate::scenario::notation::number as written;
use crate::scenario::parse::tree::{Item, Value};
use crate::scenario::parse::{Table, find};
use crate::scenario::source::Mark;

/// Most names of partners that one list can hold: as many as there can be partners.
const MOST_NAMES: usize = crate::scenario::check::layer::MOST_PARTNERS as usize;

/// An event or an intervention.
#[derive(Debug)]
pub struct Dated {
    /// Its name; empty when it has none that can be used.
    pub name: String,
    /// Where the name stands, or the table.
    pub mark: Mark,
    /// Names of the partners it concerns; `None` for all of them.
    pub partners: Option<Given<Vec<Given<String>>>>,
    /// Its parameters.
    pub values: Values,
}

/// Reads one `[[event]]`.
pub fn event(table: &Table, faults: &mut Faults) -> Dated {
    let event = dated(Scope::Event, "event", "reform", table, faults);
    required(&[&event::KIND], "event", table, &event, faults);
    let never = [&event::MONTH, &event::RATE].iter().all(|when| {
        let most = bounds(&event.values, when).map_or(1.0, |(_, most)| most);
        // A value that cannot be read is a fault of its own.
        most <= 0.0 && (event.values.contains_key(when.key) || !is_written(table, when))
    });
    if never {
        let help = "give its `month`, counted from 1, or a `rate` above 0, its chance a month";
        faults.whole(Some(event.mark), format!("the event \"{}\" never happens", event.name), help);
    }
    event
}

/// Reads one `[[intervention]]`.
pub fn intervention(table: &Table, faults: &mut Faults) -> Dated {
    let intervention = dated(Scope::Intervention, "intervention", "coaching", table, faults);
    required(intervention::PARAMETERS, "intervention", table, &intervention, faults);
    period(&intervention, faults);
    intervention
}

fn dated(scope: Scope, what: &str, example: &str, table: &Table, faults: &mut Faults) -> Dated {
    let known: Vec<&'static str> = fields::DATED.iter().copied().chain(keys(scope)).collect();
    let (name, mark) = name::of(table, what, example, faults);
    let mut dated = Dated { name, mark, partners: None, values: Values::new() };
    for (key, entry) in fields::fields(&table.entries, &known, faults) {
        match key {
            "name" => {}
            "partners" => dated.partners = partners(&entry.item, faults),
            _ => parameter(scope, key, &entry.item, &mut dated.values, faults),
        }
    }
    dated
}

/// A list of names of partners.
fn partners(item: &Item, faults: &mut Faults) -> Option<Given<Vec<Given<String>>>> {
    let Value::Array(items) = &item.value else {
        let message = format!("`partners` is {}, not a list of names", item.value.kind());
        faults.fault(item.mark, message, "write partners = [\"council\", \"charity\"]; leave it out for all");
        return None;
    };
    if items.is_empty() || items.len() > MOST_NAMES {
        let message = format!("`partners` names {}", if items.is_empty() { "nobody" } else { "too many" });
        let help = format!("give from 1 to {MOST_NAMES} names; leave it out where all partners are concerned");
        faults.fault(item.mark, message, help);
        return None;
    }
    let name = |item: &Item, faults: &mut Faults| {
        number::name(item, "partners", faults).map(|value| Given { value, mark: item.mark })
    };
    Some(Given { value: items.iter().filter_map(|item| name(item, faults)).collect(), mark: item.mark })
}

/// Tells all parameters at once that have to be written and are not.
fn required(parameters: &[&'static Parameter], what: &str, table: &Table, dated: &Dated, faults: &mut Faults) {
    let missing: Vec<&Parameter> = parameters.iter().copied().filter(|wanted| !is_written(table, wanted)).collect();
    if missing.is_empty() {
        return;
    }
    let example = |parameter: &&Parameter| format!("{} = {}", parameter.local_key(), example(parameter));
    let lines: Vec<String> = missing.iter().map(example).collect();
    let names: Vec<String> = missing.iter().map(|parameter| format!("`{}`", parameter.local_key())).collect();
    let message = format!("the {what} \"{}\" does not give {}", dated.name, listed(&names));
    faults.whole(Some(dated.mark), message, format!("add {}, with values of your own", listed(&lines)));
}

fn is_written(table: &Table, parameter: &Parameter) -> bool {
    find(&table.entries, parameter.local_key()).is_some()
}

/// What a parameter could be set to, for a message.
fn example(parameter: &Parameter) -> String {
    match &parameter.domain {
        Domain::Choice { options, .. } => {
            let words: Vec<String> = options.iter().map(|(word, _)| format!("\"{word}\"")).collect();
            words.join(" or ")
        }
        _ => crate::scenario::notation::default(parameter),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(items: &[String]) -> String {
    match items {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => items.concat(),
    }
}

/// An intervention ends no sooner than it starts.
fn period(intervention: &Dated, faults: &mut Faults) {
    let given = |parameter: &Parameter| intervention.values.get(parameter.key);
    let (Some(_), Some(end)) = (given(&intervention::START), given(&intervention::END)) else { return };
    let of = |parameter| bounds(&intervention.values, parameter);
    let (Some((earliest, latest)), Some((first, last))) = (of(&intervention::START), of(&intervention::END)) else {
        return;
    };
    let name = &intervention.name;
    let help = "it runs from the month `start` to the month `end`, both included";
    if last < earliest {
        let (end_month, start_month) = (written(last), written(earliest));
        let message =
            format!("the intervention \"{name}\" ends in month {end_month}, before it starts in month {start_month}");
        faults.whole(Some(end.mark), message, help);
    } else if first < latest {
        let (end_month, start_month) = (written(first), written(latest));
        let message = format!(
            "the intervention \"{name}\" can end as early as month {end_month} and start as late as month {start_month}"
        );
        faults.warning(Some(end.mark), message, "where a replication draws an end before the start, it does not run");
    }
}

/// Least and greatest value that a parameter in force can take, where there are such.
pub fn bounds(values: &Values, parameter: &Parameter) -> Option<(f64, f64)> {
    spread::bounds(&in_force(values, parameter))
}
