//! What a dotted path can be set to: a number, a whole number or a word, before any value is given.

use crate::model::parameter::{Domain, Scope};
use crate::scenario::check::fields;
use crate::scenario::parse::overrides::words;

/// What can be varied at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lever {
    /// A number, which may be an uncertainty.
    Number {
        /// Its unit in words.
        unit: &'static str,
    },
    /// A whole number, the same in every replication.
    Whole {
        /// Its unit in words.
        unit: &'static str,
    },
    /// A word, a name or several.
    Words,
}

/// What the path of a `--set` can be set to; `None` where nothing is called so. Whether there is a partner, a need, an event or
/// an intervention of the name in the path is left to the reading of the scenario.
///
/// ```
/// use partnersim::scenario::lever::{Lever, lever};
/// assert_eq!(lever("governance.partners"), Some(Lever::Whole { unit: "partners" }));
/// assert_eq!(lever("communication.quality"), Some(Lever::Number { unit: "share" }));
/// assert_eq!(lever("sharing.rule"), Some(Lever::Words));
/// ```
pub fn lever(path: &str) -> Option<Lever> {
    let path = words(path);
    let within = |from: usize| path.get(from..).unwrap_or_default().join(".");
    match path[0].as_str() {
        "partner" => of_partner(&path[2.min(path.len())..]),
        "every_partner" => of_partner(&path[1..]),
        "need" if path.get(2).is_some_and(|key| key == "skills") => Some(Lever::Number { unit: "weight" }),
        "need" => declared(Scope::Need, &within(2)),
        "event" => declared(Scope::Event, &within(2)),
        "intervention" => declared(Scope::Intervention, &within(2)),
        "targets" => Some(Lever::Number { unit: "in the unit of the outcome" }),
        _ => of_partnership(&within(0)),
    }
}

fn of_partner(path: &[String]) -> Option<Lever> {
    match path.first().map(String::as_str) {
        Some("skills" | "goals") => Some(Lever::Number { unit: "share" }),
        Some("variation") => Some(Lever::Number { unit: "coefficient of variation" }),
        Some("count") => Some(Lever::Whole { unit: "partners" }),
        Some("sector") => Some(Lever::Words),
        _ => declared(Scope::Partner, &path.join(".")),
    }
}

fn of_partnership(key: &str) -> Option<Lever> {
    match key {
        "governance.partners" => Some(Lever::Whole { unit: "partners" }),
        "horizon_months" => Some(Lever::Whole { unit: "months" }),
        "governance.lead" => Some(Lever::Words),
        _ => declared(Scope::Partnership, key),
    }
}

fn declared(scope: Scope, local_key: &str) -> Option<Lever> {
    let parameter = fields::parameter(scope, local_key)?;
    Some(match parameter.domain {
        Domain::Number { .. } => Lever::Number { unit: parameter.unit },
        Domain::Whole { .. } => Lever::Whole { unit: parameter.unit },
        Domain::Choice { .. } => Lever::Words,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_path_has_its_lever() {
        for (path, expected) in [
            ("partner.council.count", Some(Lever::Whole { unit: "partners" })),
            ("partner.\"a.b\".resources.staff", lever("every_partner.resources.staff")),
            ("membership.minimum_partners", Some(Lever::Whole { unit: "partners" })),
            ("need.\"help at home\".skills.social", Some(Lever::Number { unit: "weight" })),
            ("intervention.help.dose", lever("intervention.other.dose")),
            ("event.cut.kind", Some(Lever::Words)),
            ("partner", None),
            ("partner.council", None),
            ("communication.qualty", None),
            ("replications", None),
            ("", None),
        ] {
            assert_eq!(lever(path), expected, "{path}");
        }
        assert!(lever("intervention.help.dose").is_some() && lever("every_partner.resources.staff").is_some());
    }
}
