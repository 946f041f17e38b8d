//! The rows of one partnership, read by a mapping: who takes part, what for, with what money, where.

use crate::import::cell::{self, NotANumber};
use crate::import::mapping::{Mapping, Period, ThirdParties};
use crate::import::table::Table;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::nearest::suggestion;
use csv::StringRecord;

/// Characters of a name.
const LONGEST_NAME: usize = 60;

/// One organisation as the table shows it.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// Its name, unique within the partnership.
    pub name: String,
    /// What else the table says of it, for a comment.
    pub remark: String,
    /// Position in the mapping's sectors.
    pub sector: usize,
    /// Latitude and longitude in degrees, when known.
    pub position: Option<(f64, f64)>,
    /// Its money, when known.
    pub money: Option<Funds>,
    leads: bool,
    third_party: bool,
    order: String,
}

/// A partner's money.
#[derive(Debug, Clone)]
pub struct Funds {
    /// Thousand pounds a month.
    pub thousand_pounds_a_month: f64,
    /// The cells it was computed from: `ecContribution 60437.5`.
    pub from: String,
}

/// The partners of a partnership and what was decided in reading them.
#[derive(Debug, Default)]
pub struct Partnership {
    /// The partners, those that lead first.
    pub organisations: Vec<Organisation>,
    /// What was left out or merged, a sentence each.
    pub notes: Vec<String>,
}

/// Reads the rows of one partnership that runs for `months`.
///
/// # Errors
/// Every cell that cannot be read, in the order of the table.
pub fn read(
    table: &Table,
    rows: &[&StringRecord],
    mapping: &Mapping,
    months: f64,
) -> Result<Partnership, Vec<Diagnostic>> {
    let mut reader = Reader { table, mapping, months, faults: Vec::new() };
    let mut partnership = Partnership::default();
    for row in rows {
        reader.take_in(row, &mut partnership);
    }
    if mapping.members.third_parties == ThirdParties::Merge {
        merge_third_parties(&mut partnership);
    }
    partnership.organisations.sort_by_key(|organisation| !organisation.leads);
    name_apart(&mut partnership.organisations);
    if reader.faults.is_empty() { Ok(partnership) } else { Err(reader.faults) }
}

struct Reader<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    months: f64,
    faults: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// The text of a cell, `None` when its column is not mapped or it holds a mark for "not known".
    fn known<'r>(&self, row: &'r StringRecord, column: Option<&String>) -> Option<&'r str> {
        let cell = &row[self.table.column(column?)?];
        let missing = cell.is_empty() || self.mapping.missing.iter().any(|mark| mark.eq_ignore_ascii_case(cell));
        (!missing).then_some(cell)
    }

    fn fault(&mut self, row: &StringRecord, column: &str, message: String, help: impl Into<String>) {
        let place = self.table.column(column).map(|column| self.table.place(row, column));
        self.faults.push(Diagnostic { message, help: help.into(), place });
    }

    fn take_in(&mut self, row: &StringRecord, partnership: &mut Partnership) {
        let mapping = self.mapping;
        let (columns, members) = (&mapping.columns, &mapping.members);
        let role = self.known(row, columns.role.as_ref()).unwrap_or("");
        let is = |words: &[String]| words.iter().any(|word| word.eq_ignore_ascii_case(role));
        let Some(name) = columns.name.iter().find_map(|column| self.known(row, Some(column))) else {
            let column = columns.name.last().map_or("", String::as_str);
            self.fault(row, column, "this organisation has no name".to_string(), "fill in its name or delete the row");
            return;
        };
        let organisation = Organisation {
            name: short_name(name),
            remark: self.remark(row, name, role),
            sector: self.sector(row),
            position: self.position(row),
            money: self.money(row),
            leads: is(&members.lead),
            third_party: is(&members.third_party),
            order: self.known(row, columns.order.as_ref()).unwrap_or("").to_string(),
        };
        let left = self.left(row);
        let third_party_left_out = organisation.third_party && members.third_parties == ThirdParties::LeaveOut;
        let reason = if is(&members.leave_out) {
            Some(format!("its role is \"{role}\""))
        } else if third_party_left_out {
            Some("it works for another partner".to_string())
        } else {
            (left && !members.keep_left).then(|| "it left before the end".to_string())
        };
        match reason {
            Some(reason) => partnership.notes.push(format!("{name} is left out: {reason}.")),
            None => partnership.organisations.push(organisation),
        }
        if left && members.keep_left {
            partnership.notes.push(format!("{name} left before the end; here it starts with the others."));
        }
    }

    fn remark(&self, row: &StringRecord, name: &str, role: &str) -> String {
        let shown = short_name(name);
        let full_name = self.known(row, self.mapping.columns.full_name.as_ref()).or(Some(name));
        let full_name = full_name.map(bare_name).filter(|full| *full != shown);
        let role = (!role.is_empty()).then(|| role.to_string());
        full_name.into_iter().chain(role).collect::<Vec<_>>().join("; ")
    }

    fn sector(&mut self, row: &StringRecord) -> usize {
        let mapping = self.mapping;
        let column = mapping.columns.sector.as_ref();
        let word = self.known(row, column).unwrap_or("");
        let of_word = |word: &str| {
            let lists = |words: &[String]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
            mapping.sectors.iter().position(|sector| lists(&sector.words))
        };
        of_word(word).or(mapping.otherwise).unwrap_or_else(|| {
            let words = mapping.sectors.iter().flat_map(|sector| sector.words.iter().map(String::as_str));
            let help = format!(
                "{}; or name the sector of all others in the mapping: otherwise = \"…\"",
                suggestion(word, words.collect::<Vec<_>>())
            );
            let message = format!("no sector of the mapping lists the word \"{word}\"");
            self.fault(row, column.map_or("", String::as_str), message, help);
            0
        })
    }

    fn position(&mut self, row: &StringRecord) -> Option<(f64, f64)> {
        let columns = &self.mapping.columns;
        let pair = self.known(row, columns.latitude.as_ref()).zip(self.known(row, columns.longitude.as_ref()));
        if let (Some((latitude, longitude)), Some(column)) = (pair, &columns.latitude) {
            let read = cell::degrees(latitude, longitude, self.mapping.decimal);
            if read.is_none() {
                let message = format!("\"{latitude}\" and \"{longitude}\" are no latitude and longitude");
                self.fault(row, column, message, "degrees are expected, from -90 to 90 and from -180 to 180");
            }
            return read;
        }
        let column = columns.location.as_ref()?;
        let given = self.known(row, Some(column))?;
        let read = cell::position(given);
        if read.is_none() {
            let message = format!("\"{given}\" is no position");
            self.fault(row, column, message, "latitude and longitude in degrees are expected: \"38.75,-9.15\"");
        }
        read
    }

    /// The first of the money columns with more than nothing in it.
    fn money(&mut self, row: &StringRecord) -> Option<Funds> {
        let mapping = self.mapping;
        let months = match mapping.money.per {
            Period::Project => self.months,
            Period::Year => 12.0,
            Period::Month => 1.0,
        };
        let mut funds = None;
        for column in &mapping.columns.money {
            let Some(given) = self.known(row, Some(column)) else { continue };
            match cell::number(given, mapping.decimal) {
                Ok(amount) if amount < 0.0 => {
                    let message = format!("{column} is {given}");
                    self.fault(row, column, message, "money from 0 upwards is expected");
                }
                Ok(amount) if amount > 0.0 && funds.is_none() => {
                    let thousand_pounds_a_month = amount * mapping.money.pounds / months / 1000.0;
                    funds = Some(Funds { thousand_pounds_a_month, from: format!("{column} {given}") });
                }
                Ok(_) => {}
                Err(reason) => self.not_money(row, column, given, reason),
            }
        }
        funds
    }

    fn not_money(&mut self, row: &StringRecord, column: &str, given: &str, reason: NotANumber) {
        let (message, help) = match reason {
            NotANumber::Other => (
                format!("{column} is \"{given}\", which is no number"),
                "mend the cell, or list the mark under [table] missing",
            ),
            NotANumber::Ambiguous => {
                let message =
                    format!("{column} is {given}, which may be a little more than one or a thousand times that");
                (message, "say in the mapping which mark stands before decimals: [table] decimal = \",\" or \".\"")
            }
        };
        self.fault(row, column, message, help);
    }

    fn left(&mut self, row: &StringRecord) -> bool {
        let Some(column) = &self.mapping.columns.left else { return false };
        let Some(given) = self.known(row, Some(column)) else { return false };
        cell::truth(given).unwrap_or_else(|| {
            let message = format!("{column} is \"{given}\"");
            self.fault(row, column, message, "True or False is expected, also yes, no, 1, 0");
            false
        })
    }
}

/// A name on one line, without the quotes that some tables carry inside their cells: `"NCSR ""D"""`.
fn bare_name(name: &str) -> String {
    let quoted = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let inside = quoted.map_or_else(|| name.to_string(), |inside| inside.replace("\"\"", "\""));
    inside.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name short enough for the heading of a table; the whole of it stands in the comment.
fn short_name(name: &str) -> String {
    let bare = bare_name(name);
    if bare.chars().count() <= LONGEST_NAME {
        return bare;
    }
    let cut: String = bare.chars().take(LONGEST_NAME - 1).collect();
    let words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{words}…")
}

/// Gives the money of each third party to the partner with the same order, when there is one.
fn merge_third_parties(partnership: &mut Partnership) {
    let (third_parties, mut partners): (Vec<_>, Vec<_>) =
        std::mem::take(&mut partnership.organisations).into_iter().partition(|organisation| organisation.third_party);
    for third in third_parties {
        match partners.iter_mut().find(|partner| partner.order == third.order && !partner.third_party) {
            Some(partner) => {
                partnership.notes.push(format!("{} works for {}, which has its money.", third.name, partner.name));
                add_funds(partner, third.money);
            }
            None => partners.push(third),
        }
    }
    partnership.organisations = partners;
}

fn add_funds(partner: &mut Organisation, funds: Option<Funds>) {
    partner.money = match (partner.money.take(), funds) {
        (Some(own), Some(other)) => Some(Funds {
            thousand_pounds_a_month: own.thousand_pounds_a_month + other.thousand_pounds_a_month,
            from: format!("{} and {}", own.from, other.from),
        }),
        (own, other) => own.or(other),
    };
}

/// Numbers the second and further organisations of one name: `CNRS`, `CNRS (2)`.
fn name_apart(organisations: &mut [Organisation]) {
    for i in 1..organisations.len() {
        let taken = |name: &str| organisations[..i].iter().any(|other| other.name == name);
        let name = &organisations[i].name;
        if taken(name) {
            let free = (2..).map(|number| format!("{name} ({number})")).find(|numbered| !taken(numbered));
            organisations[i].name = free.unwrap_or_default();
        }
    }
}

/// A sentence of what a partner's figures rest on, safe behind a `#`.
pub fn comment(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}
