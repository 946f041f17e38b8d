//! Rows in classes of an input that is known about: by its levels where it has few, else by its order.

use super::rank::ascending;

/// To which class each row belongs; `None` for a row that belongs to none.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Classes {
    pub of_row: Vec<Option<usize>>,
    pub n: usize,
}

/// Each level a class of its own, where there are at most `most` of them.
pub(super) fn by_level(input: &[f64], most: usize) -> Option<Classes> {
    let order = ascending(input);
    let levels: Vec<&[usize]> = order.chunk_by(|&a, &b| input[a] == input[b]).collect();
    if levels.len() > most {
        return None;
    }
    let mut of_row = vec![None; input.len()];
    for (class, rows) in levels.iter().enumerate() {
        rows.iter().for_each(|&row| of_row[row] = Some(class));
    }
    Some(Classes { of_row, n: levels.len() })
}

/// So many classes of about as many rows each, in the order of the input.
pub(super) fn of_equal_size(input: &[f64], n: usize) -> Classes {
    let rows = input.len();
    let mut of_row = vec![None; rows];
    for (rank, row) in (1..).zip(ascending(input)) {
        // The least class whose upper edge, (class + 1)·rows/n, is not below the rank.
        of_row[row] = Some((rank * n).div_ceil(rows) - 1);
    }
    Classes { of_row, n }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_shared_out_evenly_in_the_order_of_the_input() {
        let classes = of_equal_size(&[5.0, 1.0, 4.0, 2.0, 3.0], 2);
        // Edges at 0, 2.5 and 5 of the ranks: two rows and three.
        assert_eq!(classes.of_row, [Some(1), Some(0), Some(1), Some(0), Some(1)]);
    }

    #[test]
    fn few_levels_are_classes_and_many_are_not() {
        let input = [2.0, 1.0, 2.0, 9.0];
        assert_eq!(by_level(&input, 3).unwrap().of_row, [Some(1), Some(0), Some(1), Some(2)]);
        assert_eq!(by_level(&input, 2), None);
    }
}
