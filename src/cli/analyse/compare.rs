//! `partnersim analyse compare`: how groups of rows of a table differ.

use super::super::answer::Answer;
use super::super::failure::Failure;
use super::super::folder::Folder;
use super::super::study::{Keeping, answer, write};
use super::super::terminal::{grid, width};
use super::data::{Data, digest, known};
use super::groups::{Group, groups, labels, of_rows};
use super::request::{Asked, basis, request};
use crate::analyse::contrast::{Groups, adjusted, contrast};
use crate::analyse::findings::CONFIDENCE;
use crate::analyse::kaplan_meier::{Curve, exits};
use crate::analyse::log_rank::{LogRank, log_rank};
use crate::import::columns::Columns;
use crate::output::contrasts::{self, GroupContrast, Lasting};
use crate::output::figure::counted;
use crate::output::study::{Request, Study};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Compare groups of rows: differences of means and shares, and how long they last
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  partnersim analyse compare results/neighbourhood_forum \\
      --outcome premium --by ending
  partnersim analyse compare trial.csv --outcome trust,renewed --by policy
  partnersim analyse compare trial.csv --outcome trust \\
      --by policy --pair-by world
  partnersim analyse compare trial.csv --by policy --time months --event ended

A column of 0 and 1 is compared as a share. Every group is held against the one
that the first row belongs to, or against the one that --against names.")]
pub struct Arguments {
    /// Table with one row an observation (comma, semicolon or tab; point or decimal comma), or the folder of a result
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Columns to compare, separated by commas
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', required_unless_present = "time")]
    outcome: Vec<String>,
    /// Column whose values divide the rows into groups
    #[arg(long, value_name = "COLUMN")]
    by: String,
    /// Group to hold the others against [default: that of the first row]
    #[arg(long, value_name = "GROUP")]
    against: Option<String>,
    /// Column whose value is the same in the rows of one pair, such as the world they share
    #[arg(long, value_name = "COLUMN")]
    pair_by: Option<String>,
    /// Column that says how long each row lasted
    #[arg(long, value_name = "COLUMN", requires = "event")]
    time: Option<String>,
    /// Column that says whether it ended then (1) or was last seen then (0)
    #[arg(long, value_name = "COLUMN", requires = "time")]
    event: Option<String>,
    #[command(flatten)]
    keeping: Keeping,
}

/// What is compared, read and checked.
struct Chosen {
    /// The group that the others are held against first.
    groups: Vec<Group>,
    /// Rows of no group.
    without: usize,
    outcomes: Vec<String>,
    values: Vec<Vec<f64>>,
    /// What says which rows belong together.
    pairs: Option<Vec<String>>,
    /// How long each row lasted, and whether it ended.
    times: Option<(Vec<f64>, Vec<f64>)>,
}

/// Runs the command.
///
/// # Errors
/// When the table cannot be read or lacks what was asked about, or the result cannot be written.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let columns = Data { file: arguments.file.clone(), inputs: Vec::new(), outcome: Vec::new() }.columns()?;
    let chosen = arguments.chosen(&columns)?;
    let request = arguments.request(&columns, &chosen);
    let path = arguments.keeping.folder(&request.name);
    let names = ["comparison.csv", "survival.csv", "lasting.csv", "data_dictionary.csv"].map(str::to_string).to_vec();
    let folder = Folder::for_study(&path, &request, names, arguments.keeping.force)?;
    let found = chosen.contrasts();
    let lasting = chosen.lasting();
    let mut study = Study {
        request,
        points: chosen.groups.len(),
        replications: columns.n_rows() as u64,
        is_interrupted: false,
        sentences: contrasts::sentences(&found),
        sheets: Vec::new(),
    };
    if !found.is_empty() {
        study.sheets.push(contrasts::sheet(&found, &arguments.by));
    }
    if let (Some((groups, test)), Some(time)) = (&lasting, &arguments.time) {
        study.sentences.extend(contrasts::lasting_sentences(groups, test));
        study.sheets.push(contrasts::lasting_sheet(groups, test, time));
        study.sheets.push(contrasts::survival_sheet(groups, time));
    }
    study.sentences.extend(chosen.left_out(arguments, &found));
    study.sentences.push(basis(CONFIDENCE));
    write(&study, folder, &arguments.keeping)?;
    answer(study, &tables(&found, &lasting, &arguments.by), &arguments.keeping, &path)
}

/// The tables for people.
fn tables(found: &[GroupContrast], lasting: &Option<(Vec<Lasting>, LogRank)>, by: &str) -> Vec<String> {
    let differences = (!found.is_empty()).then(|| contrasts::for_people(found, by));
    let lasting = lasting.as_ref().map(|(lasting, test)| contrasts::lasting_for_people(lasting, test, by));
    let drawn = differences.into_iter().chain(lasting).map(|(headings, rows)| {
        let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
        grid(&headings, &["Column", by], rows, width())
    });
    drawn.collect()
}

impl Arguments {
    fn request(&self, columns: &Columns, chosen: &Chosen) -> Request {
        let text = |option: &Option<String>| option.clone().unwrap_or_default();
        request(&Asked {
            kind: "comparison",
            file: &self.file,
            seed: 0,
            settings: vec![
                ("data", digest(columns)),
                ("outcome", chosen.outcomes.join(",")),
                ("by", self.by.clone()),
                ("against", chosen.groups[0].name.clone()),
                ("pair by", text(&self.pair_by)),
                ("time", text(&self.time)),
                ("event", text(&self.event)),
            ],
        })
    }

    /// What the options name, or all that is wrong with them.
    fn chosen(&self, columns: &Columns) -> Result<Chosen, Failure> {
        let mut faults = Vec::new();
        let mut numbers_of = |name: &String| match columns.numbers(&known(columns, name)) {
            Ok(numbers) => numbers.to_vec(),
            Err(fault) => {
                faults.push(fault);
                Vec::new()
            }
        };
        let values: Vec<Vec<f64>> = self.outcome.iter().map(&mut numbers_of).collect();
        let times = self.time.iter().zip(&self.event).map(|(time, event)| (numbers_of(time), numbers_of(event))).next();
        let (mut found, without) = groups(columns, &self.by).unwrap_or_else(|fault| {
            faults.push(fault);
            (Vec::new(), usize::MAX)
        });
        let pairs = self.pair_by.as_ref().map(|name| labels(columns, name));
        let pairs = pairs.and_then(|pairs| pairs.map_err(|fault| faults.push(fault)).ok());
        if without < usize::MAX {
            faults.extend(self.put_first(&mut found).err());
            faults.extend(pairs.as_ref().and_then(|pairs| ambiguous(pairs, &found)));
        }
        if let Some((times, events)) = &times {
            faults.extend(self.unlikely(times, events));
        }
        if !faults.is_empty() {
            return Err(Failure::Input(faults.join("\nerror: ")));
        }
        let outcomes = self.outcome.iter().map(|name| name.trim().to_string()).collect();
        Ok(Chosen { groups: found, without, outcomes, values, pairs, times })
    }

    /// Puts the group first that the others are held against.
    fn put_first(&self, groups: &mut [Group]) -> Result<(), String> {
        if groups.len() < 2 {
            let names: Vec<String> = groups.iter().map(|group| format!(" ({})", group.name)).collect();
            let by = &self.by;
            return Err(format!(
                "the column `{by}` holds {} group{}: a comparison needs two or more",
                if groups.is_empty() { "no" } else { "one" },
                names.concat()
            ));
        }
        let Some(wanted) = &self.against else { return Ok(()) };
        let Some(position) = groups.iter().position(|group| group.name == *wanted) else {
            let names = groups.iter().map(|group| group.name.as_str());
            let suggestion = crate::scenario::nearest::suggestion(wanted, names);
            return Err(format!("the column `{}` holds no group {wanted:?}: {suggestion}", self.by));
        };
        groups[..=position].rotate_right(1);
        Ok(())
    }

    /// What no time and no end can be.
    fn unlikely(&self, times: &[f64], events: &[f64]) -> Vec<String> {
        let name = |option: &Option<String>| option.clone().unwrap_or_default();
        let mut faults = Vec::new();
        if let Some(row) = times.iter().position(|time| *time < 0.0) {
            faults.push(format!(
                "the column `{}` holds {} in row {}: a time is 0 or more",
                name(&self.time),
                times[row],
                row + 1
            ));
        }
        if let Some(row) = events.iter().position(|event| !event.is_nan() && *event != 0.0 && *event != 1.0) {
            faults.push(format!(
                "the column `{}` holds {} in row {}: allowed are 0 and 1",
                name(&self.event),
                events[row],
                row + 1
            ));
        }
        faults
    }
}

/// What is wrong with the pairs: two rows of one group that claim the same place.
fn ambiguous(pairs: &[String], groups: &[Group]) -> Option<String> {
    for group in groups {
        let mut seen = BTreeMap::new();
        for &row in group.rows.iter().filter(|row| !pairs[**row].is_empty()) {
            if let Some(earlier) = seen.insert(&pairs[row], row) {
                return Some(format!(
                    "rows {} and {} of the group {} both belong to the pair {}: a pair has one row of each group",
                    earlier + 1,
                    row + 1,
                    group.name,
                    pairs[row]
                ));
            }
        }
    }
    None
}

impl Chosen {
    /// Every column and every group but the first, against the first.
    fn contrasts(&self) -> Vec<GroupContrast> {
        let mut found = Vec::new();
        for (outcome, values) in self.outcomes.iter().zip(&self.values) {
            for group in &self.groups[1..] {
                let (of_group, of_first) = self.rows(group);
                let (one, other) = (of_rows(values, &of_group), of_rows(values, &of_first));
                let groups =
                    if self.pairs.is_some() { Groups::Paired(&one, &other) } else { Groups::Apart(&one, &other) };
                found.push(GroupContrast {
                    outcome: outcome.clone(),
                    group: group.name.clone(),
                    against: self.groups[0].name.clone(),
                    found: contrast(groups, CONFIDENCE),
                    p_adjusted: f64::NAN,
                });
            }
        }
        let together = adjusted(&found.iter().map(|one| &one.found).collect::<Vec<_>>());
        found.iter_mut().zip(together).for_each(|(one, adjusted)| one.p_adjusted = adjusted);
        found
    }

    /// The rows of a group and of the first group; of pairs only those that have both, in the same order.
    fn rows(&self, group: &Group) -> (Vec<usize>, Vec<usize>) {
        let first = &self.groups[0];
        let Some(pairs) = &self.pairs else { return (group.rows.clone(), first.rows.clone()) };
        let partners: BTreeMap<&String, usize> = first.rows.iter().map(|&row| (&pairs[row], row)).collect();
        let named = group.rows.iter().filter(|row| !pairs[**row].is_empty());
        named.filter_map(|&row| partners.get(&pairs[row]).map(|&partner| (row, partner))).unzip()
    }

    /// How long each group lasts, and the test.
    fn lasting(&self) -> Option<(Vec<Lasting>, LogRank)> {
        let (times, events) = self.times.as_ref()?;
        let of_groups: Vec<_> = self
            .groups
            .iter()
            .map(|group| exits(&of_rows(times, &group.rows), &of_rows(events, &group.rows)))
            .collect();
        // Up to when every group that has any row was still looked at.
        let latest = of_groups.iter().filter_map(|exits| exits.last().map(|(time, _)| *time));
        let limit = latest.reduce(f64::min).unwrap_or(0.0);
        let lasting = self.groups.iter().zip(&of_groups).map(|(group, exits)| Lasting {
            group: group.name.clone(),
            curve: Curve::from_exits(exits, CONFIDENCE),
            limit,
        });
        let test = log_rank(&of_groups.iter().map(Vec::as_slice).collect::<Vec<_>>());
        Some((lasting.collect(), test))
    }

    /// What took no part.
    fn left_out(&self, arguments: &Arguments, found: &[GroupContrast]) -> Vec<String> {
        let mut told = Vec::new();
        if self.without > 0 {
            let rows = counted(self.without as u64, "row");
            told.push(format!("Left out: {rows} without a value in {}.", arguments.by));
        }
        if let (Some(name), false) = (&arguments.pair_by, found.is_empty()) {
            for group in &self.groups[1..] {
                let alone = group.rows.len() - self.rows(group).0.len();
                if alone > 0 {
                    let rows = counted(alone as u64, "row");
                    told.push(format!(
                        "Left out: {rows} of {} whose {name} no row of {} has.",
                        group.name, self.groups[0].name
                    ));
                }
            }
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_rows_of_one_group_in_one_pair_are_ambiguous() {
        let pairs = ["1", "1", "2", "", ""].map(str::to_string);
        let group = |rows: &[usize]| Group { name: "A".to_string(), rows: rows.to_vec() };
        assert!(ambiguous(&pairs, &[group(&[0, 1])]).is_some_and(|fault| fault.contains("rows 1 and 2")));
        assert_eq!(ambiguous(&pairs, &[group(&[0, 2, 3, 4]), group(&[1])]), None);
    }
}
