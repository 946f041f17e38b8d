//! What the points of an experiment tell: which policy to take, what the outcomes depend on, where something holds.
//!
//! Each method that the design allows appends its tables and sentences, and says which of them belong on the page.

mod choosing;
mod discovery;
mod inputs;
mod sensitivity;
mod sources;

use super::super::failure::Failure;
use crate::output::experiment::Found;
use crate::output::experiment::words::shown;
use crate::output::sheet::Sheet;
use crate::output::study::Request;
use crate::scenario::Scenario;
use inputs::Inputs;
use std::sync::atomic::AtomicBool;

/// Quantities that a page tells of.
const MOST_TOLD: usize = 4;

/// What the methods work on, and how.
pub(super) struct About<'a> {
    pub found: &'a Found<'a>,
    /// The scenario as it is.
    pub base: &'a Scenario,
    pub request: &'a Request,
    pub threads: usize,
    pub interrupt: &'a AtomicBool,
}

/// What a method has to say.
#[derive(Default)]
pub(super) struct Told {
    pub sheets: Vec<Sheet>,
    /// All of it in words, for the manifest.
    pub sentences: Vec<String>,
    /// What of it belongs on the page.
    pub headlines: Vec<String>,
    /// Tables for the page.
    pub tables: Vec<String>,
}

impl Told {
    fn and(mut self, more: Told) -> Told {
        self.sheets.extend(more.sheets);
        self.sentences.extend(more.sentences);
        self.headlines.extend(more.headlines);
        self.tables.extend(more.tables);
        self
    }
}

/// All of it, the most important first.
///
/// # Errors
/// When it was interrupted, or the program broke.
pub(super) fn told(about: &About) -> Result<Told, Failure> {
    let inputs = Inputs::new(about.found);
    let told = choosing::told(about, &inputs);
    let told = told.and(discovery::told(about, &inputs)?);
    let (sources, of_sources) = sources::sources(about, &inputs);
    let told = told.and(of_sources);
    Ok(told.and(sensitivity::told(about, &inputs, &sources)?))
}

/// Positions of the quantities that the methods are used on: those asked for, else those that a page shows.
fn analysed(found: &Found) -> Vec<usize> {
    if found.experiment.quantities.is_empty() { shown(found) } else { (0..found.asked.quantities.len()).collect() }
}

/// Of these the ones that are told on the page.
fn paged(found: &Found) -> Vec<usize> {
    shown(found).into_iter().take(MOST_TOLD).collect()
}

/// The value of a quantity at every set-up.
fn values(found: &Found, quantity: usize) -> Vec<f64> {
    found.findings.iter().map(|finding| finding.quantities[quantity].estimate.value).collect()
}
