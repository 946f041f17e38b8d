//! `partnersim describe`: what a parameter, a mechanism, an outcome, a form of uncertainty or a concept means.

use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::scenario::describe::{describe, index, names};
use crate::scenario::nearest::nearest;

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
        return Ok(Answer::text(index()).with("names", names().collect::<Vec<_>>()));
    };
    match describe(name) {
        Some(text) => Ok(Answer::text(text.clone()).with("name", name.clone()).with("explanation", text)),
        None => {
            let near = nearest(name, names()).map_or_else(
                || "`partnersim describe` without a name lists everything".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            Err(Failure::Input(format!("nothing is called `{name}`; {near}")))
        }
    }
}
