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

/// The numbers of some replications, read back.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Which replications they are.
    pub replications: Vec<u64>,
    /// One column an outcome that was asked for.
    pub outcomes: Vec<Vec<f64>>,
    /// 1 where the partnership failed, else 0.
    pub failed: Vec<f64>,
}

/// Reads the first rows of the table back, `most` of them at most, with the outcomes at these positions of `model::outcomes::OUTCOMES`.
///
/// # Errors
/// What reading reports, or where the text is not such a table.
pub fn read(from: impl io::Read, most: usize, outcomes: &[usize]) -> io::Result<Read> {
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, format!("{NAME} is not the table of a run"));
    let mut read = Read { replications: Vec::new(), outcomes: vec![Vec::new(); outcomes.len()], failed: Vec::new() };
    let mut reader = csv::Reader::from_reader(from);
    let mut record = csv::StringRecord::new();
    while read.replications.len() < most && reader.read_record(&mut record)? {
        read.replications.push(record.get(1).and_then(|cell| cell.parse().ok()).ok_or_else(wrong)?);
        for (column, at) in read.outcomes.iter_mut().zip(outcomes) {
            column.push(record.get(3 + at).and_then(|cell| cell.parse().ok()).ok_or_else(wrong)?);
        }
        let cause = record.get(record.len() - 1).ok_or_else(wrong)?;
        read.failed.push(if cause == CAUSES[0].name { 0.0 } else { 1.0 });
    }
    Ok(read)
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
    #[test]
    fn the_first_rows_read_back_bit_by_bit() {
        let block = fake::block(1000, 40);
        let mut file = Vec::new();
        write_header(&mut file).unwrap();
        file.extend(Rows::new(&fake::scenario()).of(&block));
        let found = read(file.as_slice(), 30, &[7, 2]).unwrap();
        assert_eq!(found.replications, (1000..1030).collect::<Vec<u64>>());
        assert_eq!(found.outcomes.len(), 2);
        for (column, at) in found.outcomes.iter().zip([7, 2]) {
            let written = &block.outcomes[at];
            assert!(
                column.len() == 30 && column.iter().zip(written).all(|(read, value)| read.to_bits() == value.to_bits())
            );
        }
        assert_eq!(found.failed[..6], [0, 1, 2, 3, 4, 5].map(|k| if block.causes[k] == 0 { 0.0 } else { 1.0 }));
        assert_eq!(read(file.as_slice(), 99, &[]).unwrap().failed.len(), 40);
        assert!(read("a,b,c,d\n1,x,2,3\n".as_bytes(), 9, &[0]).is_err());
    }
}
