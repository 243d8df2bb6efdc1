use super::*;
use crate::questionnaire::Aggregation;

const COUNTER: &str = include_str!("../../../surveys/counter-1.toml");

/// Problems of the counter form with one passage replaced, as (line, sentence).
fn problems_with(passage: &str, replacement: &str) -> Vec<(usize, String)> {
    assert!(COUNTER.contains(passage), "the counter form has no “{passage}”");
    problems_of(&COUNTER.replacen(passage, replacement, 1))
}

fn problems_of(text: &str) -> Vec<(usize, String)> {
    match parse("t.toml", text) {
        Ok(_) => Vec::new(),
        Err(unsound) => unsound.problems.into_iter().map(|p| (p.line, p.what)).collect(),
    }
}

/// One problem with this fragment, at the line where the replacement stands.
fn assert_refused(passage: &str, replacement: &str, fragment: &str) {
    let found = problems_with(passage, replacement);
    let line = COUNTER.split(passage).next().unwrap().matches('\n').count() + 1;
    let there = found.iter().any(|(at, what)| what.contains(fragment) && at.abs_diff(line) <= 9);
    assert!(there, "“{replacement}” at line {line} gave {found:?}");
}

#[test]
fn the_counter_form_is_read_as_it_stands() {
    let edition = parse("counter-1.toml", COUNTER).unwrap();
    assert_eq!(edition.name().to_string(), "counter-1");
    assert_eq!(edition.measure(), Measure::Counter);
    assert_eq!(edition.headline_levels(), [Level::A, Level::B]);
    let codes: Vec<&str> = edition.ratings().map(|(_, rating)| rating.code.as_str()).collect();
    assert_eq!(codes, ["reception", "waiting", "attitude", "time", "quality"]);
    assert!(edition.ratings().all(|(_, rating)| rating.not_applicable.is_some() && rating.satisfied == [4, 5]));
    assert_eq!(edition.number_of("minutes"), Some(6));
    assert_eq!(edition.number_of("comment"), None);
    assert_eq!(edition.comment().unwrap().max_chars, 1000);
    assert_eq!(edition.item("time").unwrap().label().get(Lang::En), "The time taken to process your application");
}

#[test]
fn every_fault_is_told_at_once_with_its_line() {
    let text = COUNTER
        .replace("version = 1\n", "version = 0\n")
        .replace("measure = \"counter\"", "measure = \"happiness\"")
        .replace("max = 600", "max = 600\nstep = 5");
    let found = problems_of(&text);
    let line_of = |passage: &str| text.split(passage).next().unwrap().matches('\n').count() + 1;
    let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [line_of("version = 0"), line_of("measure = \"happiness"), line_of("step = 5")], "{found:?}");
    let sentence = parse("surveys/x.toml", &text).unwrap_err().to_string();
    assert!(
        sentence.starts_with(&format!("surveys/x.toml, line {}: “version” must be a whole number", lines[0])),
        "{sentence}"
    );
    assert_eq!(sentence.lines().count(), 3);
}

#[test]
fn names_and_words_outside_the_closed_lists_are_refused() {
    assert_refused("\ncode = \"counter\"", "\ncode = \"Counter\"", "is not a letter a-z");
    assert_refused("[\"A\", \"B\"]", "[\"A\", \"E\"]", "“E” is not one of: A, B, C, D");
    assert_refused("[\"A\", \"B\"]", "[\"A\", \"A\"]", "lists “A” twice");
    assert_refused("[\"A\", \"B\"]", "[]", "is empty");
    assert_refused("[\"vi\", \"en\"]", "[\"vi\", \"fr\"]", "“fr” is not one of");
    assert_refused("[\"vi\", \"en\"]", "[\"en\"]", "lacks “vi”");
    assert_refused("rates = \"receiving\"", "rates = \"both\"", "allowed are receiving, deciding");
    assert_refused("kind = \"number\"", "kind = \"guess\"", "there is no kind “guess”");
    assert_refused("\"mean_of_items\"", "\"median\"", "there is no aggregation “median”");
    assert_refused("lead = {", "leda = {", "no key “leda”");
    assert_refused("lead = {", "leda = {", "needs the key “lead”");
}

#[test]
fn a_text_is_complete_in_every_listed_language_and_fit_to_print() {
    assert_refused(", en = \"Neutral\"", "", "“label” has no text in “en”");
    assert_refused("en = \"Neutral\"", "en = \" \"", "is empty");
    assert_refused("\"Neutral\"", "\"a\\nb\"", "line break");
    assert_refused("\"Neutral\"", &format!("\"{}\"", "a".repeat(501)), "has 501 characters");
    assert_refused("\"Neutral\"", "5", "must be a text in quotes");
    assert_refused("[\"vi\", \"en\"]", "[\"vi\"]", "is in “en”, which “languages” does not list");
}

#[test]
fn texts_are_normalised_when_they_are_read() {
    let decomposed = COUNTER.replace("Bình thường", " Bi\u{300}nh thươ\u{300}ng ");
    assert_ne!(decomposed, COUNTER);
    assert_eq!(parse("a", &decomposed), parse("b", COUNTER));
}

#[test]
fn scales_without_order_or_with_senseless_satisfaction_are_refused() {
    assert_refused("level = 3,", "level = 2,", "level 2 stands twice");
    assert_refused("level = 5,", "level = 6,", "level 5 is missing");
    assert_refused("level = 5,", "level = 8,", "from 1 to 7");
    assert_refused("satisfied = [4, 5]", "satisfied = [4, 6]", "level 6, which scale “satisfaction” does not have");
    assert_refused("satisfied = [4, 5]", "satisfied = []", "nobody could be satisfied");
    assert_refused("satisfied = [4, 5]", "satisfied = [1, 2, 3, 4, 5]", "everybody would be satisfied");
    assert_refused("satisfied = [4, 5]", "satisfied = [4, 4]", "lists the level 4 twice");
    assert_refused("scale = \"satisfaction\"", "scale = \"happiness\"", "there is no sound scale “happiness”");
    let own = "scale = \"satisfaction\"\nsatisfied = [9]";
    assert_refused("scale = \"satisfaction\"", own, "whole numbers from 1 to 7 only");
}

#[test]
fn a_criterion_may_have_satisfied_levels_of_its_own() {
    let text = COUNTER.replacen("rates = \"deciding\"", "rates = \"deciding\"\nsatisfied = [4, 3]", 1);
    let edition = parse("t", &text).unwrap();
    let own = edition.item("time").unwrap().rating().unwrap();
    assert_eq!((own.satisfied.as_slice(), own.scale.satisfied.as_slice()), ([3, 4].as_slice(), [4, 5].as_slice()));
}

#[test]
fn codes_are_used_once_and_never_those_of_other_columns() {
    assert_refused("code = \"waiting\"", "code = \"reception\"", "is used twice");
    assert_refused("code = \"access\"", "code = \"quality\"", "is used twice");
    for reserved in ["point", "day", "channel", "level", "serial", "composite"] {
        assert_refused("code = \"waiting\"", &format!("code = \"{reserved}\""), "is reserved");
    }
    assert_refused("code = \"waiting\"", "code = \"_waiting\"", "is not a letter a-z");
}

#[test]
fn factors_hold_ratings_and_each_rating_once() {
    assert_refused("[\"attitude\"]", "[\"minutes\"]", "is no rating");
    assert_refused("[\"attitude\"]", "[\"kindness\"]", "there is no sound rating “kindness”");
    assert_refused("[\"attitude\"]", "[\"waiting\"]", "already stands in factor “access”");
    assert_refused("[\"attitude\"]", "[]", "“criteria” is empty");
}

#[test]
fn weights_name_every_factor_and_sum_to_one() {
    let weighted = |weights: &str| format!("{{ weighted = {{ {weights} }} }}");
    let with = |weights: &str| COUNTER.replacen("\"mean_of_items\"", &weighted(weights), 1);
    let edition = parse("t", &with("access = 0.333333, staff = 0.333333, result = 0.333333")).unwrap();
    assert!(matches!(edition.aggregation(), Aggregation::Weighted(weights) if weights.len() == 3));
    let refused = |weights: &str, fragment: &str| assert_refused("\"mean_of_items\"", &weighted(weights), fragment);
    refused("access = 0.5, staff = 0.5, result = 0.5", "sum to 1.5");
    refused("access = 0.5, staff = 0.5", "factor “result” has no weight");
    refused("access = 0.5, staff = 0.25, result = 0.25, other = 0.1", "“other”, which is no factor");
    refused("access = -0.5, staff = 1.0, result = 0.5", "must be a number above 0");
    refused("access = nan, staff = 0.5, result = 0.5", "must be a number above 0");
    assert_refused("\"mean_of_items\"", "\"weighted\"", "needs weights");
    assert_refused("\"mean_of_items\"", "{}", "needs the key “weighted”");
}

#[test]
fn a_composite_of_factors_leaves_no_rating_out() {
    let text = COUNTER
        .replace("\"mean_of_items\"", "\"mean_of_factors\"")
        .replace("[\"reception\", \"waiting\"]", "[\"reception\"]");
    let found = problems_of(&text);
    assert_eq!(found.len(), 1);
    assert!(found[0].1.contains("“waiting” is in no factor"), "{found:?}");
}

#[test]
fn an_edition_succeeds_only_an_earlier_one() {
    let with = |version: u16, before: &str| {
        let succeeds = format!("version = {version}\nsucceeds = {{ {before} }}\ncomparable = true\n");
        COUNTER.replacen("version = 1\n", &succeeds, 1)
    };
    let second = parse("t", &with(2, "code = \"counter\", version = 1")).unwrap();
    assert!(second.comparable());
    assert_eq!(second.succeeds().unwrap().to_string(), "counter-1");
    assert!(parse("t", &with(1, "code = \"other\", version = 4")).is_ok());
    for before in ["code = \"counter\", version = 2", "code = \"counter\", version = 3"] {
        assert!(problems_of(&with(2, before))[0].1.contains("cannot succeed"));
    }
    assert_refused("version = 1\n", "version = 1\ncomparable = true\n", "needs “succeeds”");
}

#[test]
fn numbers_have_limits_in_order() {
    assert_refused("min = 0", "min = 601", "cannot exceed the greatest");
    assert_refused("max = 600", "max = 60001", "from 0 to 60000");
    assert_refused("max = 600", "max = -1", "from 0 to 60000");
    assert_refused("max = 600", "", "needs the key “max”");
}

#[test]
fn size_has_limits() {
    let number = "kind = \"number\"\nlabel = { vi = \"a\", en = \"a\" }\nmin = 0\nmax = 1";
    let many: Vec<String> = (0..201).map(|n| format!("[[items]]\ncode = \"n{n}\"\n{number}\n")).collect();
    let many = many.concat();
    assert!(problems_of(&format!("{COUNTER}{many}")).iter().any(|(_, what)| what.contains("keep at most 200")));
    let large = format!("{COUNTER}{}", "# \n".repeat(100_000));
    assert!(problems_of(&large)[0].1.contains("bytes"));
    let second = "[[items]]\ncode = \"more\"\nkind = \"comment\"\nlabel = { vi = \"a\", en = \"a\" }\n";
    assert!(problems_of(&format!("{COUNTER}{second}"))[0].1.contains("one comment only"));
}

#[test]
fn what_is_not_toml_is_refused_with_its_line() {
    let found = problems_of("code = \"a\"\nversion 1\n");
    assert_eq!(found[0].0, 2, "{found:?}");
    assert!(found[0].1.starts_with("this is not TOML"));
    assert!(!problems_of("").is_empty());
    assert!(!problems_of("items = 3\nscales = [1]\nfactors = [[]]\ntitle = []\n").is_empty());
    assert!(!problems_of(&"[".repeat(100_000)).is_empty());
    assert!(!problems_of(&format!("a = {}", "[".repeat(100_000))).is_empty());
    assert!(!problems_of(&format!("a{} = 1", ".a".repeat(50_000))).is_empty());
}

#[test]
fn a_file_with_any_line_taken_out_never_panics() {
    let lines: Vec<&str> = COUNTER.lines().collect();
    for out in 0..lines.len() {
        let text: Vec<&str> = lines.iter().enumerate().filter(|(n, _)| *n != out).map(|(_, line)| *line).collect();
        let _ = parse("t", &text.join("\n"));
    }
}

#[test]
fn a_form_without_questions_and_a_scale_without_levels_are_refused() {
    let (head, _) = COUNTER.split_once("# rates:").unwrap();
    let (before_scale, _) = head.split_once("[[scales]]").unwrap();
    let found = problems_of(&format!("{before_scale}\nscales = []\nitems = []\n"));
    assert!(found.iter().any(|(_, what)| what.contains("no sound rating")), "{found:?}");
    let found = problems_of(&format!(
        "{before_scale}\nitems = []\nscales = [{{ code = \"s\", satisfied = [1], levels = [] }}]"
    ));
    assert!(found.iter().any(|(_, what)| what.contains("2 to 7 levels")), "{found:?}");
}
