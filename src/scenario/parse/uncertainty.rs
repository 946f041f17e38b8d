//! An uncertainty by itself, as an option of the command line gives it.

use crate::model::uncertainty::Uncertainty;
use crate::scenario::check::number::{self, Range};
use crate::scenario::faults::Faults;
use crate::scenario::parse::overrides::value;
use crate::scenario::parse::tree::Base;
use crate::scenario::source::Kind;

/// Reads a number or an uncertainty in braces, whatever range its parameter has.
///
/// ```
/// use partnersim::scenario::parse::uncertainty::uncertainty;
/// assert!(uncertainty("{ pert = [0.3, 0.6, 0.9] }").is_ok());
/// assert!(uncertainty("{ prt = [0.3, 0.6, 0.9] }").unwrap_err().contains("did you mean `pert`?"));
/// ```
///
/// # Errors
/// What is wrong with it and what is allowed, in one line.
pub fn uncertainty(text: &str) -> Result<Uncertainty, String> {
    let mut faults = Faults::default();
    let source = faults.sources.add("option", text, Kind::Set);
    let item = value(text, Base { source, offset: 0 }, &mut faults);
    let any = Range { low: -1e15, high: 1e15, unit: "in the unit of the parameter" };
    let read = if faults.any() { None } else { number::uncertainty(&item, "the value", any, &mut faults) };
    match faults.finish() {
        Ok(_) => read.ok_or_else(|| format!("`{text}` is no uncertainty")),
        Err(told) => {
            let lines: Vec<String> = told.iter().map(|fault| format!("{}: {}", fault.message, fault.help)).collect();
            Err(lines.join("; "))
        }
    }
}
