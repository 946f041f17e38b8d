//! What differs between two set-ups, lever by lever, and the set-ups in between that have some of the differences.
//!
//! A lever is what a person would call one change: a parameter, the same for however many partners or needs it was moved; the list of
//! partners, or of needs, as a whole where it has other members; each event and each intervention; the horizon.

mod dated;

use crate::model::inputs::{Inputs, PartnerInputs};
use crate::model::mechanisms;
use crate::model::parameter::{Parameter, Scope};
use crate::scenario::notation::{default, quoted, setting};

/// Members told by name in the words for a change; of more only the number.
const NAMED: usize = 3;

/// One change that leads from a first set-up to a second.
#[derive(Debug, Clone)]
pub struct Lever {
    /// What is changed: `communication.quality`, `partners`, `event.reorganisation`.
    pub key: String,
    /// From what to what, in words: `0.6 → 0.8`.
    pub change: String,
    part: Part,
}

/// What a lever takes from the second set-up.
#[derive(Debug, Clone)]
enum Part {
    Horizon,
    Lead,
    Value(&'static Parameter),
    Sectors,
    Skills,
    Goals,
    SkillsOfNeeds,
    /// Lists of partners or needs, with all that stands in their order.
    Lists {
        partners: bool,
        needs: bool,
    },
    /// One event or intervention.
    Dated(Scope, String),
    /// All of them, where their order differs and none can be told apart from it.
    AllDated(Scope),
}

/// The levers that lead from `first` to `second`, in the order of the scenario language; none where both are the same.
///
/// ```
/// use partnersim::experiment::levers::{hybrid, levers};
/// use partnersim::scenario::{Override, load};
/// let text = "[[partner]]\nname = \"council\"\n[[partner]]\nname = \"charity\"\n[[need]]\nname = \"home\"\nskills.social = 1";
/// let with = |set: &[&str]| {
///     let changes: Vec<Override> = set.iter().map(|change| Override::parse(change).unwrap()).collect();
///     load(text, "town.toml", &changes, &|_| Err(String::new())).unwrap().inputs
/// };
/// let (first, second) = (with(&[]), with(&["communication.quality=0.8", "horizon_months=12"]));
/// let found = levers(&first, &second);
/// assert_eq!(found.iter().map(|lever| lever.key.as_str()).collect::<Vec<_>>(), ["horizon_months", "communication.quality"]);
/// assert_eq!(hybrid(&first, &second, &found, &[true, false]).horizon_months, 12);
/// ```
pub fn levers(first: &Inputs, second: &Inputs) -> Vec<Lever> {
    let mut levers = Vec::new();
    if first.horizon_months != second.horizon_months {
        let change = format!("{} → {}", first.horizon_months, second.horizon_months);
        levers.push(Lever { key: "horizon_months".to_string(), change, part: Part::Horizon });
    }
    let other_partners = names_of_partners(first) != names_of_partners(second);
    let other_needs = names_of_needs(first) != names_of_needs(second) || first.skills != second.skills;
    levers.extend(lists(first, second, other_partners, other_needs));
    if !other_partners {
        levers.extend(lead(first, second));
        levers.extend(free_tables(first, second, other_needs));
    }
    if !other_needs {
        let weights = |inputs: &Inputs| inputs.needs.iter().map(|need| need.skills.clone()).collect::<Vec<_>>();
        let told = told_members(&names_of_needs(first), &weights(first), &weights(second));
        levers.extend(told.map(|change| Lever { key: "need.skills".to_string(), change, part: Part::SkillsOfNeeds }));
    }
    let scopes = [(Scope::Partnership, true), (Scope::Partner, !other_partners), (Scope::Need, !other_needs)];
    let same_lists = scopes.into_iter().filter(|(_, same)| *same).map(|(scope, _)| scope);
    levers.extend(same_lists.flat_map(|scope| values(first, second, scope)));
    levers
        .extend([Scope::Event, Scope::Intervention].into_iter().flat_map(|scope| dated::levers(first, second, scope)));
    levers
}

/// The first set-up with those of the changes to the second that are `made`. With none it is the first, with all the second.
pub fn hybrid(first: &Inputs, second: &Inputs, levers: &[Lever], made: &[bool]) -> Inputs {
    let mut inputs = first.clone();
    let chosen: Vec<&Part> = levers.iter().zip(made).filter(|(_, made)| **made).map(|(lever, _)| &lever.part).collect();
    for part in &chosen {
        part.apply(&mut inputs, second);
    }
    let partners: Vec<&str> = inputs.partners.iter().map(|partner| partner.name.as_str()).collect();
    let [events, interventions] = [Scope::Event, Scope::Intervention].map(|scope| {
        let is_made = |name: &str| {
            chosen.iter().any(|part| match part {
                Part::Dated(of, named) => *of == scope && named == name,
                Part::AllDated(of) => *of == scope,
                _ => false,
            })
        };
        dated::mixed(first, second, scope, &partners, &is_made)
    });
    Inputs { events, interventions, ..inputs }
}

impl Lever {
    /// Whether a line of the assumptions, by its key and what it belongs to, is a part of this change.
    pub fn covers(&self, key: &str, belongs_to: &str) -> bool {
        let begins = |with: &str| key.starts_with(with);
        match &self.part {
            Part::Horizon => key == "horizon_months",
            Part::Lead => key == "governance.lead",
            Part::Value(parameter) => key == parameter.key,
            Part::Sectors => key == "partner.sector",
            Part::Skills => begins("partner.skills."),
            Part::Goals => begins("partner.goals."),
            Part::SkillsOfNeeds => begins("need.skills."),
            Part::Lists { partners, needs } => {
                let of_both = begins("partner.skills.") || begins("partner.goals.");
                let of_partners = begins("partner.") || key == "governance.lead";
                *partners && of_partners || *needs && (begins("need.") || of_both)
            }
            Part::Dated(scope, name) => Scope::of(key) == *scope && belongs_to == name,
            Part::AllDated(scope) => Scope::of(key) == *scope,
        }
    }
}

impl Part {
    /// Takes its part from the second set-up; events and interventions follow when the partners are known.
    fn apply(&self, inputs: &mut Inputs, second: &Inputs) {
        let each = inputs.partners.iter_mut().zip(&second.partners);
        match self {
            Part::Horizon => inputs.horizon_months = second.horizon_months,
            Part::Lead => inputs.lead = second.lead,
            Part::Sectors => each.for_each(|(mine, other)| mine.sector.clone_from(&other.sector)),
            Part::Skills => each.for_each(|(mine, other)| mine.skills.clone_from(&other.skills)),
            Part::Goals => each.for_each(|(mine, other)| mine.goals.clone_from(&other.goals)),
            Part::SkillsOfNeeds => {
                let needs = inputs.needs.iter_mut().zip(&second.needs);
                needs.for_each(|(mine, other)| mine.skills.clone_from(&other.skills));
            }
            Part::Lists { partners: true, needs } => {
                inputs.partners.clone_from(&second.partners);
                inputs.lead = second.lead;
                if *needs {
                    inputs.needs.clone_from(&second.needs);
                    inputs.skills.clone_from(&second.skills);
                }
            }
            Part::Lists { .. } => {
                // Skills and goals of the partners stand in the order of the skills and the needs.
                each.for_each(|(mine, other)| {
                    mine.skills.clone_from(&other.skills);
                    mine.goals.clone_from(&other.goals);
                });
                inputs.needs.clone_from(&second.needs);
                inputs.skills.clone_from(&second.skills);
            }
            Part::Value(parameter) => take_value(inputs, second, parameter),
            Part::Dated(..) | Part::AllDated(_) => {}
        }
    }
}

/// Sets a parameter to what the second set-up has, silence included.
fn take_value(inputs: &mut Inputs, second: &Inputs, parameter: &'static Parameter) {
    let n = members(inputs, parameter.scope());
    for index in 0..n {
        let taken = second.setting(parameter, index).cloned();
        let values = match parameter.scope() {
            Scope::Partner => &mut inputs.partners[index].values,
            Scope::Need => &mut inputs.needs[index].values,
            _ => &mut inputs.values,
        };
        match taken {
            Some(setting) => values.insert(parameter.key, setting),
            None => values.remove(parameter.key),
        };
    }
}

/// How many partners, needs… there are; one partnership.
fn members(inputs: &Inputs, scope: Scope) -> usize {
    match scope {
        Scope::Partnership => 1,
        Scope::Partner => inputs.partners.len(),
        Scope::Need => inputs.needs.len(),
        Scope::Event => inputs.events.len(),
        Scope::Intervention => inputs.interventions.len(),
    }
}

fn names_of_partners(inputs: &Inputs) -> Vec<&str> {
    inputs.partners.iter().map(|partner| partner.name.as_str()).collect()
}

fn names_of_needs(inputs: &Inputs) -> Vec<&str> {
    inputs.needs.iter().map(|need| need.name.as_str()).collect()
}

/// The lists that have other members. Where both have, they cannot be told apart: skills and goals tie partners to needs.
fn lists(first: &Inputs, second: &Inputs, partners: bool, needs: bool) -> Option<Lever> {
    let of_partners = || told_lists(&names_of_partners(first), &names_of_partners(second));
    let of_needs = || told_lists(&names_of_needs(first), &names_of_needs(second));
    let (key, change) = match (partners, needs) {
        (false, false) => return None,
        (true, false) => ("partners", of_partners()),
        (false, true) => ("needs", of_needs()),
        (true, true) => ("partners and needs", format!("{}; {}", of_partners(), of_needs())),
    };
    Some(Lever { key: key.to_string(), change, part: Part::Lists { partners, needs } })
}

/// `8 → 7, without the hospital`.
fn told_lists(first: &[&str], second: &[&str]) -> String {
    let missing = |of: &[&str], from: &[&str]| -> Vec<String> {
        of.iter().filter(|name| !from.contains(name)).map(|name| (*name).to_string()).collect()
    };
    let (gone, come) = (missing(first, second), missing(second, first));
    let mut told = format!("{} → {}", first.len(), second.len());
    if !come.is_empty() {
        told += &format!(", with {}", few(&come));
    }
    if !gone.is_empty() {
        told += &format!(", without {}", few(&gone));
    }
    if gone.is_empty() && come.is_empty() {
        told += if first == second { ", with other skills" } else { ", in another order" };
    }
    told
}

/// A few names, and how many more there are.
fn few(names: &[String]) -> String {
    let told = names[..names.len().min(NAMED)].join(", ");
    if names.len() > NAMED { format!("{told} and {} more", names.len() - NAMED) } else { told }
}

fn lead(first: &Inputs, second: &Inputs) -> Option<Lever> {
    let name =
        |inputs: &Inputs| inputs.partners.get(inputs.lead).map_or(String::new(), |partner| quoted(&partner.name));
    let change = format!("{} → {}", name(first), name(second));
    (first.lead != second.lead).then(|| Lever { key: "governance.lead".to_string(), change, part: Part::Lead })
}

/// Sectors of the partners; their skills and goals too unless these come with other needs.
fn free_tables(first: &Inputs, second: &Inputs, other_needs: bool) -> Vec<Lever> {
    let names = names_of_partners(first);
    let sectors = |inputs: &Inputs| inputs.partners.iter().map(|partner| partner.sector.clone()).collect::<Vec<_>>();
    let skills = |inputs: &Inputs| inputs.partners.iter().map(|partner| partner.skills.clone()).collect::<Vec<_>>();
    let goals = |inputs: &Inputs| {
        inputs.partners.iter().map(|partner: &PartnerInputs| partner.goals.clone()).collect::<Vec<_>>()
    };
    let mut levers = vec![("partner.sector", told_members(&names, &sectors(first), &sectors(second)), Part::Sectors)];
    if !other_needs {
        levers.push(("partner.skills", told_members(&names, &skills(first), &skills(second)), Part::Skills));
        levers.push(("partner.goals", told_members(&names, &goals(first), &goals(second)), Part::Goals));
    }
    let lever =
        |(key, change, part): (&str, Option<String>, Part)| Some(Lever { key: key.to_string(), change: change?, part });
    levers.into_iter().filter_map(lever).collect()
}

/// Whose values differ: `of council, charity`; nothing where all are the same.
fn told_members<T: PartialEq>(names: &[&str], first: &[T], second: &[T]) -> Option<String> {
    let differs = names.iter().zip(first.iter().zip(second)).filter(|(_, (first, second))| first != second);
    let names: Vec<String> = differs.map(|(name, _)| (*name).to_string()).collect();
    (!names.is_empty()).then(|| format!("of {}", few(&names)))
}

/// The parameters of a scope that differ.
fn values(first: &Inputs, second: &Inputs, scope: Scope) -> Vec<Lever> {
    let parameters = mechanisms::parameters().filter(|parameter| parameter.scope() == scope);
    parameters
        .filter_map(|parameter| {
            let differing: Vec<(usize, String)> = (0..members(first, scope))
                .filter_map(|index| {
                    let (from, to) = (written(first, parameter, index), written(second, parameter, index));
                    (from != to).then(|| (index, format!("{from} → {to}")))
                })
                .collect();
            let change = told_values(first, scope, &differing)?;
            Some(Lever { key: parameter.key.to_string(), change, part: Part::Value(parameter) })
        })
        .collect()
}

/// `0.6 → 0.8` where all that differ do so alike and nothing else has the parameter, else by name.
fn told_values(inputs: &Inputs, scope: Scope, differing: &[(usize, String)]) -> Option<String> {
    let (_, change) = differing.first()?;
    let name = |index: usize| match scope {
        Scope::Partner => inputs.partners[index].name.clone(),
        Scope::Need => inputs.needs[index].name.clone(),
        _ => String::new(),
    };
    let names: Vec<String> = differing.iter().map(|(index, _)| name(*index)).collect();
    if differing.iter().all(|(_, other)| other == change) {
        let of_all = differing.len() == members(inputs, scope);
        return Some(if of_all { change.clone() } else { format!("{change} of {}", few(&names)) });
    }
    let each: Vec<String> =
        differing.iter().zip(&names).map(|((_, change), name)| format!("{name} {change}")).collect();
    Some(few(&each))
}

/// What is in force of a parameter, as it would be written: equal where it is the same, said or not.
fn written(inputs: &Inputs, parameter: &Parameter, index: usize) -> String {
    inputs.setting(parameter, index).map_or_else(|| default(parameter), |value| setting(value, parameter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::inputs::{DatedInputs, Setting};
    use crate::scenario::{Override, Scenario, load};

    const TOWN: &str = r#"
        [[partner]]
        name = "council"
        skills = { clinical = 0.2, social = 0.8 }
        [[partner]]
        name = "charity"
        [[partner]]
        name = "trust"
        goals = { home = 0.9 }
        [[need]]
        name = "home"
        skills = { clinical = 0.5, social = 0.5 }
        [[event]]
        name = "reform"
        kind = "policy_change"
        partners = ["trust"]
        month = 3
        [[event]]
        name = "cut"
        kind = "funding_cut"
        month = 5
    "#;

    fn load_text(text: &str, set: &[&str]) -> Scenario {
        let changes: Vec<Override> = set.iter().map(|change| Override::parse(change).unwrap()).collect();
        load(text, "town.toml", &changes, &|_| Err(String::new())).unwrap()
    }

    fn keys(levers: &[Lever]) -> Vec<&str> {
        levers.iter().map(|lever| lever.key.as_str()).collect()
    }

    /// What the model sees, as text.
    fn seen(inputs: &Inputs) -> String {
        format!("{inputs:?}")
    }

    fn ends_agree(first: &Inputs, second: &Inputs) -> Vec<Lever> {
        let levers = levers(first, second);
        assert_eq!(seen(&hybrid(first, second, &levers, &vec![false; levers.len()])), seen(first));
        assert_eq!(seen(&hybrid(first, second, &levers, &vec![true; levers.len()])), seen(second));
        levers
    }

    #[test]
    fn the_same_setting_said_or_not_is_no_lever() {
        let first = load_text(TOWN, &[]).inputs;
        let default = mechanisms::parameters().find(|parameter| parameter.key == "communication.quality").map(default);
        let second = load_text(TOWN, &[&format!("communication.quality={}", default.unwrap())]).inputs;
        assert_eq!(keys(&levers(&first, &second)), [""; 0]);
    }

    #[test]
    fn a_parameter_of_several_partners_is_one_lever_named_with_its_values() {
        let first = load_text(TOWN, &[]).inputs;
        let set =
            ["partner.council.resources.money=300", "partner.trust.resources.money=300", "governance.lead=charity"];
        let second = load_text(TOWN, &set).inputs;
        let levers = ends_agree(&first, &second);
        assert_eq!(keys(&levers), ["governance.lead", "partner.resources.money"]);
        assert_eq!(levers[0].change, "\"council\" → \"charity\"");
        assert!(levers[1].change.ends_with(" → 300 of council, trust"), "{}", levers[1].change);
        let one = hybrid(&first, &second, &levers, &[false, true]);
        assert_eq!((one.lead, &one.partners[0].values), (0, &second.partners[0].values));
    }

    #[test]
    fn other_partners_come_with_all_that_names_them_by_position() {
        let first = load_text(TOWN, &[]).inputs;
        let text = TOWN.replace("[[partner]]\n        name = \"charity\"\n", "").replace("month = 5", "month = 6");
        let second = load_text(&text, &["governance.lead=trust"]).inputs;
        let levers = ends_agree(&first, &second);
        assert_eq!(keys(&levers), ["partners", "event.cut"]);
        assert_eq!(levers[0].change, "3 → 2, without charity");
        let one = hybrid(&first, &second, &levers, &[true, false]);
        // The reform concerned the third partner, who is now the second.
        assert_eq!((one.lead, &one.events[0].partners), (1, &vec![1]));
        assert!(levers[0].covers("partner.autonomy", "charity") && levers[1].covers("event.month", "cut"));
    }

    #[test]
    fn an_event_that_concerns_nobody_who_is_there_falls_away() {
        let first = load_text(TOWN, &[]).inputs;
        let text = TOWN.replace("name = \"trust\"", "name = \"practice\"").replace("[\"trust\"]", "[\"practice\"]");
        let second = load_text(&text, &[]).inputs;
        let levers = ends_agree(&first, &second);
        assert_eq!(keys(&levers), ["partners", "event.reform"]);
        let one = hybrid(&first, &second, &levers, &[true, false]);
        assert_eq!(one.events.iter().map(|event| event.name.as_str()).collect::<Vec<_>>(), ["cut"]);
    }

    #[test]
    fn other_needs_bring_the_skills_and_goals_that_stand_in_their_order() {
        let first = load_text(TOWN, &[]).inputs;
        let more = format!("{TOWN}\n[[need]]\nname = \"falls\"\nskills = {{ practical = 1 }}\n");
        let second = load_text(&more, &["partner.charity.autonomy=0.9"]).inputs;
        let levers = ends_agree(&first, &second);
        assert_eq!(keys(&levers), ["needs", "partner.autonomy"]);
        let one = hybrid(&first, &second, &levers, &[true, false]);
        assert_eq!((one.partners[0].skills.len(), one.partners[0].goals.len()), (3, 2));
    }

    #[test]
    fn an_event_added_left_out_or_changed_is_a_lever_each_and_another_order_is_one() {
        let first = load_text(TOWN, &[]).inputs;
        let mut second = first.clone();
        second.events.remove(0);
        second.events.insert(0, DatedInputs { name: "storm".to_string(), ..DatedInputs::default() });
        second.events[1]
            .values
            .insert("event.month", Setting::Number(crate::model::uncertainty::Uncertainty::Fixed(9.0)));
        let levers = ends_agree(&first, &second);
        let told: Vec<String> = levers.iter().map(|lever| format!("{} {}", lever.key, lever.change)).collect();
        assert_eq!(told, ["event.reform left out", "event.storm added", "event.cut changed"]);
        let mut turned = first.clone();
        turned.events.reverse();
        assert_eq!(keys(&ends_agree(&first, &turned)), ["events"]);
    }

    #[test]
    fn skills_goals_and_sectors_are_levers_of_their_own() {
        let first = load_text(TOWN, &[]).inputs;
        let set =
            ["partner.council.skills.clinical=0.6", "partner.trust.goals.home=0.1", "partner.trust.sector=health"];
        let second = load_text(TOWN, &set).inputs;
        let levers = ends_agree(&first, &second);
        assert_eq!(keys(&levers), ["partner.sector", "partner.skills", "partner.goals"]);
        assert_eq!(levers[1].change, "of council");
    }
}
