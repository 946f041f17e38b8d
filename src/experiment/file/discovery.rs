//! `[discovery]`: what the points are to be told apart by.

use super::keys::known;
use crate::experiment::quantity::Condition;
use crate::scenario::check::number;
use crate::scenario::faults::Faults;
use crate::scenario::parse::find;
use crate::scenario::parse::tree::{Item, Value};

/// Fewer points than these tell no pattern from luck.
pub const LEAST_POINTS: usize = 40;

/// A condition of the points, of which there are `n_points`; `None` where nothing is asked or something is wrong.
pub(super) fn discovery(item: Option<&Item>, n_points: usize, faults: &mut Faults) -> Option<Condition> {
    let item = item?;
    let help = "write [discovery] and below it when = \"P(failed) > 0.5\"";
    let Value::Table(entries) = &item.value else {
        faults.fault(item.mark, format!("`discovery` is {}, not a table", item.value.kind()), help);
        return None;
    };
    known(entries, &["when"], "[discovery]", faults);
    let Some(when) = find(entries, "when") else {
        faults.fault(item.mark, "the discovery does not say `when`", help);
        return None;
    };
    let text = number::text(&when.item, "when", faults)?;
    if n_points < LEAST_POINTS {
        let message =
            format!("the design has {n_points} points, policies counted: too few to say where something holds");
        faults.fault(item.mark, message, format!("give it at least {LEAST_POINTS}, better some hundreds"));
    }
    let read = Condition::parse(&text);
    read.map_err(|why| {
        faults.fault(when.item.mark, why, "it is about the points, as in \"P(failed) > 0.5\" or \"premium < 0\"")
    })
    .ok()
}
