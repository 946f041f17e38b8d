//! `partnersim document`: the files that are generated from the declarations.

use crate::cli::answer::{Answer, schema as answers};
use crate::cli::failure::Failure;
use crate::output::reference as results;
use crate::scenario::{concepts, odd, reference, schema};
use std::fs;
use std::path::PathBuf;

/// Write the reference of parameters and of result files, the table of concepts, the model in the ODD protocol, and the schemas of scenarios and answers.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Write nothing; fail when a file is not what would be written.
    #[arg(long)]
    pub check: bool,
    /// Folder of the generated files.
    #[arg(default_value = "docs", value_name = "DIR")]
    pub folder: PathBuf,
}

/// Writes the files, or checks that they are fresh.
///
/// # Errors
/// When a file is stale or cannot be written.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let files = [
        ("parameters.md", reference::markdown()),
        ("results.md", results::markdown()),
        ("concepts.md", concepts::markdown()),
        ("ODD.md", odd::markdown()),
        ("scenario.schema.json", schema::text()),
        ("answer.schema.json", answers::document()),
    ];
    let (mut stale, mut told, mut found) = (Vec::new(), String::new(), Vec::new());
    for (name, text) in files {
        let path = arguments.folder.join(name);
        let fresh = fs::read_to_string(&path).is_ok_and(|old| old.replace("\r\n", "\n") == text);
        if fresh {
            told.push_str(&format!("{} is up to date\n", path.display()));
        } else if arguments.check {
            stale.push(path.display().to_string());
            continue;
        } else {
            let written = fs::create_dir_all(&arguments.folder).and_then(|()| fs::write(&path, &text));
            written.map_err(|error| Failure::Files(format!("{} cannot be written: {error}", path.display())))?;
            told.push_str(&format!("wrote {}\n", path.display()));
        }
        found.push(path.display().to_string());
    }
    let out_of_date = || Failure::Files(format!("{} out of date; run `partnersim document`", stale.join(", ")));
    let failure = (!stale.is_empty()).then(out_of_date);
    Ok(Answer::text(told).with("files", found).but(failure))
}
