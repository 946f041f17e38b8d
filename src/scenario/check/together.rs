//! Whether the parts of a scenario fit together: numbers of things, names, and faults no single value shows.

use crate::model::inputs::Setting;
use crate::model::mechanisms::{contributions, membership};
use crate::model::parameter::Parameter;
use crate::model::uncertainty::Uncertainty;
use crate::model::{need as needs, partner};
use crate::scenario::check::governance;
use crate::scenario::check::layer::MOST_PARTNERS;
use crate::scenario::check::members::{Member, members};
use crate::scenario::check::need::{Need, Weights};
use crate::scenario::check::{Checked, spread};
use crate::scenario::faults::Faults;
use crate::scenario::nearest::suggestion;
use crate::scenario::notation::{default_setting, number as written};
use crate::scenario::source::Mark;
use std::collections::BTreeSet;

/// Most needs a scenario can have.
const MOST_NEEDS: usize = 8;

/// Most skills the needs can ask for.
const MOST_SKILLS: usize = 16;

/// Looks at everything together.
pub fn together(checked: &Checked, faults: &mut Faults) {
    let countable = n_partners(checked, faults);
    n_needs(checked, faults);
    duplicates(checked.needs.iter().map(|need| (need.name.as_str(), need.mark)), "need", faults);
    demand(checked, faults);
    contributor_shares(checked, faults);
    governance::together(checked, faults);
    if countable {
        let members = members(checked);
        duplicates(members.iter().map(|member| (member.name.as_str(), member.partner.mark)), "partner", faults);
        minimum_partners(checked, members.len(), faults);
        governance::cap(checked, members.len(), faults);
        resources(&members, faults);
        if names_known(checked, faults) {
            skills(checked, &members, faults);
        }
        variation(checked, faults);
    }
}

/// Whether there are as many partners as can be run.
fn n_partners(checked: &Checked, faults: &mut Faults) -> bool {
    let n = checked.n_partners();
    let last = checked.partners.last().map(|partner| partner.mark);
    let help = match n {
        0 | 1 if checked.incomplete => return false,
        0 => "add at least two [[partner]] tables, or partners = \"file.csv\"",
        1 => "a partnership takes at least two; each of them working alone is run beside it anyway",
        n if n > MOST_PARTNERS => "at most 200 can be run; group the smaller ones, or lower `count`",
        _ => return true,
    };
    let told = match n {
        0 => "no partners".to_owned(),
        1 => "1 partner".to_owned(),
        n => format!("{n} partners"),
    };
    faults.whole(last, format!("the scenario has {told}"), help);
    false
}

fn n_needs(checked: &Checked, faults: &mut Faults) {
    let (n, last) = (checked.needs.len(), checked.needs.last().map(|need| need.mark));
    if n == 0 && !checked.incomplete {
        faults.whole(
            None,
            "the scenario has no need",
            "add at least one [[need]] table: whom the partners are to help",
        );
    } else if n > MOST_NEEDS {
        faults.whole(last, format!("the scenario has {n} needs"), format!("at most {MOST_NEEDS} can be run"));
    }
    let skills = checked.skills().len();
    if skills > MOST_SKILLS {
        faults.whole(last, format!("the needs ask for {skills} skills"), format!("at most {MOST_SKILLS} can be run"));
    }
}

/// Tells each name that was used before.
fn duplicates<'n>(names: impl Iterator<Item = (&'n str, Mark)>, what: &str, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for (name, mark) in names.filter(|(name, _)| !name.is_empty()) {
        if !seen.insert(name) {
            let message = format!("a second {what} is called \"{name}\"");
            faults.whole(Some(mark), message, format!("give each {what} a name of its own"));
        }
    }
}

/// Whether all skills and goals of partners are among those of the needs. Nothing is told while a need is itself at fault.
fn names_known(checked: &Checked, faults: &mut Faults) -> bool {
    let sound = |need: &Need| !need.skills.is_empty() && !need.name.is_empty();
    if checked.needs.is_empty() || checked.needs.len() > MOST_NEEDS || !checked.needs.iter().all(sound) {
        return false;
    }
    let (skills, needs) = (checked.skills(), checked.needs.iter().map(|need| need.name.as_str()).collect::<Vec<_>>());
    let own = checked
        .partners
        .iter()
        .flat_map(|partner| std::iter::once(&partner.layer).chain(partner.copies.iter().map(|(_, layer)| layer)));
    let mut known = true;
    for layer in std::iter::once(&checked.every_partner).chain(own) {
        known &= all_known(&layer.skills, &skills, "no need asks for the skill", faults);
        all_known(&layer.goals, &needs, "there is no need", faults);
    }
    known
}

fn all_known(weights: &Weights, known: &[&str], message: &str, faults: &mut Faults) -> bool {
    let unknown = |name: &str| !known.contains(&name);
    for (name, given) in weights.iter().filter(|(name, _)| unknown(name)) {
        faults.whole(Some(given.mark), format!("{message} \"{name}\""), suggestion(name, known.iter().copied()));
    }
    !weights.iter().any(|(name, _)| unknown(name))
}

fn demand(checked: &Checked, faults: &mut Faults) {
    let nobody = |need: &Need| {
        let given = need.values.get(needs::DEMAND.key);
        given.is_some_and(|given| given.value == Setting::Number(Uncertainty::Fixed(0.0)))
    };
    if !checked.needs.is_empty() && checked.needs.iter().all(nobody) {
        let mark = checked.needs.first().and_then(|need| need.values.get(needs::DEMAND.key)).map(|given| given.mark);
        faults.whole(mark, "no need has any demand", "give one need at least a `demand` above 0");
    }
}

/// Chances of a kind of contributor must leave room for the conditional ones.
fn contributor_shares(checked: &Checked, faults: &mut Faults) {
    let (free, unconditional) = (&contributions::FREE_RIDER_SHARE, &contributions::UNCONDITIONAL_SHARE);
    let most = |parameter| spread::bounds(&number(checked, parameter)).map_or(1.0, |(_, most)| most);
    let least = |parameter| spread::bounds(&number(checked, parameter)).map_or(0.0, |(least, _)| least);
    let mark = [free, unconditional]
        .iter()
        .filter_map(|parameter| checked.values.get(parameter.key))
        .map(|given| given.mark)
        .max();
    let (least, most) = (least(free) + least(unconditional), most(free) + most(unconditional));
    let names = "`contributions.free_rider_share` and `contributions.unconditional_share`";
    let help = "they are chances of one draw: what is left of 1 are the conditional contributors";
    if least > 1.0 {
        faults.whole(mark, format!("{names} sum to {}, more than 1", written(least)), help);
    } else if most > 1.0 {
        faults.warning(mark, format!("{names} can sum to more than 1"), help);
    }
}

fn number(checked: &Checked, parameter: &Parameter) -> Uncertainty {
    let set = checked.values.get(parameter.key).map(|given| given.value.clone());
    match set.unwrap_or_else(|| default_setting(parameter)) {
        Setting::Number(value) => value,
        Setting::Whole(value) => Uncertainty::Fixed(value as f64),
        Setting::Choice(_) => Uncertainty::Fixed(0.0),
    }
}

fn minimum_partners(checked: &Checked, n: usize, faults: &mut Faults) {
    let given = checked.values.get(membership::MINIMUM_PARTNERS.key);
    if let Some((Setting::Whole(minimum), mark)) = given.map(|given| (&given.value, given.mark))
        && *minimum > n as u64
    {
        let message = format!("`membership.minimum_partners` is {minimum}, and there are {n} partners");
        faults.whole(
            Some(mark),
            message,
            "the partnership would dissolve in its first month; give at most the number of partners",
        );
    }
}

fn resources(members: &[Member<'_>], faults: &mut Faults) {
    let nothing = Uncertainty::Fixed(0.0);
    let empty = |member: &Member<'_>| [&partner::MONEY, &partner::STAFF].iter().all(|of| member.number(of) == nothing);
    if members.iter().all(empty) {
        let mark = members.first().map(|member| member.partner.mark);
        faults.whole(
            mark,
            "no partner has staff or money",
            "give one at least resources.staff or resources.money above 0",
        );
    }
}

/// Every partner needs a skill, and every skill should have a partner.
fn skills(checked: &Checked, members: &[Member<'_>], faults: &mut Faults) {
    let skills = checked.skills();
    let mut held = vec![false; skills.len()];
    let mut told = None;
    for member in members {
        let mut any = false;
        for (skill, held) in skills.iter().zip(&mut held) {
            let said = member
                .skill(skill, faults)
                .map(|said| said.given.is_some_and(|given| given.value != Uncertainty::Fixed(0.0)));
            let has = said.unwrap_or(true);
            (any, *held) = (any || has, *held || has);
        }
        let skills_mark = member.partner.layer.skills.first().map(|(_, given)| given.mark);
        let mark = skills_mark.unwrap_or(member.partner.mark);
        // The copies of a template share their fault.
        if !any && !skills.is_empty() && told != Some(mark) {
            let message = format!("\"{}\" has no skill that a need asks for", member.name);
            faults.whole(Some(mark), message, "give one of its `skills` a weight above 0");
            told = Some(mark);
        }
    }
    for (skill, _) in skills.iter().zip(held).filter(|(_, held)| !held) {
        let mark = checked
            .needs
            .iter()
            .find_map(|need| need.skills.iter().find(|(name, _)| name == skill))
            .map(|(_, given)| given.mark);
        let help = "a complex need will hardly be met; give a partner the skill, or leave it out of the need";
        faults.warning(mark, format!("no partner has the skill \"{skill}\""), help);
    }
}

/// `variation` that cannot do anything is told.
fn variation(checked: &Checked, faults: &mut Faults) {
    for template in &checked.partners {
        let Some(given) = &template.layer.variation else { continue };
        let uncertain = |parameter: &Parameter| {
            template
                .layer
                .values
                .get(parameter.key)
                .is_some_and(|given| !matches!(given.value, Setting::Number(Uncertainty::Fixed(_))))
        };
        if template.count == 1 {
            let help = "`variation` sets copies of a template apart: add `count`, or give an uncertainty instead";
            faults.warning(Some(given.mark), "`variation` does nothing for a single partner", help);
        } else if uncertain(&partner::MONEY) || uncertain(&partner::STAFF) {
            let message = "`variation` leaves resources alone that are uncertainties already";
            faults.warning(Some(given.mark), message, "give a plain number to vary around, or drop `variation`");
        }
    }
}
