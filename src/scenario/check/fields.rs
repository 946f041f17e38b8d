//! Which keys there are, and which entry of a table sets which.

use super::layer;
use crate::model::mechanisms;
use crate::model::parameter::{Parameter, Scope};
use crate::scenario::faults::Faults;
use crate::scenario::nearest::{nearest, suggestion};
use crate::scenario::parse::tree::{Entry, Value};

/// Keys of the whole scenario beside the partnership's parameters.
pub const TOP: &[&str] = &[
    "title",
    "question",
    "sources",
    "concepts",
    "horizon_months",
    "replications",
    "seed",
    "partners",
    "targets",
    "governance.lead",
    "governance.partners",
];

/// A key about who the partners are: nothing that could be uncertain, and no word of a list, hence no parameter.
#[derive(Debug)]
pub struct Names {
    /// The key in full: `governance.lead`.
    pub key: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// An example.
    pub example: &'static str,
}

/// Who leads.
pub const LEAD: Names = Names {
    key: "governance.lead",
    meaning: "Name of the partner that leads; the first one listed where none is named. When it leaves, the next one listed takes over.",
    example: "\"council\"",
};

/// How many take part.
pub const TAKING_PART: Names = Names {
    key: "governance.partners",
    meaning: "How many partners take part, 2 to 200: the first ones listed, templates written out. Beyond those listed, they are repeated in their order as further copies, such as `council-2`. All of them once where it is left out.",
    example: "5",
};

/// How many may take part, the fewest and the most.
pub const PARTNERS: [u64; 2] = [layer::FEWEST_PARTNERS, layer::MOST_PARTNERS];

/// How many months a scenario may run, the fewest and the most.
pub const MONTHS: [u64; 2] = [1, 1_200];

/// Whom an event concerns.
pub const EVENT_PARTNERS: Names = Names {
    key: "event.partners",
    meaning: "Names of the partners it happens to; all of them where it is left out. A template's name stands for its copies.",
    example: "[\"council\", \"charity\"]",
};

/// Whom an intervention concerns.
pub const INTERVENTION_PARTNERS: Names = Names {
    key: "intervention.partners",
    meaning: "Names of the partners it is for; all of them where it is left out. A template's name stands for its copies.",
    example: "[\"council\", \"charity\"]",
};

/// Every key about who the partners are.
pub const NAMES: &[&Names] = &[&LEAD, &TAKING_PART, &EVENT_PARTNERS, &INTERVENTION_PARTNERS];

/// Tables that are read apart from the rest: offered to one who mistypes them.
pub const TABLES: &[&str] = &["every_partner", "partner", "need", "event", "intervention"];

/// Keys of a partner beside its parameters.
pub const PARTNER: &[&str] = &["name", "sector", "count", "variation", "skills", "goals"];

/// Keys of `[every_partner]` beside its parameters.
pub const EVERY_PARTNER: &[&str] = &["sector", "variation", "skills", "goals"];

/// Keys of a need beside its parameters.
pub const NEED: &[&str] = &["name", "skills"];

/// Keys of an event or an intervention beside its parameters.
pub const DATED: &[&str] = &["name", "partners"];

/// The parameters of a scope.
pub fn parameters(scope: Scope) -> impl Iterator<Item = &'static Parameter> {
    mechanisms::parameters().filter(move |parameter| parameter.scope() == scope)
}

/// The parameter with a local key.
pub fn parameter(scope: Scope, local_key: &str) -> Option<&'static Parameter> {
    parameters(scope).find(|parameter| parameter.local_key() == local_key)
}

/// All keys of the whole scenario that take a value.
pub fn top_keys() -> impl Iterator<Item = &'static str> {
    TOP.iter().copied().filter(|key| *key != "targets").chain(parameters(Scope::Partnership).map(|p| p.key))
}

/// Whether a `--set` can reach a path within the partnership.
pub fn in_partnership(path: &[String]) -> bool {
    let joined = path.join(".");
    top_keys().any(|key| key == joined && !["sources", "concepts", "partners"].contains(&key))
}

/// Whether a `--set` can reach a path within a partner (`named`) or within `[every_partner]`.
pub fn in_partner(path: &[String], named: bool) -> bool {
    let free = path.len() >= 2 && (path[0] == "skills" || path[0] == "goals");
    let joined = path.join(".");
    let own = if named { &["sector", "variation", "count"][..] } else { &["sector", "variation"][..] };
    free || own.contains(&joined.as_str()) || parameter(Scope::Partner, &joined).is_some()
}

/// Whether a `--set` can reach a path within a need, its skills apart.
pub fn in_need(path: &[String]) -> bool {
    parameter(Scope::Need, &path.join(".")).is_some()
}

/// Whether a `--set` can reach a path within an event or an intervention.
pub fn in_dated(scope: Scope, path: &[String]) -> bool {
    let joined = path.join(".");
    joined == "partners" || parameter(scope, &joined).is_some()
}

/// The entries that set something, each with its dotted key; what sets nothing is a fault.
///
/// A table is gone into as long as its key is only the beginning of known ones, so that an uncertainty stays whole.
pub fn fields<'e>(entries: &'e [Entry], known: &[&'static str], faults: &mut Faults) -> Vec<(&'static str, &'e Entry)> {
    let mut found = Vec::new();
    gather(entries, "", known, faults, &mut found);
    let mut first: Vec<&str> = Vec::new();
    for (key, entry) in &found {
        if first.contains(key) {
            faults.fault(entry.mark, format!("`{key}` is set twice"), "keep one of the two");
        }
        first.push(key);
    }
    found
}

fn gather<'e>(
    entries: &'e [Entry],
    prefix: &str,
    known: &[&'static str],
    faults: &mut Faults,
    found: &mut Vec<(&'static str, &'e Entry)>,
) {
    for entry in entries {
        let key = format!("{prefix}{}", entry.key);
        let branch = format!("{key}.");
        if let Some(known) = known.iter().find(|known| **known == key) {
            found.push((known, entry));
        } else if known.iter().any(|known| known.starts_with(&branch)) {
            match &entry.item.value {
                Value::Table(inner) => gather(inner, &branch, known, faults, found),
                other => {
                    let inside = known.iter().copied().filter(|known| known.starts_with(&branch));
                    let help = suggestion("", inside);
                    faults.fault(entry.item.mark, format!("`{key}` holds further keys, not {}", other.kind()), help);
                }
            }
        } else {
            unknown(&key, entry, known, faults);
        }
    }
}

fn unknown(key: &str, entry: &Entry, known: &[&'static str], faults: &mut Faults) {
    // Finding the nearest name takes time, which a hundred thousand unknown keys would add up.
    if faults.full() {
        return faults.fault(entry.mark, format!("nothing is called `{key}` here"), "");
    }
    let stem = key.rsplit_once('.').map_or("", |(stem, _)| stem);
    let siblings = known.iter().copied().filter(|known| !stem.is_empty() && known.starts_with(&format!("{stem}.")));
    let tables = known.iter().filter_map(|known| known.split_once('.')).map(|(table, _)| table);
    let near = nearest(key, tables.chain(known.iter().copied()));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if siblings.clone().next().is_some() => suggestion(key, siblings),
        None if known.len() <= 24 => suggestion(key, known.iter().copied()),
        None => "`partnersim describe` lists every parameter".to_owned(),
    };
    faults.fault(entry.mark, format!("nothing is called `{key}` here"), help);
}
