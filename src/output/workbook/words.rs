//! The sheets Cover and Contents.

use super::book::{Book, Part, broken, lines as lines_of, printable};
use super::names::{clean, one_line};
use super::rows::Written;
use crate::output::column::Column;
use crate::output::figure::{counted, grouped};
use crate::output::kept::{About, Kept};
use crate::output::sheet::Sheet;
use std::io;

/// How wide the cover is, in characters.
const WIDTH: usize = 72;

/// A line of the cover.
enum Line {
    Title(String),
    Subtitle(&'static str),
    Text(String),
}

/// Fills the cover: title, question, answer, and how to read what follows.
pub fn fill_cover(book: &mut Book, at: usize, kept: &Kept, written: &Written) -> io::Result<()> {
    let about = &kept.about;
    let mut lines = vec![Line::Title(title(about))];
    lines.extend((!about.question.is_empty()).then(|| Line::Text(about.question.clone())));
    lines.extend((!about.findings.is_empty()).then_some(Line::Subtitle("The answer")));
    lines.extend(about.findings.iter().cloned().map(Line::Text));
    lines.push(Line::Subtitle("What this is"));
    lines.extend(what_it_is(about).map(Line::Text));
    lines.extend(written.left_out.iter().cloned().map(Line::Text));
    lines.push(Line::Subtitle("How to read it"));
    lines.extend(how_to_read(book).into_iter().map(Line::Text));
    let look = book.look.clone();
    let page = book.sheet(at)?;
    page.set_column_width(0, WIDTH as f64).map_err(broken)?;
    for (row, line) in lines.iter().enumerate() {
        let (text, format) = match line {
            Line::Title(text) => (one_line(text), look.title()),
            Line::Subtitle(text) => ((*text).to_string(), look.subtitle()),
            Line::Text(text) => (clean(text), look.wrapped()),
        };
        let n = match line {
            Line::Title(_) => 2 * lines_of(&text, WIDTH / 2),
            Line::Subtitle(_) => 2,
            Line::Text(_) => lines_of(&text, WIDTH),
        };
        look.heighten(page, row as u32, n)?;
        page.write_string_with_format(row as u32, 0, text, &format).map_err(broken)?;
    }
    page.set_screen_gridlines(false).set_active(true);
    printable(page, false, 0);
    book.tell(at, "Title, question and answer, and how to read this workbook", "", Vec::new(), lines.len() as u64);
    Ok(())
}

fn title(about: &About) -> String {
    if about.title.trim().is_empty() { about.name.clone() } else { about.title.clone() }
}

fn what_it_is(about: &About) -> impl Iterator<Item = String> {
    let of = match about.points {
        0 | 1 => String::new(),
        n => format!(
            " of each of {} {}",
            grouped(n as f64, 0),
            if about.kind == "comparison" { "set-ups" } else { "points" }
        ),
    };
    let replications = counted(about.replications, "replication");
    let article = if about.kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let result = format!(
        "The result of {article} {} with partnersim {}, an agent-based Monte Carlo simulator of partnership working: {replications}{of}, seed {}.",
        about.kind, about.version, about.seed
    );
    let interrupted = "It was interrupted: less was computed than was asked for.".to_string();
    let assumed =
        "These are results of a model on the assumptions listed in Scenarios and Assumptions, not observations."
            .to_string();
    [Some(result), about.is_interrupted.then_some(interrupted), Some(assumed)].into_iter().flatten()
}

fn how_to_read(book: &Book) -> Vec<String> {
    let mut lines = vec!["Contents lists every sheet and leads to it; Notes explains the words; Data_dictionary says what every column means.".to_string()];
    if book.pages.iter().any(|page| page.name == "What_matters") {
        lines.push("What_matters is live: change a cell whose name begins with Choose, and the cells below it are computed anew from the tables.".to_string());
    }
    lines.push(
        "Cells show few digits and hold all of them. Every table is a named table, called like its sheet.".to_string(),
    );
    lines.push(
        "Provenance says by which command and seed the same numbers come out again, to the last digit.".to_string(),
    );
    lines
}

/// Fills the list of the sheets, each a link.
pub fn fill_contents(book: &mut Book, at: usize) -> io::Result<()> {
    let columns = vec![
        Column::text("sheet", "Name of the sheet."),
        Column::text("holds", "What it holds."),
        Column::text("rows", "Rows of its table."),
        Column::text("file", "The file that holds the same."),
    ];
    let mut sheet = Sheet::new("contents", "The sheets of this workbook", columns);
    book.pages[0].told = "Title, question and answer, and how to read this workbook".to_string();
    book.pages[at].told = "The sheets of this workbook".to_string();
    for page in &book.pages {
        let rows = if page.headings.is_empty() { "–".to_string() } else { grouped(page.n_rows as f64, 0) };
        let file = if page.file.is_empty() { "–" } else { &page.file };
        sheet.push([&page.name, &page.told, &rows, file].map(Into::into).to_vec());
    }
    if !book.pages.iter().any(|page| page.name == "What_matters") {
        let without = "A live sheet is not here: this result has no table of outcomes to choose from and to hold against a target";
        sheet.push(["(no What_matters)", without, "–", "–"].map(Into::into).to_vec());
    }
    let names: Vec<String> = book.pages.iter().map(|page| page.name.clone()).collect();
    book.fill(at, &Part { file: String::new(), ..Part::new("Contents", &sheet) })?;
    let link = book.look.link();
    let page = book.sheet(at)?;
    for (row, name) in names.iter().enumerate() {
        let place = format!("internal:'{name}'!A1");
        page.write_url_with_options(row as u32 + 1, 0, place.as_str(), name, "", Some(&link)).map_err(broken)?;
    }
    Ok(())
}
