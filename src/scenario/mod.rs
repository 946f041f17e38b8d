//! From text to a checked, resolved scenario: parsed, every fault found at once, uncertainties and defaults in place.
//!
//! Nothing here opens a file: a partner table is asked for through the `read` argument.

pub mod check;
pub mod concepts;
pub mod describe;
pub mod diagnostic;
pub mod faults;
pub mod forms;
pub mod lever;
pub mod nearest;
pub mod notation;
pub mod odd;
pub mod parse;
pub mod reference;
pub mod resolve;
pub mod schema;
pub mod shipped;
pub mod source;
pub mod starter;
pub mod wording;
pub mod words;
pub mod written;

use crate::model::inputs::Inputs;
use diagnostic::Diagnostic;
use faults::Faults;
use parse::Parsed;
use std::collections::BTreeMap;

/// A scenario ready to run.
///
/// ```
/// let text = r#"
///     [[partner]]
///     name = "council"
///     [[partner]]
///     name = "charity"
///     resources = { money = 30, staff = 5 }
///     [[need]]
///     name = "help at home"
///     skills = { social = 1 }
///     [communication]
///     quality = { pert = [0.3, 0.6, 0.9] }
/// "#;
/// let no_files = |name: &str| Err(format!("{name} is not here"));
/// let scenario = partnersim::scenario::load(text, "town.toml", &[], &no_files).unwrap();
/// assert_eq!((scenario.name.as_str(), scenario.inputs.partners.len()), ("town", 2));
/// assert!(scenario.assumptions.iter().any(|line| line.key == "communication.quality" && line.set_by == "scenario"));
/// ```
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Short name for folders and tables: the file's name without its ending.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The question it is to answer.
    pub question: String,
    /// Where its figures come from.
    pub sources: Vec<String>,
    /// Ids of the concepts it shows.
    pub concepts: Vec<String>,
    /// Replications to run.
    pub replications: u64,
    /// Seed of all its draws.
    pub seed: u64,
    /// What the model needs.
    pub inputs: Inputs,
    /// Target of each outcome by its short name, where the scenario sets one.
    pub targets: BTreeMap<String, f64>,
    /// Every parameter in force: what was used, where it came from.
    pub assumptions: Vec<Assumption>,
    /// SHA-256, in hexadecimal, of everything that decides the results (resolved values, not comments or layout).
    pub digest: String,
    /// What looks odd and is allowed.
    pub warnings: Vec<Diagnostic>,
}

/// One line of the assumptions log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// Parameter key, or `partner.skills.clinical` and `partner.goals.…` for the free tables.
    pub key: String,
    /// Name of the partner, need, event or intervention it belongs to; empty for the partnership's own.
    pub belongs_to: String,
    /// Value used, as it would be written in a scenario.
    pub value: String,
    /// Unit in words.
    pub unit: String,
    /// `scenario`, `partner table`, `every_partner`, `--set` or `default`.
    pub set_by: String,
    /// The default, as it would be written in a scenario.
    pub default: String,
    /// Source of equation or default.
    pub source: String,
    /// Grade of evidence of the default, in words; for a value the scenario sets: `given`.
    pub grade: String,
}

/// A change to a scenario given on the command line: `--set communication.quality=0.8`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Dotted path; partners, needs, events and interventions by name: `partner.council.resources.money`.
    pub path: String,
    /// The new value, as TOML.
    pub value: String,
}

/// Reads a scenario. `origin` names the text in messages (its path); `read` gives the bytes of a file named in it.
///
/// # Errors
/// Every fault found, in the order of the text.
pub fn load(
    text: &str,
    origin: &str,
    overrides: &[Override],
    read: &dyn Fn(&str) -> Result<Vec<u8>, String>,
) -> Result<Scenario, Vec<Diagnostic>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > source::MOST_BYTES {
        return Err(vec![source::too_long(origin, text.len())]);
    }
    let mut faults = Faults::default();
    let mut parsed = parse::parse(text, origin, &mut faults);
    partner_table(&mut parsed, origin, read, &mut faults);
    parse::overrides::apply(&mut parsed, overrides, &mut faults);
    let checked = check::check(&parsed, &mut faults);
    let scenario = (!faults.any()).then(|| resolve::resolve(&checked, origin, &faults));
    let warnings = faults.finish()?;
    scenario.map(|scenario| Scenario { warnings, ..scenario }).ok_or_else(Vec::new)
}

/// The tables of a scenario as they are written, with the rows of the partner table it may name: for writing it in another form.
///
/// # Errors
/// Every fault found, as when it is loaded.
pub fn tables(
    text: &str,
    origin: &str,
    read: &dyn Fn(&str) -> Result<Vec<u8>, String>,
) -> Result<Parsed, Vec<Diagnostic>> {
    load(text, origin, &[], read)?;
    let mut faults = Faults::default();
    let mut parsed = parse::parse(text.strip_prefix('\u{feff}').unwrap_or(text), origin, &mut faults);
    partner_table(&mut parsed, origin, read, &mut faults);
    faults.finish().map(|_| parsed)
}

/// Adds the partners of the table that the scenario names, where it names one.
fn partner_table(
    parsed: &mut Parsed,
    origin: &str,
    read: &dyn Fn(&str) -> Result<Vec<u8>, String>,
    faults: &mut Faults,
) {
    let Some((name, mark)) = check::partner_table(parsed, faults) else { return };
    let help = "`partners` is the path of a CSV file, from the folder of the scenario";
    let partners = match read(name) {
        Err(why) => {
            faults.fault(mark, format!("the partner table \"{name}\" cannot be read: {why}"), help);
            Vec::new()
        }
        Ok(bytes) => match source::decode(&bytes, name) {
            Err(fault) => {
                faults.fault(mark, fault.message, fault.help);
                Vec::new()
            }
            Ok(text) => parse::table::partners(&text, &beside(origin, name), faults),
        },
    };
    parsed.incomplete |= partners.is_empty();
    parsed.partners.extend(partners);
}

/// The path of a file named in a scenario, as the reader of a message would look for it.
fn beside(origin: &str, name: &str) -> String {
    match origin.rfind(['/', '\\']) {
        Some(at) if !name.starts_with(['/', '\\']) => format!("{}{name}", &origin[..=at]),
        _ => name.to_owned(),
    }
}
