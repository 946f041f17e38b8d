//! The rows of a table by what stands in one of its columns.

use crate::import::columns::{Columns, MISSING, Values};
use crate::output::number;
use crate::scenario::nearest::suggestion;

/// More groups than anybody wants to compare: the column holds measurements and no groups.
const MOST_GROUPS: usize = 50;

/// Rows that have the same value.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The value as text.
    pub name: String,
    /// Their positions.
    pub rows: Vec<usize>,
}

/// The groups by the column `by`, in the order in which they first appear, and the number of rows without a value there.
///
/// # Errors
/// A sentence when there is no such column or it has more than 50 different values.
pub fn groups(columns: &Columns, by: &str) -> Result<(Vec<Group>, usize), String> {
    let names = labels(columns, by)?;
    let (mut groups, mut without): (Vec<Group>, usize) = (Vec::new(), 0);
    for (row, name) in names.into_iter().enumerate() {
        if name.is_empty() {
            without += 1;
        } else if let Some(group) = groups.iter_mut().find(|group| group.name == name) {
            group.rows.push(row);
        } else if groups.len() == MOST_GROUPS {
            return Err(format!(
                "the column `{by}` has more than {MOST_GROUPS} different values; name one that holds groups"
            ));
        } else {
            groups.push(Group { name, rows: vec![row] });
        }
    }
    Ok((groups, without))
}

/// What stands in each row of a column, as text; empty where nothing does.
///
/// # Errors
/// A sentence when there is no such column.
pub fn labels(columns: &Columns, name: &str) -> Result<Vec<String>, String> {
    match columns.get(name) {
        Some(Values::Words(words)) => {
            let known = |word: &String| if MISSING.contains(&word.as_str()) { String::new() } else { word.clone() };
            Ok(words.iter().map(known).collect())
        }
        Some(Values::Numbers(numbers)) => Ok(numbers.iter().map(|number| number::text(*number)).collect()),
        None => {
            let names = columns.names.iter().map(String::as_str);
            Err(format!("there is no column `{name}`: {}", suggestion(name, names)))
        }
    }
}

/// The values of a column in these rows.
pub fn of_rows(values: &[f64], rows: &[usize]) -> Vec<f64> {
    rows.iter().map(|&row| values[row]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Columns {
        Columns::read(text.as_bytes(), "t.csv").unwrap()
    }

    #[test]
    fn groups_come_in_the_order_of_the_table_and_numbers_are_names_too() {
        let columns = read("policy,year\nB,2.0\nA,1\n,2\nB,\n");
        let (found, without) = groups(&columns, "policy").unwrap();
        assert_eq!(
            found.iter().map(|group| (group.name.as_str(), group.rows.len())).collect::<Vec<_>>(),
            [("B", 2), ("A", 1)]
        );
        assert_eq!(without, 1);
        let (found, without) = groups(&columns, "year").unwrap();
        assert_eq!((found[0].name.as_str(), &found[0].rows, without), ("2", &vec![0, 2], 1));
        assert!(groups(&columns, "polcy").unwrap_err().contains("did you mean `policy`?"));
    }

    #[test]
    fn a_column_of_measurements_holds_no_groups() {
        let rows: Vec<String> = (0..60).map(|k| format!("{k}.5")).collect();
        assert!(groups(&read(&format!("x\n{}\n", rows.join("\n"))), "x").unwrap_err().contains("more than 50"));
    }
}
