//! The uncertain parameters of a scenario: which there are, and what value each has in a replication.
//!
//! A method that looks for the worlds in which something happens needs what made each world. Each value is drawn by
//! [`Drawn`], as the model does it, from the same address and held within the same bounds.

use crate::model::drawn::Drawn;
use crate::model::draws::Draws;
use crate::model::inputs::{Inputs, Setting};
use crate::model::lanes::Lane;
use crate::model::mechanisms;
use crate::model::parameter::{Domain, Parameter, Scope};
use crate::model::uncertainty::Uncertainty;

/// One parameter that differs between replications.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uncertain {
    what: What,
    /// The partner, need, event or intervention it belongs to; 0 where it is the partnership's own.
    index: usize,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Parameter(&'static Parameter),
    NeedSkill(usize),
    PartnerSkill(usize),
    PartnerGoal(usize),
}

impl PartialEq for What {
    fn eq(&self, other: &What) -> bool {
        match (self, other) {
            (What::Parameter(one), What::Parameter(other)) => one.key == other.key,
            (What::NeedSkill(one), What::NeedSkill(other))
            | (What::PartnerSkill(one), What::PartnerSkill(other))
            | (What::PartnerGoal(one), What::PartnerGoal(other)) => one == other,
            _ => false,
        }
    }
}

/// Every uncertain parameter of a scenario, a default that is itself an uncertainty among them: first the partnership's, then
/// those of needs, events, interventions and partners, in the scenario's order.
pub fn uncertain(inputs: &Inputs) -> Vec<Uncertain> {
    let mut found = of_scope(inputs, Scope::Partnership, 0);
    for (k, need) in inputs.needs.iter().enumerate() {
        found.extend(of_scope(inputs, Scope::Need, k));
        found.extend(free(need.skills.iter().map(Some), What::NeedSkill, k));
    }
    (0..inputs.events.len()).for_each(|k| found.extend(of_scope(inputs, Scope::Event, k)));
    (0..inputs.interventions.len()).for_each(|k| found.extend(of_scope(inputs, Scope::Intervention, k)));
    for (i, partner) in inputs.partners.iter().enumerate() {
        found.extend(of_scope(inputs, Scope::Partner, i));
        found.extend(free(partner.skills.iter().map(Some), What::PartnerSkill, i));
        found.extend(free(partner.goals.iter().map(Option::as_ref), What::PartnerGoal, i));
    }
    found
}

fn of_scope(inputs: &Inputs, scope: Scope, index: usize) -> Vec<Uncertain> {
    let differs = |parameter: &&'static Parameter| match (inputs.setting(parameter, index), &parameter.domain) {
        (Some(Setting::Number(given)), _) | (None, Domain::Number { default: given, .. }) => is_drawn(given),
        _ => false,
    };
    let parameters = mechanisms::parameters().filter(|parameter| parameter.scope() == scope);
    parameters.filter(differs).map(|parameter| Uncertain { what: What::Parameter(parameter), index }).collect()
}

/// What has no parameter of its own: skills and goals.
fn free<'u>(
    given: impl Iterator<Item = Option<&'u Uncertainty>>,
    what: fn(usize) -> What,
    index: usize,
) -> impl Iterator<Item = Uncertain> {
    given
        .enumerate()
        .filter(|(_, given)| given.is_some_and(is_drawn))
        .map(move |(k, _)| Uncertain { what: what(k), index })
}

fn is_drawn(uncertainty: &Uncertainty) -> bool {
    !matches!(uncertainty, Uncertainty::Fixed(_))
}

impl Uncertain {
    /// Where a scenario sets it, as after `--set`: `partner.council.resources.money`, `need."falls prevention".value`.
    pub fn path(&self, inputs: &Inputs) -> String {
        let skill = |s: usize| format!("skills.{}", quoted(inputs.skills.get(s).map_or("", String::as_str)));
        let local = match self.what {
            What::Parameter(parameter) => parameter.local_key().to_string(),
            What::NeedSkill(s) | What::PartnerSkill(s) => skill(s),
            What::PartnerGoal(k) => format!("goals.{}", quoted(&inputs.needs[k].name)),
        };
        let of = |table: &str, name: &str| format!("{table}.{}.{local}", quoted(name));
        match self.scope() {
            Scope::Partnership => local,
            Scope::Partner => of("partner", &inputs.partners[self.index].name),
            Scope::Need => of("need", &inputs.needs[self.index].name),
            Scope::Event => of("event", &inputs.events[self.index].name),
            Scope::Intervention => of("intervention", &inputs.interventions[self.index].name),
        }
    }

    fn scope(&self) -> Scope {
        match self.what {
            What::Parameter(parameter) => parameter.scope(),
            What::NeedSkill(_) => Scope::Need,
            What::PartnerSkill(_) | What::PartnerGoal(_) => Scope::Partner,
        }
    }

    /// One sentence on what it means in the world.
    pub fn meaning(&self) -> &'static str {
        match self.what {
            What::Parameter(parameter) => parameter.meaning,
            What::NeedSkill(_) => "Weight of a skill in meeting a need, before the weights are scaled to sum to one.",
            What::PartnerSkill(_) => {
                "Share of a partner's days in a skill, before the shares are scaled to sum to one."
            }
            What::PartnerGoal(_) => "How much a partner cares for a need at the start.",
        }
    }

    /// Unit in words.
    pub fn unit(&self) -> &'static str {
        match self.what {
            What::Parameter(parameter) => parameter.unit,
            What::NeedSkill(_) => "weight",
            What::PartnerSkill(_) => "share of days",
            What::PartnerGoal(_) => "share",
        }
    }

    /// Its value in `L` consecutive replications.
    pub fn values<const L: usize>(&self, drawn: &Drawn<L>) -> Lane<L> {
        match self.what {
            What::Parameter(parameter) => drawn.number(parameter, self.index),
            What::NeedSkill(s) => drawn.need_skill(self.index, s),
            What::PartnerSkill(s) => drawn.partner_skill(self.index, s),
            What::PartnerGoal(k) => drawn.partner_goal(self.index, k).unwrap_or(Lane::ZERO),
        }
    }
}

/// The values of uncertain parameters in replications `first` to `first + size - 1` under a seed: one column each.
///
/// ```
/// use partnersim::model::inputs::{Inputs, Setting};
/// use partnersim::model::uncertain::{columns, uncertain};
/// use partnersim::model::uncertainty::Uncertainty;
/// let mut inputs = Inputs::default();
/// inputs.set("communication.quality", Setting::Number(Uncertainty::Uniform { low: 0.2, high: 0.4 }));
/// let found = uncertain(&inputs);
/// let quality = found.iter().position(|one| one.path(&inputs) == "communication.quality").unwrap();
/// let values = &columns(&found, &inputs, 1, 0, 20)[quality];
/// assert!(values.len() == 20 && values.iter().all(|value| (0.2..0.4).contains(value)));
/// ```
pub fn columns(uncertain: &[Uncertain], inputs: &Inputs, seed: u64, first: u64, size: usize) -> Vec<Vec<f64>> {
    const LANES: usize = 8;
    let mut columns = vec![vec![0.0; size]; uncertain.len()];
    for at in (0..size).step_by(LANES) {
        let drawn = Drawn::new(inputs, Draws::<LANES>::new(seed, first.wrapping_add(at as u64)));
        let end = size.min(at + LANES);
        for (column, one) in columns.iter_mut().zip(uncertain) {
            column[at..end].copy_from_slice(&one.values(&drawn).0[..end - at]);
        }
    }
    columns
}

/// Where a scenario sets the parameter of a key that belongs to somebody of a name, which is empty for the partnership's own.
///
/// ```
/// use partnersim::model::uncertain::path_of;
/// assert_eq!(path_of("partner.autonomy", "health board"), "partner.\"health board\".autonomy");
/// assert_eq!(path_of("communication.quality", ""), "communication.quality");
/// ```
pub fn path_of(key: &str, belongs_to: &str) -> String {
    match key.split_once('.') {
        Some((table, local)) if !belongs_to.is_empty() => format!("{table}.{}.{local}", quoted(belongs_to)),
        _ => key.to_string(),
    }
}

fn quoted(name: &str) -> String {
    if name.contains(['.', ' ', '"']) { format!("\"{name}\"") } else { name.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::math;
    use crate::model::world::World;

    /// A world in which one thing of each kind is uncertain.
    fn inputs() -> Inputs {
        let mut inputs = mechanisms::small_world(2, &[]);
        let uniform = Uncertainty::Uniform { low: 0.2, high: 0.6 };
        inputs.set("communication.quality", Setting::Number(uniform.clone()));
        inputs.set("partner.autonomy", Setting::Number(Uncertainty::Normal { mean: 0.5, sd: 1.0 }));
        inputs.set("need.demand", Setting::Number(Uncertainty::Uniform { low: 10.0, high: 90.0 }));
        inputs.partners[1].name = "user-led group".to_string();
        inputs.partners[1].skills[1] = uniform.clone();
        inputs.partners[1].goals = vec![Some(uniform.clone())];
        inputs.needs[0].skills[0] = uniform;
        inputs
    }

    #[test]
    fn the_values_are_the_numbers_that_the_model_works_with() {
        let inputs = inputs();
        let found = uncertain(&inputs);
        let columns = columns(&found, &inputs, 5, 100, 20);
        for first in (100..120).step_by(4) {
            let world = World::<4>::new(&inputs, Draws::new(5, first));
            for r in 0..4 {
                let value = |path: &str| {
                    let at = found.iter().position(|one| one.path(&inputs) == path);
                    columns[at.unwrap_or_else(|| panic!("no {path}"))][first as usize - 100 + r]
                };
                assert_eq!(
                    world.needs[0].usual_demand[r],
                    value(&format!("need.{}.demand", quoted(&inputs.needs[0].name)))
                );
                assert_eq!(world.partners[0].autonomy[r], value("partner.\"partner 0\".autonomy"));
                assert_eq!(world.partners[1].autonomy[r], value("partner.\"user-led group\".autonomy"));
                // Defaults that are uncertain themselves.
                assert_eq!(world.partners[1].envy[r], value("partner.\"user-led group\".envy"));
                let goal = format!("partner.\"user-led group\".goals.{}", quoted(&inputs.needs[0].name));
                assert_eq!(world.mandates[1][r], value(&goal));
                let weight = value(&format!("partner.\"user-led group\".skills.{}", quoted(&inputs.skills[1])));
                let Uncertainty::Fixed(other) = inputs.partners[1].skills[0] else { panic!("fixed") };
                assert_eq!(world.skills[3][r], weight / (other + weight));
                let weight =
                    value(&format!("need.{}.skills.{}", quoted(&inputs.needs[0].name), quoted(&inputs.skills[0])));
                let Uncertainty::Fixed(other) = inputs.needs[0].skills[1] else { panic!("fixed") };
                assert_eq!(world.needs[0].skills[0][r], weight / (weight + other));
            }
        }
    }

    #[test]
    fn values_are_held_within_what_the_parameter_allows() {
        let inputs = inputs();
        let found = uncertain(&inputs);
        let autonomy = found.iter().filter(|one| one.path(&inputs).ends_with(".autonomy")).copied().collect::<Vec<_>>();
        let values = columns(&autonomy, &inputs, 1, 0, 400).concat();
        assert!(values.iter().all(|&value| value == math::unit(value)));
        assert!(values.contains(&0.0) && values.contains(&1.0), "a normal number of that spread is often beyond");
    }

    #[test]
    fn a_replication_has_the_same_values_in_any_stretch_and_what_is_known_has_no_column() {
        let inputs = inputs();
        let found = uncertain(&inputs);
        let (whole, part) = (columns(&found, &inputs, 9, 0, 50), columns(&found, &inputs, 9, 33, 5));
        assert!(whole.iter().zip(&part).all(|(whole, part)| whole[33..38] == part[..]));
        assert!(found.iter().all(|one| one.path(&inputs) != "communication.meetings"));
        let paths: std::collections::BTreeSet<String> = found.iter().map(|one| one.path(&inputs)).collect();
        assert_eq!(paths.len(), found.len());
        assert!(found.iter().all(|one| one.meaning().ends_with('.') && !one.unit().is_empty()));
    }
}
