//! Who is in the partnership: templates expanded into copies, and what is said of each, nearest place first.

use crate::model::inputs::Setting;
use crate::model::parameter::Parameter;
use crate::model::uncertainty::Uncertainty;
use crate::scenario::check::layer::{Layer, Partner};
use crate::scenario::check::{Checked, Given, as_number};
use crate::scenario::faults::Faults;
use crate::scenario::notation::default_setting;
use crate::scenario::source::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// One partner after expansion.
#[derive(Debug)]
pub struct Member<'c> {
    /// Its own name: that of its table, or `name-1`, `name-2`… of a template.
    pub name: String,
    /// The table it comes from.
    pub partner: &'c Partner,
    /// Which copy of that table it is, from 1.
    copy: u64,
    /// What is said of it, nearest first: of this copy, in its table, of every partner.
    layers: Vec<&'c Layer>,
}

/// All partners who take part, templates expanded. The caller has made sure that there are not too many.
///
/// Where more take part than are listed, the list is gone through again: each partner in it, and each copy of a template, gets
/// a further copy.
pub fn members<'c>(checked: &'c Checked) -> Vec<Member<'c>> {
    let listed = listed(checked);
    let n = checked.n_partners() as usize;
    let further = further(&listed, n.saturating_sub(listed.len()));
    let further = further.into_iter().map(|(partner, copy)| member(checked, partner, copy));
    listed.into_iter().map(|(partner, copy)| member(checked, partner, copy)).chain(further).take(n).collect()
}

/// Every partner listed, each copy of a template by itself: its table and the number of the copy.
fn listed(checked: &Checked) -> Vec<(&Partner, u64)> {
    checked.partners.iter().flat_map(|partner| (1..=partner.count).map(move |copy| (partner, copy))).collect()
}

/// The `n` that follow on those listed. A number whose name another partner has is passed over.
fn further<'c>(listed: &[(&'c Partner, u64)], n: usize) -> Vec<(&'c Partner, u64)> {
    let taken: BTreeSet<String> = listed.iter().map(|(partner, copy)| name(partner, *copy)).collect();
    let mut last: BTreeMap<&str, u64> = listed.iter().map(|(partner, copy)| (partner.name.as_str(), *copy)).collect();
    let again = listed.iter().cycle().take(n).map(|(partner, _)| {
        let copy = last.entry(&partner.name).or_insert(0);
        *copy += 1;
        while taken.contains(&name(partner, *copy)) {
            *copy += 1;
        }
        (*partner, *copy)
    });
    again.collect()
}

fn member<'c>(checked: &'c Checked, partner: &'c Partner, copy: u64) -> Member<'c> {
    let own = partner.copies.iter().filter(|(number, _)| *number == copy).map(|(_, layer)| layer);
    let layers = own.chain([&partner.layer, &checked.every_partner]).collect();
    Member { name: name(partner, copy), partner, copy, layers }
}

fn name(partner: &Partner, copy: u64) -> String {
    // A single partner keeps its name when others are added in its likeness.
    if partner.count == 1 && copy == 1 { partner.name.clone() } else { format!("{}-{copy}", partner.name) }
}

/// Whether a name stands for a partner that is listed and does not take part.
pub fn is_left_out(checked: &Checked, wanted: &str) -> bool {
    let named = |(partner, copy): &(&Partner, u64)| partner.name == wanted || name(partner, *copy) == wanted;
    called(&members(checked), wanted).is_empty() && listed(checked).iter().any(named)
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

    /// Whether it is one copy of several, or was added in the likeness of another.
    pub fn is_copy(&self) -> bool {
        self.partner.count > 1 || self.copy > 1
    }

    /// How much copies of its template differ; `None` for a partner that is no copy.
    pub fn variation(&self) -> Option<&'c Given<f64>> {
        self.said(|layer| layer.variation.as_ref()).map(|(given, _)| given).filter(|_| self.is_copy())
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

    /// Partners who take part, after expansion.
    pub fn n_partners(&self) -> u64 {
        let listed = self.n_listed();
        // Nobody can be repeated where nobody is listed.
        self.taking_part.as_ref().filter(|_| listed > 0).map_or(listed, |given| given.value)
    }

    /// Partners listed, after expansion.
    pub fn n_listed(&self) -> u64 {
        self.partners.iter().map(|partner| partner.count).sum()
    }
}
