//! Definitions that are refused: every problem at once, with its line.

use crate::index::scheme::parse;
use std::fmt::Write;

const TT01: &str = include_str!("../../../../surveys/schemes/tt01_2018-1.toml");
const QD766: &str = include_str!("../../../../surveys/schemes/qd766_2022-1.toml");
const SIPAS: &str = include_str!("../../../../surveys/schemes/sipas_2017-1.toml");
const PARTS: &str = include_str!("../../../../surveys/schemes/sipas_policy_service-1.toml");
const PAR: &str = include_str!("../../../../surveys/schemes/par_index_2022-1.toml");
const HEALTH: &str = include_str!("../../../../surveys/schemes/health_3869_inpatient-1.toml");

fn problems_of(text: &str) -> Vec<(usize, String)> {
    match parse("t.toml", text) {
        Ok(_) => Vec::new(),
        Err(unsound) => unsound.problems.into_iter().map(|problem| (problem.line, problem.what)).collect(),
    }
}

/// The replacement of one passage gives one problem, near it, with this fragment.
fn assert_refused(text: &str, passage: &str, replacement: &str, fragment: &str) {
    assert!(text.contains(passage), "the scheme has no “{passage}”");
    let found = problems_of(&text.replacen(passage, replacement, 1));
    let line = text.split(passage).next().unwrap().matches('\n').count() + 1;
    let there = matches!(found.as_slice(), [(at, what)] if what.contains(fragment) && at.abs_diff(line) <= 9);
    assert!(there, "“{replacement}” at line {line} gave {found:#?}");
}

#[test]
fn every_problem_is_told_at_once_with_its_line() {
    let text = TT01
        .replacen("version = 1\n", "version = 0\n", 1)
        .replacen("measure = \"tt01\"", "measure = \"happiness\"", 1)
        .replacen("valid_from = 2018-11-23", "valid_from = \"2018-11-23\"", 1)
        .replacen("conversion = \"awarded\"", "conversion = \"guessed\"", 1)
        .replacen("below = 15", "below = 14", 1)
        .replacen("code = \"weak\"", "code = \"fair\"", 1);
    let lines: Vec<usize> = problems_of(&text).iter().map(|(line, _)| *line).collect();
    let line_of = |passage: &str| text.split(passage).next().unwrap().matches('\n').count() + 1;
    let weak = text.split("label = { vi = \"Yếu\"").next().unwrap().matches('\n').count();
    let expected = [
        line_of("version = 0"),
        line_of("measure = \"happiness"),
        line_of("valid_from = \"2018"),
        line_of("conversion = \"guessed"),
        line_of("below = 14"),
        weak,
    ];
    assert_eq!(lines, expected, "{:#?}", problems_of(&text));
    let sentence = parse("surveys/schemes/x.toml", &text).unwrap_err().to_string();
    assert!(sentence.starts_with(&format!("surveys/schemes/x.toml, line {}: “version”", lines[0])), "{sentence}");
    assert_eq!(sentence.lines().count(), 6);
}

#[test]
fn bands_cover_every_value_once_from_the_highest_down() {
    assert_refused(TT01, "below = 15", "below = 14", "no band holds 14 to below 15");
    assert_refused(TT01, "below = 15", "below = 16", "overlaps “excellent” from 15 on");
    assert_refused(TT01, "below = 15\n", "", "needs “below”; add below = 15");
    assert_refused(TT01, "from = 15\n", "from = 15\nbelow = 18\n", "the first band is the highest");
    assert_refused(TT01, "from = 0\n", "from = 1\n", "no band holds what lies below 1");
    let unreachable = problems_of(&TT01.replacen("from = 15\n", "from = 18\n", 1));
    assert!(unreachable[0].1.contains("so nothing reaches it"), "{unreachable:?}");
    assert!(unreachable[1].1.contains("no band holds 15 to below 18"), "{unreachable:?}");
    let empty = problems_of(&TT01.replacen("from = 6\nbelow = 9", "from = 9\nbelow = 9", 1));
    assert!(empty[0].1.contains("from 9 to below 9 is empty") && empty.len() == 2, "{empty:?}");
    assert_refused(PAR, "from = 90\n", "from = -1\n", "must be a number from 0");
}

#[test]
fn what_is_not_established_says_so_and_everything_else_names_its_source() {
    assert_refused(TT01, "conversion = \"awarded\"\nsource = \"form\"", "conversion = \"awarded\"", "names no source");
    assert_refused(QD766, "source = \"maxima\"", "source = \"memory\"", "“sources” has no “memory”");
    let note = PAR.replacen("sourced = false\nnote =", "sourced = false\nsource = \"decision\"\nremark =", 1);
    let found = problems_of(&note);
    assert!(found.iter().any(|(_, what)| what.contains("needs a “note”")), "{found:?}");
    assert_refused(PAR, "[sources]\n", "[sources]\nother = \"Không ai nêu\"\n", "nothing names the source “other”");
    let sourced =
        PAR.replacen("conversion = \"options\"\nsourced = false", "conversion = \"options\"\nsource = \"decision\"", 1);
    assert!(problems_of(&sourced)[0].1.contains("“options” without values is not established"));
}

#[test]
fn parts_stand_below_parts_that_exist_and_at_most_four_deep() {
    assert_refused(SIPAS, "part_of = \"access\"", "part_of = \"acess\"", "no component “acess” stands before");
    assert_refused(SIPAS, "code = \"c02\"", "code = \"c01\"", "is used twice");
    assert_refused(SIPAS, "code = \"c02\"", "code = \"C 2\"", "is not a letter a-z");
    assert_refused(SIPAS, "code = \"c02\"", "code = \"index\"", "is the index itself");
    assert_refused(QD766, "beside = true", "part_of = \"online\"\nbeside = true", "remove “part_of” or “beside”");
    let head = PARTS.split("[[components]]").next().unwrap();
    let head =
        head.replace("\"weighted\"", "\"mean_of_items\"").replace("sourced = false\n", "source = \"results_2024\"\n");
    let nested = |depth: usize| {
        let mut text = head.clone();
        for at in 1..=depth {
            let above = if at > 1 { format!("part_of = \"p{}\"\n", at - 1) } else { String::new() };
            let formula = if at < depth { "aggregation = \"mean_of_items\"\n" } else { "" };
            write!(
                text,
                "[[components]]\ncode = \"p{at}\"\ntitle = {{ vi = \"P\", en = \"P\" }}\n{above}{formula}source = \"results_2024\"\n"
            )
            .unwrap();
        }
        problems_of(&text)
    };
    assert!(nested(4).is_empty(), "{:?}", nested(4));
    assert!(nested(5).iter().any(|(_, what)| what.contains("at most 4 deep")));
}

#[test]
fn keys_belong_to_the_kind_of_part() {
    assert_refused(PARTS, "weight = 0.60\n", "", "needs the key “weight”");
    assert_refused(PARTS, "weight = 0.60", "weight = 0", "must be above 0");
    assert_refused(PARTS, "weight = 0.60", "weight = inf", "must be a number from 0");
    assert_refused(SIPAS, "part_of = \"access\"", "part_of = \"access\"\nweight = 1", "is no weighted mean");
    assert_refused(SIPAS, "part_of = \"access\"", "part_of = \"access\"\nmaximum = 2", "it is a share, not points");
    assert_refused(SIPAS, "part_of = \"access\"", "part_of = \"access\"\nrange = [0, 9]", "a number is no share");
    assert_refused(
        SIPAS,
        "part_of = \"access\"",
        "part_of = \"access\"\naggregation = \"weighted\"",
        "it has no parts",
    );
    assert_refused(SIPAS, "part_of = \"access\"", "part_of = \"access\"\nlevels = 3", "a scale of 3 levels");
    assert_refused(SIPAS, "aggregation = \"mean_of_items\"\nsource", "source", "needs the key “aggregation”");
    assert_refused(TT01, "maximum = 2\n", "", "needs the key “maximum”");
    let sum = problems_of(&TT01.replacen("maximum = 2\n", "maximum = 3\n", 1));
    assert!(matches!(sum.as_slice(), [(10, what)] if what.contains("sum to 19, not to 18")), "{sum:?}");
    let sum = problems_of(&QD766.replacen("maximum = 12\n", "maximum = 11\n", 1));
    assert!(matches!(sum.as_slice(), [(_, what)] if what.contains("parts of “online” sum to 21")), "{sum:?}");
    assert_refused(TT01, "maximum = 18\n", "", "needs the key “maximum”");
    assert_refused(TT01, "conversion = \"awarded\"\n", "", "needs the key “conversion”");
    assert_refused(QD766, "{ proportional_to_target = 0.9 }", "{ proportional_to_target = 0 }", "must be above 0");
    assert_refused(QD766, "{ proportional_to_target = 0.9 }", "{ options = [1] }", "each of 2 to 20 options");
    assert_refused(QD766, "{ proportional_to_target = 0.9 }", "{ target = 0.9 }", "no key “target”");
    assert_refused(TT01, "satisfied = [2, 3]", "satisfied = [1, 2, 3]", "neither none nor all");
    assert_refused(TT01, "satisfied = [2, 3]\n", "", "stand together; add the other");
    assert_refused(HEALTH, "range = [0, 100]", "range = [100, 0]", "the smaller first");
    assert_refused(HEALTH, "missing = \"leave\"", "missing = \"ignore\"", "allowed are leave, refuse");
    assert_refused(HEALTH, "aggregation = \"pooled_answers\"", "aggregation = \"median\"", "knows no “median”");
    assert_refused(HEALTH, "missing = \"leave\"", "missing = \"leave\"\nmaximum = 5", "only an index of points");
    assert_refused(HEALTH, "missing = \"leave\"", "mising = \"leave\"\nmissing = \"leave\"", "no key “mising”");
}

#[test]
fn figures_breaks_and_published_values_are_checked_too() {
    assert_refused(HEALTH, "of = [\"expectation\"]", "of = [\"a\"]", "needs “range” for a mean_value");
    assert_refused(HEALTH, "of = [\"return\"]", "of = [\"expectation\"]", "needs “levels” and “satisfied”");
    assert_refused(HEALTH, "of = [\"return\"]", "of = [\"retrun\"]", "no component “retrun”");
    assert_refused(HEALTH, "of = [\"return\"]", "of = [\"return\", \"return\"]", "twice");
    assert_refused(HEALTH, "of = [\"return\"]", "of = []", "is empty");
    assert_refused(HEALTH, "code = \"score\"", "code = \"a\"", "is used twice");
    assert_refused(SIPAS, "from = 2022-01-01", "from = 2022-13-01", "not TOML");
    assert_refused(SIPAS, "valid_to = 2021-12-31", "valid_to = 2016-12-31", "lies before “valid_from”");
    assert_refused(PARTS, "policy = 0.8384", "polcy = 0.8384", "no component “polcy”");
    assert_refused(PARTS, "value = 0.8394", "value = 0.9", "where 0.9 was published");
    assert_refused(PARTS, "service = 0.8409 }", "service = 84.09 }", "does not fit the scheme");
}

#[test]
fn what_is_no_scheme_at_all_is_refused_in_one_sentence() {
    assert!(problems_of("code = ").iter().all(|(_, what)| what.contains("not TOML")));
    assert_eq!(problems_of("").len(), 11, "one for each key that is needed, and one for the source");
    assert_eq!(problems_of(&"#".repeat(300_000)).len(), 1);
    assert!(problems_of("components = 5\nbands = \"x\"\nsources = []").iter().any(|(_, what)| what.contains("list")));
    assert!(!problems_of("[[components]]\n[[bands]]\n[[figures]]\n[[published]]\n[[breaks]]").is_empty());
}
