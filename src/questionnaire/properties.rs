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
    editions
}

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
            Item::Number(number) => {
                prop_oneof![Just(Answer::Blank), (number.min..=number.max).prop_map(Answer::Number)].boxed()
            }
            Item::Comment(_) => unreachable!("comments are not numbered"),
        })
        .collect();
    each.boxed()
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
    fn bytes_that_decode_are_the_only_ones_of_their_answers(bytes in proptest::collection::vec(0..=20_u8, 0..16)) {
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
        prop_assert_eq!(tally.items[0].levels[0], count(&sheets, |s| s.iter().any(|a| level(*a).is_some())));
        for (number, item) in edition.numbered() {
            let own = tally.item(number).unwrap();
            let at = |s: &[Answer]| s[number - 1];
            prop_assert_eq!(own.blank, count(&sheets, |s| at(s) == Answer::Blank));
            prop_assert_eq!(own.not_applicable, count(&sheets, |s| at(s) == Answer::NotApplicable));
            if let Some(rating) = item.rating() {
                let satisfied = count(&sheets, |s| level(at(s)).is_some_and(|l| rating.satisfied.contains(&l)));
                let answered = count(&sheets, |s| level(at(s)).is_some());
                prop_assert_eq!(tally.satisfied(&edition, number), Some((satisfied, answered)));
            } else {
                let given = |s: &Vec<Answer>| if let Answer::Number(n) = s[number - 1] { i64::from(n) } else { 0 };
                prop_assert_eq!(own.sum, sheets.iter().map(given).sum::<i64>());
                prop_assert_eq!(own.sum_squares, sheets.iter().map(|s| given(s) * given(s)).sum::<i64>());
                prop_assert_eq!(own.answered() + own.blank, tally.forms());
                prop_assert_eq!(tally.satisfied(&edition, number), None);
            }
        }
    }

    #[test]
    fn pairs_are_those_of_counting_by_hand((edition, sheets) in any_sheets()) {
        let tally = tally_of(&edition, &sheets);
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
            }
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
