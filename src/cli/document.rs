//! `partnersim document`: the files that are generated from the declarations.

use crate::cli::answer::{Answer, schema as answers};
use crate::cli::failure::Failure;
use crate::output::reference as results;
use crate::scenario::{concepts, odd, reference, schema, words};
use std::fs;
use std::path::{Path, PathBuf};

/// Where they are kept.
const DOCUMENTS: &str = "docs";
/// Every word of the playground, whose end tells of the model.
const WORDS: &str = "web/strings/en.toml";

/// Write the reference of parameters and of result files, the table of concepts, the model in the ODD protocol, the schemas of scenarios and answers, and what the playground says of the model.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Write nothing; fail when a file is not what would be written.
    #[arg(long)]
    pub check: bool,
    /// Folder of the generated files.
    #[arg(default_value = DOCUMENTS, value_name = "DIR")]
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
    let mut files: Vec<(PathBuf, String)> =
        files.into_iter().map(|(name, text)| (arguments.folder.join(name), text)).collect();
    // The playground has one file of words, wherever else documents are written to.
    let words = fs::read_to_string(WORDS).ok().and_then(|old| words::refreshed(&old.replace("\r\n", "\n")));
    if arguments.folder == Path::new(DOCUMENTS) {
        files.extend(words.map(|text| (PathBuf::from(WORDS), text)));
    }
    let (mut stale, mut told, mut found) = (Vec::new(), String::new(), Vec::new());
    for (path, text) in files {
        let fresh = fs::read_to_string(&path).is_ok_and(|old| old.replace("\r\n", "\n") == text);
        if fresh {
            told.push_str(&format!("{} is up to date\n", path.display()));
        } else if arguments.check {
            stale.push(path.display().to_string());
            continue;
        } else {
            let folder = path.parent().unwrap_or(&arguments.folder);
            let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, &text));
            written.map_err(|error| Failure::Files(format!("{} cannot be written: {error}", path.display())))?;
            told.push_str(&format!("wrote {}\n", path.display()));
        }
        found.push(path.display().to_string());
    }
    let out_of_date = || Failure::Files(format!("{} out of date; run `partnersim document`", stale.join(", ")));
    let failure = (!stale.is_empty()).then(out_of_date);
    Ok(Answer::text(told).with("files", found).but(failure))
}
