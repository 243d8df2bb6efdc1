//! What must hold for every sheet of answers, tried on the counter form and on a long form.

use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

static EDITIONS: LazyLock<Vec<Edition>> = LazyLock::new(editions);

/// The counter form, and one with 14 ratings on a seven-level scale, hence without pairs.
fn editions() -> Vec<Edition> {
    let levels: Vec<String> = (1..=7).map(|n| format!("{{ level = {n}, label = {{ vi = \"{n}\" }} }}")).collect();
    let levels = levels.join(", ");
    let rating = "kind = \"rating\"\nscale = \"s\"\nrates = \"deciding\"\nlabel = { vi = \"x\" }";
    let items: Vec<String> = (1..=14).map(|n| format!("[[items]]\ncode = \"c{n}\"\n{rating}\n")).collect();
    let items = items.concat();
    let long = format!(
        "code = \"long\"\nversion = 3\ntitle = {{ vi = \"x\" }}\nlead = {{ vi = \"x\" }}\nlanguages = [\"vi\"]\n\
         measure = \"sipas\"\nheadline_levels = [\"A\"]\naggregation = \"pooled_answers\"\n\
         [[scales]]\ncode = \"s\"\nsatisfied = [5, 6, 7]\nlevels = [{levels}]\n{items}"
    );
    let mut editions = embedded().unwrap();
    editions.push(parse("long", &long).unwrap());
    editions.push(parse("routed", ROUTED).unwrap());
    editions
}

/// A form of every kind of item, whose answers lead past items and past a page.
pub(super) const ROUTED: &str = r#"
code = "routed"
version = 1
title = { vi = "x" }
lead = { vi = "x" }
languages = ["vi"]
measure = "sipas"
headline_levels = ["A"]
aggregation = "mean_of_items"

[[scales]]
code = "s"
satisfied = [3]
levels = [{ level = 1, label = { vi = "1" } }, { level = 2, label = { vi = "2" } }, { level = 3, label = { vi = "3" } }]

[[items]]
code = "used"
kind = "choice"
label = { vi = "x" }
options = [{ code = 1, label = { vi = "a" } }, { code = 2, label = { vi = "b" } }]
not_applicable = { vi = "z" }
source = "T"

[[items]]
code = "ways"
kind = "choices"
label = { vi = "x" }
options = [{ code = 1, label = { vi = "a" } }, { code = 2, label = { vi = "b" } }, { code = 3, label = { vi = "c" } }]
not_applicable = { vi = "z" }

[[items]]
code = "place"
kind = "rating"
scale = "s"
rates = "receiving"
label = { vi = "x" }
not_applicable = { vi = "z" }

[[items]]
code = "minutes"
kind = "number"
label = { vi = "x" }
min = 0
max = 300
show_if = { item = "ways", is = [1, 3] }

[[items]]
code = "result"
kind = "rating"
scale = "s"
rates = "deciding"
label = { vi = "x" }
required = true

[[items]]
code = "people"
kind = "choice"
label = { vi = "x" }
options = [{ code = 1, label = { vi = "a" } }, { code = 2, label = { vi = "b" } }]
sensitive = true

[[items]]
code = "again"
kind = "rating"
scale = "s"
satisfied = [2, 3]
rates = "deciding"
label = { vi = "x" }
beside = true

[[items]]
code = "comment"
kind = "comment"
label = { vi = "x" }
show_if = { item = "place", is = [1] }

[[pages]]
code = "first"
title = { vi = "x" }
items = ["used", "ways"]

[[pages]]
code = "service"
title = { vi = "x" }
lead = { vi = "y" }
items = ["place", "minutes", "result"]
show_if = { item = "used", is = [1] }

[[pages]]
code = "last"
title = { vi = "x" }
items = ["people", "again", "comment"]
"#;

fn answers(edition: &Edition) -> BoxedStrategy<Vec<Answer>> {
    let each: Vec<BoxedStrategy<Answer>> = edition
        .numbered()
        .map(|(_, item)| match item {
            Item::Rating(rating) => {
                let mut all = vec![Answer::Blank];
                all.extend(rating.not_applicable.as_ref().map(|_| Answer::NotApplicable));
                all.extend(rating.scale.levels.iter().map(|level| Answer::Level(level.level)));
                proptest::sample::select(all).boxed()
            }
            Item::Choice(choice) => {
                let mut all = vec![Answer::Blank];
                all.extend(choice.not_applicable.as_ref().map(|_| Answer::NotApplicable));
                if choice.several {
                    all.extend((1..=choice.mask()).map(Answer::Choices));
                } else {
                    all.extend(choice.options.iter().map(|option| Answer::Choice(option.number)));
                }
                proptest::sample::select(all).boxed()
            }
            Item::Number(number) => {
                prop_oneof![Just(Answer::Blank), (number.min..=number.max).prop_map(Answer::Number)].boxed()
            }
            Item::Comment(_) => unreachable!("comments are not numbered"),
        })
        .collect();
    let edition = edition.clone();
    each.prop_map(move |answers| led(&edition, &answers)).boxed()
}

/// The answers of whoever is asked only what earlier answers lead to.
fn led(edition: &Edition, answers: &[Answer]) -> Vec<Answer> {
    let asked = edition.items().iter().zip(edition.asked(answers)).filter(|(item, _)| !item.is_comment());
    answers.iter().zip(asked).map(|(answer, (_, asked))| if asked { *answer } else { Answer::NotAsked }).collect()
}

fn any_sheets() -> impl Strategy<Value = (Edition, Vec<Vec<Answer>>)> {
    proptest::sample::select(EDITIONS.clone())
        .prop_flat_map(|edition| (Just(edition.clone()), proptest::collection::vec(answers(&edition), 0..20)))
}

fn tally_of(edition: &Edition, sheets: &[Vec<Answer>]) -> Tally {
    let mut tally = Tally::empty(edition);
    for sheet in sheets {
        tally.add_answers(edition, sheet);
    }
    tally
}

fn level(answer: Answer) -> Option<u8> {
    match answer {
        Answer::Level(level) => Some(level),
        _ => None,
    }
}

fn count(sheets: &[Vec<Answer>], which: impl Fn(&[Answer]) -> bool) -> i64 {
    i64::try_from(sheets.iter().filter(|sheet| which(sheet)).count()).unwrap()
}

proptest! {
    #[test]
    fn encoded_answers_are_decoded_to_the_same((edition, sheets) in any_sheets()) {
        for sheet in &sheets {
            let bytes = encode(&edition, sheet).unwrap();
            prop_assert_eq!(&decode(&edition, &bytes).unwrap(), sheet);
        }
    }

    #[test]
    fn what_is_not_asked_has_no_other_bytes((edition, sheets) in any_sheets()) {
        for sheet in &sheets {
            for at in 0..sheet.len() {
                let mut other = sheet.clone();
                other[at] = if sheet[at] == Answer::NotAsked { Answer::Blank } else { Answer::NotAsked };
                prop_assert!(encode(&edition, &other).is_err(), "{other:?}");
            }
        }
    }

    #[test]
    fn a_form_filled_in_everywhere_keeps_only_what_was_asked((edition, sheets) in any_sheets(), spare in 1..3_u8) {
        for sheet in &sheets {
            let mut fields = Vec::new();
            for ((number, item), answer) in edition.numbered().zip(sheet) {
                // Whoever is not asked sends something all the same.
                let values = match answer {
                    Answer::NotAsked if matches!(item, Item::Rating(_) | Item::Choice(_)) => vec![spare.to_string()],
                    Answer::NotAsked => vec!["7".to_owned()],
                    Answer::Blank if matches!(item, Item::Rating(rating) if rating.required) => vec!["1".to_owned()],
                    Answer::Blank => vec![],
                    Answer::NotApplicable => vec!["na".to_owned()],
                    Answer::Level(n) | Answer::Choice(n) => vec![n.to_string()],
                    Answer::Choices(set) => (1..=7_u8).filter(|n| set & (1 << (n - 1)) != 0).map(|n| n.to_string()).collect(),
                    Answer::Number(n) => vec![n.to_string()],
                };
                prop_assert!(number > 0);
                fields.extend(values.into_iter().map(|value| (item.code().to_owned(), value)));
            }
            fields.extend(edition.comment().map(|comment| (comment.code.clone(), "Tốt".to_owned())));
            let read = AnswerSheet::read(&edition, &fields);
            let read = match read {
                Ok(read) => read,
                Err(refusal) => {
                    prop_assert!(refusal.errors.iter().all(|error| error.problem == FieldProblem::Nothing), "{refusal:?}");
                    prop_assert!(sheet.iter().all(|answer| matches!(answer, Answer::Blank | Answer::NotAsked)));
                    continue;
                }
            };
            for (read, drawn) in read.answers.iter().zip(sheet) {
                prop_assert!(read == drawn || (*drawn == Answer::Blank && *read == Answer::Level(1)), "{read:?} {drawn:?}");
            }
            let comment_asked = edition.items().iter().zip(edition.asked(&read.answers)).any(|(i, asked)| i.is_comment() && asked);
            prop_assert_eq!(read.comment.is_some(), comment_asked);
            prop_assert!(encode(&edition, &read.answers).is_ok());
        }
    }

    #[test]
    fn bytes_that_decode_are_the_only_ones_of_their_answers(bytes in proptest::collection::vec(prop_oneof![0..=20_u8, 250..=255_u8], 0..16)) {
        for edition in EDITIONS.iter() {
            if let Ok(answers) = decode(edition, &bytes) {
                prop_assert_eq!(&encode(edition, &answers).unwrap(), &bytes);
            }
        }
    }

    #[test]
    fn merging_does_not_depend_on_order_and_subtracting_undoes_it((edition, sheets) in any_sheets(), cut in 0..20_usize) {
        let (left, right) = sheets.split_at(cut.min(sheets.len()));
        let (left, right) = (tally_of(&edition, left), tally_of(&edition, right));
        let (mut one, mut two) = (left.clone(), right.clone());
        one.merge(&right);
        two.merge(&left);
        prop_assert_eq!(&one, &two);
        prop_assert_eq!(&one, &tally_of(&edition, &sheets));
        one.subtract(&right);
        prop_assert_eq!(one, left);
    }

    #[test]
    fn counts_are_those_of_counting_by_hand((edition, sheets) in any_sheets()) {
        let tally = tally_of(&edition, &sheets);
        prop_assert_eq!(tally.forms(), count(&sheets, |_| true));
        let rated: Vec<usize> = edition.index_ratings().map(|(number, _)| number).collect();
        let in_index = count(&sheets, |s| rated.iter().any(|number| level(s[number - 1]).is_some()));
        prop_assert_eq!(tally.items[0].levels[0], in_index);
        for (number, item) in edition.numbered() {
            let own = tally.item(number).unwrap();
            let at = |s: &[Answer]| s[number - 1];
            prop_assert_eq!(own.blank, count(&sheets, |s| at(s) == Answer::Blank));
            let leaves = |s: &[Answer]| matches!(at(s), Answer::NotApplicable | Answer::NotAsked);
            prop_assert_eq!(own.not_applicable, count(&sheets, leaves));
            prop_assert_eq!(tally.answering(number), count(&sheets, |s| at(s) != Answer::Blank && !leaves(s)));
            if let Some(rating) = item.rating() {
                let satisfied = count(&sheets, |s| level(at(s)).is_some_and(|l| rating.satisfied.contains(&l)));
                let answered = count(&sheets, |s| level(at(s)).is_some());
                prop_assert_eq!(tally.satisfied(&edition, number), Some((satisfied, answered)));
            } else if let Item::Choice(choice) = item {
                for option in &choice.options {
                    let chosen = |s: &[Answer]| match at(s) {
                        Answer::Choice(number) => number == option.number,
                        Answer::Choices(set) => set & (1 << (option.number - 1)) != 0,
                        _ => false,
                    };
                    prop_assert_eq!(own.levels[usize::from(option.number) - 1], count(&sheets, chosen));
                }
                prop_assert_eq!(own.sum, 0);
            } else {
                let given = |s: &Vec<Answer>| if let Answer::Number(n) = s[number - 1] { i64::from(n) } else { 0 };
                prop_assert_eq!(own.sum, sheets.iter().map(given).sum::<i64>());
                prop_assert_eq!(own.sum_squares, sheets.iter().map(|s| given(s) * given(s)).sum::<i64>());
                prop_assert_eq!(own.answered() + own.blank + own.not_applicable, tally.forms());
                prop_assert_eq!(tally.satisfied(&edition, number), None);
            }
        }
    }

    #[test]
    fn pairs_are_those_of_counting_by_hand((edition, sheets) in any_sheets()) {
        let tally = tally_of(&edition, &sheets);
        let mut full = Tally::with_pairs(&edition);
        for sheet in &sheets {
            full.add_answers(&edition, sheet);
        }
        let rated: Vec<(usize, &Rating)> = edition.ratings().collect();
        for (i, (first, one)) in rated.iter().enumerate() {
            for (j, (second, two)) in rated.iter().enumerate() {
                let levels = |s: &[Answer]| level(s[first - 1]).zip(level(s[second - 1]));
                let expected = PairTally {
                    both: count(&sheets, |s| levels(s).is_some()),
                    both_second: count(&sheets, |s| levels(s).is_some_and(|(_, b)| two.satisfied.contains(&b))),
                    both_first: count(&sheets, |s| levels(s).is_some_and(|(a, _)| one.satisfied.contains(&a))),
                    satisfied_both: count(&sheets, |s| {
                        levels(s).is_some_and(|(a, b)| one.satisfied.contains(&a) && two.satisfied.contains(&b))
                    }),
                };
                let counted = edition.counts_pairs() && i != j;
                prop_assert_eq!(tally.pair(&edition, i + 1, j + 1), counted.then_some(expected));
                prop_assert_eq!(full.pair(&edition, i + 1, j + 1), (i != j).then_some(expected));
            }
        }
        for (factor, criteria) in edition.counted_factors() {
            let forms = count(&sheets, |s| criteria.iter().any(|number| level(s[number - 1]).is_some()));
            prop_assert_eq!((tally.factors[factor], full.factors[factor]), (forms, forms));
        }
    }
}

fn malformed_fields() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop_oneof![
        4 => proptest::sample::select(vec!["reception", "waiting", "attitude", "time", "quality", "minutes", "comment", "c1"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    let value = prop_oneof![
        4 => "[0-9na .+-]{0,6}",
        1 => any::<String>(),
        2 => ("[0-9\u{300}\r\n\u{200b}\u{202e} .()H+-]{0,30}", 1..60_usize).prop_map(|(text, times)| text.repeat(times)),
    ];
    proptest::collection::vec((name, value), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_list_of_fields_panics_and_what_is_accepted_can_be_stored(fields in malformed_fields()) {
        let edition = &EDITIONS[0];
        match AnswerSheet::read(edition, &fields) {
            Ok(sheet) => {
                let bytes = encode(edition, &sheet.answers).unwrap();
                prop_assert_eq!(decode(edition, &bytes).unwrap(), sheet.answers);
                let comment = sheet.comment.unwrap_or_default();
                prop_assert!(comment.chars().count() <= 1000);
                prop_assert!(comment.chars().all(|c| c == '\n' || !c.is_control()));
                prop_assert!(!mask(&comment).found);
            }
            Err(refusal) => prop_assert!(!refusal.errors.is_empty()),
        }
    }
}

#[test]
fn a_definition_survives_its_canonical_text() {
    for edition in EDITIONS.iter() {
        let again = parse("canonical", &edition.canonical_text()).unwrap();
        assert_eq!(&again, edition);
        assert_eq!(again.hash(), edition.hash());
    }
}
