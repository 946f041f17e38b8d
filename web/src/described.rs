//! What a set-up says: who takes part, what happens and what is done, and the value of every parameter that has one.

use crate::named::Named;
use crate::setup::{Fault, Setup};
use partnersim::experiment::quantile::quantile;
use partnersim::model::inputs::{DatedInputs, Inputs, Setting};
use partnersim::model::outcomes::OUTCOMES;
use partnersim::model::parameter::{Domain, Parameter, Scope};
use partnersim::model::uncertainty::Uncertainty;
use partnersim::scenario::check::fields::{MONTHS, PARTNERS, TAKING_PART, parameters};
use partnersim::scenario::notation::default_setting;
use partnersim::scenario::resolve::assumptions::DEFAULT;
use partnersim::scenario::{Assumption, Scenario};
use serde::Serialize;

/// What belongs to a run and not to a partnership.
const OF_THE_RUN: [&str; 2] = ["replications", "seed"];

/// Who set a value that a change for every partner does not reach.
const OWN: [&str; 2] = ["scenario", "partner table"];

/// A scenario for a page.
#[derive(Debug, Clone, Serialize)]
pub struct Described {
    name: String,
    title: String,
    question: String,
    digest: String,
    seed: String,
    replications: u64,
    horizon_months: usize,
    targets: Named<f64>,
    partners: Vec<Partner>,
    needs: Vec<String>,
    events: Vec<Dated>,
    interventions: Vec<Dated>,
    values: Named<Value>,
    warnings: Vec<Fault>,
}

/// A partner; of what is uncertain the median.
#[derive(Debug, Clone, Serialize)]
struct Partner {
    name: String,
    sector: String,
    money: f64,
    staff: f64,
    day_cost: f64,
}

/// An event or an intervention, with its own parameters by their local names.
#[derive(Debug, Clone, Serialize)]
pub struct Dated {
    name: String,
    kind: &'static str,
    /// Whom it concerns; nobody named where it is for all.
    partners: Vec<String>,
    #[serde(flatten)]
    numbers: Named<f64>,
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Value {
    /// As a scenario would write it.
    value: String,
    /// As a number where it is one; of an uncertainty the median.
    number: Option<f64>,
    is_uncertain: bool,
    set_by: String,
    /// What it may be; none where that is not declared.
    domain: Option<Allowed>,
}

/// What a parameter may be.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Allowed {
    Number { low: f64, high: f64 },
    Whole { low: u64, high: u64 },
    Choice { options: Vec<&'static str> },
}

impl Allowed {
    fn of(parameter: &Parameter) -> Allowed {
        match parameter.domain {
            Domain::Number { low, high, .. } => Allowed::Number { low, high },
            Domain::Whole { low, high, .. } => Allowed::Whole { low, high },
            Domain::Choice { options, .. } => {
                Allowed::Choice { options: options.iter().map(|(word, _)| *word).collect() }
            }
        }
    }
}

/// What a set-up says.
///
/// # Errors
/// Every fault of it.
pub fn describe(setup: &Setup) -> Result<Described, Vec<Fault>> {
    let scenario = setup.load(0, &[])?;
    let inputs = &scenario.inputs;
    let target = |name: &str| scenario.targets.get(name).copied();
    Ok(Described {
        digest: scenario.digest.clone(),
        seed: scenario.seed.to_string(),
        replications: scenario.replications,
        horizon_months: inputs.horizon_months,
        targets: OUTCOMES
            .iter()
            .map(|outcome| (outcome.name, target(outcome.name).unwrap_or(outcome.target)))
            .collect(),
        partners: (0..inputs.partners.len()).map(|at| Partner::new(inputs, at)).collect(),
        needs: inputs.needs.iter().map(|need| need.name.clone()).collect(),
        events: dated(inputs, Scope::Event, &inputs.events),
        interventions: dated(inputs, Scope::Intervention, &inputs.interventions),
        values: values(&scenario),
        warnings: setup.faults(0, &scenario.warnings),
        name: scenario.name,
        title: scenario.title,
        question: scenario.question,
    })
}

impl Partner {
    fn new(inputs: &Inputs, at: usize) -> Partner {
        let number = |key: &str| {
            let parameter = parameters(Scope::Partner).find(|parameter| parameter.key == key);
            parameter.map_or(f64::NAN, |parameter| median(&inputs.number(parameter, at)))
        };
        Partner {
            name: inputs.partners[at].name.clone(),
            sector: inputs.partners[at].sector.clone(),
            money: number("partner.resources.money"),
            staff: number("partner.resources.staff"),
            day_cost: number("partner.resources.day_cost"),
        }
    }
}

/// The events or the interventions of a scenario.
pub fn dated(inputs: &Inputs, scope: Scope, list: &[DatedInputs]) -> Vec<Dated> {
    let one = |(at, dated): (usize, &DatedInputs)| {
        let (words, numbers): (Vec<_>, Vec<_>) =
            parameters(scope).partition(|parameter| !inputs.word(parameter, at).is_empty());
        let local = |parameter: &Parameter| parameter.key.rsplit('.').next().unwrap_or_default();
        Dated {
            name: dated.name.clone(),
            kind: words.first().map_or("", |kind| inputs.word(kind, at)),
            partners: dated.partners.iter().map(|&partner| inputs.partners[partner].name.clone()).collect(),
            numbers: numbers.iter().map(|one| (local(one), median(&inputs.number(one, at)))).collect(),
        }
    };
    list.iter().enumerate().map(one).collect()
}

/// The value of every parameter of the partnership, of how many partners and months there are, of the needs, and of what is the same for
/// every partner; by the path at which it can be changed.
fn values(scenario: &Scenario) -> Named<Value> {
    let lines = scenario.assumptions.iter().filter(|line| {
        line.belongs_to.is_empty()
            && Scope::of(&line.key) == Scope::Partnership
            && !OF_THE_RUN.contains(&line.key.as_str())
            && !line.key.starts_with("targets.")
    });
    let mut values: Named<Value> = lines.map(|line| (&line.key, value(scenario, line, 0))).collect();
    if values.get(TAKING_PART.key).is_none() {
        let n = scenario.inputs.partners.len();
        let all = Value {
            value: n.to_string(),
            number: Some(n as f64),
            is_uncertain: false,
            set_by: DEFAULT.to_string(),
            domain: allowed(TAKING_PART.key),
        };
        values.0.push((TAKING_PART.key.to_string(), all));
    }
    values.0.extend(of_needs(scenario));
    values.0.extend(of_every_partner(scenario));
    values
}

/// The values of the needs; one whose name no path can say is left out.
fn of_needs(scenario: &Scenario) -> impl Iterator<Item = (String, Value)> {
    let named = scenario.inputs.needs.iter().enumerate().filter(|(_, need)| !need.name.contains('"'));
    named.flat_map(move |(at, need)| {
        let lines = scenario.assumptions.iter().filter(|line| line.belongs_to == need.name);
        let declared = lines.filter(|line| parameters(Scope::Need).any(|parameter| parameter.key == line.key));
        declared.map(move |line| {
            let local = line.key.trim_start_matches("need.");
            (format!("need.\"{}\".{local}", need.name), value(scenario, line, at))
        })
    })
}

/// What no partner says for itself, so that it can be changed for all.
fn of_every_partner(scenario: &Scenario) -> impl Iterator<Item = (String, Value)> {
    parameters(Scope::Partner).filter_map(|parameter| {
        let mut lines = scenario.assumptions.iter().filter(|line| line.key == parameter.key);
        let first = lines.next()?;
        let is_for_all = |line: &Assumption| line.value == first.value && !OWN.contains(&line.set_by.as_str());
        let path = || format!("every_{}", parameter.key);
        (is_for_all(first) && lines.all(is_for_all)).then(|| (path(), value(scenario, first, 0)))
    })
}

/// The value of a parameter of whatever is at a position.
fn value(scenario: &Scenario, line: &Assumption, at: usize) -> Value {
    let declared = parameters(Scope::of(&line.key)).find(|parameter| parameter.key == line.key);
    let setting = declared
        .map(|parameter| scenario.inputs.setting(parameter, at).cloned().unwrap_or_else(|| default_setting(parameter)));
    let (number, is_uncertain) = match &setting {
        Some(Setting::Number(uncertainty)) => {
            (Some(median(uncertainty)), !matches!(uncertainty, Uncertainty::Fixed(_)))
        }
        Some(Setting::Whole(whole)) => (Some(*whole as f64), false),
        Some(Setting::Choice(_)) => (None, false),
        None => (line.value.parse().ok(), false),
    };
    let domain = allowed(&line.key);
    Value { value: line.value.clone(), number, is_uncertain, set_by: line.set_by.clone(), domain }
}

/// What the value of a key may be.
fn allowed(key: &str) -> Option<Allowed> {
    let whole = |[low, high]: [u64; 2]| Some(Allowed::Whole { low, high });
    match key {
        "horizon_months" => whole(MONTHS),
        key if key == TAKING_PART.key => whole(PARTNERS),
        key => parameters(Scope::of(key)).find(|parameter| parameter.key == key).map(Allowed::of),
    }
}

fn median(uncertainty: &Uncertainty) -> f64 {
    quantile(uncertainty, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setup::tests::setup;

    #[test]
    fn a_set_up_is_told_with_its_changes() {
        let described = describe(&setup("town", &[("trust.initial", "0.4"), ("governance.form", "lead")])).unwrap();
        let told = serde_json::to_value(&described).unwrap();
        assert_eq!((&told["name"], &told["title"]), (&"town".into(), &"Help in a town".into()));
        assert_eq!(told["seed"], "18446744073709551615", "no number of the page could hold it");
        assert_eq!(told["targets"]["premium"], 50.0);
        assert_eq!(told["partners"][2]["name"], "charity <b>");
        let money = told["partners"][2]["money"].as_f64().unwrap();
        assert!((20.0..50.0).contains(&money) && money > 30.0, "the median of what is skewed: {money}");
        assert_eq!(told["events"][0]["kind"], "policy_change");
        assert_eq!(told["events"][0]["month"], 4.0);
        assert_eq!(told["interventions"][0]["start"], 2.0);
        assert_eq!(told["interventions"][0]["partners"], serde_json::json!(["council", "clinic"]));
        let domain = serde_json::json!({ "kind": "number", "low": 0.01, "high": 0.99 });
        let trust = serde_json::json!({ "value": "0.4", "number": 0.4, "is_uncertain": false, "set_by": "--set", "domain": domain });
        assert_eq!(told["values"]["trust.initial"], trust);
        let quality = &told["values"]["communication.quality"];
        assert_eq!(quality["is_uncertain"], true);
        assert!((quality["number"].as_f64().unwrap() - 0.6).abs() < 1e-6, "{quality}");
        assert_eq!(told["values"]["governance.form"]["number"], serde_json::Value::Null);
        let forms = told["values"]["governance.form"]["domain"]["options"].as_array().unwrap();
        assert!(forms.contains(&"lead".into()), "{forms:?}");
        assert_eq!(told["values"]["governance.partners"]["number"], 3.0);
        assert_eq!(told["values"]["governance.partners"]["domain"]["kind"], "whole");
        assert_eq!(told["values"]["horizon_months"]["number"], 12.0);
    }

    #[test]
    fn every_parameter_of_the_partnership_has_its_value() {
        let described = describe(&setup("town", &[])).unwrap();
        for parameter in parameters(Scope::Partnership) {
            let value = described.values.get(parameter.key);
            assert!(value.is_some_and(|value| !value.value.is_empty()), "{}", parameter.key);
        }
    }

    #[test]
    fn a_need_and_what_holds_for_every_partner_have_paths_that_can_be_changed() {
        let described = describe(&setup("town", &[("every_partner.envy", "2")])).unwrap();
        let envy = described.values.get("every_partner.envy").unwrap();
        assert_eq!((envy.value.as_str(), envy.number, envy.set_by.as_str()), ("2", Some(2.0), "--set"));
        assert!(described.values.get("every_partner.resources.money").is_none(), "partners have their own");
        let needs: Vec<&String> =
            described.values.0.iter().map(|(path, _)| path).filter(|path| path.starts_with("need.")).collect();
        assert!(!needs.is_empty());
        for path in needs {
            let [low, high] = [0.5, 0.6].map(|value| {
                let changed = describe(&setup("town", &[(path, &value.to_string())])).unwrap();
                changed.values.get(path).unwrap().number.unwrap()
            });
            assert!((low, high) == (0.5, 0.6), "{path}");
        }
    }
}
