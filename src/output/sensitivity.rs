//! What an outcome depends on, as tables and in words.

use super::column::Column;
use super::figure::{counted, decimals_for, grouped};
use super::sheet::{Sheet, Value};
use crate::analyse::sensitivity::variance::{Layout, Split};
use crate::analyse::sensitivity::{Index, Influence, Method, order, sobol};

/// Names of the tables that may come of it.
pub const SHEETS: [&str; 4] = ["sensitivity", "convergence", "variance", "basis"];

/// Blocks of the longest bar.
const BAR: f64 = 20.0;

/// What one method found of one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The outcome.
    pub outcome: String,
    /// The method.
    pub method: Method,
    /// Names of the inputs.
    pub inputs: Vec<String>,
    /// What each of them does.
    pub influences: Vec<Influence>,
    /// Rows it rests on; points, where rows repeat them.
    pub n_rows: usize,
    /// Rows that repeat those points; 0 where each row counts for itself.
    pub n_repeating: usize,
    /// Rows left out because something was missing.
    pub n_left_out: usize,
    /// Share of the variance between rows that is noise of their replications; NaN where not known.
    pub noise_share: f64,
    /// Whether there were base rows enough, for Sobol' indices.
    pub convergence: Option<sobol::Finding>,
}

/// What an outcome's variance comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The outcome.
    pub outcome: String,
    /// The split.
    pub split: Split,
    /// Points it rests on.
    pub n_points: usize,
}

/// The tables; those without rows are left out.
pub fn sheets(found: &[Found], sources: &[Source]) -> Vec<Sheet> {
    let sheets = [sensitivity(found), convergence(found), variance(sources), basis(found)];
    sheets.into_iter().filter(|sheet| !sheet.rows.is_empty()).collect()
}

/// Names of the inputs of an influence.
fn names<'f>(found: &'f Found, influence: &Influence) -> (&'f str, &'f str) {
    (&found.inputs[influence.input], influence.with.map_or("", |with| &found.inputs[with]))
}

fn yes(is: bool) -> Value {
    if is { "yes" } else { "no" }.into()
}

fn sensitivity(found: &[Found]) -> Sheet {
    let mut sheet = Sheet::new("sensitivity", "What outcomes depend on", sensitivity_columns());
    for one in found {
        let places = order(&one.influences, one.method);
        for (place, &input) in places.iter().enumerate() {
            for influence in one.influences.iter().filter(|influence| influence.input == input) {
                let (input, with) = names(one, influence);
                sheet.push(vec![
                    one.outcome.as_str().into(),
                    one.method.name().into(),
                    influence.index.name().into(),
                    influence.index.meaning().into(),
                    (place + 1).into(),
                    input.into(),
                    with.into(),
                    influence.estimate.into(),
                    influence.interval.low.into(),
                    influence.interval.high.into(),
                    yes(influence.is_clear),
                ]);
            }
        }
    }
    sheet
}

/// The columns of `sensitivity`.
pub(super) fn sensitivity_columns() -> Vec<Column> {
    vec![
        Column::text("outcome", "The outcome."),
        Column::text("method", "The method: morris, sobol, rank, delta or pawn."),
        Column::text("index", "Which index of the method."),
        Column::text("meaning", "What the index means."),
        Column::whole("place", "Place of the input by the method's leading index, 1 for the strongest.", "1"),
        Column::text("input", "The input."),
        Column::text("with", "The other input, for an index of two together."),
        Column::number("estimate", "The index.", "unit of the outcome for morris, else 1"),
        Column::number("low", "Lower bound of its interval.", "as estimate"),
        Column::number("high", "Upper bound of its interval.", "as estimate"),
        Column::text("is_clear", "Whether this is more than an input without influence would show."),
    ]
}

fn convergence(found: &[Found]) -> Sheet {
    let mut sheet = Sheet::new("convergence", "Whether Sobol' indices have settled", convergence_columns());
    for one in found {
        let Some(finding) = &one.convergence else { continue };
        for (influence, moved) in finding.influences.iter().zip(&finding.moved) {
            let (input, with) = names(one, influence);
            let width = influence.interval.high - influence.interval.low;
            sheet.push(vec![
                one.outcome.as_str().into(),
                influence.index.name().into(),
                input.into(),
                with.into(),
                influence.estimate.into(),
                (*moved).into(),
                width.into(),
                yes(width > sobol::WIDE),
            ]);
        }
    }
    sheet
}

/// The columns of `convergence`.
pub(super) fn convergence_columns() -> Vec<Column> {
    vec![
        Column::text("outcome", "The outcome."),
        Column::text("index", "Which Sobol' index."),
        Column::text("input", "The input."),
        Column::text("with", "The other input, for an index of two together."),
        Column::number("estimate", "The index from all base rows.", "1"),
        Column::number("moved", "How far it moved from the first half of the base rows to all.", "1"),
        Column::number("width", "Width of its interval.", "1"),
        Column::text("is_wide", "Whether the interval is wider than 0.1, so that more base rows are advised."),
    ]
}

fn variance(sources: &[Source]) -> Sheet {
    let mut sheet = Sheet::new("variance", "What an outcome's variance comes from", variance_columns());
    for source in sources {
        for (part, share, interval) in parts(&source.split) {
            sheet.push(vec![
                source.outcome.as_str().into(),
                part.into(),
                share.into(),
                interval.low.into(),
                interval.high.into(),
                source.split.total.into(),
                source.split.noise_share.into(),
                source.n_points.into(),
            ]);
        }
    }
    sheet
}

/// The columns of `variance`.
pub(super) fn variance_columns() -> Vec<Column> {
    vec![
        Column::text("outcome", "The outcome."),
        Column::text("part", "What the part of the variance comes from."),
        Column::number("share", "Share of the outcome's variance.", "share"),
        Column::number("low", "Lower bound of its interval.", "share"),
        Column::number("high", "Upper bound of its interval.", "share"),
        Column::number(
            "variance",
            "Variance of a replication of a point taken at random.",
            "unit of the outcome, squared",
        ),
        Column::number(
            "noise_share",
            "Share of the variance between points' means that is only noise of replications.",
            "share",
        ),
        Column::whole("points", "Points it rests on.", "1"),
    ]
}

fn basis(found: &[Found]) -> Sheet {
    let mut sheet = Sheet::new("basis", "What the indices rest on", basis_columns());
    for one in found {
        sheet.push(vec![
            one.outcome.as_str().into(),
            one.method.name().into(),
            one.n_rows.into(),
            one.n_repeating.into(),
            one.n_left_out.into(),
            one.noise_share.into(),
        ]);
    }
    sheet
}

/// The columns of `basis`.
pub(super) fn basis_columns() -> Vec<Column> {
    vec![
        Column::text("outcome", "The outcome."),
        Column::text("method", "The method."),
        Column::whole("rows", "Rows it rests on; points, where rows repeat them.", "1"),
        Column::whole(
            "repeating",
            "Rows that repeat those points, each of which counts once; 0 where every row counts.",
            "1",
        ),
        Column::whole(
            "left_out",
            "Rows left out because a value was missing in them or in a row they belong with.",
            "1",
        ),
        Column::number(
            "noise_share",
            "Share of the variance between rows that is noise of their replications.",
            "share",
        ),
    ]
}

/// The parts that the points can tell apart, in words.
fn parts(split: &Split) -> Vec<(&'static str, f64, crate::analyse::wilson::Interval)> {
    let (shares, intervals) = (&split.shares, &split.intervals);
    let luck = ("luck", shares.luck, intervals.luck);
    let inputs = ("what is not known", shares.inputs, intervals.inputs);
    let choices = ("what one can choose", shares.choices, intervals.choices);
    let both = ("what a choice does only in some worlds", shares.interaction, intervals.interaction);
    match split.layout {
        Layout::Crossed => vec![luck, inputs, choices, both],
        Layout::Nested => vec![luck, inputs, choices],
        Layout::WorldsOnly => vec![luck, inputs],
        Layout::ChoicesOnly => vec![luck, choices],
        Layout::Together => vec![luck, ("what was varied, known or chosen", shares.inputs, intervals.inputs)],
    }
}

/// Headings of the table for people of what a method found.
pub fn headings(found: &Found) -> Vec<&'static str> {
    let mut headings = vec!["Input", found.method.headline().symbol(), "interval", "weight"];
    headings.extend(others(found).into_iter().map(Index::symbol));
    headings
}

/// The indices of one input beside the leading one.
fn others(found: &Found) -> Vec<Index> {
    let has =
        |index: &Index| found.influences.iter().any(|influence| influence.index == *index && influence.with.is_none());
    Index::all()
        .filter(|index| index.method() == found.method && *index != found.method.headline())
        .filter(has)
        .collect()
}

/// Rows of that table: inputs by influence, with a bar that is full up to the nearer bound of the interval and grey up to the further one.
pub fn rows(found: &Found) -> Vec<Vec<String>> {
    let leading = found.method.headline();
    let far = |influence: &Influence| [influence.estimate, influence.interval.low, influence.interval.high];
    let sizes = found.influences.iter().filter(|influence| influence.index == leading).flat_map(far);
    let longest = sizes.filter(|size| size.is_finite()).map(f64::abs).fold(0.0, f64::max);
    let decimals = decimals_for(longest);
    let row = |input: usize| {
        let of = |index: Index| {
            found.influences.iter().find(|one| one.input == input && one.index == index && one.with.is_none())
        };
        let value = |index: Index| of(index).map_or("–".to_string(), |one| shown(one.estimate, decimals));
        let mut row = vec![found.inputs[input].clone(), value(leading)];
        row.push(of(leading).map_or(String::new(), |one| range(one, decimals)));
        row.push(of(leading).map_or(String::new(), |one| bar(one, longest)));
        row.extend(others(found).into_iter().map(value));
        row
    };
    order(&found.influences, found.method).into_iter().map(row).collect()
}

fn shown(value: f64, decimals: usize) -> String {
    if value.is_finite() { grouped(value, decimals) } else { "–".to_string() }
}

/// `0.40–0.48`, or with words where a sign would be read as a dash.
fn range(influence: &Influence, decimals: usize) -> String {
    let (low, high) = (influence.interval.low, influence.interval.high);
    if !low.is_finite() {
        return "no interval".to_string();
    }
    let (low, high) = (grouped(low, decimals), grouped(high, decimals));
    if low.starts_with('-') || high.starts_with('-') { format!("{low} to {high}") } else { format!("{low}–{high}") }
}

/// A bar as long as an influence; `·` for one that is not clear.
fn bar(influence: &Influence, longest: f64) -> String {
    if longest <= 0.0 || !influence.is_clear {
        return "·".to_string();
    }
    let (low, high) = (influence.interval.low, influence.interval.high);
    let (near, far) = if low.is_finite() {
        let near = if low * high < 0.0 { 0.0 } else { low.abs().min(high.abs()) };
        (near, low.abs().max(high.abs()))
    } else {
        (influence.estimate.abs(), influence.estimate.abs())
    };
    let blocks = |size: f64| (size / longest * BAR).round() as usize;
    let (full, all) = (blocks(near), blocks(far).max(1));
    "█".repeat(full) + &"▒".repeat(all - full.min(all))
}

/// What one method found of one outcome, in words.
pub fn sentences(found: &Found) -> Vec<String> {
    let mut told = vec![influence_sentence(found)];
    told.extend(together(found));
    told.extend(settled(found));
    told
}

/// How much of what sets rows apart is noise, in words.
pub fn noise_sentence(found: &Found) -> Option<String> {
    let percent = grouped(100.0 * found.noise_share, 0);
    found.noise_share.is_finite().then(|| {
        format!(
            "Of what {} differs by from row to row, at most {percent} % is noise of the replications behind each row, less where rows share their \
             draws; no input can explain that noise.",
            found.outcome
        )
    })
}

fn influence_sentence(found: &Found) -> String {
    let leading = found.method.headline();
    let of = |input: &usize| found.influences.iter().find(|one| one.input == *input && one.index == leading);
    let ordered: Vec<&Influence> = order(&found.influences, found.method).iter().filter_map(of).collect();
    let decimals = decimals_for(ordered.first().map_or(0.0, |one| one.estimate));
    let tell = |one: &&&Influence| {
        let (name, value) = (&found.inputs[one.input], grouped(one.estimate, decimals));
        if one.interval.low.is_finite() {
            format!("{name} ({} {value}, {})", leading.symbol(), range(one, decimals))
        } else {
            format!("{name} ({} {value})", leading.symbol())
        }
    };
    let clear: Vec<String> = ordered.iter().filter(|one| one.is_clear).take(3).map(|one| tell(&one)).collect();
    let none: Vec<&str> =
        ordered.iter().filter(|one| !one.is_clear).map(|one| found.inputs[one.input].as_str()).collect();
    let by = words(found.method);
    // An elementary effect that is small is known to be small.
    let little = if found.method == Method::Morris { "little or no influence" } else { "no clear influence" };
    let Some((first, rest)) = clear.split_first() else {
        return format!(
            "{} depends clearly on none of the inputs, {by}, from {}.",
            found.outcome,
            counted(found.n_rows as u64, "row")
        );
    };
    let then = if rest.is_empty() { String::new() } else { format!(", then on {}", rest.join(" and ")) };
    let no_clear = if none.is_empty() { String::new() } else { format!("; {little} of: {}", none.join(", ")) };
    format!("{} depends most on {first}{then}, {by}{no_clear}.", found.outcome)
}

fn words(method: Method) -> &'static str {
    match method {
        Method::Morris => "by elementary effects",
        Method::Sobol => "by shares of the variance",
        Method::Rank => "by partial rank correlation, which sees only rises and falls",
        Method::Delta => "by how far its density moves",
        Method::Pawn => "by how far its cumulated shares move",
    }
}

/// How much inputs do one by one, and which two do most together.
fn together(found: &Found) -> Option<String> {
    let finding = found.convergence.as_ref()?;
    let alone = 100.0 * finding.sum_first.clamp(0.0, 1.0);
    let pairs = finding.influences.iter().filter(|one| one.index == Index::Second && one.is_clear);
    let pair = pairs.max_by(|a, b| a.estimate.total_cmp(&b.estimate)).map(|one| {
        let (a, b) = names(found, one);
        format!("; clearly together act most {a} and {b} ({}, {})", grouped(one.estimate, 2), range(one, 2))
    });
    Some(format!(
        "One by one the inputs explain {} % of the variance of {}; the rest they do together{}.",
        grouped(alone, 0),
        found.outcome,
        pair.unwrap_or_default()
    ))
}

/// Whether there were base rows enough.
fn settled(found: &Found) -> Option<String> {
    let finding = found.convergence.as_ref()?;
    let is_wide = |one: &&Influence| one.interval.high - one.interval.low > sobol::WIDE;
    let wide = finding.influences.iter().filter(is_wide).count();
    let moved = finding.moved.iter().map(|moved| moved.abs()).filter(|moved| moved.is_finite()).fold(0.0, f64::max);
    let verdict =
        if wide == 0 && moved <= sobol::WIDE { "they have settled" } else { "more base rows would settle them" };
    Some(format!(
        "From {}: {} of {} intervals are wider than {}, and from half of the rows to all an index moved by at most {}; {verdict}.",
        counted(finding.n_rows as u64, "base row"),
        wide,
        finding.influences.len(),
        sobol::WIDE,
        grouped(moved, 2)
    ))
}

/// What an outcome's variance comes from, in words.
pub fn source_sentence(source: &Source) -> String {
    let mut told: Vec<String> = Vec::new();
    for (part, share, interval) in parts(&source.split) {
        let percent = |share: f64| grouped(100.0 * share, 0);
        if share.max(interval.high) < 0.005 {
            told.push(format!("less than 1 % is {part}"));
            continue;
        }
        let range = if interval.low.is_finite() {
            format!(" ({}–{})", percent(interval.low), percent(interval.high))
        } else {
            String::new()
        };
        told.push(format!("{} %{range} is {part}", percent(share)));
    }
    let mut text = format!("Of the variance of {}, {}.", source.outcome, told.join(", "));
    if source.split.layout == Layout::Together {
        text += " Every point is another choice in another world: to tell choices from what is not known, cross them.";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::sensitivity::resampling::Resampling;
    use crate::analyse::sensitivity::variance::{Point, split};
    use crate::analyse::wilson::Interval;

    fn found() -> Found {
        let one = |input, index, estimate, low, high, is_clear| Influence {
            input,
            with: None,
            index,
            estimate,
            interval: Interval { low, high },
            is_clear,
        };
        let influences = vec![
            one(0, Index::Total, 0.02, 0.0, 0.04, false),
            one(1, Index::Total, 0.44, 0.40, 0.48, true),
            one(0, Index::First, -0.01, -0.03, 0.01, false),
            one(1, Index::First, 0.41, 0.37, 0.45, true),
        ];
        let convergence = sobol::Finding {
            influences: influences.clone(),
            n_rows: 512,
            n_left_out: 1,
            moved: vec![0.01, 0.05, 0.0, -0.02],
            sum_first: 0.4,
        };
        Found {
            outcome: "premium".to_string(),
            method: Method::Sobol,
            inputs: vec!["partners".to_string(), "trust".to_string()],
            influences,
            n_rows: 2048,
            n_repeating: 0,
            n_left_out: 4,
            noise_share: 0.123,
            convergence: Some(convergence),
        }
    }

    #[test]
    fn the_strongest_input_is_told_first_and_what_is_not_clear_by_name() {
        let told = sentences(&found());
        assert_eq!(
            told[0],
            "premium depends most on trust (S_T 0.44, 0.40–0.48), by shares of the variance; no clear influence of: partners."
        );
        assert!(told[1].starts_with("One by one the inputs explain 40 % of the variance of premium"));
        assert!(
            told[2].contains("512 base rows: 0 of 4 intervals")
                && told[2].ends_with("at most 0.05; they have settled.")
        );
        assert!(noise_sentence(&found()).is_some_and(|told| told.contains("12 % is noise")));
    }

    #[test]
    fn the_table_has_bars_by_influence() {
        let rows = rows(&found());
        assert_eq!(rows[0][..3], ["trust", "0.44", "0.40–0.48"]);
        assert_eq!(rows[0][3], "█".repeat(17) + &"▒".repeat(3));
        assert_eq!(rows[1], ["partners", "0.02", "0.00–0.04", "·", "-0.01"]);
        assert_eq!(headings(&found()), ["Input", "S_T", "interval", "weight", "S"]);
    }

    #[test]
    fn sheets_hold_every_index_in_order_of_influence() {
        let sheets = sheets(&[found()], &[]);
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["sensitivity", "convergence", "basis"]);
        assert_eq!(sheets[0].rows.len(), 4);
        assert_eq!(sheets[0].rows[0][5], "trust".into());
        assert!(names.iter().all(|name| SHEETS.contains(name)));
    }

    #[test]
    fn the_split_of_the_variance_is_told_in_shares() {
        let point = |world: usize| Point { choice: 0, world, mean: world as f64, variance: 3.0, n: 1e9 };
        let split =
            split(&[point(1), point(2), point(3)], 0.0, &Resampling { resamples: 0, ..Resampling::default() }).unwrap();
        let source = Source { outcome: "premium".to_string(), split, n_points: 3 };
        assert_eq!(source_sentence(&source), "Of the variance of premium, 75 % is luck, 25 % is what is not known.");
        assert_eq!(sheets(&[], &[source])[0].rows.len(), 2);
    }
}
