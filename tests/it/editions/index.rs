//! The index of every edition, from the answers and from nothing else.

use std::collections::BTreeMap;

use serde_json::Value;
use thuocdo::index::{Estimate, Figure, PeriodState, Source, What, score};
use thuocdo::publish::Figures;
use thuocdo::publish::figures::Asked;
use thuocdo::publish::tallies::for_pages;
use thuocdo::questionnaire::{Answer, Edition, Item, Tally, decode, embedded};
use thuocdo::words::{Day, Half, Level, Measure, Moment, Period};

use super::{Office, csv_of};
use crate::program::Home;
use crate::world::databases;

fn real(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

fn estimates(home: &Home, edition: &Edition) -> Vec<Value> {
    let measure = edition.measure().word();
    let json: Value =
        serde_json::from_str(&home.does(&["index", "--measure", measure, "--unit", "P", "--format", "json"])).unwrap();
    let own = |estimate: &&Value| estimate["edition"] == edition.name().to_string() && estimate["domain"].is_null();
    json["estimates"].as_array().unwrap().iter().filter(own).cloned().collect()
}

fn find<'v>(estimates: &'v [Value], measure: &str, level: &str) -> &'v Value {
    let found = estimates.iter().find(|e| e["measure"] == measure && e["level"] == level);
    found.unwrap_or_else(|| panic!("no {measure} of {level}"))
}

/// The mean of shares, weighted equally, and its variance from one value per person: written from the formula.
pub(super) fn mean_of_items(sheets: &[&Vec<Answer>], items: &[(usize, Vec<u8>)], pooled: bool) -> (f64, f64, usize) {
    let at =
        |sheet: &[Answer], number: usize| if let Answer::Level(level) = sheet[number - 1] { Some(level) } else { None };
    let answered: Vec<f64> =
        items.iter().map(|(number, _)| real(sheets.iter().filter(|s| at(s, *number).is_some()).count())).collect();
    let satisfied: Vec<f64> = items
        .iter()
        .map(|(number, good)| real(sheets.iter().filter(|s| at(s, *number).is_some_and(|l| good.contains(&l))).count()))
        .collect();
    let all: f64 = answered.iter().sum();
    let total = satisfied.iter().sum::<f64>() / all;
    let shares: Vec<f64> = satisfied.iter().zip(&answered).map(|(s, a)| s / a).collect();
    let share = if pooled { total } else { shares.iter().sum::<f64>() / real(items.len()) };
    let respondents: Vec<&&Vec<Answer>> =
        sheets.iter().filter(|s| items.iter().any(|(n, _)| at(s, *n).is_some())).collect();
    let squares: f64 = respondents
        .iter()
        .map(|sheet| {
            let z: f64 = items
                .iter()
                .enumerate()
                .filter_map(|(c, (number, good))| {
                    let s = f64::from(u8::from(good.contains(&at(sheet, *number)?)));
                    Some(if pooled { (s - total) / all } else { (s - shares[c]) / answered[c] / real(items.len()) })
                })
                .sum();
            z * z
        })
        .sum();
    let n = real(respondents.len());
    (share, (n / (n - 1.0) * squares).sqrt(), respondents.len())
}

fn near(found: &Value, expected: f64) -> bool {
    found.as_f64().is_some_and(|found| (found - expected).abs() < 1e-9)
}

#[tokio::test]
async fn every_edition_is_counted_and_has_an_index_with_its_interval() {
    let through = Moment::now().day().plus(-1);
    for world in databases().await {
        let office = Office::new(world);
        for edition in embedded().unwrap() {
            let (csv, sheets) = csv_of(&edition, 120, through);
            office.home.import("responses", &csv);
            let mut found: Vec<String> = office
                .answers(&edition)
                .await
                .iter()
                .map(|a| format!("{:?}", decode(&edition, &a.answers).unwrap()))
                .collect();
            let mut expected: Vec<String> = sheets.iter().map(|(_, sheet)| format!("{sheet:?}")).collect();
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{}", edition.name());
        }
        // Before and after sealing the same.
        for round in 0..2 {
            for edition in &embedded().unwrap() {
                let (_, sheets) = csv_of(edition, 120, through);
                check_index(&estimates(&office.home, edition), edition, &sheets);
                if round == 1 {
                    check_figures(&office, edition, &sheets).await;
                }
            }
            if round == 1 {
                measures_are_shown_apart(&office, through).await;
            }
            if round == 0 {
                office.home.does(&["seal", "--through", &through.iso()]);
            }
        }
        office.end(None).await;
    }
}

/// A unit with answers of several measures shows one of them: counter feedback, and no break between measures.
async fn measures_are_shown_apart(office: &Office, through: Day) {
    let snapshot = office.world.snapshot().await;
    let unit = snapshot.directory.unit_by_code("X1").unwrap();
    let period = Period::new(through.plus(-40).half().first(), through.half().last()).unwrap();
    let asked = Asked::all(unit, period, None);
    let figures = Figures::default().of_unit(&office.world.db, &snapshot, asked, Moment::now().day()).await.unwrap();
    assert_eq!(figures.edition.as_ref().map(|installed| installed.edition.code()), Some("counter"));
    assert!(figures.others.is_empty() && figures.measures.len() > 1, "{:?}", figures.measures);
    let asked = Asked { measure: Some(Measure::Sipas), ..asked };
    let figures = Figures::default().of_unit(&office.world.db, &snapshot, asked, Moment::now().day()).await.unwrap();
    assert_eq!(figures.edition.as_ref().map(|installed| installed.edition.measure()), Some(Measure::Sipas));
}

/// What pages show is what the sheets of blocks of at least ten come to: one point, so every level and half-month is a block.
async fn check_figures(office: &Office, edition: &Edition, sheets: &[(Day, Vec<Answer>)]) {
    let snapshot = office.world.snapshot().await;
    let number = snapshot.editions.in_force(edition.code(), Moment::now().day()).unwrap().number;
    let unit = snapshot.directory.unit_by_code("P").unwrap();
    let (db, far) = (office.world.db.reader(), (Half(0), Day(40_000).half()));
    let shown = for_pages(db, &snapshot, &[unit], None, far).await.unwrap();
    let mut blocks: BTreeMap<(Level, Half), Vec<&Vec<Answer>>> = BTreeMap::new();
    for (serial, (day, sheet)) in sheets.iter().enumerate() {
        let level = if serial.is_multiple_of(4) { Level::B } else { Level::A };
        blocks.entry((level, day.half())).or_default().push(sheet);
    }
    for level in [Level::A, Level::B] {
        let mut expected = Tally::with_pairs(edition);
        for ((_, _), sheets) in blocks.iter().filter(|((of, _), sheets)| *of == level && sheets.len() >= 10) {
            for sheet in sheets {
                expected.add_answers(edition, sheet);
            }
        }
        let found = shown.get(&(unit, number, level)).cloned().unwrap_or_else(|| Tally::with_pairs(edition));
        assert_eq!(found, expected, "{} {level}", edition.name());
        if level == Level::A {
            let figure = Figure {
                edition,
                tally: &found,
                source: Source::Level(level),
                state: PeriodState::Closed,
                targets: &[],
                transactions: None,
            };
            let shown = score(&figure);
            let is_whole = |one: &&Estimate| !matches!(one.what, What::Item(_));
            for estimate in shown.iter().filter(is_whole) {
                assert!(estimate.interval().is_some(), "{} {estimate:?}", edition.name());
            }
        }
    }
}

#[tokio::test]
async fn remainders_of_a_long_form_are_pooled_with_their_pairs() {
    let edition = embedded().unwrap().into_iter().find(|edition| edition.code() == "sipas_2017").unwrap();
    assert!(edition.pairs_from_answers());
    let today = Moment::now().day();
    // The last day of a half-month that has ended.
    let day = today.half().first().plus(-1);
    for world in databases().await {
        let office = Office::new(world);
        office.home.import(
            "points",
            "code,unit,name,kind,questionnaire,field,officers\nsecond,X1,Liên kết 2,web,sipas_2017,,3\n",
        );
        let (csv, sheets) = csv_of(&edition, 14, day);
        let mut expected = Tally::with_pairs(&edition);
        let lines: Vec<String> = csv
            .lines()
            .enumerate()
            .map(|(at, line)| {
                let cells: Vec<&str> = line.split(',').collect();
                // Seven forms at each of two points, all of one day and level.
                let point = if at % 2 == 0 { "sipas_2017" } else { "second" };
                if at == 0 {
                    line.to_owned()
                } else {
                    [&[point, &day.iso(), cells[2], "A"], &cells[4..]].concat().join(",")
                }
            })
            .collect();
        office.home.import("responses", &(lines.join("\n") + "\n"));
        office.home.does(&["seal", "--through", &today.plus(-1).iso()]);
        for (_, sheet) in &sheets {
            expected.add_answers(&edition, sheet);
        }
        let snapshot = office.world.snapshot().await;
        let number = snapshot.editions.in_force(edition.code(), today).unwrap().number;
        let unit = snapshot.directory.unit_by_code("X1").unwrap();
        let shown =
            for_pages(office.world.db.reader(), &snapshot, &[unit], None, (day.half(), day.half())).await.unwrap();
        assert_eq!(shown.get(&(unit, number, Level::A)), Some(&expected));
        assert!(expected.pairs.iter().any(|pair| pair.both > 0));
        office.end(None).await;
    }
}

fn check_index(estimates: &[Value], edition: &Edition, sheets: &[(Day, Vec<Answer>)]) {
    let of_level = |level: &str| -> Vec<&Vec<Answer>> {
        let is = |serial: usize| match level {
            "headline" if edition.headline_levels().len() > 1 => true,
            "B" => serial.is_multiple_of(4),
            _ => !serial.is_multiple_of(4),
        };
        sheets.iter().enumerate().filter(|(serial, _)| is(*serial)).map(|(_, (_, sheet))| sheet).collect()
    };
    let pooled = edition.aggregation().word() == "pooled_answers";
    let good = |code: &str| {
        let rating = edition.item(code).unwrap().rating().unwrap();
        (edition.number_of(code).unwrap(), rating.satisfied.clone())
    };
    for level in ["headline", "A", "B"] {
        let own = of_level(level);
        let index: Vec<(usize, Vec<u8>)> = edition.index_ratings().map(|(_, rating)| good(&rating.code)).collect();
        let check = |measure: &str, items: &[(usize, Vec<u8>)], pooled: bool| {
            let found = find(estimates, measure, level);
            let (share, se, n) = mean_of_items(&own, items, pooled);
            assert!(near(&found["estimate"], share), "{} {measure} {level}: {found} {share}", edition.name());
            assert!(near(&found["se"], se), "{} {measure} {level}: {found} {se}", edition.name());
            assert_eq!(found["n"], n, "{} {measure} {level}", edition.name());
            assert!(found["intervals"].as_object().is_some_and(|intervals| !intervals.is_empty()), "{found}");
        };
        check("composite", &index, pooled);
        for factor in edition.factors().iter().filter(|factor| factor.criteria.len() > 1) {
            let items: Vec<(usize, Vec<u8>)> = factor.criteria.iter().map(|code| good(code)).collect();
            check(&factor.code, &items, false);
        }
        for (number, item) in edition.numbered() {
            let Item::Choice(choice) = item else { continue };
            if choice.sensitive {
                assert!(
                    !estimates.iter().any(|e| e["measure"].as_str().unwrap().starts_with(&format!("{}=", choice.code)))
                );
                continue;
            }
            let answering =
                own.iter().filter(|s| matches!(s[number - 1], Answer::Choice(_) | Answer::Choices(_))).count();
            for option in &choice.options {
                let chosen = own.iter().filter(|s| match s[number - 1] {
                    Answer::Choice(one) => one == option.number,
                    Answer::Choices(set) => set & (1 << (option.number - 1)) != 0,
                    _ => false,
                });
                let found = find(estimates, &format!("{}={}", choice.code, option.number), level);
                assert_eq!(found["n"], answering, "{found}");
                assert!(near(&found["estimate"], real(chosen.count()) / real(answering)), "{found}");
            }
        }
    }
}
