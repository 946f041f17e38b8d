//! Money: incomes and grants that do not arrive, reserves that run out, the end of a grant.

use super::{Happening, NOTHING, Spell, What, at_work, membership};
use crate::simulate::trace::{Month, Trace};

/// Each stretch of months that `falls`, if it begins before month `end` from 0: its first month from 1, and the spell.
fn spells(trace: &Trace, end: usize, lost: f64, falls: impl Fn(&Month) -> bool) -> Vec<(usize, Spell)> {
    let mut found = Vec::new();
    let mut month = 0;
    while month < end {
        let months = trace.months[month..].iter().take_while(|month| falls(month)).count();
        if months > 0 {
            found.push((month + 1, Spell { months, lasts: month + months == trace.months.len(), lost }));
        }
        month += months + 1;
    }
    found
}

pub(super) fn grant(trace: &Trace, found: &mut Vec<Happening>) {
    let end = at_work(trace);
    let fell = |month: &Month| month.grant < month.grant_due - NOTHING;
    for (month, spell) in spells(trace, end, trace.outage_depth, fell) {
        // Nothing arrives of a grant whose partnership has ended: no fault of the sponsor.
        let spell = Spell { months: spell.months.min(end + 1 - month), ..spell };
        found.push(Happening { month, what: What::GrantFell { spell } });
    }
    for (month, pair) in trace.months[..end].windows(2).enumerate() {
        let (before, due) = (pair[0].grant_due, pair[1].grant_due);
        if due < before - NOTHING {
            let what = if due > 0.0 { What::GrantGoesOn { share: due / before } } else { What::GrantEnded };
            found.push(Happening { month: month + 2, what });
        }
    }
}

/// Money troubles of a member; those before it joins are its own affair.
pub(super) fn money(trace: &Trace, partner: usize, found: &mut Vec<Happening>) {
    let end = membership(trace, partner);
    if trace.outage_depth > 0.0 {
        let fell = |month: &Month| !month.partners[partner].funded && !month.partners[partner].waiting;
        let spells = spells(trace, end, trace.outage_depth, fell);
        found.extend(
            spells.into_iter().map(|(month, spell)| Happening { month, what: What::IncomeFell { partner, spell } }),
        );
    }
    let at = |month: usize| &trace.months[month].partners[partner];
    let empties = |month: usize| at(month - 1).reserve > NOTHING && at(month).reserve <= NOTHING;
    let ran_out = (1..end).filter(|&month| empties(month) && !at(month).waiting);
    found.extend(ran_out.map(|month| Happening { month: month + 1, what: What::ReserveRanOut { partner } }));
}
