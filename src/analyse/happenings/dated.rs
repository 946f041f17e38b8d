//! Events that begin, interventions that start and end.

use super::{Happening, Spell, What, at_work};
use crate::model::outcomes::NEVER_FORMED;
use crate::simulate::trace::{Month, Trace};

/// Events of the months in which anybody works together; where nobody ever does, of all months.
pub(super) fn events(trace: &Trace, found: &mut Vec<Happening>) {
    let end = if trace.ending == NEVER_FORMED { trace.months.len() } else { at_work(trace) };
    let n_events = trace.months.first().map_or(0, |month| month.events.len());
    for event in 0..n_events {
        for month in (0..end).filter(|&month| trace.months[month].events[event].begins) {
            let after = &trace.months[month + 1..];
            let goes_on = |month: &&Month| month.events[event].running && !month.events[event].begins;
            let months = 1 + after.iter().take_while(goes_on).count();
            let spell = Spell { months, lasts: month + months == trace.months.len(), lost: 0.0 };
            found.push(Happening { month: month + 1, what: What::EventBegan { event, spell } });
        }
    }
}

pub(super) fn interventions(trace: &Trace, found: &mut Vec<Happening>) {
    let end = at_work(trace);
    let n_interventions = trace.months.first().map_or(0, |month| month.interventions.len());
    for intervention in 0..n_interventions {
        let mut ran = false;
        for month in 0..end {
            let runs = trace.months[month].interventions[intervention];
            let what = match (ran, runs) {
                (false, true) => Some(What::InterventionStarted { intervention }),
                (true, false) => Some(What::InterventionEnded { intervention }),
                _ => None,
            };
            found.extend(what.map(|what| Happening { month: month + 1, what }));
            ran = runs;
        }
    }
}
