//! What happens when and to whom: events, interventions, and partners that join later.

use crate::model::mechanisms::{entry, membership};
use crate::model::parameter::Parameter;
use crate::model::{event, intervention};
use crate::scenario::check::dated::{Dated, bounds};
use crate::scenario::check::members::{Member, called, is_left_out, names};
use crate::scenario::check::together::governance::left_out;
use crate::scenario::check::{Checked, in_force, name, spread};
use crate::scenario::faults::Faults;
use crate::scenario::notation::number as written;
use crate::scenario::resolve::HORIZON_MONTHS;
use crate::scenario::source::Mark;
use std::collections::BTreeSet;

/// Most events, and most interventions, a scenario can have.
pub const MOST_DATED: usize = 50;

/// There are not too many, their names are their own, and they come within the horizon.
pub fn dates(checked: &Checked, faults: &mut Faults) {
    let lists =
        [("event", &checked.events, &event::MONTH), ("intervention", &checked.interventions, &intervention::START)];
    for (what, list, when) in lists {
        if list.len() > MOST_DATED {
            let message = format!("the scenario has {} {what}s", list.len());
            let mark = list.last().map(|dated| dated.mark);
            faults.whole(mark, message, format!("at most {MOST_DATED} can be run"));
        }
        name::duplicates(list.iter().map(|dated| (dated.name.as_str(), dated.mark)), what, faults);
        list.iter().for_each(|dated| beyond(checked, what, dated, when, faults));
    }
}

fn horizon(checked: &Checked) -> u64 {
    checked.horizon_months.as_ref().map_or(HORIZON_MONTHS, |given| given.value)
}

/// What is set for after the last month is told.
fn beyond(checked: &Checked, what: &str, dated: &Dated, when: &Parameter, faults: &mut Faults) {
    let Some(given) = dated.values.get(when.key) else { return };
    let (Some((first, _)), horizon) = (bounds(&dated.values, when), horizon(checked)) else { return };
    if first > horizon as f64 {
        let (name, first) = (&dated.name, written(first));
        let message =
            format!("the {what} \"{name}\" is set for month {first}, and the scenario ends with month {horizon}");
        let help = format!("raise `horizon_months`, or give an earlier `{}`", when.local_key());
        faults.warning(Some(given.mark), message, help);
    }
}

/// Events and interventions concern partners that there are.
pub fn concerned(checked: &Checked, members: &[Member<'_>], faults: &mut Faults) {
    if checked.incomplete {
        return;
    }
    for list in checked.events.iter().chain(&checked.interventions).filter_map(|dated| dated.partners.as_ref()) {
        let mut before = BTreeSet::new();
        for given in &list.value {
            let positions = called(members, &given.value);
            if positions.is_empty() && is_left_out(checked, &given.value) {
                left_out(checked, &given.value, given.mark, faults);
            } else if positions.is_empty() {
                name::unknown(&given.value, given.mark, "there is no partner", names(members), faults);
            }
            let again = positions.iter().any(|i| before.contains(i));
            before.extend(positions);
            if again {
                let message = format!("\"{}\" is named here a second time", given.value);
                faults.warning(Some(given.mark), message, "a template's name stands for all its copies");
            }
        }
    }
}

/// Enough partners are there from the start, and the others join before the end.
pub fn joining(checked: &Checked, members: &[Member<'_>], faults: &mut Faults) {
    let joins = &entry::JOINS;
    let mark = |member: &Member<'_>| member.setting(joins).map_or(member.partner.mark, |(given, _)| given.mark);
    let months: Vec<(f64, Mark)> = members.iter().map(|member| (earliest(member, joins), mark(member))).collect();
    let minimum =
        spread::bounds(&in_force(&checked.values, &membership::MINIMUM_PARTNERS)).map_or(0.0, |(least, _)| least);
    let later = || months.iter().filter(|(month, _)| *month > 0.0);
    if let Some((message, help)) = unfounded(months.len() - later().count(), months.len(), minimum) {
        faults.whole(later().map(|(_, mark)| *mark).max(), message, help);
    }
    let horizon = horizon(checked);
    let mut told = None;
    for (member, (month, mark)) in members.iter().zip(&months) {
        // The copies of a template share their warning.
        if *month > horizon as f64 && told != Some(*mark) {
            told = Some(*mark);
            let message = format!(
                "\"{}\" joins in month {}, and the scenario ends with month {horizon}",
                member.name,
                written(*month)
            );
            faults.warning(Some(*mark), message, "raise `horizon_months`, or let it join earlier");
        }
    }
}

/// The earliest month in which a partner can join.
fn earliest(member: &Member<'_>, joins: &Parameter) -> f64 {
    spread::bounds(&member.number(joins)).map_or(0.0, |(least, _)| least)
}

/// What is wrong when `founders` of `n` partners are there from the start, and what to do.
fn unfounded(founders: usize, n: usize, minimum: f64) -> Option<(String, &'static str)> {
    if founders == 0 {
        let help = "let those join in month 0 who found it";
        return Some(("nobody founds the partnership: every partner joins later".to_owned(), help));
    }
    let told = if founders == 1 { "1 partner founds".to_owned() } else { format!("{founders} partners found") };
    let message = format!(
        "{told} the partnership, and `membership.minimum_partners` is {}: it would dissolve in its first month",
        written(minimum)
    );
    // Where nobody joins later, it is the number of partners that is told to be too small.
    let too_few = founders < n && (founders as f64) < minimum;
    too_few.then_some((message, "let more of them join in month 0, or lower the minimum"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(founders: usize, n: usize, minimum: f64) -> Option<String> {
        unfounded(founders, n, minimum).map(|(message, _)| message)
    }

    #[test]
    fn a_partnership_needs_founders() {
        assert!(told(0, 2, 2.0).is_some_and(|message| message.starts_with("nobody founds")));
    }

    #[test]
    fn a_partnership_needs_as_many_founders_as_partners_at_least() {
        assert_eq!(told(2, 3, 2.0), None);
        assert!(told(2, 3, 3.0).is_some_and(|message| message.starts_with("2 partners found")));
        assert!(told(1, 2, 2.0).is_some_and(|message| message.starts_with("1 partner founds")));
    }

    #[test]
    fn too_few_partners_of_whom_none_joins_later_are_told_elsewhere() {
        assert_eq!(told(3, 3, 5.0), None);
    }
}
