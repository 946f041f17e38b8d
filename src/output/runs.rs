//! `runs.csv`: one row for each replication, formatted block by block wherever the block was computed.

use super::column::Column;
use super::number;
use super::table::{Table, text_cell};
use crate::model::outcomes::{CAUSES, ENDINGS, OUTCOMES};
use crate::scenario::Scenario;
use crate::simulate::Block;
use std::io::{self, Write};

/// Its name in the result folder.
pub const NAME: &str = "runs.csv";

/// Its columns.
pub fn columns() -> Vec<Column> {
    let mut columns = vec![
        Column::scenario(),
        Column::whole("replication", "Index of the replication, from 0.", "index"),
        Column::text("seed", "Seed of all draws; with the index it names every random number of the row."),
    ];
    columns.extend(OUTCOMES.iter().map(|outcome| Column::number(outcome.column, outcome.meaning, outcome.unit)));
    let endings: Vec<String> = ENDINGS.iter().map(|(name, meaning)| format!("{name}: {meaning}")).collect();
    columns.push(Column::text("ending", &format!("Why the replication stopped. {}.", endings.join("; "))));
    let causes: Vec<String> = CAUSES.iter().map(|cause| format!("{}: {}", cause.name, cause.meaning)).collect();
    columns.push(Column::text("cause", &format!("What the partnership failed by. {}.", causes.join("; "))));
    columns
}

/// Writes the header.
///
/// # Errors
/// What writing reports.
pub fn write_header(to: &mut dyn Write) -> io::Result<()> {
    Table::new(to, &columns())?.finish()
}

/// What is the same in every row of a scenario.
#[derive(Debug, Clone)]
pub struct Rows {
    scenario: Vec<u8>,
    seed: String,
}

impl Rows {
    /// Rows of a scenario.
    pub fn new(scenario: &Scenario) -> Rows {
        Rows { scenario: text_cell(&scenario.name), seed: scenario.seed.to_string() }
    }

    /// Rows that begin with other cells than the scenario's, given as they stand in the file.
    pub fn after(cells: Vec<u8>, seed: u64) -> Rows {
        Rows { scenario: cells, seed: seed.to_string() }
    }

    /// The rows of a block as they stand in the file.
    pub fn of(&self, block: &Block) -> Vec<u8> {
        let mut rows = Vec::with_capacity(block.size * (self.scenario.len() + 24 + 20 * block.outcomes.len()));
        for k in 0..block.size {
            rows.extend_from_slice(&self.scenario);
            rows.push(b',');
            rows.extend_from_slice((block.first + k as u64).to_string().as_bytes());
            rows.push(b',');
            rows.extend_from_slice(self.seed.as_bytes());
            for column in &block.outcomes {
                rows.push(b',');
                number::push(&mut rows, column[k]);
            }
            rows.push(b',');
            rows.extend_from_slice(ENDINGS[usize::from(block.endings[k])].0.as_bytes());
            rows.push(b',');
            rows.extend_from_slice(CAUSES[usize::from(block.causes[k])].name.as_bytes());
            rows.push(b'\n');
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fake;

    #[test]
    fn rows_read_back_as_the_columns_they_were_made_from() {
        let block = fake::block(1000, 40);
        let mut file = Vec::new();
        write_header(&mut file).unwrap();
        file.extend(Rows::new(&fake::scenario()).of(&block));
        let mut reader = csv::Reader::from_reader(file.as_slice());
        assert_eq!(reader.headers().unwrap().len(), OUTCOMES.len() + 5);
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), 40);
        for (k, record) in records.iter().enumerate() {
            assert_eq!(&record[1], (1000 + k).to_string());
            assert_eq!(&record[2], "18446744073709551615");
            for (outcome, column) in block.outcomes.iter().enumerate() {
                assert_eq!(record[3 + outcome].parse::<f64>().unwrap().to_bits(), column[k].to_bits());
            }
            assert_eq!(&record[3 + OUTCOMES.len()], ENDINGS[(1000 + k) % 3].0);
            assert_eq!(&record[4 + OUTCOMES.len()], CAUSES[(1000 + k) % 6].name);
        }
    }
}
