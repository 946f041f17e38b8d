//! The scenario language as a user meets it: what is accepted, what is refused, and with which words.

use partnersim::model::inputs::Setting;
use partnersim::model::mechanisms;
use partnersim::model::parameter::Scope;
use partnersim::model::uncertainty::Uncertainty;
use partnersim::scenario::diagnostic::Diagnostic;
use partnersim::scenario::{Assumption, Override, Scenario, load};

const TWO: &str = r#"title = "Two"
[[partner]]
name = "council"
resources.money = 100
skills = { social = 1 }
goals = { "home care" = 0.8 }
[[partner]]
name = "practice"
count = 3
variation = 0.3
resources = { money = 40, staff = 4 }
[[need]]
name = "home care"
demand = 50
skills = { clinical = 0.6, social = 0.4 }
[communication]
quality = { pert = [0.3, 0.6, 0.9] }
"#;

fn overrides(sets: &[&str]) -> Vec<Override> {
    sets.iter().map(|set| Override::parse(set).unwrap()).collect()
}

fn nothing(_: &str) -> Result<Vec<u8>, String> {
    Err("no such file".to_owned())
}

fn loaded(text: &str, sets: &[&str]) -> Scenario {
    load(text, "folder/two.toml", &overrides(sets), &nothing).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// Faults as `file:line:column: message (help)`.
fn faults_with(text: &str, sets: &[&str], table: Option<&str>) -> Vec<String> {
    let read = |_: &str| table.map(|table| table.as_bytes().to_vec()).ok_or("no such file".to_owned());
    let faults = load(text, "a.toml", &overrides(sets), &read).expect_err("a fault");
    faults.iter().map(line).collect()
}

fn line(fault: &Diagnostic) -> String {
    let place = fault.place.as_ref().map(|place| format!("{}:{}:{}: ", place.file, place.line, place.column));
    format!("{}{} ({})", place.unwrap_or_default(), fault.message, fault.help)
}

fn faults(text: &str) -> Vec<String> {
    faults_with(text, &[], None)
}

/// Asserts that changing `from` to `to` in the scenario above gives one fault, with these words in it.
fn refused(from: &str, to: &str, words: &str) {
    assert!(TWO.contains(from), "{from}");
    let faults = faults(&TWO.replacen(from, to, 1));
    assert!(faults.len() == 1 && faults[0].contains(words), "{to}: {faults:#?}");
}

fn assumption<'s>(scenario: &'s Scenario, key: &str, belongs_to: &str) -> &'s Assumption {
    let found = scenario.assumptions.iter().find(|line| line.key == key && line.belongs_to == belongs_to);
    found.unwrap_or_else(|| panic!("no {key} of {belongs_to:?}"))
}

fn partner_names(scenario: &Scenario) -> Vec<&str> {
    scenario.inputs.partners.iter().map(|partner| partner.name.as_str()).collect()
}

#[test]
fn as_many_partners_take_part_as_the_lever_says_the_first_ones_listed() {
    let three = loaded(TWO, &["governance.partners=3"]);
    assert_eq!(partner_names(&three), ["council", "practice-1", "practice-2"]);
    let line = assumption(&three, "governance.partners", "");
    assert_eq!((line.value.as_str(), line.set_by.as_str(), line.default.as_str()), ("3", "--set", "4"));
    // Those who stay are who they were.
    let all = loaded(TWO, &["governance.partners=4"]);
    assert_eq!(all.inputs.partners[1].values, loaded(TWO, &[]).inputs.partners[1].values);
    let in_file = loaded(&format!("{TWO}[governance]\npartners = 3\n"), &[]);
    assert_eq!(in_file.digest, three.digest);
}

#[test]
fn more_partners_than_are_listed_are_further_copies_in_the_order_of_the_list() {
    let six = loaded(TWO, &["governance.partners=6"]);
    assert_eq!(partner_names(&six), ["council", "practice-1", "practice-2", "practice-3", "council-2", "practice-4"]);
    // A copy of a template varies, one of a single partner without `variation` is its double.
    assert_eq!(six.inputs.partners[5].values, six.inputs.partners[1].values);
    assert_eq!(six.inputs.partners[4].values, six.inputs.partners[0].values);
    let varied = loaded(&TWO.replacen("skills = { social = 1 }", "variation = 0.2", 1), &["governance.partners=5"]);
    let money = |i: usize| varied.inputs.partners[i].values["partner.resources.money"].clone();
    assert_eq!(money(0), Setting::Number(Uncertainty::Fixed(100.0)));
    assert!(matches!(money(4), Setting::Number(Uncertainty::LogNormal { .. })));
    // A name that somebody has is passed over.
    let taken =
        loaded(&TWO.replacen("name = \"practice\"\ncount = 3", "name = \"council-2\"", 1), &["governance.partners=4"]);
    assert_eq!(partner_names(&taken), ["council", "council-2", "council-3", "council-2-2"]);
}

#[test]
fn who_is_named_has_to_take_part() {
    let lead = format!("{TWO}[governance]\nform = \"lead\"\nlead = \"practice-3\"\npartners = 3\n");
    let told = faults(&lead);
    assert!(told.len() == 1 && told[0].contains("\"practice-3\" does not take part"), "{told:#?}");
    let event = "[[event]]\nname = \"cut\"\nkind = \"funding_cut\"\nmonth = 5\npartners = [\"practice\"]\n";
    let concerned = loaded(&format!("{TWO}{event}"), &["governance.partners=3"]).inputs.events[0].partners.clone();
    assert_eq!(concerned, [1, 2]);
    let told =
        faults_with(&format!("{TWO}{}", event.replace("practice", "practice-3")), &["governance.partners=3"], None);
    assert!(told.len() == 1 && told[0].contains("does not take part"), "{told:#?}");
}

#[test]
fn the_number_who_take_part_has_its_bounds() {
    for (n, words) in [("1", "below the least"), ("201", "above the most"), ("2.5", "not a whole number")] {
        let told = faults_with(TWO, &[&format!("governance.partners={n}")], None);
        assert!(told.len() == 1 && told[0].contains(words), "{told:#?}");
    }
    assert_eq!(loaded(TWO, &["governance.partners=200"]).inputs.partners.len(), 200);
    // Nobody can be repeated where nobody is listed.
    let nobody = "[[need]]\nname = \"a\"\nskills = { b = 1 }\n[governance]\npartners = 5\n";
    assert!(faults(nobody)[0].contains("no partners"));
}

#[test]
fn a_template_becomes_partners_that_differ() {
    let scenario = loaded(TWO, &[]);
    let names: Vec<&str> = scenario.inputs.partners.iter().map(|partner| partner.name.as_str()).collect();
    assert_eq!(names, ["council", "practice-1", "practice-2", "practice-3"]);
    let Setting::Number(Uncertainty::LogNormal { median, sigma }) =
        scenario.inputs.partners[1].values["partner.resources.money"]
    else {
        panic!("the money of a copy is not log-normal");
    };
    // A log-normal with coefficient of variation v has sigma² = ln(1 + v²).
    assert_eq!(median, 40.0);
    assert!((libm::exp(sigma * sigma) - 1.0 - 0.09).abs() < 1e-12);
    let council = &scenario.inputs.partners[0].values["partner.resources.money"];
    assert_eq!(*council, Setting::Number(Uncertainty::Fixed(100.0)));
}

#[test]
fn skills_and_goals_are_filled_in_by_rule() {
    let inputs = loaded(TWO, &[]).inputs;
    assert_eq!(inputs.skills, ["clinical", "social"]);
    assert_eq!(inputs.partners[0].skills, [Uncertainty::Fixed(0.0), Uncertainty::Fixed(1.0)]);
    assert_eq!(inputs.partners[1].skills, [Uncertainty::Fixed(0.5), Uncertainty::Fixed(0.5)]);
    assert_eq!(inputs.partners[0].goals, [Some(Uncertainty::Fixed(0.8))]);
    assert_eq!(inputs.partners[1].goals, [None]);
}

#[test]
fn what_the_scenario_is_silent_on_has_its_default_and_stays_out_of_the_inputs() {
    let scenario = loaded(TWO, &[]);
    assert_eq!((scenario.replications, scenario.seed, scenario.inputs.horizon_months), (10_000, 1, 60));
    assert_eq!((scenario.name.as_str(), scenario.title.as_str()), ("two", "Two"));
    assert_eq!(scenario.inputs.values.keys().copied().collect::<Vec<_>>(), ["communication.quality"]);
}

#[test]
fn the_assumptions_say_who_set_each_value() {
    let with_every = format!("{TWO}[every_partner]\nautonomy = 0.4\n");
    let scenario = loaded(&with_every, &["funding.grant=12", "partner.practice-2.autonomy=0.1"]);
    let set_by = |key, belongs_to| assumption(&scenario, key, belongs_to).set_by.as_str();
    assert_eq!(set_by("communication.quality", ""), "scenario");
    assert_eq!(set_by("funding.grant", ""), "--set");
    assert_eq!(set_by("trust.memory", ""), "default");
    assert_eq!(set_by("partner.autonomy", "practice-1"), "every_partner");
    assert_eq!(set_by("partner.autonomy", "practice-2"), "--set");
    assert_eq!(set_by("partner.skills.social", "council"), "scenario");
    assert_eq!(set_by("partner.skills.social", "practice-1"), "default");
    assert_eq!(assumption(&scenario, "communication.quality", "").value, "{ pert = [0.3, 0.6, 0.9] }");
    assert_eq!(assumption(&scenario, "communication.quality", "").grade, "given");
}

#[test]
fn the_assumptions_list_every_parameter_of_every_partner_and_need() {
    let scenario = loaded(TWO, &[]);
    for parameter in mechanisms::parameters() {
        let n = scenario.assumptions.iter().filter(|line| line.key == parameter.key).count();
        let expected = match parameter.scope() {
            Scope::Partner => 4,
            Scope::Partnership | Scope::Need => 1,
            Scope::Event | Scope::Intervention => 0,
        };
        assert_eq!(n, expected, "{}", parameter.key);
    }
}

#[test]
fn the_digest_follows_values_and_not_layout_or_titles() {
    let digest = loaded(TWO, &[]).digest;
    assert_eq!(digest.len(), 64);
    let moved = TWO.replace("title = \"Two\"\n", "# a comment\ntitle = \"Other\"\n").replace("100", "1e2");
    assert_eq!(loaded(&moved, &[]).digest, digest);
    let spelled_out = format!("{TWO}[trust]\nmemory = 0.95\n");
    assert_eq!(loaded(&spelled_out, &[]).digest, digest);
    for change in
        ["seed=2", "replications=5", "partner.council.sector=x", "trust.memory=0.9", "need.\"home care\".days=3"]
    {
        assert_ne!(loaded(TWO, &[change]).digest, digest, "{change}");
    }
}

#[test]
fn concepts_are_known_ids_each_named_once() {
    let with = |list: &str| format!("concepts = {list}\n{TWO}");
    let scenario = loaded(&with("[\"D9\", \"A13\"]"), &[]);
    assert_eq!(scenario.concepts, ["D9", "A13"], "in the order given");
    assert_eq!(scenario.digest, loaded(TWO, &[]).digest, "they decide no result");
    assert_eq!(
        faults(&with("[\"A13\", \"A20\", \"A13\", 4]")),
        [
            "a.toml:1:20: there is no concept `A20` (allowed are `A1`, `A2`, `A3`, `A4`, `A5`, `A6`, `A7`, `A8`, `A9`, `A10`, \
             `A11`, `A12` and 73 more)",
            "a.toml:1:27: `concepts` names `A13` twice (keep one of the two)",
            "a.toml:1:34: `concepts` is a whole number, not text (put the text in double quotes)",
        ]
    );
    assert_eq!(
        faults(&with("\"A13\"")),
        ["a.toml:1:12: `concepts` is text, not a list (write concepts = [\"A13\", \"D9\"])"]
    );
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_the_text() {
    let text = "horizon_months = 0\n\
                [[partner]]\nname = \"a\"\nresources.mony = 3\n\
                [[partner]]\nname = \"a\"\nautonomy = 1.5\ngoals = { care = 2, cure = 0.5 }\n\
                [[need]]\nname = \"care\"\nskills = { x = 1 }\ndemand = \"many\"\n\
                [communication]\nqualty = 0.5\nchannel = \"vidoe\"\n\
                [contributions]\nfree_rider_share = 0.95\n";
    assert_eq!(
        faults(text),
        [
            "a.toml:1:18: `horizon_months` is 0, below the least allowed (give a whole number from 1 to 1200)",
            "a.toml:4:11: nothing is called `resources.mony` here (did you mean `resources.money`?)",
            "a.toml:6:8: a second partner is called \"a\" (give each partner a name of its own)",
            "a.toml:7:12: `autonomy` is 1.5, above the most allowed (give a number from 0 to 1 (share))",
            "a.toml:8:18: `goals.care` is 2, above the most allowed (give a number from 0 to 1 (share))",
            "a.toml:8:21: there is no need \"cure\" (did you mean `care`?)",
            "a.toml:12:10: `demand` is the text \"many\", not a number (give a number from 0 to 1000000000 (people a month), \
             or an uncertainty such as { pert = [lowest, likeliest, highest] })",
            "a.toml:14:1: nothing is called `communication.qualty` here (did you mean `communication.quality`?)",
            "a.toml:15:11: `communication.channel` cannot be \"vidoe\" (did you mean \"video\"? allowed: face_to_face, video, written)",
            "a.toml:17:20: `contributions.free_rider_share` and `contributions.unconditional_share` sum to 1.08, more than 1 \
             (they are chances of one draw: what is left of 1 are the conditional contributors)",
        ]
    );
}

#[test]
fn every_fault_of_syntax_is_told_and_faults_elsewhere_with_it() {
    let told = faults("title = \nquestion = 4\n[[partner]\nname = \"a\n");
    assert_eq!(told.len(), 4, "{told:#?}");
    assert!(told[0].starts_with("a.toml:1:9: string values must be quoted"), "{told:#?}");
    assert!(told[1].starts_with("a.toml:2:12: `question` is a whole number, not text"), "{told:#?}");
    assert!(told[2].starts_with("a.toml:3:"), "{told:#?}");
    assert!(told[3].starts_with("a.toml:4:"), "{told:#?}");
}

#[test]
fn a_wrong_number_of_partners_is_refused() {
    let need = "[[need]]\nname = \"n\"\nskills = { s = 1 }\n";
    let partner = "[[partner]]\nname = \"p\"\n";
    assert!(faults(need)[0].starts_with("the scenario has no partners (add at least two"));
    assert!(
        faults(&format!("{partner}{need}"))[0].contains("the scenario has 1 partner (a partnership takes at least two")
    );
    let told = faults(&format!("{partner}count = 10000\n{need}"));
    assert!(told[0].contains("`count` is 10000, above the most allowed"), "{told:?}");
    let many: String = (0..10_000).map(|i| format!("[[partner]]\nname = \"p{i}\"\n")).collect();
    let told = faults(&format!("{many}{need}"));
    assert!(told.len() == 1 && told[0].contains("the scenario has 10000 partners (at most 200"), "{told:?}");
    let most: String = (0..200).map(|i| format!("[[partner]]\nname = \"p{i}\"\n")).collect();
    assert_eq!(loaded(&format!("{most}{need}"), &[]).inputs.partners.len(), 200);
}

#[test]
fn too_many_needs_or_skills_are_refused() {
    let partners = "[[partner]]\nname = \"a\"\n[[partner]]\nname = \"b\"\n";
    let needs: String =
        (0..9).map(|i| format!("[[need]]\nname = \"n{i}\"\nskills = {{ a{i} = 1, b{i} = 1 }}\n")).collect();
    let told = faults(&format!("{partners}{needs}"));
    assert!(told.len() == 2 && told[0].contains("has 9 needs") && told[1].contains("ask for 18 skills"), "{told:?}");
    assert!(faults(partners)[0].starts_with("the scenario has no need"));
}

#[test]
fn an_empty_text_says_how_to_begin() {
    assert!(faults(" \n\t\n")[0].contains("the scenario is empty (`partnersim new"));
}

#[test]
fn numbers_that_are_none_are_refused() {
    refused("= 100", "= nan", "`resources.money` is not a number (NaN)");
    refused("= 100", "= inf", "`resources.money` is infinite");
    refused("= 100", "= -100", "`resources.money` is -100, below the least allowed");
    refused("= 100", "= 99999999999999999999999999999999999999999999", "above the most allowed");
    refused("= 100", "= \"100\"", "write the number without quotes");
    refused("= 100", "= true", "`resources.money` is true or false, not a number");
    refused("= 100", "= 1979-05-27", "`resources.money` is a date, not a number");
}

#[test]
fn an_uncertainty_out_of_shape_is_refused() {
    let pert = "{ pert = [0.3, 0.6, 0.9] }";
    refused(pert, "{ pert = [0.3, 0.6] }", "needs 3 values, and has 2");
    refused(pert, "{ pert = [0.6, 0.3, 0.9] }", "the values do not rise from lowest to highest");
    refused(pert, "{ pert = [0.3, 0.6, 1.9] }", "reaches 1.9, above the most allowed");
    refused(pert, "{ uniform = [0.4, inf] }", "`communication.quality.uniform` is infinite");
    refused(pert, "{ normal = [0.4, -0.1] }", "the standard deviation is not above 0");
    refused(pert, "{ lognormal = [0, 0.1] }", "the median must be above 0");
    refused(pert, "{ beta = [0, 1] }", "both figures must lie from 0.01");
    refused(pert, "{ discrete = [[0.4, -1]] }", "the weights must not be negative");
    refused(pert, "{ discrete = [0.4] }", "`communication.quality.discrete` is a number, not a list");
    refused(pert, "{ observed = [] }", "needs at least one values, and has 0");
    refused(pert, "{ perd = [1] }", "`perd` is no form of uncertainty (did you mean `pert`?)");
    refused(pert, "{ pert = [0, 0.1, 0.2], beta = [1, 1] }", "should name one form of uncertainty, and names 2");
    refused(pert, "{}", "should name one form of uncertainty, and names 0");
}

#[test]
fn a_normal_that_leaves_its_range_often_is_warned_of() {
    let scenario = loaded(&TWO.replace("{ pert = [0.3, 0.6, 0.9] }", "{ normal = [0.9, 0.1] }"), &[]);
    assert_eq!(scenario.warnings.len(), 1);
    assert!(scenario.warnings[0].message.contains("16 % of the draws lie outside"), "{:?}", scenario.warnings);
    let narrow = loaded(&TWO.replace("{ pert = [0.3, 0.6, 0.9] }", "{ normal = [0.8, 0.1] }"), &[]);
    assert_eq!(narrow.warnings, []);
}

#[test]
fn what_is_the_same_in_every_replication_cannot_be_an_uncertainty() {
    refused("[communication]\n", "[communication]\nchannel = { uniform = [0, 1] }\n", "is a table, not a word");
    refused(
        "[communication]\n",
        "[membership]\nminimum_partners = { uniform = [2, 3] }\n[communication]\n",
        "cannot be an uncertainty",
    );
    refused(
        "[communication]\n",
        "[membership]\nminimum_partners = 2.5\n[communication]\n",
        "is 2.5, not a whole number",
    );
}

#[test]
fn parts_that_do_not_fit_together_are_refused() {
    refused(
        "skills = { social = 1 }",
        "skills = { socal = 1 }",
        "no need asks for the skill \"socal\" (did you mean `social`?)",
    );
    refused("skills = { social = 1 }", "skills = { social = 0 }", "\"council\" has no skill that a need asks for");
    refused(
        "skills = { clinical = 0.6, social = 0.4 }",
        "skills = { social = 0 }",
        "the skills of this need all have weight 0",
    );
    refused("demand = 50", "demand = 0", "no need has any demand");
    refused(
        "[communication]\n",
        "[membership]\nminimum_partners = 5\n[communication]\n",
        "is 5, and there are 4 partners",
    );
    for (table, words) in [
        ("[decisions]\nrule = \"vote\"\nsupport = 0\n", "no quota can be reached"),
        ("[decisions]\nrule = \"lead\"\napproval_levels = 2\napproval_chance = 0\n", "no level ever approves"),
        ("[power]\ncap = 0.2\n", "4 partners cannot all stay below it"),
    ] {
        refused("[communication]\n", &format!("{table}[communication]\n"), words);
    }
    refused("name = \"council\"", "name = \"practice-2\"", "a second partner is called \"practice-2\"");
    refused("name = \"council\"\n", "", "this partner has no name");
    refused("name = \"council\"", "name = \" \"", "`partner.name` is empty");
    refused("name = \"council\"", "name = \"a\\nb\"", "control character");
    refused("name = \"council\"", "name = \"\\u200b\\u202e\"", "`partner.name` holds nothing that can be seen");
    refused("name = \"council\"", "name = \"prac\\u200btice-2\"", "a second partner is called \"practice-2\"");
    let poor = TWO
        .replace("money = 100", "money = 0\nresources.staff = 0")
        .replace("{ money = 40, staff = 4 }", "{ money = 0, staff = 0 }");
    assert!(faults(&poor)[0].contains("no partner has staff or money"));
}

#[test]
fn what_does_nothing_under_a_form_of_governance_is_warned_of() {
    let warned = |sets: &[&str]| loaded(TWO, sets).warnings.iter().map(line).collect::<Vec<_>>();
    let network = warned(&["governance.form=network", "decisions.rule=vote", "governance.formality=0.5"]);
    assert!(network[0].contains("`decisions.rule` does nothing where `governance.form` is \"network\""), "{network:?}");
    assert!(network[1].contains("`governance.formality` does nothing"), "{network:?}");
    assert!(warned(&["power.lead_voice=2"])[0].contains("`power.lead_voice` does nothing"));
    assert!(warned(&["governance.form=lead", "power.lead_voice=2", "decisions.rule=vote"]).is_empty());
}

#[test]
fn targets_are_by_the_short_names_of_outcomes() {
    let scenario = loaded(&format!("{TWO}[targets]\npremium = -5\n"), &["targets.alive=1"]);
    assert_eq!(
        scenario.targets.into_iter().collect::<Vec<_>>(),
        [("alive".to_owned(), 1.0), ("premium".to_owned(), -5.0)]
    );
    refused(
        "[communication]\n",
        "[targets]\npremum = 0\n[communication]\n",
        "there is no outcome `premum` (did you mean `premium`?)",
    );
}

#[test]
fn a_seed_may_use_all_64_bits() {
    let with = |seed: &str| format!("seed = {seed}\n{TWO}");
    assert_eq!(loaded(&with("\"18446744073709551615\""), &[]).seed, u64::MAX);
    assert_eq!(loaded(TWO, &["seed=18446744073709551615"]).seed, u64::MAX);
    assert!(faults(&with("-1"))[0].contains("`seed` is not a whole number of at most 64 bits"));
}

#[test]
fn an_override_reaches_every_kind_of_value() {
    let sets = [
        "partner.council.resources.money=120",
        "partner.council.skills.clinical=0.2",
        "partner.council.goals.home care=0.3",
        "partner.practice.resources.staff={ uniform = [3, 5] }",
        "partner.practice-2.skills.social=0.9",
        "partner.practice-3.resources.money=7",
        "need.\"home care\".demand=80",
        "every_partner.autonomy=0.45",
        "communication.quality={ uniform = [0.2, 0.4] }",
        "sharing.rule=equal",
        "horizon_months=12",
        "replications=50",
    ];
    let scenario = loaded(TWO, &sets);
    let value = |key, belongs_to| assumption(&scenario, key, belongs_to).value.as_str();
    assert_eq!(value("partner.resources.money", "council"), "120");
    assert_eq!([value("partner.skills.clinical", "council"), value("partner.skills.social", "council")], ["0.2", "1"]);
    assert_eq!(value("partner.goals.home care", "council"), "0.3");
    assert_eq!(value("partner.resources.staff", "practice-1"), "{ uniform = [3, 5] }");
    assert_eq!(
        [value("partner.skills.clinical", "practice-2"), value("partner.skills.social", "practice-2")],
        ["0.5", "0.9"]
    );
    assert_eq!(value("partner.skills.social", "practice-1"), "0.5");
    assert_eq!(value("partner.resources.money", "practice-3"), "7");
    assert_eq!(value("need.demand", "home care"), "80");
    assert_eq!(value("partner.autonomy", "council"), "0.45");
    assert_eq!(value("communication.quality", ""), "{ uniform = [0.2, 0.4] }");
    assert_eq!(value("sharing.rule", ""), "\"equal\"");
    assert_eq!((scenario.inputs.horizon_months, scenario.replications), (12, 50));
}

#[test]
fn a_later_override_wins_and_one_replaces_a_faulty_value() {
    assert_eq!(loaded(TWO, &["seed=3", "seed=4"]).seed, 4);
    let faulty = TWO.replace("= 100", "= -100");
    let scenario = loaded(&faulty, &["partner.council.resources.money=5"]);
    assert_eq!(assumption(&scenario, "partner.resources.money", "council").value, "5");
}

#[test]
fn a_name_with_dots_is_reached_in_quotes() {
    let scenario = loaded(&TWO.replace("\"council\"", "\"St. Mary's\""), &["partner.\"St. Mary's\".autonomy=0.9"]);
    assert_eq!(assumption(&scenario, "partner.autonomy", "St. Mary's").value, "0.9");
}

#[test]
fn an_override_of_nothing_names_the_nearest_path() {
    let near = |set: &str| faults_with(TWO, &[set], None).remove(0);
    assert!(
        near("comunication.quality=1")
            .ends_with("nothing is called `comunication.quality` (did you mean `communication.quality`?)")
    );
    assert!(near("partner.concil.autonomy=1").contains("did you mean `partner.council.autonomy`?"));
    assert!(near("partner.practice-4.autonomy=1").contains("nothing is called `partner.practice-4.autonomy`"));
    assert!(near("need.\"home care\".demnd=1").contains("did you mean `need.\"home care\".demand`?"));
    assert!(near("partner.council=1").starts_with("--set:1:1: nothing is called"));
    assert!(near("communication.quality=1.5").starts_with("--set:1:23: `communication.quality` is 1.5"));
    assert!(near("sharing.rule=eqal").contains("did you mean \"equal\"?"));
    assert!(near("communication.quality={ uniform = [0.2").starts_with("--set:1:"));
}

#[test]
fn a_partner_table_is_read_beside_partner_tables_of_the_scenario() {
    let text = format!("partners = \"p.csv\"\n{TWO}");
    let table = "\u{feff}name;sector;count;resources.money;skills.clinical;goals.home care\n\
                 trust;hospital;;120,5;1;0,9\nclinic;;2;\"{ uniform = [10, 20] }\";;\n";
    let read = |name: &str| if name == "p.csv" { Ok(table.as_bytes().to_vec()) } else { Err("other".to_owned()) };
    let scenario = load(&text, "a.toml", &overrides(&["partner.trust.autonomy=0.7"]), &read).unwrap();
    let names: Vec<&str> = scenario.inputs.partners.iter().map(|partner| partner.name.as_str()).collect();
    assert_eq!(names, ["council", "practice-1", "practice-2", "practice-3", "trust", "clinic-1", "clinic-2"]);
    let value = |key, belongs_to| assumption(&scenario, key, belongs_to).value.as_str();
    assert_eq!(value("partner.resources.money", "trust"), "120.5");
    assert_eq!(assumption(&scenario, "partner.resources.money", "trust").set_by, "partner table");
    assert_eq!(assumption(&scenario, "partner.skills.social", "trust").set_by, "partner table");
    assert_eq!(value("partner.goals.home care", "trust"), "0.9");
    assert_eq!(value("partner.resources.money", "clinic-2"), "{ uniform = [10, 20] }");
    assert_eq!(value("partner.autonomy", "trust"), "0.7");
}

#[test]
fn faults_of_the_table_and_of_the_scenario_are_told_together() {
    let text = format!("partners = \"data/p.csv\"\n{}", TWO.replace("demand = 50", "demnd = 50"));
    let told = faults_with(&text, &[], Some("name,resources.money\ncouncil,1\nx,much\n"));
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told[0].starts_with("a.toml:15:1: nothing is called `demnd`"), "{told:#?}");
    assert!(told[1].starts_with("data/p.csv:2:1: a second partner is called \"council\""), "{told:#?}");
    assert!(told[2].starts_with("data/p.csv:3:3: `resources.money` is the text \"much\""), "{told:#?}");
}

#[test]
fn a_missing_partner_table_is_a_fault_at_the_line_that_names_it() {
    let told = faults("partners = \"p.csv\"\n[[need]]\nname = \"n\"\nskills = { s = 1 }\n");
    assert!(
        told.len() == 1 && told[0].starts_with("a.toml:1:12: the partner table \"p.csv\" cannot be read: no such file"),
        "{told:?}"
    );
}

#[test]
fn a_partner_in_single_brackets_is_told_how_to_write_it() {
    let told = faults(&TWO.replacen("[[partner]]", "[partner]", 1).replacen("[[partner]]", "[other]", 1));
    assert!(told.iter().any(|fault| fault.contains("begin each partner with a line `[[partner]]`")), "{told:?}");
}

#[test]
fn odd_and_allowed_things_are_warned_of() {
    let warnings = |text: &str| loaded(text, &[]).warnings.iter().map(line).collect::<Vec<_>>().join("\n");
    let single = TWO.replace("resources.money = 100", "resources.money = 100\nvariation = 0.2");
    assert!(warnings(&single).contains("`variation` does nothing for a single partner"));
    let uncertain = TWO.replace("{ money = 40,", "{ money = { uniform = [30, 50] },");
    assert!(warnings(&uncertain).contains("`variation` leaves resources alone"));
    let unskilled = format!("{TWO}[every_partner]\nskills = {{ social = 1 }}\n");
    assert!(warnings(&unskilled).contains("no partner has the skill \"clinical\""));
    assert_eq!(warnings(TWO), "");
}

#[test]
fn a_text_beyond_four_mebibytes_is_refused() {
    let told = faults(&" ".repeat((4 << 20) + 1));
    assert!(told[0].contains("a.toml is 5 MiB long (at most 4 MiB are read"), "{told:?}");
}

#[test]
fn control_characters_are_refused_where_they_stand() {
    let told = faults(&TWO.replace("Two", "T\u{0}wo"));
    assert!(told.iter().all(|fault| fault.starts_with("a.toml:1:")) && !told.is_empty(), "{told:?}");
}

const DATED: &str = r#"[[event]]
name = "reform"
kind = "restructuring"
month = { uniform = [6, 18] }
partners = ["practice", "council"]
[[event]]
name = "cuts"
kind = "funding_cut"
rate = 0.02
[[intervention]]
name = "help"
kind = "coaching"
start = 3
end = 9
dose = 0.5
cost = 2
decay = 0.1
partners = ["practice-2"]
"#;

fn with_dated() -> String {
    format!("{TWO}{DATED}")
}

/// Asserts that changing `from` to `to` in the events and interventions above gives one fault, at a line, with these words.
fn refused_dated(from: &str, to: &str, line_of: &str, words: &str) {
    assert!(DATED.contains(from), "{from}");
    let text = format!("{TWO}{}", DATED.replacen(from, to, 1));
    let number = 1 + text.lines().position(|line| line.starts_with(line_of)).unwrap();
    let told = faults(&text);
    assert!(told.len() == 1 && told[0].contains(words), "{to}: {told:#?}");
    assert!(told[0].starts_with(&format!("a.toml:{number}:")), "{to}: {told:#?} not in line {number}");
}

fn warnings(text: &str) -> Vec<String> {
    loaded(text, &[]).warnings.iter().map(line).collect()
}

#[test]
fn events_and_interventions_reach_the_model_with_the_partners_they_concern() {
    let inputs = loaded(&with_dated(), &[]).inputs;
    let [reform, cuts] = &inputs.events[..] else { panic!("two events") };
    // A template's name stands for its copies; positions are in the partners' order.
    assert_eq!((reform.name.as_str(), &reform.partners[..]), ("reform", &[0, 1, 2, 3][..]));
    assert_eq!(reform.values["event.kind"], Setting::Choice(1));
    assert_eq!(reform.values["event.month"], Setting::Number(Uncertainty::Uniform { low: 6.0, high: 18.0 }));
    assert!(cuts.partners.is_empty() && !cuts.values.contains_key("event.size"));
    assert_eq!(inputs.interventions[0].partners, [2]);
    assert_eq!(inputs.interventions[0].values.len(), 6);
    assert_eq!(inputs.interventions[0].values["intervention.cost"], Setting::Number(Uncertainty::Fixed(2.0)));
}

#[test]
fn the_assumptions_and_the_digest_tell_of_events_and_interventions() {
    let scenario = loaded(&with_dated(), &["intervention.help.dose=0", "event.cuts.partners=[\"council\"]"]);
    let line = |key, belongs_to| {
        let line = assumption(&scenario, key, belongs_to);
        (line.value.as_str(), line.set_by.as_str(), line.grade.as_str())
    };
    assert_eq!(line("event.month", "reform"), ("{ uniform = [6, 18] }", "scenario", "given"));
    assert_eq!(line("event.size", "cuts"), ("0.3", "default", "assumption"));
    assert_eq!(line("event.partners", "cuts"), ("[\"council\"]", "--set", "given"));
    assert_eq!(line("intervention.partners", "help"), ("[\"practice-2\"]", "scenario", "given"));
    assert_eq!(line("intervention.dose", "help"), ("0", "--set", "given"));
    assert_eq!(assumption(&loaded(&with_dated(), &[]), "event.partners", "cuts").value, "all");
    let digest = loaded(&with_dated(), &[]).digest;
    for change in ["event.cuts.rate=0.1", "event.cuts.size=0.2", "intervention.help.partners=[\"council\"]"] {
        assert_ne!(loaded(&with_dated(), &[change]).digest, digest, "{change}");
    }
    assert_eq!(loaded(&with_dated(), &["event.cuts.size=0.3"]).digest, digest);
}

#[test]
fn an_event_says_what_happens_and_when() {
    refused_dated(
        "kind = \"funding_cut\"\n",
        "",
        "name = \"cuts\"",
        "the event \"cuts\" does not give `kind` (add kind = \"policy_change\" or",
    );
    refused_dated("rate = 0.02\n", "", "name = \"cuts\"", "the event \"cuts\" never happens (give its `month`");
    refused_dated("rate = 0.02", "rate = 0\nmonth = 0", "name = \"cuts\"", "the event \"cuts\" never happens");
    refused_dated(
        "rate = 0.02",
        "rate = 1.5",
        "rate",
        "`rate` is 1.5, above the most allowed (give a number from 0 to 1",
    );
    refused_dated("rate = 0.02", "rate = 0.02\nsize = -1", "size", "`size` is -1, below the least allowed");
    refused_dated("rate = 0.02", "rate = 0.02\nmonths = 0", "months", "`months` is 0, below the least allowed");
    refused_dated("rate = 0.02", "rte = 0.02\nmonth = 3", "rte", "nothing is called `rte` here (did you mean `rate`?)");
    refused_dated(
        "\"funding_cut\"",
        "\"funding_cot\"",
        "kind = \"funding_cot",
        "`kind` cannot be \"funding_cot\" (did you mean \"funding_cut\"? allowed: policy_change,",
    );
    let told = faults(&with_dated().replace("name = \"cuts\"\n", ""));
    assert_eq!(told, ["a.toml:23:1: this event has no name (add a line such as name = \"reform\")"]);
    let told = faults(&with_dated().replace("\"cuts\"", "\"reform\""));
    assert_eq!(told, ["a.toml:24:8: a second event is called \"reform\" (give each event a name of its own)"]);
}

#[test]
fn an_intervention_is_written_out_in_full_and_does_not_end_before_it_starts() {
    let words =
        "the intervention \"help\" does not give `start`, `cost` and `decay` (add start = 1, cost = 0 and decay = 0.1,";
    let part = DATED.replace("start = 3\n", "").replace("cost = 2\ndecay = 0.1\n", "");
    let told = faults(&format!("{TWO}{part}"));
    assert!(told.len() == 1 && told[0].contains(words), "{told:#?}");
    refused_dated(
        "end = 9",
        "end = 2",
        "end",
        "the intervention \"help\" ends in month 2, before it starts in month 3",
    );
    refused_dated("end = 9", "end = { uniform = [1, 2] }", "end", "ends in month 2, before it starts in month 3");
    refused_dated(
        "start = 3",
        "start = { discrete = [[10, 1], [12, 1]] }",
        "end",
        "ends in month 9, before it starts in month 10",
    );
    refused_dated(
        "start = 3",
        "start = 0",
        "start",
        "`start` is 0, below the least allowed (give a number from 1 to 1200 (month))",
    );
    refused_dated(
        "dose = 0.5",
        "dose = 1.2",
        "dose",
        "`dose` is 1.2, above the most allowed (give a number from 0 to 1 (share))",
    );
    refused_dated("dose = 0.5", "dose = -0.1", "dose", "`dose` is -0.1, below the least allowed");
    refused_dated("cost = 2", "cost = -2", "cost", "`cost` is -2, below the least allowed");
    refused_dated("decay = 0.1", "decay = 3", "decay", "`decay` is 3, above the most allowed");
    assert!(loaded(&with_dated(), &["intervention.help.end=3"]).warnings.is_empty());
    let overlapping = warnings(&with_dated().replace("end = 9", "end = { uniform = [2, 9] }"));
    assert!(
        overlapping.len() == 1 && overlapping[0].contains("can end as early as month 2 and start as late as month 3")
    );
}

#[test]
fn events_and_interventions_concern_partners_that_there_are() {
    let at = "partners = [\"practice-2\"]";
    refused_dated(
        at,
        "partners = [\"concil\"]",
        "partners = [\"concil",
        "there is no partner \"concil\" (did you mean `council`?)",
    );
    refused_dated(at, "partners = [\"practice-4\"]", "partners = [\"practice-4", "there is no partner \"practice-4\"");
    refused_dated(at, "partners = \"council\"", "partners = \"council\"", "`partners` is text, not a list of names");
    refused_dated(at, "partners = []", "partners = []", "`partners` names nobody");
    refused_dated(at, "partners = [3]", "partners = [3]", "`partners` is a whole number, not text");
    let twice = warnings(&with_dated().replace(at, "partners = [\"practice-2\", \"practice\"]"));
    assert!(twice.len() == 1 && twice[0].contains("\"practice\" is named here a second time"), "{twice:?}");
}

#[test]
fn what_is_set_for_after_the_horizon_is_warned_of() {
    let late = with_dated()
        .replace("uniform = [6, 18]", "uniform = [61, 70]")
        .replace("start = 3\nend = 9", "start = 80\nend = 90");
    let told = warnings(&late);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].contains("the event \"reform\" is set for month 61, and the scenario ends with month 60 (raise `horizon_months`, or give an earlier `month`)"));
    assert!(told[1].contains("the intervention \"help\" is set for month 80"), "{told:#?}");
    assert!(warnings(&format!("horizon_months = 90\n{late}")).is_empty());
}

#[test]
fn too_many_events_are_refused_and_tables_are_offered_by_name() {
    let events: String =
        (0..51).map(|i| format!("[[event]]\nname = \"e{i}\"\nkind = \"crisis\"\nrate = 0.1\n")).collect();
    let told = faults(&format!("{TWO}{events}"));
    assert!(told.len() == 1 && told[0].contains("the scenario has 51 events (at most 50 can be run)"), "{told:?}");
    let told = faults(&with_dated().replace("[[intervention]]", "[[interventoin]]"));
    assert!(
        told.len() == 1 && told[0].contains("nothing is called `interventoin` here (did you mean `intervention`?)"),
        "{told:?}"
    );
    let told = faults(&format!("{TWO}[event]\nname = \"x\"\n"));
    assert!(told.len() == 1 && told[0].contains("begin each event with a line `[[event]]`"), "{told:?}");
}

#[test]
fn an_override_of_an_event_or_an_intervention_names_the_nearest_path() {
    let near = |set: &str| faults_with(&with_dated(), &[set], None).remove(0);
    assert!(near("event.cut.rate=0.1").contains("did you mean `event.cuts.rate`?"));
    assert!(near("intervention.help.dos=0").contains("did you mean `intervention.help.dose`?"));
    assert!(near("event.cuts.rate=2").starts_with("--set:1:17: `rate` is 2, above the most allowed"));
    assert!(near("intervention.help.end=1").starts_with("--set:1:23: the intervention \"help\" ends in month 1"));
}

#[test]
fn an_override_adds_or_replaces_a_whole_table() {
    let fields = "{ kind = \"coaching\", start = 1, end = 12, dose = 0.5, cost = 2, decay = 0.1 }";
    let scenario =
        loaded(&with_dated(), &[&format!("intervention.facilitator={fields}"), "intervention.facilitator.dose=0.7"]);
    let names: Vec<&str> = scenario.inputs.interventions.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["help", "facilitator"]);
    let dose = &scenario.inputs.interventions[1].values["intervention.dose"];
    assert_eq!(*dose, Setting::Number(Uncertainty::Fixed(0.7)));
    let replaced = loaded(&with_dated(), &[&format!("intervention.help={fields}")]);
    assert_eq!(replaced.inputs.interventions.len(), 1);
    assert!(replaced.inputs.interventions[0].partners.is_empty());
    let joined = loaded(TWO, &["partner.university={ sector = \"university\" }"]);
    assert_eq!(joined.inputs.partners.last().map(|partner| partner.name.as_str()), Some("university"));
    let told = faults_with(&with_dated(), &["intervention.facilitator={ kind = \"coach\" }"], None);
    assert!(told.iter().any(|fault| fault.contains("does not give `start`")), "{told:?}");
    assert!(told.iter().any(|fault| fault.contains("allowed: reset_purpose, map_roles, coaching")), "{told:?}");
}

#[test]
fn the_lead_is_one_partner_by_its_name() {
    let with = |lead: &str| format!("{TWO}[governance]\nform = \"lead\"\nlead = {lead}\n");
    let scenario = loaded(&with("\"practice-2\""), &[]);
    assert_eq!(scenario.inputs.lead, 2);
    let line = assumption(&scenario, "governance.lead", "");
    assert_eq!(
        (line.value.as_str(), line.default.as_str(), line.set_by.as_str()),
        ("\"practice-2\"", "\"council\"", "scenario")
    );
    assert_eq!(loaded(&with("\"council\""), &["governance.lead=practice-3"]).inputs.lead, 3);
    assert_eq!((loaded(TWO, &[]).inputs.lead, &warnings(&with("\"council\""))[..]), (0, &[][..]));
    let told = |lead: &str| faults(&with(lead)).concat();
    assert!(told("\"concil\"").starts_with("a.toml:20:8: there is no partner \"concil\" (did you mean `council`?)"));
    assert!(
        told("\"practice\"")
            .contains("\"practice\" stands for 3 partners, and one of them leads (name one; allowed: `practice-1`,")
    );
    assert!(told("3").contains("`governance.lead` is a whole number, not text"));
    let idle = warnings(&with("\"council\"").replace("\"lead\"", "\"shared\""));
    assert!(idle.len() == 1 && idle[0].contains("`governance.lead` does nothing while nobody leads"), "{idle:?}");
    let tried = |sets: &[&str]| loaded(&with("\"council\""), sets).warnings.len();
    // Trying another form leaves nothing to mend in the scenario.
    assert_eq!(tried(&["governance.form=shared"]), 0);
    assert_eq!(tried(&["governance.form=shared", "governance.lead=practice-2"]), 1);
    assert_ne!(loaded(&with("\"practice-2\""), &[]).digest, loaded(&with("\"council\""), &[]).digest);
}

#[test]
fn a_partner_of_the_partner_table_can_lead_and_be_concerned() {
    let text = format!("partners = \"p.csv\"\n{}", with_dated().replace("\"practice-2\"", "\"trust\""));
    let read = |_: &str| Ok(b"name\ntrust\n".to_vec());
    let sets = overrides(&["governance.form=lead", "governance.lead=trust"]);
    let inputs = load(&text, "a.toml", &sets, &read).unwrap().inputs;
    assert_eq!((inputs.lead, &inputs.interventions[0].partners[..]), (4, &[4][..]));
}

#[test]
fn partners_that_join_leave_enough_who_found_and_come_before_the_end() {
    let joins = |council: &str, practice: &str| {
        TWO.replace("resources.money = 100", &format!("resources.money = 100\njoins = {council}"))
            .replace("variation = 0.3", &format!("variation = 0.3\njoins = {practice}"))
    };
    assert_eq!(
        faults(&joins("3", "6")),
        [
            "a.toml:12:9: nobody founds the partnership: every partner joins later (let those join in month 0 who found it)"
        ]
    );
    let few = "a.toml:12:9: 1 partner founds the partnership, and `membership.minimum_partners` is 2: it would dissolve in its first month (let more of them join in month 0, or lower the minimum)";
    assert_eq!(faults(&joins("0", "6")), [few]);
    assert_eq!(
        faults(&joins("-1", "1201")),
        [
            "a.toml:5:9: `joins` is -1, below the least allowed (give a number from 0 to 1200 (month))",
            "a.toml:12:9: `joins` is 1201, above the most allowed (give a number from 0 to 1200 (month))"
        ]
    );
    assert_eq!(
        warnings(&joins("61", "0")),
        [
            "folder/two.toml:5:9: \"council\" joins in month 61, and the scenario ends with month 60 (raise `horizon_months`, or let it join earlier)"
        ]
    );
    assert!(warnings(&joins("12", "0")).is_empty());
}

#[test]
fn all_faults_of_events_interventions_leads_and_quotas_are_told_at_once() {
    let text = with_dated()
        .replace("dose = 0.5", "dose = 1.5")
        .replace("end = 9", "end = 2")
        .replace("[\"practice-2\"]", "[\"nobody\"]")
        + "[governance]\nform = \"lead\"\nlead = \"someone\"\n[power]\ncap = 0.1\n[decisions]\nrule = \"vote\"\nsupport = 0\n";
    let told = faults(&text);
    for words in [
        "`dose` is 1.5, above the most allowed (give a number from 0 to 1 (share))",
        "the intervention \"help\" ends in month 2, before it starts in month 3",
        "there is no partner \"nobody\"",
        "there is no partner \"someone\"",
        "`power.cap` is 0.1, and 4 partners cannot all stay below it (their shares of all voice sum to 1; give at least an equal share)",
        "with `decisions.support` at 0 nobody votes for anything, and no quota can be reached (give a chance above 0, or leave `decisions.rule` at \"open\")",
    ] {
        assert_eq!(told.iter().filter(|fault| fault.contains(words)).count(), 1, "{words} in {told:#?}");
    }
    assert_eq!(told.len(), 6, "{told:#?}");
}
