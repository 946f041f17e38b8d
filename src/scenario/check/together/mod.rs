//! Whether the parts of a scenario fit together: numbers of things, names, and faults no single value shows.

mod dates;
mod decisions;
mod evaluation;
mod governance;
mod membership;
mod needs;
mod resources;

pub use dates::MOST_DATED;

use crate::scenario::check::members::members;
use crate::scenario::check::{Checked, name};
use crate::scenario::faults::Faults;

/// Looks at everything together.
pub fn together(checked: &Checked, faults: &mut Faults) {
    let countable = membership::n_partners(checked, faults);
    needs::n_needs(checked, faults);
    name::duplicates(checked.needs.iter().map(|need| (need.name.as_str(), need.mark)), "need", faults);
    needs::demand(checked, faults);
    membership::contributor_shares(checked, faults);
    dates::dates(checked, faults);
    governance::lead_in_use(checked, faults);
    decisions::together(checked, faults);
    evaluation::evaluation(checked, faults);
    if countable {
        let members = members(checked);
        let names = members.iter().map(|member| (member.name.as_str(), member.partner.mark));
        name::duplicates(names, "partner", faults);
        membership::minimum_partners(checked, &members, faults);
        dates::joining(checked, &members, faults);
        governance::lead(checked, &members, faults);
        decisions::cap(checked, members.len(), faults);
        dates::concerned(checked, &members, faults);
        resources::resources(&members, faults);
        if needs::names_known(checked, faults) {
            resources::skills(checked, &members, faults);
        }
        resources::variation(checked, &members, faults);
    }
}
