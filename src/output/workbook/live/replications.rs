//! The live sheet of a run: an outcome and a target, and what the replications say, from every one of them.

use super::super::book::Book;
use super::super::rows::{First, outcomes};
use super::{Cell, Line, Looks, Page, cells, look_up};
use crate::analyse::distribution::Distribution;
use crate::analyse::findings::{Estimate, Share};
use crate::analyse::moments::Moments;
use crate::output::kept::Kept;
use crate::output::sheet::Value;

/// Half the width of an interval at 95 %, in standard errors.
const Z: &str = "NORMSINV(0.975)";
/// Which share of the replications the chosen quantile is first asked for.
const FIRST_SHARE: f64 = 0.9;

/// Whether there are replications to compute on, and a summary that names their outcomes.
pub fn is_possible(kept: &Kept) -> bool {
    let summary = kept.sheet("summary").filter(|summary| summary.column("title").is_some());
    let runs = kept.rows("runs").filter(|runs| runs.n_rows > 0);
    summary.zip(runs).is_some_and(|(summary, runs)| !outcomes(summary, runs).is_empty())
}

/// The page, with the outcome of `runs` chosen and held against its target.
pub fn page(book: &Book, kept: &Kept, runs: &First) -> Page {
    let empty = crate::output::sheet::Sheet::new("", "", Vec::new());
    let summary = kept.sheet("summary").unwrap_or(&empty);
    let n_outcomes = kept.rows("runs").map_or(0, |table| outcomes(summary, table).len());
    let row: Vec<Value> = summary.rows_with("outcome", &runs.outcome).next().map(<[Value]>::to_vec).unwrap_or_default();
    let target = Some(summary.number(&row, "target")).filter(|target| target.is_finite()).unwrap_or(0.0);
    let page = book.page_of("summary.csv");
    let sheet = page.map_or("Summary", |page| page.name.as_str());
    let title_column = page.and_then(|page| page.headings.iter().position(|(name, _)| name == "title")).unwrap_or(0);
    // The headings from the first to the last: a table's headings as a whole are not understood everywhere.
    let headings = book.page_of("runs.csv").map_or(&[][..], |page| &page.headings);
    let [from, to] = [headings.first(), headings.last()].map(|of| of.map_or("", |(_, heading)| heading.as_str()));
    let values = format!("INDEX({0}[],0,MATCH(B4,{0}[[#Headers],[{from}]:[{to}]],0))", runs.name);
    let in_summary = |column: &str| look_up(sheet, column, &format!("MATCH(B2,{sheet}[title],0)"));
    let found = Found::of(&runs.values, target);
    let title = summary.words(&row, "title");
    let rest = match runs.is_all {
        true => "All replications in which it is defined.".to_string(),
        false => format!(
            "The replications on the sheet {}, which are the first ones of the result; the others are not counted here.",
            runs.name
        ),
    };
    let number = |label: &str, looks, formula: String, value: f64, told: &str| {
        Line::new(label, looks, Cell::Number(formula, value), told)
    };
    let unit = summary.words(&row, "unit");
    let mut lines = vec![
        Line::new(
            "Choose an outcome",
            Looks::Count,
            Cell::Choice(title.to_string(), cells(sheet, title_column, [2, n_outcomes + 1])),
            "Choose from the list in this cell.",
        ),
        Line::new(
            "Choose a target",
            Looks::OfUnit,
            Cell::Input(target),
            "Type another number, in the unit below: what follows is computed anew.",
        ),
        Line::new(
            "Column of the replications",
            Looks::Count,
            Cell::Text(in_summary("outcome"), runs.outcome.clone()),
            "Where the outcome stands on the sheet of the replications.",
        ),
        Line::new(
            "Unit",
            Looks::Count,
            Cell::Text(in_summary("unit"), unit.to_string()),
            "Unit of the outcome; amounts of thousand pounds are shown with k.",
        ),
        number("Replications", Looks::Count, format!("=COUNT({values})"), found.n as f64, &rest),
        number(
            "Replications above the target",
            Looks::Count,
            format!("=SUMPRODUCT(ISNUMBER({values})*({values}>B3))"),
            found.above.count as f64,
            "Greater than the target, not equal to it.",
        ),
        number(
            "Share above the target",
            Looks::Percent,
            "=B7/B6".to_string(),
            found.above.value,
            "Of all replications.",
        ),
        number(
            "Share, low",
            Looks::Percent,
            wilson("-"),
            found.above.interval.low,
            "Lower bound of its 95 % interval (Wilson).",
        ),
        number(
            "Share, high",
            Looks::Percent,
            wilson("+"),
            found.above.interval.high,
            "Upper bound of its 95 % interval (Wilson).",
        ),
        Line::new(
            "In words",
            Looks::Count,
            Cell::Text(sentence_formula(), found.sentence()),
            "The share as a sentence.",
        ),
    ];
    lines.extend(found.spread(&values));
    Page {
        lines,
        unit_row: 5,
        told: "Live: choose an outcome and a target, and see how many replications are above it, and how the outcome spreads",
    }
}

fn wilson(sign: &str) -> String {
    let (end, bound) = if sign == "-" { ("MAX(0,", "0") } else { ("MIN(1,", "1") };
    let at_bound = if sign == "-" { "B7=0" } else { "B7=B6" };
    format!("=IF({at_bound},{bound},{end}(B8+{Z}^2/(2*B6){sign}{Z}*SQRT(B8*(1-B8)/B6+{Z}^2/(4*B6^2)))/(1+{Z}^2/B6)))")
}

fn sentence_formula() -> String {
    "=\"Above the target in \"&B7&\" of \"&B6&\" replications: \"&ROUND(100*B8,1)&\" of 100, most likely between \"&ROUND(100*B9,1)&\" and \"&ROUND(100*B10,1)&\".\"".to_string()
}

/// What the replications say of the chosen outcome.
struct Found {
    n: u64,
    above: Share,
    mean: Estimate,
    sd: f64,
    least: f64,
    greatest: f64,
    quantiles: [f64; 6],
}

impl Found {
    fn of(values: &[f64], target: f64) -> Found {
        let known: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
        let moments = Moments::of(&known);
        let mut distribution = Distribution::new(true);
        distribution.add(&known);
        let above = known.iter().filter(|value| **value > target).count() as u64;
        Found {
            n: moments.n(),
            above: Share::new(above, moments.n()),
            mean: Estimate::new(&moments),
            sd: moments.sd(),
            least: known.iter().copied().fold(f64::NAN, f64::min),
            greatest: known.iter().copied().fold(f64::NAN, f64::max),
            quantiles: distribution.at([0.05, 0.25, 0.5, 0.75, 0.95, FIRST_SHARE]),
        }
    }

    fn sentence(&self) -> String {
        let percent = |share: f64| (1000.0 * share).round() / 10.0;
        let (low, high) = (self.above.interval.low, self.above.interval.high);
        format!(
            "Above the target in {} of {} replications: {} of 100, most likely between {} and {}.",
            self.above.count,
            self.n,
            percent(self.above.value),
            percent(low),
            percent(high)
        )
    }

    fn spread(&self, values: &str) -> Vec<Line> {
        let number = |label: &str, formula: String, value: f64, told: &str| {
            Line::new(label, Looks::OfUnit, Cell::Number(formula, value), told)
        };
        let interval = self.mean.interval();
        let mut lines = vec![
            number("Mean", format!("=AVERAGE({values})"), self.mean.value, "Over the replications."),
            number(
                "Standard deviation",
                format!("=STDEV({values})"),
                self.sd,
                "How far replications lie from the mean, typically.",
            ),
            number(
                "Standard error of the mean",
                "=B13/SQRT(B6)".to_string(),
                self.mean.mc_standard_error,
                "How far the mean would move with other draws, typically.",
            ),
            number("Mean, low", format!("=B12-{Z}*B14"), interval.low, "Lower bound of its 95 % interval."),
            number("Mean, high", format!("=B12+{Z}*B14"), interval.high, "Upper bound of its 95 % interval."),
            number("Lowest", format!("=MIN({values})"), self.least, "Of all replications."),
        ];
        for (percent, quantile) in [5, 25, 50, 75, 95].into_iter().zip(self.quantiles) {
            let label = if percent == 50 { "Median".to_string() } else { format!("{percent} of 100 stay below") };
            let formula = format!("=PERCENTILE({values},{})", f64::from(percent) / 100.0);
            lines.push(number(&label, formula, quantile, "Quantile, type 7."));
        }
        lines.push(number("Highest", format!("=MAX({values})"), self.greatest, "Of all replications."));
        lines.push(Line::new(
            "Choose a share that stays below",
            Looks::Percent,
            Cell::Input(FIRST_SHARE),
            "Type a share from 0 % to 100 %.",
        ));
        lines.push(number(
            "That share stays below",
            format!("=PERCENTILE({values},B24)"),
            self.quantiles[5],
            "The quantile of the share above.",
        ));
        lines
    }
}
