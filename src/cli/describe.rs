//! `partnersim describe`: what a parameter, a mechanism, an outcome, a form of uncertainty or a concept means.

use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::model::mechanisms;
use crate::model::outcomes::{OUTCOMES, Outcome};
use crate::model::parameter::{Domain, Parameter};
use crate::scenario::describe::{describe, index, names};
use crate::scenario::nearest::nearest;
use crate::scenario::notation::default;
use crate::scenario::reference::better;
use serde_json::{Value, json};

/// Explain a parameter, a mechanism, an outcome, a form of uncertainty or a concept.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  partnersim describe communication.quality")]
pub struct Arguments {
    /// Its name, such as communication.quality, trust, premium, pert or A13; without it, everything is listed.
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// Gives the explanation, or the list of all names.
///
/// # Errors
/// When nothing has that name.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let Some(name) = &arguments.name else {
        let answer = Answer::text(index()).with("names", names().collect::<Vec<_>>());
        return Ok(declared(answer, |_| true, |_| true));
    };
    match describe(name) {
        Some(text) => {
            let answer = Answer::text(text.clone()).with("name", name.clone()).with("explanation", text);
            Ok(declared(
                answer,
                |parameter| parameter.key == name || parameter.local_key() == name,
                |outcome| outcome.name == name || outcome.column == name,
            ))
        }
        None => {
            let near = nearest(name, names()).map_or_else(
                || "`partnersim describe` without a name lists everything".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            Err(Failure::Input(format!("nothing is called `{name}`; {near}")))
        }
    }
}

/// The answer with the declarations of the parameters and outcomes that are asked about.
fn declared(
    answer: Answer,
    is_asked: impl Fn(&Parameter) -> bool,
    is_asked_outcome: impl Fn(&Outcome) -> bool,
) -> Answer {
    let parameters = mechanisms::parameters().filter(|one| is_asked(one)).map(parameter);
    let outcomes = OUTCOMES.iter().filter(|one| is_asked_outcome(one)).map(outcome);
    answer.with("parameters", parameters.collect::<Vec<_>>()).with("outcomes", outcomes.collect::<Vec<_>>())
}

fn parameter(parameter: &Parameter) -> Value {
    let (kind, low, high, words) = match &parameter.domain {
        Domain::Number { low, high, .. } => ("number", json!(low), json!(high), Value::Null),
        Domain::Whole { low, high, .. } => ("whole number", json!(low), json!(high), Value::Null),
        Domain::Choice { options, .. } => {
            let word = |(word, meaning): &(&str, &str)| json!({ "word": word, "meaning": meaning });
            ("word", Value::Null, Value::Null, options.iter().map(word).collect())
        }
    };
    json!({
        "key": parameter.key, "meaning": parameter.meaning, "unit": parameter.unit, "kind": kind, "low": low, "high": high,
        "words": words, "default": default(parameter), "source": parameter.source, "grade": parameter.grade.word(),
    })
}

fn outcome(outcome: &Outcome) -> Value {
    json!({
        "name": outcome.name, "column": outcome.column, "title": outcome.title, "meaning": outcome.meaning,
        "unit": outcome.unit, "better": better(outcome), "target": outcome.target,
    })
}
