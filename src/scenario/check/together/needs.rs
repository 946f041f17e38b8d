//! What there is to do: how many needs, whether anybody has them, whether what partners say of them is about these.

use crate::model::inputs::Setting;
use crate::model::need as needs;
use crate::model::uncertainty::Uncertainty;
use crate::scenario::check::need::{Need, Weights};
use crate::scenario::check::{Checked, name};
use crate::scenario::faults::Faults;

/// Most needs a scenario can have.
const MOST_NEEDS: usize = 8;

/// Most skills the needs can ask for.
const MOST_SKILLS: usize = 16;

/// There is a need at least, and no more of needs and skills than can be run.
pub fn n_needs(checked: &Checked, faults: &mut Faults) {
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

/// Whether all skills and goals of partners are among those of the needs. Nothing is told while a need is itself at fault.
pub fn names_known(checked: &Checked, faults: &mut Faults) -> bool {
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
    let is_unknown = |name: &str| !known.contains(&name);
    for (name, given) in weights.iter().filter(|(name, _)| is_unknown(name)) {
        name::unknown(name, given.mark, message, known.iter().copied(), faults);
    }
    !weights.iter().any(|(name, _)| is_unknown(name))
}

/// Somebody needs help.
pub fn demand(checked: &Checked, faults: &mut Faults) {
    let nobody = |need: &Need| {
        let given = need.values.get(needs::DEMAND.key);
        given.is_some_and(|given| given.value == Setting::Number(Uncertainty::Fixed(0.0)))
    };
    if !checked.needs.is_empty() && checked.needs.iter().all(nobody) {
        let mark = checked.needs.first().and_then(|need| need.values.get(needs::DEMAND.key)).map(|given| given.mark);
        faults.whole(mark, "no need has any demand", "give one need at least a `demand` above 0");
    }
}
