//! The assumptions log: every value in force, who set it, what it would be otherwise, and on what evidence.

use crate::model::outcomes::OUTCOMES;
use crate::model::parameter::{Parameter, Scope};
use crate::model::uncertainty::Uncertainty;
use crate::scenario::Assumption;
use crate::scenario::check::dated::Dated;
use crate::scenario::check::members::Member;
use crate::scenario::check::{Checked, Given, Values, fields};
use crate::scenario::faults::Faults;
use crate::scenario::notation::{default, number, quoted, setting, uncertainty};
use crate::scenario::resolve::{self, HORIZON_MONTHS, REPLICATIONS, SECTOR, SEED, partner_setting, skill_weight};
use crate::scenario::source::{Kind, Mark};

/// Who set a value that the scenario is silent on.
pub const DEFAULT: &str = "default";

/// What stands for all partners where none are named.
const ALL: &str = "all";

/// Every value in force: of the run, of the partnership, of each need, event and intervention, of each partner.
pub fn assumptions(checked: &Checked, members: &[Member<'_>], faults: &Faults) -> Vec<Assumption> {
    let mut lines = run(checked, faults);
    lines.extend(of_scope(Scope::Partnership, "", &checked.values, faults));
    lines.push(lead(checked, members, faults));
    lines.extend(taking_part(checked, faults));
    for need in &checked.needs {
        lines.extend(of_scope(Scope::Need, &need.name, &need.values, faults));
        // In the one order of all skills: in which order a need lists its own makes no difference to anything.
        let of = |skill: &&str| need.skills.iter().find(|(name, _)| name == skill);
        lines.extend(checked.skills().iter().filter_map(of).map(|(skill, given)| {
            let set_by = set_by(given.mark, false, faults);
            free(format!("need.skills.{skill}"), &need.name, uncertainty(&given.value), "weight", set_by, "0")
        }));
    }
    for (scope, list) in [(Scope::Event, &checked.events), (Scope::Intervention, &checked.interventions)] {
        for one in list {
            lines.extend(of_scope(scope, &one.name, &one.values, faults));
            lines.push(concerned(scope, one, members, faults));
        }
    }
    lines.extend(members.iter().flat_map(|member| partner(checked, member, faults)));
    lines
}

/// The declared parameters of the partnership, or of one need, event or intervention.
fn of_scope<'a>(
    scope: Scope,
    belongs_to: &'a str,
    values: &'a Values,
    faults: &'a Faults,
) -> impl Iterator<Item = Assumption> + 'a {
    fields::parameters(scope).map(move |parameter| {
        let given = values.get(parameter.key);
        let set = given.map(|given| (setting(&given.value, parameter), set_by(given.mark, false, faults)));
        declared(parameter, belongs_to, set)
    })
}

/// Who leads.
fn lead(checked: &Checked, members: &[Member<'_>], faults: &Faults) -> Assumption {
    let name = |position: usize| members.get(position).map_or(String::new(), |member| quoted(&member.name));
    let by = checked.lead.as_ref().map_or(DEFAULT, |given| set_by(given.mark, false, faults));
    free("governance.lead".to_owned(), "", name(resolve::lead(checked, members)), "word", by, &name(0))
}

/// How many take part, where that is said: a scenario without it is the one it was before this could be said.
fn taking_part(checked: &Checked, faults: &Faults) -> Option<Assumption> {
    let given = checked.taking_part.as_ref()?;
    let (set_by, listed) = (set_by(given.mark, false, faults), checked.n_listed().to_string());
    Some(free("governance.partners".to_owned(), "", given.value.to_string(), "partners", set_by, &listed))
}

/// Whom an event or an intervention concerns.
fn concerned(scope: Scope, dated: &Dated, members: &[Member<'_>], faults: &Faults) -> Assumption {
    let key = if scope == Scope::Event { "event.partners" } else { "intervention.partners" };
    let names: Vec<String> = resolve::concerned(dated, members).into_iter().map(|i| quoted(&members[i].name)).collect();
    let value = if names.is_empty() { ALL.to_owned() } else { format!("[{}]", names.join(", ")) };
    let by = dated.partners.as_ref().map_or(DEFAULT, |given| set_by(given.mark, false, faults));
    free(key.to_owned(), &dated.name, value, "names", by, ALL)
}

/// What belongs to the run as a whole.
fn run(checked: &Checked, faults: &Faults) -> Vec<Assumption> {
    let whole = |key: &str, given: &Option<Given<u64>>, default: u64, unit: &str| {
        let value = given.as_ref().map_or(default, |given| given.value).to_string();
        let set_by = given.as_ref().map_or(DEFAULT, |given| set_by(given.mark, false, faults));
        free(key.to_owned(), "", value, unit, set_by, &default.to_string())
    };
    let mut lines = vec![
        whole("horizon_months", &checked.horizon_months, HORIZON_MONTHS, "months"),
        whole("replications", &checked.replications, REPLICATIONS, "replications"),
        whole("seed", &checked.seed, SEED, "number"),
    ];
    lines.extend(OUTCOMES.iter().map(|outcome| {
        let given = checked.targets.get(outcome.name);
        let value = number(given.map_or(outcome.target, |given| given.value));
        let set_by = given.map_or(DEFAULT, |given| set_by(given.mark, false, faults));
        free(format!("targets.{}", outcome.name), "", value, outcome.unit, set_by, &number(outcome.target))
    }));
    lines
}

fn partner(checked: &Checked, member: &Member<'_>, faults: &Faults) -> Vec<Assumption> {
    let sector = member.sector();
    let by = sector.map_or(DEFAULT, |(given, every)| set_by(given.mark, every, faults));
    let word = quoted(sector.map_or(SECTOR, |(given, _)| given.value.as_str()));
    let mut lines = vec![free("partner.sector".to_owned(), &member.name, word, "word", by, &quoted(SECTOR))];
    lines.extend(fields::parameters(Scope::Partner).map(|parameter| {
        // A default that copies of a template vary around is set by the variation.
        let mark = member.setting(parameter).map(|(given, every)| set_by(given.mark, every, faults));
        let mark = mark.or(member.variation().map(|given| set_by(given.mark, false, faults)));
        let value = partner_setting(member, parameter).map(|value| setting(&value, parameter));
        declared(parameter, &member.name, value.zip(mark))
    }));
    let skills = checked.skills();
    lines.extend(skills.iter().map(|skill| {
        let said = member.skill(skill, faults);
        let by = said.map_or(DEFAULT, |said| match said.given {
            Some(given) => set_by(given.mark, said.every, faults),
            None if said.every => "every_partner",
            None => set_by(member.partner.mark, false, faults),
        });
        let value = uncertainty(&skill_weight(member, skill, skills.len(), faults));
        let default = uncertainty(&Uncertainty::Fixed(1.0 / skills.len() as f64));
        free(format!("partner.skills.{skill}"), &member.name, value, "share of days", by, &default)
    }));
    lines.extend(checked.needs.iter().map(|need| {
        let said = member.goal(&need.name);
        let by = said.map_or(DEFAULT, |(given, every)| set_by(given.mark, every, faults));
        let drawn = "drawn around the shared starting point";
        let value = said.map_or(drawn.to_owned(), |(given, _)| uncertainty(&given.value));
        free(format!("partner.goals.{}", need.name), &member.name, value, "share", by, drawn)
    }));
    lines
}

fn set_by(mark: Mark, every_partner: bool, faults: &Faults) -> &'static str {
    match faults.sources.kind(mark) {
        Kind::Set => "--set",
        Kind::Scenario if every_partner => "every_partner",
        Kind::Scenario => "scenario",
        Kind::Table => "partner table",
    }
}

/// A line for a declared parameter.
fn declared(parameter: &Parameter, belongs_to: &str, set: Option<(String, &'static str)>) -> Assumption {
    let default = default(parameter);
    let given = set.is_some();
    let (value, set_by) = set.unwrap_or_else(|| (default.clone(), DEFAULT));
    Assumption {
        key: parameter.key.to_owned(),
        belongs_to: belongs_to.to_owned(),
        value,
        unit: parameter.unit.to_owned(),
        set_by: set_by.to_owned(),
        default,
        source: parameter.source.to_owned(),
        grade: if given { "given" } else { parameter.grade.word() }.to_owned(),
    }
}

/// A line for what is not declared as a parameter.
fn free(key: String, belongs_to: &str, value: String, unit: &str, set_by: &str, default: &str) -> Assumption {
    Assumption {
        key,
        belongs_to: belongs_to.to_owned(),
        value,
        unit: unit.to_owned(),
        set_by: set_by.to_owned(),
        default: default.to_owned(),
        source: if set_by == DEFAULT { "choice of partnersim" } else { "scenario" }.to_owned(),
        grade: if set_by == DEFAULT { "assumption" } else { "given" }.to_owned(),
    }
}
