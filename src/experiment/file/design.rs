//! `[design]`: where the points lie.

use super::factor::Ties;
use super::keys::known;
use super::{Beside, Cells};
use crate::experiment::design::marginal::{Level, Marginal};
use crate::experiment::design::{Design, Factor, sobol};
use crate::experiment::quantile::quantile;
use crate::model::uncertainty::Uncertainty;
use crate::scenario::check::number;
use crate::scenario::faults::Faults;
use crate::scenario::nearest::suggestion;
use crate::scenario::parse::find;
use crate::scenario::parse::tree::{Entry, Item, Value};
use crate::scenario::source::Mark;
use sha2::{Digest, Sha256};

/// Every kind of design with the keys that it takes.
const KINDS: &[(&str, &[&str])] = &[
    ("factorial", &[]),
    ("one_at_a_time", &[]),
    ("latin_hypercube", &["points", "centred", "maximin"]),
    ("sobol", &["points", "scrambled", "skip"]),
    ("morris", &["trajectories", "levels"]),
    ("saltelli", &["base", "second_order", "scrambled", "skip"]),
    ("table", &["file"]),
];

/// Points beyond which looking for the furthest nearest ones would take longer than running them.
const MOST_MAXIMIN: u64 = 4_000;

/// A design, and the words for all that decides it.
type Found = (Design, Vec<(String, String)>);

pub(super) fn design(
    item: Option<&Item>,
    top: Mark,
    factors: &[Factor],
    ties: &Ties,
    beside: &Beside,
    faults: &mut Faults,
) -> Option<Found> {
    let kinds = KINDS.iter().map(|(kind, _)| *kind);
    let help = format!(
        "write [design] and below it kind = \"latin_hypercube\"; kinds are {}",
        kinds.clone().collect::<Vec<_>>().join(", ")
    );
    let Some(Item { value: Value::Table(entries), mark }) = item else {
        faults.whole(Some(item.map_or(top, |item| item.mark)), "there is no table `[design]`", help);
        return None;
    };
    let Some(kind) = find(entries, "kind") else {
        faults.fault(*mark, "the design has no `kind`", help);
        return None;
    };
    let kind_mark = kind.item.mark;
    let kind = number::text(&kind.item, "kind", faults)?;
    let Some((_, keys)) = KINDS.iter().find(|(name, _)| *name == kind) else {
        faults.fault(kind_mark, format!("there is no design `{kind}`"), suggestion(&kind, kinds));
        return None;
    };
    known(entries, &[&["kind"], *keys].concat(), &format!("a design of kind {kind}"), faults);
    if factors.is_empty() {
        faults.whole(
            Some(*mark),
            "there is no factor to vary",
            "begin each with a line [[factor]] and name its `path` below",
        );
        return None;
    }
    fits(&kind, kind_mark, factors, ties, faults);
    let mut words: Vec<(String, String)> = vec![("design".to_string(), kind.clone())];
    let said = keys.iter().filter_map(|key| find(entries, key));
    words.extend(said.map(|entry| (format!("design.{}", entry.key), super::written(&entry.item.value))));
    let design = match kind.as_str() {
        "factorial" => Design::Factorial,
        "one_at_a_time" => Design::OneAtATime,
        "table" => {
            let (design, digest) = table(entries, *mark, factors, beside, faults)?;
            words.push(("design.rows".to_string(), digest));
            design
        }
        _ => sampled(&kind, entries, *mark, factors.len(), faults)?,
    };
    Some((design, words))
}

/// A whole number of the design, with its default where it has one.
fn whole(
    entries: &[Entry],
    key: &str,
    mark: Mark,
    low: u64,
    high: u64,
    default: Option<u64>,
    faults: &mut Faults,
) -> Option<usize> {
    match (find(entries, key), default) {
        (Some(entry), _) => number::whole(&entry.item, key, low, high, faults).map(|value| value as usize),
        (None, Some(default)) => Some(default as usize),
        (None, None) => {
            faults.fault(
                mark,
                format!("the design does not say how many `{key}`"),
                format!("give a whole number from {low} to {high}"),
            );
            None
        }
    }
}

fn yes(entries: &[Entry], key: &str, default: bool, faults: &mut Faults) -> Option<bool> {
    match find(entries, key).map(|entry| &entry.item) {
        None => Some(default),
        Some(Item { value: Value::Boolean(yes), .. }) => Some(*yes),
        Some(item) => {
            faults.fault(
                item.mark,
                format!("`{key}` is {}, not true or false", item.value.kind()),
                "write true or false, without quotes",
            );
            None
        }
    }
}

fn sampled(kind: &str, entries: &[Entry], mark: Mark, n: usize, faults: &mut Faults) -> Option<Design> {
    let most = super::MOST_POINTS as u64;
    let skip = |faults: &mut Faults| whole(entries, "skip", mark, 0, 1 << 30, Some(0), faults);
    match kind {
        "latin_hypercube" => {
            let points = whole(entries, "points", mark, 1, most, None, faults);
            let (centred, maximin) = (yes(entries, "centred", false, faults), yes(entries, "maximin", false, faults)?);
            let points = points?;
            if maximin && points as u64 > MOST_MAXIMIN {
                let help = "leave out `maximin`: so many points fill the space without it";
                faults.fault(mark, format!("`maximin` is for at most {MOST_MAXIMIN} points"), help);
            }
            Some(Design::LatinHypercube { points, centred: centred?, maximin })
        }
        "sobol" => {
            let points = whole(entries, "points", mark, 1, most, None, faults);
            let scrambled = yes(entries, "scrambled", true, faults);
            dimensions(n, mark, faults);
            Some(Design::Sobol { points: points?, scrambled: scrambled?, skip: skip(faults)? })
        }
        "morris" => {
            let trajectories = whole(entries, "trajectories", mark, 1, most, None, faults);
            let levels = whole(entries, "levels", mark, 2, 1_000, Some(4), faults)?;
            if levels % 2 == 1 {
                faults.fault(
                    mark,
                    "`levels` is odd",
                    "give an even number, usually 4: every level is then equally likely",
                );
                return None;
            }
            Some(Design::Morris { trajectories: trajectories?, levels })
        }
        _ => {
            let base = whole(entries, "base", mark, 1, most, None, faults)?;
            if !base.is_power_of_two() {
                let near = base.next_power_of_two();
                faults.fault(
                    mark,
                    format!("`base` is {base}, not a power of two"),
                    format!("give {near} or {}", (near / 2).max(1)),
                );
                return None;
            }
            let (second_order, scrambled) =
                (yes(entries, "second_order", false, faults), yes(entries, "scrambled", true, faults));
            dimensions(2 * n, mark, faults);
            Some(Design::Saltelli { base, second_order: second_order?, scrambled: scrambled?, skip: skip(faults)? })
        }
    }
}

fn dimensions(n: usize, mark: Mark, faults: &mut Faults) {
    if n > sobol::MOST_DIMENSIONS {
        let message = format!("the sequence has {} dimensions, and {n} are needed", sobol::MOST_DIMENSIONS);
        faults.fault(mark, message, "vary fewer factors, or use a Latin hypercube");
    }
}

/// Whether the factors and what ties them together suit a kind of design.
fn fits(kind: &str, mark: Mark, factors: &[Factor], ties: &Ties, faults: &mut Faults) {
    let needs_independence = ["factorial", "one_at_a_time", "morris", "saltelli", "table"].contains(&kind);
    if let Some(tie) = ties.mark.filter(|_| needs_independence) {
        let help = "use a latin_hypercube or sobol; sensitivity for given data works on those points";
        faults.fault(tie, format!("a design of kind {kind} cannot hold factors that are tied to each other"), help);
        return;
    }
    for (k, factor) in factors.iter().enumerate().filter(|_| kind != "table") {
        if matches!(factor.marginal, Marginal::Share) && !ties.is_shared(k) {
            let help = "give `levels`, a `range`, a `distribution`, or from = \"scenario\"";
            faults.fault(mark, format!("the factor `{}` does not say what values it takes", factor.name), help);
        }
    }
}

/// Ranges and distributions as levels, where a design has levels only: the ends of a range, the values of a distribution that 5 and
/// 95 in a hundred stay below.
pub(super) fn with_levels(mut factors: Vec<Factor>, design: &Design) -> Vec<Factor> {
    if !matches!(design, Design::Factorial | Design::OneAtATime) {
        return factors;
    }
    for factor in &mut factors {
        let Marginal::Spread { uncertainty, is_whole } = &factor.marginal else { continue };
        let ends = match uncertainty {
            Uncertainty::Uniform { low, high } => [*low, *high],
            other => [quantile(other, 0.05), quantile(other, 0.95)],
        };
        let mut levels = ends.map(|end| if *is_whole { end.round() } else { end }).to_vec();
        levels.dedup();
        factor.marginal = Marginal::Levels(levels.into_iter().map(Level::Number).collect());
    }
    factors
}

fn table(
    entries: &[Entry],
    mark: Mark,
    factors: &[Factor],
    beside: &Beside,
    faults: &mut Faults,
) -> Option<(Design, String)> {
    let Some(file) = find(entries, "file") else {
        faults.fault(
            mark,
            "the design names no `file`",
            "write file = \"points.csv\": a column a factor, a row a point",
        );
        return None;
    };
    let name = number::text(&file.item, "file", faults)?;
    let (names, cells): Cells = match (beside.table)(&name) {
        Ok(table) => table,
        Err(why) => {
            faults.fault(
                file.item.mark,
                format!("the table \"{name}\" cannot be used: {why}"),
                "give a CSV file beside the experiment",
            );
            return None;
        }
    };
    let mut columns = Vec::new();
    let mut hash = Sha256::new();
    for factor in factors {
        let called = |column: &String| *column == factor.name || factor.paths.contains(column);
        let Some(position) = names.iter().position(called) else {
            let help = suggestion(&factor.name, names.iter().map(String::as_str));
            faults.fault(file.item.mark, format!("the table has no column for the factor `{}`", factor.name), help);
            continue;
        };
        let level = |cell: &String| cell.parse().map_or_else(|_| Level::Word(cell.clone()), Level::Number);
        if let Some(row) = cells[position].iter().position(String::is_empty) {
            let message = format!("the table has no value of `{}` in row {}", factor.name, row + 1);
            faults.fault(file.item.mark, message, "give every factor a value in every row");
        }
        cells[position].iter().for_each(|cell| hash.update(format!("{cell}\n")));
        columns.push(cells[position].iter().map(level).collect());
    }
    if cells.first().is_none_or(Vec::is_empty) {
        faults.fault(file.item.mark, "the table has no rows", "give one row for each point");
    }
    let digest = crate::scenario::resolve::digest::hexadecimal(&hash.finalize());
    (columns.len() == factors.len()).then_some((Design::Table { columns }, digest))
}
