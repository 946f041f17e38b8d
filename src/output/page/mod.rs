//! The page about results: one file of HTML that holds all it needs, to be read, printed and sent on.
//!
//! It is made from results as they are kept and from their pictures. Whatever a result brings is text to the page: no name can
//! become markup, and nothing is loaded from anywhere.

mod answer;
mod assumptions;
mod cell;
mod frame;
mod glossary;
mod grid;
mod head;
mod limits;
mod picture;
mod principal;
mod provenance;
mod run_tables;
mod topic;

use super::chart::Chart;
use super::kept::Kept;
use maud::{Markup, html};

/// A result as the page is to tell it.
#[derive(Debug, Clone, Copy)]
pub struct Reported<'a> {
    /// The result.
    pub kept: &'a Kept,
    /// Its pictures, the most important first.
    pub charts: &'a [Chart],
    /// Files of it that are not any more as they were written.
    pub changed: &'a [String],
}

/// A result in its place on the page.
#[derive(Debug, Clone, Copy)]
struct Told<'a> {
    reported: Reported<'a>,
    /// Its number among the results, from 1.
    number: usize,
    /// Level of the headings of its sections.
    level: u8,
}

/// A stretch of the page under a heading of its own.
struct Section {
    id: String,
    title: String,
    body: Markup,
}

/// The page about results, as text in HTML. The same results give the same bytes.
///
/// # Panics
/// When there is no result.
pub fn page(results: &[Reported]) -> String {
    assert!(!results.is_empty(), "a page is about a result");
    let level = if results.len() == 1 { 2 } else { 3 };
    let told = results.iter().enumerate().map(|(k, &reported)| Told { reported, number: k + 1, level });
    let parts: Vec<(Told, Vec<Section>)> = told.map(|told| (told, sections(told))).collect();
    let (top, body) = match &parts[..] {
        [(told, sections)] => (head::head(*told), html! { @for section in sections { (shown(section, 2)) } }),
        several => (
            top_of_several(several.len()),
            html! {
                (overview(several))
                @for (told, sections) in several {
                    article {
                        (head::head(*told))
                        @for section in sections { (shown(section, 3)) }
                    }
                }
            },
        ),
    };
    let words = glossary::section(&body);
    let contents = frame::contents(&parts, &words);
    frame::page(&title(results), html! { (top) (contents) (body) (shown(&words, 2)) (appendix()) })
}

/// Where tables stand on paper: empty until the page is printed, when the script moves them here.
fn appendix() -> Markup {
    html! { section #appendix { h2 { "Tables" } } }
}

/// All sections of a result, those it has nothing for left out.
fn sections(told: Told) -> Vec<Section> {
    let mut sections = vec![answer::section(told)];
    sections.extend(topic::sections(told));
    sections.extend([assumptions::section(told), limits::section(told), provenance::section(told)]);
    sections
}

fn shown(section: &Section, level: u8) -> Markup {
    html! { section id=(section.id) { (heading(level, &section.title)) (section.body) } }
}

fn heading(level: u8, text: &str) -> Markup {
    html! {
        @match level {
            2 => h2 { (text) },
            3 => h3 { (text) },
            4 => h4 { (text) },
            _ => h5 { (text) },
        }
    }
}

fn title(results: &[Reported]) -> String {
    match results {
        [only] => only.kept.title().to_string(),
        several => format!("{} results", several.len()),
    }
}

fn top_of_several(n: usize) -> Markup {
    html! {
        header.top {
            p.kind { "Report" }
            h1 { (n) " results" }
            p.question { "Each has its own part below. The overview says what each was asked and what it found first." }
        }
    }
}

/// What several results are about, each with the most important of what was found.
fn overview(parts: &[(Told, Vec<Section>)]) -> Markup {
    html! {
        section id="overview" {
            h2 { "Overview" }
            ol.overview {
                @for (told, _) in parts {
                    @let about = &told.reported.kept.about;
                    li {
                        a href={ "#" (told.id("top")) } { (told.reported.kept.title()) }
                        @if !about.question.is_empty() { p.question { (about.question) } }
                        @for sentence in answer::leads(about) { p { (sentence) } }
                    }
                }
            }
        }
    }
}

impl Told<'_> {
    /// An identifier on the page.
    fn id(&self, name: &str) -> String {
        let plain = |sign: char| if sign.is_ascii_alphanumeric() { sign.to_ascii_lowercase() } else { '-' };
        format!("r{}-{}", self.number, name.chars().map(plain).collect::<String>())
    }
}

impl Kept {
    /// What it is called.
    fn title(&self) -> &str {
        if self.about.title.is_empty() { &self.about.name } else { &self.about.title }
    }
}
