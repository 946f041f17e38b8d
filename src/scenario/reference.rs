//! The reference of parameters, outcomes and forms of uncertainty, written from their declarations.

use crate::model::mechanisms;
use crate::model::outcomes::{Better, OUTCOMES, Outcome};
use crate::model::parameter::{Domain, Parameter};
use crate::scenario::check::fields::NAMES;
use crate::scenario::forms::FORMS;
use crate::scenario::notation::{default, number};

/// The whole reference as Markdown: `docs/parameters.md`.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Parameters\n\nWritten by `partnersim document` from the declarations in the code; do not edit by hand.\n\n\
         A key beginning with `partner.` is written without that word in a `[[partner]]` or `[every_partner]` table, one\n\
         beginning with `need.`, `event.` or `intervention.` in a table of that name. Wherever a range is given, an uncertainty may stand in place of the number.\n\
         What the short names of sources and the grades stand for is told in [science.md](science.md).\n",
    );
    for (part, parameters) in mechanisms::PARAMETERS {
        text.push_str(&format!("\n## {part}\n\n| key | meaning | unit | allowed | default | source | grade |\n|---|---|---|---|---|---|---|\n"));
        parameters.iter().for_each(|parameter| text.push_str(&row(parameter)));
    }
    text.push_str("\n## Who the partners are\n\n| key | meaning | example |\n|---|---|---|\n");
    for names in NAMES {
        text.push_str(&format!("| `{}` | {} | `{}` |\n", names.key, cell(names.meaning), names.example));
    }
    text.push_str("\n## Uncertainties\n\n| form | meaning | example |\n|---|---|---|\n");
    for form in FORMS {
        text.push_str(&format!("| `{} = {}` | {} | `{}` |\n", form.name, form.shape, form.meaning, form.example));
    }
    text.push_str("\n## Outcomes\n\n| name | column | meaning | unit | better | target |\n|---|---|---|---|---|---|\n");
    OUTCOMES.iter().for_each(|outcome| text.push_str(&outcome_row(outcome)));
    text
}

fn row(parameter: &Parameter) -> String {
    format!(
        "| `{}` | {} | {} | {} | `{}` | {} | {} |\n",
        parameter.key,
        cell(parameter.meaning),
        cell(parameter.unit),
        cell(&allowed(parameter)),
        default(parameter),
        cell(parameter.source),
        parameter.grade.word()
    )
}

fn outcome_row(outcome: &Outcome) -> String {
    let better = better(outcome);
    let (name, column, meaning, unit) = (outcome.name, outcome.column, cell(outcome.meaning), outcome.unit);
    format!("| `{name}` | `{column}` | {meaning} | {unit} | {better} | {} |\n", number(outcome.target))
}

/// Which way is better, in a word.
pub fn better(outcome: &Outcome) -> &'static str {
    match outcome.better {
        Better::Higher => "higher",
        Better::Lower => "lower",
    }
}

/// What a parameter may be, in words.
pub fn allowed(parameter: &Parameter) -> String {
    match &parameter.domain {
        Domain::Number { low, high, .. } => format!("{} to {}", number(*low), number(*high)),
        Domain::Whole { low, high, .. } => format!("whole, {low} to {high}"),
        Domain::Choice { options, .. } => {
            let words: Vec<String> = options.iter().map(|(word, meaning)| format!("`{word}` ({meaning})")).collect();
            words.join("; ")
        }
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_and_outcome_has_a_row() {
        let text = markdown();
        for parameter in mechanisms::parameters() {
            assert!(text.contains(&format!("| `{}` |", parameter.key)), "{}", parameter.key);
        }
        for outcome in OUTCOMES {
            assert!(text.contains(&format!("| `{}` |", outcome.name)), "{}", outcome.name);
        }
    }

    #[test]
    fn every_row_has_the_cells_of_its_heading() {
        for (above, line) in
            markdown().lines().zip(markdown().lines().skip(1)).filter(|(_, line)| line.starts_with('|'))
        {
            let cells = |line: &str| line.replace("\\|", "").matches('|').count();
            assert!(!above.starts_with('|') || cells(above) == cells(line), "{line}");
        }
    }
}
