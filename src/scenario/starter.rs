//! A scenario to start from: small, complete, explained, with every parameter of the partnership at hand.

use crate::model::parameter::{Domain, Parameter, Scope};
use crate::scenario::check::fields::{self, EVENT_PARTNERS, INTERVENTION_PARTNERS, LEAD, Names, TAKING_PART};
use crate::scenario::notation::{default, number};

/// The part that differs from one partnership to the next.
const OPENING: &str = r#"# A scenario for partnersim. Lines that begin with # are comments.
#   partnersim check FILE       finds every fault
#   partnersim describe NAME    explains a parameter, a mechanism, an outcome
#   partnersim run FILE         runs it

title = "A new partnership"
question = "Will these organisations help more people together than each working alone?"
sources = ["Made-up figures: put your own here."]

horizon_months = 60    # how long to look ahead
replications = 10000   # how many futures to draw
seed = 1               # the same seed gives the same results

# What is said here holds for every partner that does not say otherwise.
[every_partner]
reach = 0.4            # share of the people in need that it reaches by itself

# One [[partner]] for each organisation.
[[partner]]
name = "council"
sector = "council"     # partners of different sectors are further apart
resources.money = 160  # thousand pounds a month for this field of work
resources.staff = 24   # full-time equivalents
skills = { clinical = 0.1, social = 0.6, practical = 0.3 }
goals = { "help at home" = 0.8 }   # how much it cares for a need, 0 to 1; drawn when not given

[[partner]]
name = "health service"
sector = "health"
resources.money = 220
resources.staff = 34
skills = { clinical = 0.7, social = 0.2, practical = 0.1 }

# One table can stand for several partners, which then differ in money and staff.
[[partner]]
name = "charity"
sector = "charity"
count = 2
variation = 0.4
resources.money = 22
resources.staff = 4
resources.day_cost = 220
skills = { clinical = 0.05, social = 0.45, practical = 0.5 }

# One [[need]] for each group of people the partners are to help.
[[need]]
name = "help at home"
demand = { pert = [120, 150, 200] }   # people a month; any number may be an uncertainty
days = 5                              # staff-days to help one person, with the right skills
value = 5000                          # worth of one person helped, in pounds
complexity = 0.3                      # 0 any skill will do, 1 every skill is needed
skills = { clinical = 0.4, social = 0.4, practical = 0.2 }
"#;

/// The text of the starting scenario.
pub fn text() -> String {
    let mut text = String::from(OPENING);
    text.push_str("\n# A partner can also set:\n");
    fields::parameters(Scope::Partner)
        .for_each(|parameter| text.push_str(&line(parameter, parameter.local_key(), None)));
    text.push_str("\n# An event happens to the partners from outside. Remove the # before its lines to have one.\n");
    text.push_str(&dated("event", "a reform", Scope::Event, &[("rate", "0.02")]));
    text.push_str(
        "\n# An intervention is done to make the partnership work better; all of its lines but that of `partners` have to be there.\n",
    );
    text.push_str(&dated("intervention", "coaching", Scope::Intervention, &[("kind", "\"coaching\""), ("cost", "2")]));
    text.push_str(
        "\n# Below stands every parameter of the partnership at its default. Remove the # before one to set it.\n",
    );
    let table_of = |parameter: &Parameter| parameter.key.split_once('.').map_or("", |(table, _)| table);
    let mut told: Vec<&str> = Vec::new();
    // Parts of the model share tables, and a table opens only once.
    for table in fields::parameters(Scope::Partnership).map(table_of) {
        if told.contains(&table) {
            continue;
        }
        told.push(table);
        text.push_str(&format!("\n[{table}]\n"));
        if table == "governance" {
            text.push_str(&named(&LEAD, "lead"));
            text.push_str(&named(&TAKING_PART, "partners"));
        }
        for parameter in fields::parameters(Scope::Partnership).filter(|parameter| table_of(parameter) == table) {
            text.push_str(&line(parameter, &parameter.key[table.len() + 1..], None));
        }
    }
    text
}

/// An event or an intervention as comments that become a table without their `#`.
fn dated(what: &str, name: &str, scope: Scope, examples: &[(&str, &str)]) -> String {
    let partners = if scope == Scope::Event { &EVENT_PARTNERS } else { &INTERVENTION_PARTNERS };
    let mut text = format!("#[[{what}]]\n#name = \"{name}\"\n{}", named(partners, "partners"));
    for parameter in fields::parameters(scope) {
        let key = parameter.local_key();
        let example = examples.iter().find(|(of, _)| *of == key).map(|(_, value)| *value);
        text.push_str(&line(parameter, key, example));
    }
    text
}

/// A key that takes names, as a comment that becomes a setting without its `#`.
fn named(names: &Names, key: &str) -> String {
    format!("# {}\n#{key} = {}\n", names.meaning, names.example)
}

/// One parameter as a comment that becomes a setting without its `#`: its default, or the example given.
fn line(parameter: &Parameter, key: &str, example: Option<&str>) -> String {
    let allowed = match &parameter.domain {
        Domain::Number { low, high, .. } => format!("{} to {}, {}", number(*low), number(*high), parameter.unit),
        Domain::Whole { low, high, .. } => format!("whole, {low} to {high}, {}", parameter.unit),
        Domain::Choice { options, .. } => options.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", "),
    };
    let value = example.map_or_else(|| default(parameter), str::to_owned);
    format!("# {} ({allowed})\n#{key} = {value}\n", parameter.meaning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Scenario, load};

    fn none(_: &str) -> Result<Vec<u8>, String> {
        Err("no file".to_owned())
    }

    #[test]
    fn the_starting_scenario_has_neither_fault_nor_warning() {
        let scenario = load(&text(), "new.toml", &[], &none).unwrap();
        assert_eq!(scenario.warnings, []);
        assert_eq!(scenario.inputs.partners.len(), 4);
    }

    /// The comments between two headings as settings, below the opening.
    fn freed(from: &str, to: Option<&str>) -> Scenario {
        let after = text().split_once(from).unwrap().1.to_owned();
        let part = to.map_or(after.clone(), |to| after.split_once(to).unwrap().0.to_owned());
        let freed = part.lines().map(|line| match line.strip_prefix('#') {
            Some(set) if !set.starts_with(' ') => set,
            _ if line.starts_with("# ") || line.starts_with('[') || line.is_empty() => line,
            _ => "",
        });
        let whole = format!("{OPENING}\n{}", freed.collect::<Vec<_>>().join("\n"));
        load(&whole, "new.toml", &[], &none).unwrap_or_else(|faults| panic!("{faults:#?}"))
    }

    #[test]
    fn a_parameter_of_the_partnership_freed_of_its_comment_sets_its_default() {
        let scenario = freed("# Below stands", None);
        assert_eq!(scenario.inputs.values.len(), fields::parameters(Scope::Partnership).count());
        let set = scenario.assumptions.iter().filter(|line| scenario.inputs.values.contains_key(line.key.as_str()));
        set.for_each(|line| assert_eq!(line.value, line.default, "{}", line.key));
    }

    #[test]
    fn the_event_and_the_intervention_freed_of_their_comments_set_all_there_is_to_set() {
        let scenario = freed("# An event happens", Some("# Below stands"));
        let inputs = scenario.inputs;
        assert_eq!(inputs.events[0].values.len(), fields::parameters(Scope::Event).count());
        assert_eq!(inputs.interventions[0].values.len(), fields::parameters(Scope::Intervention).count());
        assert_eq!((&inputs.events[0].partners[..], scenario.warnings), (&[0, 2, 3][..], Vec::new()));
    }
}
