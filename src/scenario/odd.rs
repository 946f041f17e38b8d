//! The model in the ODD protocol of 2020, `docs/ODD.md`: a frame written by hand, and what the code says of itself.

use crate::model::mechanisms;
use crate::model::outcomes::causes::CAUSES;
use crate::model::outcomes::{ENDINGS, MONTHLY, Measure, OUTCOMES, PARTNER_MEASURES};
use crate::scenario::describe::{PARTS, head};
use crate::scenario::notation::default;

const FRAME: &str = include_str!("odd.md");
const MONTH: &str = include_str!("../model/mechanisms/mod.rs");
const DRAWS: &str = include_str!("../model/draws.rs");

/// Entities with the source and the name of the structure that holds their state.
const ENTITIES: &[(&str, &str, &str)] = &[
    ("Partner", include_str!("../model/partner.rs"), "Partner"),
    ("Tie", include_str!("../model/tie.rs"), "Tie"),
    ("Need", include_str!("../model/need.rs"), "Need"),
    ("Partnership", include_str!("../model/world.rs"), "Partnership"),
    (
        "Plan of the partnership, where there is a rule of decision",
        include_str!("../model/mechanisms/decisions/mod.rs"),
        "Plan",
    ),
    (
        "Office of the partnership, where there is paperwork",
        include_str!("../model/mechanisms/administration.rs"),
        "Office",
    ),
    ("Tasks of the partnership, where there are roles", include_str!("../model/mechanisms/roles.rs"), "Tasks"),
    ("Way of working, where there is joint search", include_str!("../model/search.rs"), "Search"),
    ("Event, each that a scenario lists", include_str!("../model/mechanisms/events.rs"), "EventState"),
    ("Standing of a partner, where there are reviews", include_str!("../model/mechanisms/monitoring.rs"), "Standing"),
    ("Conditions of the month, of the partnership", include_str!("../model/influence.rs"), "Conditions"),
    ("Influences of the month, on one partner", include_str!("../model/influence.rs"), "Influences"),
];

/// The whole page as Markdown.
pub fn markdown() -> String {
    let rows = |measures: &[Measure]| {
        table(measures.iter().map(|measure| (measure.column, format!("{} ({})", measure.meaning, measure.unit))))
    };
    let outcomes = OUTCOMES.iter().map(|outcome| (outcome.name, format!("{} ({})", outcome.meaning, outcome.unit)));
    let parts = [
        ("{{state}}", state()),
        ("{{schedule}}", schedule()),
        ("{{draws}}", draws()),
        ("{{outcomes}}", table(outcomes)),
        ("{{monthly}}", rows(MONTHLY)),
        ("{{partners}}", rows(PARTNER_MEASURES)),
        ("{{endings}}", table(ENDINGS.iter().map(|&(name, meaning)| (name, meaning.to_owned())))),
        ("{{causes}}", table(CAUSES.iter().map(|cause| (cause.name, cause.meaning.to_owned())))),
        ("{{submodels}}", submodels()),
    ];
    parts.iter().fold(FRAME.to_owned(), |page, (mark, text)| page.replace(mark, text.trim_end()))
}

fn table<'a>(rows: impl Iterator<Item = (&'a str, String)>) -> String {
    let row = |(name, meaning): (&str, String)| format!("| `{name}` | {} |\n", meaning.replace('|', "\\|"));
    format!("| name | meaning |\n|---|---|\n{}", rows.map(row).collect::<String>())
}

/// The fields of each entity with what is said of them where they are declared.
fn state() -> String {
    let entity = |(title, source, name): &(&str, &str, &str)| {
        let fields = fields(source, name);
        format!("**{title}**\n\n{}\n", table(fields.iter().map(|(name, meaning)| (name.as_str(), meaning.clone()))))
    };
    ENTITIES.iter().map(entity).collect()
}

/// Name and documentation of every public field of a structure.
fn fields(source: &str, structure: &str) -> Vec<(String, String)> {
    let start = format!("pub struct {structure}<");
    let body = source.split_once(&start).map_or("", |(_, rest)| rest.split("\n}\n").next().unwrap_or(rest));
    documented(body.lines().skip(1), |line| {
        let (name, _) = line.strip_prefix("pub ")?.split_once(':')?;
        Some(name.to_owned())
    })
}

/// Every line that has a name, with the documentation above it.
fn documented<'a>(
    lines: impl Iterator<Item = &'a str>,
    name: impl Fn(&str) -> Option<String>,
) -> Vec<(String, String)> {
    let (mut found, mut above) = (Vec::new(), Vec::new());
    for line in lines.map(str::trim) {
        if let Some(text) = line.strip_prefix("///") {
            above.push(text.trim());
        } else {
            found.extend(name(line).map(|name| (name, above.join(" "))));
            above.clear();
        }
    }
    found
}

/// The numbered list of the month.
fn schedule() -> String {
    let step = |line: &str| {
        let (name, told) = line.trim().split_once("::step(world")?;
        let (number, told) = told.split_once("//")?.1.trim().split_once(". ")?;
        Some(format!("{number}. **{name}**: {told}\n"))
    };
    MONTH.lines().filter_map(step).collect()
}

/// What each purpose of a draw decides.
fn draws() -> String {
    let body =
        DRAWS.split_once("pub enum Purpose {").map_or("", |(_, rest)| rest.split("\n}\n").next().unwrap_or(rest));
    let purposes = documented(body.lines(), |line| Some(line.split_once(" = ")?.0.to_owned()));
    purposes.iter().map(|(_, meaning)| format!("- {meaning}\n")).collect()
}

/// Each part of the model: the documentation of its file, and its parameters.
fn submodels() -> String {
    let submodel = |(part, source): &(&str, &str)| {
        let told: String = head(source).map(|line| format!("{}\n", heading(line))).collect();
        let parameters = mechanisms::PARAMETERS.iter().filter(|(name, _)| name == part);
        let row = |parameter: &&crate::model::parameter::Parameter| {
            format!(
                "| `{}` | `{}` | {} | {} |\n",
                parameter.key,
                default(parameter),
                parameter.unit,
                parameter.grade.word()
            )
        };
        let rows: String = parameters.flat_map(|(_, parameters)| parameters.iter()).map(row).collect();
        format!("### {part}\n\n{told}\n| parameter | default | unit | grade |\n|---|---|---|---|\n{rows}\n")
    };
    PARTS.iter().map(submodel).collect()
}

/// A line of documentation with its heading, if it is one, three levels down.
fn heading(line: &str) -> String {
    line.strip_prefix("# ").map_or_else(|| line.to_owned(), |title| format!("#### {title}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_of_the_frame_is_filled() {
        let page = markdown();
        assert!(!page.contains("{{") && !page.contains("}}"));
        for number in 1..=7 {
            assert!(page.contains(&format!("\n## {number}. ")), "element {number}");
        }
    }

    #[test]
    fn all_eleven_design_concepts_have_their_paragraph() {
        let concepts = [
            "Basic principles",
            "Emergence",
            "Adaptation",
            "Objectives",
            "Learning",
            "Prediction",
            "Sensing",
            "Interaction",
            "Stochasticity",
            "Collectives",
            "Observation",
        ];
        assert!(concepts.iter().all(|concept| FRAME.contains(&format!("\n**{concept}.** "))));
    }

    #[test]
    fn state_schedule_and_draws_are_read_from_the_source() {
        for (title, source, name) in ENTITIES {
            let found = fields(source, name);
            assert!(found.len() > 1 && found.iter().all(|(_, meaning)| !meaning.is_empty()), "{title}: {found:?}");
        }
        assert!(schedule().contains("**trust**: experience changes trust"));
        assert!(draws().contains("- Whether a partner's income arrives this month.\n"));
    }
}
