//! What the partners bring: money, staff, skills, and how copies of a template differ.

use crate::model::inputs::Setting;
use crate::model::parameter::Parameter;
use crate::model::partner;
use crate::model::uncertainty::Uncertainty;
use crate::scenario::check::Checked;
use crate::scenario::check::members::Member;
use crate::scenario::faults::Faults;

/// Somebody has something to work with.
pub fn resources(members: &[Member<'_>], faults: &mut Faults) {
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
pub fn skills(checked: &Checked, members: &[Member<'_>], faults: &mut Faults) {
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
pub fn variation(checked: &Checked, members: &[Member<'_>], faults: &mut Faults) {
    for template in &checked.partners {
        let Some(given) = &template.layer.variation else { continue };
        let uncertain = |parameter: &Parameter| {
            template
                .layer
                .values
                .get(parameter.key)
                .is_some_and(|given| !matches!(given.value, Setting::Number(Uncertainty::Fixed(_))))
        };
        let in_its_likeness = |member: &Member<'_>| std::ptr::eq(member.partner, template) && member.is_copy();
        if template.count == 1 && !members.iter().any(in_its_likeness) {
            let help = "`variation` sets copies of a template apart: add `count`, or give an uncertainty instead";
            faults.warning(Some(given.mark), "`variation` does nothing for a single partner", help);
        } else if uncertain(&partner::MONEY) || uncertain(&partner::STAFF) {
            let message = "`variation` leaves resources alone that are uncertainties already";
            faults.warning(Some(given.mark), message, "give a plain number to vary around, or drop `variation`");
        }
    }
}
