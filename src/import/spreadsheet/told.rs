//! Faults and warnings of a spreadsheet, each at its cell, collected until all are known.

use super::grid::{At, Book};
use crate::scenario::diagnostic::{Diagnostic, Place};

/// What is told so far.
#[derive(Debug)]
pub(super) struct Told<'b> {
    pub(super) book: &'b Book,
    faults: Vec<(Option<At>, Diagnostic)>,
    warnings: Vec<Diagnostic>,
}

/// Faults told at most: a sheet with more of them is broken in some one way that the first ones show.
const MOST_TOLD: usize = 100;

impl<'b> Told<'b> {
    pub(super) fn new(book: &'b Book) -> Self {
        Told { book, faults: Vec::new(), warnings: Vec::new() }
    }

    /// Records what is wrong with a cell.
    pub(super) fn fault(&mut self, at: At, message: impl Into<String>, help: impl Into<String>) {
        if self.faults.len() < MOST_TOLD {
            let place = Some(place(self.book, at));
            self.faults.push((Some(at), Diagnostic { message: message.into(), help: help.into(), place }));
        }
    }

    /// Records what is wrong with the whole.
    pub(super) fn whole(&mut self, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push((None, Diagnostic { message: message.into(), help: help.into(), place: None }));
    }

    /// Records what looks odd and is allowed.
    pub(super) fn warning(&mut self, message: impl Into<String>, help: impl Into<String>) {
        self.warnings.push(Diagnostic { message: message.into(), help: help.into(), place: None });
    }

    /// Faults with their cells, in the order of the sheets, and warnings.
    pub(super) fn finish(mut self) -> (Vec<(Option<At>, Diagnostic)>, Vec<Diagnostic>) {
        self.faults.sort_by_key(|(at, _)| (at.is_none(), *at));
        (self.faults, self.warnings)
    }
}

/// The place of a cell.
pub(super) fn place(book: &Book, at: At) -> Place {
    let cell = book.grids.get(at.sheet).and_then(|grid| grid.cell(at.row, at.column));
    let text = cell.map_or(String::new(), |cell| cell.shown().chars().take(200).collect());
    Place {
        file: book.origin.clone(),
        line: at.row as usize + 1,
        column: at.column as usize + 1,
        length: 1,
        text,
        cell: Some(book.address(at)),
    }
}
