//! The text of an imported scenario.

use crate::import::Request;
use crate::import::document::Entry;
use crate::import::mapping::{Mapping, NeedPattern, Period, Sector};
use crate::import::organisation::{Organisation, Partnership, comment};
use crate::import::plane;
use crate::import::project::Project;
use crate::model::partner::WORKING_DAYS;
use crate::model::uncertainty::Uncertainty;
use crate::scenario::notation::{number, quoted, uncertainty};
use csv::StringRecord;

/// Writes the scenario: a head that says where it comes from and what is assumed, the partnership, its partners, its needs.
pub(super) fn scenario(
    request: &Request<'_>,
    rows: &[&StringRecord],
    project: &Project,
    partnership: &Partnership,
) -> String {
    let mapping = request.mapping;
    let partners = place_and_staff(&partnership.organisations, mapping);
    let mut text = String::new();
    write_head(&mut text, request, project, partnership);
    write_question(&mut text, request, rows, project, partners.len());
    write_settings(&mut text, &mapping.scenario);
    if !mapping.every_partner.is_empty() {
        text.push_str("\n[every_partner]\n");
        mapping.every_partner.iter().for_each(|entry| write_entry(&mut text, entry));
    }
    partners.iter().for_each(|partner| write_partner(&mut text, partner, project, mapping));
    let staff_days: f64 = partners.iter().map(|partner| partner.likely_staff * WORKING_DAYS).sum();
    mapping.needs.iter().for_each(|need| write_need(&mut text, need, staff_days));
    text
}

/// An organisation with what was derived from its money and place.
struct Partner<'a> {
    organisation: &'a Organisation,
    sector: &'a Sector,
    location: Option<(f64, f64)>,
    staff: Uncertainty,
    likely_staff: f64,
}

fn place_and_staff<'a>(organisations: &'a [Organisation], mapping: &'a Mapping) -> Vec<Partner<'a>> {
    let positions: Vec<(f64, f64)> = organisations.iter().filter_map(|organisation| organisation.position).collect();
    let mut places = plane::kilometres(&positions).into_iter();
    organisations
        .iter()
        .map(|organisation| {
            let sector = &mapping.sectors[organisation.sector];
            // Staff that even the least money pays: otherwise an unknown income would be born bankrupt.
            let money =
                organisation.money.as_ref().map_or(mapping.money.unknown[0], |funds| funds.thousand_pounds_a_month);
            let staff = mapping.money.pays_staff.map(|share| share * money * 1000.0 / (sector.day_cost * WORKING_DAYS));
            Partner {
                organisation,
                sector,
                location: organisation.position.and_then(|_| places.next()),
                staff: spread(staff),
                likely_staff: staff[1],
            }
        })
        .collect()
}

fn write_head(text: &mut String, request: &Request<'_>, project: &Project, partnership: &Partnership) {
    let mapping = request.mapping;
    let which = request.select.map_or(String::new(), |(column, value)| format!(", rows with {column} = {value}"));
    write_comment(text, &format!("Imported by partnersim from {}{which}.", request.table.file));
    write_comment(text, &format!("Read by the mapping \"{}\". {}", mapping.title, mapping.credit));
    write_comment(text, "");
    write_comment(
        text,
        "What the table says: who takes part, sectors, places and money. Assumed, because the table does not say it:",
    );
    for assumption in assumptions(mapping, project) {
        write_comment(text, &format!("- {assumption}"));
    }
    for note in &partnership.notes {
        write_comment(text, &format!("- {note}"));
    }
}

/// What the derived figures rest on, a sentence each.
fn assumptions(mapping: &Mapping, project: &Project) -> Vec<String> {
    let money = &mapping.money;
    let [low, mode, high] = money.pays_staff;
    let mut sentences = Vec::new();
    if project.months.is_none() {
        sentences.push(format!("The partnership runs for {} months.", number(money.months)));
    }
    let period = match money.per {
        Period::Project => "over the whole partnership, spent evenly",
        Period::Year => "a year",
        Period::Month => "a month",
    };
    sentences.push(format!(
        "Money: the table's figure is {period}; one unit of its currency is {} pounds.",
        number(money.pounds)
    ));
    sentences.push(format!(
        "Staff: {low} to {high}, likeliest {mode}, of the money at the day cost of the sector and 220 days a year."
    ));
    let [low, mode, high] = money.unknown;
    sentences
        .push(format!("A partner without a figure has {low} to {high}, likeliest {mode}, thousand pounds a month."));
    if mapping.columns.location.is_some() || mapping.columns.latitude.is_some() {
        sentences.push("Places are kilometres on a plane round the partnership's centre.".to_string());
    }
    sentences.push("Day costs, reserves, reach, skills, needs and all settings marked so below.".to_string());
    sentences
}

fn write_question(text: &mut String, request: &Request<'_>, rows: &[&StringRecord], project: &Project, n: usize) {
    let cell = |column: &Option<String>| {
        let column = request.table.column(column.as_ref()?)?;
        Some(rows[0][column].to_string()).filter(|cell| !cell.is_empty())
    };
    let columns = &request.mapping.columns;
    let name =
        cell(&columns.group_name).or_else(|| cell(&columns.group)).unwrap_or_else(|| "the partnership".to_string());
    let title = project.title.as_ref().map_or(name.clone(), |title| format!("{name}: {title}"));
    let question = format!("Will the {n} partners of {name} achieve more together than each alone?");
    let source = format!("{} ({})", request.mapping.credit, request.table.file);
    let assumed = format!("Assumptions of the mapping \"{}\"", request.mapping.title);
    let months = project.months.unwrap_or(request.mapping.money.months).round();
    text.push_str(&format!("\ntitle = {}\nquestion = {}\n", quoted(&title), quoted(&question)));
    text.push_str(&format!("sources = [{}, {}]\n", quoted(source.trim()), quoted(&assumed)));
    text.push_str(&format!("horizon_months = {}\n", number(months)));
}

/// Settings of the partnership: those without a table first, as TOML wants it.
fn write_settings(text: &mut String, entries: &[Entry]) {
    let table_of = |entry: &Entry| entry.key.split_once('.').map(|(table, _)| table.to_string());
    entries.iter().filter(|entry| table_of(entry).is_none()).for_each(|entry| write_entry(text, entry));
    let mut tables: Vec<String> = Vec::new();
    for table in entries.iter().filter_map(table_of) {
        if !tables.contains(&table) {
            tables.push(table);
        }
    }
    for table in tables {
        text.push_str(&format!("\n[{table}]\n"));
        for entry in entries.iter().filter(|entry| table_of(entry).as_ref() == Some(&table)) {
            let key = entry.key[table.len() + 1..].to_string();
            write_entry(text, &Entry { key, ..entry.clone() });
        }
    }
}

fn write_partner(text: &mut String, partner: &Partner<'_>, project: &Project, mapping: &Mapping) {
    let organisation = partner.organisation;
    text.push_str("\n[[partner]]\n");
    write_line(text, "name", &quoted(&organisation.name), &organisation.remark);
    write_line(text, "sector", &quoted(&partner.sector.name), "");
    match &organisation.money {
        Some(funds) => {
            let months = number(project.months.unwrap_or(mapping.money.months));
            let over =
                if mapping.money.per == Period::Project { format!(" over {months} months") } else { String::new() };
            let money = number(significant(funds.thousand_pounds_a_month));
            write_line(text, "resources.money", &money, &format!("{}{over}", funds.from));
        }
        None => {
            let money = uncertainty(&spread(mapping.money.unknown));
            write_line(text, "resources.money", &money, "assumed: the table gives no money");
        }
    }
    write_line(text, "resources.staff", &uncertainty(&partner.staff), "assumed: from the money at the day cost");
    write_line(text, "resources.day_cost", &number(partner.sector.day_cost), "assumed for the sector");
    write_location(text, partner.location, mapping);
    partner.sector.partner.iter().for_each(|entry| write_entry(text, entry));
}

fn write_location(text: &mut String, location: Option<(f64, f64)>, mapping: &Mapping) {
    match location {
        Some((x, y)) => {
            write_line(text, "location.x", &number((x * 10.0).round() / 10.0), "");
            write_line(text, "location.y", &number((y * 10.0).round() / 10.0), "");
        }
        None => {
            let somewhere = match mapping.location_spread_kilometres {
                0.0 => Uncertainty::Fixed(0.0),
                sd => Uncertainty::Normal { mean: 0.0, sd },
            };
            write_line(text, "location.x", &uncertainty(&somewhere), "assumed: the table gives no place");
            write_line(text, "location.y", &uncertainty(&somewhere), "assumed: the table gives no place");
        }
    }
}

fn write_need(text: &mut String, need: &NeedPattern, staff_days: f64) {
    text.push_str("\n[[need]]\n");
    write_line(text, "name", &quoted(&need.name), "");
    let [low, mode, high] = need.demand_share;
    let demand = spread(need.demand_share.map(|share| share * staff_days / need.days));
    let why =
        format!("assumed: {low} to {high}, likeliest {mode}, of all {} staff-days a month", number(staff_days.round()));
    write_line(text, "demand", &uncertainty(&demand), &why);
    write_line(text, "days", &number(need.days), "assumed");
    need.entries.iter().for_each(|entry| write_entry(text, entry));
}

/// An assumption of the mapping, word for word.
fn write_entry(text: &mut String, entry: &Entry) {
    let why = if entry.why.is_empty() { "assumed".to_string() } else { format!("assumed: {}", entry.why) };
    write_line(text, &entry.key, &entry.value, &why);
}

fn write_line(text: &mut String, key: &str, value: &str, why: &str) {
    text.push_str(&format!("{key} = {value}"));
    if !why.is_empty() {
        text.push_str(&format!("  # {}", comment(why)));
    }
    text.push('\n');
}

fn write_comment(text: &mut String, sentence: &str) {
    text.push_str(format!("# {}", comment(sentence)).trim_end());
    text.push('\n');
}

/// Three figures as an uncertainty, each to four digits: more would pretend to knowledge.
fn spread(figures: [f64; 3]) -> Uncertainty {
    let [low, mode, high] = figures.map(significant);
    if low < high { Uncertainty::Pert { low, mode, high } } else { Uncertainty::Fixed(mode) }
}

fn significant(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}
