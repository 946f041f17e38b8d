//! Whether an evaluation can be done within the horizon.

use crate::model::evaluation::{DESIGN, LAG, WINDOW};
use crate::model::inputs::Setting;
use crate::model::parameter::Parameter;
use crate::scenario::check::Checked;
use crate::scenario::faults::Faults;
use crate::scenario::notation::default_setting;
use crate::scenario::resolve::HORIZON_MONTHS;

/// An evaluator cannot measure in months that are not simulated.
pub fn evaluation(checked: &Checked, faults: &mut Faults) {
    let Some(design) = checked.values.get(DESIGN.key).filter(|given| given.value != default_setting(&DESIGN)) else {
        return;
    };
    let horizon = checked.horizon_months.as_ref().map_or(HORIZON_MONTHS, |given| given.value);
    let end = whole(checked, &LAG) + whole(checked, &WINDOW);
    if end > horizon {
        let given = [&LAG, &WINDOW].iter().find_map(|parameter| checked.values.get(parameter.key));
        let message = format!("the evaluation ends with month {end}, and {horizon} months are simulated");
        let help = "lower `evaluation.lag` or `evaluation.window`, or raise `horizon_months`";
        faults.whole(Some(given.unwrap_or(design).mark), message, help);
    }
}

fn whole(checked: &Checked, parameter: &Parameter) -> u64 {
    let set = checked.values.get(parameter.key).map(|given| given.value.clone());
    match set.unwrap_or_else(|| default_setting(parameter)) {
        Setting::Whole(value) => value,
        _ => 0,
    }
}
