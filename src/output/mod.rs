//! What a result looks like outside the program: one file or format = one source file, one line in the registry below.
//!
//! Everything writes to any `std::io::Write`; nothing here opens a file or computes a statistic. The same report gives the
//! same bytes: no clock, machine or thread count gets in.

pub mod assumptions;
pub mod calibration;
pub mod choosing;
pub mod column;
pub mod comparison;
pub mod contrasts;
pub mod data_dictionary;
pub mod described;
pub mod discovery;
pub mod evaluation;
pub mod experiment;
pub mod failures;
pub mod figure;
pub mod inputs;
pub mod journal;
pub mod left_out;
pub mod manifest;
pub mod number;
pub mod optimised;
pub mod partners;
pub mod precision;
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

use crate::analyse::findings::Findings;
use crate::analyse::precision::Precision;
use crate::experiment::Fault;
use crate::scenario::Scenario;
use column::Column;
use std::io::{self, Write};

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
    /// Its columns, in order.
    pub columns: fn() -> Vec<Column>,
    /// Whether a result of the scenario has it.
    pub is_wanted: fn(&Scenario) -> bool,
    /// Writes it, header first.
    pub write: fn(&Report, &mut dyn Write) -> io::Result<()>,
}

/// Every table of a result but `runs.csv` and `inputs.csv`, which are written row by row.
pub const FILES: &[File] = &[
    File { name: "summary.csv", columns: summary::columns, is_wanted: always, write: summary::write },
    File { name: "series.csv", columns: series::columns, is_wanted: always, write: series::write },
    File { name: "survival.csv", columns: survival::columns, is_wanted: always, write: survival::write },
    File { name: "partners.csv", columns: partners::columns, is_wanted: always, write: partners::write },
    File {
        name: "evaluation.csv",
        columns: evaluation::columns,
        is_wanted: evaluation::is_wanted,
        write: evaluation::write,
    },
    File { name: "assumptions.csv", columns: assumptions::columns, is_wanted: always, write: assumptions::write },
    File {
        name: "data_dictionary.csv",
        columns: data_dictionary::columns,
        is_wanted: always,
        write: data_dictionary::write,
    },
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
        (file.write)(report, &mut bytes).unwrap();
        assert!(!bytes.contains(&b'\r') && bytes.ends_with(b"\n"), "{}", file.name);
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_string).collect();
        assert_eq!(header, (file.columns)().into_iter().map(|column| column.name).collect::<Vec<_>>());
        reader.records().map(|record| record.unwrap()).collect()
    }

    #[test]
    fn every_table_is_a_rectangle_under_its_declared_columns() {
        use crate::model::outcomes::{CAUSES, MONTHLY, OUTCOMES};
        with_report(300, |report| {
            let n_rows: Vec<usize> = FILES.iter().map(|file| rows(file, report).len()).collect();
            let columns = |file: &File| (file.columns)().len();
            let wanted = FILES.iter().filter(|file| (file.is_wanted)(report.scenario));
            let of_replications = runs::columns().len() + inputs::columns(report.scenario).len();
            let n_columns = wanted.map(columns).sum::<usize>() + of_replications;
            let n_outcomes = OUTCOMES.len() + CAUSES.len();
            let months = report.findings.survival.steps.len();
            assert_eq!(n_rows, [n_outcomes, fake::MONTHS * MONTHLY.len(), months, fake::PARTNERS, 0, 1, n_columns]);
        });
    }

    #[test]
    fn every_column_has_a_meaning_and_a_name_of_its_own() {
        for columns in FILES.iter().map(|file| (file.columns)()).chain([runs::columns()]) {
            let names: BTreeSet<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            assert_eq!(names.len(), columns.len());
            assert!(columns.iter().all(|column| column.meaning.ends_with('.')), "{columns:?}");
        }
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
