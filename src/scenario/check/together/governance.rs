//! Who leads: one of the partners, where anything depends on it.

use crate::model::mechanisms::contributions::LEADER_EXAMPLE;
use crate::model::mechanisms::coordination::FORM;
use crate::model::parameter::Scope;
use crate::scenario::check::members::{Member, called, is_left_out, names};
use crate::scenario::check::{Checked, fields, name, word};
use crate::scenario::faults::Faults;
use crate::scenario::nearest::suggestion;
use crate::scenario::source::{Kind, Mark};

/// A lead is named only where something depends on who leads.
pub fn lead_in_use(checked: &Checked, faults: &mut Faults) {
    let Some(lead) = &checked.lead else { return };
    let kind = |mark| faults.sources.kind(mark);
    let form = checked.values.get(FORM.key).map(|given| given.mark);
    // Whoever tries another form from the command line has nothing to mend in the scenario.
    if kind(lead.mark) != Kind::Set && form.is_some_and(|form| kind(form) == Kind::Set) {
        return;
    }
    if !fields::parameters(Scope::Partnership).any(|parameter| word(&checked.values, parameter) == "lead")
        && !checked.values.contains_key(LEADER_EXAMPLE.key)
    {
        let help = "write governance.form = \"lead\", or leave `governance.lead` out";
        faults.warning(Some(lead.mark), "`governance.lead` does nothing while nobody leads", help);
    }
}

/// Tells that somebody is named who is listed and does not take part.
pub fn left_out(checked: &Checked, named: &str, mark: Mark, faults: &mut Faults) {
    let n = checked.n_partners();
    let message = format!("\"{named}\" does not take part: `governance.partners` is {n}, and it is listed after those");
    faults.whole(
        Some(mark),
        message,
        "name one who takes part, raise `governance.partners`, or list this partner sooner",
    );
}

/// The lead is one partner.
pub fn lead(checked: &Checked, members: &[Member<'_>], faults: &mut Faults) {
    let Some(lead) = checked.lead.as_ref().filter(|_| !checked.incomplete) else { return };
    match &called(members, &lead.value)[..] {
        [] if is_left_out(checked, &lead.value) => left_out(checked, &lead.value, lead.mark, faults),
        [] => name::unknown(&lead.value, lead.mark, "there is no partner", names(members), faults),
        [_] => {}
        copies => {
            let message = format!("\"{}\" stands for {} partners, and one of them leads", lead.value, copies.len());
            let names: Vec<&str> = copies.iter().map(|&i| members[i].name.as_str()).collect();
            faults.whole(Some(lead.mark), message, format!("name one; {}", suggestion("", names)));
        }
    }
}
