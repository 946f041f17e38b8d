//! `xtask strings`: the words of the playground against what the page shows, and one language against another.
//!
//! `web/strings/en.toml` is the measure: every text that the page asks for stands there, with what the page fills in; every text that
//! stands there is asked for; every other language has the same. And no script and no frame has words of its own.

mod asked;
mod language;
pub mod literals;
mod shown;

use crate::faults::{Faults, text_of};
use crate::places;
use crate::playground::script;
use language::Language;
use std::path::{Path, PathBuf};

/// The language that the others are measured by.
const FIRST: &str = "en";

/// Check the words of the playground: what the page asks for, what is not asked for, one language against another. What the model's
/// declarations say there is written by `partnersim document`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The words of the page, one file a language [default: web/strings]
    #[arg(long, value_name = "DIR")]
    strings: Option<PathBuf>,
}

/// A file of the page: its name and its text.
pub type File = (String, String);

/// Checks everything and tells how much there is.
///
/// # Errors
/// When anything does not fit, with all that does not.
pub fn run(arguments: &Arguments) -> Result<String, Faults> {
    let folder = arguments.strings.clone().unwrap_or_else(|| places::root().join("web/strings"));
    let page = places::root().join("web/page");
    let (languages, files) = (languages(&folder)?, files(&page)?);
    let words = first(&languages, &folder)?;
    let mut wrong = misfits(&languages, words, &files);
    wrong.extend(asked::never(&files, words));
    wrong.extend(shown::own_words(&files));
    let idle = script::joined(&page)?.idle;
    wrong.extend(idle.iter().map(|name| format!("{name} is imported by nothing that the page needs")));
    Faults::none_of(wrong)?;
    Ok(format!("{} texts in {}\n", words.texts.len(), counted(languages.len())))
}

/// Checks what a page cannot be built without: what it asks for is there, in every language.
///
/// # Errors
/// When a text is missing or one language does not fit another.
pub fn check(page: &Path, strings: &Path) -> Result<(), Faults> {
    let (languages, files) = (languages(strings)?, files(page)?);
    let words = first(&languages, strings)?;
    Faults::none_of(misfits(&languages, words, &files))
}

fn misfits(languages: &[Language], words: &Language, files: &[File]) -> Vec<String> {
    let others = languages.iter().filter(|language| language.code != FIRST);
    let mut wrong: Vec<String> = languages.iter().flat_map(Language::odd).collect();
    wrong.extend(others.flat_map(|other| other.misfits(words)));
    wrong.extend(asked::missing(files, words));
    wrong
}

fn languages(folder: &Path) -> Result<Vec<Language>, Faults> {
    let paths = places::files(folder, "toml")?;
    paths.iter().map(|path| Language::read(&places::stem(path), &text_of(path)?)).collect()
}

fn first<'a>(languages: &'a [Language], folder: &Path) -> Result<&'a Language, Faults> {
    let found = languages.iter().find(|language| language.code == FIRST);
    found.ok_or_else(|| Faults::one(format!("{FIRST}.toml is missing in {}", folder.display())))
}

/// What is shown: the scripts and the frame.
fn files(page: &Path) -> Result<Vec<File>, Faults> {
    let mut files: Vec<File> = script::texts(page)?.into_iter().collect();
    files.push(("index.html".to_string(), text_of(&page.join("index.html"))?));
    Ok(files)
}

fn counted(languages: usize) -> String {
    if languages == 1 { "1 language".to_string() } else { format!("{languages} languages") }
}
