//! Whether rules of decision, forms of governance and voices go together.

use crate::model::inputs::Setting;
use crate::model::mechanisms::decisions::parameters as decisions;
use crate::model::mechanisms::{coordination, formality, power};
use crate::model::parameter::Parameter;
use crate::model::uncertainty::Uncertainty;
use crate::scenario::check::{Checked, word};
use crate::scenario::faults::Faults;
use crate::scenario::notation::number as written;
use crate::scenario::source::Mark;

/// Looks at everything that needs no partners.
pub fn together(checked: &Checked, faults: &mut Faults) {
    unreachable(checked, faults);
    idle(checked, faults);
}

/// A cap that equal voices already exceed.
pub fn cap(checked: &Checked, n_partners: usize, faults: &mut Faults) {
    let Some((cap, mark)) = fixed(checked, &power::CAP) else { return };
    if cap * (n_partners as f64) < 1.0 - 1e-9 {
        let message = format!("`power.cap` is {}, and {n_partners} partners cannot all stay below it", written(cap));
        faults.whole(Some(mark), message, "their shares of all voice sum to 1; give at least an equal share");
    }
}

/// Decisions that can never be taken.
fn unreachable(checked: &Checked, faults: &mut Faults) {
    if word(&checked.values, &decisions::RULE) == "open" {
        return;
    }
    if let Some((0.0, mark)) = fixed(checked, &decisions::SUPPORT) {
        let message = "with `decisions.support` at 0 nobody votes for anything, and no quota can be reached";
        faults.whole(Some(mark), message, "give a chance above 0, or leave `decisions.rule` at \"open\"");
    }
    let levels = checked.values.get(decisions::APPROVAL_LEVELS.key).map(|given| &given.value);
    if let (Some(Setting::Whole(1..)), Some((0.0, mark))) = (levels, fixed(checked, &decisions::APPROVAL_CHANCE)) {
        let message = "with `decisions.approval_chance` at 0 no level ever approves";
        faults.whole(Some(mark), message, "give a chance above 0, or no `decisions.approval_levels`");
    }
}

/// What is set and does nothing under the form of governance.
fn idle(checked: &Checked, faults: &mut Faults) {
    let form = word(&checked.values, &coordination::FORM);
    let told = |parameter: &Parameter| checked.values.get(parameter.key).map(|given| given.mark);
    let informal = form == "network" || form == "alone";
    if informal && word(&checked.values, &decisions::RULE) != "open" {
        let message = format!("`decisions.rule` does nothing where `governance.form` is \"{form}\"");
        faults.warning(told(&decisions::RULE), message, "an informal network decides on no plans; choose another form");
    }
    if informal && fixed(checked, &formality::FORMALITY).is_some_and(|(formality, _)| formality > 0.0) {
        let message = format!("`governance.formality` does nothing where `governance.form` is \"{form}\"");
        faults.warning(
            told(&formality::FORMALITY),
            message,
            "an informal network has no contract; choose another form",
        );
    }
    if form != "lead" && fixed(checked, &power::LEAD_VOICE).is_some_and(|(voice, _)| voice != 1.0) {
        let message = format!("`power.lead_voice` does nothing where `governance.form` is \"{form}\"");
        faults.warning(told(&power::LEAD_VOICE), message, "only the form \"lead\" has a lead organisation");
    }
}

/// The plain number a scenario gives a parameter, and where.
fn fixed(checked: &Checked, parameter: &Parameter) -> Option<(f64, Mark)> {
    match checked.values.get(parameter.key) {
        Some(given) => match given.value {
            Setting::Number(Uncertainty::Fixed(number)) => Some((number, given.mark)),
            _ => None,
        },
        None => None,
    }
}
