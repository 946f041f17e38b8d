//! Second layer: what the tables mean. Every value is read against its declaration, then all of it together.

pub mod concepts;
pub mod dated;
pub mod fields;
pub mod layer;
pub mod members;
pub mod name;
pub mod need;
pub mod number;
pub mod spread;
pub mod together;

use crate::model::inputs::Setting;
use crate::model::outcomes::OUTCOMES;
use crate::model::parameter::{Domain, Parameter, Scope};
use crate::model::uncertainty::Uncertainty;
use crate::scenario::faults::Faults;
use crate::scenario::nearest::suggestion;
use crate::scenario::notation::default_setting;
use crate::scenario::parse::tree::{Entry, Item, Value};
use crate::scenario::parse::{Parsed, find};
use crate::scenario::source::Mark;
use dated::Dated;
use layer::{Layer, Partner};
use need::Need;
use number::Range;
use std::collections::BTreeMap;

/// A value that the scenario gives, and where.
#[derive(Debug, Clone)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub mark: Mark,
}

/// Parameters that are set, by full key.
pub type Values = BTreeMap<&'static str, Given<Setting>>;

/// A scenario in which every single value is understood; templates not yet expanded, defaults not yet filled in.
#[derive(Debug, Default)]
pub struct Checked {
    /// Title for people.
    pub title: Option<String>,
    /// The question it is to answer.
    pub question: Option<String>,
    /// Where its figures come from.
    pub sources: Vec<String>,
    /// Ids of the concepts it shows.
    pub concepts: Vec<String>,
    /// Months simulated.
    pub horizon_months: Option<Given<u64>>,
    /// Replications to run.
    pub replications: Option<Given<u64>>,
    /// Seed of all draws.
    pub seed: Option<Given<u64>>,
    /// What is said of every partner.
    pub every_partner: Layer,
    /// Partners and templates.
    pub partners: Vec<Partner>,
    /// Needs.
    pub needs: Vec<Need>,
    /// Events.
    pub events: Vec<Dated>,
    /// Interventions.
    pub interventions: Vec<Dated>,
    /// Name of the partner that leads.
    pub lead: Option<Given<String>>,
    /// How many partners take part, where that is not all that are listed.
    pub taking_part: Option<Given<u64>>,
    /// Parameters of the partnership.
    pub values: Values,
    /// Targets by short name of the outcome.
    pub targets: BTreeMap<String, Given<f64>>,
    /// Whether partners or needs could not be read at all, so that their number says nothing.
    pub incomplete: bool,
}

/// Reads every value of a scenario against what is allowed.
pub fn check(parsed: &Parsed, faults: &mut Faults) -> Checked {
    let mut checked = Checked { incomplete: parsed.incomplete, ..Checked::default() };
    let known = [fields::TOP, fields::TABLES].concat().into_iter().chain(keys(Scope::Partnership));
    let known: Vec<&'static str> = known.collect();
    for (key, entry) in fields::fields(&parsed.top, &known, faults) {
        top(key, entry, &mut checked, faults);
    }
    checked.needs = parsed.needs.iter().map(|table| need::need(table, faults)).collect();
    checked.every_partner = layer::every_partner(&parsed.every_partner, faults);
    checked.partners = parsed.partners.iter().map(|table| layer::partner(table, faults)).collect();
    checked.events = parsed.events.iter().map(|table| dated::event(table, faults)).collect();
    checked.interventions = parsed.interventions.iter().map(|table| dated::intervention(table, faults)).collect();
    together::together(&checked, faults);
    checked
}

/// The local keys of the parameters of a scope.
pub fn keys(scope: Scope) -> impl Iterator<Item = &'static str> {
    fields::parameters(scope).map(|parameter| parameter.local_key())
}

/// What a parameter is, declared as a number: as given, else by its default.
pub fn in_force(values: &Values, parameter: &Parameter) -> Uncertainty {
    let set = values.get(parameter.key).map(|given| given.value.clone());
    as_number(set.unwrap_or_else(|| default_setting(parameter)))
}

/// The word a parameter has, declared as a choice: as given, else its default; empty for a number.
pub fn word(values: &Values, parameter: &Parameter) -> &'static str {
    let Domain::Choice { options, default } = parameter.domain else { return "" };
    match values.get(parameter.key).map(|given| &given.value) {
        Some(Setting::Choice(position)) => options[*position].0,
        _ => options[default].0,
    }
}

/// The number that a setting is; nought for a word.
pub fn as_number(setting: Setting) -> Uncertainty {
    match setting {
        Setting::Number(value) => value,
        Setting::Whole(value) => Uncertainty::Fixed(value as f64),
        Setting::Choice(_) => Uncertainty::Fixed(0.0),
    }
}

/// One entry outside the tables of partners, needs, events and interventions.
fn top(key: &'static str, entry: &Entry, checked: &mut Checked, faults: &mut Faults) {
    let item = &entry.item;
    let given = |value| Given { value, mark: item.mark };
    match key {
        "title" => checked.title = number::text(item, key, faults),
        "question" => checked.question = number::text(item, key, faults),
        "sources" => checked.sources = sources(item, faults),
        "concepts" => checked.concepts = concepts::concepts(item, faults),
        "horizon_months" => {
            checked.horizon_months = number::whole(item, key, fields::MONTHS[0], fields::MONTHS[1], faults).map(given)
        }
        "replications" => checked.replications = number::whole(item, key, 1, 1_000_000_000, faults).map(given),
        "seed" => checked.seed = number::seed(item, faults).map(given),
        "targets" => checked.targets = targets(item, faults),
        "governance.lead" => {
            checked.lead = number::name(item, key, faults).map(|value| Given { value, mark: item.mark })
        }
        "governance.partners" => {
            let taking_part = number::whole(item, key, layer::FEWEST_PARTNERS, layer::MOST_PARTNERS, faults);
            checked.taking_part = taking_part.map(given);
        }
        // The table was read, or its fault told, before.
        "partners" => {}
        _ => {
            let parameter = fields::parameter(Scope::Partnership, key);
            if let Some(setting) = parameter.and_then(|parameter| number::setting(item, parameter, key, faults)) {
                checked.values.insert(key, Given { value: setting, mark: item.mark });
            }
        }
    }
}

fn sources(item: &Item, faults: &mut Faults) -> Vec<String> {
    match &item.value {
        Value::Array(items) => items.iter().filter_map(|item| number::text(item, "sources", faults)).collect(),
        other => {
            let message = format!("`sources` is {}, not a list", other.kind());
            faults.fault(item.mark, message, "write sources = [\"first\", \"second\"]");
            Vec::new()
        }
    }
}

fn targets(item: &Item, faults: &mut Faults) -> BTreeMap<String, Given<f64>> {
    let Value::Table(entries) = &item.value else {
        let message = format!("`targets` is {}, not a table", item.value.kind());
        faults.fault(item.mark, message, "write [targets] and below it, for example, premium = 0");
        return BTreeMap::new();
    };
    let mut targets = BTreeMap::new();
    for entry in entries {
        if !OUTCOMES.iter().any(|outcome| outcome.name == entry.key) {
            let help = suggestion(&entry.key, OUTCOMES.iter().map(|outcome| outcome.name));
            faults.fault(entry.mark, format!("there is no outcome `{}`", entry.key), help);
            continue;
        }
        let range = Range { low: -1e15, high: 1e15, unit: "in the unit of the outcome" };
        let name = format!("targets.{}", entry.key);
        if let Some(value) = number::within(&entry.item, &name, range, faults) {
            targets.insert(entry.key.clone(), Given { value, mark: entry.item.mark });
        }
    }
    targets
}

/// The file named by `partners`, when one is.
pub fn partner_table<'p>(parsed: &'p Parsed, faults: &mut Faults) -> Option<(&'p str, Mark)> {
    let entry = find(&parsed.top, "partners")?;
    match &entry.item.value {
        Value::Text(name) if !name.trim().is_empty() => Some((name, entry.item.mark)),
        other => {
            let message = format!("`partners` is {}, not the name of a file", other.kind());
            faults.fault(entry.item.mark, message, "write partners = \"partners.csv\", or one [[partner]] table each");
            None
        }
    }
}
