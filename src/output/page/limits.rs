//! What a reader must not read out of a result.

use super::{Section, Told};
use maud::html;

/// What the model leaves out, whatever it is used for.
const LIMITS: &[(&str, &str)] = &[
    (
        "It explores and does not forecast.",
        "A replication is one way things may go under the assumptions above. A share of the replications is no probability that a real \
         partnership will do the same, unless one believes every assumption. How long partnerships last, and that working together makes \
         little difference on average, was fitted to what the field reports; that the model shows both is no evidence for it.",
    ),
    (
        "People are behind organisations.",
        "A partner decides as one. Leaders with minds of their own, factions within an organisation and friendships between people are not \
         simulated. People appear as days and skills, and as staff who leave and take with them what they knew of the others.",
    ),
    (
        "Work is days and skills.",
        "Needs are met by staff-days of the skills they ask for. What a day achieves differs by skill, by how well the partners' work fits \
         together and by what they have learned; everybody who has the same need is alike.",
    ),
    (
        "The world around comes in as luck.",
        "Whether income arrives, how great a need is and who leaves for reasons of their own is drawn at given rates. Elections, \
         reorganisations and new laws come in only as far as a scenario lists them as events or uncertainties.",
    ),
    (
        "Working alone is simulated too.",
        "The comparison is with the same organisations in the same world, as the model has them work alone. Nobody can observe that in a \
         real place, and it rests on the same assumptions.",
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
        @if is_of_scenarios { p.note { "The model is written out in docs/ODD.md of partnersim, its evidence in docs/science.md, how plausible its results are in docs/plausibility.md." } }
    };
    Section { id: told.id("limits"), title: "What this leaves out".to_string(), body }
}
