//! What a result looks like outside the program: one file or format = one source file, one line in the registry below.
//!
//! Everything writes to any `std::io::Write`; nothing here opens a file or computes a statistic. The same report gives the
//! same bytes: no clock, machine or thread count gets in.

pub mod assumptions;
pub mod calibration;
pub mod chart;
pub mod choosing;
pub mod column;
pub mod comparison;
pub mod contrasts;
pub mod csv_style;
pub mod data_dictionary;
pub mod datapackage;
pub mod described;
pub mod difference;
pub mod discovery;
pub mod distributions;
pub mod evaluation;
pub mod experiment;
pub mod failures;
pub mod figure;
pub mod influence;
pub mod inputs;
pub mod journal;
pub mod json;
pub mod kept;
pub mod left_out;
pub mod manifest;
pub mod number;
pub mod optimised;
pub mod page;
#[cfg(feature = "cli")]
pub mod parquet;
pub mod partners;
pub mod precision;
pub mod reference;
pub mod runs;
pub mod sensitivity;
pub mod sentences;
pub mod series;
pub mod sheet;
pub mod shown;
pub mod story;
pub mod study;
pub mod summary;
pub mod survival;
pub mod table;
#[cfg(feature = "cli")]
pub mod template;
pub mod text_plot;
pub mod threshold;
pub mod trace;
#[cfg(feature = "cli")]
pub mod workbook;

use crate::analyse::findings::Findings;
use crate::analyse::precision::Precision;
use crate::experiment::Fault;
use crate::scenario::Scenario;
use kept::{About, Kept, Replications};
use manifest::Manifest;
use sheet::Sheet;
use study::ScenarioEntry;

/// A scenario and what was found about it: what every output is made from.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The scenario as it was run.
    pub scenario: &'a Scenario,
    /// What its replications found.
    pub findings: &'a Findings,
    /// How the run came to its end.
    pub ended: Ended<'a>,
}

/// How a run came to its end, beyond having done all its replications.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ended<'a> {
    /// Replications that could not be computed and are left out.
    pub faults: &'a [Fault],
    /// What became of the precision it was to reach.
    pub precision: Option<&'a Precision>,
}

/// A table that is written when all replications are done.
#[derive(Debug)]
pub struct File {
    /// Its name in the result folder.
    pub name: &'static str,
    /// Whether a result of the scenario has it.
    pub is_wanted: fn(&Scenario) -> bool,
    /// The table.
    pub sheet: fn(&Report) -> Sheet,
}

/// Every table of a result but `runs.csv` and `inputs.csv`, which are written row by row, and `failures.csv`.
pub const FILES: &[File] = &[
    File { name: "summary.csv", is_wanted: always, sheet: summary::sheet },
    File { name: "series.csv", is_wanted: always, sheet: series::sheet },
    File { name: "survival.csv", is_wanted: always, sheet: survival::sheet },
    File { name: "partners.csv", is_wanted: always, sheet: partners::sheet },
    File { name: "evaluation.csv", is_wanted: evaluation::is_wanted, sheet: evaluation::sheet },
    File { name: "assumptions.csv", is_wanted: always, sheet: assumptions::sheet },
    File { name: "distributions.csv", is_wanted: always, sheet: distributions::sheet },
    File { name: "influence.csv", is_wanted: inputs::is_wanted, sheet: influence::sheet },
];

fn always(_: &Scenario) -> bool {
    true
}

impl Report<'_> {
    /// Whether the run ended before all replications were tried that it asks for, or that its precision takes.
    pub fn is_interrupted(&self) -> bool {
        let is_precise = self.ended.precision.is_some_and(Precision::is_reached);
        self.tried() < self.scenario.replications && !is_precise
    }

    /// Replications run, those that could not be computed among them.
    pub fn tried(&self) -> u64 {
        self.findings.replications + self.ended.faults.len() as u64
    }

    /// All that is kept of it, `command` being what computes it again.
    pub fn kept(&self, command: &str) -> Kept {
        let wanted = FILES.iter().filter(|file| (file.is_wanted)(self.scenario));
        let mut sheets: Vec<Sheet> = wanted.map(|file| (file.sheet)(self)).collect();
        sheets.extend(failures::sheet(self.ended.faults, self.scenario));
        let rows = |name: &str, title: &str, columns, n_rows| Replications {
            name: name.to_string(),
            title: title.to_string(),
            columns,
            n_rows,
        };
        let mut large = vec![rows("runs", "Every replication", runs::columns(), self.findings.replications)];
        if inputs::is_wanted(self.scenario) {
            let columns = inputs::columns(self.scenario);
            large.push(rows("inputs", "What was uncertain in every replication", columns, self.tried()));
        }
        let manifest = Manifest { command: command.to_string(), ..Manifest::new(self, Vec::new()) };
        let mut about = About::of_run(&manifest);
        about.scenarios = vec![ScenarioEntry::of(self.scenario)];
        Kept { about, sheets, rows: large, given: Vec::new() }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::analyse::distributions::Distributions;
    use crate::analyse::totals::{self, Totals};
    use crate::experiment::fake;
    use std::collections::BTreeSet;

    /// A report on so many fake replications, of the 300 the fake scenario asks for.
    pub(crate) fn with_report(replications: usize, check: impl FnOnce(&Report)) {
        let scenario = fake::scenario();
        let targets = totals::targets(&scenario.targets);
        let block = fake::block(0, replications);
        let distributions = Distributions::new(scenario.replications, fake::MONTHS);
        distributions.add(&block);
        let findings = Findings::new(&Totals::of(&block, &targets), &distributions, &targets);
        check(&Report { scenario: &scenario, findings: &findings, ended: Ended::default() });
    }

    fn rows(file: &File, report: &Report) -> Vec<csv::StringRecord> {
        let mut bytes = Vec::new();
        let sheet = (file.sheet)(report);
        sheet.write_csv(&mut bytes).unwrap();
        assert!(!bytes.contains(&b'\r') && bytes.ends_with(b"\n"), "{}", file.name);
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_string).collect();
        assert_eq!(header, sheet.columns.into_iter().map(|column| column.name).collect::<Vec<_>>());
        reader.records().map(|record| record.unwrap()).collect()
    }

    #[test]
    fn every_table_is_a_rectangle_under_its_declared_columns() {
        use crate::model::outcomes::{CAUSES, MONTHLY, OUTCOMES};
        with_report(300, |report| {
            let n_rows: Vec<usize> = FILES.iter().map(|file| rows(file, report).len()).collect();
            let n_outcomes = OUTCOMES.len() + CAUSES.len();
            let months = report.findings.survival.steps.len();
            let bars = report.findings.outcomes.iter().map(|finding| finding.bars.len()).sum::<usize>();
            assert!(bars >= 2 * OUTCOMES.len(), "{bars}");
            assert_eq!(n_rows, [n_outcomes, fake::MONTHS * MONTHLY.len(), months, fake::PARTNERS, 0, 1, bars, 0]);
        });
    }

    #[test]
    fn the_dictionary_declares_every_column_of_every_table() {
        with_report(300, |report| {
            let kept = report.kept("partnersim run two.toml");
            let dictionary = kept.data_dictionary();
            let of_sheets = kept.sheets.iter().map(|sheet| (sheet.file(), sheet.columns.clone()));
            let of_rows = kept.rows.iter().map(|rows| (rows.file(), rows.columns.clone()));
            let mut n_columns = data_dictionary::columns().len();
            for (file, columns) in of_sheets.chain(of_rows) {
                assert_eq!(data_dictionary::columns_of(&dictionary, &file), columns);
                n_columns += columns.len();
            }
            assert_eq!(dictionary.rows.len(), n_columns);
        });
    }

    #[test]
    fn every_column_has_a_meaning_and_a_name_of_its_own() {
        with_report(10, |report| {
            for columns in FILES.iter().map(|file| (file.sheet)(report).columns).chain([runs::columns()]) {
                let names: BTreeSet<&str> = columns.iter().map(|column| column.name.as_str()).collect();
                assert_eq!(names.len(), columns.len());
                assert!(columns.iter().all(|column| column.meaning.ends_with('.')), "{columns:?}");
            }
        });
    }

    #[test]
    fn the_summary_holds_the_findings() {
        with_report(300, |report| {
            let premium = &rows(&FILES[0], report)[7];
            let finding = &report.findings.outcomes[7];
            assert_eq!(&premium[1], "premium_thousand_pounds");
            assert_eq!(&premium[4], "300");
            assert_eq!(premium[5].parse::<f64>().unwrap(), finding.spread.mean.value);
            assert_eq!(premium[10].parse::<f64>().unwrap(), finding.spread.quantiles[2]);
            assert_eq!(&premium[13], "10");
            assert_eq!(premium[14].parse::<f64>().unwrap(), finding.above_target.value);
        });
    }

    #[test]
    fn the_summary_says_how_many_failed_and_by_what() {
        use crate::model::outcomes::OUTCOMES;
        with_report(300, |report| {
            let rows = rows(&FILES[0], report);
            let failed = &rows[OUTCOMES.len()];
            assert_eq!((&failed[1], &failed[4]), ("failed", "300"));
            assert!((failed[14].parse::<f64>().unwrap() - 5.0 / 6.0).abs() < 1e-12);
            let money = &rows[OUTCOMES.len() + 1];
            assert_eq!(
                (&money[1], &money[2], &money[4], &money[5]),
                ("cause_money", "Cause of failure: money ran out", "250", "0.2")
            );
            assert_eq!((&money[8], &money[14]), ("", "0.2"));
        });
    }

    #[test]
    fn one_replication_leaves_the_cells_of_spread_empty() {
        with_report(1, |report| {
            let row = &rows(&FILES[0], report)[0];
            assert_eq!((&row[6], &row[7]), ("", ""));
            assert!(row[5].parse::<f64>().is_ok());
        });
    }

    #[test]
    fn a_partner_whose_name_begins_with_a_formula_sign_is_written_safely() {
        with_report(10, |report| assert_eq!(&rows(&FILES[3], report)[1][1], "'=charity"));
    }
}
