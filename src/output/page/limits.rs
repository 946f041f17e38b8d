//! What a reader must not read out of a result.

use super::{Section, Told};
use maud::html;

/// What the model leaves out, whatever it is used for.
const LIMITS: &[(&str, &str)] = &[
    (
        "It explores and does not forecast.",
        "A replication is one way things may go under the assumptions above. A share of the replications is no probability that a real \
         partnership will do the same, unless one believes every assumption.",
    ),
    (
        "People are behind organisations.",
        "A partner decides as one. Leaders with their own minds, factions within an organisation and friendships between people appear \
         only through trust, goals, morale and who leaves.",
    ),
    (
        "Work is days and skills.",
        "Needs are met by staff-days of the right kind. What a day achieves differs by skill, experience and coordination, and not by who \
         is helped beyond the needs a scenario names.",
    ),
    (
        "The world around is drawn.",
        "Elections, reorganisations and new laws come in only as far as a scenario lists them as events or uncertainties.",
    ),
    (
        "Working alone is simulated too.",
        "The comparison is with the same organisations in the same world, as the model has them work alone. Nobody can observe that in a real place.",
    ),
];

/// What the model leaves out.
pub fn section(told: Told) -> Section {
    let is_of_scenarios = !told.reported.kept.about.scenarios.is_empty();
    let body = html! {
        @if is_of_scenarios {
            dl.limits { @for (limit, meaning) in LIMITS { dt { (limit) } dd { (meaning) } } }
        } @else {
            p {
                "The result describes the table that was given. Where its rows were not drawn at random, or groups in it differ in more than \
                 what is compared, a difference is no effect."
            }
        }
        p.note { "The model is written out in docs/ODD.md of partnersim, its evidence in docs/science.md, how plausible its results are in docs/plausibility.md." }
    };
    Section { id: told.id("limits"), title: "What this leaves out".to_string(), body }
}
