//! Who leads and who decides: a lead that is a partner, a quota that votes can reach.

use crate::model::inputs::Setting;
use crate::model::parameter::{Domain, Parameter, Scope};
use crate::scenario::check::dated::bounds;
use crate::scenario::check::members::{Member, called, names};
use crate::scenario::check::{Checked, fields, name};
use crate::scenario::faults::Faults;
use crate::scenario::nearest::suggestion;
use crate::scenario::notation::{default_setting, number as written};
use crate::scenario::source::Mark;

/// A lead is named only where something depends on who leads.
pub fn lead_in_use(checked: &Checked, faults: &mut Faults) {
    let Some(lead) = &checked.lead else { return };
    let is_given = |key| checked.values.contains_key(key);
    if !fields::parameters(Scope::Partnership).any(|parameter| word(checked, parameter) == Some("lead"))
        && !is_given("contributions.leader_example")
    {
        let help = "write governance.form = \"lead\", or leave `governance.lead` out";
        faults.warning(Some(lead.mark), "`governance.lead` does nothing while nobody leads", help);
    }
}

/// The word in force of a parameter declared as a choice.
fn word(checked: &Checked, parameter: &Parameter) -> Option<&'static str> {
    let Domain::Choice { options, .. } = &parameter.domain else { return None };
    let given = checked.values.get(parameter.key).map(|given| given.value.clone());
    match given.unwrap_or_else(|| default_setting(parameter)) {
        Setting::Choice(position) => options.get(position).map(|(word, _)| *word),
        _ => None,
    }
}

/// The lead is one partner.
pub fn lead(checked: &Checked, members: &[Member<'_>], faults: &mut Faults) {
    let Some(lead) = checked.lead.as_ref().filter(|_| !checked.incomplete) else { return };
    match &called(members, &lead.value)[..] {
        [] => name::unknown(&lead.value, lead.mark, "there is no partner", names(members), faults),
        [_] => {}
        copies => {
            let message = format!("\"{}\" stands for {} partners, and one of them leads", lead.value, copies.len());
            let names: Vec<&str> = copies.iter().map(|&i| members[i].name.as_str()).collect();
            faults.whole(Some(lead.mark), message, format!("name one; {}", suggestion("", names)));
        }
    }
}

/// A quota can be reached when all agree.
pub fn quota(checked: &Checked, n: usize, faults: &mut Faults) {
    let find = |key| fields::parameter(Scope::Partnership, key);
    let (Some(quota), Some(cap)) = (find("decisions.quota"), find("power.cap")) else { return };
    let given = |parameter: &Parameter| checked.values.get(parameter.key).map(|given| given.mark);
    let mark: Option<Mark> = given(quota).max(given(cap));
    let (Some((least, _)), Some((_, most))) = (bounds(&checked.values, quota), bounds(&checked.values, cap)) else {
        return;
    };
    if mark.is_some() && beyond_reach(least, most, n) {
        let (quota, cap) = (written(least), written(most));
        let message = format!(
            "`decisions.quota` is {quota} of all voices, which {n} partners of at most {cap} each (`power.cap`) never reach"
        );
        faults.whole(mark, message, "lower the quota, or raise the cap");
    }
}

/// Whether a quota lies above all the voices that capped partners can have together.
fn beyond_reach(quota: f64, cap: f64, n: usize) -> bool {
    // The rounding of a cap such as a third must not count.
    cap * n as f64 + 1e-9 < quota
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_above_all_capped_voices_is_beyond_reach() {
        assert!(beyond_reach(2.0 / 3.0, 0.1, 4));
        assert!(!beyond_reach(1.0, 1.0 / 3.0, 3));
        assert!(!beyond_reach(2.0 / 3.0, 1.0, 2));
    }
}
