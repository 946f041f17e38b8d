//! Who is in the partnership: templates expanded into copies, and what is said of each, nearest place first.

use crate::model::inputs::Setting;
use crate::model::parameter::Parameter;
use crate::model::uncertainty::Uncertainty;
use crate::scenario::check::layer::{Layer, Partner};
use crate::scenario::check::{Checked, Given, as_number};
use crate::scenario::faults::Faults;
use crate::scenario::notation::default_setting;
use crate::scenario::source::Kind;
use std::collections::BTreeSet;

/// One partner after expansion.
#[derive(Debug)]
pub struct Member<'c> {
    /// Its own name: that of its table, or `name-1`, `name-2`… of a template.
    pub name: String,
    /// The table it comes from.
    pub partner: &'c Partner,
    /// What is said of it, nearest first: of this copy, in its table, of every partner.
    layers: Vec<&'c Layer>,
}

/// All partners, templates expanded. The caller has made sure that there are not too many.
pub fn members<'c>(checked: &'c Checked) -> Vec<Member<'c>> {
    let expand = |partner: &'c Partner| (1..=partner.count).map(move |copy| member(checked, partner, copy));
    checked.partners.iter().flat_map(expand).collect()
}

fn member<'c>(checked: &'c Checked, partner: &'c Partner, copy: u64) -> Member<'c> {
    let name = if partner.count == 1 { partner.name.clone() } else { format!("{}-{copy}", partner.name) };
    let own = partner.copies.iter().filter(|(number, _)| *number == copy).map(|(_, layer)| layer);
    Member { name, partner, layers: own.chain([&partner.layer, &checked.every_partner]).collect() }
}

/// Positions of the partners that a name stands for: the partner or the one copy of that name, else all copies of a template.
pub fn called(members: &[Member<'_>], name: &str) -> Vec<usize> {
    let positions = |has: &dyn Fn(&Member<'_>) -> bool| {
        members.iter().enumerate().filter(|(_, member)| has(member)).map(|(i, _)| i).collect::<Vec<usize>>()
    };
    let own = positions(&|member| member.name == name);
    if own.is_empty() { positions(&|member| member.partner.name == name) } else { own }
}

/// Every name that stands for partners: of the tables first, then of copies.
pub fn names<'m>(members: &'m [Member<'_>]) -> Vec<&'m str> {
    let mut seen = BTreeSet::new();
    let tables = members.iter().map(|member| member.partner.name.as_str());
    tables.chain(members.iter().map(|member| member.name.as_str())).filter(|name| seen.insert(*name)).collect()
}

impl<'c> Member<'c> {
    /// What a parameter is set to, and whether that is said of every partner; `None` when nothing is said.
    pub fn setting(&self, parameter: &Parameter) -> Option<(&'c Given<Setting>, bool)> {
        self.said(|layer| layer.values.get(parameter.key))
    }

    /// Whether a parameter is set for this very copy, which then does not vary.
    pub fn is_set_for_copy(&self, parameter: &Parameter) -> bool {
        self.layers.len() > 2 && self.layers[0].values.contains_key(parameter.key)
    }

    /// The number in force for a parameter declared as one.
    pub fn number(&self, parameter: &Parameter) -> Uncertainty {
        let set = self.setting(parameter).map(|(given, _)| given.value.clone());
        as_number(set.unwrap_or_else(|| default_setting(parameter)))
    }

    /// Its sector.
    pub fn sector(&self) -> Option<(&'c Given<String>, bool)> {
        self.said(|layer| layer.sector.as_ref())
    }

    /// How much copies of its template differ; `None` for a partner that is no copy.
    pub fn variation(&self) -> Option<&'c Given<f64>> {
        self.said(|layer| layer.variation.as_ref()).map(|(given, _)| given).filter(|_| self.partner.count > 1)
    }

    /// How much it cares for a need, where that is said.
    pub fn goal(&self, need: &str) -> Option<(&'c Given<Uncertainty>, bool)> {
        self.said(|layer| layer.goals.iter().find(|(name, _)| name == need).map(|(_, given)| given))
    }

    /// The weight of a skill: as said; 0 where a table of skills leaves it out; `None` where no place lists skills.
    pub fn skill(&self, skill: &str, faults: &Faults) -> Option<Skill<'c>> {
        for (depth, layer) in self.layers.iter().enumerate() {
            let every = depth + 1 == self.layers.len();
            if let Some((_, given)) = layer.skills.iter().find(|(name, _)| name == skill) {
                return Some(Skill { given: Some(given), every });
            }
            // A `--set` changes one weight and leaves the others; a table in the scenario lists them all.
            if layer.skills.iter().any(|(_, given)| faults.sources.kind(given.mark) != Kind::Set) {
                return Some(Skill { given: None, every });
            }
        }
        None
    }

    fn said<T>(&self, read: impl Fn(&'c Layer) -> Option<T>) -> Option<(T, bool)> {
        let last = self.layers.len() - 1;
        self.layers.iter().enumerate().find_map(|(depth, layer)| read(layer).map(|value| (value, depth == last)))
    }
}

/// What is said of a skill.
#[derive(Debug)]
pub struct Skill<'c> {
    /// The weight; `None` when the table of skills leaves this one out.
    pub given: Option<&'c Given<Uncertainty>>,
    /// Whether it is said of every partner.
    pub every: bool,
}

impl Checked {
    /// Names of the skills, in order of first mention among the needs.
    pub fn skills(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let names = self.needs.iter().flat_map(|need| &need.skills).map(|(name, _)| name.as_str());
        names.filter(|name| seen.insert(*name)).collect()
    }

    /// Partners after expansion.
    pub fn n_partners(&self) -> u64 {
        self.partners.iter().map(|partner| partner.count).sum()
    }
}
