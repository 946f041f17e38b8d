//! The live sheet of a comparison: a set-up, an outcome and a difference that would matter, and what the pairs say.

use super::super::book::Book;
use super::{Cell, Line, Looks, Page, cells, look_up};
use crate::output::kept::Kept;
use crate::output::sheet::{Sheet, Value};

/// The columns that are looked up.
const NEEDED: [&str; 13] = [
    "setup",
    "against",
    "title",
    "unit",
    "better",
    "replications",
    "mean",
    "mean_against",
    "difference",
    "low",
    "high",
    "verdict",
    "in_words",
];
const YES: &str = "yes: the whole interval is at least that much better";
const NO: &str = "no: not even the better end of the interval is";
const OPEN: &str = "cannot be told from these replications";

/// Whether there are pairs, and a list of the set-ups to choose from.
pub fn is_possible(kept: &Kept) -> bool {
    let has_lists =
        kept.sheet("lasting").is_some_and(|lasting| lasting.rows.len() > 1 && lasting.column("setup").is_some());
    let pairs = kept.sheet("paired").filter(|paired| !paired.rows.is_empty());
    has_lists && pairs.is_some_and(|paired| NEEDED.iter().all(|name| paired.column(name).is_some()))
}

/// The page, with the first set-up and the premium chosen.
pub fn page(book: &Book, kept: &Kept) -> Page {
    let empty = Sheet::new("", "", Vec::new());
    let paired = kept.sheet("paired").unwrap_or(&empty);
    let lasting = kept.sheet("lasting").map_or(2, |lasting| lasting.rows.len());
    let setup = paired.rows.first().map_or("", |row| paired.words(row, "setup"));
    let of_first: Vec<&[Value]> = paired.rows_with("setup", setup).collect();
    let (at, row) = of_first
        .iter()
        .enumerate()
        .find(|(_, row)| paired.words(row, "outcome") == "premium")
        .or_else(|| of_first.iter().enumerate().next())
        .map_or((0, &[][..]), |(at, row)| (at, *row));
    let heading = |file: &str, name: &str| {
        let page = book.page_of(file);
        let headings = page.map_or(&[][..], |page| &page.headings);
        let at = headings.iter().position(|(of, _)| of == name).unwrap_or(0);
        (
            page.map_or(String::new(), |page| page.name.clone()),
            at,
            headings.get(at).map_or(name, |(_, heading)| heading).to_string(),
        )
    };
    let list = |file: &str, name: &str, rows: [usize; 2]| {
        let (sheet, column, _) = heading(file, name);
        cells(&sheet, column, rows)
    };
    let of = |name: &str| {
        let (table, _, heading) = heading("paired.csv", name);
        look_up(&table, &heading, "B5")
    };
    let table = heading("paired.csv", "setup").0;
    let found = format!(
        "=SUMPRODUCT(EXACT({table}[setup],B2)*EXACT({table}[title],B3)*(ROW({table}[setup])-ROW({table}[[#Headers],[setup]])))"
    );
    let words = |name: &str| paired.words(row, name).to_string();
    let number = |name: &str| paired.number(row, name);
    let matters = Some(number("smallest_difference")).filter(|least| least.is_finite()).unwrap_or(0.0);
    let text =
        |label: &str, name: &str, told: &str| Line::new(label, Looks::Count, Cell::Text(of(name), words(name)), told);
    let value = |label: &str, looks, name: &str, told: &str| {
        Line::new(label, looks, Cell::Number(of(name), number(name)), told)
    };
    let lines = vec![
        Line::new(
            "Choose a set-up",
            Looks::Count,
            Cell::Choice(words("setup"), list("lasting.csv", "setup", [3, lasting + 1])),
            "Choose from the list in this cell.",
        ),
        Line::new(
            "Choose an outcome",
            Looks::Count,
            Cell::Choice(words("title"), list("paired.csv", "title", [2, of_first.len() + 1])),
            "Choose from the list in this cell.",
        ),
        Line::new(
            "Choose a difference that matters",
            Looks::OfUnit,
            Cell::Input(matters),
            "Type another number, above zero and in the unit below: what follows is computed anew.",
        ),
        Line::new(
            "Row of the pairs",
            Looks::Count,
            Cell::Number(found, at as f64 + 1.0),
            "Where both stand in the table of the pairs.",
        ),
        text("Held against", "against", "The set-up that it is compared with, in the same worlds."),
        text("Unit", "unit", "Unit of the outcome; amounts of thousand pounds are shown with k."),
        value("Replications", Looks::Count, "replications", "Of each set-up."),
        value("Mean of the set-up", Looks::OfUnit, "mean", "Over the replications."),
        value("Mean of what it is held against", Looks::OfUnit, "mean_against", "Over the same replications."),
        value("Difference", Looks::OfUnit, "difference", "Set-up less what it is held against, in the same worlds."),
        value("Difference, low", Looks::OfUnit, "low", "Lower bound of its 95 % interval (paired t)."),
        value("Difference, high", Looks::OfUnit, "high", "Upper bound of its 95 % interval (paired t)."),
        text("Which way is better", "better", "Higher or lower."),
        text("Verdict", "verdict", "Whether a difference is clear at all: same, unclear, better or worse."),
        Line::new(
            "Better by what matters?",
            Looks::Count,
            Cell::Text(answer_formula(), answer(&words("better"), number("low"), number("high"), matters)),
            "Whether it is better by at least the difference that matters.",
        ),
        text("In words", "in_words", "The difference as a sentence."),
    ];
    Page {
        lines,
        unit_row: 7,
        told: "Live: choose a set-up, an outcome and a difference that matters, and see what the same worlds say",
    }
}

fn answer_formula() -> String {
    let end = |up: &str, down: &str| format!("IF(B14=\"higher\",{up},-{down})");
    format!("=IF({}>=B4,\"{YES}\",IF({}<B4,\"{NO}\",\"{OPEN}\"))", end("B12", "B13"), end("B13", "B12"))
}

fn answer(better: &str, low: f64, high: f64, matters: f64) -> String {
    let [worst, best] = if better == "higher" { [low, high] } else { [-high, -low] };
    let answer = if worst >= matters {
        YES
    } else if best < matters {
        NO
    } else {
        OPEN
    };
    answer.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_judged_by_its_whole_interval() {
        assert_eq!(answer("higher", 2.0, 3.0, 2.0), YES);
        assert_eq!(answer("higher", 1.0, 3.0, 2.0), OPEN);
        assert_eq!(answer("higher", 1.0, 1.9, 2.0), NO);
        assert_eq!(answer("lower", -3.0, -2.5, 2.0), YES);
        assert_eq!(answer("lower", 2.5, 3.0, 2.0), NO);
    }
}
