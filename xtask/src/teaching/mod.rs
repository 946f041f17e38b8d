//! `cargo teaching`: lesson plans, worksheets and answer sheets for `docs/teaching`.
//!
//! A plan is Markdown, to be read and changed; the sheets are pages to print that need nothing else and run no script. Words come from
//! the strings of a language, numbers from the model, so that neither grows old unseen.

mod answers;
mod figures;
mod plan;
mod sheet;

use crate::faults::{self, Faults, text_of};
use crate::lessons::lived::{self, Pair};
use crate::lessons::words::Words;
use crate::lessons::{self, Changes, Lesson};
use crate::places;
use partnersim::experiment::quantity::{Comparison, Condition, Quantity, Variable};
use partnersim::output::figure::grouped;
use std::path::PathBuf;

/// Write the lesson plans, worksheets and answer sheets.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Write nothing; tell what would change
    #[arg(long)]
    check: bool,
    /// The language, by the name of its file of strings
    #[arg(long, value_name = "CODE", default_value = "en")]
    language: String,
    /// The folder [default: docs/teaching]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Writes or checks them.
///
/// # Errors
/// When something cannot be read, written or computed, or is not as it would be written.
pub fn run(arguments: &Arguments) -> Result<String, Faults> {
    let folder = arguments.out.clone().unwrap_or_else(|| places::root().join("docs/teaching"));
    let words = Words::read(&arguments.language)?;
    let mut stale = Vec::new();
    let files = all(&words)?;
    for (name, text) in &files {
        let path = folder.join(name);
        if !arguments.check {
            faults::write(&path, text.as_bytes())?;
        } else if text_of(&path).ok().as_ref() != Some(text) {
            stale.push(format!("{} is not as `cargo teaching` writes it", path.display()));
        }
    }
    Faults::none_of(stale)?;
    Ok(format!("{} files in {}\n", files.len(), folder.display()))
}

/// Every file, by its name below the folder.
fn all(words: &Words) -> Result<Vec<(String, String)>, Faults> {
    let mut files = Vec::new();
    for lesson in lessons::read()? {
        let told = Told { words, lesson: &lesson };
        let name = &lesson.name;
        files.push((format!("{name}/plan.md"), plan::text(&told)?));
        files.push((format!("{name}/worksheet.html"), sheet::page(&told)));
        files.push((format!("{name}/answers.html"), answers::page(&told)?));
    }
    Ok(files)
}

/// The words of a lesson at hand.
#[derive(Debug, Clone, Copy)]
struct Told<'a> {
    words: &'a Words,
    lesson: &'a Lesson,
}

impl Told<'_> {
    /// What all sheets say.
    fn common(&self, key: &str) -> String {
        self.words.text(&["teaching", key])
    }

    /// What a lesson says of itself.
    fn own(&self, path: &[&str]) -> String {
        self.words.text(&[&["lesson", &self.lesson.name], path].concat())
    }

    /// What its plan says.
    fn plan(&self, key: &str) -> String {
        self.words.text(&["teaching", &self.lesson.name, key])
    }

    fn plan_list(&self, key: &str) -> Vec<String> {
        self.words.texts(&["teaching", &self.lesson.name, key])
    }

    /// The name of an outcome, that which the page gives it.
    fn outcome(&self, variable: Variable) -> String {
        let plain = ["results", "outcomes", variable.name()];
        let own = ["model", "outcomes", variable.name(), "title"];
        let path = [&plain[..], &own[..]].into_iter().find(|path| self.words.has(path));
        let name = path.map_or_else(|| variable.title().to_owned(), |path| self.words.text(path));
        figures::named(self.words, name, variable)
    }

    /// What a condition asks about, as the page words it: the outcome, or the outcome beyond a level.
    fn asked(&self, quantity: &Quantity) -> String {
        let name = self.outcome(quantity.variable());
        match quantity {
            Quantity::Probability(happening) if !happening.variable.is_yes_or_no() => {
                let text = self.words.text(&["panel", "watch", "beyond"]);
                let level = figures::bound(self.words, happening.variable, happening.bound);
                let sign = self.sign(happening.comparison);
                text.replace("{outcome}", &name).replace("{sign}", &sign).replace("{level}", &level)
            }
            _ => name,
        }
    }

    /// A condition in words.
    fn condition(&self, condition: &Condition) -> String {
        let (kind, bound) = match &condition.quantity {
            Quantity::Probability(_) => ("condition_share", figures::bound_share(self.words, condition.bound)),
            other => ("condition_mean", figures::bound(self.words, other.variable(), condition.bound)),
        };
        let text = self.words.text(&["panel", "challenge", kind]);
        let text = text.replace("{outcome}", &self.asked(&condition.quantity)).replace("{bound}", &bound);
        text.replace("{sign}", &self.sign(condition.comparison))
    }

    fn sign(&self, comparison: Comparison) -> String {
        let name = match comparison {
            Comparison::Less => "less_than",
            Comparison::AtMost => "at_most",
            Comparison::Equal => "exactly",
            Comparison::AtLeast => "at_least",
            Comparison::Greater => "more_than",
        };
        self.words.text(&["panel", "challenge", name])
    }

    /// The outcomes to look at.
    fn watched(&self) -> Vec<Variable> {
        self.lesson.watch.iter().filter_map(|name| Variable::parse(name).ok()).collect()
    }

    /// The two set-ups with which it opens.
    fn opening(&self) -> Result<Pair, Faults> {
        lived::pair(self.lesson, &self.lesson.first, &self.lesson.second)
    }

    /// From how many replications numbers come.
    fn computed(&self, pair: &Pair) -> String {
        let scenario = &pair.first.scenario;
        let text = self.common("computed").replace("{n}", &grouped(scenario.replications as f64, 0));
        text.replace("{seed}", &scenario.seed.to_string())
    }
}

/// Changes as they are typed: `path=value`, one a line.
fn typed(changes: &Changes) -> Vec<String> {
    changes.iter().map(|(path, value)| format!("{path}={value}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_for_teachers_are_as_they_would_be_written() {
        let arguments = Arguments { check: true, language: "en".to_owned(), out: None };
        let told = run(&arguments).unwrap_or_else(|faults| panic!("{faults}"));
        assert!(told.starts_with("27 files"), "{told}");
        // A text that is not there shows its key; one that lacks what is to be filled in, its braces.
        for (name, text) in all(&Words::read("en").unwrap()).unwrap() {
            for sign in ["teaching.", "lesson.", "{title}", "{n}", "{seed}", "{starter}", "{second}", "{name}"] {
                assert!(!text.contains(&format!(">{sign}")) && !text.contains(&format!(" {sign}")), "{name} {sign}");
            }
        }
    }

    #[test]
    fn the_page_for_teachers_names_every_lesson() {
        let page = text_of(&places::root().join("docs/teaching/README.md")).unwrap();
        for lesson in lessons::read().unwrap() {
            for file in ["plan.md", "worksheet.html", "answers.html"] {
                assert!(page.contains(&format!("({}/{file})", lesson.name)), "{} {file}", lesson.name);
            }
        }
    }

    #[test]
    fn a_sheet_asks_for_nothing_from_elsewhere_and_runs_nothing() {
        let words = Words::read("en").unwrap();
        for lesson in lessons::read().unwrap() {
            let page = sheet::page(&Told { words: &words, lesson: &lesson });
            for sign in ["<script", "http:", "https:", "src=", "url("] {
                assert!(!page.contains(sign), "{} {sign}", lesson.name);
            }
        }
    }
}
