//! The partners of a scenario as text: what holds for every partner that does not say otherwise first, then each of them,
//! those that are copies of one in a single table.

use super::{braces, setting};
use crate::model::parameter::Scope;
use crate::scenario::notation::quoted;
use crate::scenario::resolve::assumptions::DEFAULT;
use crate::scenario::{Assumption, Scenario};

/// Who set what is said of every partner.
const EVERY: &str = "every_partner";

/// What is said of one partner.
#[derive(Debug)]
struct Said<'s> {
    name: &'s str,
    /// Sector, parameters and goals, each by its key without the leading `partner.`.
    lines: Vec<Line<'s>>,
    /// All skills, or none where nothing is said of any.
    skills: Vec<Line<'s>>,
}

/// A key, its value, and whether it holds because it is said of every partner.
#[derive(Debug, Clone, Copy)]
struct Line<'s> {
    key: &'s str,
    value: &'s str,
    is_every: bool,
}

impl PartialEq for Line<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.key, self.value) == (other.key, other.value)
    }
}

/// `[every_partner]` and the tables of all partners.
pub(super) fn partners(scenario: &Scenario) -> String {
    let lines: Vec<&Assumption> =
        scenario.assumptions.iter().filter(|line| Scope::of(&line.key) == Scope::Partner).collect();
    let mut rest = lines.as_slice();
    let mut partners = Vec::new();
    for partner in &scenario.inputs.partners {
        // The log tells of each partner in one stretch, in the partners' order.
        let n = rest.iter().take_while(|line| line.belongs_to == partner.name).count();
        partners.push(said(&partner.name, &rest[..n]));
        rest = &rest[n..];
    }
    let (every, every_skills) = (of_every(&partners), skills_of_every(&partners));
    for partner in &mut partners {
        partner.lines.retain(|line| !(line.is_every && every.contains(line)));
        if is_of_every(&partner.skills) && partner.skills == every_skills {
            partner.skills.clear();
        }
    }
    let mut text = String::new();
    if !every.is_empty() || !every_skills.is_empty() {
        text.push_str("\n[every_partner]\n");
        text.push_str(&settings(&every, &every_skills));
    }
    let mut rest = partners.as_slice();
    while let Some(first) = rest.first() {
        let n = copies(rest, &partners);
        let stem = first.name.strip_suffix("-1").filter(|_| n > 1);
        text.push_str(&format!("\n[[partner]]\n{}", setting("name", &quoted(stem.unwrap_or(first.name)))));
        if n > 1 {
            text.push_str(&setting("count", &n.to_string()));
        }
        text.push_str(&settings(&first.lines, &first.skills));
        rest = &rest[n..];
    }
    text
}

fn said<'s>(name: &'s str, lines: &[&'s Assumption]) -> Said<'s> {
    let mut said = Said { name, lines: Vec::new(), skills: Vec::new() };
    let mut is_skilled = false;
    for line in lines {
        let key = line.key.strip_prefix("partner.").unwrap_or(&line.key);
        let one = Line { key, value: &line.value, is_every: line.set_by == EVERY };
        match key.strip_prefix("skills.") {
            Some(skill) => {
                is_skilled |= line.set_by != DEFAULT;
                said.skills.push(Line { key: skill, ..one });
            }
            None => said.lines.extend((line.set_by != DEFAULT).then_some(one)),
        }
    }
    // A table of skills lists them all, or what it leaves out would get no days.
    said.skills.retain(|_| is_skilled);
    said
}

/// What is said of every partner, and is the same for all that say nothing themselves.
fn of_every<'s>(partners: &[Said<'s>]) -> Vec<Line<'s>> {
    let mut every: Vec<Line<'s>> = Vec::new();
    for line in partners.iter().flat_map(|partner| &partner.lines).filter(|line| line.is_every) {
        let is_known = every.iter().any(|known| known.key == line.key);
        // What varies between copies of a template is not the same for them and for a partner that is none.
        let is_one = partners.iter().all(|partner| {
            let own = partner.lines.iter().find(|own| own.key == line.key);
            own.is_some_and(|own| !own.is_every || own.value == line.value)
        });
        every.extend((is_one && !is_known).then_some(*line));
    }
    every
}

/// The skills of those partners that have them because they are said of every partner, where these are the same.
fn skills_of_every<'s>(partners: &[Said<'s>]) -> Vec<Line<'s>> {
    let mut of_every = partners.iter().filter(|partner| is_of_every(&partner.skills)).map(|partner| &partner.skills);
    let is_said = partners.iter().all(|partner| !partner.skills.is_empty());
    let first = of_every.next().filter(|_| is_said).cloned().unwrap_or_default();
    if of_every.all(|skills| *skills == first) { first } else { Vec::new() }
}

fn is_of_every(skills: &[Line<'_>]) -> bool {
    !skills.is_empty() && skills.iter().all(|line| line.is_every)
}

/// How many of the next partners one table can stand for: `name-1`, `name-2`… of whom the same is said.
fn copies(next: &[Said<'_>], all: &[Said<'_>]) -> usize {
    let first = &next[0];
    let Some(stem) = first.name.strip_suffix("-1") else { return 1 };
    if stem.is_empty() || stem != stem.trim() || all.iter().any(|partner| partner.name == stem) {
        return 1;
    }
    let is_copy = |(position, other): &(usize, &Said<'_>)| {
        other.name == format!("{stem}-{}", position + 1) && other.lines == first.lines && other.skills == first.skills
    };
    next.iter().enumerate().take_while(is_copy).count()
}

/// Keys, then skills, then goals, in the order in which a person would write them.
fn settings(lines: &[Line<'_>], skills: &[Line<'_>]) -> String {
    let mut text = String::new();
    let mut goals = Vec::new();
    for line in lines {
        match line.key.strip_prefix("goals.") {
            Some(need) => goals.push((need, line.value)),
            None => text.push_str(&setting(line.key, line.value)),
        }
    }
    let skills: Vec<(&str, &str)> = skills.iter().map(|line| (line.key, line.value)).collect();
    for (name, entries) in [("skills", skills), ("goals", goals)] {
        if !entries.is_empty() {
            text.push_str(&braces(name, &entries));
        }
    }
    text
}
