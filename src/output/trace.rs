//! `trace.csv`: one replication, a row for each month of the partnership and of each partner in it.

use super::column::Column;
use super::data_dictionary;
use super::sheet::{Sheet, Value};
use crate::model::outcomes::{MONTHLY, Measure};
use crate::scenario::Scenario;
use crate::simulate::trace::{Month, Partner, Trace};

/// Its name.
pub const NAME: &str = "trace.csv";
/// The name of its data dictionary.
pub const DICTIONARY: &str = "trace_data_dictionary.csv";

/// A column of the partnership's rows or of the partners', with where its cells come from.
struct Traced<T> {
    measure: Measure,
    of: fn(&T) -> f64,
}

const fn traced<T>(column: &'static str, meaning: &'static str, unit: &'static str, of: fn(&T) -> f64) -> Traced<T> {
    Traced { measure: Measure { column, title: "", meaning, unit }, of }
}

const THOUSAND_POUNDS: &str = "thousand pounds";

/// What is told of the partnership beside the monthly measures.
const PARTNERSHIP: [Traced<Month>; 17] = [
    traced("grant_due_thousand_pounds", "Grant promised for the month.", THOUSAND_POUNDS, |month| month.grant_due),
    traced("grant_thousand_pounds", "Grant that arrived; nothing once dissolved.", THOUSAND_POUNDS, |month| {
        month.grant
    }),
    traced(
        "value_thousand_pounds",
        "Worth of all help given in the month, by joint and by separate work.",
        THOUSAND_POUNDS,
        |month| month.value,
    ),
    traced("joint_value_thousand_pounds", "Part of it that joint work gave.", THOUSAND_POUNDS, |month| {
        month.joint_value
    }),
    traced(
        "alone_value_thousand_pounds",
        "Worth of the help that the twin gave working alone.",
        THOUSAND_POUNDS,
        |month| month.alone_value,
    ),
    traced(
        "lost_by_money_thousand_pounds",
        "Joint worth lost by shortage or diversion of money, and a grant that did not arrive.",
        THOUSAND_POUNDS,
        |month| month.losses[0],
    ),
    traced(
        "lost_by_agreement_thousand_pounds",
        "Joint worth lost by goals that differ and waiting for decisions.",
        THOUSAND_POUNDS,
        |month| month.losses[1],
    ),
    traced("lost_by_trust_thousand_pounds", "Joint worth lost by little trust.", THOUSAND_POUNDS, |month| {
        month.losses[2]
    }),
    traced("lost_by_heart_thousand_pounds", "Joint worth lost by low morale.", THOUSAND_POUNDS, |month| {
        month.losses[3]
    }),
    traced(
        "lost_by_leaving_thousand_pounds",
        "Joint worth lost by partners who have left.",
        THOUSAND_POUNDS,
        |month| month.losses[4],
    ),
    traced(
        "lost_by_coordination_thousand_pounds",
        "Joint worth lost by coordination, and work done twice or left undone.",
        THOUSAND_POUNDS,
        |month| month.losses[5],
    ),
    traced("lost_by_shock_thousand_pounds", "Joint worth lost by events.", THOUSAND_POUNDS, |month| month.losses[6]),
    traced(
        "lost_by_ambition_thousand_pounds",
        "Joint worth lost by hopes that joint work could not fulfil.",
        THOUSAND_POUNDS,
        |month| month.losses[7],
    ),
    traced("plan_in_force", "1 when a plan is in force at the end of the month, else 0.", "0 or 1", |month| {
        yes(month.planned)
    }),
    traced(
        "losing_reviews",
        "Reviews in a row so far that found joint work not worth its cost, where such reviews can end the partnership.",
        "reviews",
        |month| month.losing_reviews as f64,
    ),
    traced("contracts_end", "1 when contracts end with the month, else 0.", "0 or 1", |month| yes(month.term_ended)),
    traced("innovations", "Improvements of the way of working adopted in the month.", "improvements", |month| {
        month.innovations as f64
    }),
];

/// What is told of each partner.
const PARTNER: [Traced<Partner>; 23] = [
    traced(
        "member",
        "1 when a member of the living partnership at the end of the month, else 0.",
        "0 or 1",
        |partner| yes(partner.member),
    ),
    traced("waiting", "1 when it is still to join, else 0.", "0 or 1", |partner| yes(partner.waiting)),
    traced("funded", "1 when its income arrived in full, else 0.", "0 or 1", |partner| yes(partner.funded)),
    traced("reserve_thousand_pounds", "Money put by.", THOUSAND_POUNDS, |partner| partner.reserve),
    traced("days", "Staff-days it had.", "days", |partner| partner.days),
    traced(
        "coordination_days",
        "Days of them in meetings and on working links, less what the grant refunded.",
        "days",
        |partner| partner.coordination_days,
    ),
    traced("contributed_days", "Days of them put into joint work.", "days", |partner| partner.contributed_days),
    traced("promise_kept_share", "Share of its promise it kept.", "share", |partner| partner.kept),
    traced("trust_in_others_share", "Its mean trust in the other members.", "share", |partner| partner.trust),
    traced("trust_received_share", "The other members' mean trust in it.", "share", |partner| partner.trust_received),
    traced("goal_fit_share", "Closeness of its own goals to the joint ones.", "share", |partner| partner.fit),
    traced("own_morale_share", "Its morale.", "share", |partner| partner.morale),
    traced("goodwill", "Its goodwill towards the partnership; at zero it leaves.", "goodwill", |partner| {
        partner.goodwill
    }),
    traced(
        "goodwill_by_advantage",
        "Change of goodwill in the month by what joint work returned beside working alone.",
        "goodwill",
        |partner| partner.account.advantage,
    ),
    traced("goodwill_by_trust", "Change of goodwill in the month by trust in the others.", "goodwill", |partner| {
        partner.account.trust
    }),
    traced("goodwill_by_inequity", "Change of goodwill in the month by felt inequity.", "goodwill", |partner| {
        partner.account.inequity
    }),
    traced(
        "goodwill_by_treatment",
        "Change of goodwill in the month by sanctions and by criticism that it could not bear.",
        "goodwill",
        |partner| partner.account.warmth,
    ),
    traced(
        "goodwill_by_drift",
        "Change of goodwill in the month that comes whatever happens.",
        "goodwill",
        |partner| partner.account.drift,
    ),
    traced("goodwill_by_luck", "Change of goodwill in the month by chance.", "goodwill", |partner| {
        partner.account.luck
    }),
    traced("inequity", "Inequity it felt.", "index", |partner| partner.inequity),
    traced("benefit_thousand_pounds", "Its share of the worth of joint work.", THOUSAND_POUNDS, |partner| {
        partner.benefit
    }),
    traced("own_value_thousand_pounds", "Worth of its separate work.", THOUSAND_POUNDS, |partner| partner.own_value),
    traced("twin_value_thousand_pounds", "Worth of the work of its twin working alone.", THOUSAND_POUNDS, |partner| {
        partner.alone_value
    }),
];

const fn yes(is: bool) -> f64 {
    if is { 1.0 } else { 0.0 }
}

/// Its columns: those of the partnership are empty in a partner's row, and the other way round.
pub fn columns() -> Vec<Column> {
    let measured = |measure: &Measure, whose: &str| {
        Column::number(measure.column, &format!("{whose}: {}", lower_first(measure.meaning)), measure.unit)
    };
    let mut columns = vec![
        Column::scenario(),
        Column::text("seed", "Seed of all draws."),
        Column::whole("replication", "Index of the replication, from 0.", "index"),
        Column::whole("month", "Month, from 1.", "months"),
        Column::text("who", "What the row is about: partnership or partner."),
        Column::text("partner", "Name of the partner; empty in the partnership's rows."),
        Column::text("events", "Partnership: names of the events under way, with semicolons between them."),
        Column::text("interventions", "Partnership: names of what is being done, with semicolons between them."),
    ];
    columns.extend(MONTHLY.iter().map(|measure| measured(measure, "Partnership")));
    columns.extend(PARTNERSHIP.iter().map(|traced| measured(&traced.measure, "Partnership")));
    columns.extend(PARTNER.iter().map(|traced| measured(&traced.measure, "Partner")));
    columns
}

/// The table.
pub fn sheet(scenario: &Scenario, trace: &Trace) -> Sheet {
    let mut sheet = Sheet::new("trace", "One replication, month by month", columns());
    for (number, month) in trace.months.iter().enumerate() {
        let names = scenario.inputs.partners.iter().map(|partner| partner.name.as_str());
        let partners =
            names.zip(&month.partners).map(|(name, partner)| (["partner", name, "", ""], partner_cells(partner)));
        let (events, interventions) = under_way(scenario, month);
        let whole = (["partnership", "", &events, &interventions], partnership_cells(month));
        for (texts, cells) in std::iter::once(whole).chain(partners) {
            let mut row: Vec<Value> = vec![scenario.name.as_str().into(), scenario.seed.to_string().into()];
            row.extend([trace.replication, number as u64 + 1].map(Value::Whole));
            row.extend(texts.map(Value::from));
            row.extend(cells.into_iter().map(Value::Number));
            sheet.push(row);
        }
    }
    sheet
}

/// What each of its columns means.
pub fn dictionary() -> Sheet {
    data_dictionary::of([(NAME.to_string(), &columns()[..])])
}

/// Names of the events under way in a month, and of what is being done.
fn under_way(scenario: &Scenario, month: &Month) -> (String, String) {
    let inputs = &scenario.inputs;
    let events = inputs.events.iter().zip(&month.events).filter(|(_, event)| event.running).map(|(given, _)| given);
    let done = inputs.interventions.iter().zip(&month.interventions).filter(|(_, runs)| **runs).map(|(given, _)| given);
    let joined = |names: Vec<&str>| names.join("; ");
    (joined(events.map(|given| &given.name[..]).collect()), joined(done.map(|given| &given.name[..]).collect()))
}

fn partnership_cells(month: &Month) -> Vec<f64> {
    let own = month.measures.iter().copied().chain(PARTNERSHIP.iter().map(|traced| (traced.of)(month)));
    own.chain(PARTNER.iter().map(|_| f64::NAN)).collect()
}

fn partner_cells(partner: &Partner) -> Vec<f64> {
    let others = std::iter::repeat_n(f64::NAN, MONTHLY.len() + PARTNERSHIP.len());
    others.chain(PARTNER.iter().map(|traced| (traced.of)(partner))).collect()
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fake;
    use crate::model::mechanisms::small_world;
    use crate::simulate::trace::trace;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_has_a_row_for_each_month_of_the_partnership_and_of_each_partner() {
        let scenario = Scenario { inputs: small_world(3, &[]), ..fake::scenario() };
        let trace = trace(&scenario.inputs, scenario.seed, 5);
        let mut bytes = Vec::new();
        sheet(&scenario, &trace).write_csv(&mut bytes).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_string).collect();
        assert_eq!(header, columns().into_iter().map(|column| column.name).collect::<Vec<_>>());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 24 * 4);
        let at = |name: &str| header.iter().position(|column| column == name).unwrap();
        let cell = |row: usize, name: &str| rows[row][at(name)].parse::<f64>().unwrap();
        assert_eq!(cell(4, "joint_value_thousand_pounds"), trace.months[1].joint_value);
        assert_eq!(cell(7, "goodwill"), trace.months[1].partners[2].goodwill);
        assert_eq!((&rows[7][at("partner")], &rows[7][at("trust_share")]), ("partner 2", ""));
        assert_eq!((&rows[4][at("who")], &rows[4][at("goodwill")]), ("partnership", ""));
    }

    #[test]
    fn every_column_has_a_name_of_its_own_and_its_line_in_the_dictionary() {
        let names: BTreeSet<String> = columns().into_iter().map(|column| column.name).collect();
        assert_eq!(names.len(), columns().len());
        assert_eq!(data_dictionary::columns_of(&dictionary(), NAME), columns());
    }
}
