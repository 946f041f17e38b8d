//! Third layer: a checked scenario becomes what the model needs, complete and with its origin written down.

pub mod assumptions;
pub mod digest;

use crate::model::inputs::{DatedInputs, Inputs, NeedInputs, PartnerInputs, Setting};
use crate::model::parameter::{Parameter, Scope};
use crate::model::partner;
use crate::model::uncertainty::Uncertainty;
use crate::scenario::Scenario;
use crate::scenario::check::dated::Dated;
use crate::scenario::check::members::{Member, called, members};
use crate::scenario::check::need::Need;
use crate::scenario::check::{Checked, Values, fields};
use crate::scenario::faults::Faults;
use std::collections::{BTreeMap, BTreeSet};

/// Months simulated when a scenario is silent.
pub const HORIZON_MONTHS: u64 = 60;

/// Replications run when a scenario is silent.
pub const REPLICATIONS: u64 = 10_000;

/// Seed when a scenario is silent.
pub const SEED: u64 = 1;

/// Sector of a partner of which none is said.
pub const SECTOR: &str = "other";

/// The scenario that a checked one stands for; its warnings are filled in by the caller.
pub fn resolve(checked: &Checked, origin: &str, faults: &Faults) -> Scenario {
    let members = members(checked);
    let skills: Vec<&str> = checked.skills();
    let assumptions = assumptions::assumptions(checked, &members, faults);
    let name = name(origin);
    Scenario {
        title: checked.title.clone().unwrap_or_else(|| name.clone()),
        name,
        question: checked.question.clone().unwrap_or_default(),
        sources: checked.sources.clone(),
        concepts: checked.concepts.clone(),
        replications: checked.replications.as_ref().map_or(REPLICATIONS, |given| given.value),
        seed: checked.seed.as_ref().map_or(SEED, |given| given.value),
        inputs: Inputs {
            horizon_months: checked.horizon_months.as_ref().map_or(HORIZON_MONTHS, |given| given.value) as usize,
            partners: members.iter().map(|member| partner_inputs(member, checked, &skills, faults)).collect(),
            needs: checked.needs.iter().map(|need| need_inputs(need, &skills)).collect(),
            events: checked.events.iter().map(|event| dated_inputs(event, &members)).collect(),
            interventions: checked.interventions.iter().map(|one| dated_inputs(one, &members)).collect(),
            lead: lead(checked, &members),
            skills: skills.iter().map(|skill| (*skill).to_owned()).collect(),
            values: settings(&checked.values),
        },
        targets: checked.targets.iter().map(|(name, given)| (name.clone(), given.value)).collect(),
        digest: digest::digest(&assumptions),
        assumptions,
        warnings: Vec::new(),
    }
}

/// The short name of a scenario: its file's name without folder and ending.
fn name(origin: &str) -> String {
    let file = origin.rsplit(['/', '\\']).next().unwrap_or(origin);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).trim();
    if stem.is_empty() { "scenario".to_owned() } else { stem.to_owned() }
}

fn settings(values: &Values) -> BTreeMap<&'static str, Setting> {
    values.iter().map(|(key, given)| (*key, given.value.clone())).collect()
}

fn partner_inputs(member: &Member<'_>, checked: &Checked, skills: &[&str], faults: &Faults) -> PartnerInputs {
    let set = |parameter: &'static Parameter| partner_setting(member, parameter).map(|value| (parameter.key, value));
    PartnerInputs {
        name: member.name.clone(),
        sector: member.sector().map_or(SECTOR.to_owned(), |(given, _)| given.value.clone()),
        values: fields::parameters(Scope::Partner).filter_map(set).collect(),
        skills: skills.iter().map(|skill| skill_weight(member, skill, skills.len(), faults)).collect(),
        goals: checked.needs.iter().map(|need| member.goal(&need.name).map(|(given, _)| given.value.clone())).collect(),
    }
}

/// What a partner's parameter is set to; copies of a template differ around a fixed amount of money and staff.
pub fn partner_setting(member: &Member<'_>, parameter: &Parameter) -> Option<Setting> {
    let set = member.setting(parameter).map(|(given, _)| given.value.clone());
    let variation = member.variation().map_or(0.0, |given| given.value);
    let resource = parameter.key == partner::MONEY.key || parameter.key == partner::STAFF.key;
    if !resource || variation == 0.0 || member.is_set_for_copy(parameter) {
        return set;
    }
    match member.number(parameter) {
        Uncertainty::Fixed(median) if median > 0.0 => {
            let sigma = libm::sqrt(libm::log1p(variation * variation));
            Some(Setting::Number(Uncertainty::LogNormal { median, sigma }))
        }
        _ => set,
    }
}

/// The weight of a skill: as said, nothing where a list leaves it out, the same for all where none is said.
pub fn skill_weight(member: &Member<'_>, skill: &str, n_skills: usize, faults: &Faults) -> Uncertainty {
    match member.skill(skill, faults) {
        Some(said) => said.given.map_or(Uncertainty::Fixed(0.0), |given| given.value.clone()),
        None => Uncertainty::Fixed(1.0 / n_skills as f64),
    }
}

/// Position of the partner that leads: the one named, else the first.
pub fn lead(checked: &Checked, members: &[Member<'_>]) -> usize {
    let named = checked.lead.as_ref().and_then(|lead| called(members, &lead.value).first().copied());
    named.unwrap_or(0)
}

/// Positions of the partners that an event or an intervention concerns, in the partners' order; none where it concerns all.
pub fn concerned(dated: &Dated, members: &[Member<'_>]) -> Vec<usize> {
    let names = dated.partners.iter().flat_map(|given| &given.value);
    let positions: BTreeSet<usize> = names.flat_map(|name| called(members, &name.value)).collect();
    positions.into_iter().collect()
}

fn dated_inputs(dated: &Dated, members: &[Member<'_>]) -> DatedInputs {
    DatedInputs { name: dated.name.clone(), partners: concerned(dated, members), values: settings(&dated.values) }
}

fn need_inputs(need: &Need, skills: &[&str]) -> NeedInputs {
    let weight = |skill: &&str| {
        let found = need.skills.iter().find(|(name, _)| name == skill);
        found.map_or(Uncertainty::Fixed(0.0), |(_, given)| given.value.clone())
    };
    NeedInputs { name: need.name.clone(), values: settings(&need.values), skills: skills.iter().map(weight).collect() }
}
