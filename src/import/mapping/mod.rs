//! The mapping: how one publisher's table is to be read, and what fills the gaps it leaves.
//!
//! It is a TOML file; `docs/import.md` explains each key with a worked example. Values for the scenario (`[every_partner]`,
//! `[sectors.*.partner]`, `[[need]]`, `[scenario]`) are written in the scenario's own language and copied word for word,
//! with the comment behind them, so that a mapping can state any uncertainty a scenario can.

mod read;

use crate::import::cell::Decimal;
use crate::import::document::Entry;
use crate::scenario::diagnostic::Diagnostic;

/// The mapping compiled into the program, for organisation tables of CORDIS.
pub const CORDIS: &str = include_str!("../../../scenarios/mappings/cordis.toml");

/// How one publisher's table is to be read.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Whose tables it reads, for people.
    pub title: String,
    /// Whom to credit for the data.
    pub credit: String,
    /// Byte between cells; `None` when it is to be found out.
    pub separator: Option<u8>,
    /// Mark before decimals.
    pub decimal: Decimal,
    /// Cells that mean "not known", besides the empty one.
    pub missing: Vec<String>,
    /// Which column holds what.
    pub columns: Columns,
    /// Columns of a second table, one row a partnership.
    pub projects: Option<ProjectColumns>,
    /// How a partner's money is to be read.
    pub money: Money,
    /// Kilometres: spread of a partner whose place is not known round the centre of the others.
    pub location_spread_kilometres: f64,
    /// What to do with partners of certain kinds.
    pub members: Members,
    /// Sectors, by the publisher's words.
    pub sectors: Vec<Sector>,
    /// Sector of a partner whose word is missing or in no list.
    pub otherwise: Option<usize>,
    /// Needs of the partnership.
    pub needs: Vec<NeedPattern>,
    /// Settings for every partner.
    pub every_partner: Vec<Entry>,
    /// Settings of the partnership.
    pub scenario: Vec<Entry>,
}

/// Which column holds what. Of several columns the first that is not missing counts.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Which partnership a row belongs to; without it the table is one.
    pub group: Option<String>,
    /// The partnership's name.
    pub group_name: Option<String>,
    /// The partner's name.
    pub name: Vec<String>,
    /// The partner's full name, for a comment.
    pub full_name: Option<String>,
    /// Word for its sector.
    pub sector: Option<String>,
    /// Word for its role.
    pub role: Option<String>,
    /// Place in the partnership's list; a third party repeats that of its beneficiary.
    pub order: Option<String>,
    /// Latitude and longitude in one cell.
    pub location: Option<String>,
    /// Latitude in degrees.
    pub latitude: Option<String>,
    /// Longitude in degrees.
    pub longitude: Option<String>,
    /// Its money.
    pub money: Vec<String>,
    /// Whether it left before the end.
    pub left: Option<String>,
}

/// Columns of a table with one row a partnership.
#[derive(Debug, Clone)]
pub struct ProjectColumns {
    /// Which partnership.
    pub group: String,
    /// Its title.
    pub title: Option<String>,
    /// Its length in months.
    pub months: Option<String>,
}

/// How a partner's money is to be read.
#[derive(Debug, Clone)]
pub struct Money {
    /// To what time a figure of the table belongs.
    pub per: Period,
    /// Months of a partnership whose length no table gives.
    pub months: f64,
    /// Pounds for one unit of the table's currency.
    pub pounds: f64,
    /// Share of the money that pays staff: low, likeliest, high.
    pub pays_staff: [f64; 3],
    /// Thousand pounds a month of a partner without a figure: low, likeliest, high.
    pub unknown: [f64; 3],
}

/// To what time a figure belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// All months of the partnership.
    Project,
    /// A year.
    Year,
    /// A month.
    Month,
}

/// What to do with partners of certain kinds.
#[derive(Debug, Clone, Default)]
pub struct Members {
    /// Role words of the partner that is listed first.
    pub lead: Vec<String>,
    /// Role words of organisations that work for another partner.
    pub third_party: Vec<String>,
    /// Role words of rows that are no partners.
    pub leave_out: Vec<String>,
    /// What becomes of third parties.
    pub third_parties: ThirdParties,
    /// Whether a partner that left before the end starts in the scenario.
    pub keep_left: bool,
}

/// What becomes of an organisation that works for another partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThirdParties {
    /// It is a partner of its own.
    #[default]
    Keep,
    /// Its money goes to the partner with the same order.
    Merge,
    /// It is left out.
    LeaveOut,
}

/// A sector and what a partner of it is assumed to be like.
#[derive(Debug, Clone)]
pub struct Sector {
    /// The scenario's word.
    pub name: String,
    /// The publisher's words.
    pub words: Vec<String>,
    /// Pounds for a staff-day with overheads.
    pub day_cost: f64,
    /// Further settings of such a partner.
    pub partner: Vec<Entry>,
}

/// A need, with demand in proportion to what the partnership could do.
#[derive(Debug, Clone)]
pub struct NeedPattern {
    /// Its name.
    pub name: String,
    /// Demand in shares of all staff time, were it spent on this need alone: low, likeliest, high.
    pub demand_share: [f64; 3],
    /// Staff-days for one person.
    pub days: f64,
    /// Further settings of the need.
    pub entries: Vec<Entry>,
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// Every fault found, in the order of the text.
    ///
    /// ```
    /// use partnersim::import::mapping::{CORDIS, Mapping};
    /// let mapping = Mapping::read(CORDIS, "cordis.toml").unwrap();
    /// assert_eq!(mapping.columns.group.as_deref(), Some("projectID"));
    /// ```
    pub fn read(text: &str, file: &str) -> Result<Mapping, Vec<Diagnostic>> {
        read::mapping(text, file)
    }
}
