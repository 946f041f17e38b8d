//! What a scenario says of a partner: in `[every_partner]`, in its own table, and of one copy of a template.

use crate::model::parameter::Scope;
use crate::scenario::check::need::{WEIGHT, Weights, parameter, weights};
use crate::scenario::check::number::Range;
use crate::scenario::check::{Given, Values, fields, keys, name, number};
use crate::scenario::faults::Faults;
use crate::scenario::parse::Table;
use crate::scenario::parse::tree::Entry;
use crate::scenario::source::Mark;

/// Fewest partners a partnership can have.
pub const FEWEST_PARTNERS: u64 = 2;

/// Most partners a partnership can have.
pub const MOST_PARTNERS: u64 = 200;

/// What one place says of a partner; what it is silent on, the place below it decides.
#[derive(Debug, Default)]
pub struct Layer {
    /// Sector, as a word.
    pub sector: Option<Given<String>>,
    /// Coefficient of variation with which copies differ in money and staff.
    pub variation: Option<Given<f64>>,
    /// Parameters by full key.
    pub values: Values,
    /// Weights of its skills.
    pub skills: Weights,
    /// How much it cares for needs.
    pub goals: Weights,
}

/// A partner, or a template for several.
#[derive(Debug)]
pub struct Partner {
    /// Its name; empty when it has none that can be used.
    pub name: String,
    /// Where the name stands, or the table.
    pub mark: Mark,
    /// How many copies it stands for.
    pub count: u64,
    /// What it says.
    pub layer: Layer,
    /// What `--set` says of single copies: number of the copy, from 1.
    pub copies: Vec<(u64, Layer)>,
}

/// Reads `[every_partner]`.
pub fn every_partner(entries: &[Entry], faults: &mut Faults) -> Layer {
    let known: Vec<&'static str> = fields::EVERY_PARTNER.iter().copied().chain(keys(Scope::Partner)).collect();
    let mut layer = Layer::default();
    for (key, entry) in fields::fields(entries, &known, faults) {
        said(key, entry, &mut layer, faults);
    }
    layer
}

/// Reads one `[[partner]]` or one row of a partner table.
pub fn partner(table: &Table, faults: &mut Faults) -> Partner {
    let known: Vec<&'static str> = fields::PARTNER.iter().copied().chain(keys(Scope::Partner)).collect();
    let (name, mark) = name::of(table, "partner", "council", faults);
    let mut partner = Partner { name, mark, count: 1, layer: Layer::default(), copies: Vec::new() };
    for (key, entry) in fields::fields(&table.entries, &known, faults) {
        match key {
            "name" => {}
            "count" => {
                let count = number::whole(&entry.item, "count", 1, MOST_PARTNERS, faults);
                // Whatever was meant, it was several: as two they let the other checks go on.
                partner.count = count.unwrap_or(2);
            }
            _ => said(key, entry, &mut partner.layer, faults),
        }
    }
    for (copy, entries) in &table.copies {
        partner.copies.push((*copy, every_partner(entries, faults)));
    }
    partner
}

fn said(key: &'static str, entry: &Entry, layer: &mut Layer, faults: &mut Faults) {
    let item = &entry.item;
    match key {
        "sector" => {
            layer.sector = number::name(item, key, faults).map(|value| Given { value, mark: item.mark });
        }
        "variation" => {
            let range = Range { low: 0.0, high: 2.0, unit: "coefficient of variation" };
            layer.variation = number::within(item, key, range, faults).map(|value| Given { value, mark: item.mark });
        }
        "skills" => layer.skills = weights(item, key, WEIGHT, faults),
        "goals" => {
            layer.goals = weights(item, key, Range { low: 0.0, high: 1.0, unit: "share" }, faults);
        }
        _ => parameter(Scope::Partner, key, item, &mut layer.values, faults),
    }
}
