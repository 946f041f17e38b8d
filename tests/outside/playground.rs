//! The playground in a browser, as a teacher opens it: from its file, without network, under its own policy. `playground.mjs` opens it
//! and looks; each test here is one of its checks.

use crate::tools::{self, Tool};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::sync::OnceLock;

/// A check and what was wrong by it.
#[derive(Debug, serde::Deserialize)]
struct Found {
    name: String,
    wrong: Option<String>,
}

/// What a browser found by the checks it was given as arguments.
fn looked(arguments: &[&OsStr]) -> BTreeMap<String, Option<String>> {
    let told = tools::browser("playground.mjs", arguments);
    let found: Vec<Found> = serde_json::from_str(&told).unwrap_or_else(|error| panic!("{error}: {told}"));
    found.into_iter().map(|found| (found.name, found.wrong)).collect()
}

/// What the browser found by every check: it starts once for all tests.
fn found() -> &'static BTreeMap<String, Option<String>> {
    static FOUND: OnceLock<BTreeMap<String, Option<String>>> = OnceLock::new();
    FOUND.get_or_init(|| looked(&[tools::playground().as_os_str()]))
}

/// Asserts that nothing is wrong by a check.
fn holds(check: &str) {
    if !tools::are_there(&[Tool::Browser, Tool::Playground]) {
        return;
    }
    match found().get(check) {
        Some(wrong) => assert!(wrong.is_none(), "{check}: {}", wrong.as_deref().unwrap_or_default()),
        None => panic!("there is no check {check} among {:?}", found().keys()),
    }
}

#[test]
fn every_check_of_the_browser_is_a_test() {
    if !tools::are_there(&[Tool::Browser, Tool::Playground]) {
        return;
    }
    let asked = include_str!("playground.rs");
    let forgotten: Vec<&String> =
        found().keys().filter(|name| !asked.contains(&format!("holds(\"{name}\")"))).collect();
    assert!(forgotten.is_empty(), "no test asks for {forgotten:?}");
}

/// The way of a lesson in another browser than the one that all checks are made in: from its file to the bytes of the command line.
const IN_FIREFOX: [&str; 5] = [
    "comes_alone_and_is_ready",
    "a_lesson_wants_a_prediction_first",
    "a_lesson_gives_the_bytes_of_the_command_line",
    "two_set_ups_are_told_apart_in_words_table_and_pictures",
    "picture_says_what_it_shows",
];

#[test]
fn a_lesson_goes_the_same_way_in_firefox() {
    if !tools::are_there(&[Tool::Firefox, Tool::Playground]) {
        return;
    }
    let page = tools::playground();
    let mut arguments = vec![OsStr::new("--firefox"), page.as_os_str()];
    arguments.extend(IN_FIREFOX.iter().map(OsStr::new));
    let found = looked(&arguments);
    assert!(found.keys().map(String::as_str).eq(BTreeSet::from(IN_FIREFOX)), "{found:?}");
    for (check, wrong) in found {
        assert!(wrong.is_none(), "{check}: {}", wrong.unwrap_or_default());
    }
}

#[test]
fn the_page_comes_from_a_file_alone_and_is_ready() {
    holds("comes_alone_and_is_ready");
}

#[test]
fn the_page_lets_no_other_script_and_no_request_through() {
    holds("lets_no_other_script_in");
}

#[test]
fn the_page_says_what_it_is_where_no_script_may_run() {
    holds("reads_before_its_script_runs");
}

#[test]
fn a_lesson_shows_nothing_before_it_is_said_what_is_expected() {
    holds("a_lesson_wants_a_prediction_first");
}

#[test]
fn what_a_lesson_proposes_sets_the_page_and_can_be_taken_back() {
    holds("tries_set_the_page_and_go_back");
}

#[test]
fn what_a_try_did_stands_beside_it_on_a_phone() {
    holds("what_a_try_did_stands_beside_it_on_a_phone");
}

#[test]
fn a_challenge_is_met_by_its_best_known_solution_and_by_nothing_forbidden() {
    holds("a_challenge_is_met_by_its_solution_alone");
}

#[test]
fn a_worksheet_is_printed_without_the_page_around_it() {
    holds("a_worksheet_is_printed_alone");
}

#[test]
fn answer_sheets_have_the_numbers_of_the_page() {
    holds("answer_sheets_have_the_numbers_of_the_page");
}

#[test]
fn a_worksheet_is_one_sheet_of_paper() {
    holds("a_worksheet_is_one_sheet_of_paper");
}

#[test]
fn a_link_from_another_machine_is_pasted() {
    holds("a_link_from_another_machine_is_pasted");
}

#[test]
fn an_answer_sheet_asks_twice_and_only_of_a_lesson() {
    holds("an_answer_sheet_asks_twice");
}

#[test]
fn a_slider_changes_the_number_the_address_and_the_result() {
    holds("a_slider_changes_the_number_the_address_and_the_result");
}

#[test]
fn arrow_keys_in_a_number_go_by_the_steps_of_its_slider() {
    holds("arrow_keys_in_a_number_go_by_the_steps_of_its_slider");
}

#[test]
fn a_finger_that_scrolls_the_page_leaves_a_slider_alone() {
    holds("a_finger_moves_a_slider_and_leaves_it_where_it_scrolls");
}

#[test]
fn a_finger_reads_a_picture_and_the_value_stays_when_it_is_lifted() {
    holds("a_value_that_a_finger_asked_for_stays_when_it_is_lifted");
}

#[test]
fn every_slider_moves_without_a_fault() {
    holds("every_slider_moves_without_a_fault");
}

#[test]
fn a_fault_stands_at_its_field_and_nothing_runs() {
    holds("a_fault_stands_at_its_field_and_nothing_runs");
}

#[test]
fn a_broken_address_is_told_and_its_good_parts_are_kept() {
    holds("a_broken_address_is_told_and_its_good_parts_are_kept");
}

#[test]
fn an_address_that_is_gone_to_is_followed() {
    holds("an_address_that_is_gone_to_is_followed");
}

#[test]
fn a_run_can_be_stopped_and_says_so() {
    holds("a_run_can_be_stopped_and_says_so");
}

#[test]
fn a_scenario_goes_out_as_a_file_and_comes_back() {
    holds("a_scenario_goes_out_as_a_file_and_comes_back");
}

#[test]
fn a_file_that_is_no_scenario_is_refused_and_what_was_there_stays() {
    holds("a_file_that_is_no_scenario_is_refused_and_what_was_there_stays");
}

#[test]
fn names_with_markup_and_two_hundred_partners_do_no_harm() {
    holds("names_with_markup_and_two_hundred_partners_do_no_harm");
}

#[test]
fn many_replications_answer_with_intervals_pictures_and_tables() {
    holds("answers_come_with_intervals_pictures_and_tables");
}

#[test]
fn a_picture_tells_its_values_to_the_keyboard_and_the_pointer() {
    holds("a_picture_tells_its_values_to_the_keyboard_and_the_pointer");
}

#[test]
fn two_set_ups_are_told_apart_on_a_phone_too() {
    holds("two_set_ups_are_told_apart_in_words_table_and_pictures");
}

#[test]
fn a_table_keeps_focus_when_its_figures_change() {
    holds("a_table_keeps_focus_when_its_figures_change");
}

#[test]
fn tables_and_pictures_are_saved_as_files() {
    holds("tables_and_pictures_are_saved_as_files");
}

#[test]
fn the_living_picture_moves_only_when_asked_and_says_nothing_meanwhile() {
    holds("picture_moves_only_when_asked");
}

#[test]
fn the_living_picture_says_in_words_and_tables_what_it_shows() {
    holds("picture_says_what_it_shows");
}

#[test]
fn the_living_picture_steps_where_motion_is_unwanted() {
    holds("picture_without_motion_steps");
}

#[test]
fn the_living_picture_heeds_a_wish_for_less_motion_while_it_plays() {
    holds("picture_heeds_a_wish_for_less_motion_while_it_plays");
}

#[test]
fn the_living_picture_goes_to_another_replication() {
    holds("picture_goes_to_another_replication");
}

#[test]
fn a_lesson_gives_the_bytes_of_the_command_line() {
    holds("a_lesson_gives_the_bytes_of_the_command_line");
}

#[test]
fn changed_controls_give_the_bytes_of_the_file_that_is_saved() {
    holds("changed_controls_give_the_bytes_of_the_file_that_is_saved");
}

#[test]
fn two_set_ups_give_the_bytes_of_the_command_in_the_file() {
    holds("two_set_ups_give_the_bytes_of_the_command_in_the_file");
}

#[test]
fn no_rule_of_accessibility_is_broken_at_any_moment_on_any_screen() {
    holds("no_rule_of_accessibility_is_broken_on_a_phone");
    holds("no_rule_of_accessibility_is_broken_on_a_tablet");
    holds("no_rule_of_accessibility_is_broken_on_a_wide_screen");
}

#[test]
fn no_rule_of_accessibility_is_broken_in_the_colours_of_the_system() {
    holds("no_rule_of_accessibility_is_broken_in_other_colours");
}

#[test]
fn enlarged_fourfold_all_fits_and_can_be_pointed_at() {
    holds("nothing_is_too_wide_or_too_small_when_enlarged_fourfold");
}

#[test]
fn on_paper_stands_what_was_found_and_nothing_to_press() {
    holds("what_is_printed_is_what_was_found");
}

#[test]
fn every_word_of_the_page_is_in_the_file_of_its_language() {
    holds("every_word_is_of_the_language");
}

#[test]
fn the_keyboard_alone_goes_the_whole_way() {
    holds("the_whole_way_goes_by_the_keyboard");
}

#[test]
fn a_dialog_keeps_focus_and_gives_it_back() {
    holds("a_dialog_keeps_focus_and_escape_closes_it");
}

#[test]
fn the_page_answers_at_once_while_it_computes() {
    holds("a_run_leaves_the_page_free_and_its_part_is_told_as_one");
}

#[test]
fn a_partnership_too_large_to_draw_is_run_all_the_same() {
    holds("a_partnership_too_large_to_draw_is_run");
}

#[test]
fn a_second_set_up_that_cannot_be_taken_from_a_file_is_told_and_left_out() {
    holds("a_second_set_up_in_a_file_that_cannot_be_taken_is_told_and_left_out");
}

#[test]
fn names_that_would_turn_the_order_of_signs_round_turn_nothing() {
    holds("names_that_would_turn_signs_round_turn_nothing");
}

#[test]
fn blank_lines_that_are_pasted_hold_nothing_up() {
    holds("a_paste_of_blank_lines_holds_nothing_up");
}

#[test]
fn where_the_address_may_not_be_written_the_page_goes_on() {
    holds("an_address_that_may_not_be_written_stops_nothing");
}
