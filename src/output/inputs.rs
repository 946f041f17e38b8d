//! `inputs.csv`: one row for each replication, with the value that each uncertain parameter had in it.
//!
//! The values follow from scenario, seed and replication alone, so the table can be written whenever it is wanted.

use super::column::Column;
use super::number;
use super::table::Table;
use crate::model::uncertain::{self, Uncertain};
use crate::scenario::Scenario;
use std::io::{self, Write};

/// Its name in the result folder.
pub const NAME: &str = "inputs.csv";

/// Whether a result of the scenario has it: where anything is uncertain.
pub fn is_wanted(scenario: &Scenario) -> bool {
    !uncertain::uncertain(&scenario.inputs).is_empty()
}

/// Its columns.
pub fn columns(scenario: &Scenario) -> Vec<Column> {
    let inputs = &scenario.inputs;
    let replication = Column::whole("replication", "Index of the replication, from 0, as in runs.csv.", "index");
    let values = uncertain::uncertain(inputs);
    let values = values.iter().map(|one| Column::number(&one.path(inputs), one.meaning(), one.unit()));
    [replication].into_iter().chain(values).collect()
}

/// Writes the header.
///
/// # Errors
/// What writing reports.
pub fn write_header(scenario: &Scenario, to: &mut dyn Write) -> io::Result<()> {
    Table::new(to, &columns(scenario))?.finish()
}

/// What it takes to write the rows of a scenario.
#[derive(Debug, Clone)]
pub struct Rows<'s> {
    scenario: &'s Scenario,
    uncertain: Vec<Uncertain>,
}

impl Rows<'_> {
    /// Rows of a scenario.
    pub fn new(scenario: &Scenario) -> Rows<'_> {
        Rows { scenario, uncertain: uncertain::uncertain(&scenario.inputs) }
    }

    /// The rows of replications `first` to `first + size - 1` as they stand in the file.
    pub fn of(&self, first: u64, size: usize) -> Vec<u8> {
        let columns = uncertain::columns(&self.uncertain, &self.scenario.inputs, self.scenario.seed, first, size);
        let mut rows = Vec::with_capacity(size * (12 + 20 * columns.len()));
        for k in 0..size {
            rows.extend_from_slice((first + k as u64).to_string().as_bytes());
            for column in &columns {
                rows.push(b',');
                number::push(&mut rows, column[k]);
            }
            rows.push(b'\n');
        }
        rows
    }
}

/// Reads the values of `n` inputs in some replications back, given in ascending order: one column an input.
///
/// # Errors
/// What reading reports, or where the text is not such a table.
pub fn read(from: impl io::Read, n: usize, replications: &[u64]) -> io::Result<Vec<Vec<f64>>> {
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, format!("{NAME} is not the table of a run's inputs"));
    let mut columns = vec![Vec::with_capacity(replications.len()); n];
    let mut reader = csv::Reader::from_reader(from);
    let mut record = csv::StringRecord::new();
    for &replication in replications {
        loop {
            if !reader.read_record(&mut record)? || record.len() != n + 1 {
                return Err(wrong());
            }
            // What could not be computed has inputs and is left out.
            if record[0].parse() == Ok(replication) {
                break;
            }
        }
        for (column, cell) in columns.iter_mut().zip(record.iter().skip(1)) {
            column.push(cell.parse().map_err(|_| wrong())?);
        }
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fake;

    #[test]
    fn rows_read_back_as_the_values_of_the_replications() {
        let scenario = fake::scenario();
        let mut file = Vec::new();
        write_header(&scenario, &mut file).unwrap();
        file.extend(Rows::new(&scenario).of(7, 30));
        let mut reader = csv::Reader::from_reader(file.as_slice());
        let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_string).collect();
        assert_eq!(names, columns(&scenario).into_iter().map(|column| column.name).collect::<Vec<_>>());
        assert!(names.contains(&"partner.council.envy".to_string()), "{names:?}");
        let found = uncertain::uncertain(&scenario.inputs);
        let values = uncertain::columns(&found, &scenario.inputs, scenario.seed, 7, 30);
        for (k, record) in reader.records().map(Result::unwrap).enumerate() {
            assert_eq!(&record[0], (7 + k).to_string());
            assert!(values.iter().enumerate().all(|(at, column)| record[at + 1].parse() == Ok(column[k])));
        }
    }
    #[test]
    fn the_values_of_some_replications_read_back() {
        let scenario = fake::scenario();
        let mut file = Vec::new();
        write_header(&scenario, &mut file).unwrap();
        file.extend(Rows::new(&scenario).of(0, 30));
        let found = uncertain::uncertain(&scenario.inputs);
        let values = uncertain::columns(&found, &scenario.inputs, scenario.seed, 0, 30);
        let read_back = read(file.as_slice(), found.len(), &[0, 3, 29]).unwrap();
        for (column, all) in read_back.iter().zip(&values) {
            assert_eq!(column[..], [all[0], all[3], all[29]]);
        }
        assert!(read(file.as_slice(), found.len(), &[30]).is_err() && read(file.as_slice(), 99, &[0]).is_err());
    }
}
