//! From the text of a mapping to the mapping, every fault found at once.

use super::{Columns, Mapping, Members, Money, NeedPattern, Period, ProjectColumns, Sector, ThirdParties};
use crate::import::cell::Decimal;
use crate::import::document::{Document, Section};
use crate::scenario::diagnostic::Diagnostic;
use toml::de::DeTable;

const ROOT: &[&str] = &[
    "title",
    "credit",
    "table",
    "columns",
    "projects",
    "money",
    "location",
    "members",
    "sectors",
    "otherwise",
    "need",
    "every_partner",
    "scenario",
];
const COLUMNS: &[&str] = &[
    "group",
    "group_name",
    "name",
    "full_name",
    "sector",
    "role",
    "order",
    "location",
    "latitude",
    "longitude",
    "money",
    "left",
];
const SEPARATORS: &[&str] = &["auto", ",", ";", "tab", "|"];

/// Keys of the scenario that the import itself writes.
const BY_SCENARIO: &[&str] = &["title", "question", "sources", "horizon_months", "partner", "need", "every_partner"];

/// Keys of a partner that the import itself writes.
const BY_PARTNER: &[&str] =
    &["name", "sector", "resources.money", "resources.staff", "resources.day_cost", "location.x", "location.y"];

/// Reads a mapping; `file` names it in messages.
pub(super) fn mapping(text: &str, file: &str) -> Result<Mapping, Vec<Diagnostic>> {
    let document = Document::new(text, file);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        document.fault(span, error.message().to_string(), "this is not TOML".to_string());
    }
    let mapping = read_root(&Section::root(&document, &table));
    let faults = document.into_faults();
    if faults.is_empty() { Ok(mapping) } else { Err(faults) }
}

fn read_root(root: &Section<'_, '_>) -> Mapping {
    root.allow_only(ROOT);
    let table = root.section("table");
    table.allow_only(&["separator", "decimal", "missing"]);
    let sectors: Vec<Sector> =
        root.section("sectors").sections().iter().map(|(name, s)| read_sector(name, s)).collect();
    let names: Vec<&str> = sectors.iter().map(|sector| sector.name.as_str()).collect();
    let location = root.section("location");
    location.allow_only(&["spread_kilometres"]);
    if sectors.is_empty() {
        root.missing("sectors", "[sectors.NAME] with words, day_cost and [sectors.NAME.partner]");
    }
    if !root.has("need") {
        root.missing("need", "[[need]] with name, demand_share, days and skills");
    }
    Mapping {
        title: root.text("title").unwrap_or_default(),
        credit: root.text("credit").unwrap_or_default(),
        separator: [None, Some(b','), Some(b';'), Some(b'\t'), Some(b'|')][table.choice("separator", SEPARATORS)],
        decimal: [Decimal::Auto, Decimal::Point, Decimal::Comma][table.choice("decimal", &["auto", ".", ","])],
        missing: table.texts("missing"),
        columns: read_columns(&root.section("columns")),
        projects: root.has("projects").then(|| read_projects(&root.section("projects"))),
        money: read_money(&root.section("money")),
        location_spread_kilometres: location.number("spread_kilometres", 0.0, 20_000.0).unwrap_or(0.0),
        members: read_members(&root.section("members")),
        otherwise: root.has("otherwise").then(|| root.choice("otherwise", &names)),
        needs: root.list("need").iter().map(read_need).collect(),
        every_partner: root.section("every_partner").entries(BY_PARTNER),
        scenario: root.section("scenario").entries(BY_SCENARIO),
        sectors,
    }
}

fn read_columns(columns: &Section<'_, '_>) -> Columns {
    columns.allow_only(COLUMNS);
    let name = columns.texts("name");
    if name.is_empty() {
        columns.missing("name", "the column with the organisation's name");
    }
    Columns {
        group: columns.text("group"),
        group_name: columns.text("group_name"),
        name,
        full_name: columns.text("full_name"),
        sector: columns.text("sector"),
        role: columns.text("role"),
        order: columns.text("order"),
        location: columns.text("location"),
        latitude: columns.text("latitude"),
        longitude: columns.text("longitude"),
        money: columns.texts("money"),
        left: columns.text("left"),
    }
}

fn read_projects(projects: &Section<'_, '_>) -> ProjectColumns {
    projects.allow_only(&["group", "title", "months"]);
    let group = projects.text("group").unwrap_or_else(|| {
        projects.missing("group", "the column with the partnership's number, as in the first table");
        String::new()
    });
    ProjectColumns { group, title: projects.text("title"), months: projects.text("months") }
}

fn read_money(money: &Section<'_, '_>) -> Money {
    money.allow_only(&["per", "months", "pounds", "pays_staff", "unknown"]);
    let number = |key: &str, low: f64, high: f64, meaning: &str| {
        if !money.has(key) {
            money.missing(key, meaning);
        }
        money.number(key, low, high).unwrap_or(low)
    };
    Money {
        per: [Period::Project, Period::Year, Period::Month][money.choice("per", &["project", "year", "month"])],
        months: number("months", 1.0, 1200.0, "months of a partnership whose length no table gives"),
        pounds: number("pounds", 1e-6, 1e6, "pounds for one unit of the table's currency"),
        pays_staff: money.triple("pays_staff", 0.0, 1.0).unwrap_or([0.5, 0.7, 0.9]),
        unknown: money.triple("unknown", 0.0, 1e6).unwrap_or_else(|| {
            if !money.has("unknown") {
                money
                    .missing("unknown", "[low, likeliest, high] thousand pounds a month of a partner without a figure");
            }
            [0.0, 1.0, 2.0]
        }),
    }
}

fn read_members(members: &Section<'_, '_>) -> Members {
    members.allow_only(&["lead", "third_party", "leave_out", "third_parties", "left"]);
    let choices = [ThirdParties::Keep, ThirdParties::Merge, ThirdParties::LeaveOut];
    Members {
        lead: members.texts("lead"),
        third_party: members.texts("third_party"),
        leave_out: members.texts("leave_out"),
        third_parties: choices[members.choice("third_parties", &["keep", "merge", "leave_out"])],
        keep_left: members.choice("left", &["keep", "leave_out"]) == 0,
    }
}

fn read_sector(name: &str, sector: &Section<'_, '_>) -> Sector {
    sector.allow_only(&["words", "day_cost", "partner"]);
    if !sector.has("day_cost") {
        sector.missing("day_cost", "pounds for a staff-day with overheads");
    }
    Sector {
        name: name.to_string(),
        words: sector.texts("words"),
        day_cost: sector.number("day_cost", 1.0, 10_000.0).unwrap_or(1.0),
        partner: sector.section("partner").entries(BY_PARTNER),
    }
}

fn read_need(need: &Section<'_, '_>) -> NeedPattern {
    for (key, meaning) in [
        ("name", "a name for people"),
        ("demand_share", "[low, likeliest, high] of all staff time"),
        ("days", "staff-days for one person"),
    ] {
        if !need.has(key) {
            need.missing(key, meaning);
        }
    }
    let made_here = ["name", "demand_share", "days"];
    NeedPattern {
        name: need.text("name").unwrap_or_default(),
        demand_share: need.triple("demand_share", 0.0, 1000.0).unwrap_or([0.0, 0.5, 1.0]),
        days: need.number("days", 0.001, 10_000.0).unwrap_or(1.0),
        entries: need
            .entries(&["demand"])
            .into_iter()
            .filter(|entry| !made_here.contains(&entry.key.as_str()))
            .collect(),
    }
}
