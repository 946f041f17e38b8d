//! What a resolved scenario hands to the model: names, sizes, and for every parameter a value or an uncertainty.

use crate::model::parameter::{Domain, Parameter, Scope};
use crate::model::uncertainty::Uncertainty;
use std::collections::BTreeMap;

/// A scenario as the model sees it: checked, complete, free of text.
///
/// Values are kept by parameter key; a parameter without an entry has its declared default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inputs {
    /// Months simulated.
    pub horizon_months: usize,
    /// One entry a partner, in the scenario's order (templates already expanded).
    pub partners: Vec<PartnerInputs>,
    /// One entry a need.
    pub needs: Vec<NeedInputs>,
    /// One entry an event.
    pub events: Vec<DatedInputs>,
    /// One entry an intervention.
    pub interventions: Vec<DatedInputs>,
    /// Position of the partner that leads; when it has left, the others follow in their order.
    pub lead: usize,
    /// Names of the skills, in order of first mention among the needs.
    pub skills: Vec<String>,
    /// Values of the partnership's own parameters, by key.
    pub values: BTreeMap<&'static str, Setting>,
}

/// One partner as the model sees it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PartnerInputs {
    /// Unique name.
    pub name: String,
    /// Sector, as a word: `hospital`, `council`, `charity`… Partners of different sectors are further apart.
    pub sector: String,
    /// Values of the partner's parameters, by full key (`partner.resources.money`).
    pub values: BTreeMap<&'static str, Setting>,
    /// Share of its working days by skill, in the order of [`Inputs::skills`]; scaled to sum to one when drawn.
    pub skills: Vec<Uncertainty>,
    /// How much it cares for each need, 0 to 1, in the order of [`Inputs::needs`]; `None` is drawn around the shared starting point.
    pub goals: Vec<Option<Uncertainty>>,
}

/// One need (objective) as the model sees it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NeedInputs {
    /// Unique name.
    pub name: String,
    /// Values of the need's parameters, by full key (`need.demand`).
    pub values: BTreeMap<&'static str, Setting>,
    /// Weight of each skill in meeting it, in the order of [`Inputs::skills`]; scaled to sum to one when drawn.
    pub skills: Vec<Uncertainty>,
}

/// One event or intervention as the model sees it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DatedInputs {
    /// Unique name.
    pub name: String,
    /// Positions of the partners it concerns; empty for all of them.
    pub partners: Vec<usize>,
    /// Values of its parameters, by full key (`event.month`, `intervention.dose`).
    pub values: BTreeMap<&'static str, Setting>,
}

/// What a scenario set a parameter to.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// A number or an uncertainty.
    Number(Uncertainty),
    /// A whole number.
    Whole(u64),
    /// Position of a word in the parameter's options.
    Choice(usize),
}

impl Inputs {
    /// Sets a parameter by its full key, for every partner, need, event or intervention where it belongs to these.
    pub fn set(&mut self, key: &'static str, setting: Setting) {
        match Scope::of(key) {
            Scope::Partnership => {
                self.values.insert(key, setting);
            }
            Scope::Partner => self.partners.iter_mut().for_each(|partner| {
                partner.values.insert(key, setting.clone());
            }),
            Scope::Need => self.needs.iter_mut().for_each(|need| {
                need.values.insert(key, setting.clone());
            }),
            Scope::Event => self.events.iter_mut().for_each(|event| {
                event.values.insert(key, setting.clone());
            }),
            Scope::Intervention => self.interventions.iter_mut().for_each(|intervention| {
                intervention.values.insert(key, setting.clone());
            }),
        }
    }

    /// Positions of the partners that an event or intervention concerns.
    pub fn concerned(&self, dated: &DatedInputs) -> Vec<usize> {
        if dated.partners.is_empty() { (0..self.partners.len()).collect() } else { dated.partners.clone() }
    }

    /// What the scenario set `parameter` to, `index` being what it belongs to (a partner, a need…); `None` when it is silent.
    pub fn setting(&self, parameter: &Parameter, index: usize) -> Option<&Setting> {
        match parameter.scope() {
            Scope::Partnership => self.values.get(parameter.key),
            Scope::Partner => self.partners[index].values.get(parameter.key),
            Scope::Need => self.needs[index].values.get(parameter.key),
            Scope::Event => self.events[index].values.get(parameter.key),
            Scope::Intervention => self.interventions[index].values.get(parameter.key),
        }
    }

    /// The number in force, its default when the scenario is silent.
    ///
    /// # Panics
    /// When the parameter is declared as a choice.
    pub fn number(&self, parameter: &'static Parameter, index: usize) -> Uncertainty {
        match (self.setting(parameter, index), &parameter.domain) {
            (Some(Setting::Number(value)), _) => value.clone(),
            (Some(Setting::Whole(value)), _) => Uncertainty::Fixed(*value as f64),
            (_, Domain::Number { default, .. }) => default.clone(),
            (_, Domain::Whole { default, .. }) => Uncertainty::Fixed(*default as f64),
            _ => panic!("{} is a choice, not a number", parameter.key),
        }
    }

    /// The position of the word in force, the default's when the scenario is silent.
    ///
    /// # Panics
    /// When the parameter is declared as a number.
    pub fn choice(&self, parameter: &Parameter, index: usize) -> usize {
        match (self.setting(parameter, index), &parameter.domain) {
            (Some(Setting::Choice(option)), _) => *option,
            (_, Domain::Choice { default, .. }) => *default,
            _ => panic!("{} is a number, not a choice", parameter.key),
        }
    }
    /// The word in force, the default when the scenario is silent; empty for a number.
    pub fn word(&self, parameter: &Parameter, index: usize) -> &'static str {
        match &parameter.domain {
            Domain::Choice { options, .. } => options[self.choice(parameter, index)].0,
            _ => "",
        }
    }
}
